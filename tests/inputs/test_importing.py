"""Raw notes from files into the database, by the command that ministries use."""

import re

import pytest
from django.core.management import call_command

from inputs.actions.entry import rewrite
from inputs.models import Input
from tests.factories import QuestionFactory, TableFactory

pytestmark = pytest.mark.django_db

HEAD = "id,session,question,table,text"


@pytest.fixture
def place(question):
    """Session 1 with questions 1 and 2, tables 1 and 2; returns the conference."""
    QuestionFactory(session=question.session, number=2)
    for number in (1, 2):
        TableFactory(conference=question.session.conference, number=number)
    return question.session.conference


@pytest.fixture
def run(place, tmp_path, capsys):
    """Import CSV lines; returns (exit code, out, err)."""

    def run(*lines, head=HEAD, options=()):
        file = tmp_path / "notes.csv"
        file.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        capsys.readouterr()
        try:
            call_command("import_inputs", place.slug, file, *options)
            code = 0
        except SystemExit as end:
            code = end.code
        said = capsys.readouterr()
        return code, said.out.strip(), said.err.strip()

    return run


def test_notes_are_stored_in_the_files_order_with_everything_they_say(run, question):
    head = f"{HEAD},language,kind,heading,addressees,priority,written_at"
    assert run(
        "n1,1,1,1,Flere kurs,nn,measure,Kurs,kommune;stat,yes,2026-03-12T10:00:00",
        "n2,1,,2,Uplassert,,,,,,",
        head=head,
    ) == (0, "2 inputs added, 0 known already", "")
    first, second = Input.objects.order_by("pk")
    assert (first.text, first.question, first.table.number, first.language, first.kind, first.priority) == (
        "Flere kurs", question, 1, "nn", "measure", True,
    )  # fmt: skip
    assert (first.suggested_heading, first.addressees, first.written_at.isoformat()) == (
        "Kurs", ["kommune", "stat"], "2026-03-12T09:00:00+00:00",
    )  # fmt: skip
    assert (second.question, second.table.number, second.language, second.priority) == (None, 2, "nb", False)
    assert [r.text for r in first.revisions.all()] == ["Flere kurs"]


def test_the_same_file_twice_adds_nothing_even_after_the_table_changed_its_words(run, editor):
    run("n1,1,1,1,Flere kurs")
    rewrite(Input.objects.get(), text="Flere og bedre kurs", revision=1, by=editor)
    assert run("n1,1,1,1,Flere kurs") == (0, "0 inputs added, 1 known already", "")


def test_the_same_id_with_another_text_is_refused_and_nothing_is_written(run):
    run("n1,1,1,1,Flere kurs")
    code, out, err = run("n2,1,1,1,Ny", "n1,1,1,1,Færre kurs")
    assert (code, out) == (1, "")
    assert re.fullmatch(r'notes\.csv:3: .*"n1".*expected.*', err)
    assert [entry.external_id for entry in Input.objects.all()] == ["n1"]


def test_every_wrong_place_is_told_with_its_line_and_what_is_known(run):
    code, _out, err = run("n1,7,1,1,a", "n2,1,9,1,b", "n3,1,1,9,c", "n4,1,1,1,d")
    assert code == 1
    assert err.splitlines() == [
        "notes.csv:2: there is no session 7, expected one of: 1",
        "notes.csv:3: there is no question 9 in session 1, expected one of: 1, 2",
        "notes.csv:4: there is no table 9, expected one of: 1, 2",
    ]
    assert Input.objects.count() == 0


def test_a_dry_run_says_what_would_happen_and_writes_nothing(run):
    assert run("n1,1,1,1,a", options=["--dry-run"]) == (0, "1 inputs would be added, 0 known already", "")
    assert Input.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://x")',
        "<script>alert(1)</script>",
        "#import #read",
        "</w:p>",
        "🎉 مرحبا ሰላም 你好",
        "x" * 10_000,
    ],
)
def test_strange_texts_are_stored_as_they_are(run, text):
    quoted = text.replace('"', '""')
    assert run(f'n1,1,1,1,"{quoted}"')[0] == 0
    assert Input.objects.get().text == text


@pytest.mark.parametrize("text", ["", "x" * 10_001])
def test_empty_and_too_long_texts_are_refused(run, text):
    code, _out, err = run(f"n1,1,1,1,{text}")
    assert (code, err.startswith("notes.csv:2: "), Input.objects.count()) == (1, True, 0)


def test_control_characters_are_taken_out(run):
    assert run('n1,1,1,1,"En\x07 lyd\u2028ny linje"')[0] == 0
    assert Input.objects.get().text == "En lyd\nny linje"


def test_an_unknown_conference_and_an_unknown_actor_are_told(place, tmp_path, capsys):
    file = tmp_path / "notes.csv"
    file.write_text(HEAD)
    with pytest.raises(SystemExit) as end:
        call_command("import_inputs", "feil", file)
    assert (end.value.code, capsys.readouterr().err) == (1, "there is no conference “feil”; known: dialog\n")
    with pytest.raises(SystemExit) as end:
        call_command("import_inputs", place.slug, file, "--by", "ingen@example.no")
    assert end.value.code == 2


def test_a_file_that_is_not_there_is_told(place, tmp_path, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("import_inputs", place.slug, tmp_path / "borte.csv")
    assert (end.value.code, "borte.csv:1: cannot be read" in capsys.readouterr().err) == (1, True)


def test_it_acts_as_the_person_who_is_named(place, tmp_path, editor):
    file = tmp_path / "notes.csv"
    file.write_text(f"{HEAD}\nn1,1,1,1,a\n")
    call_command("import_inputs", place.slug, file, "--by", editor.email.upper())
    assert Input.objects.get().received_by == editor
