"""One page of what the checks find in the report: mend it where it stands, or accept it with a reason."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from conference.access import may_edit, sessions_to_edit
from conference.models import Conference, Role
from conference.web import conference_view
from inputs.actions import checks as acts
from inputs.actions.faults import NotYours
from inputs.checks.finding import Code, Finding, Kind, Place, Thing
from inputs.findings import Found, findings, places_of, read_edition
from inputs.forms.checks import KINDS, AcceptForm, KindForm
from inputs.models import Acceptance
from inputs.web import edits_somewhere, person
from rnik.lib.marking import pieces

SHOWN = 200  # rows at a time of those that are open, and of those that are accepted


@dataclass(frozen=True)
class Row:
    """A finding as the page shows it. `address` is where it is mended; empty for who may not go there."""

    found: Found
    address: str
    editing: bool
    form: AcceptForm | None = None

    @property
    def finding(self) -> Finding:
        return self.found.finding

    @property
    def anchor(self) -> str:
        return "f-" + self.finding.key.replace(":", "-").replace("_", "-")

    @property
    def pieces(self) -> list[tuple[str, bool]]:
        """The text with what was found in it marked; a long one no longer than its place needs."""
        return pieces(self.finding.text, self.finding.marks, longest=240)


@dataclass(frozen=True)
class Group:
    """The findings of one kind."""

    kind: Kind
    name: str | Promise
    rows: list[Row]


@dataclass(frozen=True)
class _Typed:
    """A form that could not be accepted: which finding it is of, and what is said about it."""

    finding: str = ""
    form: AcceptForm | None = None
    status: int = 200
    query: QueryDict = field(default_factory=QueryDict)


@require_safe
@conference_view()
def checks(request: HttpRequest, conference: Conference) -> HttpResponse:
    edition = read_edition(conference)
    return _page(request, conference, findings(edition, conference), _Typed(query=request.GET))


@require_POST
@conference_view(may_edit)
def accept(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Accept what was read. If it reads otherwise now, the page says so and keeps the reason that was typed."""
    form = AcceptForm(request.POST)
    key, kind = request.POST.get("finding", ""), KindForm(request.POST).asked
    edition = read_edition(conference)
    found = findings(edition, conference)
    here = next((one.finding for one in found if one.finding.key == key), None)
    if here is None:
        _known(key, places_of(edition))
        messages.info(request, _("It is not found any more. There is nothing to accept."))
        return _back(conference, kind)
    _let_edit(request, conference, here.place)
    if not form.is_valid():
        return _page(request, conference, found, _Typed(key, form, 422, request.POST))
    if form.cleaned_data["reading"] != here.reading:
        form.add_error("reason", _("This has changed since you opened the page. Read it again, then accept it."))
        return _page(request, conference, found, _Typed(key, form, 409, request.POST))
    if not here.can_be_accepted:
        raise Http404
    made = acts.accept(conference, here, reason=form.cleaned_data["reason"], by=person(request))
    if here.needs_second and not made.second_at:
        messages.success(request, _("Accepted. A second person must agree before the report can be published."))
    else:
        messages.success(request, _("Accepted."))
    return _back(conference, kind)


