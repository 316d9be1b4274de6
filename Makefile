# `make` alone lists what there is. Only Python 3.11+ and make are needed beforehand.
SHELL := bash
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
PORT ?= 8000
MANAGE := .venv/bin/python manage.py
# Compiled modules are kept, also where the machine says otherwise: many short commands start sooner.
export PYTHONDONTWRITEBYTECODE :=

# Stamps: a step runs again only when what it was made from has changed.
PACKAGES := .venv/.installed
FRONTEND := frontend/node_modules/.installed
MESSAGES := $(patsubst %.po,%.mo,$(wildcard locale/*/LC_MESSAGES/*.po))

.PHONY: help setup run test lint format bench faults roundtrip typist audit messages screenshots lock

help: ## this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

setup: $(PACKAGES) $(FRONTEND) $(MESSAGES) ## packages, front end and translations (run and test do this themselves)

$(PACKAGES): requirements-dev.txt scripts/make-venv
	@PYTHON=$(PYTHON) scripts/make-venv
	@touch $@

$(FRONTEND): frontend/package.json frontend/package-lock.json frontend/.npmrc scripts/npm.py | $(PACKAGES)
	@echo "Fetching the front-end packages"
	@.venv/bin/python scripts/npm.py ci --prefix frontend --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
	@touch $@

%.mo: %.po | $(PACKAGES)
	@.venv/bin/pybabel --quiet compile --input-file=$< --output-file=$@

run: setup ## the demonstration conference at http://127.0.0.1:8000/ (another port: PORT=8001)
	@PORT=$(PORT) scripts/run

test: setup ## linters, then all tests on SQLite, on a real PostgreSQL and in Chromium
	@scripts/ensure-tools postgresql chromium poppler
	@$(MAKE) --no-print-directory lint
	@.venv/bin/python scripts/run_tests.py

# Development's settings ask for no secret key.
lint messages: export DEBUG := 1

lint: setup ## ruff, djlint, mypy, import-linter, missing migrations, Django's deployment check
	.venv/bin/ruff check .
	.venv/bin/ruff format --check --quiet .
	.venv/bin/djlint --quiet --check --lint templates
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(MANAGE) makemigrations --check --dry-run
	DEBUG=0 SECRET_KEY=$$(scripts/new-secret) $(MANAGE) check --deploy --fail-level WARNING

format: setup ## writes Python and templates in the house's form
	.venv/bin/ruff check --fix .
	.venv/bin/ruff format .
	.venv/bin/djlint --quiet --reformat templates

messages: setup ## gathers new texts into locale/*.po and compiles them
	@scripts/ensure-tools gettext
	$(MANAGE) makemessages --all --no-wrap --add-location file --ignore .venv --ignore frontend --ignore build
	@sed -i '/^"POT-Creation-Date:/d' locale/*/LC_MESSAGES/*.po  # a date alone is no change
	@$(MAKE) --no-print-directory setup
	@for po in locale/*/LC_MESSAGES/*.po; do echo -n "$$po: "; msgfmt --statistics --output-file=/dev/null "$$po"; done

bench: setup ## what the engine costs, with the commands to repeat it
	.venv/bin/python scripts/bench.py

faults: setup ## kills the server and the database again and again: is every acknowledged note there, and once?
	@scripts/ensure-tools postgresql
	DATABASE_URL=sqlite: .venv/bin/python -m tests.faults
	DATABASE_URL= FSYNC=on scripts/with-postgresql .venv/bin/python -m tests.faults

typist: setup ## twenty minutes' talk typed at a human pace, the network cut twice: is every point there, and once?
	@scripts/ensure-tools postgresql chromium
	DATABASE_URL= scripts/with-postgresql .venv/bin/python -m tests.typist $(if $(MINUTES),--minutes $(MINUTES))

roundtrip: setup ## LibreOffice changes the Word file of a clearance; the tests read what it saved
	@scripts/ensure-tools libreoffice
	.venv/bin/python scripts/roundtrip.py

screenshots: setup ## the README's pictures, from the demonstration
	@scripts/ensure-tools chromium
	.venv/bin/python scripts/screenshots.py

audit: setup ## known weaknesses in the locked packages (exceptions: audit-exceptions.txt)
	.venv/bin/python scripts/audit.py

lock: setup ## new lock files from pyproject.toml and package.json (newest versions: UPGRADE=1)
	scripts/lock $(if $(UPGRADE),--upgrade)
