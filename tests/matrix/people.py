"""People, codes and files of a conference."""

from typing import Any

ROWS: dict[str, dict[str, int]] = {}
ARGUMENTS: dict[str, dict[str, Any]] = {}
