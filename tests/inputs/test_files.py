"""Files made on the side: asked for, followed, kept, and what is said of one that was not made."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone, translation

from conference.models import Event, Role
from inputs.actions import files, redaction
from inputs.actions.rehearsal import wipe
from inputs.management.commands import make_file
from inputs.models import MadeFile, MadeKind, MadeState, Point, Why
from inputs.models.files import SILENCE
from inputs.report import export as exporting
from inputs.report.pdf import PdfError
from tests.factories import MembershipFactory, make_made_file
from tests.inputs.desk import logged_in
from tests.inputs.publishing import finished

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def begun(monkeypatch, django_capture_on_commit_callbacks) -> list[MadeFile]:
    """What would have been given to a process of its own."""
    found: list[MadeFile] = []
    monkeypatch.setattr(files, "begin", found.append)
    # This process goes on after the file: it keeps its own limits.
    monkeypatch.setattr(make_file.resource, "setrlimit", lambda *_limit: None)
    monkeypatch.setattr(make_file, "EVERY", 3600)
    with translation.override("nb"):
        yield found


@pytest.fixture
def conference(editor):
    return finished(by=editor)


def member(conference, role=Role.CHIEF_EDITOR):
    client = logged_in(MembershipFactory(conference=conference, role=role).user)
    client.cookies["django_language"] = "en"
    return client


def at(name, *more):
    return reverse(name, args=["dialog", *more])


def make(asked: MadeFile, **options) -> MadeFile:
    """What the process does."""
    try:
        call_command("make_file", str(asked.key), **options)
    except SystemExit as ended:
        if ended.code != 1:
            raise
    return MadeFile.objects.get(pk=asked.pk)


def grow_old(asked: MadeFile) -> None:
    MadeFile.objects.filter(pk=asked.pk).update(beat_at=timezone.now() - SILENCE)


# --- asked for ---


def test_a_file_is_asked_for_made_and_downloaded(conference, begun, django_capture_on_commit_callbacks):
    client = member(conference)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(at("files"), {"kind": "zip.closed", "session": "0"})
    assert (answer.status_code, answer["Location"]) == (302, at("files"))
    [asked] = begun
    page = client.get(at("files")).content.decode()
    assert "Being made." in page
    assert '<meta http-equiv="refresh"' in page
    assert make(asked).state == MadeState.DONE
    page = client.get(at("files")).content.decode()
    assert at("made_file", asked.key) in page
    assert '<meta http-equiv="refresh"' not in page
    file = client.get(at("made_file", asked.key))
    assert file["Content-Type"] == "application/zip"
    assert file["Content-Disposition"] == 'attachment; filename="dialog-arkiv-lukket.zip"'
    assert file.content.startswith(b"PK")


def test_it_is_the_same_file_as_the_command_writes(conference, editor, tmp_path):
    asked = files.start(conference, MadeKind.ZIP_OPEN, by=editor)
    call_command("export_report", "dialog", "--format", "zip", "--output", tmp_path / "arkiv.zip")
    assert bytes(make(asked).content) == (tmp_path / "arkiv.zip").read_bytes()


def test_asking_twice_makes_one(conference, editor):
    first = files.start(conference, MadeKind.PDF_PUBLIC, by=editor)
    assert files.start(conference, MadeKind.PDF_PUBLIC, by=editor) == first
    assert files.start(conference, MadeKind.PDF_PUBLIC, session=1, by=editor) != first
    assert list(Event.objects.filter(verb="make_file").values_list("after", flat=True)) == [
        {"kind": "pdf.public", "session": 1},
        {"kind": "pdf.public", "session": 0},
    ]


def test_no_more_are_made_at_once_than_the_server_can(conference, editor):
    for number in range(files.AT_ONCE):
        make_made_file(conference, state="making", session=number)
    answer = member(conference).post(at("files"), {"kind": "pdf-archive.public", "session": "0"})
    assert answer.status_code == 503
    assert "making other files just now" in answer.content.decode()
    grow_old(MadeFile.objects.first())
    files.start(conference, MadeKind.PDF_ARCHIVE, by=editor)


@pytest.mark.parametrize(
    "data",
    [{}, {"kind": "exe"}, {"kind": "pdf.public", "session": "99"}, {"kind": "pdf.public", "session": "x" * 5000},
     {"kind": "zip.open", "session": "1"}],
)  # fmt: skip
def test_what_cannot_be_made_is_said_beside_the_field(data, conference, begun):
    answer = member(conference).post(at("files"), data)
    assert answer.status_code == 422
    assert "The file is not being made" in answer.content.decode()
    assert (begun, MadeFile.objects.count()) == ([], 0)


@pytest.mark.parametrize("role", [Role.READER, Role.EDITOR])
def test_the_archive_package_is_for_those_who_publish(role, conference):
    client, package = member(conference, role), make_made_file(conference, "zip.closed")
    page = client.get(at("files")).content.decode()
    assert ("zip.open" in page, str(package.key) in page, "pdf.public" in page) == (False, False, True)
    assert client.get(at("made_file", package.key)).status_code == 404
    assert client.post(at("files"), {"kind": "zip.open", "session": "0"}).status_code == 403
    assert "filer/?kind=zip" not in client.get(at("report")).content.decode()


def test_the_report_leads_to_the_package_with_that_one_chosen(conference):
    client = member(conference)
    address = f"{at('files')}?kind=zip.open"
    assert address in client.get(at("report")).content.decode()
    assert '<option value="zip.open" selected>' in client.get(address).content.decode()
    assert client.get(f"{at('files')}?kind=<script>").status_code == 200


def test_a_large_pdf_is_made_on_the_side_and_a_small_one_at_once(conference, monkeypatch):
    client = member(conference)
    assert client.get(at("report_download", "pdf-archive"))["Content-Type"] == "application/pdf"
    monkeypatch.setattr("inputs.views.report.WHILE_ONE_WAITS", 1)
    for kind, internal, chosen in [
        ("pdf", "0", "pdf.public"),
        ("pdf", "1", "pdf.internal"),
        ("zip", "0", "zip.open"),
    ]:
        answer = client.get(at("report_download", kind), {"internal": internal})
        assert (answer.status_code, answer["Location"]) == (302, f"{at('files')}?kind={chosen}#make")
    assert f"{at('files')}?kind=pdf.public" in client.get(at("report")).content.decode()


# --- followed ---


def test_the_part_that_is_polled_is_the_part_of_the_page(conference):
    make_made_file(conference, state="making", done=3, total=8)
    make_made_file(conference, state="failed", session=1)
    client = member(conference)
    page = client.get(at("files")).content.decode()
    part = client.get(at("files"), headers={"HX-Request": "true", "HX-Target": "made-files"}).content.decode()
    assert " ".join(part.split()) in " ".join(page.split())
    assert "<h1" not in part
    assert "3 of 8 documents made" in part
    assert 'value="3" max="8"' in " ".join(part.split())


def test_one_whose_process_is_gone_is_shown_as_not_made(conference, editor):
    asked = files.start(conference, MadeKind.PDF_PUBLIC, by=editor)
    grow_old(asked)
    client = member(conference)
    page = client.get(at("files")).content.decode()
    assert "It was interrupted, perhaps because the server was restarted." in page
    assert "every 2s" not in page
    assert MadeFile.objects.get().state == MadeState.MAKING  # looking writes nothing
    again = files.start(conference, MadeKind.PDF_PUBLIC, by=editor)
    assert again != asked
    assert make(again).state == MadeState.DONE


def test_one_that_was_given_up_and_comes_back_keeps_nothing(conference, editor):
    asked = files.start(conference, MadeKind.PDF_PUBLIC, by=editor)
    grow_old(asked)
    again = files.start(conference, MadeKind.PDF_PUBLIC, by=editor)
    assert files.finish(asked, b"for sent", is_draft=False) is False
    assert files.beat(asked, 1, 2) is False
    assert files.beat(again, 1, 2) is True


# --- not made ---


def failing(monkeypatch, error):
    def fail(*_args, **_options):
        raise error

    monkeypatch.setattr(make_file, "export", fail)


@pytest.mark.parametrize(
    ("error", "why", "told"),
    [
        (PdfError("for lenge", PdfError.TIME), Why.TIME, "Make one file per session instead"),
        (PdfError("for mye", PdfError.MEMORY), Why.MEMORY, "Make one file per session instead"),
        (PdfError("noe"), Why.FAILED, "Make it once more"),
        (MemoryError(), Why.MEMORY, "Make one file per session instead"),
        (exporting.TooLarge(10_001), Why.LARGE, "Make one file per session instead"),
        (RuntimeError("uventet"), Why.FAILED, "Make it once more"),
    ],
)
def test_what_went_wrong_is_told_and_the_former_file_stays(error, why, told, conference, editor, monkeypatch):
    former = make_made_file(conference)
    failing(monkeypatch, error)
    asked = make(files.start(conference, MadeKind.PDF_PUBLIC, by=editor))
    assert (asked.state, asked.why) == (MadeState.FAILED, why)
    page = member(conference).get(at("files")).content.decode()
    with translation.override("en"):
        assert str(why.label) in page
    assert told in page
    assert at("made_file", former.key) in page


@pytest.mark.django_db(transaction=True)
def test_one_that_takes_too_long_is_stopped(conference, editor):
    asked = make(files.start(conference, MadeKind.ZIP_OPEN, by=editor), seconds=0.05)
    assert (asked.state, asked.why) == (MadeState.FAILED, Why.TIME)


def test_a_new_one_takes_the_place_of_the_former_and_of_what_failed(conference, editor):
    former = make_made_file(conference)
    make_made_file(conference, state="failed")
    asked = files.start(conference, MadeKind.PDF_PUBLIC, by=editor)
    assert set(MadeFile.objects.all()) == {former, asked}
    assert make(asked).state == MadeState.DONE
    assert MadeFile.objects.get() == asked


def test_a_key_that_nobody_waits_for_is_refused(conference, capsys):
    done = make_made_file(conference)
    with pytest.raises(SystemExit) as ended:
        call_command("make_file", str(done.key))
    assert ended.value.code == 1
    assert capsys.readouterr().err == f"no file with the key {done.key} is waiting to be made\n"


def test_an_unfinished_report_is_made_as_a_draft_and_says_so(conference, editor):
    from tests.factories import make_input

    make_input(conference.sessions.get().questions.get(), "Gjenstår")
    asked = make(files.start(conference, MadeKind.PDF_INTERNAL, by=editor))
    assert asked.is_draft
    file = member(conference).get(at("made_file", asked.key))
    assert file["Content-Disposition"] == 'attachment; filename="dialog-utkast-intern.pdf"'


# --- too large ---


def test_more_points_than_a_file_holds_is_refused_with_the_way_out(conference, monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(exporting, "MOST_POINTS", 1)
    with pytest.raises(exporting.TooLarge):
        exporting.export(conference, exporting.Format.ZIP)
    answer = member(conference).get(at("report_download", "docx"))
    assert answer.status_code == 422
    assert f"{at('report_download', 'docx')}?session=1" in answer.content.decode()
    with pytest.raises(SystemExit):
        call_command("export_report", "dialog", "--format", "pdf", "--output", tmp_path / "r.pdf")
    assert "expected one file per session (--session N)" in capsys.readouterr().err
    for kind in ("html", "md", "json", "xlsx"):
        assert exporting.export(conference, exporting.Format(kind)).points == 2


@pytest.mark.parametrize("asked", ["9", "-1", "x", "1" * 400, "²"])
def test_a_session_that_is_not_there_is_not_found(asked, conference):
    assert member(conference).get(at("report_download", "docx"), {"session": asked}).status_code == 404


def test_one_session_is_downloaded_under_its_own_name(conference):
    answer = member(conference).get(at("report_download", "md"), {"session": "1"})
    assert answer["Content-Disposition"] == 'attachment; filename="dialog-bolk-1.md"'
    assert member(conference).get(at("report_download", "xlsx"), {"session": "1"}).status_code == 404


# --- words that are taken out ---


def test_a_redaction_takes_all_files_away_also_one_that_is_being_made(conference, editor):
    make_made_file(conference, "zip.closed")
    asked = files.start(conference, MadeKind.PDF_PUBLIC, by=editor)
    point = Point.objects.first()
    redaction.redact(redaction.passage_of("kurs", conference), [point], ground="navn", by=editor)
    assert MadeFile.objects.count() == 0
    assert files.finish(asked, b"Flere kurs", is_draft=False) is False
    assert MadeFile.objects.count() == 0


def test_the_files_of_a_rehearsal_go_with_it(conference, editor):
    from conference.actions.rehearsal import make_rehearsal

    copy = make_rehearsal(conference, day=conference.date, tables=1, with_people=False, by=editor)
    make_made_file(copy)
    kept = make_made_file(conference)
    wipe(copy, by=editor)
    assert MadeFile.objects.get() == kept
