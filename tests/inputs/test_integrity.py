"""check_integrity sees each promise that is broken past the program."""

import pytest
from django.core.management import call_command
from django.utils import timezone

from inputs.actions import dispositions, heard, screen
from inputs.integrity import check
from inputs.models import Heading, HeardLine, Input, InputRevision, Point, PointRevision, PointSource, SetAside
from tests.factories import (
    ConferenceFactory,
    HeadingFactory,
    QuestionFactory,
    SetAsideReasonFactory,
    TableFactory,
    make_input,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(question, editor):
    """One used input, one set aside, one unhandled; one heading."""
    conference = question.session.conference
    heading = HeadingFactory(question=question)
    used, aside, free = (make_input(question, text) for text in ("Brukt", "Lagt bort", "Fri"))
    dispositions.accept([used], by=editor, place=lambda _entry: heading)
    dispositions.set_aside([aside], reason=SetAsideReasonFactory(conference=conference), by=editor)
    line = heard.choose(question, free, text="Vi hører", by=editor)
    screen.show(conference, line, version=0, by=editor)
    return conference


def entry(text):
    return Input.objects.filter(text=text)


BREAKS = {
    "a used input's leading source is open and its own": lambda by: PointSource.objects.update(
        closed_at=timezone.now(), closed_by=by
    ),
    "an input with an open source is used": lambda by: entry("Brukt").update(lead_source=None),
    "an input set aside has an open decision of its own": lambda by: SetAside.objects.update(
        closed_at=timezone.now(), closed_by=by
    ),
    "an input with an open decision is set aside": lambda by: entry("Lagt bort").update(set_aside=None),
    "no input is both used and set aside": lambda by: PointSource.objects.update(input=entry("Lagt bort").get()),
    "an open source leads to a point that stands": lambda by: Point.objects.update(
        removed_at=timezone.now(), removed_by=by
    ),
    "a point that stands has a source or says why not": lambda by: [
        entry("Brukt").update(lead_source=None), PointSource.objects.all().delete(),
    ],
    "a source's revision exists": lambda by: PointSource.objects.update(input_revision=7),
    "a source joins things of one conference": lambda by: Point.objects.update(question=QuestionFactory()),
    "a point stands under a heading of its own question": lambda by: Heading.objects.update(
        question=QuestionFactory()
    ),
    "a point that stands is under a heading that stands": lambda by: Heading.objects.update(
        removed_at=timezone.now(), removed_by=by
    ),
    "an input's session is of its conference": lambda by: entry("Fri").update(
        session=QuestionFactory().session, question=None
    ),
    "an input's question is of its session": lambda by: entry("Fri").update(question=QuestionFactory()),
    "an input is filed under a question of its conference": lambda by: entry("Fri").update(
        filed_under=QuestionFactory()
    ),
    "an input's table is of its conference": lambda by: entry("Fri").update(table=TableFactory()),
    "a decision's reason is of the input's conference": lambda by: SetAside.objects.update(
        reason=SetAsideReasonFactory(conference=ConferenceFactory())
    ),
    "every wording of an input is kept": lambda by: entry("Fri").update(text="Noe annet", search_text="noe annet"),
    "every wording of a point is kept": lambda by: PointRevision.objects.update(number=2),
    "every wording of a line is kept": lambda by: HeardLine.objects.update(text="Noe annet"),
    "a line comes from the conference of its question": lambda by: HeardLine.objects.update(
        input=make_input(QuestionFactory())
    ),
    "the big screen shows what stands in its own conference": lambda by: HeardLine.objects.update(
        removed_at=timezone.now(), removed_by=by
    ),
    "every wording of a question is kept": lambda by: type(entry("Fri").get().question).objects.update(text="Ny?"),
    "the search text of every input follows its text": lambda by: entry("Fri").update(search_text="FRI"),
    "the search text of every point follows its text": lambda by: Point.objects.update(search_text="x"),
}  # fmt: skip


def test_nothing_is_broken_to_begin_with(conference, capsys):
    assert check(conference) == []
    call_command("check_integrity", conference.slug)
    assert capsys.readouterr().out == "0 promises broken\n"


@pytest.mark.parametrize("promise", BREAKS)
def test_a_broken_promise_is_named(promise, conference, editor):
    BREAKS[promise](editor)
    assert promise in {one.promise for one in check(conference)}


def test_the_command_prints_each_broken_promise_and_ends_with_1(conference, capsys):
    InputRevision.objects.filter(input__text="Fri").update(number=4)
    broken = entry("Fri").get().pk
    with pytest.raises(SystemExit) as end:
        call_command("check_integrity", conference.slug)
    assert end.value.code == 1
    assert capsys.readouterr().err == f"broken: every wording of an input is kept (1 rows, the first: {broken})\n"
