"""The Word file, read back with python-docx and checked against the schema of its format."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsmap, qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.shared import Mm
from lxml.etree import QName
from openpyxl import load_workbook
from openxml_audit import OpenXmlValidator

from inputs.report.docx import render
from inputs.report.model import (
    Bar,
    Block,
    Chapter,
    Figure,
    Link,
    Paragraph,
    Prose,
    QuestionList,
    QuestionText,
    Report,
    Signature,
    Slot,
    paragraph_key,
)
from rnik.lib.markup import parse
from tests.inputs.report.hostile import HOSTILE
from tests.inputs.report.sample import sample_report

W = nsmap["w"]
FIXED = (1980, 1, 1, 0, 0, 0)
TRACE = "_rnik_p_"
UNFIT = "nul \x00, klokke \x07, halv \ud83d, ikke et tegn \ufffe"


def opened(report: Report) -> WordDocument:
    return Document(BytesIO(render(report)))


def text(element: Element) -> str:
    """What a reader sees of a paragraph, a run or a whole header."""
    signs = {qn("w:br"): "\n", qn("w:tab"): "\t"}
    runs = element.iter(qn("w:r"))
    return "".join(
        signs.get(part.tag, part.text or "") for run in runs for part in run if part.tag in {qn("w:t"), *signs}
    )


def paragraphs(document: WordDocument) -> list[tuple[str, str]]:
    """(style, text) of every paragraph in reading order, in tables and in the contents too; empty ones left out."""
    names = {style.style_id: style.name for style in document.styles}
    everything = document.element.body.iter(qn("w:p"))
    return [(names[p.style or "Normal"], text(p)) for p in everything if text(p)]


def written(document: WordDocument) -> list[tuple[str, str]]:
    """The paragraphs behind the first page and the contents."""
    rows = paragraphs(document)
    return rows[max(n for n, (style, _) in enumerate(rows) if style.startswith("toc ")) + 1 :]


def with_blocks(*blocks: Block, level: int = 1, internal: bool = False) -> Report:
    """A report of one chapter that holds `blocks`."""
    chapter = Chapter(Slot.SUMMARY, "", "Sammendrag", level, blocks)
    return replace(sample_report(internal=internal), chapters=(chapter,))


def list_numbers(document: WordDocument) -> list[tuple[int, int, str]]:
    """(list, level, text) of every paragraph that is put into a list of its own."""
    properties = document.element.body.iter(qn("w:numPr"))
    return [(p.numId.val, p.ilvl.val, text(p.getparent().getparent())) for p in properties]


def starts(document: WordDocument) -> dict[int, tuple[int, int]]:
    """{list: (level, first number)} of every list that begins anew."""
    numbering = document.part.numbering_part.element
    return {
        num.numId: (override.ilvl, override.find(qn("w:startOverride")).val)
        for num in numbering.num_lst
        for override in num.findall(qn("w:lvlOverride"))
    }


def bookmarks(document: WordDocument) -> dict[str, str]:
    """{name: text between its start and its end}."""
    found: dict[str, str] = {}
    running: dict[str, str] = {}
    for element in document.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:p"), qn("w:t")):
        number = element.get(qn("w:id"))
        if element.tag == qn("w:bookmarkStart"):
            running[number] = element.get(qn("w:name"))
            found[running[number]] = ""
        elif element.tag == qn("w:bookmarkEnd"):
            del running[number]
        else:
            for name in running.values():
                found[name] += "¶" if element.tag == qn("w:p") else element.text
    assert not running
    return found


def chart_of(document: WordDocument) -> tuple[Element, list[list[object]]]:
    """The only chart, and the rows of the workbook inside it."""
    (chart,) = [rel.target_part for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.CHART]
    (workbook,) = [rel.target_part for rel in chart.rels.values()]
    sheet = load_workbook(BytesIO(workbook.blob))["Data"]
    return parse_xml(chart.blob), [list(row) for row in sheet.values]


def members(file: bytes) -> Iterator[tuple[zipfile.ZipInfo, bytes]]:
    """The members of the file, and of the workbook inside it."""
    with zipfile.ZipFile(BytesIO(file)) as archive:
        for member in archive.infolist():
            content = archive.read(member)
            yield member, content
            if member.filename.endswith(".xlsx"):
                yield from members(content)


def faults(report: Report, folder: Path) -> list[str]:
    file = folder / "report.docx"
    file.write_bytes(render(report))
    return [str(error) for error in OpenXmlValidator().validate(file).errors]


# --- the text ---


def test_every_text_stands_in_the_file_in_the_order_of_the_report():
    assert paragraphs(opened(sample_report())) == [
        ("Title", "Dialogmøte i Eksempel kommune 2026"),
        ("Subtitle", "Språk og jobb"),
        ("Forside", "12. mars 2026"),
        ("Forside", "Kulturhuset"),
        ("Forside", "Storgata 1, Eksempel"),
        ("Forside", "https://example.org/"),
        ("TOC Heading", "Innhold"),
        ("toc 1", "Sammendrag\t"),
        ("toc 1", "Takk fra ordføreren\t"),
        ("toc 1", "1\tKonferanseprogram\t"),
        ("toc 1", "2\tKonferansen\t"),
        ("toc 2", "2.1\tFormål\t"),
        ("toc 2", "2.2\tEvaluering\t"),
        ("toc 1", "3\tFaglige diskusjoner og innspill\t"),
        ("toc 2", "3.1\tSpråk\t"),
        ("toc 3", "3.1.1\tInnledere\t"),
        ("toc 3", "3.1.2\tSpørsmål\t"),
        ("toc 3", "3.1.3\tInnspill\t"),
        ("Overskrift 1 uten nummer", "Sammendrag"),
        ("Normal", "Første avsnitt med vekt og en lenke."),
        ("List Bullet", "ett"),
        ("List Bullet", "to"),
        ("List Number", "først"),
        ("List Number", "så"),
        ("Overskrift 2 uten nummer", "Mellomtittel"),
        ("Normal", "Siste avsnitt."),
        ("Overskrift 1 uten nummer", "Takk fra ordføreren"),
        ("Normal", "Takk for praten."),
        ("Closing", "Med hilsen"),
        ("Signature", "Kari Eksempel"),
        ("Signature", "ordfører"),
        ("Heading 1", "Konferanseprogram"),
        ("Caption", "Program 12. mars 2026"),
        ("Tabellhode", "Tid"),
        ("Tabellhode", "Programpost"),
        ("Tabellhode", "Hvem"),
        ("Tabelltekst", "09.00"),
        ("Tabelltekst", "Åpning"),
        ("Tabelltekst", "Kari Eksempel, ordfører"),
        ("Tabelltekst", "09.30"),
        ("Tabelltekst", "Bolk 1: Språk"),
        ("Heading 1", "Konferansen"),
        ("Heading 2", "Formål"),
        ("Normal", "Å snakke sammen."),
        ("Heading 2", "Evaluering"),
        ("Normal", "Vi spurte."),
        ("Caption", "Figur 2.2.1 Fikk du sagt det du ville?"),
        ("Tabellhode", "Svar"),
        ("Tabellhode", "Antall"),
        ("Tabellhode", "Prosent"),
        ("Tabelltekst", "I stor grad"),
        ("Tabelltekst", "15"),
        ("Tabelltekst", "42"),
        ("Tabelltekst", "Verken eller"),
        ("Tabelltekst", "14"),
        ("Tabelltekst", "39"),
        ("Tabelltekst", "I liten grad"),
        ("Tabelltekst", "7"),
        ("Tabelltekst", "19"),
        ("Merknad", "n = 36, organisasjoner og råd."),
        ("Heading 1", "Faglige diskusjoner og innspill"),
        ("Heading 2", "Språk"),
        ("Heading 3", "Innledere"),
        ("List Bullet", "Kari Eksempel, ordfører, Eksempeldepartementet"),
        ("Heading 3", "Spørsmål"),
        ("List Number", "Hva skal til for at flere lærer norsk?"),
        ("List Number 2", "på jobb"),
        ("List Number 2", "i fritiden"),
        ("List Number", "Og ellers?"),
        ("Heading 3", "Innspill"),
        ("Heading 4", "Spørsmål 1: Hva skal til for at flere lærer norsk?"),
        ("Heading 5", "Kurs"),
        ("List Bullet", "Gi flere plass på kurs."),
        ("List Bullet", "Kveldskurs må ha barnepass."),
        ("Heading 5", "Annet"),
        ("List Bullet", "Noe helt annet."),
        ("Heading 4", "Spørsmål 2: Og ellers?"),
        ("Merknad", "Ingen innspill."),
    ]


def test_bold_and_italics_are_those_of_the_text():
    (paragraph,) = [p for p in opened(sample_report()).paragraphs if p.text.startswith("Første avsnitt")]
    assert [(run.text, run.italic, run.bold) for run in paragraph.runs] == [
        ("Første ", None, None),
        ("avsnitt", True, None),
        (" med ", None, None),
        ("vekt", None, True),
        (" og ", None, None),
        (".", None, None),
    ]


def test_texts_that_mean_something_to_a_format_are_shown_as_they_stand():
    rows = written(opened(sample_report(*HOSTILE)))
    first = rows.index(("Heading 5", "Kurs")) + 1
    assert rows[first : first + len(HOSTILE)] == [("List Bullet", hostile) for hostile in HOSTILE]


def test_the_lines_of_a_point_stay_lines_of_one_bullet():
    document = opened(sample_report("første\nandre\ttredje"))
    (bullet,) = [p for p in document.paragraphs if p.text == "første\nandre\ttredje"]
    assert [child.tag for child in bullet.runs[0]._r] == [qn(f"w:{tag}") for tag in ("t", "br", "t", "tab", "t")]


def test_a_character_that_xml_cannot_hold_becomes_a_box_wherever_it_stands():
    shown = "nul □, klokke □, halv □, ikke et tegn □"
    report = sample_report(UNFIT, f"{UNFIT}\n{UNFIT}", internal=True)
    facts = replace(report.facts, title=UNFIT, series=UNFIT, venue=UNFIT, address=UNFIT)
    figure = Figure(UNFIT, UNFIT, (Bar(UNFIT, 1, 100),), (UNFIT, UNFIT, UNFIT), UNFIT, (UNFIT,))
    prose = Prose((Paragraph((Link(UNFIT, "https://example.org/"),)),))
    chapter = Chapter(Slot.SUMMARY, "", UNFIT, 1, (figure, prose))
    document = opened(replace(report, facts=facts, subtitle=UNFIT, chapters=(chapter, *report.chapters)))

    properties = document.core_properties
    assert (properties.title, properties.subject, properties.author) == (shown, shown, shown)
    texts = [found for _, found in paragraphs(document)]
    assert texts.count(shown) == 11
    assert f"{shown} (1 bord)" in texts
    assert f"{shown}\n{shown} (2 bord)" in texts


# --- headings and numbers ---


def test_word_counts_the_same_chapter_numbers_as_the_report():
    report = sample_report()
    document = opened(report)
    chapters = document.part.numbering_part.element.find(qn("w:abstractNum"))
    levels = {
        level.find(qn("w:pStyle")).get(qn("w:val")): level.find(qn("w:lvlText")).get(qn("w:val"))
        for level in chapters.findall(qn("w:lvl"))
    }
    assert levels == {"Heading1": "%1", "Heading2": "%1.%2", "Heading3": "%1.%2.%3"}
    for style, level in (("Heading 1", 0), ("Heading 2", 1), ("Heading 3", 2)):
        numbered = document.styles[style].element.pPr.numPr
        assert (numbered.numId.val, numbered.ilvl.val) == (1, level)

    counts, counted = [0, 0, 0], []
    for style, title in paragraphs(document):
        if style in {"Heading 1", "Heading 2", "Heading 3"}:
            level = int(style[-1])
            counts = [*counts[: level - 1], counts[level - 1] + 1, *[0] * (3 - level)]
            counted.append((".".join(map(str, counts[:level])), title))
    assert counted == [(chapter.number, chapter.title) for chapter in report.all_chapters() if chapter.number]


@pytest.mark.parametrize("level", [1, 2, 3])
def test_an_unnumbered_heading_is_its_numbered_sister_without_the_number(level: int):
    style = opened(sample_report()).styles[f"Overskrift {level} uten nummer"]
    assert style.base_style.name == f"Heading {level}"
    assert style.element.pPr.numPr.numId.val == 0


def test_a_question_and_its_headings_stand_below_their_chapter_without_numbers():
    inputs = list(sample_report().all_chapters())[-1].blocks[0]
    rows = written(opened(with_blocks(inputs)))
    assert [row for row in rows if "verskrift" in row[0]] == [
        ("Overskrift 1 uten nummer", "Sammendrag"),
        ("Overskrift 2 uten nummer", "Spørsmål 1: Hva skal til for at flere lærer norsk?"),
        ("Overskrift 3 uten nummer", "Kurs"),
        ("Overskrift 3 uten nummer", "Annet"),
    ]


# --- lists ---


def test_each_ordered_list_begins_anew():
    questions = QuestionList((QuestionText(1, "Hva?", (("a", "Her"), ("b", "Der"))), QuestionText(2, "Hvem?")))
    document = opened(with_blocks(Prose(parse("1. en\n2. to\n\nMidt\n\n1. en")), questions, questions))
    assert list_numbers(document) == [
        (5, 0, "en"),
        (5, 0, "to"),
        (6, 0, "en"),
        (7, 0, "Hva?"),
        (7, 1, "Her"),
        (7, 1, "Der"),
        (7, 0, "Hvem?"),
        (8, 0, "Hva?"),
        (8, 1, "Her"),
        (8, 1, "Der"),
        (8, 0, "Hvem?"),
    ]
    assert starts(document) == {5: (0, 1), 6: (0, 1), 7: (0, 1), 8: (0, 1)}


def test_a_question_keeps_its_number_and_its_letters_where_one_is_missing():
    questions = (QuestionText(1, "En"), QuestionText(3, "Tre", (("b", "B"), ("c", "C"), ("æ", "Æ"))))
    document = opened(with_blocks(QuestionList(questions)))
    assert list_numbers(document) == [(5, 0, "En"), (6, 0, "Tre"), (7, 1, "B"), (8, 1, "C"), (8, 1, "Æ")]
    assert starts(document) == {5: (0, 1), 6: (0, 3), 7: (1, 2), 8: (1, 3)}


def test_questions_are_numbered_with_a_bracket_and_parts_with_a_letter():
    questions = opened(sample_report()).part.numbering_part.element.findall(qn("w:abstractNum"))[-1]
    assert [
        (level.find(qn("w:numFmt")).get(qn("w:val")), level.find(qn("w:lvlText")).get(qn("w:val")))
        for level in questions.findall(qn("w:lvl"))
    ] == [("decimal", "%1)"), ("lowerLetter", "%2)")]


# --- contents, pages, properties ---


def test_the_contents_lead_to_every_chapter():
    document = opened(sample_report())
    body = document.element.body
    instructions = [instruction.text for instruction in body.iter(qn("w:instrText"))]
    assert instructions[0] == 'TOC \\o "1-3" \\h \\z \\t "Overskrift 1 uten nummer;1"'
    links = [link for link in body.iter(qn("w:hyperlink")) if link.get(qn("w:anchor"))]
    targets = bookmarks(document)
    assert [targets[link.get(qn("w:anchor"))] for link in links] == [c.title for c in sample_report().all_chapters()]
    assert instructions[1:] == [f"PAGEREF {link.get(qn('w:anchor'))} \\h" for link in links]


def test_fields_are_closed_in_the_order_in_which_they_are_opened():
    depth = 0
    for mark in opened(sample_report()).element.body.iter(qn("w:fldChar")):
        depth += {"begin": 1, "separate": 0, "end": -1}[mark.get(qn("w:fldCharType"))]
        assert depth in {0, 1, 2}
    assert depth == 0


def test_a_report_without_chapters_is_a_document_all_the_same(tmp_path: Path):
    report = replace(sample_report(), chapters=())
    assert paragraphs(opened(report))[-1] == ("TOC Heading", "Innhold")
    assert faults(report, tmp_path) == []


def test_the_first_page_has_the_title_and_the_others_a_header_with_page_numbers():
    section = opened(sample_report()).sections[0]
    assert section.different_first_page_header_footer
    assert text(section.first_page_header._element) == "\t"
    assert text(section.first_page_footer._element) == "Laget 22. november 2026"
    assert text(section.header._element) == "Dialogmøte i Eksempel kommune 2026\t"
    assert text(section.footer._element) == "\tSide 1 av 1"
    assert [field.text for field in section.footer._element.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]


@pytest.mark.parametrize(
    ("draft", "internal", "mark"),
    [(True, False, "Utkast"), (False, True, "Intern utgave"), (True, True, "Utkast · Intern utgave")],
)
def test_a_draft_and_an_internal_edition_say_so_on_every_page(draft: bool, internal: bool, mark: str):
    section = opened(sample_report(draft=draft, internal=internal)).sections[0]
    assert text(section.first_page_header._element) == f"\t{mark}"
    assert text(section.header._element) == f"Dialogmøte i Eksempel kommune 2026\t{mark}"


def test_the_paper_is_a4():
    section = opened(sample_report()).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert section.page_width - section.left_margin - section.right_margin == pytest.approx(Mm(154), abs=Mm(1))


@pytest.mark.parametrize(("language", "tag"), [("nb", "nb-NO"), ("nn", "nn-NO"), ("en", "en-GB")])
def test_every_part_speaks_the_language_of_the_report(language: str, tag: str):
    file = render(sample_report(language=language))
    assert Document(BytesIO(file)).core_properties.language == tag
    languages = set()
    for member, content in members(file):
        if member.filename.endswith(".xml") and "theme" not in member.filename:
            for element in parse_xml(content).iter():
                name = QName(element).localname
                if name in {"lang", "themeFontLang"}:
                    languages |= set(element.attrib.values())
                if element.get("lang"):
                    languages.add(element.get("lang"))
    assert languages == {tag}


def test_the_day_is_written_in_the_language_of_the_report():
    assert ("Forside", "12 March 2026") in paragraphs(opened(sample_report(language="en")))


def test_the_file_tells_what_it_is_and_names_no_person():
    properties = opened(sample_report()).core_properties
    assert (properties.title, properties.subject) == ("Dialogmøte i Eksempel kommune 2026", "Språk og jobb")
    assert (properties.author, properties.last_modified_by, properties.comments) == ("Dialogmøte", "", "")
    made_at = datetime.fromisoformat("2026-11-22T12:00:00+00:00")
    assert (properties.created, properties.modified) == (made_at, made_at)


def test_a_title_longer_than_a_property_may_be_is_cut_there_and_whole_on_the_page():
    title = "Konferanse " * 40
    report = sample_report()
    document = opened(replace(report, facts=replace(report.facts, title=title)))
    assert document.core_properties.title == title[:255]
    assert paragraphs(document)[0] == ("Title", title)


# --- table, figure, links, signature ---


def test_the_programme_repeats_its_head_and_keeps_its_widths():
    table = opened(sample_report()).tables[0]
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows] == [True, False, False]
    assert table.autofit is False
    widths = [[cell.width for cell in row.cells] for row in table.rows]
    assert widths[0] == widths[1] == widths[2] == [column.width for column in table.columns]


def test_the_chart_is_words_own_and_its_numbers_can_be_edited():
    document = opened(sample_report())
    (properties,) = document.element.body.iter(qn("wp:docPr"))
    assert properties.get("name") == "Figur 2.2.1"
    assert properties.get("descr") == (
        "Liggende søylediagram. Fikk du sagt det du ville? I stor grad: 42 prosent; Verken eller: 39 prosent; "
        "I liten grad: 19 prosent."
    )
    chart, rows = chart_of(document)
    assert rows == [
        ["Svar", "Prosent", "Antall"],
        ["I stor grad", 42, 15],
        ["Verken eller", 39, 14],
        ["I liten grad", 19, 7],
    ]
    references = [formula.text for formula in chart.iter(qn("c:f"))]
    assert references == ["Data!$B$1", "Data!$A$2:$A$4", "Data!$B$2:$B$4"]
    shown = [value.text for value in chart.iter(qn("c:v"))]
    assert shown == ["Prosent", "I stor grad", "Verken eller", "I liten grad", "42", "39", "19"]


def test_an_answer_that_looks_like_a_formula_stays_a_text():
    label = '=HYPERLINK("https://example.org","klikk")'
    figure = Figure("Figur 1", "Spørsmål", (Bar(label, 3, 100),), ("=1", "=2", "=3"), "", ())
    document = opened(with_blocks(figure))
    _, rows = chart_of(document)
    assert rows == [["=1", "=3", "=2"], [label, 100, 3]]
    (chart,) = [rel.target_part for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.CHART]
    (workbook,) = [rel.target_part for rel in chart.rels.values()]
    cells = [cell for row in load_workbook(BytesIO(workbook.blob))["Data"].rows for cell in row]
    assert [cell.data_type for cell in cells] == ["s", "s", "s", "s", "n", "n"]


def test_a_link_leads_to_its_address():
    document = opened(with_blocks(Prose((Paragraph((Link("her", "https://example.org/?a=1&b=ø"),)),))))
    links = [link for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    assert [(link.text, link.address) for link in links] == [
        ("https://example.org/", "https://example.org/"),
        ("her", "https://example.org/?a=1&b=%C3%B8"),
    ]


@pytest.mark.parametrize("href", ["https://[", "https://a.no/" + "a" * 3000])
def test_an_address_that_word_cannot_take_leaves_the_text(href: str, tmp_path: Path):
    report = with_blocks(Prose((Paragraph((Link("her", href),)),)))
    (paragraph,) = [p for p in opened(report).paragraphs if p.text == "her"]
    assert paragraph.hyperlinks == []
    assert faults(report, tmp_path) == []


@pytest.mark.parametrize(
    ("signature", "lines"),
    [
        (Signature("Med hilsen", "Kari", ""), [("Closing", "Med hilsen"), ("Signature", "Kari")]),
        (Signature("", "Kari", "rådgiver"), [("Signature", "Kari"), ("Signature", "rådgiver")]),
    ],
)
def test_a_signature_has_no_empty_lines(signature: Signature, lines: list[tuple[str, str]]):
    document = opened(with_blocks(signature))
    assert [(p.style.name, p.text) for p in document.paragraphs[-2:]] == lines


# --- the two editions ---


def test_the_internal_edition_names_every_point_and_every_block_of_prose():
    key = "0123456789abcdef0123456789abcdef"
    prose = Prose(parse("Et *avsnitt* her.\n\n- ett\n- to\n\n## Mellomtittel\n\nSiste."), key)
    report = sample_report("Første punkt", "linje én\nlinje to", internal=True)
    inputs = list(report.all_chapters())[-1].blocks[0]
    document = opened(with_blocks(prose, inputs, internal=True))

    traces = {name: marked for name, marked in bookmarks(document).items() if name.startswith(TRACE)}
    assert traces == {
        TRACE + paragraph_key(prose, 0): "Et avsnitt her.",
        TRACE + paragraph_key(prose, 1): "ett¶to",
        TRACE + paragraph_key(prose, 2): "Mellomtittel",
        TRACE + paragraph_key(prose, 3): "Siste.",
        TRACE + f"{1:032x}": "Første punkt",
        TRACE + f"{2:032x}": "linje énlinje to",
        TRACE + f"{3:032x}": "Noe helt annet.",
    }
    assert {len(name) for name in traces} == {40}


def test_no_two_bookmarks_have_the_same_name_or_number():
    starts = list(opened(sample_report(internal=True)).element.body.iter(qn("w:bookmarkStart")))
    for attribute in ("w:name", "w:id"):
        values = [start.get(qn(attribute)) for start in starts]
        assert len(values) == len(set(values))


def test_the_internal_edition_tells_at_how_many_tables_a_point_was_made():
    points = [row for row in paragraphs(opened(sample_report("a", "b", internal=True))) if row[0] == "List Bullet"]
    assert points[-3:] == [
        ("List Bullet", "a (1 bord)"),
        ("List Bullet", "b (2 bord)"),
        ("List Bullet", "Noe helt annet. (3 bord)"),
    ]


def test_the_public_edition_holds_nothing_internal():
    internal = sample_report(internal=True)
    # Even when whoever built the report left the internal facts in.
    file = render(replace(internal, internal=False))
    secrets = [b"rnik_p_", b"bord)", b"0123456789abcdef0123456789abcdef", b"i-1", b"municipality"]
    secrets += [point.id.encode() for point in internal.points()]
    found = [
        (member.filename, secret) for member, content in members(file) for secret in secrets if secret in content
    ]
    assert found == []


# --- the file ---


def test_the_same_report_gives_the_same_bytes():
    report = sample_report(internal=True)
    assert render(report) == render(report)


def test_the_only_time_in_the_file_is_the_reports():
    found = list(members(render(sample_report())))
    assert {member.date_time for member, _ in found} == {FIXED}
    times = [time for _, content in found for time in re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+Z", content)]
    assert times == [b"2026-11-22T12:00:00Z"] * 4  # made and changed, of the document and of the chart's workbook


@pytest.mark.parametrize(
    "report",
    [
        sample_report(),
        sample_report(internal=True, draft=True),
        sample_report(*HOSTILE, language="nn"),
        sample_report(UNFIT, language="en", prose="## Alene"),
    ],
    ids=["public", "internal draft", "hostile", "unfit"],
)
def test_the_file_follows_the_schema_of_its_format(report: Report, tmp_path: Path):
    assert faults(report, tmp_path) == []


def test_the_validator_sees_a_fault(tmp_path: Path):
    document = opened(sample_report())
    document.element.body.append(parse_xml(f'<w:p xmlns:w="{W}"><w:tblHeader/></w:p>'))
    file = tmp_path / "report.docx"
    document.save(file)
    assert not OpenXmlValidator().validate(file).is_valid
