"""Whether an XLSX may be opened at all, told from the list of its parts and without unpacking any of them."""

import io
import zipfile

from django.utils.translation import gettext as _

from conference.importers.problems import fault
from conference.importers.reading import MEGABYTE, ZIP_SIGNATURES, check_size

MAX_PARTS = 1_000
MAX_UNPACKED = 100 * MEGABYTE
# Sheets of ordinary text shrink to a tenth or a twentieth; a bomb shrinks to a thousandth. Small files may do as
# they like, since they do no harm.
MAX_RATIO = 100
RATIO_FROM = 10 * MEGABYTE
OLD_OFFICE_SIGNATURE = b"\xd0\xcf\x11\xe0"


def is_archive(data: bytes) -> bool:
    """Whether `data` is, or says it is, a ZIP archive as every XLSX is."""
    return data.startswith(ZIP_SIGNATURES)


def open_archive(data: bytes, name: str) -> zipfile.ZipFile:
    """The parts of the workbook in `data`. Raises ImportFault: not a workbook, with macros, too large unpacked."""
    check_size(data, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise fault(name, 1, _("a damaged file, expected an Excel workbook (cut off?)")) from error
    message = _refusal(archive.infolist(), len(data))
    if message:
        raise fault(name, 1, message)
    return archive


def is_bomb(parts: list[zipfile.ZipInfo], packed: int) -> bool:
    """Would the parts of an archive of `packed` bytes fill the memory?"""
    unpacked = sum(part.file_size for part in parts)
    too_dense = unpacked > RATIO_FROM and unpacked > MAX_RATIO * packed
    return len(parts) > MAX_PARTS or unpacked > MAX_UNPACKED or too_dense


def _refusal(parts: list[zipfile.ZipInfo], packed: int) -> str:
    """Why these parts are refused; empty if they are not."""
    names = {part.filename for part in parts}
    if is_bomb(parts, packed):
        return _("too large when unpacked, expected at most %(limit)d MB") % {"limit": MAX_UNPACKED // MEGABYTE}
    if any(part.flag_bits & 1 for part in parts):
        return _("protected by a password, expected a workbook without")
    if any(part.lower().endswith("vbaproject.bin") for part in names):
        return _("a workbook with macros, expected .xlsx: save it as an Excel workbook without macros")
    if "[Content_Types].xml" not in names or not any(part.startswith("xl/") for part in names):
        return _("an archive without a workbook, expected an Excel workbook")
    return ""
