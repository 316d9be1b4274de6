"""The demonstration conference: loaded, noted and half edited by the same actions that real people use."""

import json
import secrets
import uuid
from dataclasses import dataclass
from datetime import timedelta
from importlib.resources import files
from typing import Any

from django.db import transaction
from django.utils import timezone

from conference.actions import advance
from conference.actions.deliveries import deliver
from conference.actions.loading import load_conference
from conference.actions.phases import set_phase
from conference.actions.texts import Wording, save_text
from conference.importers import inputs_file
from conference.importers.files import read_conference
from conference.models import Conference, HandOutKind, Membership, NoteTaker, Question, TextSlot, TextState, User
from conference.phases import Phase
from inputs.actions import dispositions, headings, heard, points
from inputs.actions.entry import file_under
from inputs.actions.importing import import_notes, plan_import
from inputs.actions.reasons import reason_for
from inputs.models import Heading, Input, MinutesRevision, MinutesSheet, Point
from rnik.lib.text import clean_text


@dataclass(frozen=True)
class DemoPerson:
    """Who may log in to the demonstration, and how. The password is made anew on each machine."""

    name: str
    email: str
    role: str
    password: str


@dataclass(frozen=True)
class Demo:
    conference: Conference
    people: tuple[DemoPerson, ...]
    is_new: bool


@transaction.atomic
def seed_demo(password: str = "") -> Demo:
    """Load the demonstration once; afterwards only the passwords are set anew (to `password`, or a random one)."""
    system = User.objects.system()
    described, _points = read_conference(_data("conference.json"), "conference.json")
    stored = Conference.objects.filter(slug=described.conference.slug).first()
    conference = stored or load_conference(described, by=system)
    people = _people(conference, password or secrets.token_urlsafe(9))
    if stored is None:
        _note_takers(conference)
        rows = inputs_file.read(_data("notes.csv"), "notes.csv")
        import_notes(plan_import(conference, rows, file="notes.csv"), by=system)
        _minutes(conference, by=system)
        _day(conference, by=system)
        _hand_out(conference, by=User.objects.get(username=people[0].email))
        _Story(conference, User.objects.get(username=people[1].email)).tell()
    return Demo(conference, people, is_new=stored is None)


def _data(name: str) -> bytes:
    return (files("inputs.demo") / name).read_bytes()


def _people(conference: Conference, password: str) -> tuple[DemoPerson, ...]:
    sessions = {session.number: session for session in conference.sessions.all()}
    made = []
    for row in json.loads(_data("people.json"))["people"]:
        user = User.objects.filter(username=row["email"]).first() or User.objects.create_user(
            row["email"], name=row["name"]
        )
        user.is_staff = user.is_superuser = row["role"] == "administrator"
        user.set_password(password)
        user.save()
        member, _created = Membership.objects.update_or_create(
            user=user, conference=conference, defaults={"role": row["role"]}
        )
        member.sessions.set(sessions[number] for number in row["sessions"])
        made.append(DemoPerson(row["name"], row["email"], str(member.get_role_display()), password))
    return tuple(made)


def _note_takers(conference: Conference) -> None:
    tables = {table.number: table for table in conference.tables.all()}
    for row in json.loads(_data("people.json"))["note_takers"]:
        for initials in row["initials"]:
            NoteTaker.objects.create(table=tables[row["table"]], name=initials)


def _minutes(conference: Conference, *, by: User) -> None:
    for row in json.loads(_data("minutes.json")):
        writer = NoteTaker.objects.get(table__conference=conference, table__number=row["table"], name=row["writer"])
        sheet = MinutesSheet.objects.create(
            session=conference.sessions.get(number=row["session"]),
            note_taker=writer,
            text=clean_text(row["text"]),
            received_at=timezone.now() - timedelta(days=3),
        )
        MinutesRevision.objects.create(sheet=sheet, number=1, text=sheet.text, by=by, at=sheet.received_at)


