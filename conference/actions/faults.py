"""Why a change of the planning was refused. Nothing has changed when one of these is raised."""

from django.db import models


class Stale(Exception):
    """Somebody else changed it since it was read. `stored` is the thing as it is now."""

    def __init__(self, stored: models.Model) -> None:
        self.stored = stored
        super().__init__("changed by somebody else")
