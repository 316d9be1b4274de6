"""The package's bytes: every file in its folder, the same each time as long as nothing has changed."""

import json
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext, override

from inputs.report import data, pdf
from inputs.report.archive.edition import Edition
from inputs.report.archive.reading import Package
from inputs.report.archive.tables import COLUMNS, DataTable, as_csv
from inputs.report.archive.verify import FORMAT, LEDGER, METADATA, SUMS
from inputs.report.model import Report

Json = dict[str, Any]
REPORT = "rapport/rapport.pdf"
REPORT_DATA = "rapport/rapport.json"


def public_data(report: Report) -> pdf.Attachment:
    """The public JSON as it stands inside the archive's PDF. `report` must be the public edition."""
    with override(report.facts.language):
        description = gettext("The content of the report as data (rnik.report/1)")
    return pdf.Attachment("rapport.json", data.dumps(report), "application/json", description)


def render(package: Package, progress: Callable[[int, int], None] = lambda _done, _total: None) -> bytes:
    """The zip. `progress` is told how many PDFs are made, of how many. Raises PdfError."""
    facts = package.report.facts
    edition = {Edition.OPEN: "apen", Edition.CLOSED: "lukket"}[package.edition]
    folder = f"{facts.slug}-arkiv-{edition}"
    sums: list[str] = []
    out = BytesIO()
    # A zip knows no time before 1980.
    moment = max(timezone.localtime(package.at).timetuple()[:6], (1980, 1, 1, 0, 0, 0))
    with zipfile.ZipFile(out, "w") as archive, override(facts.language):

        def add(name: str, content: bytes) -> None:
            entry = zipfile.ZipInfo(f"{folder}/{name}", moment)
            entry.create_system = 3  # as on Unix, wherever it is made
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED, 6)

        for name, content in _files(package, progress):
            sums.append(f"{sha256(content).hexdigest()}  {name}\n")
            add(name, content)
        add(SUMS, "".join(sums).encode())
    return out.getvalue()


def _files(package: Package, progress: Callable[[int, int], None]) -> Iterator[tuple[str, bytes]]:
    total = len(package.minutes) + 1
    progress(0, total)
    attached = public_data(package.report)
    yield "LESMEG.txt", _readme(package).encode()
    yield METADATA, _json(_metadata(package))
    yield REPORT, pdf.render(package.report, attached=attached).content
    yield REPORT_DATA, attached.content.encode()
    for one in package.published:
        yield f"rapport/publisert/{one.name}", one.content
    progress(1, total)
    made = pdf.render_minutes(package.minutes, package.at)
    for done, (minutes, content) in enumerate(zip(package.minutes, made, strict=True), 2):
        yield f"referat/{minutes.name}.pdf", content
        progress(done, total)
    yield "data/konferanse.json", _json(package.plan)
    yield "data/felter.csv", _columns(package.tables)
    for table in package.tables:
        yield f"data/{table.name}.csv", table.as_csv()
        yield f"data/{table.name}.json", _json(table.as_json())
    yield LEDGER, _json(_ledger(package))


def _json(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1, default=str) + "\n").encode()


def _metadata(package: Package) -> Json:
    """What a case handler types into the archive's own system, under the names that Noark uses."""
    report, facts = package.report, package.report.facts
    return {
        "format": FORMAT,
        "utgave": package.edition.value,
        "saksnummer": package.case_number,
        "tittel": facts.title,
        "dokumentdato": facts.date.isoformat(),
        "forfatter": [ministry.name for ministry in report.ministries],
        "tilgangskode": package.access_code,
        "skjermingshjemmel": package.legal_basis,
        "spraak": report.language_tag,
        "utkast": report.draft,
        "tilstand": timezone.localtime(package.at).isoformat(timespec="seconds"),
        "system": "RNIK",
        "dokumenter": [
            {"fil": REPORT, "tittel": facts.title, "dokumenttype": "rapport", "filformat": "PDF/A-3a"},
            *(
                {"fil": f"rapport/publisert/{one.name}", "tittel": one.title, "dokumenttype": "publisert rapport"}
                for one in package.published
            ),
            *(
                {
                    "fil": f"referat/{one.name}.pdf",
                    "tittel": f"{one.title}. {one.subtitle}",
                    "dokumenttype": "referat",
                    "filformat": "PDF/A-2a",
                }
                for one in package.minutes
            ),
        ],
    }


def _ledger(package: Package) -> Json:
    """The numbers of `coverage`, without who signed a question off."""
    numbers = vars(package.coverage)
    [questions] = [table.as_json() for table in package.tables if table.name == "regnskap"]
    return {**{name: value for name, value in numbers.items() if name != "questions"}, "questions": questions}


def _columns(tables: tuple[DataTable, ...]) -> bytes:
    """What each column of each file holds."""
    head = (gettext("file"), gettext("column"), gettext("what it holds"))
    rows = [(f"{table.name}.csv", name, str(COLUMNS[table.name][name])) for table in tables for name in table.columns]
    return as_csv([head, *rows])


def _readme(package: Package) -> str:
    facts = package.report.facts
    is_open = package.edition == Edition.OPEN
    contents = {
        "rapport/": gettext("the report as PDF/A-3 with its content as data inside, and what was published"),
        "referat/": gettext("the minutes of each table and session as PDF/A-2"),
        "data/": gettext("all data as CSV and JSON; felter.csv explains every column"),
        LEDGER: gettext("the account: what was written, and what became of it"),
        METADATA: gettext("case number, title, date, author, access code, legal basis"),
        SUMS: gettext("the checksum of each file"),
    }
    about = [
        f"{facts.title}\n{package.report.written_date}",
        gettext(
            "Open edition. Names of note-takers and editors, names of tables, and comments between editors are "
            "not in it. Notes that were withdrawn, or set aside because they must not be spread, are counted, but "
            "without their text."
        )
        if is_open
        else gettext("Closed edition. It says who wrote at which table and who edited. Keep it within the archive."),
        gettext(
            "The state of the conference at %(when)s. As long as nothing is changed, the package is the same bytes."
        )
        % {"when": timezone.localtime(package.at).isoformat(sep=" ", timespec="seconds")},
        "\n".join(f"{name:<14}{what}" for name, what in contents.items()),
        gettext(
            "In the CSV files a text that begins with = + - or @ has an apostrophe before it, so that a spreadsheet "
            "does not read it as a formula. The JSON files have it as it was written."
        ),
        gettext("To check the package: sha256sum --check SHA256SUMS, or manage.py verify_archive FILE."),
    ]
    return "\n\n".join(about) + "\n"
