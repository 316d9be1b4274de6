from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from inputs.report import chart
from inputs.report.model import Bar, Figure
from tests.inputs.report.hostile import HOSTILE

SVG = "{http://www.w3.org/2000/svg}"
FIGURE = Figure(
    "Figur 1.1",
    "Fikk du sagt det?",
    (Bar("Ja", 30, 75), Bar("Nei", 10, 25), Bar("Vet ikke", 0, 0)),
    ("Svar", "Antall", "Prosent"),
    "Liggende søylediagram. Ja: 75 prosent; Nei: 25 prosent; Vet ikke: 0 prosent.",
    (),
)


def drawn(figure: Figure = FIGURE) -> ET.Element:
    return ET.fromstring(chart.svg(figure, unique="f1"))


def texts(svg: ET.Element) -> list[str | None]:
    return [text.text for text in svg.iter(f"{SVG}text")]


def test_every_bar_has_its_label_and_its_value_as_text() -> None:
    assert texts(drawn()) == ["Ja", "75\u00a0%", "Nei", "25\u00a0%", "Vet ikke", "0\u00a0%"]


def test_the_bars_are_as_long_as_their_share_of_the_track() -> None:
    shares = {
        name: [
            float(rect.attrib["width"][:-1]) for rect in drawn().iter(f"{SVG}rect") if name in rect.attrib["class"]
        ]
        for name in ("track", "bar")
    }

    assert shares == {"track": [86, 86, 86], "bar": [64.5, 21.5, 0]}


def test_a_share_above_a_hundred_stays_inside_the_track() -> None:
    svg = drawn(replace(FIGURE, bars=(Bar("Ja", 30, 250),)))

    assert [rect.attrib["width"] for rect in svg.iter(f"{SVG}rect")] == ["86.00%", "86.00%"]


def test_the_chart_is_a_picture_with_a_name_and_a_description() -> None:
    svg = drawn()
    named = [
        element.text for name in svg.attrib["aria-labelledby"].split() for element in svg if element.get("id") == name
    ]

    assert svg.attrib["role"] == "img"
    assert named == ["Figur 1.1 Fikk du sagt det?", FIGURE.alt]


def test_two_charts_on_a_page_share_no_id() -> None:
    one, other = (chart.svg(FIGURE, unique=unique) for unique in ("a", "b"))

    assert {'id="a-title"', 'id="a-desc"'} <= set(one.replace(">", " ").split())
    assert 'id="a-' not in other


def test_a_long_label_takes_three_lines_and_ends_in_dots() -> None:
    label = " ".join(["Et svar som er så langt at det ikke får plass"] * 4)

    lines = texts(drawn(replace(FIGURE, bars=(Bar(label, 1, 100),))))[:-1]

    assert len(lines) == 3
    assert all(line and len(line) <= chart.LABEL_CHARACTERS for line in lines)
    assert str(lines[-1]).endswith(" …")


def test_nothing_in_the_chart_is_drawn_below_its_edge() -> None:
    svg = drawn(replace(FIGURE, bars=(Bar("En litt lengre etikett enn det er plass til", 1, 50), *FIGURE.bars)))
    lowest = max(float(rect.attrib["y"]) + float(rect.attrib["height"]) for rect in svg.iter(f"{SVG}rect"))

    assert lowest == float(svg.attrib["height"])


def test_a_chart_without_bars_is_still_a_chart() -> None:
    assert drawn(replace(FIGURE, bars=())).attrib["height"] == "1"


def test_the_chart_has_no_style_attribute_and_its_text_follows_the_page() -> None:
    svg = drawn()

    assert not [element for element in svg.iter() if "style" in element.attrib]
    assert svg.attrib["fill"] == "currentColor"
    assert not [text for text in svg.iter(f"{SVG}text") if "fill" in text.attrib]


@pytest.mark.parametrize(
    "text", [text for text in HOSTILE if len(text) < chart.LABEL_CHARACTERS and "\n" not in text]
)
def test_a_label_is_shown_as_it_stands(text: str) -> None:
    svg = drawn(replace(FIGURE, title=text, bars=(Bar(text, 1, 100),), alt=text))

    assert texts(svg)[0] == text
    assert svg.findtext(f"{SVG}title") == f"Figur 1.1 {text}"
    assert svg.findtext(f"{SVG}desc") == text
