"""What was sent and what came back, paragraph by paragraph: what somebody proposes, and what a person must look at.

Nothing that came back is passed over in silence, and nothing is taken for deleted because it is missing.
"""

from bisect import bisect_left
from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum

from inputs.clearance.marks import Part
from inputs.clearance.paragraphs import Paragraph

_ALIKE = 0.6  # share of words in common from which a text is taken for the other, and marked as uncertain
_MOST_PAIRS = 200_000  # texts that are compared with each other; beyond that all of them are listed as they are
_HELD = 0.5  # share of its words from which a sent paragraph is still there


class Proposed(StrEnum):
    """What somebody did with a paragraph; all but the first three must be handled by hand."""

    WORDING = "wording"
    REMOVAL = "removal"
    REMARK = "remark"
    ADDED = "added"
    MOVED = "moved"
    SPLIT = "split"
    JOINED = "joined"
    EMPTIED = "emptied"
    MISSING = "missing"


@dataclass(frozen=True)
class Sent:
    """A paragraph as it was sent."""

    number: int
    part: Part
    text: str


@dataclass(frozen=True)
class Finding:
    """`number` is the sent paragraph; None for one that was not sent, which stands after `after`."""

    proposed: Proposed
    number: int | None
    text: str
    after: int | None = None
    authors: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    is_certain: bool = True


def compare(sent: Sequence[Sent], came: Sequence[Paragraph], mark: str) -> tuple[Finding, ...]:
    """The findings in the order of what was sent; what was added stands after what it follows."""
    return _Comparison(sent, came, mark).findings()


