"""A small file that was sent for clearance, and Word's XML in few words to change it with."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from lxml import etree

from inputs.clearance.comparing import Finding, Sent
from inputs.clearance.marks import Part, mark_name
from inputs.clearance.reading import read_answer
from inputs.report.docx.clearance import Cover, render_clearance
from inputs.report.docx.xml import w
from tests.inputs.report.sample import sample_report

MARK = "0123456789abcdef"
TEXTS = (
    "Gi flere plass på kurs om kvelden.",
    "Kveldskurs må ha barnepass i samme bygg.",
    "Biblioteket bør holde åpent lenger på lørdager.",
    "Kommunen trenger en fast kontakt for foreninger.",
    "Sommerjobb gir språk og nettverk på en gang.",
    "Praksisplasser må følges opp av en fagperson.",
    "Informasjon bør finnes på flere språk enn i dag.",
    "Flere møteplasser der ungdom selv bestemmer innholdet.",
    "Idrettslag kan låne ut utstyr uten å spørre om inntekt.",
    "Tolk må bestilles før samtalen og ikke etterpå.",
    "Frivillige trenger noen å ringe når det blir vanskelig.",
    "Skolen kan invitere foreldre til en felles frokost.",
    "Linje en\nlinje to\tmed tabulator, 😀, שלום, <b>fet</b> & *stjerner*.",
    "Søknadsskjema må kunne fylles ut på mobil.",
)
COVER = Cover(
    "Til klarering",
    (("Til", "Eksempeldepartementet"), ("Sendt", "25. november 2026"), ("Frist", "2. desember 2026")),
    "Innspillene tilhører deltakerne.\n\nEndre bare språk og feil om rettslige forhold.",
)


def sent_file() -> tuple[bytes, list[Sent]]:
    """The file as it goes out, and what is remembered of it."""
    report = replace(sample_report(*TEXTS), draft=False)
    content, lines = render_clearance(report, COVER, sessions={one.number for one in report.sessions}, mark=MARK)
    return content, [Sent(line.number, line.part, line.text) for line in lines]


CONTENT, SENT = sent_file()
POINTS = [one.number for one in SENT if one.part == Part.POINT]
HEADING = next(one.number for one in SENT if one.part == Part.HEADING)
QUESTION = next(one.number for one in SENT if one.part == Part.QUESTION)


def read(content: bytes) -> list[Finding]:
    return list(read_answer(content, "svar.docx", sent=SENT, mark=MARK))


def short(content: bytes) -> list[tuple[str, int | None, str]]:
    """What was found, in few words; points are counted from 0, others from the sent number minus a thousand."""
    place = {number: index for index, number in enumerate(POINTS)}
    return [
        (
            str(one.proposed),
            None if one.number is None else place.get(one.number, one.number - 1000),
            one.text,
        )
        for one in read(content)
    ]


class Word:
    """The file opened to be changed as Word would change it."""

    def __init__(self, content: bytes = CONTENT) -> None:
        self.document = Document(BytesIO(content))
        self.body: Any = self.document.element.body
        self._id = 900

    def number(self, index: int) -> int:
        return POINTS[index]

    def bookmark(self, number: int) -> Any:
        name = mark_name(MARK, number)
        return next(b for b in self.body.iter(qn("w:bookmarkStart")) if b.get(qn("w:name")) == name)

    def line(self, number: int) -> Any:
        """The paragraph with the bookmark of that number."""
        return self.bookmark(number).getparent()

    def point(self, index: int) -> Any:
        return self.line(POINTS[index])

    def saved(self) -> bytes:
        stream = BytesIO()
        self.document.save(stream)
        return stream.getvalue()

    def attributes(self, author: str = "Kari Saksbehandler") -> dict[str, str | int]:
        self._id += 1
        return {"id": self._id, "author": author, "date": "2026-11-26T10:00:00Z"}

    # --- without tracking ---

    def write(self, paragraph: Any, text: str) -> None:
        """Other words within the bookmark."""
        runs = list(paragraph.iter(qn("w:r")))
        for run in runs[1:]:
            run.getparent().remove(run)
        for child in list(runs[0]):
            runs[0].remove(child)
        runs[0].append(said(text))

    def forget(self, paragraph: Any) -> None:
        """The bookmark is gone, the words stay."""
        for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
            for element in list(paragraph.iter(qn(tag))):
                element.getparent().remove(element)

    def new_after(self, paragraph: Any, text: str) -> Any:
        made = w("p", deepcopy(paragraph.pPr), w("r", said(text)))
        paragraph.addnext(made)
        return made

    # --- with tracking ---

    def replace(self, paragraph: Any, old: str, new: str) -> None:
        """`old` is struck out and `new` put in, as when one types over a selection."""
        before, after = words(paragraph).split(old, 1)
        [run] = list(paragraph.iter(qn("w:r")))
        parts = [
            w("r", said(before)),
            w("del", w("r", said(old, "delText")), **self.attributes()),
            *([w("ins", w("r", said(new)), **self.attributes())] if new else []),
            w("r", said(after)),
        ]
        for part in parts:
            run.addprevious(part)
        run.getparent().remove(run)

    def strike(self, paragraph: Any, *, mark_too: bool) -> None:
        """Everything is struck out; with the paragraph's mark when the whole line was selected."""
        for run in list(paragraph.iter(qn("w:r"))):
            for text in run.iter(qn("w:t")):
                text.tag = qn("w:delText")
            around = w("del", **self.attributes())
            run.addprevious(around)
            around.append(run)
        if mark_too:
            self.track_mark(paragraph, "del")

    def track_mark(self, paragraph: Any, tag: str) -> None:
        paragraph.pPr.append(w("rPr", w(tag, **self.attributes())))

    def move(self, paragraph: Any, before: Any) -> None:
        """Moved with tracking: the words stand in both places, and so does the bookmark."""
        copy = deepcopy(paragraph)
        for one, tag in ((paragraph, "moveFrom"), (copy, "moveTo")):
            around = w(tag, **self.attributes())
            inner = [child for child in one if child.tag != qn("w:pPr")]
            one.append(around)
            around.extend(inner)
            self.track_mark(one, tag)
        before.addprevious(copy)

    def comment(self, paragraph: Any, text: str, author: str = "Kari Saksbehandler") -> None:
        from docx.text.paragraph import Paragraph

        self.document.add_comment(Paragraph(paragraph, self.document._body).runs, text=text, author=author)


def said(text: str, tag: str = "t") -> Any:
    made = w(tag)
    made.set(qn("xml:space"), "preserve")
    made.text = text
    return made


def words(paragraph: Any) -> str:
    return "".join(_words(paragraph))


def _words(paragraph: Any) -> Iterator[str]:
    for element in paragraph.iter(qn("w:t")):
        yield element.text or ""


def xml(document: Word) -> str:
    return etree.tostring(document.body, encoding="unicode")
