"""The report's own pages."""

from typing import Any

ROWS: dict[str, dict[str, int]] = {}
ARGUMENTS: dict[str, dict[str, Any]] = {}
