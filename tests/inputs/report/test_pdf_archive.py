"""The PDF for the archive: PDF/A-3, with the public JSON inside, exactly as it is exported."""

import json
import subprocess
from io import BytesIO

import pikepdf
import pytest

from inputs.actions import versions
from inputs.models import FileKind
from inputs.report.archive import public_data
from inputs.report.build import read_report
from inputs.report.data import dumps
from inputs.report.export import Format, export
from inputs.report.pdf import render
from tests.inputs.publishing import finished, frozen
from tests.inputs.report.hostile import HOSTILE
from tests.inputs.report.pdf_reading import faults, text_of
from tests.inputs.report.sample import sample_report


def attached(content: bytes) -> dict[str, bytes]:
    with pikepdf.open(BytesIO(content)) as pdf:
        return {name: file.get_file().read_bytes() for name, file in pdf.attachments.items()}


@pytest.mark.parametrize("report", [sample_report(), sample_report(*HOSTILE, language="nn", draft=True)])
def test_it_is_both_pdf_a_3_and_pdf_ua_and_holds_the_json(report):
    content = render(report, attached=public_data(report)).content
    assert {profile: faults(content, profile) for profile in ("3a", "ua1")} == {"3a": [], "ua1": []}
    assert attached(content) == {"rapport.json": dumps(report).encode()}


def test_the_file_inside_says_what_it_is_to_the_document():
    with pikepdf.open(BytesIO(render(sample_report(), attached=public_data(sample_report())).content)) as pdf:
        [described] = pdf.Root.AF
        assert str(described.AFRelationship) == "/Data"
        assert str(described.EF.F.Subtype) == "/application/json"
        with pdf.open_metadata() as about:
            assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("3", "A")


def test_a_common_pdf_holds_no_file():
    assert attached(render(sample_report()).content) == {}


def test_it_can_be_taken_out_with_common_tools(tmp_path):
    report = sample_report()
    (tmp_path / "rapport.pdf").write_bytes(render(report, attached=public_data(report)).content)
    subprocess.run(["pdfdetach", "-saveall", "rapport.pdf"], cwd=tmp_path, check=True)
    assert (tmp_path / "rapport.json").read_text() == dumps(report)


def test_the_same_report_is_the_same_bytes():
    report = sample_report()
    first, second = (render(report, attached=public_data(report)).content for _time in range(2))
    assert first == second


@pytest.mark.django_db
@pytest.mark.parametrize("internal", [False, True])
def test_the_json_inside_is_the_public_one_whatever_the_edition(internal, editor):
    conference = finished(by=editor)
    content = export(conference, Format.PDF_ARCHIVE, internal=internal).content
    [inside] = attached(content).values()
    stored, public = json.loads(inside), json.loads(dumps(read_report(conference)))
    assert stored | {"generated_at": ""} == public | {"generated_at": ""}
    assert ("Intern utgave" in text_of(content)) == internal


@pytest.mark.django_db
def test_a_frozen_version_has_one_with_its_own_content(editor):
    made = frozen(finished(by=editor), editor)
    files = {file.kind: bytes(file.content) for file in made.files.all()}
    assert attached(files[FileKind.PDF_ARCHIVE]) == {"rapport.json": files[FileKind.JSON]}
    assert versions.content_of(made) == json.loads(files[FileKind.JSON])


@pytest.mark.django_db
def test_one_session_is_a_report_of_its_own(editor):
    from tests.factories import QuestionFactory, SessionFactory, make_input

    conference = finished(by=editor)
    other = QuestionFactory(session=SessionFactory(conference=conference, number=2, title="Bolig"), number=1)
    make_input(other, "Flere boliger.")
    content = json.loads(export(conference, Format.JSON, session=1, draft=True).content)
    chapters = [part["title"] for chapter in content["chapters"] for part in chapter["chapters"]]
    assert chapters == ["Arbeid"]
    shown = text_of(export(conference, Format.PDF, session=2, draft=True).content)
    assert ("Bolig" in shown, "Flere kurs" in shown) == (True, False)
