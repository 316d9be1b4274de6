import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnik.lib.markup import Items, Link, Paragraph, SubHeading, Text, dump_block, dumps, from_plain, parse, plain

calmly = settings(deadline=None)  # how long an example takes is the machine's affair

# The signs of the markup, in any order, among words; and any other text.
SIGNS = st.sampled_from(
    [
        *(
            "*",
            "**",
            "***",
            "\\",
            "[",
            "]",
            "(",
            ")",
            "#",
            "## ",
            "- ",
            "-",
            "1. ",
            "12. ",
            ".",
            " ",
            "\n",
            "\n\n",
            "\t",
        ),
        *("\u00a0", "\u2028", "<b>", "&amp;", "ord", "å", "https://eksempel.no", "[her](https://eksempel.no/a)"),
    ]
)
SOURCES = st.one_of(st.lists(SIGNS, max_size=20).map("".join), st.text(max_size=40))


def paragraph(text: str) -> tuple[Paragraph]:
    return (Paragraph((Text(text),)),)


def test_paragraphs_end_at_a_blank_line_and_lines_of_one_paragraph_are_joined() -> None:
    assert parse("Først dette,\n så dette.\n \t\nEt nytt avsnitt.") == (
        Paragraph((Text("Først dette, så dette."),)),
        Paragraph((Text("Et nytt avsnitt."),)),
    )


def test_no_text_gives_no_blocks() -> None:
    assert parse("") == parse(" \n\n \t\n") == ()


def test_stars_make_italics_and_bold() -> None:
    assert parse("a *b c* **d** ***e***") == (
        Paragraph(
            (
                Text("a "),
                Text("b c", italic=True),
                Text(" "),
                Text("d", bold=True),
                Text(" "),
                Text("e", italic=True, bold=True),
            )
        ),
    )


@pytest.mark.parametrize("text", ["5 * 3 * 2", "a* b*", "*uten slutt", "** a **", "****", "*a**", "**a*"])
def test_stars_that_do_not_enclose_a_word_are_stars(text: str) -> None:
    assert parse(text) == paragraph(text)


def test_a_list_follows_a_paragraph_directly_and_hyphens_and_numbers_are_two_lists() -> None:
    assert parse("Vi trenger\n- lys\n- *varme*\n1. benker\n2. bord\nOg mer.") == (
        Paragraph((Text("Vi trenger"),)),
        Items(((Text("lys"),), (Text("varme", italic=True),))),
        Items(((Text("benker"),), (Text("bord"),)), numbered=True),
        Paragraph((Text("Og mer."),)),
    )


def test_a_sub_heading_stands_alone_and_has_no_style() -> None:
    assert parse("Før\n## Om *lys* i [løypa](https://eksempel.no)\nEtter") == (
        Paragraph((Text("Før"),)),
        SubHeading("Om lys i løypa"),
        Paragraph((Text("Etter"),)),
    )


@pytest.mark.parametrize("text", ["#", "##", "##Tett", "# En", "### Tre", "-tett", "1.tett", "1234. år", "-", "1."])
def test_what_only_looks_like_a_list_or_a_heading_is_text(text: str) -> None:
    assert parse(text) == paragraph(text)


def test_a_backslash_takes_away_the_meaning_of_a_sign_and_stands_before_anything_else() -> None:
    assert parse(r"5 \* 3 \* 2 \[a](b) \\ \a") == paragraph(r"5 * 3 * 2 [a](b) \ \a")
    assert parse(r"\## Ikke overskrift") == paragraph("## Ikke overskrift")
    assert parse(r"\- ikke punkt") == paragraph("- ikke punkt")
    assert parse(r"1\. mai") == paragraph("1. mai")


@pytest.mark.parametrize(
    "href", ["https://eksempel.no/a?b=c#d", "http://eksempel.no", "HTTPS://EKSEMPEL.NO", "mailto:post@eksempel.no"]
)
def test_a_safe_link_is_a_link(href: str) -> None:
    assert parse(f"Les [mer *her](\n)[mer her]({href}).") == (
        Paragraph((Text("Les [mer *her]( )"), Link("mer her", href), Text("."))),
    )


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert`1`",
        "JavaScript:alert`1`",
        "data:text/html,x",
        "vbscript:x",
        "//eksempel.no",
        "/admin/",
        "eksempel.no",
        "https:eksempel.no",
        "https://",
        "mailto:",
        "ftp://eksempel.no",
        "https://eksempel.no/\"onclick='x'",
        "https://eksempel.no/<script>",
        "https://eksempel.no\\@annet.no",
        "xhttps://eksempel.no",
        "https://eksempel.no/a(b)",
        "https://eksempel.no/a b",
    ],
)
def test_an_unsafe_link_stays_text_and_loses_nothing(href: str) -> None:
    assert parse(f"[her]({href})") == paragraph(f"[her]({href})")


def test_signs_within_a_style_or_a_link_can_be_taken_away_too() -> None:
    source = r"*a\*b* [c\]d](https://eksempel.no) [e\*f](/g)"
    blocks = (
        Paragraph(
            (
                Text("a*b", italic=True),
                Text(" "),
                Link("c]d", "https://eksempel.no"),
                Text(" [e*f](/g)"),
            )
        ),
    )
    assert parse(source) == blocks
    assert parse(dumps(blocks)) == blocks


def test_there_is_no_raw_html() -> None:
    assert parse("<script>alert(1)</script> &amp;") == paragraph("<script>alert(1)</script> &amp;")


def test_plain_is_the_characters_without_their_style() -> None:
    (block,) = parse("Les *mer* [her](https://eksempel.no).")
    assert isinstance(block, Paragraph)
    assert plain(block.inlines) == "Les mer her."


def test_each_block_has_one_way_to_be_written() -> None:
    blocks = parse("##  Om\n-  a\n-  **b**\n7.  c\n8. d\n- slutt [her](https://eksempel.no)")
    assert [dump_block(block) for block in blocks] == [
        "## Om",
        "- a\n- **b**",
        "1. c\n2. d",
        "- slutt [her](https://eksempel.no)",
    ]
    assert dumps(blocks) == "## Om\n\n- a\n- **b**\n\n1. c\n2. d\n\n- slutt [her](https://eksempel.no)"


def test_signs_that_are_text_are_written_so_that_they_stay_text() -> None:
    blocks = (SubHeading("*a* [b](https://eksempel.no)"), Items(((Text("*a*", bold=True), Text(r" - \*")),)))
    assert dumps(blocks) == "## \\*a\\* \\[b\\](https://eksempel.no)\n\n- **\\*a\\*** - \\\\\\*"
    assert parse(dumps(blocks)) == blocks


@calmly
@given(SOURCES)
def test_what_is_written_is_read_again_as_the_same(source: str) -> None:
    assert parse(dumps(parse(source))) == parse(source)


@calmly
@given(SOURCES)
def test_plain_text_is_shown_literally(source: str) -> None:
    text = " ".join(source.split())
    assert parse(from_plain(text)) == (paragraph(text) if text else ())


@calmly
@given(st.text(alphabet="abcæøå .,()!?<>&_`~|", max_size=60))
def test_text_without_the_signs_of_the_markup_is_kept_as_it_is(source: str) -> None:
    text = " ".join(source.split())
    assert parse(text) == (paragraph(text) if text else ())
