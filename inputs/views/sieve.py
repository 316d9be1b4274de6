"""Which of the remaining inputs a desk shows, as its address says it, or the form that was posted from it."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, QueryDict

from inputs.desk import Sieve
from inputs.models import InputKind

LIKENESS = "likhet"  # the order in which those that are alike lie side by side


def sieve_of(request: HttpRequest) -> Sieve:
    """What is asked for; what cannot be is not asked for."""
    asked = QueryDict(request.POST.get("view", "")) if request.method == "POST" else request.GET
    table, kind = asked.get("table", ""), asked.get("kind", "")
    return Sieve(
        after=_key(asked.get("after", "")),
        table=int(table) if table.isdecimal() and len(table) < 6 else None,
        kind=kind if kind in InputKind.values else "",
        star=bool(asked.get("star")),
        by_likeness=asked.get("order") == LIKENESS,
        words=asked.get("q", "").replace("\0", "")[:200],
    )


def as_query(sieve: Sieve) -> str:
    """The same as the end of an address: «table=4&star=1», or nothing."""
    asked = {
        "q": sieve.words,
        "table": sieve.table,
        "kind": sieve.kind,
        "star": "1" if sieve.star else "",
        "order": LIKENESS if sieve.by_likeness else "",
        "after": sieve.after,
    }
    return urlencode({name: value for name, value in asked.items() if value not in {None, ""}})


def _key(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None
