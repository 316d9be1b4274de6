"""The report as a PDF that everyone can read and that lasts: PDF/UA-1 and PDF/A-2a in one file.

`render` lays the report out as plain data (document), puts □ for what no font can show (fonts, replaced), and gives
it to Typst in one child process with limits on time and memory: a report too big costs one PDF and nothing else.
The child imports this module too, so it needs neither Django nor a database.
"""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from inputs.report.model import Report
from inputs.report.pdf import fonts
from inputs.report.pdf.document import document
from inputs.report.pdf.errors import PdfError
from inputs.report.pdf.replaced import Replaced, make_readable

__all__ = ["PdfError", "RenderedPdf", "Replaced", "render"]

MIB = 1024**2
_IMPORT_FROM = Path(__file__).resolve().parents[3]  # where `python -m inputs.report.pdf` finds itself


@dataclass(frozen=True)
class RenderedPdf:
    content: bytes
    replaced: tuple[Replaced, ...]


def render(report: Report, *, seconds: float = 60, memory: int = 3072 * MIB) -> RenderedPdf:
    """The PDF of `report`; the same report gives the same bytes.

    `seconds` is time on the clock, `memory` the bytes of address space of the child. Raises PdfError when a limit is
    met, a font is missing or Typst refuses.
    """
    data, replaced = make_readable(document(report))
    with tempfile.TemporaryDirectory() as empty:
        job = {
            # A reader who meets □ is told in the document itself what it is.
            "report": {**data, "has_replaced": bool(replaced), "fonts": list(fonts.FAMILIES)},
            "font_folders": [str(folder) for folder in fonts.folders()],
            "root": empty,
            "timestamp": int(report.generated_at.timestamp()),
            "seconds": seconds,
            "memory": memory,
        }
        return RenderedPdf(_child(job), replaced)


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
        raise PdfError(f"The PDF took longer than {job['seconds']:g} seconds.") from error
    if done.returncode != 0:
        said = done.stderr.decode(errors="replace").strip() or "no reason given"
        if "memory allocation of" in said or "MemoryError" in said:
            raise PdfError(f"The PDF needed more memory than {job['memory'] // MIB} MiB.")
        raise PdfError(f"The PDF failed (exit {done.returncode}): {said.splitlines()[-1]}")
    return done.stdout
