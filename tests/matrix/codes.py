"""The conference's tables and their codes, which administrators make."""

from tests.matrix.roles import ADMINISTRATORS, TO_BE_POSTED
from tests.matrix.setup import ROW

ROWS = {
    "setup_tables": ADMINISTRATORS,
    "setup_table": ADMINISTRATORS,
    "setup_table_remove": TO_BE_POSTED,
    "setup_device_remove": TO_BE_POSTED,
    "setup_codes": ADMINISTRATORS,
    "setup_codes_issue": TO_BE_POSTED,
    "setup_code_revoke": TO_BE_POSTED,
}
_TABLE = {"slug": "dialog", "pk": ROW}
ARGUMENTS = {
    "setup_tables": {"slug": "dialog"},
    "setup_table": _TABLE,
    "setup_table_remove": _TABLE,
    "setup_device_remove": _TABLE,
    "setup_codes": {"slug": "dialog"},
    "setup_codes_issue": {"slug": "dialog"},
    "setup_code_revoke": _TABLE,
}
