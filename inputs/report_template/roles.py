"""Which of a template's styles stands for which of ours: guessed from their ids and names. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Style:
    """A style of the template. `kind` is Word's: paragraph, character, table, numbering."""

    id: str
    name: str
    kind: str
    is_default: bool = False


#: The id of our style -> the names of it in templates, the surest first. Word keeps the names of its own styles in
#: English, also where it shows them in Norwegian; what ministries call theirs is in either.
ROLES: dict[str, tuple[str, ...]] = {
    "Title": ("title", "tittel", "hovedtittel", "dokumenttittel", "rapporttittel"),
    "Subtitle": ("subtitle", "undertittel"),
    "Heading1": ("heading 1", "overskrift 1", "kapitteloverskrift"),
    "Heading2": ("heading 2", "overskrift 2"),
    "Heading3": ("heading 3", "overskrift 3"),
    "Heading1Plain": (
        "overskrift 1 uten nummer",
        "overskrift 1 utan nummer",
        "overskrift uten nummer",
        "overskrift utan nummer",
        "heading 1 without number",
        "heading without number",
        "unnumbered heading",
    ),
    "Normal": ("brødtekst", "body text"),  # else what the template writes in by itself
    "ListBullet": (
        "list bullet",
        "punktmerket liste",
        "punktmerkt liste",
        "punktliste",
        "kulepunkter",
        "kulepunkt",
        "bullet list",
        "bullets",
    ),
    "ListNumber": ("list number", "nummerert liste", "nummerliste", "numbered list"),
    "Caption": ("caption", "bildetekst", "bilettekst", "figurtekst"),
    "Note": ("merknad", "note", "kilde", "kjelde", "source"),
    "ReportTable": ("rapporttabell", "report table"),
    "TableHead": ("tabellhode", "tabellhovud", "table heading", "table head"),
    "TableText": ("tabelltekst", "table text"),
}
TABLES = frozenset({"ReportTable"})


def kind_of(role: str) -> str:
    return "table" if role in TABLES else "paragraph"


def guess(styles: Sequence[Style]) -> dict[str, str]:
    """Role -> the id of the template's style; a role for which there is none is left out.

    A name may have the ministry's own before it: «Dep Overskrift 1». No style is guessed for two roles.
    """
    found: dict[str, str] = {}
    for role, names in ROLES.items():
        ours = [style for style in styles if style.kind == kind_of(role) and style.id not in found.values()]
        one = _called(ours, names)
        if one is None and role == "Normal":
            one = next((style for style in ours if style.is_default), None)
        if one:
            found[role] = one.id
    return found


def _called(styles: Sequence[Style], names: Sequence[str]) -> Style | None:
    for name in names:
        for style in styles:
            if name.replace(" ", "") in {_plain(style.name), _plain(style.id)}:
                return style
    for name in names:
        for style in styles:
            if " ".join(style.name.lower().split()).endswith(f" {name}"):
                return style
    return None


def _plain(name: str) -> str:
    return re.sub(r"[\s_-]+", "", name.lower())
