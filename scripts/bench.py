"""What the engine costs, printed with the commands to repeat it: `make bench`.

Each figure is one whole process: seconds on the clock, seconds of processor (its children's too), and the largest
resident memory of any process in it. The database is a scratch SQLite file. Figures of one machine say little;
compare two versions on the same machine, in the same hour, as ratios.
"""

# ruff: noqa: T201  a command: what it prints is its answer

import csv
import json
import os
import shlex
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("html", "md", "json", "docx", "pdf", "xlsx", "pdf-archive", "zip")
MANY = 10_000


def measure(name: str, *arguments: object) -> None:
    """Run a management command in a process of its own and print what it cost."""
    command = [sys.executable, "manage.py", *map(str, arguments)]
    began = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603  our own commands
    _pid, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"failed: {shlex.join(command)}")
    processor = usage.ru_utime + usage.ru_stime
    print(f"{name:<24} {wall:>7.2f} s  {processor:>7.2f} s cpu  {usage.ru_maxrss / 1024:>6.0f} MB", flush=True)
    print(f"    {shlex.join(['manage.py', *command[2:]])}")


def acceptance_data() -> Path:
    return Path(os.environ.get("RNIK_ACCEPTANCE_DATA") or ROOT.parent / "shared/data/rnik-2024")


def conference(folder: Path) -> tuple[str, Path, Path]:
    """Slug, conference file and notes: the real conference where it is at hand, else the demonstration."""
    real = acceptance_data()
    if (real / "conference.json").is_file():
        return "rnik-2024", real / "conference.json", real / "entries-sessions-1-2.csv"
    demo = ROOT / "inputs" / "demo"
    with (demo / "notes.csv").open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row["question"]]
    notes = folder / "notes.csv"
    write(notes, rows)
    return json.loads((demo / "conference.json").read_bytes())["conference"]["slug"], demo / "conference.json", notes


def many(source: Path, target: Path) -> None:
    """The same notes again and again under new ids, until there are 10,000."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    write(target, [rows[n % len(rows)] | {"id": f"many-{n}"} for n in range(MANY)])


def write(target: Path, rows: list[dict[str, str]]) -> None:
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def round_of(title: str, folder: Path, slug: str, described: Path, notes: Path) -> None:
    print(f"\n=== {title}")
    os.environ["DATABASE_URL"] = f"sqlite:///{folder / (notes.stem + '.sqlite3')}"
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=ROOT, check=True)
    measure("start of a command", "export_report", "--help")
    measure("load_conference", "load_conference", described)
    measure("import_inputs", "import_inputs", slug, notes)
    measure("accept_inputs", "accept_inputs", slug)
    for kind in FORMATS:
        measure(f"export {kind}", "export_report", slug, "--format", kind, "--output", folder / f"report.{kind}")
    measure("verify_archive", "verify_archive", folder / "report.zip")
    measure("suggest_duplicates", "suggest_duplicates", slug, "--question", "1.1")
    freeze = [sys.executable, "scripts/bench_site.py", slug]
    subprocess.run(freeze, cwd=ROOT, env=os.environ | {"DJANGO_SETTINGS_MODULE": "rnik.settings"}, check=True)  # noqa: S603  our own command
    measure("export_site", "export_site", slug, folder / f"site-{notes.stem}")


def bench_pages(folder: Path) -> None:
    """The pages, in a process of their own, on a database of their own, as in production but for TLS."""
    environment = {
        "DATABASE_URL": f"sqlite:///{folder / 'pages.sqlite3'}",
        "STATIC_ROOT": str(folder / "static"),
        "DJANGO_SETTINGS_MODULE": "rnik.settings",
        "ALLOWED_HOSTS": "testserver",
        "SECURE_SSL_REDIRECT": "0",
        "LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "scripts/bench_pages.py"]
    subprocess.run(command, cwd=ROOT, env=os.environ | environment, check=True)  # noqa: S603  our own command


def bench_alike() -> None:
    """Duplicates, where the notes that were sorted by hand are at hand."""
    data = acceptance_data()
    if (data / "entries-dev-truth.json").is_file():
        subprocess.run([sys.executable, "scripts/bench_alike.py", data], cwd=ROOT, check=True)  # noqa: S603  as above


def bench_poll() -> None:
    """A table's poll, on a server and a database of its own."""
    command = [sys.executable, "scripts/bench_poll.py"]
    subprocess.run(command, cwd=ROOT, env=os.environ | {"DATABASE_URL": "sqlite:"}, check=True)  # noqa: S603  as above


def main() -> None:
    os.environ.setdefault("DEBUG", "0")
    os.environ.setdefault("SECRET_KEY", "only for a scratch database")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        slug, described, notes = conference(folder)
        round_of(
            f"{slug}: {sum(1 for _row in csv.reader(notes.open(encoding='utf-8-sig'))) - 1} inputs",
            folder,
            slug,
            described,
            notes,
        )
        large = folder / "many.csv"
        many(notes, large)
        round_of(f"{slug}: {MANY} inputs", folder, slug, described, large)
        bench_pages(folder)
    bench_alike()
    bench_poll()


if __name__ == "__main__":
    main()
