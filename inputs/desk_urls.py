"""Addresses below a question: the desk, what is done there, its points and headings, and what is heard of it."""

from django.urls import path

from inputs.views import adding, desk, desk_acts, headings, heard, likeness, merging, points

urlpatterns = [
    path("", desk.desk, name="desk"),
    path("bruk/", desk_acts.accept, name="desk_accept"),
    path("samme-poeng/", desk_acts.attach, name="desk_attach"),
    path("legg-til-side/", desk_acts.set_aside, name="desk_set_aside"),
    path("hent-tilbake/", desk_acts.bring_back, name="desk_bring_back"),
    path("flytt/", desk_acts.file_under, name="desk_file_under"),
    path("plasser/", desk_acts.place, name="desk_place"),
    path("angre/<uuid:act>/", desk_acts.undo, name="desk_undo"),
    path("ligner/<uuid:key>/", likeness.alike, name="desk_alike"),
    path("ligner/<uuid:key>/samme/", likeness.same, name="desk_alike_same"),
    path("ligner/<uuid:key>/ikke-samme/", likeness.not_same, name="desk_alike_not_same"),
    path("nytt-innspill/", adding.add, name="input_add"),
    path("sla-sammen/", merging.preview, name="merge_preview"),
    path("sla-sammen/bekreft/", merging.merge, name="merge"),
    path("punkt/<uuid:key>/", points.point, name="point"),
    path("punkt/<uuid:key>/tekst/", points.reword, name="point_reword"),
    path("punkt/<uuid:key>/del/", points.split, name="point_split"),
    path("punkt/<uuid:key>/flytt/", points.move, name="point_move"),
    path("punkt/<uuid:key>/rekkefolge/", points.order, name="point_order"),
    path("punkt/<uuid:key>/ta-ut/", points.take_out, name="point_take_out"),
    path("punkt/<uuid:key>/fjern/", points.remove, name="point_remove"),
    path("dette-horer-vi/", heard.edit, name="heard_edit"),
    path("dette-horer-vi/ta-med/", heard.choose, name="heard_choose"),
    path("dette-horer-vi/<uuid:key>/tekst/", heard.reword, name="heard_reword"),
    path("dette-horer-vi/<uuid:key>/flytt/", heard.move, name="heard_move"),
    path("dette-horer-vi/<uuid:key>/fjern/", heard.remove, name="heard_remove"),
    path("dette-horer-vi/<uuid:key>/hent-tilbake/", heard.restore, name="heard_restore"),
    path("overskrifter/", headings.make, name="heading_make"),
    path("overskrifter/<uuid:key>/navn/", headings.rename, name="heading_rename"),
    path("overskrifter/<uuid:key>/flytt/", headings.move, name="heading_move"),
    path("overskrifter/<uuid:key>/fjern/", headings.remove, name="heading_remove"),
]
