"""The pages for everybody. No log-in, no cookie, and the same answer whoever asks, so that any cache may keep it.

An address of a conference that shows nothing is answered as one that does not exist.
"""

from datetime import datetime
from hashlib import sha256

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from inputs.public.pages import page_at
from inputs.public.reading import Site, find_site, frozen_file
from inputs.report.export import MEDIA_TYPES, Format

#: Seconds that a cache may keep an answer: what is withdrawn is gone everywhere a minute later.
KEPT = 60


@login_not_required
@require_safe
def front(request: HttpRequest, slug: str) -> HttpResponseBase:
    return _page(request, slug, "")


@login_not_required
@require_safe
def report(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The newest edition."""
    return _page(request, slug, "rapport/")


@login_not_required
@require_safe
def edition(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """One edition, at an address that stays when a newer one comes."""
    return _page(request, slug, f"rapport/{number}/")


@login_not_required
@require_safe
def page(request: HttpRequest, slug: str, page: str) -> HttpResponseBase:
    return _page(request, slug, f"{page}/")


@login_not_required
@require_safe
def page_in(request: HttpRequest, slug: str, page: str, language: str) -> HttpResponseBase:
    return _page(request, slug, f"{page}/{language}/")


@login_not_required
@require_safe
def file(request: HttpRequest, slug: str, number: int, kind: str) -> HttpResponseBase:
    """A file of an edition: the bytes that were made when it was frozen."""
    found = _site(slug).edition(number)
    stored = frozen_file(found, kind) if found and found.withdrawn_at is None else None
    if found is None or stored is None:
        raise Http404
    response = HttpResponse(bytes(stored.content), content_type=MEDIA_TYPES[Format(stored.kind)])
    response["Content-Disposition"] = f'attachment; filename="{slug}-{number}.{stored.kind}"'
    return _for_everybody(request, response, etag=stored.sha256, changed=found.at)


def _site(slug: str) -> Site:
    found = find_site(slug)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, slug: str, address: str) -> HttpResponseBase:
    site = _site(slug)
    found = page_at(site, address)
    if found is None:
        raise Http404
    response = HttpResponse(found.html(site))
    response["Content-Language"] = found.language
    return _for_everybody(request, response, etag=sha256(response.content).hexdigest())


def _for_everybody(
    request: HttpRequest, response: HttpResponse, *, etag: str, changed: datetime | None = None
) -> HttpResponseBase:
    """The answer, or 304 where the reader has it already."""
    patch_cache_control(response, public=True, max_age=KEPT)
    response["ETag"] = f'"{etag}"'
    moment = int(changed.timestamp()) if changed else None
    if moment is not None:
        response["Last-Modified"] = http_date(moment)
    answer = get_conditional_response(request, response["ETag"], moment, response) or response
    answer.is_public = True  # type: ignore[attr-defined]  # rnik.lib.public reads it
    return answer
