"""Numbers of chapters and figures, computed from their places, never typed."""

from dataclasses import replace

from inputs.report.model import Block, Chapter, Figure, Slot

UNNUMBERED = frozenset({Slot.SUMMARY, Slot.THANKS})  # they stand before the first number


def numbered(chapters: tuple[Chapter, ...], prefix: str = "") -> tuple[Chapter, ...]:
    """The chapters with numbers such as 4.2.3, and their figures with numbers such as 3.6.1."""
    result = []
    count = 0
    for chapter in chapters:
        number = ""
        if chapter.slot not in UNNUMBERED:
            count += 1
            number = f"{prefix}{count}"
        result.append(
            replace(
                chapter,
                number=number,
                blocks=_with_figure_numbers(chapter.blocks, number),
                chapters=numbered(chapter.chapters, f"{number}."),
            )
        )
    return tuple(result)


def _with_figure_numbers(blocks: tuple[Block, ...], chapter: str) -> tuple[Block, ...]:
    result: list[Block] = []
    count = 0
    for block in blocks:
        if isinstance(block, Figure):
            count += 1
            result.append(replace(block, label=f"{block.label} {chapter}.{count}"))
        else:
            result.append(block)
    return tuple(result)
