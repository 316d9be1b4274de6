"""Merging on a bad day: somebody was faster, a source was taken back, nothing was typed. Nothing is lost."""

import threading
from uuid import uuid4

import pytest
from django.db import connection

from inputs.actions import dispositions, entry, headings, points, redaction
from inputs.actions.faults import NotAvailable, Stale
from inputs.integrity import check
from inputs.models import Input, Point, PointSource
from tests.factories import MembershipFactory, QuestionFactory, make_input
from tests.inputs.desk import address, logged_in, merge_form, picture, said

ROUNDS = 10


@pytest.fixture
def three(question, editor):
    """Points of two, one and one source."""
    inputs = [make_input(question, text) for text in ("Flere kurs", "Kurs på jobb", "Barnepass")]
    made = dispositions.accept(inputs, by=editor)
    dispositions.attach(made[0], [make_input(question, "Mange flere kurs")], by=editor)
    return made


@pytest.fixture(autouse=True)
def sound(request, question):
    """After each of these days all that was promised holds."""
    yield
    assert check(question.session.conference) == []


def at_once(*acts):
    """Run the acts in threads that start together; return what each gave, or the name of its refusal."""
    barrier, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, one):
        try:
            barrier.wait()
            outcomes[place] = one()
        except (NotAvailable, Stale) as refusal:
            outcomes[place] = type(refusal).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(place, one)) for place, one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


# --- in the same moment ---


@pytest.mark.django_db(transaction=True)
def test_of_two_who_merge_overlapping_groups_one_wins_and_the_other_changes_nothing(question, editor):
    for _round in range(ROUNDS):
        first, middle, last = dispositions.accept([make_input(question, str(n)) for n in range(3)], by=editor)
        plans = (
            points.plan_merge([first, middle], text="Den ene"),
            points.plan_merge([middle, last], text="Den andre"),
        )
        outcomes = at_once(*[lambda plan=plan: points.merge(plan, by=editor).text for plan in plans])
        assert sorted(outcomes) in (
            ["Den ene", "NotAvailable"], ["Den andre", "NotAvailable"], ["Den andre", "Stale"], ["Den ene", "Stale"],
        )  # fmt: skip
        standing = Point.objects.standing().filter(pk__in=[first.pk, middle.pk, last.pk])
        assert (standing.count(), PointSource.objects.open().filter(point__in=standing).count()) == (2, 3)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_post_overlapping_merges_one_is_told_and_keeps_his_text(question, editor):
    clients = [logged_in(MembershipFactory(conference=question.session.conference).user) for _n in range(2)]
    for _round in range(ROUNDS):
        first, middle, last = dispositions.accept([make_input(question, str(n)) for n in range(3)], by=editor)
        forms = [merge_form(first, middle, text="Den ene"), merge_form(middle, last, text="Den andre")]
        answers = at_once(
            *[
                lambda client=client, form=form: client.post(address("merge", question), form)
                for client, form in zip(clients, forms, strict=True)
            ]
        )
        assert sorted(answer.status_code for answer in answers) == [302, 409]
        [place] = [place for place, answer in enumerate(answers) if answer.status_code == 409]
        assert f"{forms[place]['text']}</textarea>" in answers[place].content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_merge_and_a_rewording_of_one_of_its_points_meet(question, editor):
    for _round in range(ROUNDS):
        one, other = dispositions.accept([make_input(question, str(n)) for n in range(2)], by=editor)
        plan = points.plan_merge([one, other], text="Begge")
        merged, reworded = at_once(
            lambda plan=plan: points.merge(plan, by=editor).text,
            lambda other=other: points.reword(other, text="Nye ord", version=1, by=editor).text,
        )
        assert (merged, reworded) in {("Begge", "NotAvailable"), ("Stale", "Nye ord")}


# --- one after the other ---

pytestmark = pytest.mark.django_db


def merge_after(client, question, chosen, event, text="Min tekst"):
    """The page is shown, something happens, and the merge is posted. Nothing may have changed by that."""
    form = merge_form(*chosen, text=text)
    event()
    before = picture()
    answer = client.post(address("merge", question), form)
    assert (answer.status_code, picture()) == (409, before)
    page = answer.content.decode()
    assert f"{text}</textarea>" in page
    return page


def test_the_other_half_was_merged_away_by_a_colleague(question, three, at_desk, editor):
    page = merge_after(
        at_desk, question, three[1:], lambda: points.merge(points.plan_merge(three[:2], text="Deres"), by=editor)
    )
    assert all(text in page for text in ["Eli Eksempel has merged «Kurs på jobb» into", "Deres", "Barnepass"])
    assert ">Merge</button>" not in page


def test_of_three_points_one_was_removed_and_the_other_two_can_be_merged(question, three, at_desk, editor):
    page = merge_after(at_desk, question, three, lambda: dispositions.remove_point(three[1], by=editor))
    assert "Eli Eksempel has taken «Kurs på jobb» out of the report." in page
    assert "1 source is no longer one of theirs." in page
    left = [three[0], three[2]]
    assert at_desk.post(address("merge", question), merge_form(*left, text="Min tekst")).status_code == 302


