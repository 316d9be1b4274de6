"""What a frozen version says, read from its own content."""

import json
from collections.abc import Iterator
from typing import Any

from inputs.comparing import chapters_of
from inputs.models import FileKind, ReportVersion

Json = dict[str, Any]


def content_of(version: ReportVersion) -> Json:
    """The report model as it was frozen (rnik.report/1)."""
    stored = version.files.get(kind=FileKind.JSON)
    content: Json = json.loads(bytes(stored.content))
    return content


def texts_of(content: Json) -> Iterator[tuple[str, str]]:
    """Each point's id and text; each heading with an empty id."""
    for chapter in chapters_of(content["chapters"]):
        for question in chapter.get("questions", []):
            for heading in question.get("headings", []):
                yield "", heading["title"]
                yield from ((point["id"], point["text"]) for point in heading["points"])
