"""manage.py suggest_duplicates SLUG"""

import json
import re
from typing import Any

from django.core.management.base import CommandParser

from conference.management.command import RnikCommand
from conference.models import Conference, Question
from inputs.similarity import semantic
from inputs.suggestions import Engine, suggest

NOT_AVAILABLE = (
    "the semantic engine cannot run here: install rnik[semantic] (requirements-semantic.txt) on Linux with an x86-64 "
    "processor that has AVX2, or leave --engine out"
)


class Command(RnikCommand):
    help = (
        "Print as JSON which inputs may make the same point: at most five candidates each, best first. Without --all "
        "only those above the floor that editors see, none from the same writer, and none that an editor has kept "
        "apart. Nothing is stored."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the conference's short name")
        parser.add_argument("--question", metavar="S.Q", default="", help="only this question, such as 2.1")
        parser.add_argument("--engine", choices=list(Engine), default=Engine.LEXICAL)
        parser.add_argument("--all", action="store_true", dest="everything", help="always five, “weak” ones too")

    def handle(self, *_args: Any, slug: str, question: str, engine: str, everything: bool, **_options: Any) -> None:
        if engine == Engine.SEMANTIC and not semantic.is_available():
            self.refuse([NOT_AVAILABLE])
        conference = self.conference(slug)
        found = suggest(conference, self._question(conference, question), everything=everything, by=Engine(engine))
        names = {str(one.input.pk): one.input.public_id for one in found}
        rows = [
            {
                "input": one.input.public_id,
                "candidates": [
                    {"input": names[candidate.id], "label": candidate.label, "shared": list(candidate.shared)}
                    for candidate in one.candidates
                ],
            }
            for one in found
        ]
        self.stdout.write(json.dumps({"engine": engine, "suggestions": rows}, ensure_ascii=False, indent=1))

    def _question(self, conference: Conference, name: str) -> Question | None:
        if not name:
            return None
        match = re.fullmatch(r"(\d+)\.(\d+)", name)
        if not match:
            self.misuse(f"--question {name}: expected session and question with a full stop between, such as 2.1")
        questions = Question.objects.filter(session__conference=conference).select_related("session")
        chosen = questions.filter(session__number=match[1], number=match[2]).first()
        if chosen is None:
            known = ", ".join(f"{one.session.number}.{one.number}" for one in questions.order_by("session", "number"))
            self.refuse([f"there is no question {name}; known: {known or 'none'}"])
        return chosen
