"""A passage in a text: where it stands, and the text without it. Pure."""

import re
from typing import Any

MASK = "█"  # never longer than what it takes the place of, so that no text grows too long


def mask_for(label: str, passage: str) -> str:
    """What stands in the passage's place: `label`, unless it is longer than the passage itself."""
    return label if len(label) <= len(passage) else MASK


class Passage:
    """Words to be found whatever their case and the blanks between them: an earlier wording may differ in these."""

    def __init__(self, words: str, *, label: str) -> None:
        self.words = words
        self.label = label
        self._pattern = re.compile(r"\s+".join(map(re.escape, words.split())), re.IGNORECASE)

    def spans(self, text: str) -> list[tuple[int, int]]:
        return [match.span() for match in self._pattern.finditer(text)]

    def count(self, value: Any) -> int:
        """How often it stands in a text, or in all the texts of a list."""
        return sum(map(self.count, value)) if isinstance(value, list) else len(self.spans(value))

    def without(self, value: Any) -> Any:
        """The text, or the list of texts, with a mask for each time it stood there."""
        if isinstance(value, list):
            return [self.without(each) for each in value]
        return self._pattern.sub(lambda match: mask_for(self.label, match[0]), value)

    def moved(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Where the span `start:end` of `text` is found in the text without the passage."""
        return self._moved(text, start, inside=0), self._moved(text, end, inside=1)

    def _moved(self, text: str, place: int, *, inside: int) -> int:
        """A place within the passage moves to where the mask begins (`inside` 0) or ends (1)."""
        shift = 0
        for start, end in self.spans(text):
            length = len(mask_for(self.label, text[start:end]))
            if place <= start:
                break
            if place < end:
                return start + shift + inside * length
            shift += length - (end - start)
        return place + shift


def excerpt(passage: Passage, text: str, *, around: int = 80) -> tuple[str, str, str]:
    """The first place in `text` where the passage stands: what is before it, itself, and what is after it."""
    spans = passage.spans(text)
    if not spans:
        return text[: 2 * around], "", ""
    start, end = spans[0]
    before, after = text[max(0, start - around) : start], text[end : end + around]
    return (
        ("…" if start > around else "") + before,
        text[start:end],
        after + ("…" if len(text) > end + around else ""),
    )
