"""The life of a session, as one readable table: who may change what, and when.

Text is always received, whatever the phase (docs/adr/0004). The phase decides what a table may still change.
"""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


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

#: To each phase: what the button says, and what it means at the tables.
STEP_WORDS: dict[Phase, tuple[Words, Words]] = {
    Phase.PLANNED: (
        _("Back to planned"),
        _("The tables are not led to this session. What is written there stays."),
    ),
    Phase.OPEN: (
        _("Open the session"),
        _("The tables are led to this session and write there."),
    ),
    Phase.PLENARY: (
        _("Go to plenary"),
        _("Some tables report back. All of them can still write and change."),
    ),
    Phase.TIDYING: (
        _("Let the tables tidy up"),
        _("The discussion is over. The tables complete and correct what they have written."),
    ),
    Phase.DELIVERED: (
        _("Close the session"),
        _("The tables can no longer change anything. A note that comes late is still received."),
    ),
}


def steps_from(phase: Phase) -> list[tuple[Phase, Words, Words]]:
    """Where one may go from the phase, onwards first and then back: the phase, and its words."""
    order = list(Phase)
    steps = sorted(STEPS[phase], key=lambda step: (order.index(step) < order.index(phase), order.index(step)))
    return [(step, *STEP_WORDS[step]) for step in steps]


#: Phases in which a table may change what it has stored.
TABLE_MAY_CHANGE = frozenset({Phase.PLANNED, Phase.OPEN, Phase.PLENARY, Phase.TIDYING})
