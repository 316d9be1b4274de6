"""«Dere sa – vi gjorde»: what became of points of the published report, written in order and read by everybody."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lxml import html

from conference.models import Event, Ministry, Role
from inputs.actions import dispositions, matters, points, redaction, versions
from inputs.actions.faults import ChosenAgain, NotAvailable, OtherConference, Stale
from inputs.actions.reasons import reason_for
from inputs.integrity import check
from inputs.models import Matter, Point
from inputs.public.reading import find_site
from inputs.public.static_site import files_of
from tests.factories import MembershipFactory, QuestionFactory, make_input, make_matter
from tests.inputs.desk import logged_in, said
from tests.inputs.publishing import finished, opened, published

pytestmark = pytest.mark.django_db

PAGE = reverse("matters", args=["dialog"])
PUBLIC = "/offentlig/dialog/dere-sa-vi-gjorde/"


@pytest.fixture
def conference(editor):
    """Three points, published, and the page is open."""
    conference = finished("dialog", "Flere kurs på kveldstid.", "Barnepass ved kursene.", "Bedre busser.", by=editor)
    Ministry.objects.create(conference=conference, code="EKS", name="Eksempeldepartementet")
    published(conference, editor)
    opened(conference, editor, shows_matters=True)
    return conference


@pytest.fixture
def chief(conference):
    return logged_in(MembershipFactory(conference=conference, role=Role.CHIEF_EDITOR).user)


def a_point(number=0):
    return Point.objects.order_by("pk")[number]


def body(**values):
    start = {
        "ministry": Ministry.objects.get(conference__slug="dialog").pk,
        "status": "done",
        "text": "Kursene er i gang.",
        "link": "",
    }
    return start | values


def told():
    return list(Matter.objects.standing().values_list("text", flat=True))


def public():
    return html.document_fromstring(Client().get(PUBLIC).content.decode())


def address(act, matter):
    return reverse(f"matter{act}", args=["dialog", matter.key])


# --- writing ---


def test_a_point_is_found_chosen_and_told_of(conference, chief):
    page = chief.get(reverse("matter_choose", args=["dialog"]), {"q": "BARNEPASS"})
    [found] = html.document_fromstring(page.content.decode()).xpath("//ul[@class='notes section']//a/@href")
    assert found == reverse("matter_new", args=["dialog", a_point(1).key])
    assert "Barnepass ved kursene." in chief.get(found).content.decode()
    answer = chief.post(found, body(link="HTTPS://example.org/kurs"), follow=True)
    assert said(answer) == ["Saken er lagret."]
    one = Matter.objects.get()
    assert (one.point, one.status, one.text, one.link) == (
        a_point(1), "done", "Kursene er i gang.", "https://example.org/kurs",
    )  # fmt: skip
    assert "er fortalt" in chief.get(reverse("matter_choose", args=["dialog"])).content.decode()
    assert check(conference) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", "a" * 1001),
        ("status", "kanskje"),
        ("ministry", "0"),
        ("ministry", "x"),
        ("link", "javascript:alert(1)"),
        ("link", "ftp://example.org/"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_kept(conference, chief, field, value):
    answer = chief.post(reverse("matter_new", args=["dialog", a_point().key]), body(**{field: value}))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert "Kursene er i gang." in answer.content.decode() or field == "text"
    assert not Matter.objects.exists()


def test_a_ministry_of_another_conference_is_none(conference, chief, editor):
    foreign = Ministry.objects.create(conference=QuestionFactory().session.conference, code="X", name="X")
    new = reverse("matter_new", args=["dialog", a_point().key])
    assert chief.post(new, body(ministry=foreign.pk)).status_code == 422
    with pytest.raises(OtherConference):
        matters.write(a_point(), matters.Told(foreign, "done", "Noe"), by=editor)


def test_a_point_that_is_in_no_published_report_is_not_told_of(conference, chief, editor):
    fresh = make_input(a_point().question, "Kom etterpå")
    point = points.write(fresh.question, text="Kom etterpå", reason="fra møtet", by=editor)
    new = reverse("matter_new", args=["dialog", point.key])
    assert "står ikke i noen publisert rapport" in chief.get(new).content.decode()
    assert chief.post(new, body()).status_code == 409
    assert not Matter.objects.exists()


def test_the_second_of_two_clicks_tells_nothing_twice(conference, chief):
    new = reverse("matter_new", args=["dialog", a_point().key])
    for _click in range(2):
        assert chief.post(new, body()).status_code == 302
    assert told() == ["Kursene er i gang."]


def test_there_is_room_for_so_many(conference, editor, monkeypatch):
    monkeypatch.setattr(matters, "MOST", 2)
    one, _second = make_matter(a_point(0)), make_matter(a_point(1))
    with pytest.raises(matters.TooMany):
        make_matter(a_point(2))
    matters.remove(one, by=editor)
    make_matter(a_point(2))
    with pytest.raises(matters.TooMany):
        matters.restore(one, by=editor)


def test_whoever_comes_second_sees_both_and_may_choose(conference, chief, editor):
    one = make_matter(a_point())
    mine = body(text="Min", version=one.version)
    matters.reword(one, matters.Told(one.ministry, "under_way", "Deres"), version=1, by=editor)
    answer = chief.post(address("", one), mine)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Eli Eksempel endret denne saken" in page
    assert "Min" in page
    assert "Deres" in page
    assert (
        chief.post(address("", one), mine | {"version": answer.context["form"]["version"].value()}).status_code == 302
    )
    assert told() == ["Min"]


def test_every_wording_is_kept_and_shown(conference, chief, editor):
    one = make_matter(a_point(), text="Først")
    one = matters.reword(one, matters.Told(one.ministry, "not_done", "Så"), version=1, by=editor)
    with pytest.raises(Stale):
        matters.reword(one, matters.Told(one.ministry, "done", "x"), version=1, by=editor)
    assert matters.reword(one, matters.Told(one.ministry, "not_done", " Så "), version=2, by=editor).revision == 2
    assert list(one.revisions.values_list("number", "status", "text")) == [
        (1, "done", "Først"),
        (2, "not_done", "Så"),
    ]
    page = chief.get(address("", one)).content.decode()
    assert page.index("Så") < page.index("Først")
    assert check(conference) == []


# --- order, removing ---


def test_matters_are_moved_removed_and_put_back_where_they_stood(conference, chief):
    one, _two, three = (make_matter(a_point(n), text=str(n)) for n in range(3))
    answer = chief.post(address("_move", three), {"direction": "up"}, follow=True)
    assert said(answer) == ["Saken er nå nummer 2 av 3."]
    assert told() == ["0", "2", "1"]
    chief.post(address("_move", one), {"direction": "up"})
    assert chief.post(address("_move", one), {"direction": "away"}).status_code == 404
    chief.post(address("_remove", three))
    assert told() == ["0", "1"]
    assert said(chief.post(address("_remove", three), follow=True)) != [
        "Saken er fjernet. Den kan settes tilbake nedenfor."
    ]
    assert said(chief.post(address("_restore", three), follow=True)) == ["Saken er tilbake."]
    assert told() == ["0", "2", "1"]
    verbs = Event.objects.filter(target_type="matter").order_by("pk").values_list("verb", flat=True)
    assert list(verbs)[3:] == ["order_matter", "order_matter", "remove_matter", "restore_matter"]


def test_what_is_removed_is_neither_changed_nor_told_beside_another_of_its_point(conference, chief, editor):
    one = make_matter(a_point())
    matters.remove(one, by=editor)
    for act in (lambda: matters.remove(one, by=editor), lambda: matters.step(one, 1, by=editor)):
        with pytest.raises(NotAvailable):
            act()
    assert "fjernet denne saken" in chief.get(address("", one)).content.decode()
    make_matter(a_point(), text="På nytt")
    with pytest.raises(ChosenAgain):
        matters.restore(one, by=editor)


def test_an_editor_and_a_reader_read(conference):
    make_matter(a_point())
    for role in (Role.EDITOR, Role.READER):
        client = logged_in(MembershipFactory(conference=conference, role=role).user)
        page = client.get(PAGE).content.decode()
        assert "Det er gjort." in page
        assert "matter-remove" not in page
        assert client.post(address("", Matter.objects.get()), body(version=1)).status_code == 403


# --- everybody ---


def test_everybody_reads_what_was_said_as_it_was_published_and_what_was_done(conference, editor):
    make_matter(a_point(), text="Kurs i tolv byer.\n\nFlere kommer.", link="https://example.org/kurs")
    points.reword(a_point(), text="Ikke publisert ennå.", version=a_point().version, by=editor)
    [row] = public().xpath("//ol[@class='public-matters']/li")
    assert "Flere kurs på kveldstid." in row.text_content()
    assert [part.text_content() for part in row.xpath("./p")][1:3] == ["Kurs i tolv byer.", "Flere kommer."]
    assert "Gjennomført" in row.text_content()
    assert "Eksempeldepartementet" in row.text_content()
    assert row.xpath(".//a/@href") == [f"../rapport/#p-{a_point().key.hex[:12]}", "https://example.org/kurs"]
    front = html.document_fromstring(Client().get("/offentlig/dialog/").content.decode())
    assert "./dere-sa-vi-gjorde/" in front.xpath("//nav//a/@href")
    assert "dere-sa-vi-gjorde/index.html" in dict(files_of(find_site("dialog")))


def test_nothing_is_shown_before_it_is_switched_on_nor_when_the_report_is_withdrawn(conference, editor):
    assert Client().get(PUBLIC).status_code == 404  # there is none yet
    make_matter(a_point())
    assert Client().get(PUBLIC).status_code == 200
    opened(conference, editor, shows_matters=False)
    assert Client().get(PUBLIC).status_code == 404
    opened(conference, editor, shows_matters=True)
    versions.withdraw(find_site("dialog").current.version, reason="Feil.", by=editor)
    assert Client().get(PUBLIC).status_code == 404
    assert "dere-sa-vi-gjorde" not in Client().get("/offentlig/dialog/").content.decode()


def test_a_point_that_left_the_report_takes_its_matter_with_it(conference, editor, chief):
    make_matter(a_point(), text="Om kurs")
    make_matter(a_point(1), text="Om barnepass")
    notes = [source.input for source in a_point().sources.open()]
    dispositions.remove_point(a_point(), by=editor)
    dispositions.set_aside(notes, reason=reason_for(conference, "unclear"), by=editor)
    published(conference, editor, said="Et punkt er tatt ut.")
    assert "Om kurs" not in public().text_content()
    assert "Om barnepass" in public().text_content()
    assert "står ikke i noen publisert rapport" in chief.get(PAGE).content.decode()


# --- redaction, wiping, cost ---


def test_words_are_taken_out_of_every_wording_and_of_a_link_that_holds_them(conference, editor):
    one = make_matter(a_point(), text="Kari Nordmann fikk kurs", link="https://example.org/Kari-Nordmann")
    one = matters.reword(one, matters.Told(one.ministry, "done", "Kurs for Kari Nordmann"), version=1, by=editor)
    passage = redaction.passage_of("Kari", conference)
    found = redaction.find(passage, conference, start=one)
    assert [(part.kind, part.now, part.besides) for part in found] == [("matter", 1, 1)]
    redaction.redact(passage, [one], ground="personopplysning", by=editor)
    one.refresh_from_db()
    assert (one.text, one.version) == ("Kurs for █ Nordmann", 3)
    assert list(one.revisions.values_list("text", "link")) == [
        ("█ Nordmann fikk kurs", ""),
        ("Kurs for █ Nordmann", ""),
    ]


def test_the_pages_cost_the_same_for_one_matter_and_for_three(conference, chief):
    def cost(client, where):
        client.get(where)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(where).status_code == 200
        return len(captured)

    def costs():
        return cost(chief, PAGE), cost(chief, reverse("matter_choose", args=["dialog"])), cost(Client(), PUBLIC)

    make_matter(a_point())
    one = costs()
    make_matter(a_point(1))
    make_matter(a_point(2))
    assert costs() == one
    assert max(one) <= 15
