"""What RNIK's commands share: the promises of formats.md about exit codes, faults and who acts.

0 on success, 1 on bad input with one line per fault, 2 on bad usage. Nothing is written unless everything was right.
"""

import argparse
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from conference.models import Conference, User


class RnikCommand(BaseCommand):
    """A command that ends with a summary, or with one line per fault. Whatever it says is in English."""

    requires_system_checks = []  # they cost more than most of these commands

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        kwargs.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        return super().create_parser(prog_name, subcommand, **kwargs)

    def execute(self, *args: Any, **options: Any) -> str | None:
        # Other programs read what commands say. What is stored or exported has the conference's language.
        with override("en"):
            return super().execute(*args, **options)

    def refuse(self, faults: Iterable[object]) -> NoReturn:
        """Print each fault on its own line and end with 1."""
        for fault in faults:
            self.stderr.write(str(fault))
        raise SystemExit(1)

    def misuse(self, message: str) -> NoReturn:
        """Say what is wrong with how the command was called and end with 2."""
        self.stderr.write(message)
        raise SystemExit(2)

    def conference(self, slug: str) -> Conference:
        found = Conference.objects.filter(slug=slug).select_related("series").first()
        if found is None:
            known = ", ".join(Conference.objects.values_list("slug", flat=True)) or "none"
            self.refuse([f"there is no conference “{slug}”; known: {known}"])
        return found

    def content(self, path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            self.refuse([f"{path}:1: cannot be read ({error.strerror}); expected a file"])

    def actor(self, email: str) -> User:
        """Who acts: the person named by `--by`, else the system itself."""
        if not email:
            return User.objects.system()
        found = User.objects.filter(username=email.lower(), is_active=True).first()
        if found is None:
            self.misuse(f"--by: nobody active has the e-mail {email}")
        return found


def add_by(parser: CommandParser) -> None:
    parser.add_argument("--by", metavar="EMAIL", default="", help="who acts; the system itself when left out")