@pytest.mark.parametrize("act", ["withdraw", "rewrite", "redact", "attach", "detach"])
def test_a_source_that_was_taken_back_or_changed_is_shown_before_the_merge_is_done(
    act, question, three, at_desk, editor
):
    said_there = three[1].sources.get()
    acts = {
        "withdraw": lambda: entry.withdraw(said_there.input, by=editor),
        "rewrite": lambda: entry.rewrite(said_there.input, text="Kurs i ferien", revision=1, by=editor),
        "redact": lambda: redaction.redact(
            redaction.passage_of("jobb", question.session.conference), [said_there.input], ground="Navn", by=editor
        ),
        "attach": lambda: dispositions.attach(three[1], [make_input(question, "Kom nettopp")], by=editor),
        "detach": lambda: dispositions.detach(three[0].sources.last(), by=editor),
    }
    page = merge_after(at_desk, question, three[:2], acts[act])
    assert "changed just now" in page or "no longer one of theirs" in page
    # Having seen it, one merges.
    fresh = [Point.objects.get(pk=point.pk) for point in three[:2]]
    assert at_desk.post(address("merge", question), merge_form(*fresh, text="Min tekst")).status_code == 302
    assert Point.objects.get(pk=three[0].pk).text == "Min tekst"


def test_the_plan_itself_holds_against_what_came_between(question, three, editor):
    plan = points.plan_merge(three[:2], text="Begge")
    dispositions.attach(three[1], [make_input(question, "Kom nettopp")], by=editor)
    before = picture()
    with pytest.raises(Stale):
        points.merge(plan, by=editor)
    plan = points.plan_merge(three[:2], text="Begge")
    entry.withdraw(three[1].sources.first().input, by=editor)
    with pytest.raises(Stale):
        points.merge(plan, by=editor)
    assert picture() == before


def test_a_heading_that_a_colleague_removed_takes_no_point(question, three, at_desk, editor):
    empty = headings.make(question, "Kurs", by=editor)
    headings.remove(empty, by=editor)
    before = picture()
    answer = at_desk.post(address("point_move", question, three[0].key), {"heading": empty.key}, follow=True)
    assert (said(answer)[-1].startswith("Somebody has removed"), picture()) == (True, before)


@pytest.mark.parametrize("text", ["", "  \n\x00", "x" * 10_001])
def test_a_text_that_is_empty_or_too_long_is_told_of_beside_the_field(text, question, three, at_desk):
    before = picture()
    for name in ("merge", "merge_preview"):
        answer = at_desk.post(address(name, question), merge_form(*three, text=text))
        assert (answer.status_code, picture()) == ({"merge": 422, "merge_preview": 200}[name], before)
    assert (
        'aria-invalid="true"'
        in at_desk.post(address("merge", question), merge_form(*three, text="")).content.decode()
    )


def test_five_thousand_characters_are_merged_and_come_back(question, three, at_desk):
    text = ("Kurs og æøå. " * 400)[:5_000].strip()
    page = at_desk.post(address("merge_preview", question), merge_form(*three, text=text)).content.decode()
    assert f"{text}</textarea>" in page
    assert at_desk.post(address("merge", question), merge_form(*three, text=text)).status_code == 302
    assert Point.objects.standing().get().text == text


def test_unknown_keys_are_not_there(question, three, at_desk, editor):
    other = QuestionFactory(session=question.session, number=8)
    [theirs] = dispositions.accept([make_input(other, "Deres")], by=editor)
    before = picture()
    good = merge_form(*three[:2], text="Tekst")
    for point in (str(theirs.key), str(uuid4()), "nonsense"):
        for name in ("merge", "merge_preview"):
            assert (
                at_desk.post(address(name, question), good | {"point": [good["point"][0], point]}).status_code == 404
            )
    for start in (theirs.key, Input.objects.last().key, uuid4(), "nonsense", ""):
        answer = at_desk.post(address("merge_preview", question), good | {"start": str(start)})
        assert answer.status_code == 404, start
    assert picture() == before


def test_a_post_that_comes_twice_is_done_once(question, three, at_desk):
    form = merge_form(*three, text="Alt i ett")
    assert at_desk.post(address("merge", question), form).status_code == 302
    before = picture()
    assert at_desk.post(address("merge", question), form).status_code == 302
    assert picture() == before
    # Other words for points that are one already are not thrown away.
    answer = at_desk.post(address("merge", question), form | {"text": "Andre ord"})
    assert (answer.status_code, "Andre ord</textarea>" in answer.content.decode(), picture()) == (409, True, before)


# --- the page ---


def test_one_begins_with_any_of_them_and_gets_back_what_one_had_written(question, three, at_desk):
    form = merge_form(*three, text="Mitt utkast")
    for start, text in [(three[1].key, "Kurs på jobb"), (three[0].sources.last().input.key, "Mange flere kurs")]:
        answer = at_desk.post(address("merge_preview", question), form | {"start": str(start)})
        assert answer.context["form"]["text"].value() == text
    assert 'name="earlier" value="Mitt utkast"' in " ".join(answer.content.decode().split())
    again = form | {"text": text, "start": "earlier", "earlier": "Mitt utkast"}
    assert at_desk.post(address("merge_preview", question), again).context["form"]["text"].value() == "Mitt utkast"


def test_what_the_text_leaves_out_is_told_in_the_page_and_as_one_types(question, three, at_desk):
    form = merge_form(*three, text="Flere kurs på jobb")
    page = at_desk.post(address("merge_preview", question), form).content.decode()
    part = at_desk.post(
        address("merge_preview", question), form, headers={"HX-Request": "true", "HX-Target": "lost"}
    ).content.decode()
    assert "Barnepass" in part[part.index("Not in the new text") :]
    assert "<textarea" not in part
    assert " ".join(part.split()) in " ".join(page.split())
