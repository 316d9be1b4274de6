"""The two Norwegian catalogues: complete, sound, and saying what a report of 2024 said.

The texts of the source are gathered here in pure Python, with the extractors of Babel and Django, so that the promise
holds on a machine without gettext's tools. After a new text: `make messages`, then translate.
"""

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation import override
from django.utils.translation.template import templatize

from inputs.report.model import Slot, Survey, SurveyQuestion
from inputs.report.phrases import chapter_title, question_label, speeches_title
from inputs.report.survey import figures

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("rnik", "conference", "inputs", "templates")
LANGUAGES = ("nb", "nn")

# Which arguments of a function are texts; None is the first, "c" marks the context.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}

PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[a-zA-Z%]|\{\w*\}")

# A text as the catalogues key it: context, text, and the text of several (both empty where there is none).
Key = tuple[str, str, str]


def key(message: str | tuple[str, ...] | list[str], context: str | None) -> Key:
    one, *many = (message,) if isinstance(message, str) else message
    return (context or "", one, *many) if many else (context or "", one, "")


def texts_in(source: str) -> Iterator[Key]:
    """The texts for translation in a piece of Python."""
    for _line, message, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        yield key(message, context)


def as_python(template: str) -> str:
    """A template's texts as calls of gettext. The indentation goes: it is the page's, not Python's."""
    return "\n".join(line.lstrip() for line in templatize(template).splitlines())


@cache
def texts_of_the_source() -> set[Key]:
    found: set[Key] = set()
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*.py"):
            found.update(texts_in(path.read_text(encoding="utf-8")))
        for path in [*(ROOT / folder).rglob("*.html"), *(ROOT / folder).rglob("*.txt")]:
            found.update(texts_in(as_python(path.read_text(encoding="utf-8"))))
    return found


