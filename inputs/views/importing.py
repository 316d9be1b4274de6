"""Reading in files: notes from the tables, or the whole of «Set up». First a look, then the act."""

import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from conference.access import may_administer
from conference.actions.loading import load_conference
from conference.actions.replacing import NotReplaceable
from conference.describing import describe
from conference.importers import inputs_file
from conference.importers.files import read_conference
from conference.importers.problems import ImportFault
from conference.models import Conference
from conference.web import conference_view
from inputs.actions.conference_file import aimed_at, preview
from inputs.actions.importing import ImportPlan, import_notes, plan_import
from inputs.forms.importing import FileForm, KeptFile, keep
from inputs.web import person

setup_view = conference_view(may_administer)
Look = Callable[[HttpRequest, Conference, bytes, str], HttpResponse]

Faults = list[tuple[int | None, str]]  # line, where there is one, and what is wrong

SHOWN = 10  # notes that the look shows


@require_safe
@setup_view
def importing(request: HttpRequest, conference: Conference) -> HttpResponse:
    return _page(request, conference)


@require_safe
@setup_view
def notes_template(_request: HttpRequest, conference: Conference) -> HttpResponse:
    """An empty file to fill in: the columns, and a row that shows what belongs in them."""
    text = ";".join([*inputs_file.REQUIRED, "kind"]) + "\n" + _("n1;1;1;1;What was said at the table;measure") + "\n"
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{conference.slug}-notater.csv"'
    return response


@require_safe
@setup_view
def conference_file(_request: HttpRequest, conference: Conference) -> HttpResponse:
    """What is planned as a file that can be read in again, here or in another conference."""
    text = json.dumps(describe(conference), ensure_ascii=False, indent=1) + "\n"
    response = HttpResponse(text, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{conference.slug}.json"'
    return response


@require_POST
@setup_view
def import_notes_file(request: HttpRequest, conference: Conference) -> HttpResponse:
    """Notes from CSV or XLSX: what would be added, or with `confirm` adding it. Twice the same adds nothing."""
    return _read(request, conference, "notes", _notes)


@require_POST
@setup_view
def import_conference_file(request: HttpRequest, conference: Conference) -> HttpResponse:
    """The conference from JSON: what would change, or with `confirm` the change."""
    return _read(request, conference, "conference", _conference)


def _read(request: HttpRequest, conference: Conference, which: str, look: Look) -> HttpResponse:
    """The file that was chosen, or the one that came back with the page, handed to `look`."""
    form: FileForm | KeptFile
    if "kept" in request.POST:
        form = KeptFile(request.POST)
        if not form.is_valid():
            problem = _("The file did not come back whole. Choose it again.")
            return _page(request, conference, problems={which: [(None, problem)]}, status=422)
        content, name = form.cleaned_data["kept"], form.cleaned_data["name"]
    else:
        form = _forms(conference, which, request)[which]
        if not form.is_valid():
            return _page(request, conference, forms={which: form}, status=422)
        file = form.cleaned_data["file"]
        content, name = file.read(), file.name or ""
    found: Faults
    try:
        return look(request, conference, content, name)
    except ImportFault as fault:
        found = [(problem.line, problem.message) for problem in fault.problems]
    except NotReplaceable as refusal:
        found = [(None, reason) for reason in refusal.reasons]
    return _page(request, conference, problems={which: found}, name=name, status=422)


def _notes(request: HttpRequest, conference: Conference, content: bytes, name: str) -> HttpResponse:
    plan = plan_import(conference, inputs_file.read(content, name), file=name)
    if "confirm" in request.POST:
        added = import_notes(plan, by=person(request))
        messages.success(
            request,
            ngettext("%(count)d input is read in.", "%(count)d inputs are read in.", added) % {"count": added},
        )
        return redirect("inputs", conference.slug)
    context = {
        "conference": conference,
        "plan": plan,
        "places": _places(plan),
        "shown": plan.notes[:SHOWN],
        "kept": keep(content, name),
    }
    return render(request, "inputs/import_notes.html", context)


def _places(plan: ImportPlan) -> list[tuple[str, int]]:
    """How many would come to each question, «Uplassert» last in its session."""
    counts = Counter(
        (note.session.number, note.question.number if note.question else float("inf")) for note in plan.notes
    )
    return [
        (
            _("Session %(number)d, without question") % {"number": session}
            if question == float("inf")
            else _("Question %(number)s") % {"number": f"{session}.{question}"},
            count,
        )
        for (session, question), count in sorted(counts.items())
    ]


def _conference(request: HttpRequest, conference: Conference, content: bytes, name: str) -> HttpResponse:
    described, points = read_conference(content, name)
    # Last year's file brings its questions to this year's conference, and not its title and date, unless one says so.
    is_own = described.conference.slug == conference.slug
    facts = "facts" in request.POST or (is_own and "seen" not in request.POST)
    if "confirm" in request.POST:
        load_conference(aimed_at(described, conference, facts=facts), by=person(request))
        messages.success(request, _("«%(name)s» is read in.") % {"name": name})
        return redirect("setup", conference.slug)
    context = {
        "conference": conference,
        "changes": preview(described, conference, by=person(request), facts=facts),
        "title": described.conference.title,
        "is_own": is_own,
        "facts": facts,
        "has_points": points is not None,
        "kept": keep(content, name),
    }
    return render(request, "inputs/import_conference.html", context)


def _forms(conference: Conference, which: str = "", request: HttpRequest | None = None) -> dict[str, FileForm]:
    """Both forms of the page; the one called `which` holds what was sent."""
    kinds: dict[str, dict[str, Any]] = {
        "notes": {
            "action": reverse("setup_import_notes", args=[conference.slug]),
            "label": _("Notes, as CSV or Excel (.xlsx)"),
            "accept": ".csv,.xlsx",
        },
        "conference": {
            "action": reverse("setup_import_conference", args=[conference.slug]),
            "label": _("A conference, as JSON"),
            "accept": ".json",
        },
    }
    return {
        name: FileForm(
            request.POST if request and name == which else None,
            request.FILES if request and name == which else None,
            prefix="",
            auto_id=f"{name}-%s",
            **more,
        )
        for name, more in kinds.items()
    }


def _page(
    request: HttpRequest,
    conference: Conference,
    *,
    forms: dict[str, FileForm] | None = None,
    problems: dict[str, Faults] | None = None,
    name: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "conference": conference,
        "forms": _forms(conference) | (forms or {}),
        "problems": problems or {},
        "name": name,
        "required": inputs_file.REQUIRED,
        "optional": inputs_file.OPTIONAL,
    }
    return render(request, "inputs/import.html", context, status=status)
