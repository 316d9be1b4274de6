"""A note-taker's hands: they type a talk on the table's page, in one of its two ways, and count what they do.

Only the keyboard is used while the talk goes on. Waiting for a note to be seen is what eyes do; it is no act.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from playwright.sync_api import Locator, Page, expect

from tests.browser.flaky_line import Line
from tests.typist.talk import BACK, Saying

TYPING = 0.8  # of the time; the rest is pauses, in which somebody else talks
LETTERS = {"challenge": "u", "measure": "t", "both": "b"}  # as the Norwegian page has them
PATIENCE = 60_000  # milliseconds until something that hangs is called that; nothing is measured by it


@dataclass
class Pace:
    """Seconds for a key and for a pause; 0 types as fast as the page takes it."""

    key: float = 0
    pause: float = 0
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    @classmethod
    def over(cls, minutes: float, sayings: Sequence[Saying]) -> "Pace":
        """So that the talk takes so long."""
        keys = sum(len(one.keys) + 2 for one in sayings)
        return cls(minutes * 60 * TYPING / keys, minutes * 60 * (1 - TYPING) / len(sayings))

    def after_key(self) -> None:
        self._wait(self.key)

    def after_saying(self) -> None:
        self._wait(self.pause)

    def _wait(self, seconds: float) -> None:
        if seconds:
            time.sleep(seconds * self.chance.uniform(0.5, 1.5))


@dataclass
class Tally:
    """`acts`: keys and clicks beside the words and the Enter after them. `slips`: what rubbed out words."""

    lines: int = 0
    acts: Counter[str] = field(default_factory=Counter)
    slips: int = 0

    @property
    def per_line(self) -> float:
        return self.acts.total() / self.lines


CUTS = ((0.25, 0.35), (0.6, 0.75))  # shares of the talk between which there is no network


def cutting(line: Line, count: int) -> Callable[[int], None]:
    """Before which of so many sayings the line is cut and mended again."""
    acts = {}
    for cut, mend in CUTS:
        acts[round(cut * count)], acts[round(mend * count)] = line.cut, line.mend

    def before(number: int) -> None:
        if number in acts:
            acts[number]()

    return before


class Hands:
    """What both ways have in common."""

    def __init__(self, page: Page, pace: Pace) -> None:
        self.page = page
        self.pace = pace
        self.tally = Tally()

    def type_all(self, sayings: Sequence[Saying], before: Callable[[int], None] = lambda _number: None) -> Tally:
        """`before` is called with the number of each saying, and may cut the network."""
        for number, one in enumerate(sayings):
            before(number)
            if one.act == "new":
                self.tally.lines += 1
            getattr(self, one.act)(one)
            self.pace.after_saying()
        self.finish(sayings)
        return self.tally

    def press(self, key: str, *, is_act: bool = True) -> None:
        self.page.keyboard.press(key)
        if is_act:
            self.tally.acts[key] += 1
        self.pace.after_key()

    def click(self, button: Locator) -> None:
        button.click()
        self.tally.acts["click"] += 1

    def words(self, keys: str) -> None:
        if not self.pace.key and BACK not in keys:
            self.page.keyboard.type(keys)
            return
        for key in keys:
            if key == BACK:
                self.rub_out("Backspace")
            else:
                self.page.keyboard.type(key)
                self.pace.after_key()

    def rub_out(self, key: str) -> None:
        self.tally.slips += 1
        self.press(key, is_act=False)

    def sit_down(self, address: str, code: str) -> None:
        """Open the table with its code, in the way of writing that it shall have."""
        self.page.goto(f"{address}/bord/logg-inn/#{code}")
        self.page.get_by_role("button", name="Åpne bordet").click()
        expect(self.page.get_by_text("Taster", exact=True)).to_be_visible(
            timeout=PATIENCE
        )  # the script has taken over

    def finish(self, sayings: Sequence[Saying]) -> None:
        """When the talk is over and the network is there."""

    def in_rest(self) -> None:
        expect(self.page.locator("#table-state")).to_contain_text("Alt er lagret", timeout=PATIENCE)


class LineByLine(Hands):
    """«Linje for linje»: Enter and next."""

    now: int | None = -1  # the question under which the keyboard is; nowhere yet
    last: Saying | None = None

    def new(self, one: Saying) -> None:
        if one.question != self.now:
            self.press(f"Alt+{one.question or 0}")
            self.now = one.question
        if one.kind:
            self.press(f"Alt+{LETTERS[one.kind]}")
        self.words(one.keys)
        self.press("Control+Enter" if one.is_starred else "Enter", is_act=False)
        self.last = one

    def more(self, one: Saying) -> None:
        self.sees_last()
        self.words(one.keys)
        self.press("Alt+m")

    def instead(self, one: Saying) -> None:
        self.sees_last()
        self.press("Alt+z")
        expect(self.box).to_have_value(self.last.text if self.last else "")
        self.rub_out("Control+a")
        self.words(one.keys)
        self.press("Enter", is_act=False)
        self.last = one

    def move(self, one: Saying) -> None:
        self.sees_last()
        self.press(f"Alt+Shift+{one.question or 0}")

    @property
    def box(self) -> Locator:
        return self.page.locator(f"#new-{self.now or ''}")

    def sees_last(self) -> None:
        """The line stands on the page, sent or not, and the box is empty."""
        assert self.last is not None
        expect(self.page.locator(f"#q-{self.now or ''} .note-words").filter(has_text=self.last.text)).to_have_count(1)
        expect(self.box).to_have_value("")

    def finish(self, _sayings: Sequence[Saying]) -> None:
        self.sees_last()  # until the disk has it, its words stand in the box and «all is stored» is true of the rest
        self.in_rest()


class RunningText(Hands):
    """«Fritekst»: a list, with a mark where the talk moves on; divided at the end. Stars and kinds it has not."""

    now: int | None = -1
    last: Saying | None = None

    def sit_down(self, address: str, code: str) -> None:
        super().sit_down(address, code)
        self.page.get_by_role("link", name="Fritekst").click()
        expect(self.page.get_by_role("button", name="Lagre teksten")).to_be_hidden(timeout=PATIENCE)

    def new(self, one: Saying) -> None:
        is_first = self.last is None
        if one.question != self.now:
            self.press(f"Alt+{one.question or 0}")
            self.now = one.question
        else:
            self.press("Enter", is_act=False)
        if is_first:
            self.press("-")
            self.press("Space")
        self.words(one.keys)
        self.last = one

    def more(self, one: Saying) -> None:
        self.press("Shift+Enter")
        self.words(one.keys)

    def instead(self, one: Saying) -> None:
        assert self.last is not None
        for _word in self.last.text.split():
            self.rub_out("Control+Backspace")
        self.words(one.keys)
        self.last = one

    def move(self, _one: Saying) -> None:
        """It is seen to when the text is divided."""

    def finish(self, sayings: Sequence[Saying]) -> None:
        self.in_rest()
        self.click(self.page.get_by_role("button", name="Del opp i innspill"))
        pieces = self.page.locator("li.piece")
        expect(pieces.first).to_be_visible(timeout=PATIENCE)
        texts = pieces.locator("textarea").evaluate_all("boxes => boxes.map((box) => box.value)")
        for before, one in pairwise(sayings):
            if one.act == "move":
                place = pieces.nth(texts.index(before.text)).get_by_label("Spørsmål")
                place.select_option(str(one.question or ""))
                self.tally.acts["choice"] += 1
        self.click(self.page.get_by_role("button", name="Lag innspill av disse"))
        expect(self.page.locator("#messages")).to_contain_text("innspill", timeout=PATIENCE)