def po_file(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogue(language: str) -> Catalog:
    return read_po(io.BytesIO(po_file(language).read_bytes()), locale=language, abort_invalid=True)


def messages(language: str) -> list[Message]:
    """Every entry but the header."""
    return [message for message in catalogue(language) if message.id]


def forms(text: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text: str) -> list[str]:
    return sorted(PLACEHOLDER.findall(text))


def differing(language: str) -> list[str]:
    """Translations whose placeholders are not those of the text. Of two forms, the first may use either's."""
    return [
        translation
        for message in messages(language)
        for translation in forms(message.string)
        if placeholders(translation) not in [placeholders(text) for text in forms(message.id)]
    ]


@pytest.fixture(scope="module")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both catalogues as Django reads them, made from what stands in `locale/` now."""
    folder = tmp_path_factory.mktemp("locale")
    for language in LANGUAGES:
        path = folder / language / "LC_MESSAGES" / "django.mo"
        path.parent.mkdir(parents=True)
        with path.open("wb") as file:
            write_mo(file, catalogue(language))
    return folder


@pytest.fixture
def norwegian(compiled, settings):
    settings.LOCALE_PATHS = [compiled]


# --- gathering: that the tests below see anything -------------------------------------------------------------


def test_texts_are_found_in_python():
    source = """
from django.utils.translation import gettext_lazy as _, ngettext, npgettext, pgettext
a = _("one " "text") % {"n": 1}
b = ngettext("a note", "%d notes", 2), pgettext("a month", "May"), npgettext("paper", "sheet", "sheets", 2)
c = _(variable)
"""
    assert set(texts_in(source)) == {
        ("", "one text", ""),
        ("", "a note", "%d notes"),
        ("a month", "May", ""),
        ("paper", "sheet", "sheets"),
    }


def test_texts_are_found_in_templates():
    template = """
      <p title="{% translate "a title" %}">{{ _("a variable") }} isn't {# {% translate "a comment" %} #}</p>
  {% blocktranslate trimmed count number=notes %}
    {{ number }} note
  {% plural %}
    {{ number }} notes
  {% endblocktranslate %}
    {% translate "May" context "a month" %}
"""
    assert set(texts_in(as_python(template))) == {
        ("", "a title", ""),
        ("", "a variable", ""),
        ("", "%(number)s note", "%(number)s notes"),
        ("a month", "May", ""),
    }


# --- the catalogues -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_the_texts_of_the_source_and_no_others(language):
    assert {key(message.id, message.context) for message in messages(language)} == texts_of_the_source()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_translated_in_all_its_forms(language):
    assert [message.id for message in messages(language) if not all(forms(message.string))] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess(language):
    assert [message.id for message in messages(language) if message.fuzzy] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_entry_is_obsolete(language):
    assert list(catalogue(language).obsolete) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_of_its_text(language):
    assert differing(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_names_the_language_and_no_person(language):
    header = po_file(language).read_text(encoding="utf-8").split("\n\n")[0]
    assert {line for line in header.splitlines() if line.startswith('"') and "POT-Creation-Date" not in line} == {
        r'"Project-Id-Version: RNIK\n"',
        r'"Report-Msgid-Bugs-To: \n"',
        rf'"Language: {language}\n"',
        r'"MIME-Version: 1.0\n"',
        r'"Content-Type: text/plain; charset=UTF-8\n"',
        r'"Content-Transfer-Encoding: 8bit\n"',
        r'"Plural-Forms: nplurals=2; plural=(n != 1);\n"',
    }


# --- what the reports say -------------------------------------------------------------------------------------

BOKMAL = {
    Slot.SUMMARY: "Sammendrag",
    Slot.THANKS: "Takk fra statsråden",
    Slot.PROGRAMME: "Konferanseprogram",
    Slot.CONFERENCE: "Konferansen",
    Slot.PURPOSE: "Formål",
    Slot.BACKGROUND: "Bakgrunn",
    Slot.DIALOGUE: "Fokus på dialog",
    Slot.ANCHORING: "Forankring",
    Slot.VIDEO: "Videoopptak",
    Slot.EVALUATION: "Evaluering",
    Slot.DISCUSSIONS: "Faglige diskusjoner og innspill",
    Slot.STRUCTURE: "Oppbygning",
    Slot.TOPIC: "Tema",
    Slot.INTRODUCERS: "Innledere",
    Slot.QUESTIONS: "Spørsmål",
    Slot.INPUTS: "Innspill",
}
NYNORSK = BOKMAL | {
    Slot.SUMMARY: "Samandrag",
    Slot.THANKS: "Takk frå statsråden",
    Slot.PURPOSE: "Føremål",
    Slot.DISCUSSIONS: "Faglege diskusjonar og innspel",
    Slot.STRUCTURE: "Oppbygging",
    Slot.INTRODUCERS: "Innleiarar",
    Slot.INPUTS: "Innspel",
}


@pytest.mark.usefixtures("norwegian")
@pytest.mark.parametrize(("language", "titles"), [("nb", BOKMAL), ("nn", NYNORSK)])
def test_the_chapters_have_the_titles_of_the_ministrys_reports(language, titles):
    with override(language):
        assert {slot: chapter_title(slot) for slot in titles} == titles


@pytest.mark.usefixtures("norwegian")
@pytest.mark.parametrize(("language", "titles"), [("nb", ("Tale", "Taler")), ("nn", ("Tale", "Talar"))])
def test_one_speech_and_several_have_their_own_title(language, titles):
    with override(language):
        assert (speeches_title(1), speeches_title(2)) == titles


@pytest.mark.usefixtures("norwegian")
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_repeated_above_its_inputs(language):
    with override(language):
        assert question_label(2, "Hva skal til?") == "Spørsmål 2: Hva skal til?"


@pytest.mark.usefixtures("norwegian")
def test_the_survey_speaks_norwegian_with_its_numbers_in_place():
    answers = (("I stor grad", 15), ("I noen grad", 14), ("Verken eller", 2), ("I liten grad", 4), ("Ikke", 1))
    question = SurveyQuestion("choice", "organisation", "Fikk du sagt det?", answers)
    survey = Survey(91, (("organisation", 37), ("civil_service", 11)), (question,))
    with override("nb"):
        (figure,) = figures(survey)
    assert figure.notes == (
        "Grunnlag: organisasjoner og råd, n = 36.",
        "8 av 10 (29 av 36) svarte «I stor grad» eller «I noen grad».",
        "1 av 37 svarte ikke på dette spørsmålet.",
        "Prosentene summerer ikke til 100 på grunn av avrunding.",
        "48 av 91 svarte på undersøkelsen (53 %).",
    )
