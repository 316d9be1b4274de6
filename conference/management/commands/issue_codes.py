"""manage.py issue_codes SLUG"""

import json
from typing import Any

from django.core.management.base import CommandParser

from conference.actions.codes import issue_codes
from conference.management.command import RnikCommand, add_by


class Command(RnikCommand):
    help = "Make new access codes for every table, shown this once. The old ones stop working."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the conference's short name")
        parser.add_argument("--json", action="store_true", dest="as_json", help="as a JSON list, for programs")
        add_by(parser)

    def handle(self, *_args: Any, slug: str, as_json: bool, by: str, **_options: Any) -> None:
        issued = issue_codes(self.conference(slug), by=self.actor(by))
        if as_json:
            self.stdout.write(json.dumps([{"table": one.table.number, "code": one.code} for one in issued]))
            return
        for one in issued:
            self.stdout.write(f"{one.table.number:>4}  {one.code}")
        self.stdout.write(f"{len(issued)} codes issued")
