"""Which inputs of a question may make the same point: the pure similarity, fed from the database. Never writes."""

from collections.abc import Iterable
from dataclasses import dataclass

from conference.models import Conference, Question
from inputs.models import Input
from inputs.similarity import Candidate, Label, Note, rank


@dataclass(frozen=True)
class Suggestion:
    """An input and those that resemble it, best first, at most five."""

    input: Input
    candidates: tuple[Candidate, ...]


def suggest(
    conference: Conference, question: Question | None = None, *, everything: bool = False
) -> list[Suggestion]:
    """The suggestions for a conference or one question, in the order of the inputs.

    As editors see them: only what is above the floor, and never two notes of one writer's. With `everything`, always
    the five nearest, whoever wrote them. Inputs that are set aside or stand under no question are not compared.
    """
    entries = Input.objects.filter(conference=conference, set_aside=None).with_question().order_by("pk")
    if question:
        entries = entries.counted_under(question)
    by_id = {entry.public_id: entry for entry in entries}
    notes = [Note(name, entry.text, str(entry.filed_under_id or entry.question_id)) for name, entry in by_id.items()]
    ranked = rank(notes)
    return [
        Suggestion(entry, tuple(ranked[name] if everything else _worth_showing(entry, ranked[name], by_id)))
        for name, entry in by_id.items()
    ]


def _worth_showing(entry: Input, candidates: Iterable[Candidate], by_id: dict[str, Input]) -> Iterable[Candidate]:
    return (
        candidate
        for candidate in candidates
        if candidate.label != Label.WEAK and not _same_writer(entry, by_id[candidate.id])
    )


def _same_writer(one: Input, other: Input) -> bool:
    """A writer does not say a thing twice without meaning it; two writers at one table may."""
    return one.table_id is not None and (one.table_id, one.note_taker_id) == (other.table_id, other.note_taker_id)
