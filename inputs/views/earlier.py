"""Earlier editions: searched on a page of their own, and read beside a question."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from conference.models import Conference, Question
from conference.web import conference_view
from inputs.earlier import by_question, earlier_editions
from inputs.forms.earlier import EarlierForm
from inputs.web import person, question_view

SHOWN = 60  # points on a page
LAST = 10_000  # pages: beyond any that there are


@require_safe
@conference_view()
def earlier(request: HttpRequest, conference: Conference) -> HttpResponse:
    return _show(request, conference)


@require_safe
@question_view
def beside(request: HttpRequest, question: Question) -> HttpResponse:
    """The same under the question that somebody works on; to the desk that stands open, the part alone."""
    return _show(request, question.session.conference, question)


def _show(request: HttpRequest, conference: Conference, question: Question | None = None) -> HttpResponse:
    editions = list(earlier_editions(conference, person(request)))
    form = EarlierForm(request.GET, editions=editions, auto_id="earlier-%s")
    page = _page(request.GET.get("side", ""))
    start = (page - 1) * SHOWN
    found = list(form.found()[start : start + SHOWN + 1])
    is_part = request.headers.get("HX-Target") == "earlier"
    context: dict[str, Any] = {
        "conference": conference,
        "question": question,
        "editions": editions,
        "form": form,
        "query": form.query(),
        "words": form.words(),
        "found": by_question(found[:SHOWN]),
        "page": page,
        "next_page": page + 1 if len(found) > SHOWN else 0,
        "is_part": is_part,
    }
    return render(request, "inputs/earlier.html#part" if is_part else "inputs/earlier.html", context)


def _page(asked: str) -> int:
    """Which page; nonsense is the first."""
    return min(int(asked), LAST) if asked.isascii() and asked.isdecimal() and 0 < len(asked) < 6 and int(asked) else 1
