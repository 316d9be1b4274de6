"""The report in a ministry's template: its styles, paper, header and footer around what we write.

The report is written with our styles' ids, as always. Then each reference is turned into the template's style for it;
a style that the template lacks is ours, added to its own. The template is bare: inputs.report_template has taken out
its text and whatever tells of people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.oxml.ns import qn
from docx.parts.numbering import NumberingPart
from docx.shared import Twips

from inputs.report.docx.contents import INSTRUCTION
from inputs.report.docx.look import PAGE, SIDE, TEXT_WIDTH
from inputs.report.docx.manuscript import Manuscript
from inputs.report.docx.numbering import BULLETS, CHAPTERS, NONE, item_of
from inputs.report.docx.package import set_up
from inputs.report.docx.pages import marks_of, page_number
from inputs.report.docx.styles import styles
from inputs.report.docx.xml import Element, paragraph, run, w
from inputs.report.model import Report

_CHAIN = 20  # styles that are based on each other; a template may go in circles
_TABS = 510  # twips: where titles begin behind their numbers, a step for each level of the contents
# The first of each begins a page, whatever the template's style says.
_BEGIN_A_PAGE = ({"TOCHeading"}, {"Heading1", "Heading1Plain"})


@dataclass(frozen=True)
class Template:
    """A bare template, and which of its styles stands for which of ours: our id -> its id."""

    content: bytes
    styles: Mapping[str, str]


class Dress:
    """A template that is being filled: write into `manuscript`, then `put_on`."""

    def __init__(self, template: Template, report: Report) -> None:
        self.document = Document(BytesIO(template.content))
        self._report = report
        self._settle_paper()
        set_up(self.document, report, *self.document.settings.element.findall(qn("w:evenAndOddHeaders")))
        self.document.core_properties.last_modified_by = ""
        _number_part(self.document)
        self.manuscript = Manuscript(self.document, width=self._width(), own_look=False)
        self._theirs = {style.get(qn("w:styleId")): style for style in self._sheet.iterchildren(qn("w:style"))}
        self._ours = {
            style.get(qn("w:styleId")): style
            for style in styles(report.language_tag, self.manuscript.width)
            if style.tag == qn("w:style")
        }
        self._ids = {own: found for own in self._ours if (found := self._found(own, template.styles))}
        self._added = self._add_ours()
        _speak(self._sheet, report.language_tag)
        self._mark_pages()

    @property
    def _sheet(self) -> Element:
        sheet: Element = self.document.styles.element
        return sheet

    def put_on(self) -> None:
        """Turn our ids into the template's, with what its styles leave open said at the paragraph."""
        body = self.document.element.body
        begins = [set(group) for group in _BEGIN_A_PAGE]
        for style in [*body.iter(qn("w:pStyle"))]:
            own, properties = style.get(qn("w:val")), style.getparent()
            if self._ids[own] not in self._added:
                self._say_what_is_open(own, style, properties)
            if begins and own in begins[0]:
                begins.pop(0)
                if self._inherited(own, "pageBreakBefore") is None:
                    style.addnext(w("pageBreakBefore"))
        for style in body.iter(*map(qn, ("w:pStyle", "w:rStyle", "w:tblStyle"))):
            style.set(qn("w:val"), self._ids[style.get(qn("w:val"))])
        for instruction in body.iter(qn("w:instrText")):
            if instruction.text == INSTRUCTION:
                instruction.text = self._contents()
        self._tie_lists()

    # --- the paper ---

    def _settle_paper(self) -> None:
        section = self.document.sections[0]
        if not (section.page_width and section.page_height):
            section.page_width, section.page_height = map(Twips, PAGE)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            if getattr(section, side) is None:
                setattr(section, side, Twips(SIDE))

    def _width(self) -> int:
        """Of the text, in twips; a template whose margins leave nothing gets ours."""
        section = self.document.sections[0]
        sides = (section.left_margin, section.right_margin, section.gutter)
        width = (section.page_width or 0) - sum(side or 0 for side in sides)
        return width // Twips(1) if width > 0 else TEXT_WIDTH

    def _mark_pages(self) -> None:
        """A draft and an internal edition say so below the template's own header; without a footer, pages count."""
        section = self.document.sections[0]
        mark, even = marks_of(self._report), self.document.settings.odd_and_even_pages_header_footer
        first = section.different_first_page_header_footer
        headers = [section.header, *[section.first_page_header] * first, *[section.even_page_header] * even]
        for header in headers if mark else ():
            shown = run(mark, w("rStyle", val=self._ids["Mark"]))
            one = paragraph(self._ids["Header"], shown, properties=(w("jc", val="right"),))
            if header.is_linked_to_previous:
                header.is_linked_to_previous = False
                header._element[:] = []
            header._element.append(one)
        footers = [section.footer, *[section.first_page_footer] * first, *[section.even_page_footer] * even]
        if all(footer.is_linked_to_previous for footer in footers):
            for footer in footers:
                number = page_number(self._report)
                footer.is_linked_to_previous = False
                footer._element[:] = [paragraph(self._ids["Footer"], *number, properties=(w("jc", val="right"),))]

    # --- the styles ---

    def _found(self, own: str, chosen: Mapping[str, str]) -> str:
        """The template's style for ours: the chosen one; one of the same name where nobody chooses; else none."""
        ours = self._ours[own]
        kind = ours.get(qn("w:type"))
        if own in chosen:
            one = self._theirs.get(chosen[own])
            return chosen[own] if one is not None and one.get(qn("w:type"), "paragraph") == kind else ""
        alike = (
            key
            for key, style in self._theirs.items()
            if style.get(qn("w:type"), "paragraph") == kind and _name(style) == _name(ours)
        )
        return next(alike, "") or (self._default(kind) if ours.get(qn("w:default")) else "")

    def _default(self, kind: str) -> str:
        of_kind = (key for key, one in self._theirs.items() if one.get(qn("w:type"), "paragraph") == kind)
        return next((key for key in of_kind if self._theirs[key].get(qn("w:default")) in {"1", "true"}), "")

    def _add_ours(self) -> set[str]:
        """Add the styles that the template lacks, under ids and names that it has not. Returns their ids."""
        names = {_name(style) for style in self._theirs.values()}
        missing = [own for own in self._ours if own not in self._ids]
        base = self._default("paragraph")
        for own in missing:
            self._ids[own] = own if own not in self._theirs else f"Rnik{own}"
        offset = self.manuscript.lists.offset
        for own in missing:
            style = self._ours[own]
            style.set(qn("w:styleId"), self._ids[own])
            if _name(style) in names:
                style.name_val = f"{style.name_val} (RNIK)"
            kind = style.get(qn("w:type"))
            if style.get(qn("w:default")) and self._default(kind):
                del style.attrib[qn("w:default")]
            for link in style.iterchildren(qn("w:basedOn"), qn("w:next")):
                wanted, is_base = link.get(qn("w:val")), link.tag == qn("w:basedOn")
                link.set(qn("w:val"), base if wanted == "Normal" and is_base and base else self._ids[wanted])
            for number in style.iter(qn("w:numId")):
                if number.get(qn("w:val")) != str(NONE):
                    number.set(qn("w:val"), str(int(number.get(qn("w:val"))) + offset))
            self._sheet.append(style)
            self._theirs[self._ids[own]] = style
        return {self._ids[own] for own in missing}

    def _inherited(self, own: str, tag: str) -> Element | None:
        """What the template's style for ours says of the paragraph, itself or through those that it is based on."""
        key: str | None = self._ids[own]
        for _step in range(_CHAIN):
            style = self._theirs.get(key or "")
            if style is None:
                return None
            for properties in style.iterchildren(qn("w:pPr")):
                found: Element | None = properties.find(qn(f"w:{tag}"))
                if found is not None:
                    return found
            based = style.find(qn("w:basedOn"))
            key = based.get(qn("w:val")) if based is not None else None
        return None

    # --- the paragraphs ---

    def _say_what_is_open(self, own: str, style: Element, properties: Element) -> None:
        counts = _counts(self._inherited(own, "numPr"))
        level = int(own[7]) - 1 if own.startswith("Heading") else -1
        if level >= 0 and self._inherited(own, "outlineLvl") is None:
            properties.append(w("outlineLvl", val=level))
        number = None
        if own in {"Heading1", "Heading2", "Heading3"} and not counts:
            number = item_of(self.manuscript.lists.offset + CHAPTERS, level)
        elif own.endswith("Plain") and counts:
            number = item_of(NONE)
        elif own == "ListBullet" and not counts:
            number = item_of(self.manuscript.lists.offset + BULLETS)
        if number is not None:
            style.addnext(number)
        if own == "Caption" and self._inherited(own, "keepNext") is None:
            style.addnext(w("keepNext"))  # what it tells of is below
        if own in {"TOC1", "TOC2", "TOC3"}:
            # The tab behind the number, and the one before the page: a template's own may be of another width.
            numbered = properties.find(qn("w:ind")) is None
            left = [w("tab", val="left", pos=_TABS * int(own[3]))] * numbered
            style.addnext(w("tabs", *left, w("tab", val="right", pos=self.manuscript.width)))

    def _contents(self) -> str:
        """The contents' instruction with the names that the headings have here."""
        names = [(self._named("Heading1Plain"), 1), *((self._named(f"Heading{n}"), n) for n in (1, 2, 3))]
        own = [f"{name};{level}" for name, level in names if name.lower() != f"heading {level}" and '"' not in name]
        pairs = ";".join(pair for pair in own if pair.count(";") == 1)
        return 'TOC \\o "1-3" \\h \\z' + f' \\t "{pairs}"' * bool(pairs)

    def _named(self, own: str) -> str:
        return self._theirs[self._ids[own]].name_val or ""

    def _tie_lists(self) -> None:
        """A list is tied to a style of ours when that was added; the template's styles have lists of their own."""
        for look in self.manuscript.lists.looks:
            for style in [*look.iter(qn("w:pStyle"))]:
                renamed = self._ids.get(style.get(qn("w:val")), "")
                if renamed in self._added:
                    style.set(qn("w:val"), renamed)
                else:
                    style.getparent().remove(style)


