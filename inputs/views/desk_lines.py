"""The desk's lines as its templates want them: small, since a question may have five hundred.

Everything is a string or a dict of them: looking such up costs a template a fraction of asking an object.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from conference.models import Question
from inputs.desk import HeadingRow, PointOnDesk, PointRow
from inputs.models import Heading, Input, InputKind, InputSource, SourceKind
from inputs.settling import Marks

Line = dict[str, Any]

SHORT = 80  # characters of a point in the name of its links
_SOME = UUID(int=0)  # stands in an address for the key that each line puts in


class Said:
    """What was said for a point, as one reads it who opens the point's sources on the desk."""

    def __init__(self, question: Question) -> None:
        self.language = question.session.conference.language
        self.input_at = _address("input", question.session.conference.slug)
        self.reached = {str(value): str(label) for value, label in InputSource.choices}
        self.uses = {str(value): str(label) for value, label in SourceKind.choices}
        self.table = _("Table %(number)s")

    def sources(self, row: PointRow) -> Line:
        return {
            "key": SafeString(row.point.key),
            "text": row.point.text,
            "behind": _behind(len(row.tables), len(row.sources)),
            "why": row.point.editorial_reason,
            "sources": [
                self._said(source.input, str(source.input.key))
                | {
                    "use": self.uses[source.kind],
                    "is_changed": source.input.revision != source.input_revision,
                }
                for source in row.sources
            ],
        }

    def _said(self, entry: Input, key: str) -> Line:
        """The words of an input and where they come from; `lang` is the attribute of words in another language."""
        return {
            "text": entry.text,
            "lang": format_html(' lang="{}"', entry.language) if entry.language != self.language else "",
            "place": self.table % {"number": entry.table.number} if entry.table else self.reached[entry.source],
            "at": self.input_at(key),
        }


class Lines(Said):
    """Makes the lines of one question's desk: what all of them share is looked up once."""

    def __init__(self, question: Question, marks: Marks, *, ticked: Collection[str] = ()) -> None:
        super().__init__(question)
        place = [question.session.conference.slug, question.session.number, question.number]
        self.ticked = ticked
        self.marks = marks
        self.propose_at = _address("input_propose", *place)
        self.point_at = _address("point", *place)
        self.take_over_at = _address("point_take_over", *place)
        self.kinds = {str(value): str(label) for value, label in InputKind.choices}

    def note(self, entry: Input, place: str = "") -> tuple[str, Line]:
        """An input that remains, by its key: what was said, where, and what is known of it besides.

        `place` is the attribute that says where in the list a fragment's line is put.
        """
        key = SafeString(entry.key)
        more = {
            "star": entry.priority,
            "kind": self.kinds.get(entry.kind, ""),
            "language": entry.language if entry.language != self.language else "",
            "late": entry.late,
            "asked_back": bool(entry.withdrawal_asked_at),
            "comments": _comments(self.marks.together.on_inputs.get(entry.pk, 0)),
        }
        rest = {
            "has_more": any(more.values()),
            "propose_at": self.propose_at(key),
            "ticked": key in self.ticked,
            "stands": place,
        }
        return key, self._said(entry, key) | more | rest

    def placed(self, entry: Input, after: Input | None) -> tuple[str, Line]:
        """A fragment's line: it comes after another, or first."""
        first = SafeString(' data-first-in="notes"')
        return self.note(entry, format_html(' data-after="note-{}"', after.key) if after else first)

    def headings(
        self, rows: Iterable[HeadingRow], before: Mapping[Heading | None, Heading | None] | None = None
    ) -> list[Line]:
        """The headings, each with its points by key; for a fragment, `before` says after which each stands."""
        return [
            {
                "row": row,
                "after": (before or {}).get(row.heading),
                "points": [self._point(point) for point in row.points],
            }
            for row in rows
        ]

    def _point(self, row: PointOnDesk) -> tuple[str, Line]:
        key, text = SafeString(row.point.key), row.point.text
        hold = self.marks.together.held.get(row.point.pk)
        more = {
            "clarified": row.point.pk in self.marks.clarified,
            "proposed": row.point.pk in self.marks.proposed,
            "held": _("%(name)s is merging this point now") % {"name": hold.name} if hold else "",
            "comments": _comments(self.marks.together.on_points.get(row.point.pk, 0)),
        }
        rest = {
            "text": text,
            "short": text if len(text) <= SHORT else f"{text[: SHORT - 1]}…",
            "behind": _behind(len(row.tables), row.sources),
            "has_more": any(more.values()),
            "take_over_at": self.take_over_at(key),
            "at": self.point_at(key),
            "ticked": key in self.ticked,
        }
        return key, more | rest


def _behind(tables: int, sources: int) -> str:
    if tables:
        return ngettext("%(number)s table", "%(number)s tables", tables) % {"number": tables}
    return _("Not from a table") if sources else _("No source")


def _comments(number: int) -> str:
    return ngettext("%(number)d comment", "%(number)d comments", number) % {"number": number} if number else ""


def _address(name: str, *place: object) -> Callable[[str], str]:
    """Puts a key into the address of that name: one lookup for all lines."""
    before, after = reverse(name, args=[*place, _SOME]).split(str(_SOME))
    return lambda key: SafeString(f"{before}{key}{after}")  # an address of ours, with a key of ours


def words() -> dict[str, str]:
    """What all lines say alike."""
    return {
        "star": _("Marked as important"),
        "late": _("after the deadline"),
        "asked_back": _("the table asks to withdraw it"),
        "changed": _("changed by the table since"),
        "why": _("Why it is here:"),
        "clarified": _("For clarification"),
        "proposed": _("Proposal"),
        "propose": _("Propose"),
        "edit": _("Edit"),
        "history": _("History"),
        "take_over": _("Take over"),
    }
