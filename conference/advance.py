"""The questions as they are handed out before the day, and which of them were worded anew since."""

from typing import Any

from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery

from conference.models import Conference, HandOut, HandOutKind, Question, Session


def with_hand_outs(questions: QuerySet[Question]) -> QuerySet[Any]:
    """Each with when it was last worded (`worded_at`), printed (`printed_at`) and sent (`sent_at`)."""

    def last(kind: HandOutKind) -> Subquery:
        noted = HandOut.objects.filter(conference=OuterRef("session__conference"), kind=kind)
        return Subquery(noted.order_by("-at").values("at")[:1])

    return questions.annotate(
        worded_at=Max("revisions__at"), printed_at=last(HandOutKind.PRINTED), sent_at=last(HandOutKind.SENT)
    )


def behind(question: Any) -> set[HandOutKind]:
    """What must be done again, since the question was worded after it. Wants one of `with_hand_outs()`."""
    times = {HandOutKind.PRINTED: question.printed_at, HandOutKind.SENT: question.sent_at}
    return {kind for kind, at in times.items() if at and question.worded_at and question.worded_at > at}


def sessions_with_questions(conference: Conference) -> list[Session]:
    """The sessions that ask something, each with its questions and their parts in order."""
    asked = with_hand_outs(Question.objects.order_by("number")).prefetch_related("subquestions")
    sessions = conference.sessions.order_by("number").prefetch_related(Prefetch("questions", asked))
    return [session for session in sessions if session.questions.all()]