class _Comparison:
    def __init__(self, sent: Sequence[Sent], came: Sequence[Paragraph], mark: str) -> None:
        self.sent = {one.number: one for one in sent}
        self.came = came
        self.places: dict[int, list[int]] = defaultdict(list)  # number -> where its bookmark stands
        self.marked: dict[int, list[int]] = {}  # place -> whose bookmarks
        for place, paragraph in enumerate(came):
            known = [number for own, number in paragraph.marks if own == mark and number in self.sent]
            self.marked[place] = known
            for number in known:
                self.places[number].append(place)
        self.stands: dict[int, int] = {}  # number -> the one place where it stands, whatever its words
        self.taken: set[int] = set()
        self.found: dict[int, Finding] = {}

    def findings(self) -> tuple[Finding, ...]:
        lost = [one for one in self.sent.values() if not self._by_bookmark(one)]
        lost = self._by_same_words(lost)
        lost = self._by_similar_words(lost)
        for one in lost:
            self._lose(one)
        self._look_for_moves()
        self._look_for_remarks()
        added = self._added()
        ordered = sorted([*self.found.values(), *added], key=_order)
        return tuple(ordered)

    # --- by bookmark ---

    def _by_bookmark(self, one: Sent) -> bool:
        """Whether the paragraph is accounted for by its bookmark."""
        live = [place for place in self.places[one.number] if self.came[place].text]
        if not live:
            return False
        if len(live) > 1:
            return self._split(one, live)
        [place] = live
        held = [number for number in self.marked[place] if self._holds(place, number)] or self.marked[place]
        if one.number not in held:
            return False  # a bookmark left behind in a neighbour
        self.taken.add(place)
        if len(held) > 1:
            self._find(Proposed.JOINED, one, place)
            return True
        self._stand(one, place)
        return True

    def _split(self, one: Sent, live: list[int]) -> bool:
        """Several paragraphs hold its words; one that has them all leaves the others as added."""
        whole = next((place for place in live if self.came[place].text == one.text), None)
        if whole is not None:
            self.taken.add(whole)
            self._stand(one, whole)
            return True
        own = [place for place in live if len(self.marked[place]) == 1] or live
        self.taken.update(own)
        text = "\n".join(self.came[place].text for place in own)
        self._find(Proposed.SPLIT, one, *own, text=text)
        return True

    def _holds(self, place: int, number: int) -> bool:
        """Whether the paragraph at `place` has still enough of the words that bear its bookmark."""
        text = self.came[place].text
        others = [self.sent[other].text for other in self.marked[place] if other != number]
        if text in others:
            return False
        words, there = self.sent[number].text.split(), text.split()
        blocks = SequenceMatcher(None, words, there, autojunk=False).get_matching_blocks()
        return sum(block.size for block in blocks) >= _HELD * len(words)

    # --- without ---

    def _by_same_words(self, lost: list[Sent]) -> list[Sent]:
        """Paragraphs whose words stand as they were, each taken once and in order."""
        pool: dict[str, deque[int]] = defaultdict(deque)
        for place, paragraph in enumerate(self.came):
            if paragraph.text and place not in self.taken:
                pool[paragraph.text].append(place)
        left = []
        for one in lost:
            if pool[one.text]:
                place = pool[one.text].popleft()
                self.taken.add(place)
                self._stand(one, place)
            else:
                left.append(one)
        return left

    def _by_similar_words(self, lost: list[Sent]) -> list[Sent]:
        """Points and headings that are found by their words, best first; uncertain, all of them."""
        free = [place for place, one in enumerate(self.came) if one.text and place not in self.taken]
        wanted = [one for one in lost if one.part != Part.COVER and not self._struck(one)]
        if len(free) * len(wanted) > _MOST_PAIRS:
            return lost
        pairs = sorted(
            ((_likeness(one.text, self.came[place].text), -one.number, place) for one in wanted for place in free),
            reverse=True,
        )
        for likeness, number, place in pairs:
            if likeness < _ALIKE:
                break
            if place in self.taken or -number in self.stands:
                continue
            self.taken.add(place)
            self._stand(self.sent[-number], place, is_certain=False)
        return [one for one in lost if one.number not in self.stands]

    def _struck(self, one: Sent) -> bool:
        return any(self.came[place].is_struck for place in self.places[one.number])

    def _lose(self, one: Sent) -> None:
        """Nowhere to be seen: deleted with tracking, emptied, or gone without a trace."""
        places = self.places[one.number]
        if one.part == Part.COVER:
            return
        if self._struck(one):
            self._find(Proposed.REMOVAL, one, *places, text="")
        elif any(not self.came[place].text for place in places):
            self._find(Proposed.EMPTIED, one, *places, text="")
        else:
            self._find(Proposed.MISSING, one, text="")

    # --- the parts ---

    def _stand(self, one: Sent, place: int, *, is_certain: bool = True) -> None:
        self.stands[one.number] = place
        if self.came[place].text != one.text:
            self._find(Proposed.WORDING, one, place, is_certain=is_certain)

    def _find(
        self, proposed: Proposed, one: Sent, *places: int, text: str | None = None, is_certain: bool = True
    ) -> None:
        came = [self.came[place] for place in places]
        self.found[one.number] = Finding(
            proposed,
            one.number,
            text if text is not None else came[0].text,
            authors=_all(each.authors for each in came),
            remarks=_all(each.remarks for each in came),
            is_certain=is_certain,
        )

    def _look_for_moves(self) -> None:
        """What was moved with tracking; of the rest, the fewest that must have moved for the order to be this."""
        order = sorted((place, number) for number, place in self.stands.items() if self._has_place(number))
        moved = {number for place, number in order if self.came[place].is_moved}
        kept = _longest_rising([number for _place, number in order if number not in moved])
        last: int | None = None
        for place, number in order:
            if number in moved or number not in kept:
                one = self.sent[number]
                self._find(Proposed.MOVED, one, place)
                self.found[number] = replace(self.found[number], after=last)
            last = number

    def _has_place(self, number: int) -> bool:
        return self.sent[number].part != Part.COVER

    def _look_for_remarks(self) -> None:
        for number, place in self.stands.items():
            if number not in self.found and self.came[place].remarks:
                self._find(Proposed.REMARK, self.sent[number], place)

    def _added(self) -> list[Finding]:
        """Paragraphs that nobody sent, and remarks on nothing."""
        numbers: dict[int, int] = {place: number for number, place in self.stands.items()}
        numbers |= {place: known[-1] for place, known in self.marked.items() if known and place not in numbers}
        last: int | None = None
        added = []
        for place, one in enumerate(self.came):
            if place not in self.taken and (one.text or (one.remarks and not self.marked[place])):
                added.append(Finding(Proposed.ADDED, None, one.text, last, one.authors, one.remarks))
            last = numbers.get(place, last)
        return added


def _order(finding: Finding) -> tuple[int, bool]:
    number = finding.number if finding.number is not None else finding.after
    return (-1 if number is None else number, finding.number is None)


def _all(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for group in groups for each in group))


def _likeness(one: str, other: str) -> float:
    """The share of words that two texts have in common, in order."""
    words, others = one.casefold().split(), other.casefold().split()
    if not words or not others or 2 * len({*words} & {*others}) < _ALIKE * min(len({*words}), len({*others})):
        return 0.0
    return SequenceMatcher(None, words, others, autojunk=False).ratio()


def _longest_rising(numbers: list[int]) -> set[int]:
    """The longest part of `numbers` that rises: those stayed where they were."""
    ends: list[int] = []  # the smallest number that a run of that length can end with
    where: list[int] = []
    for number in numbers:
        length = bisect_left(ends, number)
        ends[length : length + 1] = [number]
        where.append(length)
    kept: set[int] = set()
    wanted = len(ends) - 1
    for number, length in zip(reversed(numbers), reversed(where), strict=True):
        if length == wanted:
            kept.add(number)
            wanted -= 1
    return kept
