"""Database constraints that recur, so that each promise reads the same everywhere.

Every equality inside a CHECK also says `isnull=False` where the column may be empty: a CHECK lets «unknown» pass.
"""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

models.CharField.register_lookup(Length)
models.TextField.register_lookup(Length)


def together(*fields: str, name: str) -> models.CheckConstraint:
    """All of `fields` are empty, or none is: who and when travel together."""
    empty = Q(**{f"{field}__isnull": True for field in fields})
    full = Q(**{f"{field}__isnull": False for field in fields})
    return models.CheckConstraint(condition=empty | full, name=name)


def exactly_one(*fields: str, name: str) -> models.CheckConstraint:
    """One of `fields` is filled, and the others are empty."""
    ways = (Q(**{f"{field}__isnull": field != chosen for field in fields}) for chosen in fields)
    return models.CheckConstraint(condition=reduce(or_, ways), name=name)


def length_between(field: str, shortest: int, longest: int, *, name: str) -> models.CheckConstraint:
    """The text has that many characters: SQLite enforces no length, and PostgreSQL only its own."""
    return models.CheckConstraint(
        condition=Q(**{f"{field}__length__gte": shortest, f"{field}__length__lte": longest}), name=name
    )


def one_of(field: str, choices: type[models.TextChoices], *, name: str) -> models.CheckConstraint:
    """The value is one of the known, also for whoever writes past the forms."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)
