"""What an input has been through: wordings, points, settings aside. A fixed number of queries."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inputs.models import Input, InputRevision, PointSource, Redaction, SetAside
from rnik.lib.diff import Piece, compare

#: What was done with an input, after the name of who did it.
DONE: dict[str, str | Promise] = {
    "receive": _("received it"),
    "rewrite": _("changed it at the table"),
    "take_back": _("took it back after withdrawing it"),
    "ask_withdrawal": _("asked to withdraw it"),
    "accept": _("used it in the report"),
    "attach": _("added it to a point"),
    "detach": _("took it out of a point"),
    "set_aside": _("set it aside"),
    "bring_back": _("brought it back"),
    "file_under": _("filed it under another question"),
    "keep_apart": _("said that it is not the same as another"),
    "let_meet": _("took back that it is not the same as another"),
    "order_input": _("moved it among the table's own"),
    "redact": _("took words out for good"),
}


@dataclass(frozen=True)
class Life:
    """`wordings` begins with the newest; `changes` leads from the first to it, None when they are alike."""

    wordings: tuple[InputRevision, ...]
    changes: tuple[Piece, ...] | None
    uses: tuple[PointSource, ...]
    decisions: tuple[SetAside, ...]
    redactions: tuple[Redaction, ...]


def read_life(entry: Input) -> Life:
    wordings = tuple(entry.revisions.select_related("by").order_by("-number"))
    first, newest = wordings[-1].text, wordings[0].text
    uses = entry.uses.select_related("point__question__session", "point__heading", "opened_by", "closed_by")
    return Life(
        wordings=wordings,
        changes=compare(first, newest) if first != newest else None,
        uses=tuple(uses.order_by("pk")),
        decisions=tuple(entry.settings_aside.select_related("reason", "opened_by", "closed_by").order_by("pk")),
        redactions=tuple(entry.redactions.select_related("by").order_by("pk")),
    )
