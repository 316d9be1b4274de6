"""The written chapters of the report: every wording kept."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from conference.actions.faults import Stale
from conference.actions.history import Change, record
from conference.models import ChapterText, ChapterTextRevision, Conference, TextSlot, TextState, User
from rnik.lib.text import clean_line, clean_text


@dataclass(frozen=True)
class Wording:
    """What a chapter says. `closing` and the signature are those of a letter."""

    text: str
    title: str = ""
    closing: str = ""
    signature_name: str = ""
    signature_role: str = ""


@transaction.atomic
def save_text(
    conference: Conference,
    slot: TextSlot,
    wording: Wording,
    *,
    by: User,
    version: int | None = None,
    state: TextState | None = None,
    owner: User | None = None,
) -> ChapterText:
    """Store the chapter; another text becomes its next wording. Without `state` that and the owner stay as they are.

    `version` is the one that was read, 0 for a chapter that was not there; None overwrites. Raises Stale.
    """
    Conference.objects.select_for_update(no_key=True).get(pk=conference.pk)  # two first savings meet in turn
    chapter = ChapterText.objects.filter(conference=conference, slot=slot).first()
    before = chapter.version if chapter else 0
    chapter = chapter or ChapterText(conference=conference, slot=slot, version=0)
    if version is not None and version != before:
        raise Stale(chapter)
    chapter.text = clean_text(wording.text)
    for name in ("title", "closing", "signature_name", "signature_role"):
        setattr(chapter, name, clean_line(getattr(wording, name)))
    if state is not None:
        chapter.state, chapter.owner = state, owner
    chapter.version = before + 1
    chapter.save()
    last = chapter.revisions.order_by("number").last()
    if last is None or (last.text, last.title) != (chapter.text, chapter.title):
        ChapterTextRevision.objects.create(
            chapter=chapter,
            number=last.number + 1 if last else 1,
            title=chapter.title,
            text=chapter.text,
            by=by,
            at=timezone.now(),
        )
    record(
        verb="write_chapter",
        by=by,
        conference=conference,
        changes=[Change(chapter, {"version": before}, {"version": chapter.version, "slot": str(slot)})],
    )
    return chapter
