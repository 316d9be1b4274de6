"""manage.py import_inputs SLUG FILE.csv|FILE.xlsx [--dry-run]"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from conference.importers import inputs_file
from conference.importers.problems import ImportFault
from conference.management.command import RnikCommand, add_by
from inputs.actions.importing import import_notes, plan_import
from rnik.lib.progress import bar


class Command(RnikCommand):
    help = (
        "Read raw table notes from a CSV (UTF-8) or the first sheet of an XLSX. Columns: id, session, question, "
        "table, text, and optionally subquestion, language, kind, heading, addressees, priority, written_at. "
        "The same file twice adds nothing; the same id with another text is a fault."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the conference's short name")
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would be added, and add nothing")
        add_by(parser)

    def handle(self, *_args: Any, slug: str, file: Path, dry_run: bool, by: str, **_options: Any) -> None:
        conference = self.conference(slug)
        actor = self.actor(by)
        try:
            rows = inputs_file.read(self.content(file), file.name)
            plan = plan_import(conference, rows, file=file.name)
        except ImportFault as fault:
            self.refuse(fault.problems)
        if dry_run:
            self.stdout.write(f"{len(plan.notes)} inputs would be added, {plan.known} known already")
            return
        added = import_notes(plan, by=actor, progress=bar("inputs", len(plan.notes)))
        self.stdout.write(f"{added} inputs added, {plan.known} known already")
