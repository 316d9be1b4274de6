"""All addresses of the site."""

from django.contrib import admin
from django.urls import include, path
from django.utils.translation import gettext_lazy as _

admin.site.site_header = admin.site.site_title = _("RNIK back office")
admin.site.index_title = _("Everything that is stored")

handler400 = "conference.views.errors.bad_request"

urlpatterns = [
    path("", include("conference.urls")),
    path("", include("inputs.urls")),
    path("admin/", admin.site.urls),
]
