"""The life of a session, as one readable table: who may change what, and when.

Text is always received, whatever the phase (docs/adr/0004). The phase decides what a table may still change.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Phase(models.TextChoices):
    PLANNED = "planned", _("planned")
    OPEN = "open", _("open")
    PLENARY = "plenary", _("plenary")
    TIDYING = "tidying", _("tidying up")
    DELIVERED = "delivered", _("delivered")


#: From a phase, the phases one may go to. Backwards too: a session that was closed too early opens again.
STEPS: dict[Phase, frozenset[Phase]] = {
    Phase.PLANNED: frozenset({Phase.OPEN}),
    Phase.OPEN: frozenset({Phase.PLANNED, Phase.PLENARY, Phase.TIDYING}),
    Phase.PLENARY: frozenset({Phase.OPEN, Phase.TIDYING}),
    Phase.TIDYING: frozenset({Phase.OPEN, Phase.PLENARY, Phase.DELIVERED}),
    Phase.DELIVERED: frozenset({Phase.TIDYING}),
}

#: Phases in which a table may change what it has stored.
TABLE_MAY_CHANGE = frozenset({Phase.PLANNED, Phase.OPEN, Phase.PLENARY, Phase.TIDYING})
