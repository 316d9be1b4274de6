"""Random sequences of the editors' and tables' acts keep every promise of the schema, step by step."""

import uuid
from dataclasses import replace
from datetime import date

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conference.models import Event, Kind, User
from inputs import dividing
from inputs.account import Sums, read_account
from inputs.actions import clearance, dispositions, entry, headings, likeness, many, points, returned, sheets, undo
from inputs.actions.bulk import accept_as_suggested
from inputs.actions.dividing import divide
from inputs.actions.faults import Refused
from inputs.actions.levels import Way, set_levels
from inputs.actions.reasons import reason_for
from inputs.integrity import check
from inputs.models import (
    ClearanceLine,
    Heading,
    Input,
    MinutesSheet,
    Point,
    PointSource,
    Proposed,
    ReturnedChange,
    Verdict,
    Via,
)
from inputs.queries import coverage, obstacles
from tests.factories import (
    ConferenceFactory,
    HeadingFactory,
    NoteTakerFactory,
    QuestionFactory,
    SessionFactory,
    TableFactory,
    make_input,
)

ACTS = {}


def act(function):
    ACTS[function.__name__] = function
    return function


def pick(queryset, number):
    """One of the rows, or None when there is none."""
    count = queryset.count()
    return queryset.order_by("pk")[number % count] if count else None


@act
def receive(world, a, b):
    entry.receive(
        [entry.Note(session=world.questions[0].session, question=[None, *world.questions][a % 3], text=f"Nytt {b}")],
        by=world.by,
    )


@act
def rewrite(world, a, b):
    one = pick(world.inputs, a)
    entry.rewrite(one, text=f"Skrevet om {b}", revision=one.revision - (b % 5 == 0), by=world.by)


@act
def withdraw(world, a, _b):
    entry.withdraw(pick(world.inputs, a), by=world.by)


@act
def file_under(world, a, b):
    entry.file_under(pick(world.inputs, a), [None, *world.questions][b % 3], by=world.by)


@act
def accept(world, a, b):
    one = pick(world.inputs, a)
    headings = Heading.objects.filter(question_id=one.filed_under_id or one.question_id)
    dispositions.accept([one], by=world.by, place=lambda _entry: pick(headings, b) if b % 2 else None)


@act
def accept_everything(world, _a, _b):
    accept_as_suggested(world.conference, world.inputs, by=world.by)


@act
def same_point(world, a, b):
    if point := pick(world.points, a):
        dispositions.attach(point, [pick(world.inputs, b)], by=world.by)


@act
def take_out(world, a, b):
    if source := pick(PointSource.objects.open(), a):
        dispositions.detach(source, by=world.by, editorial_reason="Sagt i plenum" if b % 2 else "")


@act
def remove(world, a, _b):
    if point := pick(world.points, a):
        dispositions.remove_point(point, by=world.by)


@act
def set_aside(world, a, b):
    inputs = {pick(world.inputs, a), pick(world.inputs, b)}
    dispositions.set_aside(inputs, reason=reason_for(world.conference, "unclear"), by=world.by)


@act
def bring_back(world, a, b):
    dispositions.bring_back([pick(world.inputs, a), pick(world.inputs, b)], by=world.by)


@act
def reword(world, a, b):
    if point := pick(world.points, a):
        points.reword(point, text=f"Omformulert {b}", version=point.version, by=world.by)


@act
def split(world, a, b):
    if point := pick(world.points, a):
        points.split(point, texts=[f"Første {b}", f"Andre {b}"], version=point.version, by=world.by)


@act
def merge(world, a, b):
    one, other = pick(world.points, a), pick(world.points, b)
    if one:
        points.merge(points.plan_merge([one, other], text="Slått sammen"), by=world.by)


@act
def move(world, a, b):
    if point := pick(world.points, a):
        points.move(point, to=pick(Heading.objects.all(), b), by=world.by)


@act
def step(world, a, b):
    if point := pick(world.points, a):
        points.step(point, 1 if b % 2 else -1, by=world.by)


@act
def rename(world, a, b):
    headings.rename(pick(Heading.objects.all(), a), f"Tittel {b}", by=world.by)


@act
def make_pile(world, a, _b):
    headings.make_pile(world.questions[a % 2], by=world.by)


@act
def merge_headings(world, a, b):
    headings.merge(pick(Heading.objects.all(), a), pick(Heading.objects.all(), b), by=world.by)


@act
def remove_heading(world, a, _b):
    headings.remove(pick(Heading.objects.all(), a), by=world.by)


@act
def make_heading(world, a, b):
    headings.make(world.questions[a % 2], f"Tittel {b}", by=world.by)


@act
def order_headings(world, a, b):
    question = world.questions[a % 2]
    order = list(Heading.objects.standing().filter(question=question))
    headings.put_in_order(question, order[b % 3 :] + order[: b % 3], by=world.by)


@act
def keep_apart(world, a, b):
    likeness.keep_apart(pick(world.inputs, a), pick(world.inputs, b), by=world.by)


@act
def undo_an_act(world, a, _b):
    if event := pick(Event.objects.all(), a):
        undo.undo(event.act, by=world.by)


@act
def write(world, a, _b):
    points.write(world.questions[a % 2], text="Fra scenen", reason="Sagt i plenum", by=world.by)


@act
def use_once_more(world, a, b):
    points.write_from(world.questions[a % 2], pick(world.inputs, b), by=world.by)


