"""How many pages LibreOffice makes of a Word file, where it is installed; elsewhere the estimate is all there is."""

import shutil
import subprocess
from pathlib import Path

from tests.inputs.report.pdf_reading import text_of

HAS_OFFICE = shutil.which("soffice") is not None


def pages_of(content: bytes, folder: Path) -> int:
    (folder / "counted.docx").write_bytes(content)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["--headless", "--convert-to", "pdf", "--outdir", str(folder), str(folder / "counted.docx")]
    subprocess.run(["soffice", profile, *convert], check=True, capture_output=True, timeout=120)
    return text_of((folder / "counted.pdf").read_bytes()).count("\f")
