"""Two browsers over one question: a proposal accepted; a sign-off, an act refused and proposed; lifted."""

import pytest
from playwright.sync_api import Browser, expect

from conference.models import Membership, Role, User
from inputs.actions import dispositions, headings
from inputs.integrity import check
from inputs.models import Point, Proposal, SignOff
from tests.browser.test_journey import PASSWORD, Visitor
from tests.factories import ConferenceFactory, QuestionFactory, SessionFactory, make_input

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DESK = "/konferanse/dialog/bolk/1/sporsmal/1/"


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def visitor(request, browser: Browser, live_server, transactional_db):
    """Makes a visitor with a browser of their own, logged in with that role; an editor of `sessions` alone."""
    contexts = []
    conference = ConferenceFactory(slug="dialog")
    question = QuestionFactory(session=SessionFactory(conference=conference, number=1), number=1)
    QuestionFactory(session=SessionFactory(conference=conference, number=2), number=1)

    def make(name: str, role: Role, *sessions: int) -> Visitor:
        user = User.objects.create_user(f"{name.split(maxsplit=1)[0].lower()}@example.no", PASSWORD, name=name)
        member = Membership.objects.create(user=user, conference=conference, role=role)
        member.sessions.set(conference.sessions.filter(number__in=sessions))
        context = browser.new_context(locale="nb-NO", java_script_enabled=request.param)
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(str(error)))
        made = Visitor(page, live_server.url)
        made.log_in(user.email)
        return made

    make.question = question
    yield make
    for context in contexts:
        context.close()


def test_proposal_sign_off_and_what_is_proposed_instead(visitor):
    question = visitor.question
    chief = visitor("Hanne Hovedredaktør", Role.CHIEF_EDITOR)
    guest = visitor("Gro Gjest", Role.EDITOR, 2)
    editor = visitor("Eli Eksempel", Role.EDITOR)
    by = User.objects.get(name="Eli Eksempel")
    heading = headings.make(question, "Møteplasser", by=by)
    [point] = dispositions.accept([make_input(question, "Åpne biblioteket")], by=by, place=lambda _entry: heading)

    # One who edits another session reads the point, and proposes a better wording.
    guest.go(DESK)
    expect(guest.page.get_by_role("button", name="Bruk i rapporten")).to_have_count(0)
    guest.go(f"{DESK}punkt/{point.key}/")
    guest.follow("Foreslå en endring")
    guest.page.locator("#text-reword").fill("Åpne biblioteket om kvelden")
    guest.page.locator("#why-reword").fill("Slik ble det sagt")
    guest.page.locator("button[value=reword]").click()
    guest.told("Forslaget ditt står på listen, med navnet ditt.")
    chief.go("/konferanse/dialog/forslag/")
    chief.sees("Gro Gjest")
    chief.page.locator(".answers button").first.click()
    chief.told("Forslaget er godtatt og gjennomført.")
    assert Point.objects.get().text == "Åpne biblioteket om kvelden"

    # The editor is at the point when the question is signed off elsewhere.
    editor.go(f"{DESK}punkt/{point.key}/")
    chief.go(DESK)
    chief.follow("Godkjenn spørsmålet")
    chief.press("Godkjenn spørsmålet")
    chief.told("Spørsmålet er godkjent.")
    editor.page.locator("#text").fill("Åpne biblioteket hver kveld")
    editor.page.get_by_role("button", name="Lagre", exact=True).click()
    editor.sees("Hanne Hovedredaktør godkjente spørsmål 1.1")
    expect(editor.page.locator("#text-reword")).to_have_value("Åpne biblioteket hver kveld")
    assert Point.objects.get().text == "Åpne biblioteket om kvelden"
    editor.page.locator("button[value=reword]").click()
    editor.told("Forslaget ditt står på listen, med navnet ditt.")
    editor.go(DESK)
    editor.sees("Godkjent av Hanne Hovedredaktør")
    editor.sees("1 forslag")

    # The chief editor agrees, lifts the sign-off and accepts.
    chief.go("/konferanse/dialog/forslag/")
    chief.sees("Godkjenningen må oppheves før et forslag kan godtas.")
    chief.follow("Godkjenningen")
    chief.page.locator("#reason").fill("Eli har rett")
    chief.press("Opphev godkjenningen")
    chief.told("Godkjenningen er opphevet.")
    chief.go("/konferanse/dialog/forslag/")
    chief.page.locator(".answers button").first.click()
    chief.told("Forslaget er godtatt og gjennomført.")
    editor.go(f"{DESK}punkt/{point.key}/")
    expect(editor.page.locator("#text")).to_have_value("Åpne biblioteket hver kveld")
    assert (Proposal.objects.open().count(), SignOff.objects.standing().count()) == (0, 0)
    assert check(question.session.conference) == []