def _day(conference: Conference, *, by: User) -> None:
    """The sessions have been held, and the tables have delivered; in the last one some are still writing out."""
    last = conference.sessions.order_by("number").last()
    for planned in conference.sessions.order_by("number"):
        opened = set_phase(planned, to=Phase.OPEN, by=by)
        session = set_phase(opened, to=Phase.TIDYING, by=by)
        undivided = MinutesSheet.objects.undivided().filter(session=session).values("note_taker__table")
        for table in conference.tables.exclude(pk__in=undivided if session == last else []).order_by("number"):
            deliver(table, session, by=by)
        if session != last:
            set_phase(session, to=Phase.DELIVERED, by=by)


def _hand_out(conference: Conference, *, by: User) -> None:
    """The questions have gone to those who come."""
    advance.release(conference, by=by)
    whom = "64 deltakere, på e-post"
    advance.note_hand_out(conference, HandOutKind.SENT, whom=whom, key=uuid.uuid4(), by=by)


class _Story:
    """The editing so far, act by act (inputs/demo/story.json)."""

    def __init__(self, conference: Conference, editor: User) -> None:
        self.conference = conference
        self.by = editor
        self.inputs = {entry.external_id: entry for entry in Input.objects.filter(conference=conference)}
        self.questions = {
            (question.session.number, question.number): question
            for question in Question.objects.filter(session__conference=conference).select_related("session")
        }
        self.points: dict[str, Point] = {}

    def tell(self) -> None:
        story: dict[str, list[dict[str, Any]]] = json.loads(_data("story.json"))
        for kind, acts in story.items():
            for act in acts:
                getattr(self, f"_{kind}")(act)

    def _accept(self, act: dict[str, Any]) -> None:
        entries = [self.inputs[name] for name in act["notes"]]
        place = self._heading(entries[0].question, act["heading"])
        accepted = dispositions.accept(entries, by=self.by, place=lambda _entry: place)
        self.points |= dict(zip(act["notes"], accepted, strict=True))

    def _same_point(self, act: dict[str, Any]) -> None:
        dispositions.attach(self.points[act["as"]], [self.inputs[act["note"]]], by=self.by)

    def _merge(self, act: dict[str, Any]) -> None:
        self._accept({"notes": act["notes"], "heading": act["heading"]})
        together = [Point.objects.get(pk=self.points[name].pk) for name in act["notes"]]
        merged = points.merge(points.plan_merge(together, text=act["text"]), by=self.by)
        self.points |= dict.fromkeys(act["notes"], merged)

    def _reword(self, act: dict[str, Any]) -> None:
        point = Point.objects.get(pk=self.points[act["note"]].pk)
        points.reword(point, text=act["text"], version=point.version, by=self.by)

    def _set_aside(self, act: dict[str, Any]) -> None:
        reason = reason_for(self.conference, act["reason"])
        dispositions.set_aside([self.inputs[act["note"]]], reason=reason, by=self.by, comment=act["comment"])

    def _file_under(self, act: dict[str, Any]) -> None:
        file_under(self.inputs[act["note"]], self.questions[act["session"], act["question"]], by=self.by)

    def _editorial(self, act: dict[str, Any]) -> None:
        question = self.questions[act["session"], act["question"]]
        place = self._heading(question, act["heading"])
        points.write(question, text=act["text"], reason=act["reason"], by=self.by, heading=place)

    def _heard(self, act: dict[str, Any]) -> None:
        entry = self.inputs[act["note"]]
        question = entry.question
        assert question is not None  # noqa: S101 as below
        heard.choose(question, self.points.get(act["note"], entry), text=act["text"], by=self.by)

    def _chapter(self, act: dict[str, Any]) -> None:
        written = self.conference.texts.get(slot=act["slot"])
        save_text(
            self.conference,
            TextSlot(act["slot"]),
            Wording(**{name: getattr(written, name) for name in Wording.__dataclass_fields__}),
            by=self.by,
            state=TextState(act["state"]),
            owner=User.objects.get(username=act["owner"]),
        )

    def _heading(self, question: Question | None, title: str) -> Heading:
        assert question is not None  # noqa: S101 the story's notes stand under questions, as its own test says
        return headings.make(question, title, by=self.by, is_other=title == "Annet")
