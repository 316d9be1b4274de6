"""A returned Word file, from bytes to findings."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from conference.importers.docx_text import read_with
from conference.importers.problems import fault
from inputs.clearance.comparing import Finding, Proposed, Sent, compare
from inputs.clearance.marks import Part
from inputs.clearance.paragraphs import Paragraph, paragraphs


def read_answer(data: bytes, name: str, *, sent: Sequence[Sent], mark: str) -> tuple[Finding, ...]:
    """What the file proposes. Raises ImportFault when it cannot be read, or is no answer to what was sent."""

    def read(document: Any) -> list[Paragraph]:
        return paragraphs(document)

    came = read_with(read, data, name)
    marks = {own for paragraph in came for own, _number in paragraph.marks}
    if marks and mark not in marks:
        raise fault(name, 1, _("a file that was sent for another clearance, expected an answer to this one"))
    findings = compare(sent, came, mark)
    if not marks and _is_strange(sent, findings):
        raise fault(name, 1, _("nothing of what was sent is found in it, expected the file that was sent"))
    return findings


def _is_strange(sent: Sequence[Sent], findings: Sequence[Finding]) -> bool:
    """Without bookmarks: most of the points are not to be found by their words either."""
    points = {one.number for one in sent if one.part == Part.POINT}
    missing = {one.number for one in findings if one.proposed == Proposed.MISSING}
    return 2 * len(points & missing) > len(points)
