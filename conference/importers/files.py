"""The JSON files that a conference and its points come in, told apart by what they say of themselves."""

from django.utils.translation import gettext as _

from conference.importers import conference_file, json_file, points_file, report_file
from conference.importers.conference_rows import ConferenceFile
from conference.importers.json_file import Document, described
from conference.importers.points_file import PointsFile


def read_conference(data: bytes, name: str) -> tuple[ConferenceFile, PointsFile | None]:
    """A conference, with its points if the file is an exported report.

    Raises ImportFault with everything that is wrong; `name` is what its problems call the file.
    """
    document = json_file.load(data, name)
    if _format(document, (conference_file.FORMAT, report_file.FORMAT)) == report_file.FORMAT:
        return report_file.read(document)
    return conference_file.read(document), None


def read_points(data: bytes, name: str) -> PointsFile:
    """The headings and points of a finished edition, from a points file or an exported report.

    Raises ImportFault with everything that is wrong; `name` is what its problems call the file.
    """
    document = json_file.load(data, name)
    if _format(document, (points_file.FORMAT, report_file.FORMAT)) == report_file.FORMAT:
        _conference, points = report_file.read(document)
        return points
    return points_file.read(document)


def _format(document: Document, known: tuple[str, ...]) -> str:
    """What the file says it is. Raises ImportFault if that is not `known`."""
    found = document.value.get("format") if isinstance(document.value, dict) else None
    if found not in known:
        words = {"found": _("nothing") if found is None else described(found), "known": ", ".join(known)}
        document.add(("format",), _("%(found)s, expected one of: %(known)s") % words)
        document.check()
    return str(found)
