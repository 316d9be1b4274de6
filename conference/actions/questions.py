"""What the tables are asked, every wording kept."""

from django.db import transaction
from django.utils import timezone

from conference.actions.history import Change, record
from conference.models import Question, QuestionRevision, User
from rnik.lib.text import clean_text


@transaction.atomic
def save_question(question: Question, *, by: User) -> Question:
    """Store the question; a new text becomes its next wording."""
    question.text = clean_text(question.text)
    last = QuestionRevision.objects.filter(question=question).order_by("number").last() if question.pk else None
    if last is not None and last.text != question.text:
        question.version += 1
    question.save()
    if last is None or last.text != question.text:
        number = last.number + 1 if last else 1
        QuestionRevision.objects.create(
            question=question, number=number, text=question.text, by=by, at=timezone.now()
        )
        record(
            verb="word_question",
            by=by,
            conference=question.session.conference,
            changes=[Change(question, {"revision": number - 1}, {"revision": number})],
        )
    return question
