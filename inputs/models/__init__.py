"""What is said and what becomes of it. One idea a module; import from here."""

from inputs.models.heard import MAX_LINE, BigScreen, HeardLine, HeardRevision
from inputs.models.inputs import MAX_TEXT, Input, InputKind, InputRevision, InputSource
from inputs.models.likeness import InputVector, NotSame
from inputs.models.minutes import MAX_SHEET, MinutesRevision, MinutesSheet, SheetAside, SheetSource
from inputs.models.plenary import CardLine
from inputs.models.points import EarlierTitle, Heading, Point, PointRevision, PointSource, SourceKind
from inputs.models.redaction import Redaction
from inputs.models.setting_aside import USUAL_REASONS, WITHDRAWN, SetAside, SetAsideReason

__all__ = [
    "MAX_LINE",
    "MAX_SHEET",
    "MAX_TEXT",
    "USUAL_REASONS",
    "WITHDRAWN",
    "BigScreen",
    "CardLine",
    "EarlierTitle",
    "Heading",
    "HeardLine",
    "HeardRevision",
    "Input",
    "InputKind",
    "InputRevision",
    "InputSource",
    "InputVector",
    "MinutesRevision",
    "MinutesSheet",
    "NotSame",
    "Point",
    "PointRevision",
    "PointSource",
    "Redaction",
    "SetAside",
    "SetAsideReason",
    "SheetAside",
    "SheetSource",
    "SourceKind",
]
