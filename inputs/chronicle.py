"""Who did what, and when: the conference's acts, newest first. Verbs and links, never texts."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conference.models import Conference, Event, Question, User
from inputs.models import Heading, Input, Point

PAGE = 100  # events read at a time; those of one act are one line
LINKED = 5  # of the things that an act touched

#: What a verb of the history is in words, after the name of who did it.
VERBS: dict[str, str | Promise] = {
    "receive": _("stored inputs"),
    "rewrite": _("changed the words of an input"),
    "take_back": _("took an input back after withdrawing it"),
    "ask_withdrawal": _("asked to withdraw an input"),
    "accept": _("used inputs in the report"),
    "attach": _("attached inputs to a point"),
    "detach": _("took a source out"),
    "set_aside": _("set inputs aside"),
    "bring_back": _("brought inputs back"),
    "file_under": _("filed inputs under another question"),
    "mark_kind": _("marked the kind of inputs"),
    "set_levels": _("set the responsible level of points"),
    "remove_point": _("removed a point"),
    "restore_point": _("restored a point"),
    "reword": _("reworded a point"),
    "move": _("moved a point"),
    "write_point": _("wrote a point"),
    "order_point": _("moved a point up or down"),
    "make_heading": _("made a heading"),
    "rename_heading": _("renamed a heading"),
    "order_heading": _("moved a heading"),
    "remove_heading": _("removed a heading"),
    "restore_heading": _("put a heading back"),
    "ask_clarification": _("asked for a clarification"),
    "decide_clarification": _("decided what was unclear"),
    "propose": _("proposed a change"),
    "decide_proposal": _("answered a proposal"),
    "confirm_meaning": _("confirmed that the meaning is the same"),
    "unconfirm_meaning": _("took a confirmation back"),
    "sign_off": _("signed a question off"),
    "lift_sign_off": _("lifted a sign-off"),
    "keep_apart": _("said that two inputs are not the same"),
    "let_meet": _("took back that two inputs are not the same"),
    "send_clearance": _("sent points for clearance"),
    "close_clearance": _("closed a clearance"),
    "receive_clearance": _("took in an answer to a clearance"),
    "decide_change": _("decided about a proposal from clearance"),
    "reopen_change": _("reopened a proposal from clearance"),
    "accept_finding": _("accepted a finding of the checks"),
    "agree_finding": _("agreed to accept a finding of the checks"),
    "reopen_finding": _("opened a finding of the checks again"),
    "make_file": _("made a file"),
    "freeze": _("froze a version of the report"),
    "publish": _("published the report"),
    "withdraw": _("withdrew the report"),
    "empty": _("took words out of a frozen version"),
    "hold_point": _("began to merge a point"),
    "release_point": _("let a point go"),
    "take_over_point": _("took a point over"),
    "comment": _("commented"),
    "solve_comment": _("called a comment solved"),
    "reopen_comment": _("opened a comment again"),
    "assign_question": _("assigned a question"),
    "unassign_question": _("took an assignment back"),
    "redact": _("took words out for good"),
    "take_in_sheet": _("took in minutes"),
    "divide_sheet": _("divided a sheet"),
    "set_aside_sheet": _("set the rest of a sheet aside"),
    "bring_back_sheet": _("brought the rest of a sheet back"),
    "order_input": _("moved a note among the table's own"),
    "deliver": _("delivered the minutes"),
    "take_back_delivery": _("took the delivery back"),
    "pick_lines": _("chose lines for the card"),
    "hear": _("included a line in what we hear"),
    "reword_line": _("reworded a line of what we hear"),
    "order_line": _("moved a line of what we hear"),
    "remove_line": _("removed a line of what we hear"),
    "restore_line": _("put a line of what we hear back"),
    "write_matter": _("told what became of a point"),
    "reword_matter": _("told anew what became of a point"),
    "order_matter": _("moved a matter of «You said – we did»"),
    "remove_matter": _("removed a matter of «You said – we did»"),
    "use_template": _("took a Word template in use"),
    "choose_template_styles": _("chose the styles of the Word template"),
    "remove_template": _("removed the Word template"),
    "put_template_back": _("put a Word template back"),
    "restore_matter": _("put a matter of «You said – we did» back"),
    "show": _("showed something on the big screen"),
    "write_chapter": _("wrote a chapter"),
    "ask_contribution": _("asked for a contribution to the report"),
    "end_contribution": _("noted that a contribution is not waited for any more"),
    "reopen_contribution": _("waits for a contribution again"),
    "save_survey": _("typed the counts of the survey"),
    "set_phase": _("changed the phase of a session"),
    "end_group_work": _("set when the group work ends"),
    "choose_for_plenary": _("chose a table for the plenary"),
    "release_from_plenary": _("let a table off the plenary"),
    "word_question": _("worded a question"),
    "release_questions": _("opened the questions in advance"),
    "close_questions": _("closed the questions in advance"),
    "renew_questions": _("gave the questions in advance a new address"),
    "hand_out_questions": _("noted that the questions were handed out"),
    "set_up": _("changed the set-up"),
    "remove": _("removed something from the set-up"),
    "put_back": _("put something of the set-up back"),
    "make_conference": _("made the conference"),
    "load_conference": _("read the conference from a file"),
    "make_rehearsal": _("made a rehearsal"),
    "wipe_rehearsal": _("wiped a rehearsal"),
    "make_table": _("made a table"),
    "change_table": _("changed a table"),
    "open_table": _("opened the table with its code"),
    "issue_code": _("made a code for a table"),
    "revoke_code": _("ended a table's code"),
    "remove_device": _("put a device out"),
    "invite": _("invited somebody"),
    "make_link": _("made a link for somebody"),
    "change_role": _("gave somebody another role"),
}


@dataclass(frozen=True)
class Touched:
    """A thing that an act touched, as far as a link needs it: `question` is where a point or a heading stands."""

    kind: str
    key: object = None
    question: Question | None = None


@dataclass(frozen=True)
class Deed:
    """One verb of one act: who, when, how many things, and the first of them."""

    event: Event
    what: str | Promise
    number: int
    touched: tuple[Touched, ...] = field(default_factory=tuple)

    @property
    def is_undoing(self) -> bool:
        return self.event.undoes is not None


@dataclass(frozen=True)
class Page:
    """`next_after` is the number of the last event read when there are more, else None."""

    deeds: tuple[Deed, ...]
    next_after: int | None


@dataclass(frozen=True)
class Asked:
    """What is looked for; None or empty asks for all."""

    person: User | None = None
    verb: str = ""
    question: Question | None = None
    day: date | None = None


def people(conference: Conference) -> list[User]:
    """Those who have done anything in the conference."""
    own = Event.objects.filter(by=OuterRef("pk"), conference=conference)
    return list(User.objects.filter(Exists(own)))


def read_chronicle(conference: Conference, asked: Asked, *, after: int | None = None) -> Page:
    """The acts that fit, from the one before event `after`. Four queries, whatever was done."""
    events = Event.objects.filter(conference=conference).select_related("by").order_by("-pk")
    if after is not None:
        events = events.filter(pk__lt=after)
    if asked.person:
        events = events.filter(by=asked.person)
    if asked.verb:
        events = events.filter(verb=asked.verb)
    if asked.day:
        begins = timezone.make_aware(datetime.combine(asked.day, time.min))
        events = events.filter(at__gte=begins, at__lt=begins + timedelta(days=1))
    if asked.question:
        events = events.filter(_under(asked.question))
    read = list(events[: PAGE + 1])
    shown = read[:PAGE]
    return Page(tuple(_deeds(shown)), shown[-1].pk if len(read) > PAGE else None)


def last_act(conference: Conference, *, by: User, verbs: Container[str]) -> Deed | None:
    """What the person did last, if it was in this conference, is one of the verbs and still stands. Three queries."""
    newest = Event.objects.filter(by=by).order_by("-pk").first()
    if newest is None or newest.conference_id != conference.pk or newest.undoes or newest.verb not in verbs:
        return None
    if Event.objects.filter(undoes=newest.act).exists():
        return None
    return Deed(newest, VERBS[newest.verb], Event.objects.filter(act=newest.act).count())


def _under(question: Question) -> Q:
    """What happened to the question's inputs, points and headings; inputs also where they were said."""
    said = Input.objects.filter(Q(question=question) | Q(filed_under=question))
    return (
        Q(target_type="input", target_id__in=said.values("pk"))
        | Q(target_type="point", target_id__in=Point.objects.filter(question=question).values("pk"))
        | Q(target_type="heading", target_id__in=Heading.objects.filter(question=question).values("pk"))
    )


def _deeds(events: Sequence[Event]) -> list[Deed]:
    lines = [list(same) for _act, same in groupby(events, lambda event: (event.act, event.verb))]
    linked = [event for line in lines for event in line[:LINKED]]
    found = _found(linked)
    return [
        Deed(
            line[0],
            VERBS.get(line[0].verb, line[0].verb),
            len(line),
            tuple(
                found[event.target_type, event.target_id]
                for event in line[:LINKED]
                if (event.target_type, event.target_id) in found
            ),
        )
        for line in lines
    ]


def _found(events: Sequence[Event]) -> dict[tuple[str, int], Touched]:
    """What a link to each of the things needs. Three queries."""

    def targets(kind: str) -> set[int]:
        return {event.target_id for event in events if event.target_type == kind}

    found = {
        ("input", pk): Touched("input", key)
        for pk, key in Input.objects.filter(pk__in=targets("input")).values_list("pk", "key")
    }
    for point in Point.objects.filter(pk__in=targets("point")).select_related("question__session"):
        found["point", point.pk] = Touched("point", point.key, point.question)
    for heading in Heading.objects.filter(pk__in=targets("heading")).select_related("question__session"):
        found["heading", heading.pk] = Touched("heading", heading.key, heading.question)
    return found
