"""Making a rehearsal: what is planned is copied, what people wrote is not, and the database knows which is which."""

import json
from datetime import date, time

import pytest
from django.contrib.admin import site
from django.db import DatabaseError, transaction
from django.forms import modelform_factory
from django.urls import reverse
from django.utils import timezone

from conference.actions.loading import load_conference
from conference.actions.rehearsal import IsRehearsal, make_rehearsal
from conference.actions.replacing import NotReplaceable
from conference.actions.setup import save_planned_question
from conference.actions.texts import Wording, save_text
from conference.importers.files import read_conference
from conference.models import (
    AccessCode,
    Conference,
    Event,
    Introducer,
    Ministry,
    ProgrammeItem,
    Question,
    Role,
    Round,
    SessionMinistry,
    SubQuestion,
    TextSlot,
)
from conference.models.rehearsals import protect_conferences
from conference.phases import Phase
from tests.factories import (
    ConferenceFactory,
    MembershipFactory,
    SessionFactory,
    TableFactory,
    make_input,
)
from tests.inputs.desk import logged_in
from tests.snapshot import snapshot

pytestmark = pytest.mark.django_db
DAY = date(2026, 2, 2)


@pytest.fixture
def real(editor) -> Conference:
    """A conference with one of everything that is planned, under way."""
    real = ConferenceFactory(
        slug="dialog-2026",
        title="Dialogmøte",
        theme="Fellesskap",
        case_number="26/1",
        access_code="UO",
        legal_basis="offl. § 13",
        tidying_deadline=timezone.now(),
        parent=ConferenceFactory(),
    )
    ministry = Ministry.objects.create(conference=real, code="EKS", name="Eksempeldepartementet")
    session = SessionFactory(
        conference=real, number=1, topic="Språk", phase=Phase.OPEN, writable_until=timezone.now()
    )
    SessionMinistry.objects.create(session=session, ministry=ministry)
    Introducer.objects.create(session=session, name="Inger Innleder", ministry=ministry)
    Round.objects.create(session=session, number=1)
    tables = [TableFactory(conference=real, number=n, name=f"Ekte bord {n}") for n in (1, 2, 9)]
    question = save_planned_question(session, "Hva skal til?", [tables[0], tables[2]], by=editor)
    question = save_planned_question(
        session, "Hva må til?", tables, by=editor, question=question, version=question.version
    )
    question.tables.set([tables[0], tables[2]])
    SubQuestion.objects.create(question=question, letter="a", text="på jobb")
    ProgrammeItem.objects.create(
        conference=real, starts_at=time(9), title="Bolk 1", session=session, speaker_ministry=ministry
    )
    save_text(real, TextSlot.PURPOSE, Wording("Formålet er dialog."), by=editor)
    MembershipFactory(conference=real, user=editor, role=Role.ADMINISTRATOR)
    MembershipFactory(conference=real, role=Role.EDITOR).sessions.add(session)
    make_input(question, "Fra et ekte bord", table=tables[0])
    return real


def made(real, editor, **more) -> Conference:
    return make_rehearsal(real, **{"day": DAY, "tables": 2, "with_people": True, "by": editor} | more)


def test_what_is_planned_is_copied(real, editor):
    rehearsal = made(real, editor)
    assert (rehearsal.title, rehearsal.slug, rehearsal.theme, rehearsal.date, rehearsal.rehearsal_of) == (
        "ØVELSE – Dialogmøte",
        "ovelse-dialog-2026",
        "Fellesskap",
        DAY,
        real,
    )
    [ministry] = rehearsal.ministries.all()
    [session] = rehearsal.sessions.all()
    [introducer] = session.introducers.all()
    [question] = session.questions.all()
    [item] = rehearsal.programme.all()
    [text] = rehearsal.texts.all()
    assert [one.ministry for one in session.responsibilities.all()] == [ministry]
    assert (introducer.name, introducer.ministry, session.rounds.count()) == ("Inger Innleder", ministry, 1)
    assert (session.topic, session.phase, session.writable_until) == ("Språk", "planned", None)
    assert (question.text, [part.text for part in question.subquestions.all()]) == ("Hva må til?", ["på jobb"])
    assert [(one.number, one.text) for one in question.revisions.all()] == [(1, "Hva må til?")]
    assert (item.title, item.session, item.speaker_ministry) == ("Bolk 1", session, ministry)
    assert (text.slot, text.text, text.revisions.count()) == ("purpose", "Formålet er dialog.", 1)


def test_what_ties_it_to_the_real_day_is_not_copied(real, editor):
    rehearsal = made(real, editor)
    assert (rehearsal.parent, rehearsal.series, rehearsal.tidying_deadline) == (None, None, None)
    assert (rehearsal.case_number, rehearsal.access_code, rehearsal.legal_basis) == ("", "", "")


def test_its_tables_are_its_own_and_new(real, editor):
    rehearsal = made(real, editor)
    assert [(one.number, one.name, one.note_takers.count()) for one in rehearsal.tables.all()] == [
        (1, "", 0),
        (2, "", 0),
    ]
    assert not set(rehearsal.tables.all()) & set(real.tables.all())
    # Asked at tables 1 and 9; 9 is not practised at.
    assert [one.number for one in Question.objects.get(session__conference=rehearsal).tables.all()] == [1]


