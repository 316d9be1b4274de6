"""The archive package: what each edition holds, and that the open one ties nobody to a table."""

import csv
import io
import json
import subprocess
import zipfile
from datetime import timedelta

import pikepdf
import pytest
from django.utils import timezone

from inputs.actions import files as made_files
from inputs.actions import points, versions
from inputs.models import Input, MadeKind, Point
from inputs.report.archive.tables import COLUMNS
from inputs.report.build import NotFinished
from inputs.report.export import Edition
from tests.factories import QuestionFactory, make_input
from tests.inputs.publishing import published
from tests.inputs.report.archive.sample import SECRETS, full, packed, without_typst
from tests.inputs.report.pdf_reading import faults, text_of
from tests.inputs.report.test_pdf_archive import attached

pytestmark = pytest.mark.django_db


@pytest.fixture
def conference(editor):
    return full(by=editor)


@pytest.fixture
def quick(monkeypatch):
    """Without what Typst makes, which takes most of the time."""
    without_typst(monkeypatch)


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";"))


def everything(files: dict[str, bytes]) -> str:
    """All that can be read in the package, also in its PDFs."""
    texts = [text_of(content) if name.endswith(".pdf") else content.decode() for name, content in files.items()]
    return "\n".join([*files, *texts])


# --- what is in it ---


def test_the_open_edition_holds_report_minutes_data_account_and_sums(quick, conference):
    names = [name for name in packed(conference).files() if not name.startswith("data/")]
    assert names == [
        "LESMEG.txt",
        "metadata.json",
        "rapport/rapport.pdf",
        "rapport/rapport.json",
        "referat/bolk-1/bord-04.pdf",
        "referat/bolk-1/bord-31.pdf",
        "referat/bolk-1/uten-bord.pdf",
        "regnskap.json",
        "SHA256SUMS",
    ]


def test_everything_stands_in_one_folder_with_the_time_of_the_last_act(quick, conference):
    with zipfile.ZipFile(io.BytesIO(packed(conference).content)) as archive:
        assert {entry.filename.split("/")[0] for entry in archive.infolist()} == {"dialog-arkiv-apen"}
        [moment] = {entry.date_time for entry in archive.infolist()}
    last = timezone.localtime(conference.events.latest("at").at)
    assert abs((last - timezone.make_aware(timezone.datetime(*moment))).total_seconds()) < 2


def test_its_documents_keep_the_rules_of_the_archive(conference):
    files = packed(conference).files()
    report = files["rapport/rapport.pdf"]
    assert (faults(report, "3a"), faults(report, "ua1")) == ([], [])
    assert attached(report) == {"rapport.json": files["rapport/rapport.json"]}
    for name, content in files.items():
        if name.startswith("referat/"):
            assert (name, faults(content, "2a"), faults(content, "ua1")) == (name, [], [])


def test_the_minutes_are_in_the_order_written_with_what_is_said_of_each_note(conference):
    shown = text_of(packed(conference).files()["referat/bolk-1/bord-04.pdf"], "-layout")
    lines = [" ".join(line.split()) for line in shown.splitlines() if line.strip()]
    notes = [line for line in lines if line.startswith("•")]
    assert notes == [
        "• Skrevet først",
        "• =Skrevet som nummer to",
        "• Kom for sent",
        "• [Utelatt i den åpne utgaven: Trukket tilbake av bordet]",
        "• [Utelatt i den åpne utgaven: Inneholder personopplysninger om en enkeltperson]",
        "• Utydelig",
    ]
    at = Input.objects.get(text="Kom for sent").written_at
    assert f"{timezone.localtime(at):%H.%M} · kom etter fristen" in lines
    assert "Referat: Bord 4" in lines


def test_what_came_from_no_table_has_minutes_of_its_own(conference):
    shown = text_of(packed(conference).files()["referat/bolk-1/uten-bord.pdf"])
    assert "Sagt i plenum" in shown
    assert "i plenum" in shown.split("Sagt i plenum")[1]


def test_metadata_say_what_the_archive_asks_for(quick, conference):
    about = json.loads(packed(conference, Edition.CLOSED).files()["metadata.json"])
    documents = about.pop("dokumenter")
    assert about.pop("tilstand")
    assert about == {
        "format": "rnik.archive/1",
        "utgave": "closed",
        "saksnummer": "26/17",
        "tittel": "Dialogmøtet",
        "dokumentdato": "2026-03-12",
        "forfatter": [],
        "tilgangskode": "UO",
        "skjermingshjemmel": "offl. § 13",
        "spraak": "nb-NO",
        "utkast": False,
        "system": "RNIK",
    }
    assert [one["dokumenttype"] for one in documents] == ["rapport", "referat", "referat", "referat"]


def test_the_open_edition_is_not_withheld_by_anything(quick, conference):
    about = json.loads(packed(conference).files()["metadata.json"])
    assert (about["saksnummer"], about["tilgangskode"], about["skjermingshjemmel"]) == ("26/17", "", "")


