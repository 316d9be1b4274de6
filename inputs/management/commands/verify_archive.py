"""manage.py verify_archive FILE"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from conference.management.command import RnikCommand
from inputs.report.archive.verify import faults_of


class Command(RnikCommand):
    help = (
        "Check an archive package (export_report --format zip): the checksum of each file, files that are missing or "
        "not noted, paths, sizes, and that the account agrees with the data. Needs no database and unpacks nothing. "
        "One line per fault and exit 1 if there is any."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the package")

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            faults = faults_of(file)
        except OSError as error:
            self.refuse([f"{file}:1: cannot be read ({error.strerror}); expected a file"])
        if faults:
            self.refuse(f"{file}: {_on_one_line(fault)}" for fault in faults)
        self.stdout.write(f"{file}: whole; every file is what it was when the package was made")


def _on_one_line(fault: str) -> str:
    """A name in a forged package may hold anything."""
    return "".join(char if char.isprintable() else "?" for char in fault)
