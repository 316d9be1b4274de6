"""What the tests of the editors' pages share: who comes, and how an address is spelt."""

from typing import Any

from django.test import Client
from django.urls import reverse

from conference.models import Question, User
from inputs.actions.points import plan_merge
from inputs.models import Heading, Input, Point, PointRevision, PointSource, SetAside
from inputs.views.merging import seal

BACKEND = "django.contrib.auth.backends.ModelBackend"


def address(name: str, question: Question, *more: object) -> str:
    """The address of a page below a question."""
    place = question.session.conference.slug, question.session.number, question.number
    return reverse(name, args=[*place, *more])


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user, BACKEND)
    return client


def picture() -> tuple[Any, ...]:
    """All that editing can change."""
    return (
        list(Input.objects.order_by("pk").values_list("pk", "text", "lead_source", "set_aside", "filed_under")),
        list(Point.objects.order_by("pk").values_list("pk", "text", "heading", "position", "version", "removed_at")),
        list(Heading.objects.order_by("pk").values_list("pk", "title", "position", "removed_at")),
        list(PointSource.objects.order_by("pk").values_list("pk", "point", "input", "closed_at")),
        SetAside.objects.count(),
        PointRevision.objects.count(),
    )


def merge_form(*points: Point, text: str) -> dict[str, Any]:
    """What the page of merging posts when the points stand as they do now."""
    return {
        "point": [str(point.key) for point in points],
        "version": [point.version for point in points],
        "source": [seal(entry) for entry in plan_merge(points).inputs],
        "text": text,
    }


def said(response: Any) -> list[str]:
    """The messages on the page that an act led back to."""
    return [str(message) for message in response.context["messages"]]
