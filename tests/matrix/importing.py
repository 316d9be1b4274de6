"""Reading files in, and the conference as a file."""

from tests.matrix.roles import ADMINISTRATORS, TO_BE_POSTED

ROWS = {
    "setup_import": ADMINISTRATORS,
    "setup_file": ADMINISTRATORS,
    "setup_import_template": ADMINISTRATORS,
    "setup_import_notes": TO_BE_POSTED,
    "setup_import_conference": TO_BE_POSTED,
}
ARGUMENTS = {name: {"slug": "dialog"} for name in ROWS}
