"""What is wrong with a file, line by line, said so that its owner can mend it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from rnik.lib.text import clean_line

MOST_SHOWN = 200
_LONGEST_QUOTE = 40


@dataclass(frozen=True)
class Problem:
    """One fault. `line` counts from 1; in a spreadsheet it is the row. `message` says what was expected."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


class ImportFault(Exception):
    """The file cannot be taken as it is. `problems` is never empty; as text it is one line per problem."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        if not problems:
            raise ValueError("an ImportFault needs at least one problem")
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


class Problems:
    """Collects the problems of one file, so that all are told at once. Only the first 200 are kept."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._kept: list[Problem] = []
        self._more = 0

    def add(self, line: int, message: str) -> None:
        if len(self._kept) < MOST_SHOWN:
            self._kept.append(Problem(self.file, line, message))
        else:
            self._more += 1

    def check(self) -> None:
        """Raise ImportFault, by line, if anything was added. A last problem says how many more than 200 there are."""
        problems = sorted(self._kept, key=lambda problem: problem.line)
        if self._more:
            message = _("%(count)d more problems are not listed") % {"count": self._more}
            problems.append(Problem(self.file, problems[-1].line, message))
        if problems:
            raise ImportFault(tuple(problems))


def fault(file: str, line: int, message: str) -> ImportFault:
    """The fault of a file that cannot be read further."""
    return ImportFault((Problem(file, line, message),))


def shown(value: object) -> str:
    """`value` in quotes as a message may show it: on one line, not too long, fit for any terminal."""
    text = clean_line(str(value))
    return f'"{text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"}"'
