"""A chapter takes its facts from the data, begins from a proposal or from last year's, and says what to check."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from conference.actions.texts import Wording, save_text
from conference.models import (
    ChapterText,
    Introducer,
    Membership,
    ParticipantCount,
    RespondentGroup,
    Series,
    Survey,
    TextSlot,
)
from inputs.actions import dispositions, headings
from inputs.earlier_text import marked, read_earlier
from inputs.inserted import listed, read_inserted
from inputs.queries import obstacles
from inputs.report.build import read_report
from inputs.report.export import Format, export
from inputs.report.proposed_summary import propose_summary
from tests.factories import ConferenceFactory, QuestionFactory, TableFactory, make_input
from tests.inputs.publishing import finished, frozen

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(conference):
    return reverse("report_chapter", args=[conference.slug, "summary"])


def typed(text, **more):
    return {"text": text, "title": "", "owner": "", "state": "draft", "version": 0} | more


def text_in(response):
    return response.context["form"]["text"].value()


# --- facts ---


def test_the_facts_are_what_the_data_say(conference, question):
    conference.edition, conference.capacity = 11, 80
    ParticipantCount.objects.create(conference=conference, category="organisation", attended=60)
    ParticipantCount.objects.create(conference=conference, category="frivillige", attended=20, position=1)
    TableFactory(conference=conference)
    Introducer.objects.create(session=question.session, name="Inger Innleder", title="statssekretær")
    Introducer.objects.create(session=question.session, name="Per Person", position=1)
    survey = Survey.objects.create(conference=conference, recipients=91)
    RespondentGroup.objects.create(survey=survey, group="organisation", respondents=48)
    found = {fact.name: fact.value for fact in read_inserted(conference).facts}
    assert found == {
        "konferansens tittel": conference.title,
        "konferansens tema": "",
        "konferansens dato": "12. mars 2026",
        "konferansens ukedag": "torsdag",
        "konferansens år": "2026",
        "konferansens sted": "",
        "konferansens nummer i rekken": "11",
        "antall deltakere": "80",
        "deltakere: organisasjoner og råd": "60",
        "deltakere: frivillige": "20",
        "øvre grense for deltakere": "80",
        "antall bord": "1",
        "antall bolker": "1",
        "antall spørsmål": "1",
        "antall punkter": "",
        "tittelen på bolk 1": question.session.title,
        "innlederne i bolk 1": "Inger Innleder, statssekretær og Per Person",
        "antall som fikk undersøkelsen": "91",
        "antall som svarte på undersøkelsen": "48",
        "svarprosenten i undersøkelsen": "53",
    }


@pytest.mark.parametrize(
    ("parts", "said"), [([], ""), (["a"], "a"), (["a", "b", "c"], "a, b og c"), (["a, x", "b", "c"], "a, x; b og c")]
)
def test_people_are_listed_as_one_reads_them(parts, said):
    with override("nb"):
        assert listed(parts) == said


@pytest.mark.parametrize("kind", [Format.HTML, Format.MD, Format.JSON])
def test_every_format_has_the_number_and_not_its_name(kind, conference, editor):
    ParticipantCount.objects.create(conference=conference, category="organisation", attended=6017)
    save_text(conference, TextSlot.SUMMARY, Wording("Det kom {antall deltakere}."), by=editor)
    content = export(conference, kind, draft=True).content.decode()
    assert "Det kom 6017." in content
    assert "{antall" not in content


def test_a_report_that_changes_its_language_keeps_its_facts(conference, editor):
    TableFactory(conference=conference)
    save_text(conference, TextSlot.SUMMARY, Wording("{antall bord}"), by=editor)
    conference.language = "en"
    conference.save()
    assert "<p>1</p>" in export(conference, Format.HTML, draft=True).content.decode()


def test_a_frozen_version_keeps_what_the_fact_was(editor):
    conference = finished(by=editor)
    save_text(conference, TextSlot.SUMMARY, Wording("{antall punkter} punkter."), by=editor)
    version = frozen(conference, editor)
    entry = make_input(QuestionFactory(session=conference.sessions.get(), number=9), "Nytt")
    dispositions.accept([entry], by=editor)
    assert b"2 punkter." in bytes(version.files.get(kind="md").content)
    assert "3 punkter." in export(conference, Format.MD, draft=True).content.decode()


def test_a_fact_that_there_is_not_is_an_error_at_the_field_and_the_text_is_still_there(page, at_desk):
    response = at_desk.post(page, typed("Det kom {antall folk}.", save="Save"))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["text"])
    assert "{antall folk} is no fact." in response.content.decode()
    assert text_in(response) == "Det kom {antall folk}."
    assert ChapterText.objects.count() == 0


def test_a_fact_that_nobody_has_entered_stands_between_here_and_publication(conference, editor, page, at_desk):
    before = {one.code for one in obstacles(conference)}
    assert at_desk.post(page, typed("{antall deltakere} kom.", save="Save")).status_code == 302
    assert {one.code for one in obstacles(conference)} - before == {"unsettled"}
    ParticipantCount.objects.create(conference=conference, category="organisation", attended=80)
    assert {one.code for one in obstacles(conference)} == before


def test_the_preview_shows_the_number(page, conference, at_desk):
    TableFactory(conference=conference)
    response = at_desk.post(page, typed("Ved {antall bord} bord.", preview="Show"))
    assert "<p>Ved 1 bord.</p>" in response.content.decode()


def test_what_was_pasted_is_tidied_when_it_is_saved(page, at_desk):
    at_desk.post(page, typed("•\tEtt\n•\tTo\u00ad", save="Save"))
    assert ChapterText.objects.get().text == "- Ett\n- To"


# --- the proposed summary ---


def test_the_summary_is_proposed_from_questions_and_what_most_tables_spoke_of(conference, question, editor):
    tables = [TableFactory(conference=conference, number=n) for n in (1, 2)]
    Introducer.objects.create(session=question.session, name="Inger Innleder")
    for title, places in (("Skole", tables[:1]), ("Arbeid", tables), ("NAV", tables[:1]), ("Annet", tables)):
        heading = headings.make(question, title, by=editor, is_other=title == "Annet")
        for place in places:
            note = make_input(question, f"{title} {place.number}", table=place)
            dispositions.accept([note], by=editor, place=lambda _entry, heading=heading: heading)
    assert propose_summary(conference) == (
        "{konferansens tittel} ble holdt {konferansens dato} på {konferansens sted}. "
        "{antall deltakere} deltakere snakket sammen ved {antall bord} bord.\n\n"
        "Bolk 1 handlet om {tittelen på bolk 1}. {innlederne i bolk 1} innledet.\n\n"
        f"- {question.text} Det som ble sagt, handlet mest om arbeid, skole og NAV."
    )
    assert read_inserted(conference).values.keys() >= {"innlederne i bolk 1", "tittelen på bolk 1", "antall bord"}


def test_a_proposal_is_laid_beside_and_taken_by_choice_and_nothing_is_stored(page, conference, at_desk):
    shown = at_desk.post(page, typed("Mitt.", offer="proposal"))
    assert shown.context["offered"].text == propose_summary(conference)
    assert text_in(shown) == "Mitt."
    taken = at_desk.post(page, typed("Mitt.", take="proposal"))
    assert text_in(taken) == f"Mitt.\n\n{propose_summary(conference)}"
    assert at_desk.post(page, typed("Mitt.", offer="menu")).context["offered"] is None
    assert ChapterText.objects.count() == 0


def test_only_the_summary_is_proposed(conference, at_desk):
    other = reverse("report_chapter", args=[conference.slug, "purpose"])
    assert at_desk.post(other, typed("", offer="proposal")).context["offered"] is None
    assert "proposal" not in at_desk.get(other).content.decode()


# --- last year's ---


@pytest.fixture
def earlier(conference, at_desk):
    """Last year's edition, in which the same editor has a role."""
    conference.series = Series.objects.create(name="Rekken")
    conference.save()
    made = ConferenceFactory(series=conference.series, date=date(2025, 5, 22), title="I fjor", venue="Klingenberg")
    Membership.objects.create(user=at_desk.user, conference=made, role="reader")
    save_text(made, TextSlot.SUMMARY, Wording("80 kom til Klingenberg."), by=at_desk.user)
    return made


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Det var i 2024.", "Det var i {kontroller: 2024}."),
        ("Onsdag 22. mai 2024 kom 53 prosent.", "Onsdag {kontroller: 22. mai 2024} kom {kontroller: 53 prosent}."),
        ("For ellevte gang møttes vi.", "For {kontroller: ellevte gang} møttes vi."),
        ("Statsråd Kari Nordmann åpnet.", "{kontroller: Statsråd Kari Nordmann} åpnet."),
        ("Møtet var på Samfunnshuset.", "Møtet var på {kontroller: Samfunnshuset}."),
        ("Alle fikk ordet. Ingen ble glemt.", "Alle fikk ordet. Ingen ble glemt."),
        ("1. Først\n2. Så", "1. Først\n2. Så"),
        ("[Se nettsiden](https://x.no/2024/5)", "[Se nettsiden](https://x.no/2024/5)"),
        ("{antall deltakere} av 90", "{antall deltakere} av {kontroller: 90}"),
    ],
)
def test_years_numbers_dates_and_names_are_marked(text, shown):
    assert marked(text, names=["Samfunnshuset"]) == shown


