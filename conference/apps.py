"""The conference app: what is planned, and who."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ConferenceConfig(AppConfig):
    name = "conference"
    verbose_name = _("conference")

    def ready(self) -> None:
        from conference.models.history import protect_history  # noqa: PLC0415 models exist only after set-up
        from conference.models.rehearsals import protect_conferences  # noqa: PLC0415 as above

        post_migrate.connect(protect_history, sender=self)
        post_migrate.connect(protect_conferences, sender=self)
