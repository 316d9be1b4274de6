"""The report as a PDF that everyone can read and that lasts: PDF/UA-1 and PDF/A-2a in one file.

`render` lays the report out as plain data (document), puts □ for what no font can show (fonts, replaced), and gives
it to Typst in one child process with limits on time and memory: a report too big costs one PDF and nothing else.
The child imports this module too, so it needs neither Django nor a database.

With a file attached it is PDF/A-3a instead, which is what may hold files. Minutes are many small ones at a time.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from inputs.report.minutes import Minutes
from inputs.report.model import Report
from inputs.report.pdf import fonts
from inputs.report.pdf.document import Json, document
from inputs.report.pdf.errors import PdfError
from inputs.report.pdf.minutes import minutes_document
from inputs.report.pdf.replaced import Replaced, make_readable

__all__ = ["Attachment", "PdfError", "RenderedPdf", "Replaced", "render", "render_minutes"]

MIB = 1024**2
SECONDS = 60
MEMORY = 3072 * MIB
#: Minutes that one child makes. Starting one costs as much as twenty of them; its memory grows with each.
AT_A_TIME = 40
_IMPORT_FROM = Path(__file__).resolve().parents[3]  # where `python -m inputs.report.pdf` finds itself


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF: data from which the document was made."""

    name: str
    content: str
    media_type: str
    description: str


@dataclass(frozen=True)
class RenderedPdf:
    content: bytes
    replaced: tuple[Replaced, ...]


def render(
    report: Report, *, attached: Attachment | None = None, seconds: float = SECONDS, memory: int = MEMORY
) -> RenderedPdf:
    """The PDF of `report`; the same report gives the same bytes.

    `seconds` is time on the clock, `memory` the bytes of address space of the child. Raises PdfError when a limit is
    met, a font is missing or Typst refuses.
    """
    data, replaced = _shown(document(report))
    one: Json = {"template": "report.typ", "data": data, "attached": vars(attached) if attached else None}
    [content] = _made([one], report.generated_at, seconds, memory)
    return RenderedPdf(content, replaced)


def render_minutes(
    minutes: Sequence[Minutes], at: datetime, *, seconds: float = SECONDS, memory: int = MEMORY
) -> Iterator[bytes]:
    """The PDF of each, in order, made some at a time; the limits are those of each child. Raises PdfError."""
    for first in range(0, len(minutes), AT_A_TIME):
        shown = [_shown(minutes_document(one))[0] for one in minutes[first : first + AT_A_TIME]]
        documents: list[Json] = [{"template": "minutes.typ", "data": data, "attached": None} for data in shown]
        yield from _made(documents, at, seconds, memory)


def _shown(data: Json) -> tuple[Json, tuple[Replaced, ...]]:
    readable, replaced = make_readable(data)
    # A reader who meets □ is told in the document itself what it is.
    return {**readable, "has_replaced": bool(replaced), "fonts": list(fonts.FAMILIES)}, replaced


def _made(documents: list[Json], at: datetime, seconds: float, memory: int) -> list[bytes]:
    with tempfile.TemporaryDirectory() as empty:
        answer = _child(
            {
                "documents": documents,
                "font_folders": [str(folder) for folder in fonts.folders()],
                "root": empty,
                "timestamp": int(at.timestamp()),
                "seconds": seconds,
                "memory": memory,
            }
        )
    return list(_parts(answer))


def _parts(answer: bytes) -> Iterator[bytes]:
    """The files of an answer: the length of each in eight bytes, then the file."""
    start = 0
    while start < len(answer):
        end = start + 8 + int.from_bytes(answer[start : start + 8])
        yield answer[start + 8 : end]
        start = end


def _child(job: dict[str, Any]) -> bytes:
    """What one child process makes of `job`. The process is gone when this returns or raises."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "inputs.report.pdf"],
            input=json.dumps(job).encode(),
            capture_output=True,
            cwd=_IMPORT_FROM,
            env={**os.environ, "RUST_BACKTRACE": "0"},  # the last line then says why it failed
            timeout=job["seconds"],
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"The PDF took longer than {job['seconds']:g} seconds.", PdfError.TIME) from error
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip() or "no reason given"
        if "memory allocation of" in said or "MemoryError" in said:
            raise PdfError(f"The PDF needed more memory than {job['memory'] // MIB} MiB.", PdfError.MEMORY)
        raise PdfError(f"The PDF failed (exit {done.returncode}): {said.splitlines()[-1]}")
    return done.stdout
