"""A table's minutes as the plain data that minutes.typ reads. Every string is untrusted and shown as it stands."""

from typing import Any

from inputs.report.minutes import Minutes, Part

Json = dict[str, Any]  # what json.dumps takes; minutes.typ has one function for each kind


def minutes_document(minutes: Minutes) -> Json:
    language, _, region = minutes.language_tag.partition("-")
    return {
        "title": minutes.title,
        "subtitle": minutes.subtitle,
        "authors": list(minutes.authors),
        "lang": language,
        "region": region,
        "place": list(minutes.place),
        "explained": list(minutes.explained),
        "unreadable": minutes.unreadable,
        "marks": list(minutes.marks),
        "page": minutes.page,
        "of": minutes.of,
        "blocks": [block for part in minutes.parts for block in _blocks(part)],
    }


def _blocks(part: Part) -> list[Json]:
    blocks: list[Json] = [{"kind": "chapter", "number": "", "text": part.title}]
    if part.notes:
        items = [{"text": note.text, "marks": " · ".join(note.marks)} for note in part.notes]
        blocks.append({"kind": "notes", "items": items})
    if part.running:
        blocks.append({"kind": "text", "paragraphs": [one for one in part.running.split("\n\n") if one.strip()]})
    if part.remark:
        blocks.append({"kind": "note", "text": part.remark})
    return blocks
