"""manage.py seed_demo"""

from typing import Any

from django.core.management.base import CommandParser

from conference.management.command import RnikCommand
from inputs.actions.demo import seed_demo


class Command(RnikCommand):
    help = (
        "Load the demonstration conference, in the middle of its editing week, and print who may log in how. "
        "Run again it only sets the passwords anew. For a first look, never beside real data."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", default="", help="for everybody; a random one when left out")

    def handle(self, *_args: Any, password: str, **_options: Any) -> None:
        demo = seed_demo(password)
        self.stdout.write(f"{demo.conference.title} ({demo.conference.slug}), {'loaded' if demo.is_new else 'kept'}")
        for person in demo.people:
            self.stdout.write(f"  {person.email}  {person.password}  {person.name}, {person.role}")