def test_what_people_wrote_is_not_copied_and_the_real_one_is_not_touched(real, editor):
    before = snapshot()
    rehearsal = made(real, editor)
    after = snapshot()
    assert (rehearsal.inputs.count(), AccessCode.objects.filter(note_taker__table__conference=rehearsal).count()) == (
        0,
        0,
    )
    counters = {"conference_revisioncounter"}
    assert {name: rows for name, rows in before.items() if not set(rows) <= set(after[name])}.keys() <= counters


def test_people_come_with_the_role_and_the_sessions_they_have(real, editor):
    rehearsal = made(real, editor)
    [session] = rehearsal.sessions.all()
    roles = {(one.user, one.role, tuple(one.sessions.all())) for one in rehearsal.memberships.all()}
    other = real.memberships.exclude(user=editor).get().user
    assert roles == {(editor, "administrator", ()), (other, "editor", (session,))}


def test_without_people_only_who_made_it_is_in_it(real, editor):
    assert [one.user for one in made(real, editor, with_people=False).memberships.all()] == [editor]


def test_a_second_click_makes_no_second_rehearsal(real, editor):
    assert made(real, editor) == made(real, editor, tables=1)
    assert Event.objects.filter(verb="make_rehearsal", conference=real).count() == 1


def test_there_is_no_rehearsal_of_a_rehearsal(real, editor):
    rehearsal = made(real, editor)
    with pytest.raises(IsRehearsal):
        made(rehearsal, editor)
    with pytest.raises(DatabaseError, match="conference_rehearsal_is_of_a_real_one"), transaction.atomic():
        ConferenceFactory(rehearsal_of=rehearsal, title="ØVELSE – igjen")


@pytest.mark.parametrize("title", ["ØVELSE – Dialogmøte", "Dialogmøte"])
def test_a_long_title_keeps_its_mark(title, real, editor):
    real.title = title + "x" * (200 - len(title))
    real.save()
    rehearsal = made(real, editor)
    assert (len(rehearsal.title), rehearsal.title[:9]) == (200, "ØVELSE – ")


# --- what the database itself keeps ---


def test_a_rehearsal_never_becomes_real_and_a_real_one_never_a_rehearsal(real, editor):
    rehearsal = made(real, editor)
    other = ConferenceFactory(title="ØVELSE – tilsynelatende")
    for one, of in ((rehearsal, None), (rehearsal, other), (other, real)):
        with pytest.raises(DatabaseError, match="conference_is_a_rehearsal_for_life"), transaction.atomic():
            Conference.objects.filter(pk=one.pk).update(rehearsal_of=of)
    Conference.objects.filter(pk=rehearsal.pk).update(rehearsal_of=real)  # what it is already


def test_the_database_deletes_no_real_conference_not_even_an_empty_one(db):
    empty = ConferenceFactory()
    with pytest.raises(DatabaseError, match="conference_real_is_never_deleted"), transaction.atomic():
        Conference.objects.filter(pk=empty.pk)._raw_delete("default")
    protect_conferences()  # again changes nothing
    with pytest.raises(DatabaseError, match="conference_real_is_never_deleted"), transaction.atomic():
        empty.delete()
    assert Conference.objects.filter(pk=empty.pk).exists()


# --- the way in and out ---


def test_a_rehearsal_is_not_filled_from_a_file(real, editor):
    made(real, editor)
    facts = {"slug": "ovelse-dialog-2026", "title": "X", "date": "2026-03-12"}
    file = json.dumps({"format": "rnik.conference/1", "conference": facts}).encode()
    described, _points = read_conference(file, "x.json")
    before = snapshot()
    with pytest.raises(NotReplaceable, match=r"^«ovelse-dialog-2026»"):
        load_conference(described, by=editor)
    assert snapshot() == before


def test_the_facts_keep_the_mark_of_a_rehearsal(real, editor):
    rehearsal = made(real, editor)
    client = logged_in(editor)
    client.cookies["django_language"] = "en"
    address = reverse("setup_facts", args=[rehearsal.slug])
    form = client.get(address).context["form"]
    facts = {name: form[name].value() or "" for name in form.fields}
    refused = client.post(address, facts | {"title": "Dialogmøte"})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["title"])
    assert client.post(address, facts | {"title": "ØVELSE to"}).status_code == 302


def test_the_back_office_keeps_the_mark_and_lets_a_rehearsal_feed_no_other(real, editor):
    rehearsal = made(real, editor)
    form_class = modelform_factory(Conference, fields=["title", "parent"])
    assert list(form_class({"title": "Dialogmøte"}, instance=rehearsal).errors) == ["title"]
    assert list(form_class({"title": "Dialogmøte", "parent": rehearsal.pk}, instance=real).errors) == ["parent"]
    assert not site.get_model_admin(Conference).has_delete_permission(None, rehearsal)
