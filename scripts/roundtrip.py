"""Lets LibreOffice change the file that is sent for clearance: `make roundtrip`.

Writes what it saves to tests/inputs/clearance/libreoffice/, where the tests read it, so that nobody else needs
LibreOffice: with changes tracked, without, and with nothing but a comment.
"""

# ruff: noqa: T201  a command: what it prints is its answer

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests/inputs/clearance/libreoffice"
SYSTEM_PYTHON = "/usr/bin/python3"  # Debian's own: LibreOffice's bridge is a package of that one


def main() -> None:
    sys.path.insert(0, str(ROOT))
    from tests.inputs.clearance.sample import CONTENT, Word  # noqa: PLC0415  the repository is on the path only now

    KEPT.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "sent.docx").write_bytes(CONTENT)
        for way in ("tracked", "plain"):
            run(SYSTEM_PYTHON, ROOT / "scripts/roundtrip_office.py", folder, way)
        # Without a screen LibreOffice can convert a file with comments but not show it: this one is only converted.
        word = Word()
        word.comment(word.point(9), "Stemmer dette?")
        (folder / "commented").mkdir()
        (folder / "commented.docx").write_bytes(word.saved())
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        convert = ["--headless", "--convert-to", "docx", "--outdir", folder / "commented", folder / "commented.docx"]
        run("soffice", profile, *convert)
        shutil.copy(folder / "commented/commented.docx", folder / "commented.docx")
        for way in ("tracked", "plain", "commented"):
            shutil.copy(folder / f"{way}.docx", KEPT / f"{way}.docx")
            print(f"{way}.docx: {(KEPT / f'{way}.docx').stat().st_size} bytes")


def run(*command: object) -> None:
    subprocess.run([str(part) for part in command], check=True, timeout=300)  # noqa: S603  our own commands


if __name__ == "__main__":
    main()
