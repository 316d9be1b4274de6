"""The promises of the schema that no constraint can hold, proved on the stored data.

Run by operators (`check_integrity`) and by the tests after every step of the property test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Subquery

from conference.models import Conference, Question, QuestionRevision
from inputs.models import (
    Acceptance,
    BigScreen,
    Clarification,
    ClearanceLine,
    Confirmation,
    FileKind,
    HeardLine,
    HeardRevision,
    Input,
    InputRevision,
    Matter,
    MatterRevision,
    MinutesRevision,
    MinutesSheet,
    Point,
    PointRevision,
    PointSource,
    Proposal,
    Publication,
    ReportVersion,
    ReturnedChange,
    SetAside,
    SheetAside,
    VersionFile,
    VersionKind,
)
from inputs.queries import coverage
from rnik.lib.text import fold


@dataclass(frozen=True)
class Broken:
    """A promise that does not hold, and the first rows (at most five) that break it."""

    promise: str
    count: int
    rows: tuple[int, ...]


def check(conference: Conference) -> list[Broken]:
    """Every promise that the conference's data breaks; none when all is well."""
    broken = []
    for promise, rows in _promises(conference):
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        if keys:
            broken.append(Broken(promise, len(keys), tuple(keys[:5])))
    broken.extend(_search_texts(conference))
    broken.extend(_versions(conference))
    numbers = coverage(conference)
    if numbers.inputs != numbers.used + numbers.set_aside + numbers.unhandled:
        broken.append(Broken("inputs are used, set aside or unhandled: the numbers add up", 1, ()))
    return broken


def _promises(conference: Conference) -> Iterator[tuple[str, QuerySet[Any]]]:
    """Each promise with the rows that break it."""
    inputs = Input.objects.filter(conference=conference)
    points = Point.objects.filter(question__session__conference=conference)
    sources = PointSource.objects.filter(input__conference=conference)
    decisions = SetAside.objects.filter(input__conference=conference)
    sheets = MinutesSheet.objects.filter(session__conference=conference)
    lines = HeardLine.objects.filter(question__session__conference=conference)
    matters = Matter.objects.filter(conference=conference)
    open_source = PointSource.objects.open().filter(input=OuterRef("pk"))
    open_decision = SetAside.objects.open().filter(input=OuterRef("pk"))

    yield (
        "a used input's leading source is open and its own",
        inputs.used().filter(Q(lead_source__closed_at__isnull=False) | ~Q(lead_source__input=F("pk"))),
    )
    yield (
        "a used input's leading source is its oldest open one",
        inputs.used().exclude(lead_source=Subquery(open_source.order_by("pk").values("pk")[:1])),
    )
    yield "an input with an open source is used", inputs.filter(Exists(open_source), lead_source=None)
    yield (
        "an input set aside has an open decision of its own",
        inputs.put_aside().filter(Q(set_aside__closed_at__isnull=False) | ~Q(set_aside__input=F("pk"))),
    )
    yield "an input with an open decision is set aside", inputs.filter(Exists(open_decision), set_aside=None)
    yield "no input is both used and set aside", inputs.filter(Exists(open_source)).filter(Exists(open_decision))
    yield "an open source leads to a point that stands", sources.open().filter(point__removed_at__isnull=False)
    yield (
        "a point that stands has a source or says why not",
        points.standing()
        .filter(editorial_reason="")
        .exclude(Exists(PointSource.objects.open().filter(point=OuterRef("pk")))),
    )
    yield (
        "a source's revision exists",
        sources.exclude(
            Exists(InputRevision.objects.filter(input=OuterRef("input"), number=OuterRef("input_revision")))
        ),
    )
    yield "a source joins things of one conference", sources.exclude(point__question__session__conference=conference)
    yield (
        "a point stands under a heading of its own question",
        points.filter(heading__isnull=False).exclude(heading__question=F("question")),
    )
    yield (
        "a point that stands is under a heading that stands",
        points.standing().filter(heading__removed_at__isnull=False),
    )
    yield "an input's session is of its conference", inputs.exclude(session__conference=conference)
    yield (
        "an input's question is of its session",
        inputs.filter(question__isnull=False).exclude(question__session=F("session")),
    )
    yield (
        "an input's sub-question is of its question",
        inputs.filter(subquestion__isnull=False).exclude(subquestion__question=F("question")),
    )
    yield (
        "an input is filed under a question of its conference",
        inputs.filter(filed_under__isnull=False).exclude(filed_under__session__conference=conference),
    )
    yield (
        "an input's table is of its conference",
        inputs.filter(table__isnull=False).exclude(table__conference=conference),
    )
    yield "a decision's reason is of the input's conference", decisions.exclude(reason__conference=conference)
    yield "every wording of an input is kept", _without_whole_history(inputs, InputRevision, "input")
    yield "every wording of a point is kept", _without_whole_history(points, PointRevision, "point")
    yield from _sheets(conference)
    yield from _settled(conference)
    yield "every wording of a matter is kept", _without_whole_history(matters, MatterRevision, "matter")
    yield (
        "a matter's point and ministry are of its conference",
        matters.exclude(point__question__session__conference=conference, ministry__conference=conference),
    )
    yield "every wording of a line is kept", _without_whole_history(lines, HeardRevision, "line")
    yield (
        "a line comes from the conference of its question",
        lines.exclude(Q(input__conference=conference) | Q(point__question__session__conference=conference)),
    )
    yield (
        "the big screen shows what stands in its own conference",
        BigScreen.objects.filter(conference=conference).filter(
            Q(line__removed_at__isnull=False)
            | (Q(line__isnull=False) & ~Q(line__question__session__conference=conference))
            | (Q(question__isnull=False) & ~Q(question__session__conference=conference))
        ),
    )
    yield from _clearances(conference)
    accepted = Acceptance.objects.filter(conference=conference)
    yield (
        "an accepted finding is about a text of its conference",
        accepted.exclude(Q(point=None) | Q(point__question__session__conference=conference))
        | accepted.exclude(Q(heading=None) | Q(heading__question__session__conference=conference)),
    )
    published = Publication.objects.filter(version__conference=conference)
    yield (
        "only a version for publication is published, and never a rehearsal's",
        published.exclude(version__kind=VersionKind.PUBLICATION, version__conference__rehearsal_of=None),
    )
    yield (
        "a published version without files is withdrawn",
        published.filter(version__emptied_at__isnull=False, withdrawn_at=None),
    )
    yield "every text of a sheet is kept", _without_whole_history(sheets, MinutesRevision, "sheet")
    yield (
        "every wording of a question is kept",
        Question.objects.filter(session__conference=conference).exclude(
            Exists(QuestionRevision.objects.filter(question=OuterRef("pk"), text=OuterRef("text")))
        ),
    )


