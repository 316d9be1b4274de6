"""What came back from clearance: every change is recognised or listed, and none is invented."""

import io
import zipfile

import pytest
from django.utils.translation import override
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from conference.importers.problems import ImportFault
from conference.importers.reading import MEGABYTE
from inputs.clearance.comparing import Sent, compare
from inputs.clearance.marks import Part, mark_name, read_mark
from inputs.clearance.paragraphs import Paragraph
from inputs.clearance.reading import read_answer
from inputs.report.docx.clearance import Cover, render_clearance
from inputs.report.docx.xml import w
from rnik.lib.text import clean_text
from tests.inputs.clearance.sample import (
    CONTENT,
    HEADING,
    MARK,
    POINTS,
    QUESTION,
    SENT,
    TEXTS,
    Word,
    read,
    said,
    sent_file,
    short,
)
from tests.inputs.report.hostile import HOSTILE
from tests.inputs.report.sample import sample_report


def test_a_file_returned_untouched_proposes_nothing():
    assert read(CONTENT) == []
    assert read(Word().saved()) == []


def test_the_same_is_sent_as_the_same_bytes():
    assert sent_file()[0] == CONTENT


def test_what_is_sent_opens_cleanly(tmp_path):
    where = tmp_path / "klarering.docx"
    where.write_bytes(CONTENT)
    assert OpenXmlValidator().validate(where).errors == []


def test_every_paragraph_behind_the_cover_has_a_hidden_bookmark_and_nothing_else_of_ours():
    names = [b.get(qn("w:name")) for b in Word().body.iter(qn("w:bookmarkStart"))]
    assert names == [mark_name(MARK, one.number) for one in SENT if one.part != Part.COVER]
    assert all(name.startswith("_") and len(name) <= 40 for name in names)
    assert read_mark(mark_name(MARK, 999_999)) == (MARK, 999_999)


def test_thirty_changes_tracked_and_plain_are_recognised_or_listed():
    """Fifteen with tracking in one file, fifteen without in another; `test_roundtrip.py` has LibreOffice's."""
    assert short(_tracked()) == [
        ("remark", QUESTION - 1000, SENT[QUESTION - 1].text),
        ("wording", HEADING - 1000, "Kurs og møter"),
        ("wording", 0, "Gi mange plass på kurs om kvelden."),
        ("wording", 1, "Kveldskurs må ha barnepass."),
        ("removal", 2, ""),
        ("removal", 3, ""),
        ("moved", 4, TEXTS[4]),
        ("split", 5, "Praksisplasser må\nfølges opp av en fagperson."),
        ("added", None, "Et nytt punkt fra departementet."),
        ("joined", 7, TEXTS[7] + TEXTS[8]),
        ("joined", 8, TEXTS[7] + TEXTS[8]),
        ("remark", 9, TEXTS[9]),
        ("wording", 10, "Frivillige trenger noen å snakke med når det blir vanskelig."),
        ("wording", 11, "Skolen kan <script>alert(1)</script> & invitere foreldre til en felles frokost."),
        ("wording", 13, "Søknadsskjema må kunne fylles ut på mobil 😀 שלום."),
    ]
    assert short(_plain()) == [
        ("wording", HEADING - 1000, "Kurs for voksne"),
        ("wording", 0, "Helt andre ord enn før."),
        ("wording", 1, "Kveldskurs må ha barnepass."),
        ("wording", 2, "Biblioteket bør holde åpent mye lenger på lørdager."),
        ("missing", 3, ""),
        ("emptied", 4, ""),
        ("split", 5, "Praksisplasser må\nfølges opp av en fagperson."),
        ("joined", 6, f"{TEXTS[6]} {TEXTS[7]}"),
        ("joined", 7, f"{TEXTS[6]} {TEXTS[7]}"),
        ("moved", 8, TEXTS[8]),
        ("added", None, "Et nytt punkt fra departementet."),
        ("added", None, TEXTS[10]),
        ("wording", 11, "Skolen kan invitere\nforeldre til en felles frokost."),
        ("wording", 12, "Alt er *nytt* & <i>annerledes</i> 👩‍👩‍👧 مرحبا"),
        ("moved", 13, "Søknadsskjema må kunne fylles ut på nettbrett."),
    ]


