"""What a table's browser keeps so that the page opens without a network: the worker, and the shell that it shows.

Both are the same for everybody: no name, no token, no note. What this device knows of its table stays on it, and
static/app/table-pages.js puts it into the shell.
"""

import hashlib
import json
from pathlib import Path

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

#: All that the shell's page fetches; a test reads the page and its style sheets.
STATIC_FILES = (
    "app/mark.svg",
    "app/app.css",
    "app/table.css",
    "app/minutes.css",
    "app/table-outbox.js",
    "app/table-rows.js",
    "app/table-acts.js",
    "app/table-box.js",
    "app/table-pages.js",
    "app/table-changes.js",
    "app/table-decisions.js",
    "app/table-input.js",
    "app/table.js",
    "app/table-sheet.js",
    "vendor/designsystemet/src/index.css",
    "vendor/designsystemet/theme/designsystemet.css",
    "vendor/inter/inter-latin-wght-normal.woff2",
    "vendor/inter/inter-latin-ext-wght-normal.woff2",
)


@login_not_required
@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's script. It changes with what is kept and with the language; then the browser fetches all anew."""
    kept = [static(name) for name in STATIC_FILES]
    facts = {
        "version": _version(kept, _shell(request)),
        "page": reverse("table"),
        "shell": reverse("table_shell"),
        "files": kept,
    }
    script = f"self.kept = {json.dumps(facts)};\nimportScripts({json.dumps(static('app/table-worker.js'))});\n"
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")


@login_not_required
@require_safe
@cache_control(no_cache=True)
def shell(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_shell(request))


def _shell(request: HttpRequest) -> str:
    return render_to_string("inputs/table_shell.html", request=request)


def _version(addresses: list[str], page: str) -> str:
    told = [page, *addresses]
    if settings.DEBUG:
        # Addresses without a hash stay the same when a file is changed.
        told += [hashlib.sha256(_content(name)).hexdigest() for name in STATIC_FILES]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def _content(name: str) -> bytes:
    return Path(str(finders.find(name))).read_bytes()
