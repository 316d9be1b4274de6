"""The report is frozen, published, corrected and taken back; nobody changes what is frozen."""

from hashlib import sha256
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import translation

from conference.models import Event, PublicPage, RetentionPass, Role
from inputs.actions import points, redaction, versions
from inputs.integrity import check
from inputs.models import FileKind, Heading, Publication, ReportVersion, VersionFile, VersionKind
from inputs.report.build import NotFinished, build_report, read_report
from inputs.report.frozen import frozen_files
from inputs.report.pdf import PdfError
from inputs.versions import content_of
from tests.factories import MembershipFactory, make_input, make_publication, make_version
from tests.inputs.desk import logged_in, said
from tests.inputs.publishing import a_point, finished, frozen, opened, published
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_bokmal():
    """What an earlier test asked for in English stays behind it."""
    with translation.override("nb"):
        yield


@pytest.fixture
def conference(editor):
    return finished(by=editor)


@pytest.fixture
def chief(conference):
    member = MembershipFactory(conference=conference, role=Role.CHIEF_EDITOR)
    client = logged_in(member.user)
    client.cookies["django_language"] = "en"
    client.user = member.user
    return client


@pytest.fixture
def quick(monkeypatch):
    """Files without the PDF, which takes most of the time."""
    plain = frozen_files
    monkeypatch.setattr(
        "inputs.report.frozen.pdf.render", lambda _report, **_more: type("Made", (), {"content": b"%PDF"})
    )
    return plain


def at(name, *more):
    return reverse(name, args=["dialog", *more])


def freeze(client, **data):
    return client.post(at("versions"), {"kind": "publication", "note": "", "key": uuid4()} | data, follow=True)


# --- freezing ---


def test_a_version_holds_every_file_with_its_sum(conference, editor):
    made = frozen(conference, editor)
    files = {file.kind: file for file in made.files.all()}
    assert set(files) == set(FileKind)
    assert all(sha256(bytes(file.content)).hexdigest() == file.sha256 for file in files.values())
    assert all(len(bytes(file.content)) == file.size for file in files.values())
    assert (made.sha256, made.points, made.name) == (files["json"].sha256, 2, "Til publisering 1")
    assert content_of(made)["format"] == "rnik.report/1"
    assert [event.verb for event in Event.objects.filter(target_type="reportversion")] == ["freeze"]


def test_two_renderings_of_a_version_are_the_same_bytes(conference, editor):
    made = frozen(conference, editor)
    again = frozen_files(build_report(conference, at=made.at))
    assert again == {FileKind(file.kind): bytes(file.content) for file in made.files.all()}


def test_one_for_clearance_is_a_draft_whatever_is_left(quick, conference, editor):
    make_input(a_point(conference).question, "Gjenstår")
    made = frozen(conference, editor, VersionKind.CLEARANCE)
    assert content_of(made)["draft"] is True
    assert made.name == "Til klarering 1"
    with pytest.raises(NotFinished):
        frozen(conference, editor)
    assert ReportVersion.objects.count() == 1


def test_each_kind_counts_for_itself(quick, conference, editor):
    kinds = [VersionKind.CLEARANCE, VersionKind.PUBLICATION, VersionKind.CLEARANCE]
    assert [frozen(conference, editor, kind).number for kind in kinds] == [1, 1, 2]


def test_what_is_changed_afterwards_is_not_in_it(quick, conference, editor):
    made = frozen(conference, editor)
    point = a_point(conference)
    points.reword(point, text="Noe annet.", version=point.version, by=editor)
    assert b"Noe annet" not in b"".join(bytes(file.content) for file in made.files.all())


def test_a_form_sent_twice_freezes_once(quick, conference, editor):
    key = uuid4()
    first, second = (
        versions.freeze(conference, VersionKind.PUBLICATION, note="", key=key, by=editor) for _time in range(2)
    )
    assert (first, ReportVersion.objects.count()) == (second, 1)


def test_a_report_that_never_rests_is_not_frozen(quick, conference, editor, monkeypatch):
    numbers = iter(range(100))
    monkeypatch.setattr(versions, "revision", lambda _conference: next(numbers))
    with pytest.raises(versions.Restless):
        frozen(conference, editor)
    assert ReportVersion.objects.count() == 0


def test_a_renderer_that_dies_leaves_nothing(conference, chief, monkeypatch):
    def die(_report):
        raise PdfError("The PDF took longer than 60 seconds.")

    monkeypatch.setattr("inputs.report.frozen.pdf.render", die)
    before = snapshot()
    assert freeze(chief).status_code == 503
    assert snapshot() == before


@pytest.mark.parametrize("act", ["update", "delete"])
@pytest.mark.parametrize("model", [ReportVersion, VersionFile])
def test_the_database_refuses_to_change_what_is_frozen(model, act, conference):
    make_version(conference)
    rows = model.objects.all()
    with pytest.raises(DatabaseError, match="is_frozen"), transaction.atomic():
        rows.update(sha256="0" * 64) if act == "update" else rows._raw_delete("default")
    assert rows.count()


