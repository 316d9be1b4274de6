"""Many inputs at once."""

from django.db import transaction
from django.utils.translation import gettext, override

from conference.models import Conference, Question, User
from inputs.actions import headings
from inputs.actions.dispositions import accept
from inputs.models import Heading, Input, Point
from inputs.models.inputs import InputQuerySet


@transaction.atomic
def accept_as_suggested(conference: Conference, inputs: InputQuerySet, *, by: User) -> list[Point]:
    """The unhandled of `inputs` that have a question become points under the headings that were suggested for them.

    Where none was, under «Other» (in the conference's language). Headings come in the order of first appearance,
    points in the order of the inputs.
    """
    with override(conference.language):
        other = gettext("Other")
    questions = Question.objects.filter(session__conference=conference).select_related("session").in_bulk()
    chosen = inputs.unhandled().with_question().order_by("pk")
    made: dict[tuple[int, str], Heading] = {}

    def place(entry: Input) -> Heading:
        title = entry.suggested_heading or other
        question = questions[entry.filed_under_id or entry.question_id or 0]
        if (question.pk, title) not in made:
            made[question.pk, title] = headings.make(question, title, by=by, is_other=title == other)
        return made[question.pk, title]

    return accept(chosen, by=by, place=place)
