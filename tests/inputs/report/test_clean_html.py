"""A chapter as a publishing system takes it: nothing but headings, paragraphs, lists and links."""

import re

from inputs.report.clean_html import render_chapter
from inputs.report.model import Chapter, Slot
from tests.inputs.report.reading_back import read_html
from tests.inputs.report.sample import sample_report

ALLOWED = {"h2", "h3", "h4", "h5", "h6", "p", "br", "ul", "ol", "li", "a", "em", "strong"}


def chapter(slot: Slot) -> Chapter:
    return next(one for one in sample_report().all_chapters() if one.slot == slot)


def test_a_text_is_its_paragraphs_lists_and_links() -> None:
    assert render_chapter(chapter(Slot.SUMMARY)) == (
        "<h2>Sammendrag</h2>\n"
        '<p>Første <em>avsnitt</em> med <strong>vekt</strong> og <a href="https://example.org/">en lenke</a>.</p>\n'
        "<ul>\n<li>ett</li>\n<li>to</li>\n</ul>\n"
        "<ol>\n<li>først</li>\n<li>så</li>\n</ol>\n"
        "<h3>Mellomtittel</h3>\n"
        "<p>Siste avsnitt.</p>\n"
    )


def test_the_inputs_of_a_question_stand_under_its_headings() -> None:
    assert render_chapter(chapter(Slot.INPUTS)) == (
        "<h2>Innspill</h2>\n"
        "<h3>Spørsmål 1: Hva skal til for at flere lærer norsk?</h3>\n"
        "<h4>Kurs</h4>\n<ul>\n<li>Gi flere plass på kurs.</li>\n<li>Kveldskurs må ha barnepass.</li>\n</ul>\n"
        "<h4>Annet</h4>\n<ul>\n<li>Noe helt annet.</li>\n</ul>\n"
        "<h3>Spørsmål 2: Og ellers?</h3>\n<p>Ingen innspill.</p>\n"
    )


def test_what_is_a_table_or_a_chart_in_the_report_is_a_list() -> None:
    assert render_chapter(chapter(Slot.PROGRAMME)) == (
        "<h2>Konferanseprogram</h2>\n"
        "<ul>\n<li>09.00 Åpning, Kari Eksempel, ordfører</li>\n<li>09.30 Bolk 1: Språk</li>\n</ul>\n"
    )
    assert (
        "<p>Figur 2.2.1 Fikk du sagt det du ville?</p>\n"
        "<ul>\n<li>I stor grad: 42\u00a0%</li>\n<li>Verken eller: 39\u00a0%</li>\n"
        "<li>I liten grad: 19\u00a0%</li>\n</ul>\n"
        "<p>n = 36, organisasjoner og råd.</p>\n"
    ) in render_chapter(chapter(Slot.EVALUATION))


def test_a_session_holds_its_parts_and_the_questions_their_own_marks() -> None:
    made = render_chapter(chapter(Slot.SESSION))
    assert re.findall(r"<h(\d)>([^<]*)", made)[:4] == [
        ("2", "Språk"),
        ("3", "Innledere"),
        ("3", "Spørsmål"),
        ("3", "Innspill"),
    ]
    assert "<li>1) Hva skal til for at flere lærer norsk?<br>a) på jobb<br>b) i fritiden</li>" in made


def test_nothing_else_stands_there() -> None:
    for one in sample_report(internal=True).all_chapters():
        tags = [event for event in read_html(render_chapter(one)) if isinstance(event, tuple)]
        assert {tag.removeprefix("/") for tag, *_attributes in tags} <= ALLOWED
        assert {name for _tag, *more in tags for attributes in more for name, _value in attributes} <= {"href"}