def _sheets(conference: Conference) -> Iterator[tuple[str, QuerySet[Any]]]:
    divided = Input.objects.filter(conference=conference, sheet__isnull=False)
    decisions = SheetAside.objects.filter(sheet__session__conference=conference)
    same_text = {"sheet": OuterRef("sheet"), "sheet_revision": OuterRef("sheet_revision")}
    yield "an input's sheet is of its conference", divided.exclude(sheet__session__conference=conference)
    yield (
        "an input was divided out of a text that its sheet has had",
        divided.exclude(
            Exists(
                MinutesRevision.objects.filter(
                    sheet=OuterRef("sheet"),
                    number=OuterRef("sheet_revision"),
                    text__length__gte=OuterRef("span_end"),
                )
            )
        ),
    )
    yield (
        "no words of a sheet became two inputs",
        divided.filter(
            Exists(
                Input.objects.filter(
                    **same_text, span_start__lt=OuterRef("span_end"), span_end__gt=OuterRef("span_start")
                ).exclude(pk=OuterRef("pk"))
            )
        ),
    )
    yield (
        "what is set aside of a sheet is the text that stands there",
        decisions.open().filter(~Q(sheet__revision=F("revision")) | Q(sheet__text="")),
    )
    yield "a sheet is set aside for a reason of its conference", decisions.exclude(reason__conference=conference)


