"""Every input of a conference: found by words and facts, and each on a page of its own."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from conference.access import may_edit
from conference.models import Conference, Event
from conference.web import conference_view
from inputs.chronicle import last_act
from inputs.forms.acting import InputActForm
from inputs.forms.finding import FindForm
from inputs.life import DONE, read_life
from inputs.models import Input
from inputs.views.comments import comments_on
from inputs.views.undoing import history_of
from inputs.web import edits_somewhere, person

PAGE = 50
#: What is done from here, and can be undone here.
BULK_VERBS = frozenset({"set_aside", "file_under", "accept", "mark_kind"})


@require_safe
@conference_view()
def inputs(request: HttpRequest, conference: Conference) -> HttpResponse:
    """A page of them in the order of arrival; what is looked for stands in the address, so that it can be kept."""
    return show_inputs(request, conference, request.GET)


def show_inputs(
    request: HttpRequest, conference: Conference, asked: QueryDict, *, act: InputActForm | None = None
) -> HttpResponse:
    """The page. `act` is what was posted and could not be done."""
    user = person(request)
    form = FindForm(asked, conference=conference)
    after = asked.get("after", "")
    shown = list(
        form.found()
        .in_order_of_arrival()
        .after(form.last_seen(after))
        .select_related("table", "session", "question__session", "filed_under__session")[: PAGE + 1]
    )
    editing = may_edit(user, conference)
    context = {
        "conference": conference,
        "form": form,
        "number": form.facets().number,
        "inputs": shown[:PAGE],
        "words": form.words(),
        "after": after,
        "query": form.query(),
        "next_after": shown[PAGE - 1].key if len(shown) > PAGE else None,
        "editing": editing,
        "act": act or (act_form(form, conference) if editing else None),
        "ticked": request.POST.getlist("input"),
        "last": last_act(conference, by=user, verbs=BULK_VERBS) if editing else None,
    }
    status = 422 if act or not form.is_valid() else 200
    return render(request, "inputs/inputs.html", context, status=status)


def act_form(form: FindForm, conference: Conference, data: QueryDict | None = None) -> InputActForm:
    """What may be done with what the form finds; a heading can be chosen when one question is looked at."""
    place = form.cleaned_data.get("question") if form.is_valid() else ""
    question = form.questions.get(place or "")
    return InputActForm(data, conference=conference, question=question, asked=form.questions)


@require_safe
@conference_view()
def one_input(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """Its words then and now, where it came from, what became of it, and who did what."""
    related = ("session", "question__session", "filed_under__session", "table", "note_taker", "received_by", "sheet")
    entry = get_object_or_404(Input.objects.select_related(*related), conference=conference, key=key)
    place = entry.filed_under or entry.question
    context = {
        "conference": conference,
        "entry": entry,
        "place": place,
        "may_use": place is not None and may_edit(person(request), conference, place.session),
        "life": read_life(entry),
        "history": history_of(Event.objects.filter(target_type="input", target_id=entry.pk), words=DONE),
        "editing": may_edit(person(request), conference, entry.session),
        "talk": comments_on(entry, conference, editing=edits_somewhere(request, conference)),
    }
    return render(request, "inputs/input.html", context)
