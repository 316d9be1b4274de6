"""Editors' comments: said, answered, solved; redacted, and never in a report."""

import pytest
from django.urls import reverse

from conference.models import Role
from inputs.actions import comments, dispositions
from inputs.actions.faults import Decided
from inputs.actions.redaction import find, passage_of, redact
from inputs.mine import number_of, read_mine
from inputs.models import Comment
from inputs.report.build import build_report
from tests.factories import MembershipFactory, UserFactory, make_input
from tests.inputs.desk import address, logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def kari(question):
    return MembershipFactory(
        conference=question.session.conference, role=Role.EDITOR, user=UserFactory(name="Kari Nordmann")
    ).user


@pytest.fixture
def point(question, at_desk):
    [made] = dispositions.accept([make_input(question, "Flere busser")], by=at_desk.user)
    return made


def where(name, question, thing):
    return reverse(name, args=[question.session.conference.slug, thing.key])


def test_a_comment_stands_at_its_point_and_its_number_at_the_line(question, point, kari, at_desk):
    answer = at_desk.post(where("comment_point", question, point), {"text": " To ting? ", "to": kari.pk}, follow=True)
    made = Comment.objects.get()
    assert (made.text, made.point, made.to, made.by) == ("To ting?", point, kari, at_desk.user)
    assert "To ting?" in answer.content.decode()
    assert "1 comment" in at_desk.get(address("desk", question)).content.decode()


def test_an_input_is_commented_on_too(question, at_desk):
    entry = make_input(question, "Flere busser")
    at_desk.post(where("comment_input", question, entry), {"text": "Hvor?"})
    assert Comment.objects.get().input == entry
    assert "1 comment" in at_desk.get(address("desk", question)).content.decode()


@pytest.mark.parametrize("text", ["", "  ", "x" * 1001])
@pytest.mark.parametrize("name", ["comment_point", "comment_answer"])
def test_what_cannot_be_kept_comes_back_with_the_reason(name, text, question, point, at_desk):
    first = comments.write(point, text="To ting?", by=at_desk.user)
    answer = at_desk.post(where(name, question, first if name == "comment_answer" else point), {"text": text})
    assert (answer.status_code, Comment.objects.count()) == (422, 1)
    assert text.strip() in answer.content.decode()
    assert answer.context["form"].errors["text"]


def test_a_stranger_to_the_conference_cannot_be_named(question, point, at_desk):
    body = {"text": "To ting?", "to": UserFactory().pk}
    assert at_desk.post(where("comment_point", question, point), body).status_code == 422


def test_a_comment_is_answered_solved_and_opened_again(question, point, kari, at_desk):
    first = comments.write(point, text="To ting?", by=kari)
    at_desk.post(where("comment_answer", question, first), {"text": "Nei, ett"})
    for _click in range(2):
        at_desk.post(where("comment_solve", question, first))
    first.refresh_from_db()
    assert first.solved_by == at_desk.user
    assert "1 comment" not in at_desk.get(address("desk", question)).content.decode()
    with pytest.raises(Decided):
        comments.answer(first, text="Likevel", by=kari)
    late = at_desk.post(where("comment_answer", question, first), {"text": "Likevel"})
    assert (late.status_code, "Likevel" in late.content.decode()) == (409, True)
    at_desk.post(where("comment_reopen", question, first))
    assert Comment.objects.open().count() == 1


def test_who_is_asked_or_answered_finds_it_among_what_remains_for_them(question, point, kari, at_desk):
    conference, rita = question.session.conference, at_desk.user
    first = comments.write(point, text="To ting?", to=kari, by=rita)
    assert (number_of(conference, kari), number_of(conference, rita)) == ((0, 1), (0, 0))
    comments.answer(first, text="Nei", by=kari)
    assert (read_mine(conference, kari).comments, read_mine(conference, rita).comments) == ((), (first,))
    comments.solve(first, by=rita)
    assert number_of(conference, rita) == (0, 0)


def test_words_are_taken_out_of_comments_and_answers(question, point, at_desk):
    first = comments.write(point, text="Spør Ola Hansen", by=at_desk.user)
    comments.answer(first, text="Ola Hansen vil ikke", by=at_desk.user)
    passage = passage_of("Ola Hansen", question.session.conference)
    assert [found.target for found in find(passage, question.session.conference, start=point)] == [point]
    redact(passage, [point], ground="Person", by=at_desk.user)
    assert not Comment.objects.filter(text__contains="Hansen").exists()


def test_a_reader_reads_comments_and_no_report_has_them(question, point, reader, at_desk):
    comments.write(point, text="Bare mellom oss", by=at_desk.user)
    page = reader.get(address("point", question, point.key)).content.decode()
    assert "Bare mellom oss" in page
    assert reader.post(where("comment_point", question, point), {"text": "Hei"}).status_code == 403
    assert "Bare mellom oss" not in repr(build_report(question.session.conference, draft=True))


def test_another_conferences_comment_is_not_there(question, point, at_desk):
    first = comments.write(point, text="To ting?", by=at_desk.user)
    elsewhere = MembershipFactory(role=Role.ADMINISTRATOR)
    client = logged_in(elsewhere.user)
    for name in ("comment_answer", "comment_solve", "comment_reopen"):
        address_there = reverse(name, args=[elsewhere.conference.slug, first.key])
        assert client.post(address_there, {"text": "Hei"}).status_code == 404
