"""Why an act was refused. Nothing has changed when one of these is raised."""

from inputs.models import BigScreen, HeardLine, Input, Matter, MinutesSheet, Point, PointHold, ReportTemplate, SignOff


class Refused(Exception):
    """The common ground of the refusals below; views turn it into a sentence."""


class AlreadyHandled(Refused):
    """Someone was faster: the inputs have been used or set aside already."""

    def __init__(self, inputs: list[Input]) -> None:
        self.inputs = inputs
        super().__init__(f"{len(inputs)} inputs are handled already")


class NotAvailable(Refused):
    """The input is set aside, or the point removed: bring it back first."""


class WithoutQuestion(Refused):
    """An input that stands under no question cannot become a point: file it first."""


class OtherConference(Refused):
    """Things of two conferences, or of two questions, were asked to meet."""


class Stale(Refused):
    """The text was changed by somebody else since it was read. `stored` is the thing as it is now."""

    def __init__(
        self, stored: Point | Input | MinutesSheet | HeardLine | BigScreen | Matter | ReportTemplate
    ) -> None:
        self.stored = stored
        super().__init__("changed by somebody else")


class KeyTaken(Refused):
    """The key that a device chose belongs to another table. Nothing of what is stored there is told."""


class Locked(Refused):
    """The table may no longer change what is stored: the deadline has passed, or the session is delivered."""

    def __init__(self, stored: Input | MinutesSheet) -> None:
        self.stored = stored
        super().__init__("can no longer be changed by the table")


class Rearranged(Refused):
    """The notes were put in another order since it was read. Nothing of their words is touched by that."""


class TitleTaken(Refused):
    """The question has a heading of that name already."""


class NotEmpty(Refused):
    """A heading with points under it cannot be removed."""


class Full(Refused):
    """The question has as many lines as can be heard. Remove one first."""


class ChosenAgain(Refused):
    """What the removed line says has been chosen anew, and stands already."""


class NoRoom(Refused):
    """The two texts together are longer than a text can be."""


class SignedOff(Refused):
    """The question is signed off: what is to be changed is proposed, or the sign-off is lifted first."""

    def __init__(self, stored: SignOff) -> None:
        self.stored = stored
        super().__init__("signed off")


class NotFinished(Refused):
    """The question cannot be signed off: something of it stands in the way of publication."""


class UnderClarification(Refused):
    """The point is to be looked at already; one thing at a time."""


class Decided(Refused):
    """It has been decided already."""


class NotYours(Refused):
    """Whoever wrote the text cannot be the one who confirms it, or take back what another asked."""


class Held(Refused):
    """Somebody is merging the point. It is theirs until they are done, their time is over, or it is taken over."""

    def __init__(self, stored: PointHold) -> None:
        self.stored = stored
        super().__init__("held")
