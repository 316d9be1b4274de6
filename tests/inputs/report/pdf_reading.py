"""Reading a PDF back: its text, its structure, its faults."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import page
import pikepdf
import pytest

# A fault of the checker: it miscounts a stream whose last byte is a carriage return.
FALSE_POSITIVE = "STREAM-LENGTH-001"


def text_of(content: bytes, *options: str) -> str:
    """What a reader can copy out of the PDF; `options` are those of pdftotext."""
    if not shutil.which("pdftotext"):
        pytest.fail("pdftotext is missing: install poppler-utils")
    command = ["pdftotext", *options, "-", "-"]
    return subprocess.run(command, input=content, capture_output=True, check=True).stdout.decode()


def squeezed(text: str) -> str:
    """Without blanks: lines break where they like."""
    return re.sub(r"[\s\u200b]", "", text)


def faults(content: bytes, profile: str) -> list[str]:
    """The rules of the profile that the PDF breaks: ua1 or 2a."""
    found = page.validate_pdf_bytes(content, profile=profile).failures
    return [fault.rule_id for fault in found if not fault.rule_id.endswith(FALSE_POSITIVE)]


def tags(content: bytes) -> list[tuple[str, str]]:
    """The structure tree in reading order: role and alternative text."""

    def walk(kids: Any) -> Iterator[tuple[str, str]]:
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield str(kid.S), str(kid.get("/Alt", ""))
                yield from walk(kid.get("/K", []))

    with pikepdf.open(BytesIO(content)) as pdf:
        return list(walk(pdf.Root.StructTreeRoot.K))
