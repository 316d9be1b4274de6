"""The written chapters of the report: who sees to each, how far it has come, and the page where it is written."""

from dataclasses import dataclass
from typing import Any

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
from inputs.earlier_text import read_earlier
from inputs.forms.chapter import ChapterForm, stored_values
from inputs.inserted import read_inserted
from inputs.report.html_blocks import prose_html
from inputs.report.model import Slot
from inputs.report.phrases import chapter_title
from inputs.report.proposed_summary import propose_summary
from inputs.web import person
from rnik.lib.marks import confirmed, inserted, to_check
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
    """Write a chapter. Only «Save» stores; the other buttons show something beside what is typed, or put it below.

    If somebody was faster, both texts (409).
    """
    if slot not in TextSlot:
        raise Http404
    desk = _Desk(request, conference, TextSlot(slot))
    if request.method != "POST":
        return desk.page(desk.form(initial=stored_values(desk.stored)))
    form = desk.form(request.POST)
    if not form.is_valid():
        return desk.page(form, status=422)
    text = form.cleaned_data["text"]
    if "preview" in request.POST:
        return desk.page(form, preview=text)
    if "offer" in request.POST:
        return desk.page(form, offered=desk.offer(request.POST["offer"]))
    if "take" in request.POST:
        taken = desk.offer(request.POST["take"])
        return desk.page(desk.form_with("\n\n".join(filter(None, [text, taken.text if taken else ""]))))
    if "confirm" in request.POST:
        return desk.page(desk.form_with(confirmed(text)))
    try:
        saved = save_text(
            conference,
            desk.slot,
            form.wording(),
            by=person(request),
            version=form.cleaned_data["version"],
            state=TextState(form.cleaned_data["state"]),
            owner=form.cleaned_data["owner"],
        )
    except Stale:
        return desk.page(desk.on_top_of_theirs(), stale=True, status=409)
    messages.success(request, _("«%(title)s» is saved.") % {"title": title(conference, desk.slot, saved)})
    return redirect("report_chapter", conference.slug, slot)


@dataclass(frozen=True)
class Offer:
    """A text laid beside what is typed. `kind` is how a form names it."""

    kind: str
    title: str
    text: str


class _Desk:
    """One chapter while it is written: its form, and what can be laid beside it."""

    def __init__(self, request: HttpRequest, conference: Conference, slot: TextSlot) -> None:
        self.request, self.conference, self.slot = request, conference, slot
        self.stored = conference.texts.filter(slot=slot).first()
        self.inserted = read_inserted(conference)
        self.earlier = read_earlier(conference, slot, by=person(request))

    def form(self, *args: Any, **kwargs: Any) -> ChapterForm:
        return ChapterForm(*args, conference=self.conference, slot=self.slot, facts=self.inserted.values, **kwargs)

    def form_with(self, text: str) -> ChapterForm:
        """The form as it was typed, but for the text; nothing is saved."""
        data = self.request.POST.copy()
        data["text"] = text
        return self.form(data)

    def on_top_of_theirs(self) -> ChapterForm:
        """The form as typed, going on from what is stored: to save it once more is to choose it over the other."""
        self.stored = self.conference.texts.filter(slot=self.slot).first()
        data = self.request.POST.copy()
        data["version"] = str(self.stored.version if self.stored else 0)
        return self.form(data)

    def offer(self, kind: str) -> Offer | None:
        """A proposal from the data, or the last edition's text; None when there is no such thing."""
        if kind == "proposal" and self.slot == TextSlot.SUMMARY:
            return Offer(kind, _("Proposed from the data"), propose_summary(self.conference))
        if kind == "earlier" and self.earlier:
            return Offer(kind, str(self.earlier.conference), self.earlier.text)
        return None

    def page(
        self,
        form: ChapterForm,
        *,
        preview: str | None = None,
        offered: Offer | None = None,
        stale: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        stored = self.stored
        wordings = list(stored.revisions.select_related("by").order_by("-number")) if stored else []
        typed = form["text"].value() or ""
        shown = None if preview is None else prose_html(parse(inserted(preview, self.inserted.values)))
        context = {
            "conference": self.conference,
            "slot": self.slot,
            "title": title(self.conference, self.slot, stored),
            "form": form,
            "facts": self.inserted.facts,
            "to_check": to_check(typed),
            "earlier": self.earlier,
            "can_propose": self.slot == TextSlot.SUMMARY,
            "offered": offered,
            "wordings": wordings,
            "copies": self.slot.value if stored and stored.text else "",
            "theirs": wordings[0] if stale and wordings else None,
            # The renderer escapes all that somebody wrote; tests/inputs/report/test_html.py holds it to that.
            "preview": None if shown is None else mark_safe(shown),  # noqa: S308 see above
        }
        return render(self.request, "inputs/chapter.html", context, status=status)
