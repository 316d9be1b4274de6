"""An act's answer to a desk that stands open: the parts of the page that are other than they were, and no more.

Each part has the id that it has on the page. desk.js puts it where it belongs; without it an act leads to the page.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from conference.models import Conference, Question
from inputs import desk
from inputs.desk_news import news, seen
from inputs.models import Heading, Input
from inputs.settling import marks_of
from inputs.views.desk_lines import Lines, words
from inputs.views.heard_news import heard_of
from inputs.views.sieve import sieve_of
from inputs.web import person

HEADER = "RNIK-Fragments"  # marks such an answer for the script


def since(request: HttpRequest) -> int | None:
    """The newest event that the desk has seen which asks for fragments; None for a form that leads to a page."""
    value = request.POST.get("seen", "")
    return int(value) if value.isdecimal() and len(value) < 19 else None


def fragments(
    request: HttpRequest, question: Question, context: dict[str, Any], *, after: int | None = None
) -> HttpResponse | None:
    """What has changed on the desk since it was read; None when so much has that the page is the shorter answer."""
    until = seen(question.session.conference)
    changed = news(question, since(request) or 0 if after is None else after, by=person(request))
    if changed is None:
        return None
    sieve = sieve_of(request)
    only = None if changed.all_headings else changed.headings
    piles = desk.piles_of(question)
    headings = desk.report_of(question, piles, only) if only is None or only else ()
    marks = context.get("marks") or marks_of(question, viewer=person(request).pk)
    lines, notes = Lines(question, marks), _placed(question, changed.inputs, sieve)
    context |= {
        "say": words(),
        "seen": until,
        "sieve": sieve,
        "news": changed,
        "marks": marks,
        "heard": heard_of(changed.by_others),
        "numbers": desk.numbers_of(question),
        "lines": [lines.placed(entry, after) for entry, stands, after in notes if stands],
        "gone": [entry.key for entry, stands, _after in notes if not stands],
        "piles": piles,
        "headings": lines.headings(headings, _before(piles)),
        "titles": desk.earlier_titles(Conference.objects.visible_to(person(request))) if changed.names else [],
        "bare_gone": None in changed.headings and all(row.heading for row in headings),
        "aside": desk.aside_of(question) if changed.aside else (),
        "unplaced": desk.unplaced_of(question) if changed.unplaced else (),
    }
    response = render(request, "inputs/desk_fragments.html", context)
    response[HEADER] = "yes"
    return response


def _before(piles: tuple[desk.HeadingRow, ...]) -> dict[Heading | None, Heading | None]:
    """After which heading each stands."""
    headings = [row.heading for row in piles]
    return dict(zip(headings, [None, *headings], strict=False))


def _placed(
    question: Question, inputs: tuple[Input, ...], sieve: desk.Sieve
) -> list[tuple[Input, bool, Input | None]]:
    """Each input with whether it stands in the list, and the one it stands after there."""
    if all(entry.disposition != "unhandled" for entry in inputs):
        return [(entry, False, None) for entry in inputs]
    shown, _more = desk.remaining(question, sieve)
    before = dict(zip(shown, [None, *shown], strict=False))
    return [(entry, entry in before, before.get(entry)) for entry in inputs]
