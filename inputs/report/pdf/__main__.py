"""The child process of the PDF renderer: a job as JSON on standard input, the PDF on standard output.

Exit 0: the PDF is whole. Anything else: the last line on standard error says why.
"""

import json
import resource
import signal
import sys
from pathlib import Path
from typing import Any

import typst

TEMPLATE = Path(__file__).with_name("report.typ")


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
    """The PDF. Typst sees the template and the report's data, the fonts, an empty folder, and nothing else."""
    return typst.compile(
        {"main.typ": TEMPLATE.read_bytes(), "report.json": json.dumps(job["report"]).encode()},
        format="pdf",
        pdf_standards=["a-2a", "ua-1"],
        root=job["root"],
        font_paths=job["font_folders"],
        ignore_system_fonts=True,
        timestamp=job["timestamp"],
    )


if __name__ == "__main__":
    main()
