"""The people of a conference: invited by a link that is shown once, given a role, let go."""

from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conference.actions import people as actions
from conference.forms.membership import InviteForm, MemberForm
from conference.models import Conference, Membership, Role, User
from conference.views.lists import just_removed, person, posted, remember_removed, setup_view


@require_safe
@setup_view
def people(request: HttpRequest, conference: Conference) -> HttpResponse:
    members = conference.memberships.select_related("user").prefetch_related("sessions").order_by("user__name", "pk")
    return render(request, "conference/people/people.html", {"conference": conference, "members": members})


@require_http_methods(["GET", "HEAD", "POST"])
@setup_view
def invite(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Who is new gets a link, shown as the answer; who has a password already just comes in."""
    form = InviteForm(posted(request), conference=conference)
    if form.is_valid():
        chosen = form.cleaned_data
        try:
            member = actions.invite(
                conference,
                email=chosen["email"],
                name=chosen["name"],
                role=Role(chosen["role"]),
                sessions=chosen["sessions"],
                by=person(request),
            )
        except actions.AlreadyMember:
            form.add_error(
                "email", _("This person is here already. Find them in the list to change the role or make a link.")
            )
        except actions.MayNotLogIn:
            form.add_error("email", _("This account is closed. Ask whoever runs the server to open it."))
        else:
            return _came_in(request, member)
    context = {"conference": conference, "form": form}
    return render(request, "conference/people/invite.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@setup_view
def member(request: HttpRequest, conference: Conference, pk: int) -> HttpResponse:
    """One person's role and sessions, a new link, and letting them go."""
    found = _find(conference, pk)
    start = {"role": found.role, "sessions": found.sessions.all()}
    form = MemberForm(posted(request), initial=start, conference=conference)
    if form.is_valid():
        role, sessions = Role(form.cleaned_data["role"]), form.cleaned_data["sessions"]
        try:
            actions.change_role(found, role=role, sessions=sessions, by=person(request))
        except actions.LastAdministrator:
            form.add_error("role", _last_administrator())
        else:
            messages.success(request, _("«%(name)s» is saved.") % {"name": found.user})
            return redirect("setup_people", conference.slug)
    context = {
        "conference": conference,
        "form": form,
        "member": found,
        "may_make_link": actions.may_make_link(found.user, by=person(request)),
    }
    return render(request, "conference/people/member.html", context, status=422 if form.is_bound else 200)


@require_POST
@setup_view
def make_link(request: HttpRequest, conference: Conference, pk: int) -> HttpResponse:
    """A link with which the person sets a password, for whoever has lost theirs or the first link."""
    found = _find(conference, pk)
    if not actions.may_make_link(found.user, by=person(request)):
        messages.error(
            request,
            _("No link is made for %(name)s: the account serves other conferences too, or is yours or the server's.")
            % {"name": found.user},
        )
        return redirect("setup_person", conference.slug, pk)
    actions.record_link(found, by=person(request))
    return _link_page(request, found)


@require_POST
@setup_view
def let_go(request: HttpRequest, conference: Conference, pk: int) -> HttpResponse:
    """Take the role away, at once; the list offers to undo it."""
    page = reverse("setup_people", args=[conference.slug])
    if not conference.memberships.filter(pk=pk).exists() and just_removed(request, "setup_person", pk):
        return redirect(page)  # the second click of two
    found = _find(conference, pk)
    name = str(found.user)
    try:
        kept = actions.let_go(found, by=person(request))
    except actions.LastAdministrator:
        messages.error(request, _last_administrator())
        return redirect("setup_person", conference.slug, pk)
    remember_removed(request, conference, ("setup_person", pk), name=name, page=page, kept=kept)
    return redirect(page)


def invitation_path(user: User) -> str:
    """Where the person sets a password. It stops working when they have, and after PASSWORD_RESET_TIMEOUT."""
    coded = urlsafe_base64_encode(force_bytes(user.pk))
    return reverse("invitation", args=[coded, default_token_generator.make_token(user)])


def _came_in(request: HttpRequest, member: Membership) -> HttpResponse:
    user = member.user
    if user.has_usable_password():
        messages.success(
            request, _("%(name)s has an account and can log in to this conference now.") % {"name": user}
        )
        return redirect("setup_people", member.conference.slug)
    if actions.may_make_link(user, by=person(request)):
        return _link_page(request, member)
    messages.success(
        request,
        _("%(name)s is invited to another conference too, and comes in here with the link from there.")
        % {"name": user},
    )
    return redirect("setup_people", member.conference.slug)


def _link_page(request: HttpRequest, member: Membership) -> HttpResponse:
    link = request.build_absolute_uri(invitation_path(member.user))
    context = {"conference": member.conference, "member": member, "link": link}
    return render(request, "conference/people/link.html", context)


def _find(conference: Conference, pk: int) -> Membership:
    found = get_object_or_404(conference.memberships.select_related("user"), pk=pk)
    found.conference = conference
    return found


def _last_administrator() -> str:
    return _("Somebody must administer the conference. Make another person administrator first.")
