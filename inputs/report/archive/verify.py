"""Is a package whole, and what it says it is? Reads the zip alone: no database, nothing is unpacked to disk."""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import Any

from inputs.report.archive.edition import CLOSED_ONLY, CLOSED_TABLES, Edition

FORMAT = "rnik.archive/1"
SUMS = "SHA256SUMS"
METADATA = "metadata.json"
LEDGER = "regnskap.json"
INPUTS = "data/innspill.csv"
POINTS = "data/punkter.csv"
NOTED = ("format", "utgave", "saksnummer", "tittel", "dokumentdato", "forfatter", "tilgangskode", "skjermingshjemmel")

MIB = 1024**2
MOST_FILES = 20_000
MOST_BYTES = 2048 * MIB
MOST_IN_ONE = 512 * MIB
#: Text packs to a twentieth; what packs to less than a hundredth, and is large, was made to fill a disk.
MOST_PACKED = 100
SMALL = 10 * MIB
_CHUNK = MIB
_SUM = re.compile(r"([0-9a-f]{64})  (\S.*)")
_NAME_OF_DRIVE = re.compile(r"[A-Za-z]:")


def faults_of(path: Path) -> list[str]:
    """Everything that is wrong with the package, a line each; empty when it is whole. Raises OSError."""
    try:
        with zipfile.ZipFile(path) as archive:
            return list(_faults(archive))
    except zipfile.BadZipFile as error:
        return [f"not a zip file that can be read ({error})"]


def _faults(archive: zipfile.ZipFile) -> Iterator[str]:
    # What does not look safe is not read at all.
    if unsafe := list(_unsafe(archive)):
        yield from unsafe
        return
    folders = {PurePosixPath(entry.filename).parts[0] for entry in archive.infolist()}
    files = [entry for entry in archive.infolist() if not entry.is_dir()]
    if len(folders) != 1 or any("/" not in entry.filename for entry in files):
        yield "everything was expected in one folder"
        return
    [folder] = folders
    members = {entry.filename.removeprefix(f"{folder}/"): entry for entry in files}
    read = _Reader(archive, members)
    yield from _sums(read)
    yield from _metadata(read)
    yield from _json(read)
    yield from _ledger(read)
    yield from _people(read)


# --- before anything is unpacked ---


def _unsafe(archive: zipfile.ZipFile) -> Iterator[str]:
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        yield f"{len(entries)} files, expected at most {MOST_FILES}"
        return
    if (size := sum(entry.file_size for entry in entries)) > MOST_BYTES:
        yield f"{size // MIB} MiB when unpacked, expected at most {MOST_BYTES // MIB}"
    for name, times in Counter(entry.filename for entry in entries).items():
        if times > 1:
            yield f"{name}: stands there {times} times, expected once"
    for entry in entries:
        yield from _unsafe_entry(entry)


def _unsafe_entry(entry: zipfile.ZipInfo) -> Iterator[str]:
    name = entry.filename
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or not parts[0] or "\\" in name or _NAME_OF_DRIVE.match(name):
        yield f"{name}: the path leads out of the folder"
    if entry.external_attr >> 28 == 0o12:
        yield f"{name}: a link, expected a file"
    if entry.flag_bits & 1:
        yield f"{name}: needs a password, expected none"
    if entry.file_size > MOST_IN_ONE:
        yield f"{name}: {entry.file_size // MIB} MiB when unpacked, expected at most {MOST_IN_ONE // MIB}"
    if entry.file_size > SMALL and entry.file_size > MOST_PACKED * max(1, entry.compress_size):
        yield f"{name}: unpacks to more than {MOST_PACKED} times its size"


# --- what it says ---


class _Reader:
    """The files of the package by their names in the folder; those that cannot be read are told once, by `_sums`."""

    def __init__(self, archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo]) -> None:
        self._archive = archive
        self.members = members

    def sum_of(self, name: str) -> str:
        found = sha256()
        with self._archive.open(self.members[name]) as source:
            while part := source.read(_CHUNK):
                found.update(part)
        return found.hexdigest()

    def text(self, name: str) -> str | None:
        if name not in self.members:
            return None
        try:
            return self._archive.read(self.members[name]).decode("utf-8-sig")
        except (zipfile.BadZipFile, zipfile.LargeZipFile, UnicodeDecodeError, ValueError, OSError):
            return None

    def json(self, name: str) -> Any:
        """What the file says, or None."""
        text = self.text(name)
        if text is None:
            return None
        try:
            return json.loads(text)
        except (ValueError, RecursionError):
            return None

    def rows(self, name: str) -> list[dict[str, str]]:
        text = self.text(name)
        if text is None:
            return []
        try:
            return list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
        except csv.Error:
            return []


