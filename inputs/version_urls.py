"""Addresses of the report's frozen versions."""

from django.urls import path

from inputs.views import versions

urlpatterns = [
    path("", versions.versions, name="versions"),
    path("sammenlign/", versions.compare, name="versions_compare"),
    path("<uuid:key>/", versions.version, name="version"),
    path("<uuid:key>/publiser/", versions.publish, name="version_publish"),
    path("<uuid:key>/trekk-tilbake/", versions.withdraw, name="version_withdraw"),
    path("<uuid:key>/<slug:kind>/", versions.file, name="version_file"),
]
