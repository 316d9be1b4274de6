"""Addresses of the editors' pages."""

from django.urls import include, path

from inputs.views import (
    acting,
    checks,
    clarifications,
    comments,
    day_note,
    earlier,
    ledger,
    mine,
    outline,
    point_list,
    proposals,
    screen,
    template,
)
from inputs.views.chapters import chapter
from inputs.views.conference import conference_home
from inputs.views.copying import copy
from inputs.views.files import files, made_file
from inputs.views.heard import heard
from inputs.views.importing import (
    conference_file,
    import_conference_file,
    import_notes_file,
    importing,
    notes_template,
)
from inputs.views.inputs import inputs, one_input
from inputs.views.offline import service_worker
from inputs.views.paper import paper_entry
from inputs.views.redaction import redact
from inputs.views.rehearsal import rehearsal, rehearsal_wipe
from inputs.views.report import download, report
from inputs.views.sheets import bring_back, set_aside, sheet, sheets, take_in
from inputs.views.undoing import undo

urlpatterns = [
    path("sw.js", service_worker, name="table_worker"),
    path("bord/", include("inputs.table_urls")),
    path("offentlig/<slug:slug>/", include("inputs.public_urls")),
    path("konferanse/<slug:slug>/", conference_home, name="conference"),
    path("konferanse/<slug:slug>/oppsett/import/", importing, name="setup_import"),
    path("konferanse/<slug:slug>/oppsett/import/notater/", import_notes_file, name="setup_import_notes"),
    path("konferanse/<slug:slug>/oppsett/import/konferanse/", import_conference_file, name="setup_import_conference"),
    path("konferanse/<slug:slug>/oppsett/import/mal/", notes_template, name="setup_import_template"),
    path("konferanse/<slug:slug>/oppsett/fil/", conference_file, name="setup_file"),
    path("konferanse/<slug:slug>/rommet/", include("inputs.room_urls")),
    path("konferanse/<slug:slug>/innspill/", inputs, name="inputs"),
    path("konferanse/<slug:slug>/innspill/gjor/", acting.act, name="inputs_act"),
    path("konferanse/<slug:slug>/innspill/angre/<uuid:act>/", acting.undo, name="inputs_undo"),
    path("konferanse/<slug:slug>/innspill/<uuid:key>/", one_input, name="input"),
    path("konferanse/<slug:slug>/angre/<uuid:act>/", undo, name="undo"),
    path("konferanse/<slug:slug>/punkter/", point_list.points, name="points"),
    path("konferanse/<slug:slug>/punkter/gjor/", point_list.points_act, name="points_act"),
    path("konferanse/<slug:slug>/punkter/last-ned/<slug:kind>/", point_list.points_file, name="points_file"),
    path("konferanse/<slug:slug>/regnskap/", ledger.ledger, name="ledger"),
    path("konferanse/<slug:slug>/regnskap/fra-innspill-til-punkt/", ledger.appendix, name="appendix"),
    path("konferanse/<slug:slug>/regnskap/fra-innspill-til-punkt/xlsx/", ledger.appendix_file, name="appendix_file"),
    path("konferanse/<slug:slug>/regnskap/logg/", ledger.chronicle, name="chronicle"),
    path("konferanse/<slug:slug>/regnskap/ett-bord/", ledger.lonely, name="lonely"),
    path(
        "konferanse/<slug:slug>/regnskap/ett-bord/<int:session>/<int:question>/", ledger.lonely_in, name="lonely_in"
    ),
    path("konferanse/<slug:slug>/sladd/<slug:kind>/<uuid:key>/", redact, name="redact"),
    path("konferanse/<slug:slug>/papir/", paper_entry, name="paper_entry"),
    path("konferanse/<slug:slug>/oppsett/ovelse/", rehearsal, name="setup_rehearsal"),
    path("konferanse/<slug:slug>/oppsett/ovelse/slett/", rehearsal_wipe, name="setup_rehearsal_wipe"),
    path("konferanse/<slug:slug>/ark/", sheets, name="sheets"),
    path("konferanse/<slug:slug>/ark/nytt/", take_in, name="sheet_add"),
    path("konferanse/<slug:slug>/ark/<uuid:key>/", sheet, name="sheet"),
    path("konferanse/<slug:slug>/ark/<uuid:key>/legg-til-side/", set_aside, name="sheet_set_aside"),
    path("konferanse/<slug:slug>/ark/<uuid:key>/hent-tilbake/", bring_back, name="sheet_bring_back"),
    path("konferanse/<slug:slug>/dette-horer-vi/", heard, name="heard"),
    path("konferanse/<slug:slug>/tidligere/", earlier.earlier, name="earlier"),
    path("konferanse/<slug:slug>/dere-sa-vi-gjorde/", include("inputs.matter_urls")),
    path("konferanse/<slug:slug>/storskjerm/", screen.screen, name="screen"),
    path("konferanse/<slug:slug>/storskjerm/styring/", screen.control, name="screen_control"),
    path("konferanse/<slug:slug>/til-avklaring/", clarifications.clarifications, name="clarifications"),
    path(
        "konferanse/<slug:slug>/til-avklaring/<uuid:key>/avgjor/", clarifications.decide, name="clarification_decide"
    ),
    path(
        "konferanse/<slug:slug>/til-avklaring/<uuid:key>/trekk/",
        clarifications.withdraw,
        name="clarification_withdraw",
    ),
    path("konferanse/<slug:slug>/til-avklaring/<uuid:key>/apne/", clarifications.reopen, name="clarification_reopen"),
    path("konferanse/<slug:slug>/mitt/", mine.mine, name="mine"),
    path("konferanse/<slug:slug>/fordeling/", mine.sharing, name="sharing"),
    path("konferanse/<slug:slug>/fordeling/gi/", mine.share, name="share"),
    path("konferanse/<slug:slug>/kommentar/punkt/<uuid:key>/", comments.of_point, name="comment_point"),
    path("konferanse/<slug:slug>/kommentar/innspill/<uuid:key>/", comments.of_input, name="comment_input"),
    path("konferanse/<slug:slug>/kommentar/<uuid:key>/svar/", comments.answer, name="comment_answer"),
    path("konferanse/<slug:slug>/kommentar/<uuid:key>/lost/", comments.solve, name="comment_solve"),
    path("konferanse/<slug:slug>/kommentar/<uuid:key>/apne/", comments.reopen, name="comment_reopen"),
    path("konferanse/<slug:slug>/forslag/", proposals.proposals, name="proposals"),
    path("konferanse/<slug:slug>/forslag/<uuid:key>/godta/", proposals.accept, name="proposal_accept"),
    path("konferanse/<slug:slug>/forslag/<uuid:key>/avsla/", proposals.decline, name="proposal_decline"),
    path("konferanse/<slug:slug>/forslag/<uuid:key>/trekk/", proposals.withdraw, name="proposal_withdraw"),
    path("konferanse/<slug:slug>/rapport/", report, name="report"),
    path("konferanse/<slug:slug>/rapport/kapittel/<slug:slot>/", chapter, name="report_chapter"),
    path("konferanse/<slug:slug>/rapport/kontroll/", checks.checks, name="checks"),
    path("konferanse/<slug:slug>/rapport/kontroll/godta/", checks.accept, name="check_accept"),
    path("konferanse/<slug:slug>/rapport/kontroll/<uuid:key>/enig/", checks.agree, name="check_agree"),
    path("konferanse/<slug:slug>/rapport/kontroll/<uuid:key>/apne/", checks.reopen, name="check_reopen"),
    path("konferanse/<slug:slug>/rapport/kopier/<slug:slot>/", copy, name="report_copy"),
    path("konferanse/<slug:slug>/rapport/disposisjon/", outline.outline, name="outline"),
    path("konferanse/<slug:slug>/rapport/disposisjon/<slug:name>/", outline.part, name="outline_part"),
    path("konferanse/<slug:slug>/rapport/bidrag/<uuid:key>/slutt/", outline.end, name="outline_end"),
    path("konferanse/<slug:slug>/rapport/bidrag/<uuid:key>/vent/", outline.wait, name="outline_wait"),
    path("konferanse/<slug:slug>/rapport/mal/", template.template, name="report_template"),
    path("konferanse/<slug:slug>/rapport/mal/<uuid:key>/stiler/", template.styles, name="report_template_styles"),
    path("konferanse/<slug:slug>/rapport/mal/<uuid:key>/fjern/", template.remove, name="report_template_remove"),
    path(
        "konferanse/<slug:slug>/rapport/mal/<uuid:key>/hent-tilbake/",
        template.put_back,
        name="report_template_put_back",
    ),
    path("konferanse/<slug:slug>/rapport/last-ned/<slug:kind>/", download, name="report_download"),
    path("konferanse/<slug:slug>/dagsnotat/", day_note.day_note, name="day_note"),
    path("konferanse/<slug:slug>/dagsnotat/word/", day_note.download, name="day_note_file"),
    path("konferanse/<slug:slug>/rapport/filer/", files, name="files"),
    path("konferanse/<slug:slug>/rapport/filer/<uuid:key>/", made_file, name="made_file"),
    path("konferanse/<slug:slug>/klarering/", include("inputs.clearance_urls")),
    path("konferanse/<slug:slug>/rapport/versjoner/", include("inputs.version_urls")),
    path("konferanse/<slug:slug>/bolk/<int:session>/plenum/", include("inputs.plenary_urls")),
    path(
        "konferanse/<slug:slug>/bolk/<int:session>/sporsmal/<int:question>/",
        include("inputs.desk_urls"),
    ),
]
