"""Every input of a conference: found by words and facts, and each on a page of its own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from conference.access import may_edit
from conference.models import Conference, Event
from conference.web import conference_view
from inputs.forms.finding import FindForm
from inputs.life import DONE, read_life
from inputs.models import Input
from inputs.views.undoing import history_of
from inputs.web import person

PAGE = 50


@require_safe
@conference_view()
def inputs(request: HttpRequest, conference: Conference) -> HttpResponse:
    """A page of them in the order of arrival; what is looked for stands in the address, so that it can be kept."""
    form = FindForm(request.GET, conference=conference)
    found = form.found()
    after = request.GET.get("after", "")
    shown = list(
        found.in_order_of_arrival()
        .after(form.last_seen(after))
        .select_related("table", "session", "question__session", "filed_under__session")[: PAGE + 1]
    )
    context = {
        "conference": conference,
        "form": form,
        "number": found.count(),
        "inputs": shown[:PAGE],
        "after": after,
        "query": form.query(),
        "next_after": shown[PAGE - 1].key if len(shown) > PAGE else None,
    }
    return render(request, "inputs/inputs.html", context, status=200 if form.is_valid() else 422)


@require_safe
@conference_view()
def one_input(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """Its words then and now, where it came from, what became of it, and who did what."""
    related = ("session", "question__session", "filed_under__session", "table", "note_taker", "received_by", "sheet")
    entry = get_object_or_404(Input.objects.select_related(*related), conference=conference, key=key)
    context = {
        "conference": conference,
        "entry": entry,
        "place": entry.filed_under or entry.question,
        "life": read_life(entry),
        "history": history_of(Event.objects.filter(target_type="input", target_id=entry.pk), words=DONE),
        "editing": may_edit(person(request), conference, entry.session),
    }
    return render(request, "inputs/input.html", context)