def test_the_database_refuses_to_forget_a_publication(conference):
    make_publication(make_version(conference))
    with pytest.raises(DatabaseError, match="publication_is_kept"), transaction.atomic():
        Publication.objects.all()._raw_delete("default")


# --- publishing ---


def test_publishing_and_taking_back(quick, conference, editor):
    made = published(conference, editor)
    assert made.name == "Publisert 1"
    versions.withdraw(made, reason="Feil i tallene.", by=editor)
    versions.withdraw(made, reason="En gang til.", by=editor)
    stored = Publication.objects.get()
    assert (stored.reason, stored.withdrawn_by) == ("Feil i tallene.", editor)
    verbs = Event.objects.filter(target_type="reportversion").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["freeze", "publish", "withdraw"]


def test_publishing_twice_is_publishing_once(quick, conference, editor):
    made = published(conference, editor)
    assert versions.publish(made, said="", by=editor) == made.publication
    assert Publication.objects.count() == 1


def test_nothing_is_published_while_something_is_left(quick, conference, editor):
    made = frozen(conference, editor)
    make_input(a_point(conference).question, "Kom for sent")
    with pytest.raises(NotFinished):
        versions.publish(made, said="", by=editor)
    assert Publication.objects.count() == 0


def test_one_for_clearance_is_never_published(quick, conference, editor):
    with pytest.raises(versions.NotForPublication):
        versions.publish(frozen(conference, editor, VersionKind.CLEARANCE), said="", by=editor)


def test_a_correction_says_what_is_new_and_an_older_version_never_comes_after_a_newer(quick, conference, editor):
    older = frozen(conference, editor)
    newer = frozen(conference, editor)
    versions.publish(newer, said="", by=editor)
    with pytest.raises(versions.NewerPublished):
        versions.publish(older, said="Rettet.", by=editor)
    third = frozen(conference, editor)
    with pytest.raises(versions.NothingSaid):
        versions.publish(third, said="", by=editor)
    assert Publication.objects.count() == 1


def test_a_rehearsal_is_never_published(quick, conference, editor):
    from conference.actions.public import IsRehearsal
    from conference.actions.rehearsal import make_rehearsal

    copy = make_rehearsal(conference, day=conference.date, tables=1, with_people=False, by=editor)
    with pytest.raises(NotFinished):
        frozen(copy, editor)
    with pytest.raises(IsRehearsal):
        opened(copy, editor)
    assert (PublicPage.objects.count(), Publication.objects.count()) == (0, 0)


def test_integrity_tells_of_a_file_that_is_not_what_was_frozen(quick, conference, editor):
    made = frozen(conference, editor)
    assert check(conference) == []
    opened_pass = RetentionPass.objects.create(reason="prøve", by=editor, at=made.at)
    VersionFile.objects.filter(version=made, kind="md").update(content=b"noe annet")
    opened_pass.delete()
    assert [one.promise for one in check(conference)] == ["a version's files are the bytes that were frozen"]


# --- redaction (docs/adr/0018) ---


def redact(words, target, conference, by):
    return redaction.redact(redaction.passage_of(words, conference), [target], ground="navn", by=by)


def test_a_redacted_point_empties_the_versions_that_say_the_words_and_withdraws_them(quick, conference, editor):
    cleared, public = frozen(conference, editor, VersionKind.CLEARANCE), published(conference, editor)
    redact("kveldstid", a_point(conference), conference, editor)
    assert VersionFile.objects.count() == 0
    for version in (cleared, public):
        assert ReportVersion.objects.get(pk=version.pk).emptied_by == editor
    reason = Publication.objects.get().reason
    assert reason == "Ord måtte tas ut. En rettet utgave kommer."
    assert (RetentionPass.objects.count(), check(conference)) == (0, [])
    verbs = Event.objects.filter(target_type="reportversion").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["freeze", "freeze", "publish", "empty", "withdraw", "empty"]


def test_a_version_that_says_the_words_elsewhere_stays(quick, conference, editor):
    other = a_point(conference)
    points.reword(other, text="Kurs for alle.", version=other.version, by=editor)
    made = frozen(conference, editor)
    entry = other.sources.get().input
    redact("kveldstid", entry, conference, editor)
    assert made.files.count() == len(FileKind)


def test_a_heading_is_redacted_in_versions_too(quick, conference, editor):
    made = frozen(conference, editor)
    redact("Opplæring", Heading.objects.get(), conference, editor)
    assert (made.files.count(), ReportVersion.objects.get().emptied_by) == (0, editor)


def test_what_was_said_beside_the_versions_is_redacted(quick, conference, editor):
    key = uuid4()
    made = versions.freeze(conference, VersionKind.PUBLICATION, note="om kveldstid", key=key, by=editor)
    versions.publish(made, said="", by=editor)
    Publication.objects.update(said="Nytt om kveldstid.")
    redact("kveldstid", a_point(conference), conference, editor)
    assert ReportVersion.objects.get().note == "om [sladdet]"
    assert Publication.objects.get().said == "Nytt om [sladdet]."


