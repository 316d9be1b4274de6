"""Word files: the words of all paragraphs, whatever they stand in, and files that are refused and told why."""

import io
import zipfile

import pytest
from docx import Document

from conference.importers.docx_text import DOCUMENT, read
from conference.importers.problems import ImportFault

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
RELATIONS = "word/_rels/document.xml.rels"


def word_file(*paragraphs):
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def changed(data, part, change=None, **more):
    """The file with one part changed or added."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return held.getvalue()


def with_body(xml):
    body = f"<w:document {W} {MC}><w:body>{xml}</w:body></w:document>".encode()
    return changed(word_file(), DOCUMENT, lambda _old: body)


def with_relation(attributes):
    relation = f'<Relationship Id="r99" {attributes}/></Relationships>'.encode()
    return changed(word_file("En"), RELATIONS, lambda old: old.replace(b"</Relationships>", relation))


def refused(data):
    with pytest.raises(ImportFault) as refusal:
        read(data, "referat.docx")
    return str(refusal.value)


def test_paragraphs_come_in_order_with_a_blank_line_between():
    assert (
        read(word_file("Spørsmål 1", "", "Vi snakket\tom\nkurs.", "  "), "a") == "Spørsmål 1\n\nVi snakket\tom\nkurs."
    )


def test_words_in_tables_links_content_controls_and_tracked_changes_are_read_and_deleted_ones_are_not():
    text = read(
        with_body(
            "<w:p><w:r><w:t>Før </w:t></w:r><w:ins><w:r><w:t>satt inn </w:t></w:r></w:ins>"
            "<w:del><w:r><w:delText>strøket</w:delText><w:t>strøket</w:t></w:r></w:del>"
            "<w:hyperlink><w:r><w:t>lenke</w:t></w:r></w:hyperlink></w:p>"
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>I en rute</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
            "<w:sdt><w:sdtContent><w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>"
            "<w:r><w:t>I et felt</w:t></w:r></w:p></w:sdtContent></w:sdt>"
            "<mc:AlternateContent><mc:Choice><w:p><w:r><w:t>Boks</w:t></w:r></w:p></mc:Choice>"
            "<mc:Fallback><w:p><w:r><w:t>Boks</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent>"
        ),
        "a",
    )
    assert text == "Før satt inn lenke\n\nI en rute\n\nI et felt\n\nBoks"


def test_a_link_to_a_web_page_and_a_template_on_a_disk_do_no_harm():
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    assert (
        read(with_relation(f'Type="{kind}hyperlink" Target="https://example.org" TargetMode="External"'), "a") == "En"
    )


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "empty"),
        (b"Bare tekst", "not a Word document"),
        (b"\xd0\xcf\x11\xe0" + b"x" * 100, "older or protected"),
        (word_file("En")[:500], "damaged"),
        (changed(word_file("En"), DOCUMENT, lambda old: old[:-20]), "damaged"),
        (changed(word_file("En"), "word/vbaProject.bin", lambda _old: b"x"), "macros"),
        (changed(word_file("En"), "word/media/a.bin", lambda _old: b"0" * 50_000_000), "too large"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(data, part):
    assert part in refused(data)


def test_a_workbook_is_no_word_file():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
    assert "not a Word document" in refused(held.getvalue())


def test_a_password_is_told():
    data = bytearray(word_file("En"))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    assert "password" in refused(bytes(data))


@pytest.mark.parametrize(
    "change",
    [
        lambda old: old.replace(b"<w:document", b'<!DOCTYPE w [<!ENTITY a "b">]><w:document', 1),
        lambda old: old.replace(b"<w:document", b'<!DOCTYPE w SYSTEM "file:///etc/passwd"><w:document', 1),
    ],
)
def test_entities_and_documents_elsewhere_are_refused(change):
    assert "refers to other files" in refused(changed(word_file("En"), DOCUMENT, change))


@pytest.mark.parametrize("kind", ["image", "oleObject", "subDocument"])
def test_text_or_pictures_that_stand_in_another_file_are_refused(kind):
    where = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    assert "refers to other files" in refused(
        with_relation(f'Type="{where}" Target="http://example.org/x" TargetMode="External"')
    )


def test_a_piece_of_another_format_within_is_refused():
    assert "refers to other files" in refused(with_body("<w:altChunk/>"))
