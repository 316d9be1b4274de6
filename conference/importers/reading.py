"""From the bytes of an uploaded file to text: UTF-8, of a reasonable size, and nothing else."""

from django.utils.translation import gettext as _

from conference.importers.problems import fault

MEGABYTE = 1024 * 1024
MAX_BYTES = 20 * MEGABYTE
ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def check_size(data: bytes, name: str, limit: int = MAX_BYTES) -> None:
    """Raise ImportFault if `data` is empty or larger than `limit` bytes."""
    if not data:
        raise fault(name, 1, _("the file is empty"))
    if len(data) > limit:
        sizes = {"size": f"{len(data) / MEGABYTE:.1f}", "limit": f"{limit / MEGABYTE:.0f}"}
        raise fault(name, 1, _("the file is %(size)s MB, expected at most %(limit)s MB") % sizes)


def decode(data: bytes, name: str, limit: int = MAX_BYTES) -> str:
    """The text of `data`, without a byte order mark. Raises ImportFault with the line that is not UTF-8."""
    check_size(data, name, limit)
    if data.startswith(ZIP_SIGNATURES):
        raise fault(name, 1, _("this is an office document or an archive, expected a text file in UTF-8"))
    if data.startswith(_WIDE_MARKS):
        raise fault(name, 1, _("the file is in UTF-16, expected UTF-8: save it as UTF-8"))
    nul = data.find(b"\x00")
    if nul >= 0:
        message = _("a NUL character (UTF-16, or a file that is not text?), expected UTF-8: save it as UTF-8")
        raise fault(name, _line_at(data, nul), message)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        found = {"byte": f"0x{data[error.start]:02x}"}
        message = _("byte %(byte)s is not UTF-8 (Latin-1?), expected UTF-8: save the file as UTF-8") % found
        raise fault(name, _line_at(data, error.start), message) from error


def _line_at(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1
