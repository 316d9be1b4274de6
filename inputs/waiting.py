"""What waits for one person in a conference: where to go on reading, and the chapters they see to."""

from dataclasses import dataclass

from conference.access import EDITING
from conference.models import ChapterText, Conference, Membership, Role, TextState
from inputs.queries import Coverage, QuestionCoverage


@dataclass(frozen=True)
class Waiting:
    """`question` is the first of theirs with inputs that remain; `inputs` how many remain in all of theirs."""

    question: QuestionCoverage | None
    inputs: int
    chapters: tuple[ChapterText, ...]

    def __bool__(self) -> bool:
        return self.question is not None or bool(self.chapters)


def waiting(conference: Conference, member: Membership, numbers: Coverage) -> Waiting:
    """For the member; an editor who is limited to some sessions has only those. Two queries."""
    if member.role not in EDITING:
        return Waiting(None, 0, ())
    own = set(member.sessions.values_list("number", flat=True)) if member.role == Role.EDITOR else set()
    theirs = [row for row in numbers.questions if row.unhandled and (not own or row.session in own)]
    chapters = conference.texts.filter(owner_id=member.user_id, state=TextState.DRAFT)
    return Waiting(theirs[0] if theirs else None, sum(row.unhandled for row in theirs), tuple(chapters))
