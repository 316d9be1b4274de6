"""The two ways of writing at a table, line by line and as running text. The device remembers which was chosen."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from inputs.models import MinutesSheet

LINES = "linjer"
SHEET = "fritekst"
_NAME = "maate"  # in the address and on the device
_SHOWN = "som"  # in the address of a page that is loaded anew: shows the way without choosing it
_REMEMBERED = 14 * 24 * 60 * 60


@dataclass
class SheetBox:
    """The sheet on the page: what stands in its box, and what is stored where that is another text."""

    key: UUID
    revision: int
    text: str
    received_at: datetime | None = None
    fault: str = ""
    stored: str | None = None

    @classmethod
    def of(cls, sheet: MinutesSheet | None) -> "SheetBox":
        """The stored sheet; without one an empty box, whose key makes a second click harmless."""
        if sheet is None:
            return cls(uuid4(), 0, "")
        return cls(sheet.key, sheet.revision, sheet.text, sheet.received_at)


def way_of(request: HttpRequest) -> str:
    """As the address says, else as the device remembers, else line by line."""
    way = request.GET.get(_SHOWN) or request.GET.get(_NAME) or request.COOKIES.get(_NAME)
    return SHEET if way == SHEET else LINES


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What the address says is this device's way from now on; the server stores nothing."""
    if request.GET.get(_NAME) in {LINES, SHEET}:
        response.set_cookie(
            _NAME,
            request.GET[_NAME],
            max_age=_REMEMBERED,
            path="/bord/",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