def _tracked() -> bytes:
    word = Word()
    word.comment(word.line(QUESTION), "Var det dette de ble spurt om?")
    word.replace(word.line(HEADING), "Kurs", "Kurs og møter")
    word.replace(word.point(0), "flere", "mange")
    word.replace(word.point(1), " i samme bygg", "")
    word.strike(word.point(2), mark_too=True)
    word.strike(word.point(3), mark_too=False)
    word.move(word.point(4), before=word.point(1))
    _split_as_word(word, 5, "Praksisplasser må ")
    word.track_mark(word.point(5), "ins")
    new = word.new_after(word.point(6), "")
    new.clear_content()
    new.append(w("ins", w("r", said("Et nytt punkt fra departementet.")), **word.attributes()))
    word.track_mark(word.point(7), "del")
    word.comment(word.point(9), "Stemmer dette?")
    word.comment(word.point(10), "Vi foreslår mildere ord.")
    _replace_in_runs(word, 10, "ringe", "snakke med")
    word.replace(word.point(11), "invitere", "<script>alert(1)</script> & invitere")
    word.replace(word.point(13), "mobil", "mobil 😀 שלום")
    return word.saved()


def _plain() -> bytes:
    word = Word()
    word.write(word.line(HEADING), "Kurs for voksne")
    word.write(word.point(0), "Helt andre ord enn før.")
    word.write(word.point(1), "Kveldskurs må ha barnepass.")
    lost = word.point(2)
    word.write(lost, "Biblioteket bør holde åpent mye lenger på lørdager.")
    word.forget(lost)
    gone = word.point(3)
    gone.getparent().remove(gone)
    word.write(word.point(4), "")
    _split_as_word(word, 5, "Praksisplasser må ")
    first, second = word.point(6), word.point(7)
    first.append(w("r", said(" ")))
    for child in [child for child in second if child.tag != qn("w:pPr")]:
        first.append(child)
    second.getparent().remove(second)
    word.new_after(word.point(9), "Et nytt punkt fra departementet.")
    word.point(1).addprevious(word.point(8))
    copy = word.new_after(word.point(10), TEXTS[10])
    copy.insert(1, w("bookmarkStart", id=990, name=mark_name(MARK, POINTS[10]) + "_Copy_1"))
    copy.append(w("bookmarkEnd", id=990))
    word.write(word.point(11), "Skolen kan invitere")
    run = next(word.point(11).iter(qn("w:r")))
    run.extend([w("br"), said("foreldre til en felles frokost.")])
    word.write(word.point(12), "Alt er *nytt* & <i>annerledes</i> 👩‍👩‍👧 مرحبا")
    last = word.point(13)
    word.write(last, "Søknadsskjema må kunne fylles ut på nettbrett.")
    word.forget(last)
    word.point(11).addprevious(last)
    return word.saved()


def _split_as_word(word: Word, index: int, first: str) -> None:
    """Enter in the middle: the bookmark begins in the first half and ends in the second."""
    paragraph = word.point(index)
    text = TEXTS[index]
    word.write(paragraph, first)
    second = word.new_after(paragraph, text[len(first) :])
    second.append(next(paragraph.iter(qn("w:bookmarkEnd"))))


def _replace_in_runs(word: Word, index: int, old: str, new: str) -> None:
    """Like `replace`, in a paragraph that a comment has put its marks in."""
    paragraph = word.point(index)
    run = next(run for run in paragraph.iter(qn("w:r")) if old in "".join(t.text for t in run.iter(qn("w:t"))))
    text = next(run.iter(qn("w:t")))
    before, after = text.text.split(old, 1)
    text.text = before
    rest = w("r", said(after))
    run.addnext(rest)
    rest.addprevious(w("del", w("r", said(old, "delText")), **word.attributes()))
    rest.addprevious(w("ins", w("r", said(new)), **word.attributes()))


def test_who_changed_it_and_what_they_commented_stands_with_it():
    found = {one.number: one for one in read(_tracked())}
    assert found[POINTS[0]].authors == ("Kari Saksbehandler",)
    assert found[POINTS[9]].remarks == ("Kari Saksbehandler: Stemmer dette?",)
    assert found[POINTS[10]].remarks == ("Kari Saksbehandler: Vi foreslår mildere ord.",)


def test_what_is_found_by_its_words_alone_is_uncertain():
    found = {one.number: one for one in read(_plain())}
    assert not found[POINTS[2]].is_certain
    assert found[POINTS[1]].is_certain


def test_a_comment_on_the_first_page_is_listed():
    word = Word()
    cover = next(p for p in word.body.iter(qn("w:p")) if "Innspillene tilhører" in "".join(p.itertext()))
    word.comment(cover, "Vi har ingen merknader.")
    [finding] = read(word.saved())
    assert (str(finding.proposed), finding.remarks) == ("remark", ("Kari Saksbehandler: Vi har ingen merknader.",))


