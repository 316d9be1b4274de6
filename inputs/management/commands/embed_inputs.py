"""manage.py embed_inputs SLUG"""

from typing import Any

from django.core.management.base import CommandParser

from conference.management.command import RnikCommand
from inputs.actions.likeness import store_vectors
from inputs.management.commands.suggest_duplicates import NOT_AVAILABLE
from inputs.similarity import semantic


class Command(RnikCommand):
    help = (
        "Read with the language model every input that is new or changed, so that the editors' pages suggest by "
        "meaning. Run it after an import, and every minute during the conference. Needs rnik[semantic]."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the conference's short name")

    def handle(self, *_args: Any, slug: str, **_options: Any) -> None:
        if not semantic.is_available():
            self.refuse([NOT_AVAILABLE])
        self.stdout.write(f"{store_vectors(self.conference(slug))} inputs read")
