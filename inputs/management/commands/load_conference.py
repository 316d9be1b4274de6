"""manage.py load_conference FILE.json"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser
from django.db import transaction

from conference.actions.loading import load_conference
from conference.actions.replacing import NotReplaceable
from conference.importers.files import read_conference
from conference.importers.problems import ImportFault
from conference.management.command import RnikCommand, add_by
from inputs.actions.finished import load_points


class Command(RnikCommand):
    help = (
        "Create or update (by slug) a conference from a JSON file: rnik.conference/1, or an exported report "
        "(rnik.report/1), whose points are loaded too. Refuses to remove or renumber what has inputs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.json")
        add_by(parser)

    def handle(self, *_args: Any, file: Path, by: str, **_options: Any) -> None:
        actor = self.actor(by)
        try:
            described, points = read_conference(self.content(file), file.name)
            with transaction.atomic():
                conference = load_conference(described, by=actor)
                loaded = load_points(conference, points, by=actor, name=file.name) if points else None
        except ImportFault as fault:
            self.refuse(fault.problems)
        except NotReplaceable as refusal:
            self.refuse(f"{file.name}:1: {reason}" for reason in refusal.reasons)
        numbers = {
            "sessions": conference.sessions.count(),
            "questions": sum(session.questions.count() for session in conference.sessions.all()),
            "tables": conference.tables.count(),
            "programme items": conference.programme.count(),
            "texts": conference.texts.count(),
        }
        if loaded:
            numbers["points added"] = loaded.added
        self.stdout.write(f"{conference.slug}: " + ", ".join(f"{number} {name}" for name, number in numbers.items()))
