"""What the PDF survives: anything typed, any size, a child process that hangs; and that nothing typed is obeyed."""

import resource
import subprocess
import sys
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from inputs.report.model import Chapter, HeadingPoints, QuestionInputs, Report, Slot
from inputs.report.pdf import PdfError, Replaced, fonts, render
from tests.inputs.report.pdf_reading import faults, squeezed, tags, text_of
from tests.inputs.report.sample import QUESTION, point, sample_report

INJECTIONS = (
    '#import "@preview/x:1.0.0" #read("/etc/passwd") *x* $x^2$ <lab> // slutt /* også',
    "</w:p><script>alert(1)</script> &amp; @lab",
    "= Tittel",
    "- _x_ [klamme] #{panic()} ~ -- --- ... 'a' \"b\" ` \\",
)
# Letters that like to join with others, and what PDF/A or Typst refuses.
TRICKY = (
    "e1 \n\tаساሰ漢👩🇳❤♀\u0301\u064b\u135d\u20e3\u200d\ufe0e\ufe0f\U0001f3fd"
    "\u202e\u2066\ufeff\0\x0b\x85\ue000\uffff\U000e0067"
)


def report_with_headings(title: str) -> Report:
    """A report where `title` is a chapter, a question and a heading."""
    inputs = QuestionInputs(QUESTION, title, "q", (HeadingPoints(title, (point(1, "Noe."),), "h"),))
    return replace(sample_report(), chapters=(Chapter(Slot.SUMMARY, "", title, 1, (inputs,)),))


# --- what was typed -------------------------------------------------------------------------------------------


def test_what_looks_like_code_is_shown_as_it_stands() -> None:
    report = sample_report(*INJECTIONS, prose="\\[x\\] #import <lab>\n\n## #eval")
    titled = replace(report, facts=replace(report.facts, title="#panic() *x*"), subtitle="$x$ // #y")
    content = render(titled).content
    shown = squeezed(text_of(content))
    assert "#panic()*x*$x$//#y12.mars2026" in shown
    assert "[x]#import<lab>#eval" in shown
    assert "•" + "•".join(squeezed(text) for text in INJECTIONS) + "Annet" in shown
    assert faults(content, "ua1") == []


@pytest.mark.parametrize(
    "text", ["😀 👩‍💻 👩🏽 ❤️ 🇳🇴 1️⃣", "مرحبا بالعالم", "ሰላም ለዓለም", "Привет Šiella ≤ 5 – «ja» ✓", "ét\u00ad\u202f"]
)
def test_scripts_that_the_fonts_know_stand_as_typed(text: str) -> None:
    assert render(sample_report(text)).replaced == ()


def test_letters_without_a_font_become_boxes_and_are_told() -> None:
    made = render(replace(sample_report("Flere 漢字 på kurs, 漢 igjen."), subtitle="\ue000"))
    assert made.replaced == (
        Replaced("", "□", "\ue000"),
        Replaced("3.1.3 Innspill", "Flere □□ på kurs, □ igjen.", "漢字"),
    )
    shown = text_of(made.content)
    assert "• Flere □□ på kurs, □ igjen." in shown
    assert "Tegn som ikke kan vises, står som □" in shown


def test_a_mark_is_boxed_when_no_font_draws_it_on_its_letter() -> None:
    # The accent is in Noto Sans and the fan in Noto Emoji; after an Arabic mark Typst gives the pair up.
    made = render(sample_report("\u0659\U0001faad\u0347."))
    assert made.replaced == (Replaced("3.1.3 Innspill", "\u0659\U0001faad□.", "\u0347"),)


def test_a_sign_that_italics_lack_is_boxed() -> None:
    assert render(sample_report(prose="*\u10fb*")).replaced == (Replaced("Sammendrag", "□", "\u10fb"),)


def test_signs_without_a_shape_go_unseen() -> None:
    assert fonts.readable("a\ufeffb\0c\td≤") == ("abc d≤", "")


def test_an_endless_word_may_break() -> None:
    assert fonts.readable("x" * 90) == ("\u200b".join(["x" * 40, "x" * 40, "x" * 10]), "")


