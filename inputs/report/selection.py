"""Some of the report as a report of its own: chosen points under their questions and headings, or one session."""

from collections.abc import Container
from dataclasses import replace

from inputs.report.model import Chapter, QuestionInputs, Report
from inputs.report.numbering import numbered


def only(report: Report, points: Container[str], subtitle: str) -> Report:
    """The report with those points alone (by id), and the chapters that hold them, numbered anew."""
    kept = tuple(filter(None, (_chapter(one, points) for one in report.chapters)))
    return replace(report, subtitle=subtitle, chapters=numbered(kept))


def session_of(report: Report, number: int) -> Report:
    """One session's chapters as a report of their own, numbered anew: the way out when all is too much for a file."""
    kept = tuple(filter(None, (_in_session(one, number) for one in report.chapters)))
    title = next((one.title for one in report.sessions if one.number == number), "")
    return replace(report, subtitle=title, chapters=numbered(kept))


def _in_session(chapter: Chapter, number: int) -> Chapter | None:
    if chapter.session is not None:
        return chapter if chapter.session == number else None
    below = tuple(filter(None, (_in_session(one, number) for one in chapter.chapters)))
    return replace(chapter, blocks=(), chapters=below) if below else None


def _chapter(chapter: Chapter, points: Container[str]) -> Chapter | None:
    blocks = tuple(
        kept for block in chapter.blocks if isinstance(block, QuestionInputs) and (kept := _question(block, points))
    )
    below = tuple(filter(None, (_chapter(one, points) for one in chapter.chapters)))
    return replace(chapter, blocks=blocks, chapters=below) if blocks or below else None


def _question(block: QuestionInputs, points: Container[str]) -> QuestionInputs | None:
    headings = tuple(
        replace(heading, points=tuple(one for one in heading.points if one.id in points))
        for heading in block.headings
    )
    kept = tuple(heading for heading in headings if heading.points)
    return replace(block, headings=kept) if kept else None
