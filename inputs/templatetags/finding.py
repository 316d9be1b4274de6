"""`{% for piece, looked_for in entry.text|marked:words %}`: a text with the words that were looked for told apart."""

from collections.abc import Sequence

from django import template

from rnik.lib.marking import marked as pieces

register = template.Library()


@register.filter
def marked(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    return pieces(text, words)
