"""manage.py accept_inputs SLUG"""

from typing import Any

from django.core.management.base import CommandParser

from conference.management.command import RnikCommand, add_by
from inputs.actions.bulk import accept_as_suggested
from inputs.models import Input


class Command(RnikCommand):
    help = (
        "Make every unhandled input that has a question a point under its suggested heading, “Annet” where it has "
        "none. "
        "Headings stand in the order they first appear, points in the order of the inputs."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the conference's short name")
        parser.add_argument("--session", type=int, metavar="N", help="only this session's inputs")
        parser.add_argument("--question", type=int, metavar="N", help="only this question's inputs")
        add_by(parser)

    def handle(
        self, *_args: Any, slug: str, session: int | None, question: int | None, by: str, **_options: Any
    ) -> None:
        conference = self.conference(slug)
        if question is not None and session is None:
            self.misuse("--question needs --session: questions are numbered within their session")
        inputs = Input.objects.filter(conference=conference)
        if session is not None:
            inputs = inputs.counted_in(session, question)
        points = accept_as_suggested(conference, inputs, by=self.actor(by))
        left = Input.objects.filter(conference=conference).unhandled().count()
        self.stdout.write(f"{len(points)} inputs accepted, {left} unhandled left")
