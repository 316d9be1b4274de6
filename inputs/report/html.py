"""The report as one web page that stands alone, and as the article alone for the preview in the application.

The page holds its stylesheet and asks nobody for anything: no script, no font, no picture from elsewhere. Headings
are links to themselves, so every chapter, question and heading has an address that a keyboard reaches; a point has
an id. Every text is escaped, here and in html_blocks.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from inputs.report.html_blocks import block_html, heading_html
from inputs.report.model import Chapter, Phrases, Report

STYLESHEET = Path(__file__).resolve().parents[2] / "static/app/report.css"
CONTENTS = "report-contents"
FRONT_ENDS = "</header>"  # the first in an article: the public page puts its downloads before it
# Even if an escape were forgotten one day, the browser runs and fetches nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def render(report: Report) -> str:
    """A complete page. The same report gives the same text."""
    return f"""<!doctype html>
<html lang="{report.language_tag}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(report.facts.title)}</title>
<style>
{STYLESHEET.read_text(encoding="utf-8")}</style>
</head>
<body class="report-page">
<main>
{render_body(report)}</main>
</body>
</html>
"""


def render_body(report: Report) -> str:
    """The <article> alone, with the report's title as its <h1>; the page around it links `app/report.css`."""
    return "\n".join(_article(report)) + "\n"


def _article(report: Report) -> Iterator[str]:
    phrases = report.phrases
    yield f'<article class="report" lang="{report.language_tag}">'
    yield '<div class="report-columns">'
    yield from _front(report)
    yield from _contents(report)
    yield '<div class="report-text">'
    for chapter in report.chapters:
        yield from _chapter(chapter, phrases)
    yield f'<footer class="report-end"><p>{escape(phrases.made_on)}</p></footer>'
    yield "</div>"
    yield "</div>"
    yield "</article>"


def _front(report: Report) -> Iterator[str]:
    facts, phrases = report.facts, report.phrases
    day = escape(report.written_date)
    place = [f'<time datetime="{facts.date:%Y-%m-%d}">{day}</time>', escape(facts.venue), escape(facts.address)]
    yield '<header class="report-front">'
    for mark in [phrases.draft] * report.draft + [phrases.internal] * report.internal:
        yield f'<p class="report-mark">{escape(mark)}</p>'
    yield f"<h1>{escape(facts.title)}</h1>"
    if report.subtitle:
        yield f'<p class="report-subtitle">{escape(report.subtitle)}</p>'
    yield f'<p class="report-place">{" · ".join(part for part in place if part)}</p>'
    yield FRONT_ENDS


def _contents(report: Report) -> Iterator[str]:
    title = escape(report.phrases.contents)
    yield f'<nav class="report-contents" id="{CONTENTS}" aria-label="{title}" tabindex="0">'
    # Where the list always stands open, at the side and on paper, the summary gives way to a plain title.
    yield f'<p class="report-contents-title" aria-hidden="true">{title}</p>'
    yield f"<details><summary>{title}</summary>"
    yield from _contents_list(report.chapters)
    yield "</details>"
    yield "</nav>"


def _contents_list(chapters: tuple[Chapter, ...]) -> Iterator[str]:
    yield "<ul>"
    for chapter in chapters:
        yield f'<li><a href="#{escape(chapter.anchor)}">{_chapter_title(chapter)}</a>'
        if chapter.chapters:
            yield from _contents_list(chapter.chapters)
        yield "</li>"
    yield "</ul>"


def _chapter_title(chapter: Chapter) -> str:
    number = f'<span class="report-number">{escape(chapter.number)}</span> ' if chapter.number else ""
    return number + escape(chapter.title)


def _chapter(chapter: Chapter, phrases: Phrases) -> Iterator[str]:
    level = chapter.level + 1  # the report's title is the <h1>
    yield f'<section class="report-chapter report-chapter-{chapter.level}">'
    yield heading_html(level, _chapter_title(chapter), chapter.anchor, "report-heading")
    for index, block in enumerate(chapter.blocks):
        yield from block_html(block, level, f"{chapter.anchor}-{index}", phrases)
    for part in chapter.chapters:
        yield from _chapter(part, phrases)
    if chapter.level == 1:
        yield f'<p class="report-top"><a href="#{CONTENTS}">{escape(phrases.to_top)}</a></p>'
    yield "</section>"