def test_the_preview_names_the_versions_that_will_be_emptied(quick, conference, editor, chief):
    published(conference, editor)
    where = reverse("redact", args=["dialog", "punkt", a_point(conference).key])
    page = chief.post(where, {"words": "kveldstid", "ground": "navn"})
    assert [version.name for version in page.context["versions"]] == ["Published 1"]
    assert "Published 1" in page.content.decode()


# --- the pages ---


def test_from_freezing_to_public_in_two_forms(quick, conference, chief):
    page = freeze(chief, note="første")
    made = ReportVersion.objects.get()
    assert said(page) == ["«For publication 1» is frozen."]
    page = chief.post(at("version_publish", made.key), follow=True)
    assert said(page) == ["The report is public. Caches may show the page as it was for a minute more."]
    assert "Publish it for everybody" not in page.content.decode()
    page = chief.post(at("version_withdraw", made.key), {"reason": "Feil."}, follow=True)
    assert Publication.objects.get().reason == "Feil."


def test_freezing_for_publication_says_what_is_left_and_keeps_what_was_typed(conference, chief):
    make_input(a_point(conference).question, "Gjenstår")
    before = snapshot()
    page = freeze(chief, note="min merknad")
    assert (page.status_code, page.context["form"]["note"].value()) == (422, "min merknad")
    assert "1" in page.content.decode()
    assert page.context["obstacles"]
    assert snapshot() == before


@pytest.mark.parametrize("bad", [{"kind": "rumour"}, {"key": "nei"}, {"note": "x" * 501}, {"kind": ""}])
def test_a_bad_freezing_is_refused_beside_its_field(bad, conference, chief):
    before = snapshot()
    page = freeze(chief, **bad)
    assert (page.status_code, list(page.context["form"].errors)) == (422, list(bad))
    assert snapshot() == before


@pytest.mark.parametrize("reason", ["", "   ", "x" * 501])
def test_withdrawing_asks_for_a_reason(reason, conference, chief):
    made = make_version(conference)
    make_publication(made)
    page = chief.post(at("version_withdraw", made.key), {"reason": reason})
    assert (page.status_code, Publication.objects.get().withdrawn_at) == (422, None)
    assert page.context["withdraw"].errors


@pytest.mark.parametrize("words", ["", "x" * 501])
def test_a_correction_asks_for_what_is_corrected(words, conference, chief):
    make_publication(make_version(conference))
    made = make_version(conference)
    page = chief.post(at("version_publish", made.key), {"said": words})
    assert (page.status_code, Publication.objects.count()) == (422, 1)
    assert page.context["publish"].errors


def test_a_late_note_stops_the_publishing_on_the_page(conference, chief):
    made = make_version(conference)
    make_input(a_point(conference).question, "Kom for sent")
    page = chief.post(at("version_publish", made.key))
    assert (page.status_code, Publication.objects.count()) == (422, 0)
    assert page.context["obstacles"]


def test_what_cannot_be_published_cannot_be_withdrawn_either(conference, chief):
    made = make_version(conference, VersionKind.CLEARANCE)
    page = chief.post(at("version_publish", made.key), follow=True)
    assert said(page) == ["This version cannot be published. Look at what the page says now."]
    assert chief.post(at("version_withdraw", made.key), {"reason": "Feil."}).status_code == 404


def test_a_download_is_the_bytes_that_were_frozen(conference, chief):
    made = make_version(conference)
    answer = chief.get(at("version_file", made.key, "docx"))
    assert answer.content == bytes(made.files.get(kind="docx").content)
    assert answer["Content-Disposition"] == 'attachment; filename="dialog-publication-1.docx"'
    assert chief.get(at("version_file", made.key, "page")).status_code == 404


def test_two_versions_are_compared(quick, conference, editor, chief):
    old = frozen(conference, editor)
    point = a_point(conference)
    points.reword(point, text="Flere kurs på dagtid.", version=point.version, by=editor)
    new = frozen(conference, editor)
    page = chief.get(at("versions_compare"), {"fra": old.key, "til": new.key})
    assert [change.kind for change in page.context["found"].points] == ["reworded"]
    assert "<del>" in page.content.decode()
    assert chief.get(at("versions_compare")).context["old"] == old
    same = chief.get(at("versions_compare"), {"fra": new.key, "til": new.key})
    assert same.context["found"].is_same


@pytest.mark.parametrize("key", ["", "nei", "00000000-0000-4000-8000-000000000000"])
def test_versions_that_are_not_there_are_not_compared(key, conference, chief):
    make_version(conference)
    assert chief.get(at("versions_compare"), {"fra": key}).status_code == 404


def test_a_version_of_another_conference_is_not_compared(conference, editor, chief):
    make_version(conference)
    theirs = make_version(finished("annen", by=editor))
    assert chief.get(at("versions_compare"), {"fra": theirs.key}).status_code == 404


def test_an_editor_reads_and_does_not_act(conference):
    client = logged_in(MembershipFactory(conference=conference).user)
    made = make_version(conference)
    assert client.get(at("versions")).context["form"] is None
    assert client.get(at("version", made.key)).context["publish"] is None


def test_the_report_read_for_a_version_is_the_public_one(conference):
    assert read_report(conference).internal is False