@require_POST
@conference_view(may_edit)
def agree(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """The second person agrees."""
    found = _find(request, conference, key)
    try:
        acts.agree(found, by=person(request))
    except NotYours:
        messages.error(request, _("You have accepted it yourself. Somebody else must agree."))
    except acts.Changed:
        messages.error(request, _("This has changed since you opened the page. Read it again."))
    else:
        messages.success(request, _("You both accept it."))
    return _back(conference, KindForm(request.POST).asked)


@require_POST
@conference_view(may_edit)
def reopen(request: HttpRequest, conference: Conference, key: UUID) -> HttpResponse:
    """It is to be looked at again."""
    acts.reopen(_find(request, conference, key), by=person(request))
    messages.success(request, _("It is open again."))
    return _back(conference, KindForm(request.POST).asked)


def _find(request: HttpRequest, conference: Conference, key: UUID) -> Acceptance:
    found = get_object_or_404(Acceptance.objects.select_related("conference"), conference=conference, key=key)
    place = places_of(read_edition(conference)).get(found.finding.split(":", 1)[1])
    if place:
        _let_edit(request, conference, place)
    return found


def _known(key: str, places: dict[str, Place]) -> None:
    """404 for what was never a finding of this conference."""
    code, _colon, place = key.partition(":")
    if code not in list(Code) or place not in places:
        raise Http404


def _let_edit(request: HttpRequest, conference: Conference, place: Place) -> None:
    """What is a session's own is for those who edit there; everything else for all who edit."""
    if place.session is not None:
        session = conference.sessions.filter(number=place.session).first()
        if not may_edit(person(request), conference, session):
            raise PermissionDenied


def _back(conference: Conference, kind: Kind | None) -> HttpResponse:
    address = reverse("checks", args=[conference.slug])
    return redirect(f"{address}?kind={kind}" if kind else address)


# --- the page ---


def _page(request: HttpRequest, conference: Conference, found: Sequence[Found], typed: _Typed) -> HttpResponse:
    editing = edits_somewhere(request, conference)
    numbers = {one.number for one in sessions_to_edit(person(request), conference)} if editing else set()
    is_administrator = getattr(conference, "viewer_role", "") == Role.ADMINISTRATOR or person(request).is_superuser
    kind = KindForm(typed.query).asked

    def row(one: Found) -> Row:
        place = one.finding.place
        return Row(
            one,
            _address(conference, one.finding, editing=editing, is_administrator=is_administrator),
            editing and (place.session is None or place.session in numbers),
            typed.form if typed.finding == one.finding.key else None,
        )

    chosen = [one for one in found if kind is None or one.finding.kind == kind]
    left = [one for one in chosen if not one.is_settled]
    first, then = [one for one in left if one.is_in_the_way], [one for one in left if not one.is_in_the_way]
    shown = (first + then)[:SHOWN]
    settled = [one for one in chosen if one.is_settled]
    counts = Counter(one.finding.kind for one in found if not one.is_settled)
    context: dict[str, Any] = {
        "conference": conference,
        "editing": editing,
        "is_administrator": is_administrator,
        "kind": kind,
        "kinds": [(one, name, counts[one]) for one, name in KINDS.items() if counts[one] or one == kind],
        "all": len(found),
        "seen": sum(one.is_settled for one in found),
        "left": sum(counts.values()),
        "in_the_way": _groups(map(row, shown[: len(first)])),
        "to_look_at": _groups(map(row, shown[len(first) :])),
        "more": len(left) - len(shown),
        "settled": [row(one) for one in settled[:SHOWN]],
        "settled_number": len(settled),
    }
    return render(request, "inputs/checks.html", context, status=typed.status)


def _groups(rows: Iterable[Row]) -> list[Group]:
    """By kind, in the order of the kinds."""
    by_kind: dict[Kind, list[Row]] = {kind: [] for kind in KINDS}
    for row in rows:
        by_kind[row.finding.kind].append(row)
    return [Group(kind, KINDS[kind], found) for kind, found in by_kind.items() if found]


def _address(conference: Conference, finding: Finding, *, editing: bool, is_administrator: bool) -> str:
    """The very place where it is mended. Readers may look at the desk; set-up is the administrators'."""
    place, slug = finding.place, conference.slug
    match place.thing:
        case Thing.POINT:
            return f"{_question('desk_edit', slug, place)}#line-{UUID(place.ref)}"
        case Thing.HEADING if finding.code == Code.EMPTY_HEADING:
            return f"{_question('desk', slug, place)}#report"  # «Rediger» shows what is printed
        case Thing.HEADING:
            return f"{_question('desk_edit', slug, place)}#heading-{UUID(place.ref)}"
        case Thing.QUESTION:
            return _question("desk", slug, place)
        case Thing.CHAPTER:
            return reverse("report_chapter", args=[slug, place.ref]) if editing else ""
    return _set_up(slug, finding) if is_administrator else ""


def _question(name: str, slug: str, place: Place) -> str:
    return reverse(name, args=[slug, place.session, place.question])


def _set_up(slug: str, finding: Finding) -> str:
    place = finding.place
    match place.thing:
        case Thing.SESSION:
            name = "setup_session" if finding.code == Code.NO_INTRODUCER else "setup_session_form"
            return reverse(name, args=[slug, place.ref])
        case Thing.INTRODUCER:
            return reverse("setup_introducer", args=[slug, *place.ref.split("-")])
        case Thing.ITEM:
            return reverse("setup_item", args=[slug, place.ref])
        case Thing.PARTICIPANTS:
            return reverse("setup_participants", args=[slug, place.ref])
        case Thing.SURVEY_QUESTION:
            return reverse("setup_survey_question", args=[slug, place.ref])
        case Thing.SURVEY:
            return reverse("setup_survey", args=[slug])
    return reverse("setup_facts", args=[slug])
