"""The lists of «Set up»: a row is added, changed on its own page, moved, removed, and put back.

A list is a `RowList` and a template that includes `_list.html`; its addresses come from `list_addresses()` in
setup_urls.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conference.access import may_administer
from conference.actions.ordering import NumberIsUsed, move
from conference.actions.removal import CannotComeBack, HasInputs, ReferredTo, put_back, remove
from conference.actions.setup import save_row
from conference.forms.setup import SetupForm
from conference.models import Conference, Session, User
from conference.web import conference_view

setup_view = conference_view(may_administer)


@dataclass(frozen=True)
class RowList:
    """One list. `name` begins the names of its addresses, `page` is the page that shows it."""

    name: str
    page: str
    page_title: str | Promise
    model: type[models.Model]
    form: type[SetupForm]
    new_title: str | Promise
    empty: str | Promise
    lead: str | Promise = ""
    title: Callable[[Any], str] = str
    detail: Callable[[Any], str] = lambda _row: ""
    mark: Callable[[Any], str] = lambda _row: ""
    prepare: Callable[[models.QuerySet[Any]], models.QuerySet[Any]] = lambda rows: rows
    before: Callable[[Any, Any], bool] = lambda _new, _row: False  # does a new row belong before that one?

    def rows(self, conference: Conference, session: Session | None) -> models.QuerySet[Any]:
        within = {"session": session} if session else {"conference": conference}
        return self.model._default_manager.filter(**within)

    def address(self, act: str, *place: object) -> str:
        return reverse(f"{self.name}{act}", args=place)


@dataclass(frozen=True)
class Row:
    """A row as the page shows it: what it says, and where its buttons lead."""

    id: str
    title: str
    detail: str
    mark: str
    edit: str
    move: str
    remove: str


def shown(listing: RowList, conference: Conference, session: Session | None = None) -> dict[str, Any]:
    """What `_list.html` needs. One query, or as many as `prepare` asks for."""
    rows = listing.prepare(listing.rows(conference, session))
    place = (conference.slug, session.pk) if session else (conference.slug,)
    return {
        "new": listing.address("_new", *place),
        "new_title": listing.new_title,
        "empty": listing.empty,
        "rows": [
            Row(
                id=f"{listing.name}-{row.pk}",
                title=listing.title(row),
                detail=listing.detail(row),
                mark=listing.mark(row),
                edit=listing.address("", *place, row.pk),
                move=listing.address("_move", *place, row.pk),
                remove=listing.address("_remove", *place, row.pk),
            )
            for row in rows
        ],
    }


@require_safe
@setup_view
def list_page(request: HttpRequest, conference: Conference, *, listing: RowList) -> HttpResponse:
    """A page with one list of the conference."""
    context = {
        "conference": conference,
        "title": listing.page_title,
        "lead": listing.lead,
        "list": shown(listing, conference),
    }
    return render(request, "conference/setup/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@setup_view
def edit_row(
    request: HttpRequest,
    conference: Conference,
    *,
    listing: RowList,
    session: int | None = None,
    pk: int | None = None,
) -> HttpResponse:
    """The page of one row; without `pk` a new one."""
    found = session_of(conference, session)
    rows = listing.rows(conference, found)
    row = listing.model(**({"session": found} if found else {"conference": conference}))
    if pk is not None:
        row = get_object_or_404(rows, pk=pk)
    title = listing.title(row) if pk else str(listing.new_title)
    form = listing.form(posted(request), instance=row, conference=conference)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            try:
                save_row(form.instance, rows, conference, by=person(request), before=listing.before)
            except IntegrityError:
                form.add_error(None, _("Somebody has stored the same meanwhile. Go back and look at the list."))
            else:
                messages.success(request, _("«%(name)s» is saved.") % {"name": listing.title(form.instance)})
                return go_on(request) or redirect(page_of(listing, conference, found))
        status = 422
    return form_page(request, conference, listing, form, title=title, session=found, status=status)


@require_POST
@setup_view
def move_row(
    request: HttpRequest, conference: Conference, *, listing: RowList, pk: int, session: int | None = None
) -> HttpResponse:
    found = session_of(conference, session)
    rows = listing.rows(conference, found)
    row = get_object_or_404(rows, pk=pk)
    name = plain_title(listing, row)
    try:
        place, number = move(pk, rows, conference, up=request.POST.get("direction") == "up", by=person(request))
    except NumberIsUsed as refusal:
        messages.error(
            request,
            _("«%(name)s» keeps its number, since inputs were written under it. So the order stays as it is.")
            % {"name": refusal.thing},
        )
    else:
        said = {"name": name, "place": place, "number": number}
        messages.success(request, _("«%(name)s» is number %(place)s of %(number)s.") % said)
        forget_removed(request)
    return redirect(page_of(listing, conference, found))


@require_POST
@setup_view
def remove_row(
    request: HttpRequest, conference: Conference, *, listing: RowList, pk: int, session: int | None = None
) -> HttpResponse:
    """Remove at once; what was removed is kept in the person's session until the next removal."""
    found = session_of(conference, session)
    page = page_of(listing, conference, found)
    row = listing.rows(conference, found).filter(pk=pk).first()
    if row is None:
        if not just_removed(request, listing.name, pk):
            raise Http404
        return redirect(page)  # the second click of two
    name = plain_title(listing, row)
    try:
        kept = remove(row, conference, by=person(request))
    except HasInputs:
        messages.error(
            request,
            _("«%(name)s» stays, since inputs were written under it. What somebody has answered is never removed.")
            % {"name": name},
        )
    except ReferredTo as refusal:
        messages.error(
            request,
            _("«%(name)s» stays, since it is used by: %(what)s. Change those first.")
            % {"name": name, "what": ", ".join(refusal.by)},
        )
    else:
        messages.success(request, _("«%(name)s» is removed.") % {"name": name})
        remember_removed(request, conference, (listing.name, pk), name=name, page=page, kept=kept)
    return redirect(page)


