"""The door and the first pages."""

from tests.matrix.roles import EVERYBODY, LOGGED_IN, MEMBERS, ROLES

ROWS = {
    "home": LOGGED_IN,
    "healthz": EVERYBODY,
    "login": dict.fromkeys(ROLES, 302) | {"anonymous": 200},
    "logout": dict.fromkeys(ROLES, 405) | {"anonymous": 302},
    "password_change": LOGGED_IN,
    "password_change_done": LOGGED_IN,
    "set_language": dict.fromkeys(ROLES, 302),
    "conference": MEMBERS,
    "admin:index": dict.fromkeys(ROLES, 302) | {"superuser": 200},
}
ARGUMENTS = {
    "conference": {"slug": "dialog"},
}
