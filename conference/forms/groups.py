"""A group of participants as a field: read by its name, stored by its code where it has one."""

from typing import Any

from django import forms

from conference.groups import code_of, name_of
from rnik.lib.text import clean_line


class GroupField(forms.CharField):
    def __init__(self, **more: Any) -> None:
        super().__init__(**{"max_length": 50, **more})

    def prepare_value(self, value: Any) -> Any:
        return name_of(value) if isinstance(value, str) else value

    def clean(self, value: Any) -> str:
        return code_of(clean_line(super().clean(value)))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(initial, code_of(clean_line(data or "")))
