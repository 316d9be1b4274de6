"""manage.py check_integrity SLUG"""

from typing import Any

from django.core.management.base import CommandParser

from conference.management.command import RnikCommand
from inputs.integrity import check


class Command(RnikCommand):
    help = (
        "Prove the promises of the schema on a conference's stored data. Prints each one that fails and ends with 1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the conference's short name")

    def handle(self, *_args: Any, slug: str, **_options: Any) -> None:
        broken = check(self.conference(slug))
        if broken:
            self.refuse(
                f"broken: {one.promise} ({one.count} rows, the first: {', '.join(map(str, one.rows)) or '–'})"
                for one in broken
            )
        self.stdout.write("0 promises broken")
