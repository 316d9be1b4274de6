"""«Lag en øvelse»: a conference to practise on, and its end."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from conference.access import may_administer
from conference.actions.rehearsal import make_rehearsal
from conference.models import Conference
from conference.web import conference_view
from inputs.actions.rehearsal import NotARehearsal, what_goes, wipe
from inputs.forms.rehearsal import RehearsalForm
from inputs.web import person

administering_view = conference_view(may_administer)


@require_http_methods(["GET", "HEAD", "POST"])
@administering_view
def rehearsal(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Of a real conference: make its rehearsal, or go to it. Of a rehearsal: what goes when it is wiped."""
    if conference.is_rehearsal:
        if request.method == "POST":
            raise Http404  # there is no rehearsal of a rehearsal
        context = {"conference": conference, "going": what_goes(conference)}
        return render(request, "inputs/rehearsal_wipe.html", context)
    form = RehearsalForm(request.POST if request.method == "POST" else None, conference=conference)
    if form.is_valid():
        facts = form.cleaned_data
        made = make_rehearsal(
            conference,
            day=facts["date"],
            tables=facts["tables"],
            with_people=facts["with_people"],
            by=person(request),
        )
        messages.success(request, _("«%(title)s» is here. Make codes for its tables now.") % {"title": made.title})
        return redirect("setup_codes", made.slug)
    user = person(request)
    context = {
        "conference": conference,
        "form": form,
        "rehearsal": conference.rehearsals.first(),
        # Whoever is not in it cannot go there.
        "visible": Conference.objects.visible_to(user).filter(rehearsal_of=conference).exists(),
    }
    return render(request, "inputs/rehearsal.html", context, status=422 if form.is_bound else 200)


@require_POST
@administering_view
def rehearsal_wipe(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Delete the rehearsal with all that was written in it. A real conference is refused, by the database too."""
    try:
        wipe(conference, by=person(request))
    except NotARehearsal:
        messages.error(request, _("This is no rehearsal. A real conference is never deleted."))
        return redirect("setup_rehearsal", conference.slug)
    except Conference.DoesNotExist:
        pass  # the second click of two
    messages.success(request, _("«%(title)s» is deleted.") % {"title": conference.title})
    return redirect("home")
