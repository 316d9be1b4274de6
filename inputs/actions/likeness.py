"""What editors say about inputs that look alike, and the vectors that help to find them."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import Conference, User
from inputs.actions.dispositions import lock
from inputs.actions.faults import OtherConference
from inputs.models import Input, InputVector, NotSame
from inputs.similarity import semantic

_CHUNK = 500  # vectors stored at a time: what is done is kept if the rest is broken off


@transaction.atomic
def keep_apart(one: Input, other: Input, *, by: User) -> None:
    """The two do not make the same point: they are not suggested for each other until one of them is edited.

    Again changes nothing. Raises OtherConference, also for an input and itself.
    """
    low, high = _pair(one, other)
    at = timezone.now()
    earlier = NotSame.objects.open().filter(low=low, high=high).first()
    if earlier and (earlier.low_revision, earlier.high_revision) == (low.revision, high.revision):
        return
    if earlier:  # of wordings that stand no longer
        NotSame.objects.filter(pk=earlier.pk).update(closed_at=at, closed_by=by)
    made = NotSame.objects.create(
        low=low, high=high, low_revision=low.revision, high_revision=high.revision, opened_at=at, opened_by=by
    )
    _record("keep_apart", low, high, made, by=by)


@transaction.atomic
def let_meet(pair: NotSame, *, by: User) -> None:
    """They may be suggested for each other again; again changes nothing."""
    low, high = _pair(pair.low, pair.high)
    if NotSame.objects.open().filter(pk=pair.pk).update(closed_at=timezone.now(), closed_by=by):
        _record("let_meet", low, high, pair, by=by)


def _pair(one: Input, other: Input) -> tuple[Input, Input]:
    if one.pk == other.pk or one.conference_id != other.conference_id:
        raise OtherConference
    low, high = lock(sorted((one, other), key=lambda each: each.pk))
    return low, high


def _record(verb: str, low: Input, high: Input, pair: NotSame, *, by: User) -> None:
    questions = {entry.filed_under_id or entry.question_id for entry in (low, high)}
    record(
        verb=verb,
        by=by,
        conference=low.conference,
        scope=f"question:{questions.pop()}" if len(questions) == 1 else "all",
        changes=[Change(low, after={"not_same": pair.pk}), Change(high, after={"not_same": pair.pk})],
    )


def store_vectors(conference: Conference) -> int:
    """Give every input that has none of its text as it is now its vector; returns how many.

    Nobody's act, and not in the history: it can be thrown away and made again. While it reads, tables and editors go
    on; a text that was changed meanwhile is found by the next run.
    """
    stored = dict(
        InputVector.objects.filter(input__conference=conference, model=semantic.MODEL).values_list(
            "input", "fingerprint"
        )
    )
    texts = Input.objects.filter(conference=conference).order_by("pk").values_list("pk", "text")
    missing = [(key, text) for key, text in texts if stored.get(key) != semantic.fingerprint(text)]
    for start in range(0, len(missing), _CHUNK):
        _store(missing[start : start + _CHUNK])
    return len(missing)


def _store(missing: Iterable[tuple[int, str]]) -> None:
    texts = dict(missing)
    vectors = dict(zip(texts, semantic.embed(list(texts.values())), strict=True))
    with transaction.atomic():
        # Words that were taken out for good meanwhile must not come back as a vector of them.
        now = {entry.pk: entry.text for entry in lock(Input.objects.filter(pk__in=texts))}
        InputVector.objects.bulk_create(
            [
                InputVector(
                    input_id=key, model=semantic.MODEL, fingerprint=semantic.fingerprint(text), vector=vectors[key]
                )
                for key, text in texts.items()
                if now.get(key) == text
            ],
            update_conflicts=True,
            unique_fields=["input"],
            update_fields=["model", "fingerprint", "vector"],
        )
