"""The opposite of each act, done by the same verbs. Each takes the event that is undone; undo.py says when."""

from collections.abc import Callable

from conference.models import Event, Question, User
from inputs.actions import (
    clarifications,
    confirming,
    dispositions,
    entry,
    headings,
    levels,
    likeness,
    many,
    points,
    proposals,
    returned,
)
from inputs.models import (
    Clarification,
    Confirmation,
    EarlierTitle,
    Heading,
    Input,
    NotSame,
    Point,
    PointRevision,
    PointSource,
    Proposal,
    ReturnedChange,
    SetAside,
    SourceKind,
    Verdict,
)


def _accept(event: Event, by: User) -> None:
    dispositions.remove_point(Point.objects.get(pk=event.after["point"]), by=by)


def _attach(event: Event, by: User) -> None:
    source = PointSource.objects.open().get(point=event.after["point"], input=event.target_id)
    dispositions.unlink(source, by=by)


def _detach(event: Event, by: User) -> None:
    source = PointSource.objects.get(pk=event.before["source"])
    dispositions.attach(source.point, [source.input], by=by, kind=SourceKind(source.kind))


def _remove_point(event: Event, by: User) -> None:
    sources = PointSource.objects.filter(pk__in=event.before["sources"]).select_related("input")
    dispositions.restore_point(Point.objects.get(pk=event.target_id), sources=sources, by=by)


def _restore_point(event: Event, by: User) -> None:
    dispositions.remove_point(Point.objects.get(pk=event.target_id), by=by)


def _set_aside(event: Event, by: User) -> None:
    dispositions.bring_back([Input.objects.get(pk=event.target_id)], by=by)


def _bring_back(event: Event, by: User) -> None:
    decision = SetAside.objects.select_related("input", "reason").get(pk=event.before["set_aside"])
    dispositions.set_aside([decision.input], reason=decision.reason, comment=decision.comment, by=by)


def _file_under(event: Event, by: User) -> None:
    question = Question.objects.filter(pk=event.before["question"]).select_related("session").first()
    entry.file_under(Input.objects.get(pk=event.target_id), question, by=by)


def _reword(event: Event, by: User) -> None:
    point = Point.objects.get(pk=event.target_id)
    earlier = PointRevision.objects.get(point=point, number=event.before["revision"])
    points.reword(point, text=earlier.text, version=point.version, by=by)


def _move(event: Event, by: User) -> None:
    heading = Heading.objects.standing().filter(pk=event.before["heading"]).first()
    position = event.before.get("position")  # acts of earlier versions did not tell
    points.move(Point.objects.get(pk=event.target_id), to=heading, position=position, by=by)


def _write_point(event: Event, by: User) -> None:
    dispositions.remove_point(Point.objects.get(pk=event.target_id), by=by)


def _make_heading(event: Event, by: User) -> None:
    headings.remove(Heading.objects.get(pk=event.target_id), by=by)


def _order_point(event: Event, by: User) -> None:
    points.put_at(Point.objects.get(pk=event.target_id), event.before["position"], by=by)


def _order_heading(event: Event, by: User) -> None:
    headings.put_at(Heading.objects.get(pk=event.target_id), event.before["position"], by=by)


def _rename_heading(event: Event, by: User) -> None:
    earlier = EarlierTitle.objects.filter(pk=event.before["earlier_title"]).first()  # none: a pile got its first name
    headings.rename(Heading.objects.get(pk=event.target_id), earlier.title if earlier else "", by=by)


def _remove_heading(event: Event, by: User) -> None:
    headings.restore(Heading.objects.get(pk=event.target_id), by=by)


def _restore_heading(event: Event, by: User) -> None:
    headings.remove(Heading.objects.get(pk=event.target_id), by=by)


def _ask_clarification(event: Event, by: User) -> None:
    clarifications.withdraw(Clarification.objects.select_related("point").get(pk=event.target_id), by=by)


def _decide_clarification(event: Event, by: User) -> None:
    clarifications.reopen(Clarification.objects.select_related("point").get(pk=event.target_id), by=by)


def _propose(event: Event, by: User) -> None:
    proposals.withdraw(Proposal.objects.get(pk=event.target_id), by=by)


def _decide_proposal(event: Event, by: User) -> None:
    proposals.reopen(Proposal.objects.select_related("question__session").get(pk=event.target_id), by=by)


def _confirm_meaning(event: Event, by: User) -> None:
    confirming.take_back(Confirmation.objects.select_related("point").get(pk=event.target_id), by=by)


def _keep_apart(event: Event, by: User) -> None:
    likeness.let_meet(NotSame.objects.select_related("low", "high").get(pk=event.after["not_same"]), by=by)


def _let_meet(event: Event, by: User) -> None:
    pair = NotSame.objects.select_related("low", "high").get(pk=event.after["not_same"])
    likeness.keep_apart(pair.low, pair.high, by=by)


def _set_levels(event: Event, by: User) -> None:
    levels.set_levels([Point.objects.get(pk=event.target_id)], event.before["levels"], by=by)


def _mark_kind(event: Event, by: User) -> None:
    many.mark_kind([Input.objects.get(pk=event.target_id)], event.before["kind"], by=by)


def _decide_change(event: Event, by: User) -> None:
    returned.reopen(ReturnedChange.objects.get(pk=event.target_id), by=by)


def _reopen_change(event: Event, by: User) -> None:
    returned.decide_again(ReturnedChange.objects.get(pk=event.target_id), Verdict(event.after["decision"]), by=by)


OPPOSITES: dict[str, Callable[[Event, User], None]] = {
    "accept": _accept,
    "attach": _attach,
    "detach": _detach,
    "remove_point": _remove_point,
    "restore_point": _restore_point,
    "set_aside": _set_aside,
    "bring_back": _bring_back,
    "file_under": _file_under,
    "reword": _reword,
    "move": _move,
    "write_point": _write_point,
    "make_heading": _make_heading,
    "order_point": _order_point,
    "order_heading": _order_heading,
    "rename_heading": _rename_heading,
    "remove_heading": _remove_heading,
    "restore_heading": _restore_heading,
    "ask_clarification": _ask_clarification,
    "decide_clarification": _decide_clarification,
    "propose": _propose,
    "decide_proposal": _decide_proposal,
    "confirm_meaning": _confirm_meaning,
    "keep_apart": _keep_apart,
    "let_meet": _let_meet,
    "set_levels": _set_levels,
    "mark_kind": _mark_kind,
    "decide_change": _decide_change,
    "reopen_change": _reopen_change,
}
