"""Questions in advance: the step of «Set up», the sheet to print, and the page for whoever has its address."""

from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from conference.actions import advance as acts
from conference.actions.removal import remove
from conference.advance import behind, sessions_with_questions
from conference.forms.advance import HandOutForm
from conference.models import AdvancePage, Conference, HandOut, HandOutKind, Language, Question
from conference.views.lists import just_removed, person, posted, remember_removed, setup_view


def mark(question: Question) -> str:
    """«Changed 08.10 – print it again», where the wording is newer than what was handed out."""
    late = behind(question)
    if not late:
        return ""
    day = date_format(localtime(question.worded_at), "d.m")  # type: ignore[attr-defined]  # of with_hand_outs()
    if len(late) > 1:
        return _("Changed %(day)s – print and send it again") % {"day": day}
    if HandOutKind.PRINTED in late:
        return _("Changed %(day)s – print it again") % {"day": day}
    return _("Changed %(day)s – send it again") % {"day": day}


def changed(conference: Conference) -> list[tuple[Question, str]]:
    """The questions that were worded since they were printed or sent, each with what to do."""
    asked = [one for session in sessions_with_questions(conference) for one in session.questions.all()]
    return [(question, said) for question in asked if (said := mark(question))]


@require_http_methods(["GET", "HEAD", "POST"])
@setup_view
def step(request: HttpRequest, conference: Conference) -> HttpResponse:
    """How the questions reach those who come; a posted form notes that they were printed or sent."""
    form = HandOutForm(posted(request), initial={"key": uuid4()})
    if form.is_valid():
        new = form.cleaned_data
        acts.note_hand_out(conference, HandOutKind(new["kind"]), whom=new["whom"], key=new["key"], by=person(request))
        messages.success(request, _("It is noted."))
        return redirect("setup_advance", conference.slug)
    page = AdvancePage.objects.filter(conference=conference).select_related("released_by").first()
    context = {
        "conference": conference,
        "page": page,
        "address": request.build_absolute_uri(reverse("questions", args=[page.key])) if page else "",
        "form": form,
        "changed": changed(conference),
        "asks": Question.objects.filter(session__conference=conference).exists(),
        "hand_outs": conference.hand_outs.select_related("by"),
        "languages": Language.choices,
    }
    return render(request, "conference/advance/step.html", context, status=422 if form.is_bound else 200)


@require_POST
@setup_view
def page(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Open the page, close it, or give it another address."""
    by, act = person(request), request.POST.get("act")
    if act == "release":
        acts.release(conference, by=by)
        messages.success(request, _("The page is open to everybody who has the address."))
    elif act == "close":
        acts.close(conference, by=by)
        messages.success(request, _("The page is closed. Whoever had it open may see it for a minute more."))
    elif act == "renew":
        acts.renew(conference, _key(request), by=by)
        messages.success(request, _("The page has a new address. The old one leads nowhere."))
    else:
        raise Http404
    return redirect("setup_advance", conference.slug)


@require_POST
@setup_view
def remove_note(request: HttpRequest, conference: Conference, pk: int) -> HttpResponse:
    """A note that was made by mistake."""
    here = reverse("setup_advance", args=[conference.slug])
    if not conference.hand_outs.filter(pk=pk).exists() and just_removed(request, "setup_advance_note", pk):
        return redirect(here)  # the second click of two
    found = get_object_or_404(HandOut, conference=conference, pk=pk)
    kept = remove(found, conference, by=person(request))
    name = f"{found.get_kind_display()} {date_format(localtime(found.at), 'j. b H.i')}"
    remember_removed(request, conference, ("setup_advance_note", pk), name=name, page=here, kept=kept)
    return redirect(here)


@require_safe
@setup_view
def sheet(request: HttpRequest, conference: Conference) -> HttpResponse:
    """All questions on paper, with the fixed words in the language that was asked for."""
    language, sessions = _language(request, conference), sessions_with_questions(conference)
    late = [(one, said) for session in sessions for one in session.questions.all() if (said := mark(one))]
    context = {"conference": conference, "sessions": sessions, "language": language, "changed": late}
    return render(request, "conference/advance/sheet.html", context)


@login_not_required  # for those who come: they have no log-in
@require_safe
@cache_control(public=True, max_age=60)
def public(request: HttpRequest, key: UUID) -> HttpResponse:
    """The questions, for whoever has the address. The same for everybody, so that any cache may keep it a minute."""
    found = get_object_or_404(AdvancePage.objects.select_related("conference"), key=key, released_at__isnull=False)
    conference = found.conference
    language = _language(request, conference)
    context = {
        "conference": conference,
        "sessions": sessions_with_questions(conference),
        "language": language,
        "languages": [("nb", "Bokmål"), ("nn", "Nynorsk"), ("en", "English")],
    }
    with override(language):
        response = render(request, "conference/advance/public.html", context)
    response["Content-Language"] = language
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _language(request: HttpRequest, conference: Conference) -> str:
    """What the address asks for; the conference's own when it asks for none that we have."""
    asked = request.GET.get("sprak", "")
    return asked if asked in Language.values else conference.language


def _key(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        raise Http404 from None
