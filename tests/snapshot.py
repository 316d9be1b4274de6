"""All that is stored, so that a test can say that nothing has changed."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

#: Seeing a page or logging in may change these, and nothing else.
OF_THE_VISIT = {"last_login"}
#: The door counts wrong codes by where they came from, whatever conference they were meant for.
OF_THE_DOOR = {"conference_wrongcodes"}


def snapshot() -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table of ours, by table; sessions and log-in counters are not ours."""
    return {table: _rows(model) for model in _models() if (table := model._meta.db_table) not in OF_THE_DOOR}


def _models() -> Iterator[type[models.Model]]:
    for label in ("conference", "inputs"):
        yield from apps.get_app_config(label).get_models(include_auto_created=True)


def _rows(model: type[models.Model]) -> list[tuple[Any, ...]]:
    fields = [field.attname for field in model._meta.concrete_fields if field.name not in OF_THE_VISIT]
    return [tuple(str(value) for value in row) for row in model._base_manager.order_by("pk").values_list(*fields)]
