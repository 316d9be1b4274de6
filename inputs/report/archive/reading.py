"""All that goes into a package, read from the database at one moment."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import override

from conference.actions.history import revision
from conference.describing import describe
from conference.models import Conference, Event, Kind, Membership, NoteTaker
from inputs.chronicle import VERBS
from inputs.models import (
    FileKind,
    Heading,
    Input,
    InputRevision,
    Point,
    PointRevision,
    Publication,
    VersionFile,
)
from inputs.queries import Coverage, coverage
from inputs.report.archive.edition import CLOSED_ONLY, WITHHELD, Edition
from inputs.report.archive.minutes import read_minutes, read_sheets
from inputs.report.archive.tables import DataTable, Row, data_table
from inputs.report.build import build_report
from inputs.report.ledger import read_ledger
from inputs.report.minutes import Minutes
from inputs.report.model import Report

Json = dict[str, Any]
#: How often a conference that is changed while it is read is read anew; the last time stands.
TRIES = 3
#: Acts that change nothing of what is archived: making a file must not make the next one another.
NOT_ARCHIVED = ("make_file",)


@dataclass(frozen=True)
class Published:
    """A file of the report as it was published, the same bytes."""

    name: str
    title: str
    content: bytes


@dataclass(frozen=True)
class Package:
    """What a package is made from. `report` is the public one, of the moment when the conference last changed."""

    edition: Edition
    report: Report
    case_number: str
    access_code: str
    legal_basis: str
    minutes: tuple[Minutes, ...]
    tables: tuple[DataTable, ...]
    coverage: Coverage
    plan: Json
    published: tuple[Published, ...]

    @property
    def at(self) -> datetime:
        return self.report.generated_at


def read(conference: Conference, edition: Edition, *, draft: bool = False) -> Package:
    """Everything that the edition holds. Raises NotFinished while something is left, unless `draft`.

    It is dated by the last act in the conference, not by the clock: as long as nothing changes, the package is the
    same bytes whoever makes it and whenever.
    """
    for _try in range(TRIES):
        before = revision(conference)
        with override(conference.language):
            package = _read(conference, edition, draft=draft)
        if revision(conference) == before:
            break
    return package


def _read(conference: Conference, edition: Edition, *, draft: bool) -> Package:
    report = build_report(conference, draft=draft, at=_last_act(conference))
    is_closed = edition == Edition.CLOSED
    numbers = coverage(conference)
    return Package(
        edition=edition,
        report=report,
        case_number=conference.case_number,
        access_code=conference.access_code if is_closed else "",
        legal_basis=conference.legal_basis if is_closed else "",
        minutes=read_minutes(conference, edition, report),
        tables=tuple(_tables(conference, edition, numbers)),
        coverage=numbers,
        plan=_plan(conference, edition),
        published=tuple(_published(conference, edition)),
    )


def _last_act(conference: Conference) -> datetime:
    acts = Event.objects.filter(conference=conference).exclude(verb__in=NOT_ARCHIVED)
    at = acts.aggregate(last=Max("at"))["last"]
    return at or timezone.make_aware(datetime.combine(conference.date, time()))


def _plan(conference: Conference, edition: Edition) -> Json:
    """What was planned, as it can be loaded again. A table's name may say who sat there."""
    plan = describe(conference)
    if edition == Edition.OPEN:
        for table in plan.get("tables", []):
            table.pop("name", None)
        plan["conference"].pop("access_code", None)
        plan["conference"].pop("legal_basis", None)
    return plan


def _published(conference: Conference, edition: Edition) -> Iterator[Published]:
    publications = Publication.objects.filter(version__conference=conference, version__emptied_at=None)
    if edition == Edition.OPEN:
        publications = publications.filter(withdrawn_at=None)
    for one in publications.select_related("version").order_by("version__number"):
        version = one.version
        version.publication = one
        kinds = {FileKind.PDF_ARCHIVE: "pdf", FileKind.JSON: "json"}
        for file in VersionFile.objects.filter(version=version, kind__in=kinds).order_by("pk"):
            name = f"publisert-{version.number}.{kinds[FileKind(file.kind)]}"
            yield Published(name, version.name, bytes(file.content))


# --- the data, table by table ---


