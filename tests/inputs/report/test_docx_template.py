"""The report in a ministry's template: its styles, paper, header, footer and logo; our words, all of them."""

import zipfile
from io import BytesIO

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from openxml_audit import OpenXmlValidator

from inputs.report.docx import Template, render
from inputs.report_template.reading import read_template, styles_of
from inputs.report_template.roles import guess
from tests.inputs.report.hostile import HOSTILE
from tests.inputs.report.ministries import AUTHOR, LEFT_OVER, built_in, logo, own_names, with_cover
from tests.inputs.report.sample import sample_report
from tests.inputs.report.test_docx import paragraphs, text

MAKERS = pytest.mark.parametrize("maker", [built_in, own_names])
WITH_COVER = pytest.mark.parametrize("maker", [built_in, own_names, with_cover])


def template_of(data, **chosen):
    bare = read_template(data, "mal.docx")
    return Template(bare, guess(styles_of(bare)) | chosen)


def made(data, *, internal=False, draft=False, **chosen):
    return render(sample_report(internal=internal, draft=draft), template_of(data, **chosen))


def opened(file):
    return Document(BytesIO(file))


def everything(file):
    """The XML of every part, unpacked."""
    with zipfile.ZipFile(BytesIO(file)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@WITH_COVER
@pytest.mark.parametrize("internal", [False, True])
def test_the_file_is_as_the_format_demands(maker, internal, tmp_path):
    file = tmp_path / "rapport.docx"
    file.write_bytes(made(maker(), internal=internal, draft=internal))
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


@WITH_COVER
def test_every_text_stands_in_the_order_of_the_report(maker):
    ours = [words for _style, words in paragraphs(opened(render(sample_report())))]
    assert [words for _style, words in paragraphs(opened(made(maker())))] == ours


@WITH_COVER
def test_no_style_is_named_that_is_not_there_and_no_name_stands_twice(maker):
    file = made(maker())
    document = opened(file)
    there = {style.style_id for style in document.styles}
    names = [style.element.name_val.lower() for style in document.styles]
    assert len(names) == len(set(names))
    parts = [rel.target_part for rel in document.part.rels.values() if not rel.is_external]
    roots = [document.element, *(part.element for part in parts if hasattr(part, "element"))]
    tags = [qn(f"w:{tag}") for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")]
    named = {one.get(qn("w:val")) for root in roots for one in root.iter(*tags)}
    assert named - there == set()


def styles_by_words(file):
    return {words: style for style, words in reversed(paragraphs(opened(file)))}


def test_words_own_styles_carry_title_headings_and_bullets():
    styles = styles_by_words(made(built_in()))
    assert styles["Dialogmøte i Eksempel kommune 2026"] == "Title"
    assert styles["Språk og jobb"] == "Subtitle"
    assert styles["ett"] == "List Bullet"
    assert styles["Mellomtittel"] == "Overskrift 2 uten nummer"


def test_a_ministrys_own_styles_carry_them_too():
    file = made(own_names())
    styles = styles_by_words(file)
    assert styles["Dialogmøte i Eksempel kommune 2026"] == "EKS Tittel"
    assert styles["ett"] == "EKS Punktmerket liste"
    assert styles["Siste avsnitt."] == "EKS Brødtekst"
    assert "EKS Overskrift 1" in {style for style, _words in paragraphs(opened(file))}
    [plain] = [style for style in opened(file).styles if style.name == "Overskrift 2 uten nummer"]
    assert plain.base_style.name == "EKS Overskrift 2"


def test_headings_of_a_template_without_numbers_or_levels_get_both():
    document = opened(made(own_names()))
    heading = next(p for p in document.paragraphs if p.style.name == "EKS Overskrift 1")
    number = heading._p.pPr.numPr
    lists = {num.numId: num.abstractNumId.val for num in document.part.numbering_part.element.num_lst}
    [look] = [
        one
        for one in document.part.numbering_part.element.findall(qn("w:abstractNum"))
        if one.get(qn("w:abstractNumId")) == str(lists[number.numId.val])
    ]
    assert look.find(qn("w:lvl")).find(qn("w:lvlText")).get(qn("w:val")) == "%1"
    assert look.find(qn("w:lvl")).find(qn("w:pStyle")) is None  # the style itself is left as the ministry has it
    assert heading._p.pPr.find(qn("w:outlineLvl")).get(qn("w:val")) == "0"


def test_the_contents_are_made_anew_from_the_styles_that_are_there():
    [ours] = [
        one.text for one in opened(made(own_names())).element.body.iter(qn("w:instrText")) if "TOC \\o" in one.text
    ]
    assert ours == (
        'TOC \\o "1-3" \\h \\z \\t '
        '"Overskrift 1 uten nummer;1;EKS Overskrift 1;1;EKS Overskrift 2;2;EKS Overskrift 3;3"'
    )


@MAKERS
def test_paper_header_footer_and_logo_stay(maker):
    before, file = opened(maker()).sections[0], made(maker())
    [after] = opened(file).sections
    for side in ("page_width", "page_height", "left_margin", "right_margin", "top_margin", "header_distance"):
        assert getattr(after, side) == getattr(before, side)
    assert after.header.paragraphs[0].text == " Eksempeldepartementet"
    assert after.footer.paragraphs[0].text == "Postboks 1, Eksempel"
    assert [rel.target_part.blob for rel in after.header.part.rels.values()] == [logo()]
    assert len(after.header.paragraphs) == 1


def test_a_cover_lends_its_header_and_logo_to_the_first_page():
    [section] = opened(made(with_cover())).sections
    assert round(section.page_width.mm) == 210
    assert [rel.target_part.blob for rel in section.first_page_header.part.rels.values()] == [logo()]
    assert section.different_first_page_header_footer
    assert section.footer.paragraphs[0].text == "Postboks 1, Eksempel"


def test_tables_are_as_wide_as_the_templates_text():
    document = opened(made(own_names()))
    width = document.tables[0]._tbl.tblPr.find(qn("w:tblW")).get(qn("w:w"))
    assert abs(int(width) - Mm(237).twips) < 5
    assert document.sections[0].different_first_page_header_footer


@MAKERS
def test_a_draft_and_an_internal_edition_say_so_on_every_page(maker):
    section = opened(made(maker(), internal=True, draft=True)).sections[0]
    headers = [section.header] + [section.first_page_header] * section.different_first_page_header_footer
    assert [text(header._element).endswith("Utkast · Intern utgave") for header in headers] == [True] * len(headers)


def test_pages_are_counted_where_the_template_has_no_footer():
    stream = BytesIO()
    Document().save(stream)
    [section] = opened(made(stream.getvalue())).sections
    assert text(section.footer._element).startswith("Side 1 av")


@MAKERS
def test_nothing_of_the_templates_author_or_text_goes_along(maker):
    parts = everything(made(maker()))
    for words in (AUTHOR, LEFT_OVER, "python-docx"):
        assert [name for name, content in parts.items() if words.encode() in content] == []
    assert not [name for name in parts if "custom" in name.lower() or name == "docProps/app.xml"]
    assert opened(made(maker())).core_properties.title == "Dialogmøte i Eksempel kommune 2026"


@MAKERS
def test_whatever_was_said_is_written_and_the_file_stays_whole(maker, tmp_path):
    file = tmp_path / "rapport.docx"
    file.write_bytes(render(sample_report(*HOSTILE), template_of(maker())))
    ours = [words for _style, words in paragraphs(opened(render(sample_report(*HOSTILE))))]
    assert [words for _style, words in paragraphs(opened(file.read_bytes()))] == ours
    assert [str(error) for error in OpenXmlValidator().validate(file).errors] == []


@MAKERS
def test_the_same_report_gives_the_same_bytes(maker):
    template = template_of(maker())
    assert render(sample_report(), template) == render(sample_report(), template)


def test_a_style_that_is_left_to_us_is_added_beside_the_templates():
    document = opened(made(built_in(), Title="", Normal="", ListBullet="finnes ikke"))
    title = next(p for p in document.paragraphs if p.text == "Dialogmøte i Eksempel kommune 2026")
    assert (title.style.style_id, title.style.name) == ("RnikTitle", "Title (RNIK)")
    assert document.styles["Title"].font.size is not None
    bullet = next(p for p in document.paragraphs if p.text == "ett")
    assert bullet.style.style_id == "RnikListBullet"


def test_the_language_is_the_reports():
    document = opened(made(built_in()))
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {"nb-NO"}
