from collections.abc import Iterator

import pytest
from django.utils import translation

from conference.importers.problems import ImportFault


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Problems are told in the reader's language; here they are compared in English."""
    with translation.override("en"):
        yield


def lines(raised: pytest.ExceptionInfo[ImportFault]) -> list[str]:
    """The problems as they are printed, one a line."""
    return str(raised.value).split("\n")
