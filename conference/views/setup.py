"""Making a conference, and the path of steps through «Set up» with what is missing at each."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from conference.access import EDITING
from conference.actions.setup import make_conference
from conference.forms.planning import NewConferenceForm
from conference.models import AccessCode, AdvancePage, Conference, Language, PublicPage, Role, Survey
from conference.views.advance import changed
from conference.views.lists import person, posted, setup_view


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conference_new(request: HttpRequest) -> HttpResponse:
    """Make a conference: for superusers and staff. Whoever makes it becomes its administrator."""
    user = person(request)
    if not (user.is_staff or user.is_superuser):
        raise PermissionDenied
    form = NewConferenceForm(posted(request), initial={"language": Language.BOKMAL})
    if not form.is_valid():
        return render(request, "conference/setup/new.html", {"form": form}, status=422 if form.is_bound else 200)
    facts = form.cleaned_data
    try:
        conference = make_conference(
            title=facts["title"],
            day=facts["date"],
            language=Language(facts["language"]),
            slug=facts["slug"],
            by=user,
        )
    except IntegrityError:  # two made one with the same short name at the same moment
        form.add_error("slug", _("A conference has this short name already. Choose another one."))
        return render(request, "conference/setup/new.html", {"form": form}, status=422)
    messages.success(request, _("«%(title)s» is made. Go on with the steps below.") % {"title": conference.title})
    return redirect("setup", conference.slug)


@dataclass
class Step:
    """One step of the path. `view` is the name of its page; what has no page yet is not a link."""

    title: str
    view: str
    stands: str = ""
    missing: list[str] = field(default_factory=list)
    optional: bool = False

    @property
    def is_done(self) -> bool:
        return bool(self.stands) and not self.missing


@require_safe
@setup_view
def setup(request: HttpRequest, conference: Conference) -> HttpResponse:
    steps = [build(conference) for build in STEPS]
    left = sum(not step.is_done and not step.optional for step in steps)
    return render(request, "conference/setup/setup.html", {"conference": conference, "steps": steps, "left": left})


def _facts(conference: Conference) -> Step:
    wanted = {_("theme"): conference.theme, _("venue"): conference.venue}
    missing = [_("Not filled in: %(fact)s.") % {"fact": name} for name, value in wanted.items() if not value]
    stands = _("Title, date and language are here.")
    return Step(_("Facts"), "setup_facts", stands, missing)


def _ministries(conference: Conference) -> Step:
    number = conference.ministries.count()
    step = Step(_("Ministries"), "setup_ministries", optional=True)
    if number:
        step.stands = ngettext("%(n)s ministry", "%(n)s ministries", number) % {"n": number}
    else:
        step.missing = [_("None yet. They can be named as responsible for a session.")]
    return step


def _sessions(conference: Conference) -> Step:
    sessions = list(conference.sessions.annotate(asked=Count("questions")))
    step = Step(_("Sessions and questions"), "setup_sessions")
    if not sessions:
        step.missing = [_("No sessions yet.")]
        return step
    asked = sum(session.asked for session in sessions)
    first = ngettext("%(n)s session", "%(n)s sessions", len(sessions)) % {"n": len(sessions)}
    second = ngettext("%(n)s question", "%(n)s questions", asked) % {"n": asked}
    step.stands = f"{first}, {second}"
    step.missing = [
        _("No questions in session %(number)s yet.") % {"number": session.number}
        for session in sessions
        if not session.asked
    ]
    return step


def _advance(conference: Conference) -> Step:
    step = Step(_("Questions in advance"), "setup_advance", optional=True)
    last = conference.hand_outs.first()
    if last:
        step.stands = _("Last %(what)s %(day)s.") % {
            "what": last.get_kind_display(),
            "day": date_format(localtime(last.at), "d.m"),
        }
    elif AdvancePage.objects.filter(conference=conference, released_at__isnull=False).exists():
        step.stands = _("The page is open to everybody who has the address.")
    else:
        step.missing = [_("For those who come: a sheet to print, and a page that needs no log-in.")]
    step.missing += [f"{question.session.number}.{question.number}: {said}" for question, said in changed(conference)]
    return step


def _programme(conference: Conference) -> Step:
    number = conference.programme.count()
    step = Step(_("Programme"), "setup_programme")
    if number:
        step.stands = ngettext("%(n)s item", "%(n)s items", number) % {"n": number}
    else:
        step.missing = [_("The programme is empty.")]
    return step


def _tables(conference: Conference) -> Step:
    number = conference.tables.count()
    codes = AccessCode.objects.filter(
        note_taker__table__conference=conference, revoked_at=None, valid_until__gt=timezone.now()
    )
    with_code = codes.values("note_taker__table").distinct().count()
    step = Step(_("Tables and codes"), "setup_tables")
    if not number:
        step.missing = [_("No tables yet.")]
        return step
    step.stands = ngettext("%(n)s table", "%(n)s tables", number) % {"n": number}
    if with_code < number:
        without = number - with_code
        step.missing = [
            ngettext("%(n)s table has no code yet.", "%(n)s tables have no code yet.", without) % {"n": without}
        ]
    return step


def _people(conference: Conference) -> Step:
    roles = list(conference.memberships.filter(user__is_active=True).values_list("role", flat=True))
    step = Step(_("People"), "setup_people", optional=True)
    step.stands = ngettext("%(n)s person", "%(n)s people", len(roles)) % {"n": len(roles)}
    if not (EDITING - {Role.ADMINISTRATOR}) & set(roles):
        step.missing = [_("Administrators alone so far. They can edit the report too; add others who are to help.")]
    return step


def _survey(conference: Conference) -> Step:
    step = Step(_("Survey"), "setup_survey", optional=True)
    if Survey.objects.filter(conference=conference).exists():
        step.stands = _("The counts are here.")
    else:
        step.missing = [_("Comes after the conference, when the participants have answered.")]
    return step


def _rehearsal(conference: Conference) -> Step:
    step = Step(_("Rehearsal"), "setup_rehearsal", optional=True)
    if conference.is_rehearsal:
        step.missing = [_("Delete it when you have practised.")]
    elif stored := conference.rehearsals.first():
        step.stands = stored.title
    else:
        step.missing = [_("Practise on a copy with tables of its own. It is deleted with one click.")]
    return step


def _public(conference: Conference) -> Step:
    step = Step(_("Public page"), "setup_public", optional=True)
    if PublicPage.objects.filter(conference=conference, opened_at__isnull=False).exists():
        step.stands = _("The page is open to everybody.")
    else:
        step.missing = [_("Closed. Programme, questions, videos and the report for everybody.")]
    return step


def _import(_conference: Conference) -> Step:
    what_for = _("Fill in everything above at once from a file, or read in notes that were written on paper.")
    return Step(_("Import"), "setup_import", missing=[what_for], optional=True)


STEPS: list[Callable[[Conference], Step]] = [
    _facts,
    _ministries,
    _sessions,
    _advance,
    _programme,
    _tables,
    _people,
    _rehearsal,
    _survey,
    _public,
    _import,
]
