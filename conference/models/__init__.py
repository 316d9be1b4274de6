"""What is planned, and who. One idea a module; import from here."""

from conference.models.advance import AdvancePage, HandOut, HandOutKind
from conference.models.contributions import MAX_REQUEST, OF_A_SESSION, Contribution, ReportPart
from conference.models.deliveries import Delivery
from conference.models.devices import Device
from conference.models.door import WrongCodes
from conference.models.edition import (
    REHEARSAL_MARKS,
    Attribution,
    Conference,
    Language,
    Ministry,
    ParticipantCount,
    Series,
)
from conference.models.evaluation import (
    RespondentGroup,
    Survey,
    SurveyAnswer,
    SurveyQuestion,
    SurveyQuestionKind,
)
from conference.models.history import Event, RetentionPass, RevisionCounter
from conference.models.people import Kind, Membership, Role, User
from conference.models.plenary import PlenaryTurn
from conference.models.programme import (
    Introducer,
    ItemKind,
    ProgrammeItem,
    Round,
    Session,
    SessionFormat,
    SessionMinistry,
)
from conference.models.public import MAX_PUBLIC_TEXT, PublicPage, VideoLink
from conference.models.questions import Question, QuestionRevision, SubQuestion
from conference.models.tables import AccessCode, NoteTaker, Table
from conference.models.texts import ChapterText, ChapterTextRevision, TextSlot, TextState

__all__ = [
    "MAX_PUBLIC_TEXT",
    "MAX_REQUEST",
    "OF_A_SESSION",
    "REHEARSAL_MARKS",
    "AccessCode",
    "AdvancePage",
    "Attribution",
    "ChapterText",
    "ChapterTextRevision",
    "Conference",
    "Contribution",
    "Delivery",
    "Device",
    "Event",
    "HandOut",
    "HandOutKind",
    "Introducer",
    "ItemKind",
    "Kind",
    "Language",
    "Membership",
    "Ministry",
    "NoteTaker",
    "ParticipantCount",
    "PlenaryTurn",
    "ProgrammeItem",
    "PublicPage",
    "Question",
    "QuestionRevision",
    "ReportPart",
    "RespondentGroup",
    "RetentionPass",
    "RevisionCounter",
    "Role",
    "Round",
    "Series",
    "Session",
    "SessionFormat",
    "SessionMinistry",
    "SubQuestion",
    "Survey",
    "SurveyAnswer",
    "SurveyQuestion",
    "SurveyQuestionKind",
    "Table",
    "TextSlot",
    "TextState",
    "User",
    "VideoLink",
    "WrongCodes",
]
