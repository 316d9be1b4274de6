"""«Dere sa – vi gjorde», read: each matter beside its point as the report that everybody reads has it."""

from collections.abc import Iterator
from dataclasses import dataclass

from conference.models import Conference
from inputs.comparing import chapters_of
from inputs.models import Matter, Publication
from inputs.versions import Json, content_of
from rnik.lib.text import fold


@dataclass(frozen=True)
class Said:
    """A point as it was published: its id, its words, and where it stands."""

    id: str
    text: str
    place: str
    heading: str
    question: str

    @property
    def anchor(self) -> str:
        return f"p-{self.id[:12]}"


@dataclass(frozen=True)
class Row:
    """A matter and what was said; `said` is None while the point is in no published report."""

    matter: Matter
    said: Said | None


def published_points(edition: Publication | None) -> dict[str, Said]:
    """The points of that edition by id, in the report's order; none of one that is withdrawn. One query."""
    if edition is None or edition.withdrawn_at or edition.version.emptied_at:
        return {}
    return {said.id: said for said in _points(content_of(edition.version))}


def newest_edition(conference: Conference) -> Publication | None:
    """The edition that everybody is shown, withdrawn or not."""
    editions = Publication.objects.filter(version__conference=conference).select_related("version")
    return editions.order_by("-version__number").first()


def read_matters(conference: Conference, said: dict[str, Said]) -> list[Row]:
    """Those that stand, in their order. One query."""
    matters = Matter.objects.standing().filter(conference=conference).select_related("point", "ministry")
    return [Row(matter, said.get(matter.point.key.hex)) for matter in matters]


def looked_for(said: dict[str, Said], words: str) -> list[Said]:
    """Those in which all the words stand, whatever their case."""
    wanted = fold(words).split()
    return [one for one in said.values() if all(word in fold(f"{one.text} {one.heading}") for word in wanted)]


def _points(content: Json) -> Iterator[Said]:
    for chapter in chapters_of(content["chapters"]):
        for question in chapter.get("questions", []):
            place = f"{chapter.get('session', '')}.{question['number']}"
            for heading in question.get("headings", []):
                for point in heading["points"]:
                    yield Said(point["id"], point["text"], place, heading["title"], question.get("text", ""))
