"""What is said and what becomes of it. One idea a module; import from here."""

from inputs.models.accepting import MAX_REASON, Acceptance
from inputs.models.clarifications import MAX_SENTENCE, Clarification, Decision
from inputs.models.clearance import (
    Clearance,
    ClearanceLine,
    ClearanceReply,
    Part,
    Proposed,
    ReturnedChange,
    Verdict,
    Via,
)
from inputs.models.comments import MAX_COMMENT, Comment
from inputs.models.confirming import Confirmation
from inputs.models.files import MadeFile, MadeKind, MadeState, Why
from inputs.models.heard import MAX_LINE, BigScreen, HeardLine, HeardRevision
from inputs.models.inputs import MAX_TEXT, Input, InputKind, InputRevision, InputSource
from inputs.models.likeness import InputVector, NotSame
from inputs.models.matters import MAX_MATTER, Matter, MatterRevision, MatterStatus
from inputs.models.minutes import MAX_SHEET, MinutesRevision, MinutesSheet, SheetAside, SheetSource
from inputs.models.plenary import CardLine
from inputs.models.points import (
    EarlierTitle,
    Heading,
    Point,
    PointRevision,
    PointSource,
    SourceKind,
    heading_names,
)
from inputs.models.proposals import Outcome, Proposal, ProposalKind
from inputs.models.redaction import Redaction
from inputs.models.setting_aside import USUAL_REASONS, WITHDRAWN, SetAside, SetAsideReason
from inputs.models.signing import SignOff
from inputs.models.templates import ReportTemplate
from inputs.models.together import Assignment, Page, PointHold, Presence
from inputs.models.versions import (
    DOWNLOADS,
    MAX_SAID,
    PUBLIC_DOWNLOADS,
    FileKind,
    Publication,
    ReportVersion,
    VersionFile,
    VersionKind,
)

__all__ = [
    "DOWNLOADS",
    "MAX_COMMENT",
    "MAX_LINE",
    "MAX_MATTER",
    "MAX_REASON",
    "MAX_SAID",
    "MAX_SENTENCE",
    "MAX_SHEET",
    "MAX_TEXT",
    "PUBLIC_DOWNLOADS",
    "USUAL_REASONS",
    "WITHDRAWN",
    "Acceptance",
    "Assignment",
    "BigScreen",
    "CardLine",
    "Clarification",
    "Clearance",
    "ClearanceLine",
    "ClearanceReply",
    "Comment",
    "Confirmation",
    "Decision",
    "EarlierTitle",
    "FileKind",
    "Heading",
    "HeardLine",
    "HeardRevision",
    "Input",
    "InputKind",
    "InputRevision",
    "InputSource",
    "InputVector",
    "MadeFile",
    "MadeKind",
    "MadeState",
    "Matter",
    "MatterRevision",
    "MatterStatus",
    "MinutesRevision",
    "MinutesSheet",
    "NotSame",
    "Outcome",
    "Page",
    "Part",
    "Point",
    "PointHold",
    "PointRevision",
    "PointSource",
    "Presence",
    "Proposal",
    "ProposalKind",
    "Proposed",
    "Publication",
    "Redaction",
    "ReportTemplate",
    "ReportVersion",
    "ReturnedChange",
    "SetAside",
    "SetAsideReason",
    "SheetAside",
    "SheetSource",
    "SignOff",
    "SourceKind",
    "Verdict",
    "VersionFile",
    "VersionKind",
    "Via",
    "Why",
    "heading_names",
]
