"""The child process of the PDF renderer: a job as JSON on standard input, the PDFs on standard output.

Exit 0: all of them are whole. Anything else: the last line on standard error says why.
"""

import json
import resource
import signal
import sys
from pathlib import Path
from typing import Any

import typst

TEMPLATES = Path(__file__).parent


def main() -> None:
    job = json.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_AS, (job["memory"], job["memory"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The parent ends us in time; if it is gone itself, the kernel does.
    signal.setitimer(signal.ITIMER_REAL, job["seconds"] + 1)
    try:
        sys.stdout.buffer.write(compiled(job))
    except typst.TypstError as error:
        sys.exit(" ".join(str(error).split()))


def compiled(job: dict[str, Any]) -> bytes:
    """The PDFs, each after its length in eight bytes."""
    made = (_compiled(one, job) for one in job["documents"])
    return b"".join(len(one).to_bytes(8) + one for one in made)


def _compiled(document: dict[str, Any], job: dict[str, Any]) -> bytes:
    """One PDF. Typst sees the templates and the document's data, the fonts, an empty folder, and nothing else."""
    attached = document["attached"]
    data = {**document["data"], "attached": attached}
    if attached:
        data["attached"] = {name: value for name, value in attached.items() if name != "content"}
    files = {
        "main.typ": (TEMPLATES / document["template"]).read_bytes(),
        "look.typ": (TEMPLATES / "look.typ").read_bytes(),
        "data.json": json.dumps(data).encode(),
        "attached": attached["content"].encode() if attached else b"",
    }
    content: bytes = typst.compile(
        files,
        format="pdf",
        # For the archive, where only PDF/A-3 may hold files, and for those who listen.
        pdf_standards=["a-3a" if attached else "a-2a", "ua-1"],
        root=job["root"],
        font_paths=job["font_folders"],
        ignore_system_fonts=True,
        timestamp=job["timestamp"],
    )
    return content


if __name__ == "__main__":
    main()