def test_an_added_paragraph_says_after_what_it_stands():
    word = Word()
    word.new_after(word.point(3), "Nytt.")
    [finding] = read(word.saved())
    assert (finding.number, finding.after, finding.text) == (None, POINTS[3], "Nytt.")


def test_without_bookmarks_everything_is_still_found_by_its_words():
    word = Word()
    for number in [one.number for one in SENT if one.part != Part.COVER]:
        word.forget(word.line(number))
    assert read(word.saved()) == []


# --- files that are refused ---


def refusal(content: bytes) -> str:
    with override("en"), pytest.raises(ImportFault) as refused:
        read_answer(content, "svar.docx", sent=SENT, mark=MARK)
    return refused.value.problems[0].message


def test_the_answer_to_something_else_is_refused():
    report = sample_report("Et ganske annet punkt.")
    other, _lines = render_clearance(report, Cover("Til klarering", (), ""), sessions={1}, mark="f" * 16)
    assert "another clearance" in refusal(other)


def test_a_file_without_our_paragraphs_is_refused():
    word = Word()
    for paragraph in list(word.body.iter(qn("w:p"))):
        paragraph.getparent().remove(paragraph)
    assert "nothing of what was sent" in refusal(word.saved())


def repacked(**parts: bytes) -> bytes:
    """The sent file with other contents in some of its parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(CONTENT)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.pop(name, None) or old.read(name))
        for name, content in parts.items():
            new.writestr(name, content)
    return stream.getvalue()


DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e "hei">]><x>&e;</x>'
LINKED = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/subDocument" '
    b'Target="https://example.org/x.docx" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"hei", "not a Word document"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "older or protected"),
        (b"PK\x03\x04" + b"x" * 100, "damaged"),
        (b"x" * (50 * MEGABYTE), "at most 20 MB"),
        (CONTENT[: len(CONTENT) // 2], "damaged"),
        (repacked(**{"word/document.xml": b"<w:document"}), "damaged"),
        (repacked(**{"word/vbaProject.bin": b"x"}), "macros"),
        (repacked(**{"word/more.xml": DTD}), "refers to other files"),
        (repacked(**{"word/_rels/document.xml.rels": LINKED}), "refers to other files"),
        (repacked(**{"word/media/x.bin": b"\0" * (120 * MEGABYTE)}), "too large"),
    ],
    ids=["empty", "text", "old", "zip", "50 MB", "cut", "xml", "macros", "dtd", "linked", "bomb"],
)
def test_a_bad_file_is_refused_and_says_why(content, said):
    assert said in refusal(content)


# --- whatever is sent and whatever comes back ---

A_COVER = Cover("Til klarering", (("Til", "Alle"),), "Les.")


@settings(max_examples=40)
@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from(HOSTILE)), min_size=1, max_size=6))
def test_any_text_that_is_sent_and_comes_back_untouched_proposes_nothing(texts):
    texts = [clean_text(text) or "tom" for text in texts]
    report = sample_report(*texts)
    content, lines = render_clearance(report, A_COVER, sessions={1, 2, 3}, mark=MARK)
    sent = [Sent(line.number, line.part, line.text) for line in lines]
    assert read_answer(content, "svar.docx", sent=sent, mark=MARK) == ()


@settings(max_examples=60)
@given(st.permutations(range(8)), st.sets(st.integers(0, 7)), st.sets(st.integers(0, 7)))
def test_every_paragraph_is_accounted_for_however_they_are_shuffled(order, without_bookmark, deleted):
    sent = [Sent(number, Part.POINT, f"Punkt {number} sier noe om {'abcdefgh'[number]}") for number in range(8)]
    came = [Paragraph(sent[n].text, () if n in without_bookmark else ((MARK, n),)) for n in order if n not in deleted]
    found = {one.number: str(one.proposed) for one in compare(sent, came, MARK)}
    assert None not in found
    assert {number for number, proposed in found.items() if proposed == "missing"} == deleted
    still = [n for n in order if n not in deleted]
    moved = {number for number, proposed in found.items() if proposed == "moved"}
    stayed = [n for n in still if n not in moved]
    assert stayed == sorted(stayed)
    assert set(found) == deleted | moved


def test_a_thousand_points_without_any_bookmark_are_read_in_little_time():
    """The texts are not compared each with each when that would take minutes; all of them are listed."""
    sent = [Sent(n, Part.POINT, f"{n} {'ord ' * 40}") for n in range(1000)]
    came = [Paragraph(f"ny {n} {'ord ' * 39}") for n in range(1000)]
    kinds = {str(one.proposed) for one in compare(sent, came, MARK)}
    assert kinds == {"missing", "added"}
