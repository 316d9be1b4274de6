"""manage.py set_phase SLUG SESSION PHASE"""

from typing import Any

from django.core.management.base import CommandParser

from conference.actions.phases import StepNotPossible, set_phase
from conference.management.command import RnikCommand, add_by
from conference.phases import Phase


class Command(RnikCommand):
    help = "Move a session to another phase: planned, open, plenary, tidying, delivered."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the conference's short name")
        parser.add_argument("session", type=int, help="the session's number")
        parser.add_argument("phase", choices=Phase.values)
        add_by(parser)

    def handle(self, *_args: Any, slug: str, session: int, phase: str, by: str, **_options: Any) -> None:
        conference = self.conference(slug)
        found = conference.sessions.filter(number=session).first()
        if found is None:
            known = ", ".join(str(number) for number in conference.sessions.values_list("number", flat=True))
            self.refuse([f"there is no session {session}; known: {known or 'none'}"])
        try:
            set_phase(found, to=Phase(phase), by=self.actor(by))
        except StepNotPossible as error:
            self.refuse([f"session {session} is {error.phase}; from there it can become {', '.join(error.possible)}"])
        self.stdout.write(f"session {session}: {found.phase} → {phase}")