def _sums(read: _Reader) -> Iterator[str]:
    """Each file has the sum that is noted; none is missing, and none is there that nobody noted."""
    text = read.text(SUMS)
    if text is None:
        yield f"{SUMS}: missing or not text, expected the checksum of each file"
        return
    noted: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        found = _SUM.fullmatch(line)
        if not found:
            yield f"{SUMS}:{number}: not a checksum, expected 64 hex digits, two blanks and a name"
        elif found[2] in noted:
            yield f"{SUMS}:{number}: {found[2]} is noted twice"
        else:
            noted[found[2]] = found[1]
    for name in sorted(noted.keys() - read.members.keys()):
        yield f"{name}: missing, though {SUMS} notes it"
    for name in sorted(read.members.keys() - noted.keys() - {SUMS}):
        yield f"{name}: not noted in {SUMS}"
    for name in sorted(noted.keys() & read.members.keys()):
        try:
            found_sum = read.sum_of(name)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            yield f"{name}: cannot be unpacked ({error})"
            continue
        if found_sum != noted[name]:
            yield f"{name}: changed; its SHA-256 is {found_sum}, expected {noted[name]}"


def _metadata(read: _Reader) -> Iterator[str]:
    content = read.json(METADATA)
    if not isinstance(content, dict):
        yield f"{METADATA}: missing or not JSON, expected {', '.join(NOTED)}"
        return
    if content.get("format") != FORMAT:
        yield f"{METADATA}: the format is {content.get('format')!r}, expected {FORMAT}"
    for name in NOTED:
        if name not in content:
            yield f"{METADATA}: {name} is missing"
    documents = content.get("dokumenter")
    for one in documents if isinstance(documents, list) else []:
        file = one.get("fil") if isinstance(one, dict) else None
        if not isinstance(file, str) or file not in read.members:
            yield f"{METADATA}: the document {file} is not in the package"


def _json(read: _Reader) -> Iterator[str]:
    for name in sorted(read.members):
        if name.endswith(".json") and name != METADATA and read.json(name) is None:
            yield f"{name}: not JSON"


def _ledger(read: _Reader) -> Iterator[str]:
    """The account agrees with the rows: each note is used, set aside or unhandled, and none is lost."""
    ledger = read.json(LEDGER)
    if not isinstance(ledger, dict):
        yield f"{LEDGER}: missing or not JSON, expected the account"
        return
    inputs = read.rows(INPUTS)
    found = Counter(row.get("disposition") or "" for row in inputs)
    counted = {
        "inputs": (len(inputs), INPUTS),
        "used": (found["used"], INPUTS),
        "set_aside": (found["set_aside"], INPUTS),
        "unhandled": (found["unhandled"], INPUTS),
        "points": (len(read.rows(POINTS)), POINTS),
    }
    for name, (number, file) in counted.items():
        if ledger.get(name) != number:
            yield f"{LEDGER}: {name} is {ledger.get(name)}, but {file} has {number}"
    questions = ledger.get("questions")
    if not isinstance(questions, list) or not all(isinstance(one, dict) for one in questions):
        yield f"{LEDGER}: questions are missing"
        return
    by_question = Counter(row.get("filed_under") or f"{row.get('session')}.{row.get('question')}" for row in inputs)
    for one in questions:
        place = f"{one.get('session')}.{one.get('question')}"
        if one.get("inputs") != by_question[place]:
            yield f"{LEDGER}: question {place} has {one.get('inputs')}, but {INPUTS} has {by_question[place]}"


def _people(read: _Reader) -> Iterator[str]:
    """The open edition has the minutes of each table, so it must not say who sat or wrote there."""
    content = read.json(METADATA)
    if not isinstance(content, dict) or content.get("utgave") != Edition.OPEN:
        return
    for name in sorted(CLOSED_TABLES):
        if f"data/{name}.csv" in read.members or f"data/{name}.json" in read.members:
            yield f"data/{name}: stands in an open package, but names people"
    for name, columns in CLOSED_ONLY.items():
        head = (read.text(f"data/{name}.csv") or "").partition("\n")[0].strip().split(";")
        for column in sorted(columns & set(head)):
            yield f"data/{name}.csv: has the column {column}, which an open package must not have"
