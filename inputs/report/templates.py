"""The template that a conference's report is built on in Word, read from the database."""

from conference.models import Conference
from inputs.models import ReportTemplate
from inputs.report.docx import Template


def template_of(conference: Conference) -> Template | None:
    """The one that stands; None where the report has our own look."""
    found = ReportTemplate.objects.standing().filter(conference=conference).first()
    return Template(bytes(found.content), found.styles) if found else None
