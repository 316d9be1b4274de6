"""The written chapters of the report: who sees to each, how far it has come, and the page where it is written."""

from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from conference.access import may_edit
from conference.actions.faults import Stale
from conference.actions.texts import save_text
from conference.models import ChapterText, Conference, TextSlot, TextState
from conference.web import conference_view
from inputs.forms.chapter import ChapterForm, stored_values
from inputs.report.html_blocks import prose_html
from inputs.report.model import Slot
from inputs.report.phrases import chapter_title
from inputs.web import person
from rnik.lib.markup import parse


@dataclass(frozen=True)
class ChapterRow:
    """A chapter in the outline; `text` is None while nothing is written."""

    slot: TextSlot
    title: str
    text: ChapterText | None

    @property
    def is_written(self) -> bool:
        return self.text is not None and bool(self.text.text)


def outline(conference: Conference) -> list[ChapterRow]:
    """Every chapter that somebody writes, in the report's order. One query; who builds the report next needs none."""
    prefetch_related_objects([conference], Prefetch("texts", ChapterText.objects.select_related("owner")))
    stored = {text.slot: text for text in conference.texts.all()}
    return [ChapterRow(slot, title(conference, slot, stored.get(slot)), stored.get(slot)) for slot in TextSlot]


def title(conference: Conference, slot: TextSlot, text: ChapterText | None) -> str:
    """The title as the report prints it, in the report's language."""
    with override(conference.language):
        return text.title if text and text.title else chapter_title(Slot(slot.value))


@require_http_methods(["GET", "HEAD", "POST"])
@conference_view(may_edit)
def chapter(request: HttpRequest, conference: Conference, slot: str) -> HttpResponse:
    """Write a chapter; «Show how it will look» stores nothing. If somebody was faster, both texts (409)."""
    if slot not in TextSlot:
        raise Http404
    place = TextSlot(slot)
    stored = conference.texts.filter(slot=place).first()
    if request.method != "POST":
        form = ChapterForm(initial=stored_values(stored), conference=conference, slot=place)
        return _page(request, conference, place, form)
    form = ChapterForm(request.POST, conference=conference, slot=place)
    if not form.is_valid():
        return _page(request, conference, place, form, status=422)
    if "preview" in request.POST:
        return _page(request, conference, place, form, preview=form.cleaned_data["text"])
    try:
        saved = save_text(
            conference,
            place,
            form.wording(),
            by=person(request),
            version=form.cleaned_data["version"],
            state=TextState(form.cleaned_data["state"]),
            owner=form.cleaned_data["owner"],
        )
    except Stale:
        return _page(
            request, conference, place, _on_top_of_theirs(request, conference, place), stale=True, status=409
        )
    messages.success(request, _("«%(title)s» is saved.") % {"title": title(conference, place, saved)})
    return redirect("report_chapter", conference.slug, slot)


def _on_top_of_theirs(request: HttpRequest, conference: Conference, slot: TextSlot) -> ChapterForm:
    """The form as typed, going on from what is stored now: to save it once more is to choose it over the other."""
    stored = conference.texts.filter(slot=slot).first()
    data = request.POST.copy()
    data["version"] = str(stored.version if stored else 0)
    return ChapterForm(data, conference=conference, slot=slot)


def _page(
    request: HttpRequest,
    conference: Conference,
    slot: TextSlot,
    form: ChapterForm,
    *,
    preview: str | None = None,
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    stored = conference.texts.filter(slot=slot).first()
    wordings = list(stored.revisions.select_related("by").order_by("-number")) if stored else []
    context = {
        "conference": conference,
        "title": title(conference, slot, stored),
        "form": form,
        "wordings": wordings,
        "copies": slot.value if stored and stored.text else "",
        "theirs": wordings[0] if stale and wordings else None,
        # The renderer escapes everything that somebody wrote; tests/inputs/report/test_html.py holds it to that.
        "preview": None if preview is None else mark_safe(prose_html(parse(preview))),  # noqa: S308 see above
    }
    return render(request, "inputs/chapter.html", context, status=status)