def _name(style: Element) -> str:
    return (style.name_val or "").lower()


def _counts(numbering: Element | None) -> bool:
    if numbering is None:
        return False
    number = numbering.find(qn("w:numId"))
    return number is not None and number.get(qn("w:val")) != str(NONE)


def _number_part(document: WordDocument) -> None:
    """A template without lists has no part for them."""
    if any(rel.reltype == RELATIONSHIP_TYPE.NUMBERING for rel in document.part.rels.values()):
        return
    part = NumberingPart(
        PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, w("numbering"), document.part.package
    )
    document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)


def _speak(sheet: Element, language: str) -> None:
    """The report's language, whatever the template's was: screen readers and spelling go by it."""
    for spoken in sheet.iter(qn("w:lang")):
        spoken.set(qn("w:val"), language)
    for properties in _default_properties(sheet):
        if properties.find(qn("w:lang")) is None:
            properties.append(w("lang", val=language))


def _default_properties(sheet: Element) -> Iterator[Element]:
    defaults = sheet.find(qn("w:docDefaults"))
    if defaults is None:
        defaults = w("docDefaults")
        sheet.insert(0, defaults)
    outer = defaults.find(qn("w:rPrDefault"))
    if outer is None:
        outer = w("rPrDefault")
        defaults.insert(0, outer)
    inner = outer.find(qn("w:rPr"))
    if inner is None:
        inner = w("rPr")
        outer.append(inner)
    yield inner
