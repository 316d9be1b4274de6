"""manage.py list_inputs SLUG"""

import json
from typing import Any

from django.core.management.base import CommandParser

from conference.management.command import RnikCommand
from inputs.models import Input


class Command(RnikCommand):
    help = "Print a conference's inputs as a JSON list, in the order they arrived."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the conference's short name")
        parser.add_argument("--session", type=int, metavar="N", help="only this session's")

    def handle(self, *_args: Any, slug: str, session: int | None, **_options: Any) -> None:
        inputs = (
            Input.objects.filter(conference=self.conference(slug))
            .select_related("session", "question", "table")
            .in_order_of_arrival()
        )
        if session is not None:
            inputs = inputs.filter(session__number=session)
        self.stdout.write(json.dumps([_row(entry) for entry in inputs], ensure_ascii=False, indent=1))


def _row(entry: Input) -> dict[str, Any]:
    return {
        "key": str(entry.key),
        "external_id": entry.external_id,
        "session": entry.session.number,
        "question": entry.question.number if entry.question else None,
        "table": entry.table.number if entry.table else None,
        "text": entry.text,
        "kind": entry.kind,
        "language": entry.language,
        "late": entry.late,
        "disposition": entry.disposition,
    }
