"""Addresses of tables and their codes, below «Oppsett»."""

from django.urls import path

from conference.views import codes, devices, lists, paper, tables

urlpatterns = [
    path("bord/", tables.tables, name="setup_tables"),
    path("bord/<int:pk>/", tables.table, name="setup_table"),
    path("bord/<int:pk>/fjern/", lists.remove_row, {"listing": tables.TABLES}, name="setup_table_remove"),
    path("papir/", paper.paper, name="setup_paper"),
    path("enheter/<int:pk>/fjern/", devices.remove, name="setup_device_remove"),
    path("koder/", codes.codes, name="setup_codes"),
    path("koder/ark/", codes.issue, name="setup_codes_issue"),
    path("koder/<int:pk>/opphev/", codes.revoke, name="setup_code_revoke"),
]
