"""Two thousand acts of three editors in one conference, undoing each other: what the issue asks for, on one seed.

Short sequences and what is wrong with the shortest of them: test_promises.py. Here nothing is ever cleared away, so
that acts meet what many others have left behind. Another sequence: RNIK_SEED=… (a failure prints its seed and step).
"""

import os
import random

import pytest
from django.apps import apps
from django.db import transaction

from conference.models import Event
from inputs.actions.faults import Refused
from inputs.actions.undo import is_undoable, undo
from inputs.integrity import check
from inputs.models import Heading, Input, InputRevision, MinutesRevision, Point, PointRevision, PointSource
from inputs.queries import coverage
from tests.factories import UserFactory
from tests.inputs.test_promises import ACTS, World

ACTS_IN_ALL, BETWEEN_CHECKS = 2_000, 100
#: What an event may name, by the word under which it does.
NAMES = {"point": Point, "source": PointSource, "sources": PointSource, "heading": Heading, "merged_into": Point}


def picture():
    """What an editor sees, and in which order."""
    standing = Point.objects.standing().order_by("heading", "position", "pk")
    inputs = Input.objects.order_by("pk").only("text", "lead_source", "set_aside", "filed_under")
    return (
        [(one.pk, one.text, one.disposition, one.filed_under_id) for one in inputs],
        list(standing.values_list("pk", "text", "heading", "question")),
        sorted(PointSource.objects.open().values_list("point", "input", "kind")),
        list(
            Heading.objects.standing().order_by("question", "is_other", "position", "pk").values_list("pk", "title")
        ),
    )


def wordings():
    """Every text that was ever stored."""
    return {
        (model.__name__, *row)
        for model, owner in ((InputRevision, "input"), (PointRevision, "point"), (MinutesRevision, "sheet"))
        for row in model.objects.values_list(owner, "number", "text")
    }


def dangling(after):
    """Events since `after` whose thing, or a thing that they name, is not there."""
    wrong = []
    known = {model: set(model.objects.values_list("pk", flat=True)) for model in set(NAMES.values())}
    for event in Event.objects.filter(pk__gt=after):
        label = "inputs" if event.target_type in apps.all_models["inputs"] else "conference"
        named = {
            (NAMES[name], key)
            for name, value in [*event.before.items(), *event.after.items()]
            if name in NAMES and value is not None
            for key in (value if isinstance(value, list) else [value])
        }
        if not apps.get_model(label, event.target_type).objects.filter(pk=event.target_id).exists() or any(
            key not in known[model] for model, key in named
        ):
            wrong.append(event.pk)
    return wrong


def acts_since(pk):
    """The acts after that event, the newest first, and whether each can be undone."""
    verbs = {}
    for act, verb in Event.objects.filter(pk__gt=pk).order_by("-pk").values_list("act", "verb"):
        verbs.setdefault(act, set()).add(verb)
    return {act: is_undoable(each) for act, each in verbs.items()}


def newest():
    return Event.objects.order_by("pk").values_list("pk", flat=True).last() or 0


def undo_all(acts, by):
    for act in acts:
        undo(act, by=by)


@pytest.mark.django_db
def test_two_thousand_acts_of_three_editors_keep_every_promise_and_can_be_taken_back():
    seed = int(os.environ.get("RNIK_SEED", "2024"))
    chance = random.Random(seed)
    world, editors = World(), [UserFactory() for _ in range(3)]
    kept, checked, undone = wordings(), newest(), 0
    step = done = 0
    while done < ACTS_IN_ALL:
        step += 1
        name, a, b = chance.choice(sorted(ACTS)), chance.randrange(10_000), chance.randrange(10_000)
        world.by, last = chance.choice(editors), newest()
        take_back, again = chance.random() < 0.2, chance.random() < 0.5
        where = f"RNIK_SEED={seed}, step {step}: {name}({a}, {b})"
        before = picture() if take_back else None
        try:
            with transaction.atomic():
                ACTS[name](world, a, b)
        except Refused:
            continue  # refusing is right, as long as nothing changed; what it left behind is checked below
        acts = acts_since(last)
        if take_back and acts and all(acts.values()):
            after = picture()
            undoing = newest()
            undo_all(acts, chance.choice(editors))
            assert picture() == before, where
            undone += 1
            if again:
                undo_all(acts_since(undoing), chance.choice(editors))
                assert picture() == after, where
        done += Event.objects.filter(pk__gt=last, by__in=editors).values("act").distinct().count()
        if step % BETWEEN_CHECKS == 0 or done >= ACTS_IN_ALL:
            assert check(world.conference) == [], where
            numbers = coverage(world.conference)
            assert numbers.inputs == numbers.used + numbers.set_aside + numbers.unhandled == world.inputs.count()
            assert kept <= wordings(), where
            assert dangling(checked) == [], where
            kept, checked = wordings(), newest()
    assert undone > 100
    assert Event.objects.filter(by__in=editors).values("act").distinct().count() >= ACTS_IN_ALL
    assert set(Event.objects.filter(by__in=editors).values_list("by", flat=True)) == {one.pk for one in editors}
