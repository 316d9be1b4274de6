"""The page of the Word template: upload, styles, removal and put back, and the files that are built on it."""

import re
import zipfile
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from lxml import html

from conference.models import Event, Role
from inputs.actions import templates
from inputs.actions.faults import NotAvailable, Stale
from inputs.models import ReportTemplate, VersionKind
from inputs.report.export import Format, export
from inputs.report_template.roles import ROLES
from tests.factories import MembershipFactory, make_template
from tests.inputs.desk import logged_in, said
from tests.inputs.publishing import finished, frozen
from tests.inputs.report.ministries import built_in, own_names

pytestmark = pytest.mark.django_db

PAGE = reverse("report_template", args=["dialog"])


@pytest.fixture
def conference(editor):
    return finished("dialog", "Flere kurs på kveldstid.", "Barnepass ved kursene.", by=editor)


@pytest.fixture
def chief(conference):
    return logged_in(MembershipFactory(conference=conference, role=Role.CHIEF_EDITOR).user)


def upload(client, data, name="mal.docx", **more):
    return client.post(PAGE, {"file": SimpleUploadedFile(name, data)} | more, follow=True)


def standing():
    return ReportTemplate.objects.standing().get()


def address(act, template):
    return reverse(f"report_template_{act}", args=["dialog", template.key])


def styled(conference):
    """{words: style} of the report's Word file."""
    document = Document(BytesIO(export(conference, Format.DOCX).content))
    return {p.text: p.style.name for p in document.paragraphs}


def body(template, **chosen):
    """The form as the page has it: `-` stands for our own style."""
    return dict.fromkeys(ROLES, "-") | template.styles | {"version": template.version} | chosen


def verbs():
    return list(Event.objects.filter(target_type="reporttemplate").order_by("pk").values_list("verb", flat=True))


