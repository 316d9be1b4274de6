"""manage.py coverage SLUG"""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser

from conference.management.command import RnikCommand
from inputs.queries import coverage


class Command(RnikCommand):
    help = (
        "Print as JSON how far a conference has come. inputs = used + set_aside + unhandled, in all and per question."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the conference's short name")

    def handle(self, *_args: Any, slug: str, **_options: Any) -> None:
        self.stdout.write(json.dumps(asdict(coverage(self.conference(slug))), indent=1, default=str))
