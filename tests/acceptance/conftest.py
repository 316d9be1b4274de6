"""The real conference, beside the checkout or where RNIK_ACCEPTANCE_DATA says. Its sentences are nobody's to copy."""

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "rnik-2024"


def data_folder() -> Path | None:
    folder = Path(os.environ.get("RNIK_ACCEPTANCE_DATA") or BESIDE)
    return folder if (folder / "conference.json").is_file() else None


@pytest.fixture(scope="session")
def acceptance_data() -> Path:
    folder = data_folder()
    if folder is None:
        pytest.skip("the real conference is not on this machine")
    return folder


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that the main job was not tried, since a skip is easily overlooked."""
    if data_folder() is None:
        terminalreporter.section("ACCEPTANCE TESTS DID NOT RUN", sep="!", red=True, bold=True)
        terminalreporter.line("The real conference is missing. Put it at ../shared/data/rnik-2024,")
        terminalreporter.line("or let RNIK_ACCEPTANCE_DATA name its folder.")
