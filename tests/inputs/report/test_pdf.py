"""The PDF: valid for the archive and for screen readers, and whole. What it survives: test_pdf_limits."""

import re
from collections import Counter
from dataclasses import replace
from io import BytesIO
from typing import Any

import pikepdf
import pytest

from inputs.report.model import Report
from inputs.report.pdf import render
from tests.inputs.report.pdf_reading import faults, squeezed, tags, text_of
from tests.inputs.report.sample import sample_report


@pytest.fixture(scope="module")
def sample() -> bytes:
    return render(sample_report()).content


# --- for everyone, and for good -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "report",
    [
        pytest.param(sample_report(), id="public"),
        pytest.param(sample_report(internal=True, draft=True, language="nn"), id="internal draft"),
        pytest.param(replace(sample_report(), chapters=(), ministries=()), id="nothing in it"),
        pytest.param(sample_report("Linje én\nlinje to", "👩‍💻", "漢字", "x" * 3000), id="odd points"),
    ],
)
def test_the_file_is_both_pdf_ua_and_pdf_a(report: Report) -> None:
    content = render(report).content
    assert {profile: faults(content, profile) for profile in ("ua1", "2a")} == {"ua1": [], "2a": []}


def test_the_file_says_what_it_is(sample: bytes) -> None:
    with pikepdf.open(BytesIO(sample)) as pdf:
        with pdf.open_metadata() as about:
            told = {
                name: about.get(name) for name in ("dc:title", "pdfaid:part", "pdfaid:conformance", "pdfuaid:part")
            }
        assert told == {
            "dc:title": "Dialogmøte i Eksempel kommune 2026",
            "pdfaid:part": "2",
            "pdfaid:conformance": "A",
            "pdfuaid:part": "1",
        }
        assert str(pdf.docinfo.Author) == "Eksempeldepartementet"
        assert pdf.Root.Lang == "nb-NO"
        assert pdf.Root.MarkInfo.Marked is True
        assert pdf.Root.ViewerPreferences.DisplayDocTitle is True


