"""How many of what is found have each value that can be chosen next: one pass over the inputs, then sums."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from inputs.models import InputKind, InputSource
from inputs.models.inputs import InputQuerySet

#: What the inputs are told apart by. The values are those that stand in the address; "" is nothing.
DIMENSIONS = ("table", "question", "status", "kind", "source")
MARKS = ("star", "late", "withdrawal", "unplaced")
NONE = "none"


@dataclass(frozen=True)
class Facets:
    """`number` are found by all that is asked. `counts[name][value]`: as many if `name` were asked for `value`."""

    number: int
    counts: Mapping[str, Mapping[str, int]]


#: Kind, source and what is true of an input as one number: sorting rows by one number is what makes this fast.
_KINDS = ("", *InputKind.values)
_SOURCES = tuple(InputSource.values)


def _number() -> Combinable:
    def flag(condition: Q, bit: int) -> Case:
        return Case(When(condition, then=Value(1 << bit)), default=Value(0), output_field=IntegerField())

    def choice(name: str, values: Sequence[str], step: int) -> Case:
        cases = (When(**{name: value}, then=Value(place * step)) for place, value in enumerate(values))
        return Case(*cases, default=Value(0), output_field=IntegerField())

    facts = (
        Q(lead_source__isnull=False),
        Q(set_aside__isnull=False),
        Q(withdrawal_asked_at__isnull=False),
        Q(priority=True),
        Q(late=True),
    )
    flags = [flag(fact, bit) for bit, fact in enumerate(facts)]
    kind, source = choice("kind", _KINDS, 32), choice("source", _SOURCES, 128)
    return reduce(add, [*flags, kind, source])


def count_facets(
    inputs: InputQuerySet, asked: Mapping[str, str], *, tables: Mapping[int, str], questions: Mapping[int, str]
) -> Facets:
    """The facets of `inputs`, which are narrowed by nothing that a dimension or a mark tells. One query.

    `tables` and `questions` say how each is spelt in the address.
    """
    groups = (
        inputs.order_by()
        .annotate(place=Coalesce("filed_under_id", "question_id"), facts=_number())
        .values_list("table_id", "place", "facts")
        .annotate(number=Count("pk"))
    )
    cells = [_cell(group, tables, questions) for group in groups]
    wanted = {name: value for name, value in asked.items() if value and name in {*DIMENSIONS, "mark"}}
    counts: dict[str, Counter[str]] = {name: Counter() for name in (*DIMENSIONS, "mark")}
    total = 0
    for values, marks, number in cells:
        differing = {name for name, value in wanted.items() if value not in _having(name, values, marks)}
        if not differing:
            total += number
        # A cell counts for a value when nothing else that is asked for rules it out.
        for name, counter in counts.items():
            if differing <= {name}:
                for value in _having(name, values, marks):
                    counter[value] += number
    return Facets(total, counts)


def _having(name: str, values: Mapping[str, str], marks: Iterable[str]) -> Iterable[str]:
    return marks if name == "mark" else (values[name],)


def _cell(
    group: tuple[int | None, int | None, int, int], tables: Mapping[int, str], questions: Mapping[int, str]
) -> tuple[dict[str, str], tuple[str, ...], int]:
    table, place, facts, number = group
    used, aside, back, star, late = (bool(facts & 1 << bit) for bit in range(5))
    values = {
        "table": tables[table] if table else NONE,
        "question": questions[place] if place else NONE,
        "status": "used" if used else "set_aside" if aside else "unhandled",
        "kind": _KINDS[facts >> 5 & 3] or NONE,
        "source": _SOURCES[facts >> 7],
    }
    marked = (star, late, back, place is None and not aside)
    return values, tuple(name for name, has in zip(MARKS, marked, strict=True) if has), number
