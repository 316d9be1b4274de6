"""The pages: from what is public and an address within the site to HTML.

Links are relative to the page, so that the same page stands on the server and as a file under any path. Only the
style and the fonts lie elsewhere: `assets` says where, from the page.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.utils.translation import override

from conference.models import Language
from inputs.models import Publication
from inputs.public.reading import Site, asked, frozen_report, matters, programme, videos
from inputs.report.html import FRONT_ENDS
from inputs.report.html_blocks import prose_html
from rnik.lib.markup import parse

#: Each language by its own name, which is the same in all of them.
LANGUAGES = (("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English"))
STYLES = ("app/report.css", "app/public.css")

Context = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """A page and its address below the site's root: «», «rapport/», «sporsmal/nn/»."""

    address: str
    template: str
    language: str
    context: Callable[[], Context]

    def html(self, site: Site, *, assets: str = "") -> str:
        """The page. `assets`: the folder of style and fonts, from the root; empty: where the server has them."""
        root = "../" * self.address.count("/") or "./"
        with override(self.language):
            return render_to_string(
                self.template,
                {
                    "site": site,
                    "conference": site.conference,
                    "root": root,
                    "assets": root + assets if assets else "",
                    "language": self.language,
                    "address": self.address,
                    **self.context(),
                },
            )


def page_at(site: Site, address: str) -> Page | None:
    """The page at that address, if the site has it."""
    return next((page for page in all_pages(site) if page.address == address), None)


def all_pages(site: Site) -> Iterator[Page]:
    """Every page that the site has now. Nothing is read before a page is asked for its HTML."""
    own = site.conference.language
    yield Page("", "public/front.html", own, lambda: {"programme": programme(site) if site.shows_programme else []})
    if site.current:
        yield _report_page(site, "rapport/", site.current)
    for edition in site.editions:
        yield _report_page(site, f"rapport/{edition.version.number}/", edition)
    if site.shows_matters:
        yield Page("dere-sa-vi-gjorde/", "public/matters.html", own, lambda: {"matters": matters(site)})
    if site.shows_videos:
        yield Page("video/", "public/videos.html", own, lambda: {"videos": videos(site)})
    if site.shows_questions:
        yield from _in_all_languages(site, "sporsmal/", "public/questions.html", lambda: {"sessions": asked(site)})
    yield from _in_all_languages(site, "personvern/", "public/privacy.html", lambda: _own_text(site.page.privacy))
    yield from _in_all_languages(
        site, "tilgjengelighet/", "public/accessibility.html", lambda: _own_text(site.page.accessibility)
    )


def _in_all_languages(site: Site, start: str, template: str, context: Callable[[], Context]) -> Iterator[Page]:
    """The page in the conference's language, and in each at an address of its own."""
    more = {"start": start, "languages": LANGUAGES}
    yield Page(start, template, site.conference.language, lambda: more | context())
    for language in Language.values:
        yield Page(f"{start}{language}/", template, language, lambda: more | context())


def _own_text(source: str) -> Context:
    # The renderer escapes everything that somebody wrote; tests/inputs/report/test_html.py holds it to that.
    return {"own_text": mark_safe(prose_html(parse(source)))}  # noqa: S308 see above


def _report_page(site: Site, address: str, edition: Publication) -> Page:
    def context() -> Context:
        shared = {"edition": edition, "is_newest": edition == site.current}
        if edition.withdrawn_at:
            return shared
        frozen = frozen_report(edition)
        front, end, text = frozen.article.partition(FRONT_ENDS)
        return shared | {
            # As it was frozen; escaped then, see above.
            "front": mark_safe(front),  # noqa: S308
            "text": mark_safe(end + text),  # noqa: S308
            "files": frozen.files,
        }

    return Page(address, "public/report.html", site.conference.language, context)
