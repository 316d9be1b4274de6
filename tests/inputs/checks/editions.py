"""The smallest editions that a check can read: one call a fact."""

from dataclasses import replace
from datetime import date, time

from inputs import checks
from inputs.checks.edition import (
    Chapter,
    Edition,
    Group,
    Heading,
    Item,
    Participants,
    Person,
    Question,
    Session,
    Survey,
    SurveyQuestion,
    Written,
)
from inputs.checks.finding import Place, Thing

FACTS = Place(Thing.FACTS, "")


def edition(**parts) -> Edition:
    return replace(Edition(FACTS, "Dialogmøtet", date(2026, 3, 12)), **parts)


def written(text: str, thing: Thing = Thing.POINT, ref: str = "") -> Written:
    return Written(Place(thing, ref or str(abs(hash(text))), session=1, question=1), text)


def heading(title: str, *texts: str, is_other: bool = False) -> Heading:
    return Heading(Place(Thing.HEADING, title, title, 1, 1), title, is_other, tuple(map(written, texts)))


def question(*headings: Heading, bare: tuple[str, ...] = (), silent: tuple[int, ...] = ()) -> Question:
    return Question(
        Place(Thing.QUESTION, "1", "", 1, 1), "Hva skal til?", headings, tuple(map(written, bare)), silent
    )


def session(*questions: Question, number: int = 1, introducers=(), **facts) -> Session:
    facts = {"title": "Arbeid", "topic": "Om arbeid.", "introduction": ""} | facts
    people = tuple(person(*one, ref=f"{number}-{n}") for n, one in enumerate(introducers))
    place = Place(Thing.SESSION, str(number), facts["title"], number)
    return Session(place, number, introducers=people, questions=questions, **facts)


def person(name: str, title: str = "", ref: str = "1") -> Person:
    return Person(Place(Thing.INTRODUCER, ref, name), name, title)


def chapter(text: str, slot: str = "background", *, is_ready: bool = True) -> Chapter:
    return Chapter(Place(Thing.CHAPTER, slot, slot), slot, "", text, is_ready)


def item(at: str, title: str = "Velkommen", kind: str = "other", **facts) -> Item:
    place = Place(Thing.ITEM, f"{at} {title}", title)
    return Item(place, time.fromisoformat(at), kind, title, **facts)


def came(attended: int, category: str = "deltakere", **facts) -> Participants:
    return Participants(Place(Thing.PARTICIPANTS, category, category), category, attended=attended, **facts)


def survey(recipients: int = 80, *questions: SurveyQuestion, groups=(("organisation", 36, 60),), **facts) -> Survey:
    made = tuple(Group(name, answered, asked) for name, answered, asked in groups)
    return Survey(Place(Thing.SURVEY, ""), recipients, groups=made, questions=questions, **facts)


def asked(*counts: int, base: str = "organisation", is_scale: bool = False, labels=None) -> SurveyQuestion:
    labels = labels or [f"Svar {n}" for n in range(len(counts))]
    place = Place(Thing.SURVEY_QUESTION, "1", "Fikk du delt det du ville?")
    return SurveyQuestion(place, is_scale, base, tuple(zip(labels, counts, strict=True)))


def said(*texts: str) -> Edition:
    """An edition with these points, all under one heading."""
    return edition(sessions=(session(question(heading("Kurs", *texts))),))


def prose(text: str, slot: str = "background", **parts) -> Edition:
    return edition(chapters=(chapter(text, slot),), **parts)


def codes(one: Edition) -> list[str]:
    return [finding.code.value for finding in checks.run(one)]


def marked(one: Edition, code: str) -> list[str]:
    """The words that are marked in what is found of that code."""
    return [found.text[start:end] for found in checks.run(one) if found.code == code for start, end in found.marks]