def test_last_year_s_text_is_taken_with_its_marks_and_they_stand_in_the_way(page, conference, earlier, at_desk):
    text = "{kontroller: 80} kom til {kontroller: Klingenberg}."
    assert "I fjor" in at_desk.get(page).content.decode()
    taken = at_desk.post(page, typed("", take="earlier"))
    assert (text_in(taken), taken.context["to_check"]) == (text, ["80", "Klingenberg"])
    assert at_desk.post(page, typed(text, save="Save")).status_code == 302
    assert "unsettled" in {one.code for one in obstacles(conference)}
    right = at_desk.post(page, typed(text, confirm="1", version=1))
    assert text_in(right) == "80 kom til Klingenberg."
    at_desk.post(page, typed(text_in(right), save="Save", version=1))
    assert "unsettled" not in {one.code for one in obstacles(conference)}


def test_an_edition_that_the_editor_may_not_see_is_not_shown(page, conference, earlier, editor, at_desk):
    Membership.objects.filter(conference=earlier).delete()
    assert "I fjor" not in at_desk.get(page).content.decode()
    assert at_desk.post(page, typed("", take="earlier")).context["form"]["text"].value() == ""
    assert read_earlier(conference, TextSlot.PURPOSE, by=editor) is None


def test_the_report_s_own_facts_are_read_only_when_a_text_asks_for_them(conference, editor):
    with CaptureQueriesContext(connection) as without:
        read_report(conference, draft=True)
    save_text(conference, TextSlot.SUMMARY, Wording("{antall bord} og {antall bolker}"), by=editor)
    with CaptureQueriesContext(connection) as with_facts:
        read_report(conference, draft=True)
    assert len(with_facts) - len(without) == 7