@pytest.mark.parametrize("edition", list(Edition))
def test_every_column_of_every_table_is_explained(quick, edition, conference):
    files = packed(conference, edition).files()
    told = {(row["fil"], row["kolonne"]): row["hva den inneholder"] for row in rows(files["data/felter.csv"])}
    tables = [name.removeprefix("data/") for name in files if name.startswith("data/") and name.endswith(".csv")]
    tables.remove("felter.csv")
    heads = {
        (name, one)
        for name in tables
        for one in files[f"data/{name}"].decode("utf-8-sig").split("\r\n")[0].split(";")
    }
    assert set(told) == heads
    assert all(told.values())


def test_csv_and_json_hold_the_same_rows(quick, conference):
    files = packed(conference, Edition.CLOSED).files()
    for name in COLUMNS:
        assert len(rows(files[f"data/{name}.csv"])) == len(json.loads(files[f"data/{name}.json"])), name


def test_csv_is_as_spreadsheets_read_it_and_runs_nothing(quick, conference):
    files = packed(conference).files()
    assert files["data/innspill.csv"].startswith(b"\xef\xbb\xbfid;session;")
    assert "'=Skrevet som nummer to" in [row["text"] for row in rows(files["data/innspill.csv"])]
    assert "=Skrevet som nummer to" in [row["text"] for row in json.loads(files["data/innspill.json"])]


def test_the_account_adds_up(quick, conference):
    account = json.loads(packed(conference).files()["regnskap.json"])
    assert account["inputs"] == account["used"] + account["set_aside"] + account["unhandled"] == 9
    assert sum(one["inputs"] for one in account["questions"]) + account["without_question"] == account["inputs"]


def test_the_log_holds_no_texts_and_names_no_file_that_was_made(quick, conference, editor, monkeypatch):
    monkeypatch.setattr(made_files, "begin", lambda _asked: None)
    before = packed(conference, Edition.CLOSED).content
    made_files.start(conference, MadeKind.ZIP_OPEN, by=editor)
    assert packed(conference, Edition.CLOSED).content == before
    log = rows(packed(conference, Edition.CLOSED).files()["data/logg.csv"])
    assert {"accept", "set_aside"} <= {row["verb"] for row in log}
    said = set(Input.objects.values_list("text", flat=True)) | set(Point.objects.values_list("text", flat=True))
    assert not said & {value for row in log for value in row.values()}


def test_what_was_published_is_there_as_it_was_published(conference, editor):
    version = published(conference, editor)
    stored = {file.kind: bytes(file.content) for file in version.files.all()}
    files = packed(conference).files()
    assert files["rapport/publisert/publisert-1.pdf"] == stored["pdf-archive"]
    assert files["rapport/publisert/publisert-1.json"] == stored["json"]
    versions.withdraw(version, reason="Feil.", by=editor)
    assert "rapport/publisert/publisert-1.pdf" not in packed(conference).files()
    assert "rapport/publisert/publisert-1.pdf" in packed(conference, Edition.CLOSED).files()


# --- who it is for ---


def test_nothing_in_the_open_edition_ties_a_person_to_a_table(conference):
    shown = everything(packed(conference).files())
    assert [secret for secret in SECRETS if secret in shown] == []
    assert "Eli Eksempel" not in shown


def test_the_closed_edition_has_it_all(conference):
    shown = everything(packed(conference, Edition.CLOSED).files())
    assert [secret for secret in SECRETS if secret not in shown] == []


def test_what_must_not_be_spread_is_counted_all_the_same(quick, conference):
    files = packed(conference).files()
    withheld = [row for row in rows(files["data/innspill.csv"]) if row["reason"] and not row["text"]]
    assert [row["reason"] for row in withheld] == [
        "Trukket tilbake av bordet",
        "Inneholder personopplysninger om en enkeltperson",
    ]


# --- the same each time ---


def test_the_same_state_is_the_same_bytes_whenever_it_is_made(conference, monkeypatch):
    before = packed(conference).content
    later = timezone.now() + timedelta(days=400)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert packed(conference).content == before


def test_what_changes_the_conference_changes_the_package(quick, conference, editor):
    before = packed(conference).content
    points.reword(Point.objects.standing().first(), text="Et annet ord.", version=1, by=editor)
    assert packed(conference).content != before


def test_common_tools_agree_with_the_sums(quick, conference, tmp_path):
    with zipfile.ZipFile(io.BytesIO(packed(conference).content)) as archive:
        archive.extractall(tmp_path)
    [folder] = tmp_path.iterdir()
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=folder, check=True)


# --- drafts ---


def test_nothing_is_archived_while_something_is_left_unless_it_says_so(conference):
    make_input(QuestionFactory(session=conference.sessions.get(), number=2), "Gjenstår")
    with pytest.raises(NotFinished):
        packed(conference)
    files = packed(conference, draft=True).files()
    assert json.loads(files["metadata.json"])["utkast"] is True
    with pikepdf.open(io.BytesIO(files["rapport/rapport.pdf"])):
        assert "Utkast" in text_of(files["rapport/rapport.pdf"])