def _tables(conference: Conference, edition: Edition, numbers: Coverage) -> Iterator[DataTable]:
    is_open = edition == Edition.OPEN
    tables: dict[str, Iterator[Row]] = {
        "innspill": _inputs(conference, is_open=is_open),
        "punkter": (tuple(vars(row).values()) for row in read_ledger(conference).points),
        "kilder": (tuple(vars(row).values()) for row in read_ledger(conference).sources),
        "regnskap": _numbers(numbers),
        "ark": _sheets(conference, is_open=is_open),
        "bord": iter(conference.tables.order_by("number").values_list("number", "name")),
        "logg": _log(conference, is_open=is_open),
    }
    if not is_open:
        tables |= {
            "skribenter": _writers(conference),
            "roller": _roles(conference),
            "ordlyder": _wordings(conference),
        }
    for name, rows in tables.items():
        yield data_table(name, rows, CLOSED_ONLY.get(name, frozenset()) if is_open else frozenset())


def _inputs(conference: Conference, *, is_open: bool) -> Iterator[Row]:
    stored = Input.objects.filter(conference=conference)
    writers = {
        one.public_id: one.note_taker.name
        for one in stored.exclude(note_taker=None)
        .select_related("note_taker")
        .only("key", "external_id", "note_taker")
        if one.note_taker
    }
    withheld = {
        one.public_id for one in stored.filter(set_aside__reason__code__in=WITHHELD).only("key", "external_id")
    }
    for row in read_ledger(conference).inputs:
        shown = replace(row, text="", addressees="") if is_open and row.id in withheld else row
        yield *vars(shown).values(), writers.get(row.id, "")


def _numbers(numbers: Coverage) -> Iterator[Row]:
    for one in numbers.questions:
        yield one.session, one.question, one.inputs, one.used, one.set_aside, one.unhandled, one.points


def _sheets(conference: Conference, *, is_open: bool) -> Iterator[Row]:
    for sheet, aside in read_sheets(conference):
        is_withheld = is_open and aside is not None and aside.reason.code in WITHHELD
        yield (
            sheet.key.hex,
            sheet.session.number,
            sheet.note_taker.table.number,
            sheet.revision,
            "" if is_withheld else sheet.text,
            aside.reason.label if aside else "",
            sheet.note_taker.name,
        )


def _log(conference: Conference, *, is_open: bool) -> Iterator[Row]:
    """Who did what to which; the open edition says of who only whether a person, a table or the system."""
    ids = {
        "input": {
            one.pk: one.public_id for one in Input.objects.filter(conference=conference).only("key", "external_id")
        },
        "point": _hex(Point.objects.filter(question__session__conference=conference)),
        "heading": _hex(Heading.objects.filter(question__session__conference=conference)),
    }
    events = Event.objects.filter(conference=conference).exclude(verb__in=NOT_ARCHIVED).order_by("pk")
    fields = ("at", "act", "verb", "target_type", "target_id", "by__kind", "by__name", "by__username", "undoes")
    for at, act, verb, thing, pk, kind, name, username, undoes in events.values_list(*fields).iterator():
        who = kind if is_open or kind == Kind.SYSTEM else name or username
        words = str(VERBS.get(verb, verb))
        yield at, act.hex, verb, words, thing, ids.get(thing, {}).get(pk, ""), who, undoes.hex if undoes else ""


def _hex(rows: Any) -> dict[int, str]:
    return {pk: key.hex for pk, key in rows.values_list("pk", "key")}


def _writers(conference: Conference) -> Iterator[Row]:
    writers = NoteTaker.objects.filter(table__conference=conference)
    yield from writers.order_by("table__number", "pk").values_list("table__number", "name")


def _roles(conference: Conference) -> Iterator[Row]:
    for one in Membership.objects.filter(conference=conference).select_related("user").order_by("pk"):
        yield one.user.get_full_name(), one.get_role_display()


def _wordings(conference: Conference) -> Iterator[Row]:
    for one in (
        InputRevision.objects.filter(input__conference=conference)
        .select_related("input", "by")
        .order_by("input", "number")
        .iterator()
    ):
        yield "input", one.input.public_id, one.number, one.text, one.by.get_full_name(), one.at
    for two in (
        PointRevision.objects.filter(point__question__session__conference=conference)
        .select_related("point", "by")
        .order_by("point", "number")
        .iterator()
    ):
        yield "point", two.point.key.hex, two.number, two.text, two.by.get_full_name(), two.at