def _settled(conference: Conference) -> Iterator[tuple[str, QuerySet[Any]]]:
    proposals = Proposal.objects.of(conference)
    asked = Clarification.objects.of(conference)
    confirmed = Confirmation.objects.filter(point__question__session__conference=conference)
    yield (
        "a proposal is about things of its own question",
        proposals.exclude(Q(point=None) | Q(point__question=F("question")))
        | proposals.exclude(Q(heading=None) | Q(heading__question=F("question"))),
    )
    yield (
        "a proposal's input and reason are of its conference",
        proposals.exclude(Q(input=None) | Q(input__conference=conference))
        | proposals.exclude(Q(reason=None) | Q(reason__conference=conference)),
    )
    for promise, rows, number in (
        ("a clarification is of a wording that its point has had", asked, "point_revision"),
        ("a confirmation is of a wording that its point has had", confirmed, "revision"),
        ("a proposal is of a wording that its point has had", proposals.exclude(point=None), "point_revision"),
    ):
        wording = PointRevision.objects.filter(point=OuterRef("point"), number=OuterRef(number))
        yield promise, rows.exclude(Exists(wording))
    yield (
        "nobody is the second person of a text of their own",
        confirmed.filter(
            Exists(
                PointRevision.objects.filter(point=OuterRef("point"), number=OuterRef("revision"), by=OuterRef("by"))
            )
        ),
    )


def _clearances(conference: Conference) -> Iterator[tuple[str, QuerySet[Any]]]:
    sent = ClearanceLine.objects.filter(clearance__conference=conference)
    changes = ReturnedChange.objects.filter(reply__clearance__conference=conference)
    yield (
        "what was sent for clearance is of the conference",
        sent.filter(
            (Q(question__isnull=False) & ~Q(question__session__conference=conference))
            | (Q(point__isnull=False) & ~Q(point__question__session__conference=conference))
        ),
    )
    yield (
        "the revision of a point that was sent exists",
        sent.filter(point__isnull=False).exclude(
            Exists(PointRevision.objects.filter(point=OuterRef("point"), number=OuterRef("revision")))
        ),
    )
    yield (
        "a proposal is about what its office was sent",
        changes.filter(
            (Q(line__isnull=False) & ~Q(line__clearance=F("reply__clearance")))
            | (Q(after__isnull=False) & ~Q(after__clearance=F("reply__clearance")))
            | ~Q(question__session__conference=conference)
        ),
    )


def _without_whole_history(rows: QuerySet[Any], revisions: Any, owner: str) -> QuerySet[Any]:
    """Rows whose revisions are not 1, 2, … up to their own number, or whose text is not the last one's."""
    own = revisions.objects.filter(**{owner: OuterRef("pk")}).order_by().values(owner)
    return (
        rows.exclude(
            Exists(
                revisions.objects.filter(
                    **{owner: OuterRef("pk")}, number=OuterRef("revision"), text=OuterRef("text")
                )
            )
        )
        | rows.exclude(
            revision=Subquery(own.annotate(n=Count("pk")).values("n")[:1]),
        )
        | rows.exclude(
            revision=Subquery(own.annotate(n=Max("number")).values("n")[:1]),
        )
        | rows.exclude(
            pk__in=revisions.objects.filter(number=1).values(owner),
        )
    )


def _search_texts(conference: Conference) -> Iterator[Broken]:
    for model, rows in (
        ("input", Input.objects.filter(conference=conference)),
        ("point", Point.objects.filter(question__session__conference=conference)),
    ):
        wrong = [
            key
            for key, text, stored in rows.values_list("pk", "text", "search_text").iterator()
            if fold(text) != stored
        ]
        if wrong:
            yield Broken(f"the search text of every {model} follows its text", len(wrong), tuple(wrong[:5]))


def _versions(conference: Conference) -> Iterator[Broken]:
    """The files one at a time, since they are large."""
    wrong = [
        file.pk
        for file in VersionFile.objects.filter(version__conference=conference).order_by("pk").iterator(chunk_size=1)
        if sha256(bytes(file.content)).hexdigest() != file.sha256
    ]
    if wrong:
        yield Broken("a version's files are the bytes that were frozen", len(wrong), tuple(wrong[:5]))
    versions = ReportVersion.objects.filter(conference=conference).annotate(
        whole=Count("files", filter=~Q(files__kind=FileKind.PDF_ARCHIVE)),
        own=Count("files", filter=Q(files__kind=FileKind.JSON, files__sha256=F("sha256"))),
    )
    # Versions that were frozen before there was a PDF for the archive have none.
    full = Q(emptied_at=None, whole=len(FileKind) - 1, own=1) | Q(emptied_at__isnull=False, whole=0)
    odd = list(versions.exclude(full).order_by("pk").values_list("pk", flat=True))
    if odd:
        yield Broken("a version has all its files, or none when it was emptied", len(odd), tuple(odd[:5]))
