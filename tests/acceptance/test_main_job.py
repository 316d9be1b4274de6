"""The main job on the real conference, from the files to every format."""

import json
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pikepdf
import pytest
from django.core.management import call_command
from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn
from openxml_audit import OpenXmlValidator

from conference.models import Conference, RetentionPass, User
from inputs.integrity import check
from inputs.models import Input, Point
from inputs.report.day_note.reading import read_day_note
from inputs.report.docx.day_note import render_day_note
from inputs.report.export import ALWAYS_INTERNAL, Format
from tests.inputs.report.office import HAS_OFFICE, pages_of
from tests.inputs.report.pdf_reading import faults, text_of
from tests.inputs.report.test_html import html_faults

pytestmark = [pytest.mark.acceptance, pytest.mark.django_db]
SLUG = "rnik-2024"


@pytest.fixture
def conference(acceptance_data: Path) -> Conference:
    """Loaded, imported and accepted, by the commands that the ministry would use."""
    call_command("load_conference", acceptance_data / "conference.json")
    call_command("import_inputs", SLUG, acceptance_data / "entries-sessions-1-2.csv")
    call_command("accept_inputs", SLUG)
    return Conference.objects.get(slug=SLUG)


@pytest.fixture
def expected(acceptance_data: Path) -> list[tuple[str, list[str]]]:
    """Heading and texts, in the published order."""
    questions = json.loads((acceptance_data / "points-sessions-1-2.json").read_bytes())["questions"]
    return [(heading["title"], heading["points"]) for question in questions for heading in question["headings"]]


def printed(capsys: pytest.CaptureFixture[str], *command: object) -> str:
    capsys.readouterr()
    call_command(*command)
    return capsys.readouterr().out


def export(kind: str, tmp_path: Path, *options: str) -> bytes:
    target = tmp_path / f"report.{kind}"
    call_command("export_report", SLUG, "--format", kind, "--output", target, *options)
    return target.read_bytes()


def squeezed(text: str) -> str:
    """Without blanks and hyphens: a page breaks its lines where it likes."""
    return re.sub(r"[\s\u00ad\u200b-]+", "", text)


def in_order(texts: list[str], whole: str) -> Iterator[int]:
    """Where each text stands, each searched after the one before."""
    position = 0
    for text in texts:
        position = whole.find(text, position)
        yield position
        position += len(text) if position >= 0 else 1


def test_coverage_accounts_for_all_242_inputs(conference, capsys):
    numbers = json.loads(printed(capsys, "coverage", SLUG))
    questions = numbers.pop("questions")
    assert numbers == {
        "inputs": 242, "used": 242, "set_aside": 0, "unhandled": 0, "points": 242,
        "without_question": 0, "undivided_sheets": 0,
    }  # fmt: skip
    assert [row["used"] for row in questions] == [73, 50, 12, 51, 33, 23, 0, 0, 0]
    assert check(conference) == []


def test_the_json_has_242_points_under_47_headings_in_the_published_order(conference, expected, tmp_path):
    report = json.loads(export("json", tmp_path))
    found = [
        (heading["title"], [point["text"] for point in heading["points"]])
        for chapter in walk(report["chapters"])
        if chapter["slot"] == "inputs"
        for question in chapter["questions"]
        for heading in question["headings"]
    ]
    assert found == expected
    assert (len(found), sum(len(points) for _title, points in found)) == (47, 242)


def walk(chapters):
    for chapter in chapters:
        yield chapter
        yield from walk(chapter.get("chapters", ()))


def test_every_chapter_has_its_number(conference, tmp_path):
    report = json.loads(export("json", tmp_path))
    numbers = {chapter["number"]: chapter["slot"] for chapter in walk(report["chapters"]) if chapter["number"]}
    assert list(numbers) == [
        "1", "2", "2.1", "3", "3.1", "3.2", "3.3", "3.4", "3.5", "3.6", "4", "4.1",
        "4.2", "4.2.1", "4.2.2", "4.2.3", "4.2.4", "4.3", "4.3.1", "4.3.2", "4.3.3", "4.3.4",
        "4.4", "4.4.1", "4.4.2", "4.4.3", "4.4.4",
    ]  # fmt: skip
    assert [chapter["title"] for chapter in report["chapters"]][:2] == ["Sammendrag", "Takk fra statsråden"]


@pytest.mark.parametrize("kind", ["html", "md", "docx", "pdf"])
def test_every_text_stands_in_order(conference, expected, tmp_path, kind):
    content = export(kind, tmp_path)
    whole = squeezed(readable(kind, content))
    texts = [squeezed(text) for title, points in expected for text in (title, *points)]
    places = list(in_order(texts, whole[whole.index(squeezed(expected[0][1][0])) - 200 :]))
    assert [text for text, place in zip(texts, places, strict=True) if place < 0] == []