@given(st.lists(st.text(max_size=20) | st.text(st.sampled_from(TRICKY), max_size=8), min_size=60, max_size=120))
@settings(max_examples=8, deadline=None, derandomize=True, phases=[Phase.generate])  # to shrink takes minutes
def test_no_character_stops_the_pdf(texts: list[str]) -> None:
    assert render(sample_report(*texts)).content.startswith(b"%PDF-1.7")


@pytest.mark.parametrize("title", ["", " ", "\n", "\ufeff", "\u200b", "\ue000"])
def test_a_title_without_letters_does_not_stop_the_pdf(title: str) -> None:
    report = report_with_headings(title)
    content = render(replace(report, facts=replace(report.facts, title=title))).content
    assert [role for role, _ in tags(content) if role[:2] == "/H"] == ["/H1", "/H1", "/H2", "/H3"]
    assert faults(content, "ua1") == []


def test_an_address_is_written_in_ascii_and_left_out_when_too_long() -> None:
    prose = f"[søk](https://example.org/æ?q=1%20x) [lang](https://example.org/{'x' * 3000})"
    with pikepdf.open(BytesIO(render(sample_report(prose=prose)).content)) as pdf:
        notes = [note for one in pdf.pages for note in one.get("/Annots", [])]
        assert [str(note.A.URI) for note in notes if "/A" in note] == ["https://example.org/%C3%A6?q=1%20x"]


# --- the same, in time, in bounds -----------------------------------------------------------------------------


def test_the_same_report_gives_the_same_bytes() -> None:
    report = sample_report("Ett.", "漢")
    assert render(report) == render(report)


def test_ten_thousand_points_take_less_than_half_a_minute() -> None:
    texts = [f"Punkt {n} om at flere må få plass på kurs der de bor, og ikke bare i byen." for n in range(10_000)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    content = render(sample_report(*texts), seconds=300).content
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    # The processor's time, for the clock's depends on who else is at work.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 30
    with pikepdf.open(BytesIO(content)) as pdf:
        assert len(pdf.pages) > 200


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[subprocess.Popen[bytes]] = []

    class Remembered(subprocess.Popen[bytes]):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            children.append(self)

    monkeypatch.setattr(subprocess, "Popen", Remembered)
    with pytest.raises(PdfError, match=r"^The PDF took longer than 0\.01 seconds\.$"):
        render(sample_report(), seconds=0.01)
    assert [child.returncode for child in children] == [-9]


def test_a_child_without_a_parent_ends_itself() -> None:
    code = (
        "import json, sys, time, inputs.report.pdf.__main__ as child;"
        "child.compiled = lambda job: time.sleep(30);"
        "child.main()"
    )
    job = b'{"memory": 3000000000, "seconds": -0.5}'
    done = subprocess.run([sys.executable, "-c", code], input=job, timeout=20, check=False)
    assert done.returncode == -14


def test_a_child_that_wants_too_much_memory_is_refused_it() -> None:
    with pytest.raises(PdfError, match=r"^The PDF needed more memory than 64 MiB\.$"):
        render(sample_report(), memory=64 * 1024**2)


def test_what_typst_refuses_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "readable", lambda text: (text, ""))
    with pytest.raises(PdfError) as refused:
        render(sample_report("漢"))
    assert str(refused.value) == (
        "The PDF failed (exit 1): PDF/A-2a, PDF/UA-1 error: "
        'the text `"漢"` could not be displayed with font `"Noto Sans"`'
    )


def test_a_missing_font_is_told_with_its_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RNIK_FONTS_DIR", str(tmp_path))
    with pytest.raises(PdfError) as missing:
        render(sample_report())
    assert str(missing.value) == (
        f"No font in {tmp_path}/noto-sans/400Regular: install the front-end packages, or set RNIK_FONTS_DIR."
    )


def test_the_child_starts_without_django() -> None:
    code = "import sys, inputs.report.pdf.__main__; print({'django', 'fontTools'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout == b"set()\n"
