"""The roles, and rows that several pages share: role -> the answer to GET."""

ROLES = ["anonymous", "stranger", "table", "reader", "editor", "chief_editor", "administrator", "superuser"]
LOGGED_IN = dict.fromkeys(ROLES, 200) | {"anonymous": 302}
MEMBERS = LOGGED_IN | {"stranger": 404, "table": 404}
EDITORS = MEMBERS | {"reader": 403}
ADMINISTRATORS = EDITORS | {"editor": 403, "chief_editor": 403}
EVERYBODY = dict.fromkeys(ROLES, 200)
# A table is who came in by a code; none of these did. What tables meet: tests/inputs/test_table_*.py.
TABLES_ONLY = dict.fromkeys(ROLES, 302)
NOT_TO_BE_GOT = dict.fromkeys(ROLES, 405)
TO_BE_POSTED = NOT_TO_BE_GOT | {"anonymous": 302}

#: The point and the input that tests/test_pages.py makes.
POINT_KEY = "01920000-0000-4000-8000-000000000002"
