"""One trial: many writers, some blows, and then a comparison of what was acknowledged with what is stored."""

import secrets
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.faults.site import PATIENCE, SLUG, Site
from tests.faults.writers import BROKEN, PAUSE, Device, Habit, Tally, Writer

WRITERS = 20


@dataclass(frozen=True)
class Outcome:
    """`lost` were acknowledged and are not stored; `duplicated` are stored again, under another key."""

    acknowledged: int
    stored: int
    lost: int
    duplicated: int
    known_already: int
    unanswered: int  # tries that a blow broke
    refused: int  # answers of 5xx and the like


def trial(
    site: Site,
    *,
    notes: int,
    blows: Sequence[Callable[[], None]] = (),
    habit: Habit = Habit.SAME_KEY,
) -> Outcome:
    """Each writer writes so many notes. The blows fall when as many are acknowledged, spread over the whole."""
    name, tally = secrets.token_hex(4), Tally()
    devices = [_let_in(Device(site, site.codes[n % len(site.codes)])) for n in range(WRITERS)]
    writers = [
        Writer(device, [f"{name} {writer} {note}" for note in range(notes)], habit, tally)
        for writer, device in enumerate(devices)
    ]
    for writer in writers:
        writer.start()
    for number, blow in enumerate(blows, start=1):
        share = WRITERS * notes * number // (len(blows) + 1)
        _wait(lambda share=share: len(tally.acknowledged) >= share)
        blow()
    _wait(lambda: not any(writer.is_alive() for writer in writers))
    return _compare(site, name, tally)


def _let_in(device: Device) -> Device:
    """A server that was hit a moment ago may not answer at once."""

    def is_in() -> bool:
        try:
            return device.log_in() == 302
        except BROKEN:
            return False

    _wait(is_in)
    return device


def _wait(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not is_so():
        if time.monotonic() > until:
            raise RuntimeError("the writers came no further")
        time.sleep(PAUSE)


def _compare(site: Site, name: str, tally: Tally) -> Outcome:
    stored = site.rows(f"SELECT text, key FROM inputs_input WHERE text LIKE '{name} %'")
    times = Counter(text for text, _key in stored)
    keys = {str(key).replace("-", "") for _text, key in stored}
    site.manage("check_integrity", SLUG)
    return Outcome(
        acknowledged=len(tally.acknowledged),
        stored=len(stored),
        lost=sum(key.replace("-", "") not in keys for key in tally.acknowledged.values()),
        duplicated=sum(number - 1 for number in times.values()),
        known_already=tally.known_already,
        unanswered=sum(number for kind, number in tally.troubles.items() if not kind.isdigit()),
        refused=sum(number for kind, number in tally.troubles.items() if kind.isdigit()),
    )
