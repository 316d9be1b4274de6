"""Icons: a short list of files, drawn for the eye only."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines

from rnik.lib.icons import FOLDER, ICONS, icon

ROOT = Path(__file__).resolve().parent.parent
USED = re.compile(r"""\{% icon ["'](\w+)["'] %\}""")


def test_an_icon_is_an_svg_in_the_colour_of_the_text_that_screen_readers_skip() -> None:
    svg = engines["django"].from_string('{% load icons %}{% icon "Download" %}').render()
    assert svg.startswith('<svg class="ds-icon" aria-hidden="true" focusable="false" ')
    assert (svg.count("<svg"), svg.count("currentColor"), svg.endswith("</svg>")) == (1, 1, True)
    assert "style=" not in svg


def test_a_name_that_is_not_on_the_list_is_refused_at_once() -> None:
    with pytest.raises(LookupError, match=r"'\.\./package' is not among the icons"):
        icon("../package")


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_icon_on_the_list_is_in_the_package(name: str) -> None:
    assert (settings.NODE_MODULES / FOLDER / f"{name}.svg").is_file()


def test_the_templates_use_the_icons_on_the_list_and_no_others() -> None:
    used = {name for page in (ROOT / "templates").rglob("*.html") for name in USED.findall(page.read_text("utf-8"))}
    assert used == ICONS


def test_the_list_of_files_can_be_printed_for_the_image() -> None:
    made = subprocess.run(
        [sys.executable, "-m", "rnik.lib.icons"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(made.stdout.split()) == {f"{name}.svg" for name in ICONS}
