"""manage.py check_report SLUG"""

from typing import Any

from django.core.management.base import CommandParser

from conference.management.command import RnikCommand
from inputs.findings import Found, findings, read_edition


class Command(RnikCommand):
    help = (
        "Print what the checks find in a conference's report, one finding a line. Ends with 1 while some that nobody "
        "has accepted stand in the way of publication."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the conference's short name")
        parser.add_argument("--all", action="store_true", dest="everything", help="those that are accepted, too")

    def handle(self, *_args: Any, slug: str, everything: bool, **_options: Any) -> None:
        conference = self.conference(slug)
        found = findings(read_edition(conference), conference)
        for one in found:
            if everything or not one.is_settled:
                self.stdout.write(_line(one))
        settled, in_the_way = sum(one.is_settled for one in found), sum(one.is_in_the_way for one in found)
        summary = f"{len(found)} findings, {settled} accepted, {in_the_way} in the way of publication"
        if in_the_way:
            self.refuse([summary])
        self.stdout.write(summary)


def _line(found: Found) -> str:
    """Weight, kind, what, where, and what it says; the words of the report stay where they are."""
    finding, place = found.finding, found.finding.place
    weight = "accepted" if found.is_settled else "stops" if found.is_in_the_way else "look"
    where = f"{place.session}.{place.question}" if place.question else place.session or place.ref or "-"
    return f"{weight}\t{finding.kind}\t{finding.code}\t{place.thing} {where}\t{finding.says}"
