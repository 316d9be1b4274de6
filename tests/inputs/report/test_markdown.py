import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from inputs.report import markdown
from inputs.report.model import Chapter, Link, Paragraph, Prose, Report, Slot, Text
from rnik.lib.markup import parse, plain
from rnik.lib.text import clean_text
from tests.inputs.report.hostile import HOSTILE
from tests.inputs.report.sample import sample_report

# A reader with the extensions that GitHub adds: what is literal there is literal everywhere.
READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
SIGNS = "ab1.)(-+#=:|>`*_[]<>&;!~\\ \n\t'\"/xé«»€"
PIECES = (
    "---",
    "===",
    "```",
    "&amp;",
    "&#35;",
    "1. ",
    "- ",
    "    ",
    "| a |",
    "<b>",
    "https://a.no/x_y_",
    "![",
    "](x)",
)
MEANINGFUL = st.sampled_from([*SIGNS, *PIECES])
WRITTEN = st.lists(MEANINGFUL, min_size=1, max_size=14).map("".join).map(clean_text).filter(bool)


def read(report: Report) -> list[Token]:
    return READER.parse(markdown.render(report))


def shown(token: Token) -> str:
    """What a reader sees of one line or paragraph."""
    parts = []
    for child in token.children or []:
        if child.type == "text":
            parts.append(child.content)
        elif child.type == "hardbreak":
            parts.append("\n")
        else:
            assert child.type.endswith(("_open", "_close")), child.type
    return "".join(parts)


def headings(tokens: list[Token]) -> list[tuple[int, str]]:
    return [
        (int(token.tag[1]), shown(tokens[n + 1])) for n, token in enumerate(tokens) if token.type == "heading_open"
    ]


def bullets_under(tokens: list[Token], title: str) -> list[str]:
    """The top bullets below that heading; the paragraphs of one are parted by empty lines."""
    start = next(n for n, token in enumerate(tokens) if token.type == "inline" and shown(token) == title)
    found: list[list[str]] = []
    for token in tokens[start + 2 :]:
        if token.type == "heading_open":
            break
        if token.type == "list_item_open" and token.level == 1:
            found.append([])
        if token.type == "inline" and token.level == 3:
            found[-1].append(shown(token))
    return ["\n\n".join(parts) for parts in found]


def with_summary(*inlines: Text | Link) -> Report:
    chapter = Chapter(Slot.SUMMARY, "", "Sammendrag", 1, (Prose((Paragraph(inlines),)),))
    return replace(sample_report(), chapters=(chapter,))


def summary_of(report: Report) -> Token:
    tokens = read(report)
    start = next(n for n, token in enumerate(tokens) if token.type == "inline" and token.content == "Sammendrag")
    return tokens[start + 3]


def styles(token: Token) -> list[tuple[str, str]]:
    """The runs of a line with what is around them: ("strong", "vekt")."""
    around: list[str] = []
    runs = []
    for child in token.children or []:
        if child.nesting == 1:
            around.append(str(child.attrs.get("href", child.tag)))
        elif child.nesting == -1:
            around.pop()
        elif child.content:
            runs.append((" ".join(sorted(around)), child.content))
    return runs


def test_the_headings_tell_the_reports_outline() -> None:
    assert headings(read(sample_report())) == [
        (1, "Dialogmøte i Eksempel kommune 2026"),
        (2, "Sammendrag"),
        (3, "Mellomtittel"),
        (2, "Takk fra ordføreren"),
        (2, "1 Konferanseprogram"),
        (2, "2 Konferansen"),
        (3, "2.1 Formål"),
        (3, "2.2 Evaluering"),
        (2, "3 Faglige diskusjoner og innspill"),
        (3, "3.1 Språk"),
        (4, "3.1.1 Innledere"),
        (4, "3.1.2 Spørsmål"),
        (4, "3.1.3 Innspill"),
        (5, "Spørsmål 1: Hva skal til for at flere lærer norsk?"),
        (6, "Kurs"),
        (6, "Annet"),
        (5, "Spørsmål 2: Og ellers?"),
    ]


def test_the_sample_reads_as_markdown_does() -> None:
    assert markdown.render(sample_report()).split("## 2 Konferansen")[0] == (
        "# Dialogmøte i Eksempel kommune 2026\n\n"
        "Språk og jobb\n\n"
        "12\\. mars 2026, Kulturhuset, Storgata 1, Eksempel\n\n"
        "## Sammendrag\n\n"
        "Første *avsnitt* med **vekt** og [en lenke](https://example.org/).\n\n"
        "- ett\n- to\n\n"
        "1. først\n2. så\n\n"
        "### Mellomtittel\n\n"
        "Siste avsnitt.\n\n"
        "## Takk fra ordføreren\n\n"
        "Takk for praten.\n\n"
        "Med hilsen\\\nKari Eksempel\\\nordfører\n\n"
        "## 1 Konferanseprogram\n\n"
        "**Program 12. mars 2026**\n\n"
        "| Tid | Programpost | Hvem |\n| --- | --- | --- |\n"
        "| 09.00 | Åpning | Kari Eksempel, ordfører |\n| 09.30 | Bolk 1: Språk |  |\n\n"
    )


