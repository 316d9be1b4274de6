"""«Set up»: what everybody may see of the conference, and its videos."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from conference.actions.faults import Stale
from conference.actions.public import save_public_page
from conference.forms.public import PublicPageForm, VideoForm
from conference.forms.setup import differences
from conference.models import Conference, PublicPage, VideoLink
from conference.views.facts import on_top
from conference.views.lists import RowList, person, posted, setup_view


def about(video: VideoLink) -> str:
    captions = _("with captions") if video.has_captions else _("without captions")
    return f"{video.get_language_display()}, {captions}"


VIDEOS = RowList(
    name="setup_video",
    page="setup_videos",
    page_title=gettext_lazy("Videos"),
    model=VideoLink,
    form=VideoForm,
    new_title=gettext_lazy("Add a video"),
    empty=gettext_lazy("No videos yet. Add the address of each that lies on the web."),
    lead=gettext_lazy("The videos stand on the public page when you have switched them on there."),
    detail=about,
)


@require_http_methods(["GET", "HEAD", "POST"])
@setup_view
def public_page(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The switches and the texts. A rehearsal has no public page, and says so."""
    stored = PublicPage.objects.filter(conference=conference).first() or PublicPage(conference=conference, version=0)
    form = PublicPageForm(posted(request), instance=stored, conference=conference)
    context = {"conference": conference, "form": form, "page": stored, "both": None}
    if request.method != "POST":
        return render(request, "conference/setup/public.html", context)
    if conference.is_rehearsal:
        raise PermissionDenied
    if not form.is_valid():
        return render(request, "conference/setup/public.html", context, status=422)
    is_open = form.cleaned_data["is_open"]
    try:
        save_public_page(
            form.instance, fields=form.Meta.fields, is_open=is_open, version=form.read_at(), by=person(request)
        )
    except Stale as stale:
        form = on_top(PublicPageForm, request, stale.stored, conference)
        context |= {"form": form, "both": differences(form)}
        return render(request, "conference/setup/public.html", context, status=409)
    messages.success(
        request,
        _("It is saved. The page is open to everybody.") if is_open else _("It is saved. The page is closed."),
    )
    return redirect("setup_public", conference.slug)
