"""Stored things as the report's frozen values; `build` puts them in their places."""

from conference.models import Conference, Question
from conference.models import Survey as StoredSurvey
from inputs.report.model import Facts, QuestionText, Survey, SurveyQuestion


def read_facts(conference: Conference) -> Facts:
    counts = conference.participant_counts.order_by("position", "pk")
    return Facts(
        slug=conference.slug,
        title=conference.title,
        series=conference.series.name if conference.series else "",
        edition=conference.edition,
        theme=conference.theme,
        date=conference.date,
        venue=conference.venue,
        address=conference.address,
        host=conference.host,
        website=conference.website,
        language=conference.language,
        capacity=conference.capacity,
        plenary_tables_per_session=conference.plenary_tables_per_session,
        attribution=conference.attribution,
        participants=tuple((count.category, count.attended) for count in counts if count.attended is not None),
    )


def read_question(question: Question) -> QuestionText:
    parts = tuple((part.letter, part.text) for part in question.subquestions.all())
    return QuestionText(question.number, question.text, parts)


def read_survey(conference: Conference) -> Survey | None:
    stored = (
        StoredSurvey.objects.filter(conference=conference).prefetch_related("groups", "questions__answers").first()
    )
    if stored is None:
        return None
    return Survey(
        stored.recipients,
        tuple((group.group, group.respondents) for group in stored.groups.all()),
        tuple(
            SurveyQuestion(
                str(question.kind),
                question.base,
                question.text,
                tuple((answer.label, answer.count) for answer in question.answers.all()),
            )
            for question in stored.questions.all()
        ),
    )
