"""The tables' screen and interface."""

from tests.matrix.roles import EVERYBODY, NOT_TO_BE_GOT, ROLES, TABLES_ONLY

ROWS = {
    "table_login": EVERYBODY,
    "table": TABLES_ONLY,
    "table_shell": EVERYBODY,
    "table_worker": EVERYBODY,
    "table_write": NOT_TO_BE_GOT,
    "table_change": NOT_TO_BE_GOT,
    "table_withdraw": NOT_TO_BE_GOT,
    "table_take_back": NOT_TO_BE_GOT,
    "table_move": NOT_TO_BE_GOT,
    "table_sheet": NOT_TO_BE_GOT,
    "table_sheet_divide": TABLES_ONLY,
    "table_try": NOT_TO_BE_GOT,
    "table_deliver": NOT_TO_BE_GOT,
    "table_deliver_take_back": NOT_TO_BE_GOT,
    "table_api_state": dict.fromkeys(ROLES, 401),
    "table_api_notes": dict.fromkeys(ROLES, 401),
    "table_api_note": NOT_TO_BE_GOT,
    "table_api_sheets": dict.fromkeys(ROLES, 401),
    "table_api_order": NOT_TO_BE_GOT,
    "table_api_sheet": NOT_TO_BE_GOT,
    "table_api_pulse": NOT_TO_BE_GOT,
}
_KEY = {"key": "01920000-0000-7000-8000-000000000001"}
ARGUMENTS = {
    "table_change": _KEY,
    "table_withdraw": _KEY,
    "table_take_back": _KEY,
    "table_move": _KEY,
    "table_sheet_divide": _KEY,
    "table_api_note": _KEY,
    "table_api_order": _KEY,
    "table_api_sheet": _KEY,
}
