"""Who the archive package is for, and what the open one leaves out."""

from enum import StrEnum

from inputs.models import WITHDRAWN


class Edition(StrEnum):
    """The open one can be given to whoever asks to see it; the closed one says who wrote, edited and sat where."""

    OPEN = "open"
    CLOSED = "closed"


#: Reasons for setting aside that keep a text out of the open edition: what is said there must not be spread.
WITHHELD = frozenset({WITHDRAWN, "personal_data", "hateful", "defamatory", "unlawful"})

#: Tables of people, and every wording that a text has had.
CLOSED_TABLES = frozenset({"skribenter", "roller", "ordlyder"})

#: Columns that the open edition has not got: they name people, or hold what editors wrote to each other.
CLOSED_ONLY = {
    "innspill": frozenset({"writer", "comment"}),
    "punkter": frozenset({"editorial_reason"}),
    "kilder": frozenset({"opened_by", "closed_by"}),
    "ark": frozenset({"writer"}),
    "bord": frozenset({"name"}),
}