def readable(kind: str, content: bytes) -> str:
    if kind == "docx":
        return "\n".join("".join(p.itertext()) for p in Document(BytesIO(content)).element.body.iter(qn("w:p")))
    if kind == "pdf":
        return without_furniture(text_of(content))
    text = content.decode()
    if kind == "md":
        return re.sub(r"\\([^\w\s])", r"\1", text)
    from html import unescape

    return unescape(re.sub(r"<[^>]+>", " ", re.sub(r"<style>.*?</style>", "", text, flags=re.S)))


@pytest.mark.parametrize("kind", ["html", "md", "docx", "pdf"])
def test_the_programme_the_speech_all_texts_and_the_chart_are_there(conference, acceptance_data, tmp_path, kind):
    whole = squeezed(readable(kind, export(kind, tmp_path)))
    source = json.loads((acceptance_data / "conference.json").read_bytes())
    wanted = [item["title"] for item in source["programme"]] if kind != "pdf" else []  # cells break their lines
    wanted += [paragraph for item in source["programme"] for paragraph in item.get("text", [])]
    wanted += [
        paragraph
        for text in source["texts"].values()
        for paragraph in (text["paragraphs"] if isinstance(text, dict) else text)
    ]
    wanted += [p for session in source["sessions"] for p in (*session["topic"], *session["introduction"])]
    assert [text for text in wanted if squeezed(text) not in whole] == []
    shares = ("42 %", "39 %", "6 %", "11 %", "3 %") if kind != "docx" else ()  # Word's chart is a part of its own
    for fact in (*shares, "53 %", "n = 36", "8 av 10 (29 av 36)", "avrunding"):
        assert squeezed(fact) in whole


def without_furniture(text: str) -> str:
    """Page by page without the running header and the footer, which stand in the middle of sentences otherwise."""
    pages = text.split("\f")
    return "\n".join("\n".join(page.strip().split("\n")[1:-1]) for page in pages[1:] if page.strip())


def test_the_pdf_keeps_the_rules_of_both_standards(conference, tmp_path):
    content = export("pdf", tmp_path)
    assert (faults(content, "ua1"), faults(content, "2a")) == ([], [])


@pytest.mark.parametrize("options", [(), ("--internal",)])
def test_word_expects_to_open_the_document_cleanly(conference, tmp_path, options):
    export("docx", tmp_path, *options)
    assert [str(error) for error in OpenXmlValidator().validate(tmp_path / "report.docx").errors] == []


def test_the_note_of_the_day_has_room_on_two_pages_and_word_opens_it(conference, tmp_path):
    content = render_day_note(read_day_note(conference))
    (tmp_path / "note.docx").write_bytes(content)
    assert [str(error) for error in OpenXmlValidator().validate(tmp_path / "note.docx").errors] == []
    assert not HAS_OFFICE or pages_of(content, tmp_path) <= 2


def test_the_web_page_is_valid_html(conference, tmp_path):
    export("html", tmp_path)
    assert html_faults(tmp_path / "report.html") == []


def test_the_same_file_twice_adds_nothing_and_a_changed_text_is_refused(
    conference, acceptance_data, tmp_path, capsys
):
    source = acceptance_data / "entries-sessions-1-2.csv"
    assert printed(capsys, "import_inputs", SLUG, source) == "0 inputs added, 242 known already\n"
    changed = tmp_path / "changed.csv"
    changed.write_text(source.read_text().replace("oversikt over", "total oversikt over", 1))
    with pytest.raises(SystemExit) as end:
        call_command("import_inputs", SLUG, changed)
    assert end.value.code == 1
    assert re.match(r'changed\.csv:2: .*"p11-001"', capsys.readouterr().err)
    assert conference.inputs.count() == 242


def test_without_draft_it_refuses_while_something_is_unhandled(acceptance_data, tmp_path, capsys):
    call_command("load_conference", acceptance_data / "conference.json")
    call_command("import_inputs", SLUG, acceptance_data / "entries-sessions-1-2.csv")
    target = tmp_path / "report.md"
    with pytest.raises(SystemExit) as end:
        call_command("export_report", SLUG, "--format", "md", "--output", target)
    assert end.value.code == 1
    assert capsys.readouterr().err == "242 inputs are unhandled, in question 1.1, 1.2, 1.3, 2.1, 2.2, 2.3\n"
    assert not target.exists()
    assert b"Utkast" in export("md", tmp_path, "--draft")


def test_json_out_into_an_empty_database_and_out_again_is_the_same(conference, tmp_path):
    first = json.loads(export("json", tmp_path))
    (tmp_path / "first.json").write_text(json.dumps(first))
    empty_the_database()
    call_command("load_conference", tmp_path / "first.json")
    second = json.loads(export("json", tmp_path))
    assert first.pop("generated_at") != second.pop("generated_at")
    assert second == first