def changed(data, part, change):
    """The file with one of its parts changed; None takes it out."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        for name in names:
            content = change(old.read(name)) if name == part else old.read(name)
            if content is not None:
                new.writestr(name, content)
        if part not in names:
            new.writestr(part, change(b""))
    return stream.getvalue()


# --- in use ---


def test_a_template_is_taken_in_use_and_the_word_file_built_on_it(conference, chief):
    answer = upload(chief, own_names())
    assert said(answer) == ["Malen er tatt i bruk. 9 av våre 14 stiler ble funnet i den: se at de passer."]
    assert styled(conference)["Flere kurs på kveldstid."] == "EKS Punktmerket liste"
    assert (standing().name, verbs()) == ("mal.docx", ["use_template"])
    page = html.document_fromstring(answer.content.decode())
    assert page.xpath("//select[@name='Title']/option[@selected]/text()") == ["EKS Tittel"]
    assert page.xpath("//select[@name='Note']/option[1]/text()") == ["Vår egen"]


def test_styles_are_chosen_anew_and_what_is_left_is_ours(conference, chief):
    upload(chief, own_names())
    one = standing()
    chosen = body(one, ListBullet=one.styles["Normal"], Title="-")
    assert said(chief.post(address("styles", one), chosen, follow=True))[-1] == "Stilene er lagret."
    styles = styled(conference)
    assert styles["Flere kurs på kveldstid."] == "EKS Brødtekst"
    assert styles["Dialogmøtet"] == "Title"
    assert verbs()[-1] == "choose_template_styles"


def test_a_style_that_the_template_has_not_is_told_beside_its_field(chief, conference):
    upload(chief, own_names())
    one = standing()
    answer = chief.post(address("styles", one), body(one, Title="finnes-ikke"))
    assert (answer.status_code, list(answer.context["styles"].errors)) == (422, ["Title"])
    assert standing().styles == one.styles


def test_who_chose_from_an_older_page_is_told(chief, conference, editor):
    upload(chief, own_names())
    one = standing()
    templates.choose_styles(one, {"Title": ""}, version=1, by=editor)
    answer = chief.post(address("styles", one), body(one), follow=True)
    assert said(answer) == ["Noen andre har valgt andre stiler i mellomtiden. Dette er deres: velg en gang til."]
    assert standing().styles == {"Title": ""}
    with pytest.raises(Stale):
        templates.choose_styles(one, {}, version=1, by=editor)


def test_the_same_file_twice_is_one_template_with_its_styles_kept(chief, conference, editor):
    upload(chief, own_names())
    templates.choose_styles(standing(), {"Title": ""}, version=1, by=editor)
    upload(chief, own_names())
    assert (ReportTemplate.objects.count(), standing().styles) == (1, {"Title": ""})


# --- removed and put back ---


def test_a_removed_template_gives_our_own_look_and_can_be_put_back(chief, conference):
    upload(chief, own_names())
    one = standing()
    assert "Malen er fjernet" in said(chief.post(address("remove", one), follow=True))[0]
    assert styled(conference)["Flere kurs på kveldstid."] == "List Bullet"
    assert said(chief.post(address("put_back", one), follow=True)) == ["Malen er i bruk igjen."]
    assert styled(conference)["Flere kurs på kveldstid."] == "EKS Punktmerket liste"
    assert verbs() == ["use_template", "remove_template", "put_template_back"]


def test_another_template_takes_the_place_of_the_first_which_can_come_back(chief, conference):
    upload(chief, own_names())
    first = standing()
    upload(chief, built_in(), name="ny.docx")
    assert standing().name == "ny.docx"
    chief.post(address("put_back", first))
    assert standing() == first
    assert Event.objects.filter(verb="put_template_back").get().act == Event.objects.order_by("pk").last().act


def test_what_was_done_already_is_refused_with_a_sentence(chief, conference, editor):
    upload(chief, own_names())
    one = standing()
    chief.post(address("remove", one))
    for act in ("remove", "styles"):
        before = ReportTemplate.objects.values().get()
        answer = chief.post(address(act, one), body(one, Title="-"), follow=True)
        assert said(answer)[-1].startswith("Noen har fjernet")
        assert ReportTemplate.objects.values().get() == before
    chief.post(address("put_back", one))
    with pytest.raises(NotAvailable):
        templates.put_back(one, by=editor)


# --- what the files are built on ---


def test_a_frozen_version_keeps_the_template_it_was_made_with(conference, editor, chief):
    make_template(conference)
    version = frozen(conference, editor, VersionKind.CLEARANCE)
    kept = bytes(version.files.get(kind="docx").content)
    assert Document(BytesIO(kept)).sections[0].header.paragraphs[0].text == " Eksempeldepartementet"
    templates.remove(standing(), by=editor)
    assert bytes(version.files.get(kind="docx").content) == kept


# --- what is refused ---


def refused(client, data, name="mal.docx"):
    answer = upload(client, data, name)
    assert (answer.status_code, list(answer.context["upload"].errors)) == (422, ["file"])
    assert ReportTemplate.objects.count() == 0
    return answer.context["upload"].errors["file"][0]


TYPES, RELS, STYLES = "[Content_Types].xml", "word/_rels/document.xml.rels", "word/styles.xml"
MAIN = b"wordprocessingml.document.main+xml"
ENTITY = b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"
LINKED = (
    b'<Relationship Id="rX" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
    b'Target="https://example.org/logo.png" TargetMode="External"/></Relationships>'
)


@pytest.mark.parametrize(
    ("data", "said_of_it"),
    [
        (lambda: b"", "tom"),
        (lambda: b"%PDF-1.7", "ikke et Word-dokument"),
        (lambda: built_in()[:-400], "ødelagt"),
        (lambda: b"x" * (21 * 1024 * 1024), "20 MB"),
        (lambda: changed(built_in(), "word/vbaProject.bin", lambda _old: b"x"), "makroer"),
        (
            lambda: changed(
                built_in(), TYPES, lambda old: old.replace(
                    b"application/vnd.openxmlformats-officedocument." + MAIN,
                    b"application/vnd.ms-word.document.macroEnabled.main+xml",
                )
            ),
            "makroer",
        ),
        (
            lambda: changed(built_in(), TYPES, lambda old: old.replace(MAIN, b"wordprocessingml.template.main+xml")),
            ".dotx",
        ),
        (lambda: changed(built_in(), STYLES, lambda old: old[:-20]), "ødelagt"),
        (
            lambda: changed(
                built_in(), "word/document.xml", lambda old: re.sub(rb'<w:pgSz w:w="\d+"', b'<w:pgSz w:w="bred"', old)
            ),
            "ødelagt",
        ),
        (lambda: changed(built_in(), STYLES, lambda _old: ENTITY), "andre filer"),
        (lambda: changed(built_in(), RELS, lambda old: old.replace(b"</Relationships>", LINKED)), "andre filer"),
        (
            lambda: changed(
                built_in(),
                "word/_rels/header1.xml.rels",
                lambda old: old.replace(b"</Relationships>", LINKED),
            ),
            "topptekst",
        ),
        (
            lambda: changed(
                built_in(), RELS, lambda old: old.replace(b"relationships/styles", b"relationships/nothing")
            ),
            "uten stiler",
        ),
        (
            lambda: changed(
                built_in(),
                "word/header1.xml",
                lambda old: old.replace(b"<w:r>", b'<w:ins w:id="9" w:author="Ola"><w:r>', 1).replace(
                    b"</w:r>", b"</w:r></w:ins>", 1
                ),
            ),
            "spor",
        ),
        (lambda: changed(built_in(), "word/media/stor.bin", lambda _old: b"\0" * 101 * 1024 * 1024), "for stor"),
    ],
    ids=[
        "empty", "pdf", "cut", "large", "macros", "docm", "dotx", "xml", "no-number",
        "dtd", "linked", "linked-logo", "no-styles",
        "tracked", "bomb",
    ],
)  # fmt: skip
def test_what_cannot_be_built_on_says_why_beside_the_field(chief, conference, data, said_of_it):
    assert said_of_it in refused(chief, data())


def test_no_file_asks_for_one(chief, conference):
    answer = chief.post(PAGE, {})
    assert (answer.status_code, answer.context["upload"].errors["file"]) == (422, ["Velg en Word-fil."])


# --- the page ---


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_templates(conference, chief, editor, number):
    for n in range(number):
        make_template(conference, content=b"annet %d" % n, name=f"{n}.docx")
    make_template(conference)
    with CaptureQueriesContext(connection) as captured:
        assert chief.get(PAGE).status_code == 200
    assert len(captured) <= 25
    assert len([one for one in captured if "reporttemplate" in one["sql"]]) == 2


def test_the_reports_page_leads_chief_editors_there_and_nobody_else(conference, chief):
    page = reverse("report", args=["dialog"])
    editor = logged_in(MembershipFactory(conference=conference, role=Role.EDITOR).user)
    assert [PAGE in client.get(page).content.decode() for client in (chief, editor)] == [True, False]
