"""A progress bar on a terminal, and nothing in a pipe."""

import sys
from collections.abc import Callable
from typing import TextIO

WIDTH = 30


def bar(label: str, total: int, stream: TextIO | None = None) -> Callable[[int], None]:
    """A function to call with how many of `total` are done. It ends its own line when all are."""
    out = stream or sys.stderr

    def show(done: int) -> None:
        if not out.isatty() or not total:
            return
        filled = WIDTH * done // total
        end = "\n" if done >= total else ""
        out.write(f"\r{label} [{'█' * filled}{'·' * (WIDTH - filled)}] {done}/{total}{end}")
        out.flush()

    return show