def test_a_figure_is_its_numbers_in_a_table() -> None:
    assert (
        "**Figur 2.2.1** Fikk du sagt det du ville?\n\n"
        "| Svar | Antall | Prosent |\n| --- | --- | --- |\n"
        "| I stor grad | 15 | 42\u00a0% |\n| Verken eller | 14 | 39\u00a0% |\n| I liten grad | 7 | 19\u00a0% |\n\n"
        "n = 36, organisasjoner og råd.\n"
    ) in markdown.render(sample_report())


def test_the_questions_keep_their_own_numbers_and_letters() -> None:
    assert (
        "- **1)** Hva skal til for at flere lærer norsk?\n  - **a)** på jobb\n  - **b)** i fritiden\n"
        "- **2)** Og ellers?\n"
    ) in markdown.render(sample_report())


def test_every_point_is_one_bullet_with_its_text_and_nothing_else() -> None:
    tokens = read(sample_report(*HOSTILE))

    assert bullets_under(tokens, "Kurs") == list(HOSTILE)
    assert bullets_under(tokens, "Annet") == ["Noe helt annet."]


@settings(max_examples=100, deadline=None)
@given(WRITTEN)
def test_whatever_is_written_in_a_point_stays_text(text: str) -> None:
    # Of several empty lines in a point Markdown can show one.
    expected = re.sub(r"\n[ \t]*(\n[ \t]*)+", "\n\n", text)

    assert bullets_under(read(sample_report(text)), "Kurs") == [expected]


@settings(max_examples=100, deadline=None)
@given(WRITTEN)
def test_whatever_is_written_in_a_title_or_a_table_stays_text(text: str) -> None:
    report = sample_report()
    chapter = replace(report.chapters[2], title=text)
    table = replace(chapter.blocks[0], header=(text, "b", "c"), rows=((text, text, "d"),))

    tokens = read(replace(report, chapters=(replace(chapter, blocks=(table,)),)))

    line = text.replace("\n", " ")
    cells = [shown(tokens[n + 1]) for n, token in enumerate(tokens) if token.type in {"th_open", "td_open"}]
    assert headings(tokens)[-1] == (2, f"1 {line}")
    assert cells == [line, "b", "c", line, line, "d"]


@settings(max_examples=100, deadline=None)
@given(WRITTEN)
def test_whatever_is_written_in_prose_keeps_its_words_and_its_styles(text: str) -> None:
    for block in parse(text):
        if isinstance(block, Paragraph):
            token = summary_of(with_summary(*block.inlines))
            assert shown(token) == plain(block.inlines)
            assert [style for style, _ in styles(token) if style] == [
                run.href if isinstance(run, Link) else " ".join(["em"] * run.italic + ["strong"] * run.bold)
                for run in block.inlines
                if isinstance(run, Link) or run.italic or run.bold
            ]


def test_a_style_inside_a_word_counts_although_it_begins_with_a_sign() -> None:
    token = summary_of(with_summary(Text("a"), Text("(b)", italic=True), Text("c")))

    assert styles(token) == [("", "a"), ("em", "(b)"), ("", "c")]


def test_a_link_after_an_exclamation_mark_is_no_picture() -> None:
    token = summary_of(with_summary(Text("Se!"), Link("her", "https://example.org/a_b_c")))

    assert styles(token) == [("", "Se!"), ("https://example.org/a_b_c", "her")]


def test_a_link_that_leads_to_no_web_page_is_only_its_text() -> None:
    assert markdown.render(with_summary(Link("klikk", "javascript:alert(1)"))).count("javascript") == 0


def test_the_internal_edition_tells_below_each_point_where_it_comes_from() -> None:
    written = markdown.render(sample_report("Ett.", "To.", internal=True, draft=True))

    assert "**Utkast**\n\n**Intern utgave**\n" in written
    assert (
        "- Ett.\n  - 1 bord · i-1 (1, kept), i-1b (same) · municipality\n"
        "- To.\n  - 2 bord · i-2 (2, kept), i-2b (same) · municipality\n"
    ) in written


def test_the_public_edition_carries_no_mark_and_no_source() -> None:
    written = markdown.render(sample_report())

    assert not [word for word in ("Utkast", "Intern", "bord", "i-1", "municipality") if word in written]


def test_a_question_without_points_says_so() -> None:
    assert markdown.render(sample_report()).endswith(
        "##### Spørsmål 2: Og ellers?\n\nIngen innspill.\n\n---\n\nLaget 22. november 2026\n"
    )


@pytest.mark.parametrize(
    ("language", "day"), [("nb", "12\\. mars 2026"), ("nn", "12\\. mars 2026"), ("en", "12 March 2026")]
)
def test_the_day_is_written_in_the_reports_language(language: str, day: str) -> None:
    assert f"\n{day}, Kulturhuset" in markdown.render(sample_report(language=language))
