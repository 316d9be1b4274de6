"""A small conference in own words, with every key that a file may hold."""

import copy
import json
from typing import Any

CONFERENCE: dict[str, Any] = {
    "format": "rnik.conference/1",
    "conference": {
        "slug": "eksempel-2026",
        "title": "Dialogmøte i Eksempel kommune 2026",
        "series": "Dialogmøte",
        "edition": 3,
        "theme": "Språk og jobb",
        "date": "2026-03-12",
        "end_date": "2026-03-13",
        "venue": "Kulturhuset",
        "address": "Storgata 1, Eksempel",
        "host": "Ola Eksempel",
        "website": "https://example.org/",
        "language": "nn",
        "capacity": 80,
        "plenary_tables_per_session": 2,
        "attribution": "organisation",
        "second_person": True,
        "case_number": "26/17",
        "access_code": "UO",
        "legal_basis": "offl. § 13",
        "participants": {"organisation": 60, "government": {"attended": 18, "invited": 25, "limit": 20}},
    },
    "ministries": [{"code": "EKS", "name": "Eksempeldepartementet", "name_nn": "Dømedepartementet"}],
    "tables": [{"number": 1, "name": "Rødt bord"}, {"number": 2}],
    "programme": [
        {"starts_at": "08:30", "title": "Kaffe"},
        {
            "starts_at": "09:00",
            "ends_at": "09:30",
            "kind": "speech",
            "title": "Åpning",
            "speaker": {"name": "Kari Eksempel", "title": "ordfører", "organisation": "EKS"},
            "text": ["Kjære alle!", "Velkommen til *dialog*."],
        },
        {"starts_at": "09:30", "kind": "session", "title": "Bolk 1: Språk", "session": 1},
    ],
    "texts": {
        "summary": ["Kort sagt."],
        "thanks": {
            "title": "Takk fra ordføreren",
            "paragraphs": ["Takk for praten."],
            "closing": "Med hilsen",
            "signature": {"name": "Kari Eksempel", "role": "Ordfører"},
        },
        "structure": ["Tre runder.", "- først\n- sist"],
        "video": [],
    },
    "sessions": [
        {
            "number": 1,
            "title": "Språk",
            "programme_title": "Språk på jobben",
            "format": "workshop",
            "slot": 1,
            "track": "A",
            "ministries": ["EKS"],
            "topic": ["Om språk."],
            "introducers": [
                {"name": "Kari Eksempel", "title": "ordfører", "ministry": "EKS"},
                {"name": "Ola Eksempel"},
            ],
            "introduction": ["Ordføreren åpnet."],
            "questions": [
                {
                    "number": 1,
                    "text": "Hva skal til?",
                    "subquestions": [{"letter": "a", "text": "på jobb"}, {"letter": "B", "text": "i fritiden"}],
                    "tables": [2],
                },
                {"number": 2, "text": "Og ellers?"},
            ],
        }
    ],
    "survey": {
        "recipients": 91,
        "explanation": "Også møteledere fikk den.",
        "respondents": [{"group": "organisation", "count": 37, "recipients": 60}, {"group": "council", "count": 11}],
        "questions": [
            {
                "kind": "scale",
                "base": "organisation",
                "number": "3.6.1",
                "text": "Fikk du sagt det du ville?",
                "answers": [{"label": "Ja", "count": 30}, {"label": "Nei", "count": 6}],
            }
        ],
    },
}


def changed(sample: dict[str, Any], path: str, value: object) -> bytes:
    """`sample` as a JSON file in which `path` (steps between dots, indexes as numbers) holds `value`."""
    copied = copy.deepcopy(sample)
    *steps, last = [int(step) if step.isdigit() else step for step in path.split(".")]
    place: Any = copied
    for step in steps:
        place = place[step]
    place[last] = value
    return as_file(copied)


def as_file(sample: object) -> bytes:
    """`sample` as JSON, one key a line; a lone surrogate is written as an escape."""
    return json.dumps(sample, ensure_ascii=False, indent=1).encode(errors="backslashreplace")
