"""The history of an input and of a point, and undoing anybody's act from there."""

import uuid

import pytest
from django.urls import reverse

from conference.models import Event
from inputs.actions import dispositions, headings, likeness, points
from inputs.actions.undo import undo
from inputs.models import Point
from tests.factories import HeadingFactory, make_input
from tests.inputs.desk import address, picture, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def entries(question):
    return [make_input(question, text) for text in ("En", "To", "Tre")]


def last_act():
    return Event.objects.order_by("pk").last().act


def where(conference, act):
    return reverse("undo", args=[conference.slug, act])


def read(response):
    return " ".join(response.content.decode().split())


def test_an_input_tells_what_was_done_and_offers_to_undo_what_others_did(at_desk, entries, editor, conference):
    dispositions.accept([entries[0]], by=editor)
    accepted = last_act()
    html = read(at_desk.get(reverse("input", args=[conference.slug, entries[0].key])))
    assert "Eli Eksempel used it in the report" in html
    assert f'href="{where(conference, accepted)}"' in html
    answer = at_desk.post(where(conference, accepted), follow=True)
    assert said(answer) == ["Undone."]
    assert answer.redirect_chain[0][0] == reverse("input", args=[conference.slug, entries[0].key])
    assert entries[0].__class__.objects.unhandled().count() == 3
    html = read(at_desk.get(reverse("input", args=[conference.slug, entries[0].key])))
    assert ">undone<" in html
    assert f'href="{where(conference, accepted)}"' not in html


def test_a_reader_sees_the_history_and_may_not_undo(reader, other_editor, stranger, entries, editor, conference):
    dispositions.accept([entries[0]], by=editor)
    act, before = last_act(), picture()
    assert where(conference, act) not in read(reader.get(reverse("input", args=[conference.slug, entries[0].key])))
    for client, status in ((reader, 403), (other_editor, 403), (stranger, 404)):
        assert {client.get(where(conference, act)).status_code, client.post(where(conference, act)).status_code} == {
            status
        }
    assert picture() == before


def test_the_page_says_what_will_happen_and_a_get_changes_nothing(at_desk, entries, conference, editor):
    [point] = dispositions.accept([entries[0]], by=editor)
    points.reword(point, text="En ny", version=1, by=editor)
    before = picture()
    html = read(at_desk.get(where(conference, last_act())))
    assert "Eli Eksempel reworded a point" in html
    assert "The point gets its earlier text." in html
    assert picture() == before


def test_what_stands_in_the_way_is_named_with_the_way_to_it(at_desk, entries, conference, editor):
    [point] = dispositions.accept([entries[0]], by=editor)
    accepted = last_act()
    dispositions.attach(point, [entries[1]], by=at_desk.user)
    attached, before = last_act(), picture()
    for answer in (at_desk.get(where(conference, accepted)), at_desk.post(where(conference, accepted))):
        html = read(answer)
        assert "Rita Redaktør has later" in html
        assert "attached inputs to a point" in html
        assert f'href="{where(conference, attached)}"' in html
    assert (answer.status_code, picture()) == (409, before)
    for act in (attached, accepted):
        at_desk.post(where(conference, act))
    assert Point.objects.standing().count() == 0


def test_a_merge_is_called_a_merge_and_undone_as_one(at_desk, entries, conference, question, editor):
    one, two = dispositions.accept(entries[:2], by=editor)
    points.merge(points.plan_merge([one, two], text="En og to"), by=editor)
    merged = last_act()
    assert "merged points" in read(at_desk.get(address("point", question, one.key)))
    at_desk.post(where(conference, merged))
    assert sorted(Point.objects.standing().values_list("text", flat=True)) == ["En", "To"]
    assert "undid: merged points" in read(at_desk.get(address("point", question, one.key)))


def test_undoing_again_does_it_again_and_a_second_click_is_told(at_desk, entries, conference, editor):
    dispositions.accept([entries[0]], by=editor)
    accepted = last_act()
    at_desk.post(where(conference, accepted))
    undone = last_act()
    again = at_desk.post(where(conference, accepted))
    assert "It has been undone already" in read(again)
    at_desk.post(where(conference, undone))
    assert Point.objects.standing().count() == 1


def test_an_act_in_several_sessions_is_for_those_who_may_edit_in_all(other_editor, at_desk, entries, conference):
    assert at_desk.get(where(conference, uuid.uuid4())).status_code == 404
    received = Event.objects.filter(verb="receive").first().act
    assert "cannot be undone" in read(at_desk.get(where(conference, received)))


def test_a_renamed_heading_leads_back_to_the_desk(at_desk, question, conference, editor):
    heading = HeadingFactory(question=question, title="Kurs")
    headings.rename(heading, "Opplæring", by=editor)
    answer = at_desk.post(where(conference, last_act()))
    assert answer.url == address("desk", question)


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_take_as_many_queries_however_much_was_done(
    number, at_desk, entries, question, conference, editor, django_assert_max_num_queries
):
    [point] = dispositions.accept([entries[0]], by=editor)
    for turn in range(number):
        points.reword(point, text=f"Ordlyd {turn}", version=turn + 1, by=editor)
        likeness.keep_apart(entries[0], entries[1], by=editor)
        undo(last_act(), by=editor)
    for name, address_ in (
        ("input", reverse("input", args=[conference.slug, entries[0].key])),
        ("point", address("point", question, point.key)),
    ):
        with django_assert_max_num_queries(25) as captured:
            at_desk.get(address_)
        assert COUNTED.setdefault(name, len(captured)) == len(captured)


COUNTED: dict[str, int] = {}