def remember_removed(
    request: HttpRequest, conference: Conference, row: tuple[str, int], *, name: str, page: str, kept: str
) -> None:
    """Keep what `remove()` gave until the person's next removal, so that `page` can offer to put it back."""
    request.session["removed"] = {
        "conference": conference.pk,
        "row": list(row),
        "name": name,
        "page": page,
        "kept": kept,
    }


def forget_removed(request: HttpRequest) -> None:
    """Whoever has gone on to something else is not offered to put it back any more."""
    request.session.pop("removed", None)


def go_on(request: HttpRequest) -> HttpResponse | None:
    """After a row is saved: the empty form once more, when that is what was pressed."""
    forget_removed(request)
    return redirect(request.path) if "more" in request.POST else None


def just_removed(request: HttpRequest, name: str, pk: int) -> bool:
    """Was it the person's last removal? Then a second click is no mistake."""
    return bool(request.session.get("removed", {}).get("row") == [name, pk])


@require_POST
@setup_view
def put_back_row(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Undo the person's last removal in this conference."""
    removed = request.session.get("removed")
    if not removed or removed["conference"] != conference.pk:
        messages.error(request, _("There is nothing to put back."))
        return redirect("setup", conference.slug)
    try:
        put_back(removed["kept"], conference, by=person(request))
    except CannotComeBack:
        messages.error(
            request,
            _("«%(name)s» cannot come back: something has taken its place, or what it belongs to is gone.")
            % {"name": removed["name"]},
        )
    else:
        del request.session["removed"]
        messages.success(request, _("«%(name)s» is back.") % {"name": removed["name"]})
    return redirect(removed["page"])


def form_page(
    request: HttpRequest,
    conference: Conference,
    listing: RowList,
    form: SetupForm,
    *,
    title: str,
    session: Session | None = None,
    status: int = 200,
    template: str = "conference/setup/form.html",
    **more: Any,
) -> HttpResponse:
    """A form on its own page, below the page that shows the list."""
    context = {
        "conference": conference,
        "form": form,
        "title": title,
        "back": page_of(listing, conference, session),
        "back_title": session or listing.page_title,
        **more,
    }
    return render(request, template, context, status=status)


def page_of(listing: RowList, conference: Conference, session: Session | None) -> str:
    return reverse(listing.page, args=[conference.slug, *([session.pk] if session else [])])


def plain_title(listing: RowList, row: Any) -> str:
    """What a message calls the row; a question may be long."""
    title = listing.title(row)
    return title if len(title) <= 80 else title[:79].rstrip() + "…"


def session_of(conference: Conference, pk: int | None) -> Session | None:
    """The session in the address, of this conference alone; None where the address has none."""
    if pk is None:
        return None
    session = get_object_or_404(conference.sessions, pk=pk)
    session.conference = conference
    return session


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to; also a form that was posted empty is bound, and refused."""
    return request.POST if request.method == "POST" else None


def person(request: HttpRequest) -> User:
    """Who asks; the decorator lets nobody else in."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
