"""Which inputs of a question may make the same point: the pure similarity, fed from the database. Never writes."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from conference.models import Conference, Question
from inputs.models import Input, InputVector, NotSame, Point, PointSource
from inputs.models.inputs import InputQuerySet
from inputs.similarity import LIMIT, Candidate, Index, Label, Note, lexical, rank, semantic
from inputs.similarity.pairs import Pair, pairs, side_by_side


class Engine(StrEnum):
    LEXICAL = "lexical"
    SEMANTIC = "semantic"


def engine() -> Engine:
    """The one in use: by meaning where its extra is installed and can run, else by letters."""
    return Engine.SEMANTIC if semantic.is_available() else Engine.LEXICAL


@dataclass(frozen=True)
class Suggestion:
    """An input and those that resemble it, best first, at most five."""

    input: Input
    candidates: tuple[Candidate, ...]


def suggest(
    conference: Conference,
    question: Question | None = None,
    *,
    everything: bool = False,
    by: Engine = Engine.LEXICAL,
) -> list[Suggestion]:
    """The suggestions for a conference or one question, in the order of the inputs.

    As editors see them: only what is above the floor, never two notes of one writer's, and never two that an editor
    has kept apart. With `everything`, always the five nearest, whoever wrote them. Inputs that are set aside or stand
    under no question are not compared. By meaning, texts that have no vector yet are read here and now.
    """
    inputs = Input.objects.filter(conference=conference, set_aside=None).with_question().order_by("pk")
    entries = {str(entry.pk): entry for entry in (inputs.counted_under(question) if question else inputs)}
    notes = [Note(key, entry.text, str(_place(entry))) for key, entry in entries.items()]
    apart = {} if everything else _apart(list(entries.values()))
    if by is Engine.SEMANTIC:
        vectors = _vectors(entries.values())
        missing = [note for note in notes if note.id not in vectors]
        vectors |= zip((note.id for note in missing), semantic.embed([note.text for note in missing]), strict=True)
        ranked = semantic.rank(notes, vectors, apart=apart)
    else:
        ranked = rank(notes, apart=apart)
    return [
        Suggestion(entry, tuple(one for one in ranked[key] if everything or one.label != Label.WEAK))
        for key, entry in entries.items()
    ]


# --- one input, on its page -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Alike:
    """An input that may make the same point, and the points that it stands in already."""

    input: Input
    label: Label
    shared: tuple[str, ...]
    points: tuple[Point, ...]


def alike_to(entry: Input, question: Question) -> tuple[Alike, ...]:
    """The five under the question that most resemble `entry`, above the floor; none of its own points' inputs.

    By meaning, the entry itself is read where it has no vector yet; the others without are compared by letters.
    """
    pool = {str(one.pk): one for one in _pool(question).select_related("table", "note_taker") if one.pk != entry.pk}
    key = str(entry.pk)
    note, notes = Note(key, entry.text), [Note(id_, one.text) for id_, one in pool.items()]
    besides = _apart([entry, *pool.values()])[key] | _same_point(entry)
    index = Index(notes)
    if engine() is Engine.SEMANTIC:
        found = _by_meaning(entry, note, index, pool, besides)
    else:
        found = index.nearest(note, besides=besides)
    shown = [one for one in found if one.label != Label.WEAK]
    points = _points([pool[one.id] for one in shown])
    return tuple(Alike(pool[one.id], one.label, one.shared, points.get(pool[one.id].pk, ())) for one in shown)


def _by_meaning(
    entry: Input, note: Note, index: Index, pool: Mapping[str, Input], besides: set[str]
) -> list[Candidate]:
    own = _vectors([entry]).get(note.id) or next(semantic.embed([note.text]))
    by_meaning = semantic.Vectors(_vectors(pool.values())).scores(own)
    by_letters = {
        id_: score
        for id_, score in index.scores(note).items()
        if score >= (lexical.STRONG if id_ in by_meaning else lexical.FLOOR)
    }
    texts = {id_: one.text for id_, one in pool.items()}
    return semantic.candidates(note, by_meaning, by_letters, texts, besides=besides)


def _same_point(entry: Input) -> set[str]:
    """The inputs that say the same already, by somebody's hand."""
    uses = PointSource.objects.open().filter(input=entry).values("point")
    return {str(key) for key in PointSource.objects.open().filter(point__in=uses).values_list("input", flat=True)}