@act
def act_on_many(world, a, b):
    """What the list of inputs does with all that it finds: only with those that fit."""
    found = many.plan(world.inputs.order_by("pk")[: a + 1], many.is_unhandled)
    if not found.takes:
        return
    if b % 2:
        many.file_under(found, world.questions[a % 2], by=world.by)
    else:
        many.set_aside(found, reason=reason_for(world.conference, "unclear"), comment="", by=world.by)


@act
def mark_kind(world, a, b):
    many.mark_kind([pick(world.inputs, a), pick(world.inputs, b)], ["", "measure", "both"][b % 3], by=world.by)


@act
def set_level(world, a, b):
    if point := pick(world.points, a):
        set_levels([point], [["state"], ["county", "other"], []][b % 3], by=world.by, way=list(Way)[a % 3])


@act
def write_sheet(world, a, b):
    sheets.store_sheet(world.sheet, session=world.session, text=TEXTS[b % 4], revision=a + 1, writer=world.writer)


@act
def divide_sheet(world, a, b):
    if sheet := pick(MinutesSheet.objects.all(), 0):
        pieces = dividing.propose(sheet.text, {1: "", 2: ""})
        chosen = [replace(piece, leave=bool(b >> n & 1)) for n, piece in enumerate(pieces)]
        divide(sheet, chosen, revision=sheet.revision - (a % 7 == 0), by=world.by)


@act
def set_rest_aside(world, a, _b):
    if sheet := pick(MinutesSheet.objects.all(), 0):
        reason = reason_for(world.conference, "unclear")
        sheets.set_rest_aside(sheet, revision=sheet.revision - (a % 5 == 0), reason=reason, by=world.by)


@act
def bring_rest_back(world, _a, _b):
    if sheet := pick(MinutesSheet.objects.all(), 0):
        sheets.bring_rest_back(sheet, by=world.by)


@act
def send_for_clearance(world, _a, b):
    deadline = date(2026, 5, 1)
    clearance.send(world.conference, [world.session], to="Dep", deadline=deadline, letter=f"Svar {b}", by=world.by)


@act
def propose(world, a, b):
    if line := pick(ClearanceLine.objects.filter(part="point"), a):
        clearance.type_in(
            line, key=uuid.uuid4(), office="Dep", via=Via.PEN, proposed=[Proposed.WORDING, Proposed.REMOVAL][b % 2],
            text=f"Foreslått {b}", remark="", by=world.by,
        )  # fmt: skip


@act
def follow(world, a, b):
    change = pick(ReturnedChange.objects.all(), a)
    if change and change.proposed == Proposed.WORDING:
        version = change.point.version - (b % 5 == 0)
        returned.accept(change, text=change.text, version=version, by=world.by)
    elif change:
        reason = reason_for(world.conference, "unclear")
        returned.remove(change, reason=reason, comment="", version=change.point.version, by=world.by)


@act
def do_not_follow(world, a, _b):
    if change := pick(ReturnedChange.objects.all(), a):
        returned.settle(change, decision=Verdict.REJECTED, answer="Nei.", by=world.by)


TEXTS = ["", "En\n\nTo", "Spørsmål 1\nTiltak:\n- En\n- To\n\nSpørsmål 2\nTre", "Bare en linje"]


class World:
    """A small conference: two questions, two tables, four inputs of which one stands under no question."""

    def __init__(self):
        self.conference = ConferenceFactory()
        session = SessionFactory(conference=self.conference)
        self.questions = [QuestionFactory(session=session) for _ in range(2)]
        self.by = User.objects.system()
        table = TableFactory(conference=self.conference)
        for question in (*self.questions, self.questions[0]):
            HeadingFactory(question=question)
            make_input(question, table=table)
        make_input(session=session)
        self.session, self.sheet = session, uuid.uuid4()
        self.writer = NoteTakerFactory(table=table, user=User.objects.create(username="bord", kind=Kind.TABLE))

    @property
    def inputs(self):
        return Input.objects.filter(conference=self.conference)

    @property
    def points(self):
        return Point.objects.standing().filter(question__session__conference=self.conference)


def account_adds_up(world):
    """Written = used + set aside + unhandled in every line, and the lines make up the sum."""
    account = read_account(world.conference)
    lines = [[line.sums for line in account.tables], [line.sums for line in account.questions]]
    for sums in (account.total, *lines[0], *lines[1]):
        assert sums.written == sums.used + sums.set_aside + sums.unhandled
    assert sum(lines[0], Sums()) == sum(lines[1], Sums()) == account.total
    assert account.total.written == world.inputs.count()
    assert account.total.set_aside == sum(line.inputs for line in account.reasons)


number = st.integers(min_value=0, max_value=11)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), number, number), min_size=4, max_size=14))
def test_every_promise_holds_after_every_act(steps):
    with transaction.atomic():
        world = World()
        for name, a, b in steps:
            try:
                with transaction.atomic():
                    ACTS[name](world, a, b)
            except Refused:
                pass  # refusing is right, as long as nothing changed
            assert check(world.conference) == []
            numbers = coverage(world.conference)
            assert numbers.inputs == numbers.used + numbers.set_aside + numbers.unhandled == world.inputs.count()
            assert numbers.points == world.points.count()
            account_adds_up(world)
            assert numbers.undivided_sheets == sum(
                o.count for o in obstacles(world.conference) if o.code == "undivided"
            )
        transaction.set_rollback(True)
