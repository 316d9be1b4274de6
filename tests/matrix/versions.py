"""The report's frozen versions. Everybody with a role reads them; chief editors and administrators act."""

from typing import Any

from tests.matrix.roles import MEMBERS, POINT_KEY, TO_BE_POSTED

_KEY = {"slug": "dialog", "key": POINT_KEY}
ROWS = {
    **dict.fromkeys(["versions", "versions_compare", "version", "version_file"], MEMBERS),
    **dict.fromkeys(["version_publish", "version_withdraw"], TO_BE_POSTED),
}
ARGUMENTS: dict[str, dict[str, Any]] = {
    "versions": {"slug": "dialog"},
    "versions_compare": {"slug": "dialog"},
    "version": _KEY,
    "version_file": {**_KEY, "kind": "md"},
    "version_publish": _KEY,
    "version_withdraw": _KEY,
}