def _points(entries: Sequence[Input]) -> dict[int, tuple[Point, ...]]:
    found: dict[int, tuple[Point, ...]] = defaultdict(tuple)
    links = PointSource.objects.open().filter(input__in=entries).select_related("point__heading").order_by("pk")
    for link in links:
        found[link.input_id] += (link.point,)
    return found


# --- many inputs, in a list -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Likely:
    """Where those come from that are like an input: the numbers of their tables, and how many had no table."""

    tables: tuple[int, ...]
    others: int


def alike(question: Question, entries: Iterable[Input]) -> dict[int, Likely]:
    """By the key of each of `entries` that is like another under the question: where at most five such come from.

    For lists: no input is read by the model here, and what is found is remembered until a text changes. So all are
    compared, also those that are set aside, and these are left out afterwards.
    """
    everything = list(Input.objects.counted_under(question).select_related("table").order_by("pk"))
    pool = [one for one in everything if one.set_aside_id is None]
    by_key = {str(one.pk): one for one in pool}
    apart = _apart(pool)
    near: dict[str, list[str]] = defaultdict(list)
    for pair in _pairs(everything):
        if {pair.one, pair.other} <= by_key.keys() and pair.other not in apart[pair.one]:
            near[pair.one].append(pair.other)
            near[pair.other].append(pair.one)
    return {
        entry.pk: _likely([by_key[key] for key in near[str(entry.pk)][:LIMIT]])
        for entry in entries
        if near[str(entry.pk)]
    }


def in_order_of_likeness(entries: Sequence[Input]) -> list[Input]:
    """The entries, those that are alike beside each other; the rest in the order given. The same every time."""
    by_key = {str(entry.pk): entry for entry in entries}
    return [by_key[key] for key in side_by_side(by_key, _pairs(entries))]


def _likely(found: Sequence[Input]) -> Likely:
    tables = dict.fromkeys(one.table.number for one in found if one.table)
    return Likely(tuple(tables), sum(one.table is None for one in found))


def _pairs(entries: Sequence[Input]) -> tuple[Pair, ...]:
    notes = [Note(str(entry.pk), entry.text) for entry in entries]
    return pairs(notes, _vectors(entries) if engine() is Engine.SEMANTIC else {})


# --- what all of them ask -------------------------------------------------------------------------------------


def _pool(question: Question) -> InputQuerySet:
    return Input.objects.counted_under(question).filter(set_aside=None).order_by("pk")


def _place(entry: Input) -> int | None:
    return entry.filed_under_id or entry.question_id


def _vectors(entries: Iterable[Input]) -> dict[str, bytes]:
    """The stored vectors, by the key of the input, of those whose text is still the one that was read."""
    texts = {entry.pk: entry.text for entry in entries}
    stored = InputVector.objects.filter(model=semantic.MODEL, input__in=texts)
    return {
        str(key): bytes(vector)
        for key, fingerprint, vector in stored.values_list("input", "fingerprint", "vector")
        if fingerprint == semantic.fingerprint(texts[key])
    }


def _apart(entries: Sequence[Input]) -> dict[str, set[str]]:
    """For each input those that are never its candidates: of the same writer, or kept apart by an editor.

    A writer does not say a thing twice without meaning it; two writers at one table may.
    """
    apart: dict[str, set[str]] = defaultdict(set)
    writers: dict[tuple[int, int | None], set[str]] = defaultdict(set)
    for entry in entries:
        if entry.table_id is not None:
            writers[entry.table_id, entry.note_taker_id].add(str(entry.pk))
            apart[str(entry.pk)] = writers[entry.table_id, entry.note_taker_id]
    apart = defaultdict(set, {key: set(others) for key, others in apart.items()})
    if entries:
        decided = NotSame.objects.holding().filter(low__conference=entries[0].conference_id)
        for low, high in decided.values_list("low", "high"):
            apart[str(low)].add(str(high))
            apart[str(high)].add(str(low))
    return apart
