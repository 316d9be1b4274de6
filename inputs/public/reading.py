"""What is public of a conference, and nothing else. Two queries, and one more for what a page shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.db.models import BinaryField, Case, Exists, F, OuterRef, Value, When

from conference.models import Conference, ProgrammeItem, PublicPage, Question, VideoLink
from inputs.matters import Row, published_points, read_matters
from inputs.models import PUBLIC_DOWNLOADS, FileKind, Matter, Publication, VersionFile


@dataclass(frozen=True)
class Site:
    """A conference that has something public. `editions` are its publications, newest first."""

    conference: Conference
    page: PublicPage
    editions: tuple[Publication, ...]

    @property
    def current(self) -> Publication | None:
        """The newest edition, withdrawn or not."""
        return self.editions[0] if self.editions else None

    @property
    def first(self) -> Publication | None:
        """The one that was published first."""
        return self.editions[-1] if self.editions else None

    @property
    def readable(self) -> list[Publication]:
        """The editions that are not withdrawn."""
        return [edition for edition in self.editions if edition.withdrawn_at is None]

    @property
    def shows_programme(self) -> bool:
        return self.page.shows_programme

    @property
    def shows_questions(self) -> bool:
        return self.page.shows_questions and bool(self.conference.asks)  # type: ignore[attr-defined]  # annotated

    @property
    def shows_videos(self) -> bool:
        return self.page.shows_videos and bool(self.conference.has_videos)  # type: ignore[attr-defined]  # as above

    @property
    def shows_matters(self) -> bool:
        """Each is about a point of the report that stands before everybody."""
        is_readable = self.current is not None and self.current.withdrawn_at is None
        return self.page.shows_matters and is_readable and bool(self.conference.has_matters)  # type: ignore[attr-defined]  # as above

    def edition(self, number: int) -> Publication | None:
        return next((one for one in self.editions if one.version.number == number), None)


def find_site(slug: str) -> Site | None:
    """What is public of the conference with that name; None when nothing is, or there is no such conference."""
    conference = (
        Conference.objects.filter(slug=slug, rehearsal_of=None)
        .select_related("public_page")
        .annotate(
            asks=Exists(Question.objects.filter(session__conference=OuterRef("pk"))),
            has_matters=Exists(Matter.objects.standing().filter(conference=OuterRef("pk"))),
            has_videos=Exists(VideoLink.objects.filter(conference=OuterRef("pk"))),
        )
        .first()
    )
    if conference is None:
        return None
    page = getattr(conference, "public_page", None) or PublicPage(conference=conference)
    published = Publication.objects.filter(version__conference=conference).select_related("version")
    editions = tuple(published.order_by("-version__number"))
    if page.opened_at is None and not editions:
        return None
    return Site(conference, page, editions)


def programme(site: Site) -> list[ProgrammeItem]:
    return list(site.conference.programme.order_by("position", "pk"))


def videos(site: Site) -> list[VideoLink]:
    return list(site.conference.videos.all())


def matters(site: Site) -> list[Row]:
    """What was done about points of the newest edition. Two queries."""
    rows = read_matters(site.conference, published_points(site.current))
    return [row for row in rows if row.said]


@dataclass(frozen=True)
class AskedQuestion:
    number: int
    text: str
    parts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AskedSession:
    number: int
    title: str
    questions: tuple[AskedQuestion, ...]


def asked(site: Site) -> list[AskedSession]:
    """The sessions that ask something, with their questions and their parts: one query."""
    rows = (
        Question.objects.filter(session__conference=site.conference)
        .order_by("session__number", "number", "subquestions__letter")
        .values_list(
            "session__number", "session__title", "number", "text", "subquestions__letter", "subquestions__text"
        )
    )
    return [
        AskedSession(
            number,
            title,
            tuple(
                AskedQuestion(question, text, tuple((letter, part) for *_before, letter, part in parts if letter))
                for (question, text), parts in groupby(within, key=lambda row: (row[2], row[3]))
            ),
        )
        for (number, title), within in groupby(rows, key=lambda row: (row[0], row[1]))
    ]


@dataclass(frozen=True)
class FrozenReport:
    """An edition's article, and the files beside it."""

    article: str
    files: tuple[VersionFile, ...]


def frozen_report(edition: Publication) -> FrozenReport:
    """One query; of the files only the article's content is fetched."""
    article = Case(When(kind=FileKind.PAGE, then=F("content")), default=Value(None), output_field=BinaryField())
    files = list(VersionFile.objects.filter(version=edition.version_id).defer("content").annotate(article=article))
    [page] = [file for file in files if file.kind == FileKind.PAGE]
    return FrozenReport(
        bytes(page.article).decode(),
        tuple(file for file in files if file.kind in PUBLIC_DOWNLOADS),
    )


def frozen_file(edition: Publication, kind: str) -> VersionFile | None:
    """A file to be downloaded. One query."""
    return VersionFile.objects.filter(version=edition.version_id, kind__in=PUBLIC_DOWNLOADS).filter(kind=kind).first()


def all_files(edition: Publication) -> Iterator[VersionFile]:
    """Every file of an edition that can be downloaded, with its content."""
    return VersionFile.objects.filter(version=edition.version_id, kind__in=PUBLIC_DOWNLOADS).iterator()
