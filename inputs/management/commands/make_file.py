"""manage.py make_file KEY: the process that the web starts for a PDF or an archive package."""

import logging
import resource
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.management.base import CommandParser
from django.db import DatabaseError, connection

from conference.management.command import RnikCommand
from inputs.actions import files
from inputs.hindrances import hindrances
from inputs.models import MadeFile, Why
from inputs.report.export import Edition, Exported, Format, NotFinished, TooLarge, export
from inputs.report.pdf import MIB, PdfError

logger = logging.getLogger(__name__)

SECONDS = 300
#: Address space, above what the PDF's own child may have: it inherits this limit.
MEMORY = 4096 * MIB
EVERY = 2  # seconds between two signs of life


class TookTooLong(Exception):
    """The clock ran out."""


class Command(RnikCommand):
    help = "Make a file that somebody asked for on the page of files. The web starts this; people use export_report."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("key", type=UUID, help="of the file that was asked for")
        parser.add_argument("--seconds", type=float, default=SECONDS, help="time on the clock")
        parser.add_argument("--memory", type=int, default=MEMORY, help="bytes of address space")

    def handle(self, *_args: Any, key: UUID, seconds: float, memory: int, **_options: Any) -> None:
        asked = MadeFile.objects.making().filter(key=key).select_related("conference__series", "by").first()
        if asked is None:
            self.refuse([f"no file with the key {key} is waiting to be made"])
        try:
            with _limited(seconds, memory), _beating(asked) as heard:
                made, is_draft = _make(asked, heard)
                is_kept = files.finish(asked, made.content, is_draft=is_draft)
        # Whatever it was, somebody waits for an answer; the log tells it in full.
        except Exception as error:
            logger.exception("%s was not made", asked.kind)
            if not connection.in_atomic_block:
                connection.close()  # the clock may have run out in the middle of a query; the next one opens another
            files.fail(asked, _why(error))
            self.refuse([error])
        self.stdout.write(f"{len(made.content)} bytes kept" if is_kept else "given up: nobody wants it any more")


def _make(asked: MadeFile, heard: "_Heard") -> tuple[Exported, bool]:
    edition = Edition(asked.edition) if asked.format == Format.ZIP else Edition.OPEN
    options: dict[str, Any] = {
        "internal": asked.edition == "internal",
        "session": asked.session or None,
        "edition": edition,
        "progress": heard.tell,
    }
    draft = bool(hindrances(asked.conference))
    try:
        return export(asked.conference, Format(asked.format), draft=draft, **options), draft
    except NotFinished:  # something came up this moment
        return export(asked.conference, Format(asked.format), draft=True, **options), True


def _why(error: Exception) -> Why:
    match error:
        case TookTooLong():
            return Why.TIME
        case MemoryError():
            return Why.MEMORY
        case TooLarge():
            return Why.LARGE
        case PdfError():
            return Why(error.why)
        case _:
            return Why.FAILED


@contextmanager
def _limited(seconds: float, memory: int) -> Iterator[None]:
    """Until then, and no more memory. The limit on memory stays: the process ends with the file."""

    def stop(*_args: object) -> None:
        raise TookTooLong

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


class _Heard:
    """How far the work has come, told by one thread and read by the other."""

    def __init__(self) -> None:
        self.done = self.total = 0

    def tell(self, done: int, total: int) -> None:
        self.done, self.total = done, total


@contextmanager
def _beating(asked: MadeFile) -> Iterator[_Heard]:
    """A sign of life every other second, from a thread with a connection of its own."""
    heard, over = _Heard(), threading.Event()

    def beat() -> None:
        while not over.wait(EVERY):
            try:
                files.beat(asked, heard.done, heard.total)
            except DatabaseError:  # busy: the next one gets through
                logger.warning("a sign of life was not written", exc_info=True)
        connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield heard
    finally:
        over.set()
        thread.join()
