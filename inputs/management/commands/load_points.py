"""manage.py load_points SLUG FILE.json"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from conference.importers.files import read_points
from conference.importers.problems import ImportFault
from conference.management.command import RnikCommand, add_by
from inputs.actions.finished import load_points


class Command(RnikCommand):
    help = (
        "Load a finished edition's headings and points (rnik.points/1 or rnik.report/1). A point whose text equals "
        "an input of its question is linked to it; any other is marked as editorial. The same file "
        "twice adds nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the conference's short name")
        parser.add_argument("file", type=Path, metavar="FILE.json")
        add_by(parser)

    def handle(self, *_args: Any, slug: str, file: Path, by: str, **_options: Any) -> None:
        conference = self.conference(slug)
        actor = self.actor(by)
        try:
            points = read_points(self.content(file), file.name)
            loaded = load_points(conference, points, by=actor, name=file.name)
        except ImportFault as fault:
            self.refuse(fault.problems)
        self.stdout.write(
            f"{loaded.added} points added, {loaded.linked} linked to inputs, {loaded.known} known already"
        )