def empty_the_database() -> None:
    """Everything but the people goes, past all protection."""
    from django.apps import apps
    from django.db import connection

    from conference.models.rehearsals import lift_protection

    tables = [
        model._meta.db_table
        for app in ("inputs", "conference")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
        if model._meta.model_name not in {"user", "user_groups", "user_user_permissions"}
    ]
    connection.check_constraints()  # PostgreSQL lifts no trigger while a deferred check waits
    lift_protection()
    RetentionPass.objects.create(reason="an empty database", by=User.objects.system(), at=timezone.now())
    with connection.cursor() as cursor:
        for table in ("conference_event", *tables):
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)}")


PUBLIC = [kind for kind in Format if kind not in ALWAYS_INTERNAL]


@pytest.mark.parametrize("kind", PUBLIC)
def test_the_public_report_says_nothing_of_tables_or_sources(conference, expected, tmp_path, kind):
    """Looked for in what is packed within the file as well."""
    keys = list(Input.objects.values_list("key", flat=True))
    if kind not in {Format.JSON, Format.PDF_ARCHIVE}:  # where a point's random id stands by its name
        keys += Point.objects.values_list("key", flat=True)
    secret = [*Input.objects.values_list("external_id", flat=True), "_rnik_p_", *_names()]
    secret += [name for key in keys for name in (str(key), key.hex)]
    assert len(secret) > 3 * 242
    parts = dict(unpacked(f"report.{kind.ending}", export(kind, tmp_path)))
    told = {name: text.decode(errors="replace") for name, text in parts.items()}
    assert {name: word for name, text in told.items() for word in secret if word in text} == {}
    counted = re.compile(r'"(?:tables|sources|addressees|written|set_aside)":|\b[Bb]ord \d|\b\d+ bord\b')
    printed_in_full = " ".join(point for _title, points in expected for point in points)
    assert {
        name: found for name, text in told.items() for found in counted.findall(text) if found not in printed_in_full
    } == {}


def _names() -> list[str]:
    """Whoever works here: a file names nobody as its author."""
    return [name for name in User.objects.values_list("name", flat=True) if name and " " in name]


def unpacked(name: str, content: bytes) -> Iterator[tuple[str, bytes]]:
    """The file, what it is a package of, and each stream of a PDF as it is when it is opened."""
    yield name, content
    if content.startswith(b"PK"):
        with ZipFile(BytesIO(content)) as package:
            for inner in package.namelist():
                yield from unpacked(f"{name}/{inner}", package.read(inner))
    elif content.startswith(b"%PDF"):
        yield f"{name}/text", text_of(content).encode()
        with pikepdf.open(BytesIO(content)) as pdf:
            for number, thing in enumerate(pdf.objects):
                if isinstance(thing, pikepdf.Stream):
                    yield f"{name}/{number}", thing.read_bytes()


@pytest.mark.parametrize(("kind", "inside"), [("docx", b"_rnik_p_"), ("pdf", b"1 bord")])
def test_the_search_sees_what_is_packed(kind, inside, conference, tmp_path):
    """What the internal edition holds is not to be seen in the file as it lies on the disk."""
    content = export(kind, tmp_path, "--internal")
    assert inside not in content
    assert any(inside in text for _name, text in unpacked(kind, content))


def test_the_archive_edition_keeps_both_standards_and_holds_the_public_json(conference, tmp_path):
    content = export("pdf-archive", tmp_path)
    assert (faults(content, "3a"), faults(content, "ua1")) == ([], [])
    with pikepdf.open(BytesIO(content)) as pdf:
        [held] = [json.loads(file.get_file().read_bytes()) for file in pdf.attachments.values()]
    public = json.loads(export("json", tmp_path))
    assert held.pop("generated_at") != public.pop("generated_at")
    assert held == public


@pytest.mark.parametrize("edition", ["open", "closed"])
def test_the_package_for_the_archive_is_whole_and_has_minutes_of_each_table(conference, tmp_path, capsys, edition):
    content = export("zip", tmp_path, "--edition", edition)
    assert printed(capsys, "verify_archive", tmp_path / "report.zip").endswith("was made\n")
    with ZipFile(BytesIO(content)) as package:
        minutes = [name for name in package.namelist() if name.endswith(".pdf") and "referat" in name]
        sample = package.read(minutes[0])
    at_tables = Input.objects.exclude(table=None).order_by().values("table", "session").distinct().count()
    assert len(minutes) == at_tables > 0
    assert (faults(sample, "2a"), faults(sample, "ua1")) == ([], [])
