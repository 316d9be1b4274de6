"""A conference with one of everything that a package must treat with care, and the package unpacked."""

import io
import zipfile
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.utils import timezone

from conference.models import Conference, Role, User
from inputs.actions import dispositions
from inputs.actions.reasons import reason_for
from inputs.actions.sheets import set_rest_aside
from inputs.models import WITHDRAWN, Heading, Input
from inputs.report import pdf
from inputs.report.data import dumps
from inputs.report.export import Edition, Format, export
from tests.factories import (
    MembershipFactory,
    NoteTakerFactory,
    TableFactory,
    UserFactory,
    make_input,
    make_sheet,
)
from tests.inputs.publishing import finished

#: None of these may stand anywhere in an open package, not even packed inside a PDF.
SECRETS = ("Skribent Hemmelig", "Redaktør Hemmelig", "Ungdommens bord", "Sagt oss imellom", "Trukket tanke",
           "Navn på en person", "Grovt om en gruppe", "offl. § 13")  # fmt: skip


def full(by: User) -> Conference:
    """Nothing is left to do in it."""
    conference = finished(by=by)
    Conference.objects.filter(pk=conference.pk).update(
        case_number="26/17", access_code="UO", legal_basis="offl. § 13", theme="Språk og jobb"
    )
    conference = Conference.objects.get(pk=conference.pk)
    editor = UserFactory(name="Redaktør Hemmelig")
    MembershipFactory(conference=conference, user=editor, role=Role.CHIEF_EDITOR)
    session = conference.sessions.get()
    question = session.questions.get()
    table = TableFactory(conference=conference, number=4, name="Ungdommens bord")
    writer = NoteTakerFactory(table=table, name="Skribent Hemmelig")
    earlier = timezone.now() - timedelta(hours=2)

    def note(text: str, **facts: object):
        at = earlier + timedelta(minutes=facts.pop("minute", 0))
        facts = {"table": table, "note_taker": writer, "written_at": at} | facts
        return make_input(question, text, **facts)

    second = note("=Skrevet som nummer to", minute=2)
    first = note("Skrevet først", minute=1, priority=True)
    plenary = note("Sagt i plenum", minute=3, source="plenary", table=None, note_taker=None)
    late = note("Kom for sent", minute=4)
    Input.objects.filter(pk=late.pk).update(late=True)
    heading = Heading.objects.get(question=question)
    dispositions.accept([first, second, plenary, late], by=editor, place=lambda _entry: heading)
    for text, code in (("Trukket tanke", WITHDRAWN), ("Navn på en person", "personal_data"), ("Utydelig", "unclear")):
        reason = reason_for(conference, code)
        dispositions.set_aside([note(text, minute=5)], reason=reason, comment="Sagt oss imellom", by=editor)
    sheet = make_sheet(session, "Grovt om en gruppe", note_taker=writer)
    set_rest_aside(sheet, revision=1, reason=reason_for(conference, "hateful"), comment="Sagt oss imellom", by=editor)
    return conference


@dataclass
class Unpacked:
    content: bytes

    def files(self) -> dict[str, bytes]:
        """By name, without the folder that all stand in."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return {entry.filename.split("/", 1)[1]: archive.read(entry) for entry in archive.infolist()}


def packed(conference: Conference, edition: Edition = Edition.OPEN, **more: object) -> Unpacked:
    return Unpacked(export(conference, Format.ZIP, edition=edition, **more).content)


def put_together(files: dict[str, bytes], folder: str = "dialog-arkiv-apen") -> bytes:
    """A zip of these files, as somebody else would make it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(f"{folder}/{name}", content)
    return out.getvalue()


def without_typst(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDFs that say which they are and nothing else."""
    monkeypatch.setattr(pdf, "render", lambda report, **_more: pdf.RenderedPdf(b"%PDF " + dumps(report).encode(), ()))
    monkeypatch.setattr(pdf, "render_minutes", lambda minutes, _at: (repr(one).encode() for one in minutes))
