"""A question with four points under a heading, two ministries that are responsible for its session."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn

from conference.models import Ministry, Question, SessionMinistry
from inputs.actions import clearance, dispositions, headings
from inputs.clearance.marks import mark_name
from inputs.models import Clearance, Point
from tests.factories import make_input
from tests.inputs.clearance.sample import Word

TEXTS = (
    "Gi flere plass på kurs om kvelden.",
    "Kveldskurs må ha barnepass i samme bygg.",
    "Biblioteket bør holde åpent lenger på lørdager.",
    "Kommunen trenger en fast kontakt for foreninger.",
)
Edit = Callable[["Returned"], None]


class Returned(Word):
    """The file of a clearance, opened to be changed."""

    def __init__(self, sent: Clearance) -> None:
        super().__init__(bytes(sent.file))
        self.sent = sent

    def point(self, index: int):
        lines = self.sent.lines.filter(part="point").order_by("number")
        name = mark_name(self.sent.mark, lines[index].number)
        return next(b.getparent() for b in self.body.iter(qn("w:bookmarkStart")) if b.get(qn("w:name")) == name)


@pytest.fixture
def points(question: Question, editor) -> list[Point]:
    for code in ("EKS", "ANN"):
        ministry = Ministry.objects.create(conference=question.session.conference, code=code, name=f"{code}-dep")
        SessionMinistry.objects.create(session=question.session, ministry=ministry)
    heading = headings.make(question, "Kurs", by=editor)
    inputs = [make_input(question, text) for text in TEXTS]
    return dispositions.accept(inputs, by=editor, place=lambda _entry: heading)


@pytest.fixture
def sent(points: list[Point], question: Question, editor) -> Clearance:
    return send(question, by=editor)


def send(question: Question, *, by, to: str = "EKS-dep") -> Clearance:
    return clearance.send(
        question.session.conference,
        [question.session],
        to=to,
        deadline=timezone.localdate() + timedelta(days=7),
        letter="Innspillene tilhører deltakerne.",
        by=by,
    )


def texts_of(content: bytes) -> list[str]:
    return [paragraph.text for paragraph in Document(BytesIO(content)).paragraphs]