@pytest.mark.parametrize(("language", "tag"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_the_file_is_in_the_reports_language(language: str, tag: str) -> None:
    with pikepdf.open(BytesIO(render(sample_report(language=language)).content)) as pdf:
        assert pdf.Root.Lang == tag


def test_headings_go_down_one_level_at_a_time(sample: bytes) -> None:
    levels = [int(role[2:]) for role, _ in tags(sample) if re.fullmatch(r"/H\d", role)]
    # Contents; summary with a sub-heading; thanks; 1; 2 with two; 3 with a session, its three parts, two questions
    # and the two headings of the first.
    assert levels == [1, 1, 2, 1, 1, 1, 2, 2, 1, 2, 3, 3, 3, 4, 5, 5, 4]


def test_lists_tables_and_figures_are_what_they_look_like(sample: bytes) -> None:
    count = Counter(role for role, _ in tags(sample))
    # Two short lists in the summary, one introducer, two questions with two parts, three points.
    assert {role: count[role] for role in ("/L", "/LI", "/TOCI", "/Table", "/TH", "/Caption", "/Figure")} == {
        "/L": 7,
        "/LI": 12,
        "/TOCI": 11,
        "/Table": 2,
        "/TH": 6,
        "/Caption": 2,
        "/Figure": 1,
    }


def test_the_figure_is_told_in_words(sample: bytes) -> None:
    told = [alternative for role, alternative in tags(sample) if role == "/Figure"]
    assert told == [
        (
            "Liggende søylediagram. Fikk du sagt det du ville? "
            "I stor grad: 42 prosent; Verken eller: 39 prosent; I liten grad: 19 prosent."
        )
    ]


def test_bookmarks_lead_to_every_heading(sample: bytes) -> None:
    def titles(items: list[pikepdf.OutlineItem]) -> list[Any]:
        return [(item.title, titles(item.children)) if item.children else item.title for item in items]

    with pikepdf.open(BytesIO(sample)) as pdf, pdf.open_outline() as outline:
        assert titles(outline.root) == [
            ("Sammendrag", ["Mellomtittel"]),
            "Takk fra ordføreren",
            "1 Konferanseprogram",
            ("2 Konferansen", ["2.1 Formål", "2.2 Evaluering"]),
            (
                "3 Faglige diskusjoner og innspill",
                [
                    (
                        "3.1 Språk",
                        [
                            "3.1.1 Innledere",
                            "3.1.2 Spørsmål",
                            (
                                "3.1.3 Innspill",
                                [
                                    ("Spørsmål 1: Hva skal til for at flere lærer norsk?", ["Kurs", "Annet"]),
                                    "Spørsmål 2: Og ellers?",
                                ],
                            ),
                        ],
                    )
                ],
            ),
        ]


# --- what a reader sees ---------------------------------------------------------------------------------------


def test_the_title_page_says_what_when_and_where(sample: bytes) -> None:
    assert text_of(sample, "-l", "1").split("\n\n") == [
        "Dialogmøte i Eksempel\nkommune 2026\nSpråk og jobb",
        "12. mars 2026\nKulturhuset\nStorgata 1, Eksempel",
        "Laget 22. november 2026",
        "\f",
    ]


def test_the_contents_name_the_page_of_every_chapter(sample: bytes) -> None:
    contents = text_of(sample, "-f", "2", "-l", "2", "-layout")
    assert re.findall(r"^ *(\S.*?) (?:\. ){9,}\u2060?(\d+)$", contents, re.MULTILINE) == [
        ("Sammendrag", "3"),
        ("Takk fra ordføreren", "4"),
        ("1 Konferanseprogram", "5"),
        ("2 Konferansen", "6"),
        ("2.1 Formål", "6"),
        ("2.2 Evaluering", "6"),
        ("3 Faglige diskusjoner og innspill", "7"),
        ("3.1 Språk", "7"),
        ("3.1.1 Innledere", "7"),
        ("3.1.2 Spørsmål", "7"),
        ("3.1.3 Innspill", "7"),
    ]


def test_every_page_but_the_first_is_counted(sample: bytes) -> None:
    assert re.findall(r"Side \d+ av \d+", text_of(sample)) == [f"Side {number} av 7" for number in range(2, 8)]


def test_the_chapters_stand_in_full(sample: bytes) -> None:
    body = text_of(sample, "-f", "3", "-layout")
    shown = [" ".join(line.split()) for line in body.replace("\f", "").split("\n")]
    fixed = re.compile(r"Side \d av 7|Dialogmøte i Eksempel kommune 2026|")
    assert [line for line in shown if not fixed.fullmatch(line)] == [
        "Sammendrag",
        "Første avsnitt med vekt og en lenke.",
        "• ett",
        "• to",
        "1. først",
        "2. så",
        "Mellomtittel",
        "Siste avsnitt.",
        "Takk fra ordføreren",
        "Takk for praten.",
        "Med hilsen",
        "Kari Eksempel",
        "ordfører",
        "1 Konferanseprogram",
        "Program 12. mars 2026",
        "Tid Programpost Hvem",
        "09.00 Åpning Kari Eksempel, ordfører",
        "09.30 Bolk 1: Språk",
        "2 Konferansen",
        "2.1 Formål",
        "Å snakke sammen.",
        "2.2 Evaluering",
        "Vi spurte.",
        "Figur 2.2.1 Fikk du sagt det du ville?",
        "I stor grad 42 %",
        "Verken eller 39 %",
        "I liten grad 19 %",
        "Svar Antall Prosent",
        "I stor grad 15 42",
        "Verken eller 14 39",
        "I liten grad 7 19",
        "n = 36, organisasjoner og råd.",
        "3 Faglige diskusjoner og innspill",
        "3.1 Språk",
        "3.1.1 Innledere",
        "• Kari Eksempel, ordfører, Eksempeldepartementet",
        "3.1.2 Spørsmål",
        "1) Hva skal til for at flere lærer norsk?",
        "a) på jobb",
        "b) i fritiden",
        "2) Og ellers?",
        "3.1.3 Innspill",
        "Spørsmål 1: Hva skal til for at flere lærer norsk?",
        "Kurs",
        "• Gi flere plass på kurs.",
        "• Kveldskurs må ha barnepass.",
        "Annet",
        "• Noe helt annet.",
        "Spørsmål 2: Og ellers?",
        "Ingen innspill.",
    ]


def test_every_point_stands_in_order_whatever_its_length() -> None:
    points = [f"Punkt {n}: " + "ord og flere ord " * (n % 40) + f"slutt {n}." for n in range(120)]
    shown = squeezed(
        re.sub(
            r"Side \d+ av \d+|Dialogmøte i Eksempel kommune 2026", "", text_of(render(sample_report(*points)).content)
        )
    )
    assert "•" + "•".join(squeezed(text) for text in points) + "Annet" in shown


def test_a_line_break_in_a_point_stays() -> None:
    assert "• Linje én\nlinje to\n" in text_of(render(sample_report("Linje én\nlinje to")).content)


def test_a_link_leads_where_it_says(sample: bytes) -> None:
    with pikepdf.open(BytesIO(sample)) as pdf:
        notes = [note for one in pdf.pages for note in one.get("/Annots", [])]
        assert [str(note.A.URI) for note in notes if "/A" in note] == ["https://example.org/"]


# --- drafts and the internal edition --------------------------------------------------------------------------


def test_the_internal_edition_tells_at_how_many_tables_a_point_was_said() -> None:
    report = sample_report("Ett.", "To.", internal=True)
    report = replace(report, phrases=replace(report.phrases, one_table="ett bord"))
    bullets = re.findall("• (.*)", text_of(render(report).content))
    assert bullets[-3:] == ["Ett. (ett bord)", "To. (2 bord)", "Noe helt annet. (3 bord)"]


@pytest.mark.parametrize(
    ("draft", "internal", "mark"),
    [
        (False, False, ""),
        (True, False, "Utkast"),
        (False, True, "Intern utgave"),
        (True, True, "Utkast · Intern utgave"),
    ],
)
def test_the_head_of_every_page_says_what_must_not_be_passed_on(draft: bool, internal: bool, mark: str) -> None:
    pages = text_of(render(sample_report(draft=draft, internal=internal)).content, "-layout").split("\f")[:-1]
    heads = [" ".join(one.strip().split("\n")[0].split()) for one in pages[1:]]
    assert heads == [f"Dialogmøte i Eksempel kommune 2026 {mark}".strip()] * 6
    assert ("Utkast" in pages[0], "Intern utgave" in pages[0]) == (draft, internal)
