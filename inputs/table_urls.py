"""Addresses of the tables: the screen, and the interface that devices speak."""

from django.urls import path

from inputs.views import card, offline, table, table_api, table_day, table_sheets

urlpatterns = [
    path("", table.screen, name="table"),
    path("skall/", offline.shell, name="table_shell"),
    path("les-opp/", card.table_card, name="table_card"),
    path("innspill/", table.write, name="table_write"),
    path("innspill/<uuid:key>/", table.change, name="table_change"),
    path("innspill/<uuid:key>/trekk/", table.withdraw, name="table_withdraw"),
    path("innspill/<uuid:key>/angre/", table.take_back, name="table_take_back"),
    path("innspill/<uuid:key>/flytt/", table.move, name="table_move"),
    path("ark/", table_sheets.save, name="table_sheet"),
    path("ark/<uuid:key>/del-opp/", table_sheets.divide, name="table_sheet_divide"),
    path("prov/", table_day.try_line, name="table_try"),
    path("lever/", table_day.deliver_session, name="table_deliver"),
    path("lever/angre/", table_day.take_back, name="table_deliver_take_back"),
    path("api/tilstand/", table_api.state, name="table_api_state"),
    path("api/innspill/", table_api.notes, name="table_api_notes"),
    path("api/innspill/<uuid:key>/", table_api.note, name="table_api_note"),
    path("api/rekkefolge/<uuid:key>/", table_api.order, name="table_api_order"),
    path("api/ark/", table_api.sheets, name="table_api_sheets"),
    path("api/ark/<uuid:key>/", table_api.sheet, name="table_api_sheet"),
    path("api/puls/", table_api.pulse, name="table_api_pulse"),
]
