"""manage.py export_report SLUG --format … --output FILE"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from conference.management.command import RnikCommand
from inputs.report.export import MOST_POINTS, WHOLE_ONLY, Edition, Format, NotFinished, TooLarge, export
from inputs.report.pdf import PdfError

OBSTACLES = {
    "rehearsal": "rehearsal, which is never published",
    "unhandled": "inputs are unhandled, in question {places}",
    "without_question": "inputs stand under no question, in session {places}",
    "undivided": "minutes sheets are not divided, in session {places}",
    "without_heading": "points stand under no heading, in question {places}",
    "unnamed": "piles have no name, in question {places}",
    "clarification": "points wait for the editorial meeting, in question {places}",
    "unconfirmed": "combined points wait for a second person, in question {places}",
    "unsettled": "chapters hold something to check, or a fact that is not known yet",
}


class Command(RnikCommand):
    help = (
        "Write a conference's report to a file. Without --draft it refuses while something is not accounted for, "
        "and says how many and where. xlsx and zip (the archive package) are always internal. pdf-archive is "
        "PDF/A-3 with the report's JSON inside."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the conference's short name")
        parser.add_argument("--format", dest="kind", required=True, choices=[str(name) for name in Format])
        parser.add_argument("--output", required=True, type=Path, metavar="FILE")
        parser.add_argument("--draft", action="store_true", help="as it stands, marked as a draft")
        parser.add_argument("--internal", action="store_true", help="with table counts, sources and addressees")
        parser.add_argument("--session", type=int, metavar="N", help="one session of it; not of xlsx and zip")
        parser.add_argument(
            "--edition",
            choices=[str(name) for name in Edition],
            default=Edition.OPEN,
            help="of zip: open (without names of people; the default) or closed",
        )

    def handle(
        self,
        *_args: Any,
        slug: str,
        kind: str,
        output: Path,
        draft: bool,
        internal: bool,
        session: int | None,
        edition: str,
        **_options: Any,
    ) -> None:
        if session is not None and kind in WHOLE_ONLY:
            self.misuse(f"--session: {kind} always holds the whole conference")
        conference = self.conference(slug)
        if session is not None and not conference.sessions.filter(number=session).exists():
            self.refuse([f"there is no session {session} in {slug}"])
        try:
            made = export(
                conference, Format(kind), draft=draft, internal=internal, session=session, edition=Edition(edition)
            )
            output.write_bytes(made.content)
        except NotFinished as error:
            self.refuse(
                f"{left.count} {OBSTACLES[left.code].format(places=', '.join(map(str, left.places)))}"
                for left in error.obstacles
            )
        except TooLarge as error:
            way_out = "expected one file per session (--session N), or another format"
            self.refuse([f"{error.points} points are more than one file holds ({MOST_POINTS}); {way_out}"])
        except PdfError as error:
            self.refuse([error])
        except OSError as error:
            self.refuse(
                [f"{output}:1: cannot be written ({error.strerror}); expected a file in a folder that exists"]
            )
        for text, characters in made.replaced:
            self.stderr.write(f"cannot be shown, stands as □: {characters} in: {text}")
        self.stdout.write(f"{made.points} points, {len(made.content)} bytes written to {output}")
