"""The inputs app: what is said, and what becomes of it."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class InputsConfig(AppConfig):
    name = "inputs"
    verbose_name = _("inputs")

    def ready(self) -> None:
        from inputs.models.versions import protect_versions  # noqa: PLC0415 models exist only after set-up

        post_migrate.connect(protect_versions, sender=self)
