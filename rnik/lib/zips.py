"""Zip files that are the same each time they are made."""

import zipfile
from io import BytesIO

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can hold


def without_clock(archive: bytes) -> bytes:
    """The zip file with every member at one fixed moment."""
    stream = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _EPOCH)
            new.writestr(member, old.read(name), zipfile.ZIP_DEFLATED)
    return stream.getvalue()
