"""A small report made by hand, for the renderers' tests: every kind of block, every edge of the model."""

from dataclasses import replace
from datetime import UTC, date, datetime

from inputs.report.model import (
    Bar,
    Chapter,
    Facts,
    Figure,
    HeadingPoints,
    IntroducerList,
    Ministry,
    Phrases,
    Point,
    ProgrammeLine,
    ProgrammeTable,
    Prose,
    QuestionInputs,
    QuestionList,
    QuestionText,
    Report,
    SessionFacts,
    Signature,
    Slot,
    Source,
    Speaker,
    Survey,
    SurveyQuestion,
)
from rnik.lib.markup import parse

PHRASES = Phrases(
    contents="Innhold",
    page="Side",
    of="av",
    draft="Utkast",
    internal="Intern utgave",
    one_table="1 bord",
    many_tables="%d bord",
    made_on="Laget 22. november 2026",
    unreadable="Tegn som ikke kan vises, står som □",
    to_top="Til innholdet",
    to_point="Lenke til punktet",
)
SPEAKER = Speaker("Kari Eksempel", "ordfører", "EKS", "Eksempeldepartementet")
WRITTEN = """Første *avsnitt* med **vekt** og [en lenke](https://example.org/).

- ett
- to

1. først
2. så

## Mellomtittel

Siste avsnitt."""
QUESTION = QuestionText(1, "Hva skal til for at flere lærer norsk?", (("a", "på jobb"), ("b", "i fritiden")))


def point(number: int, text: str, *, internal: bool = False) -> Point:
    """A point whose id is predictable in tests."""
    bare = Point(f"{number:032x}", text)
    if not internal:
        return bare
    return replace(
        bare,
        tables=number,
        sources=(Source(f"i-{number}", number, "kept"), Source(f"i-{number}b", None, "same")),
        addressees=("municipality",),
    )


def sample_report(
    *texts: str, internal: bool = False, draft: bool = False, language: str = "nb", prose: str | None = None
) -> Report:
    """A report whose first heading holds `texts` as points (two of our own when none are given)."""
    texts = texts or ("Gi flere plass på kurs.", "Kveldskurs må ha barnepass.")
    key = "0123456789abcdef0123456789abcdef" if internal else ""
    written = Prose(parse(prose or WRITTEN), key)
    points = tuple(point(n, t, internal=internal) for n, t in enumerate(texts, 1))
    other = point(len(texts) + 1, "Noe helt annet.", internal=internal)
    inputs = QuestionInputs(
        QUESTION,
        f"Spørsmål 1: {QUESTION.text}",
        "sporsmal-1-1",
        (
            HeadingPoints("Kurs", points, "overskrift-1"),
            HeadingPoints("Annet", (other,), "overskrift-2", is_other=True),
        ),
    )
    nothing = QuestionInputs(
        QuestionText(2, "Og ellers?"), "Spørsmål 2: Og ellers?", "sporsmal-1-2", (), "Ingen innspill."
    )
    figure = Figure(
        "Figur 2.2.1",
        "Fikk du sagt det du ville?",
        (Bar("I stor grad", 15, 42), Bar("Verken eller", 14, 39), Bar("I liten grad", 7, 19)),
        ("Svar", "Antall", "Prosent"),
        "Liggende søylediagram. Fikk du sagt det du ville? I stor grad: 42 prosent; Verken eller: 39 prosent; "
        "I liten grad: 19 prosent.",
        ("n = 36, organisasjoner og råd.",),
    )
    chapters = (
        Chapter(Slot.SUMMARY, "", "Sammendrag", 1, (written,)),
        Chapter(
            Slot.THANKS,
            "",
            "Takk fra ordføreren",
            1,
            (Prose(parse("Takk for praten."), key), Signature("Med hilsen", "Kari Eksempel", "ordfører")),
        ),
        Chapter(
            Slot.PROGRAMME,
            "1",
            "Konferanseprogram",
            1,
            (
                ProgrammeTable(
                    "Program 12. mars 2026",
                    ("Tid", "Programpost", "Hvem"),
                    (("09.00", "Åpning", "Kari Eksempel, ordfører"), ("09.30", "Bolk 1: Språk", "")),
                ),
            ),
        ),
        Chapter(
            Slot.CONFERENCE,
            "2",
            "Konferansen",
            1,
            (),
            (
                Chapter(Slot.PURPOSE, "2.1", "Formål", 2, (Prose(parse("Å snakke sammen."), key),)),
                Chapter(Slot.EVALUATION, "2.2", "Evaluering", 2, (Prose(parse("Vi spurte."), key), figure)),
            ),
        ),
        Chapter(
            Slot.DISCUSSIONS,
            "3",
            "Faglige diskusjoner og innspill",
            1,
            (),
            (
                Chapter(
                    Slot.SESSION,
                    "3.1",
                    "Språk",
                    2,
                    (),
                    (
                        Chapter(Slot.INTRODUCERS, "3.1.1", "Innledere", 3, (IntroducerList((SPEAKER,)),), session=1),
                        Chapter(
                            Slot.QUESTIONS,
                            "3.1.2",
                            "Spørsmål",
                            3,
                            (QuestionList((QUESTION, nothing.question)),),
                            session=1,
                        ),
                        Chapter(Slot.INPUTS, "3.1.3", "Innspill", 3, (inputs, nothing), session=1),
                    ),
                    session=1,
                ),
            ),
        ),
    )
    return Report(
        Facts(
            "eksempel-2026",
            "Dialogmøte i Eksempel kommune 2026",
            "Dialogmøte",
            3,
            "Språk og jobb",
            date(2026, 3, 12),
            "Kulturhuset",
            "Storgata 1, Eksempel",
            "Ola Eksempel",
            "https://example.org/",
            language,
            80,
            3,
            "none",
            (("organisation", 60), ("government", 20)),
        ),
        "Språk og jobb",
        PHRASES,
        datetime(2026, 11, 22, 12, 0, tzinfo=UTC),
        (Ministry("EKS", "Eksempeldepartementet", "Eksempeldepartementet"),),
        (
            ProgrammeLine("09:00", "09:30", "speech", "Åpning", SPEAKER, None),
            ProgrammeLine("09:30", "", "session", "Bolk 1: Språk", None, 1),
        ),
        (SessionFacts(1, "Språk", "Språk", ("EKS",)),),
        Survey(
            91,
            (("organisation", 37),),
            (SurveyQuestion("choice", "organisation", figure.title, tuple((b.label, b.count) for b in figure.bars)),),
        ),
        chapters,
        draft=draft,
        internal=internal,
    )
