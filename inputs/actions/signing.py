"""A question is signed off, and that is lifted. `hold_open` is what every change of a question goes through."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import Kind, Question, User
from inputs.actions.faults import Decided, NotFinished, SignedOff
from inputs.models import Input, SignOff
from inputs.queries import obstacles_of
from rnik.lib.text import clean_line

CHUNK = 1000  # keys in one statement


def hold_open(questions: Iterable[int | None], *, inputs: Iterable[Input] = (), by: User) -> frozenset[int | None]:
    """Hold the questions, and those that the inputs are counted under, until the transaction ends.

    First in every verb that changes a question's points, headings or inputs, before anything else is locked: a
    sign-off holds the same rows, so that it and an act cannot pass each other. Returns the keys that are held.
    Raises SignedOff. Tables always write: whatever they do with notes of their own is theirs.
    """
    keys = {key for key in questions if key is not None} | _counted_under([entry.pk for entry in inputs])
    if by.kind != Kind.TABLE:
        list(Question.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk").values_list("pk"))
        signed = SignOff.objects.standing().filter(question__in=keys).select_related("by", "question__session")
        if stored := signed.order_by("pk").first():
            raise SignedOff(stored)
    return frozenset({None, *keys})


def _counted_under(inputs: list[int]) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(inputs), CHUNK):
        rows = Input.objects.filter(pk__in=inputs[start : start + CHUNK])
        found |= set(rows.order_by().values_list(Coalesce("filed_under_id", "question_id"), flat=True))
    return found - {None}


@transaction.atomic
def sign(question: Question, *, by: User) -> SignOff:
    """The question is finished. Raises NotFinished while something of it stands in the way of publication.

    A second click finds the sign-off that stands.
    """
    _hold(question)
    if stored := SignOff.objects.standing().filter(question=question).first():
        return stored
    if obstacles_of(question):
        raise NotFinished
    made = SignOff.objects.create(question=question, by=by, at=timezone.now())
    _record("sign_off", by, made)
    return made


@transaction.atomic
def lift(sign_off: SignOff, *, reason: str, by: User) -> SignOff:
    """The question may be changed again, for this reason. Raises Decided when somebody has lifted it."""
    _hold(sign_off.question)
    stored = SignOff.objects.select_for_update(of=("self",)).select_related("question__session").get(pk=sign_off.pk)
    if stored.lifted_at:
        raise Decided
    stored.lifted_at, stored.lifted_by, stored.reason = timezone.now(), by, clean_line(reason)
    stored.save(update_fields=["lifted_at", "lifted_by", "reason"])
    _record("lift_sign_off", by, stored)
    return stored


def _hold(question: Question) -> None:
    Question.objects.select_for_update(no_key=True).get(pk=question.pk)


def _record(verb: str, by: User, sign_off: SignOff) -> None:
    question = sign_off.question
    record(
        verb=verb,
        by=by,
        conference=question.session.conference,
        scope=f"question:{question.pk}",
        changes=[Change(sign_off, after={"question": question.pk})],
    )
