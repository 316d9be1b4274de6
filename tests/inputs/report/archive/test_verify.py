"""`verify_archive`: what is wrong with a package is told, a line each, without a database."""

import io
import json
import os
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from inputs.report.archive import verify
from inputs.report.archive.verify import faults_of
from inputs.report.export import Edition
from tests.inputs.report.archive.sample import full, packed, put_together, without_typst


@pytest.fixture
def files(editor, monkeypatch) -> dict[str, bytes]:
    without_typst(monkeypatch)
    return packed(full(by=editor)).files()


def summed(files: dict[str, bytes]) -> dict[str, bytes]:
    """The same files with sums that are right for them."""
    rest = {name: content for name, content in files.items() if name != "SHA256SUMS"}
    sums = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in rest.items())
    return rest | {"SHA256SUMS": sums.encode()}


def told(tmp_path: Path, content: bytes) -> list[str]:
    package = tmp_path / "arkiv.zip"
    package.write_bytes(content)
    return faults_of(package)


@pytest.mark.django_db
@pytest.mark.parametrize("edition", list(Edition))
def test_a_package_is_whole(edition, editor, tmp_path):
    assert told(tmp_path, packed(full(by=editor), edition).content) == []


@pytest.mark.django_db
def test_the_command_needs_no_database(files, tmp_path):
    (tmp_path / "hel.zip").write_bytes(put_together(files))
    (tmp_path / "brutt.zip").write_bytes(put_together(files | {"LESMEG.txt": b"Noe annet"}))
    nowhere = {**os.environ, "DATABASE_URL": "postgres://ingen@127.0.0.1:1/ingen", "DEBUG": "1"}

    def verified(name: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", "verify_archive", str(tmp_path / name)]
        return subprocess.run(command, env=nowhere, capture_output=True, text=True, check=False)

    whole, broken, missing = verified("hel.zip"), verified("brutt.zip"), verified("borte.zip")
    assert (whole.returncode, whole.stderr) == (0, "")
    assert broken.returncode == missing.returncode == 1
    [line] = broken.stderr.splitlines()
    assert line.startswith(f"{tmp_path}/brutt.zip: LESMEG.txt: changed; its SHA-256 is ")
    assert missing.stderr.splitlines() == [
        f"{tmp_path}/borte.zip:1: cannot be read (No such file or directory); expected a file"
    ]


@pytest.mark.django_db
def test_a_file_that_is_gone_and_one_that_is_new_are_told(files, tmp_path):
    del files["referat/bolk-1/bord-31.pdf"]
    files["ekstra.txt"] = b"Hei"
    assert told(tmp_path, put_together(files)) == [
        "referat/bolk-1/bord-31.pdf: missing, though SHA256SUMS notes it",
        "ekstra.txt: not noted in SHA256SUMS",
        "metadata.json: the document referat/bolk-1/bord-31.pdf is not in the package",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sums", "fault"),
    [
        (None, "SHA256SUMS: missing or not text, expected the checksum of each file"),
        (b"\xff\xfe", "SHA256SUMS: missing or not text, expected the checksum of each file"),
        (b"abc  LESMEG.txt\n", "SHA256SUMS:1: not a checksum, expected 64 hex digits, two blanks and a name"),
    ],
)
def test_sums_that_cannot_be_read_are_told(sums, fault, files, tmp_path):
    files["SHA256SUMS"] = sums
    content = put_together({name: content for name, content in files.items() if content is not None})
    assert told(tmp_path, content)[0] == fault


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "faults"),
    [
        ("metadata.json", b"{", ["metadata.json: missing or not JSON, expected format, utgave"]),
        ("metadata.json", b"[" * 100_000, ["metadata.json: missing or not JSON, expected format, utgave"]),
        ("metadata.json", b"\xff", ["metadata.json: missing or not JSON, expected format, utgave"]),
        ("data/innspill.json", b"[1,", ["data/innspill.json: not JSON"]),
        ("regnskap.json", b"3", ["regnskap.json: missing or not JSON, expected the account"]),
        ("data/punkter.csv", b"id;text\r\n", ["regnskap.json: points is 6, but data/punkter.csv has 0"]),
    ],
)
def test_a_file_that_does_not_say_what_it_should_is_told(name, content, faults, files, tmp_path):
    found = told(tmp_path, put_together(summed(files | {name: content})))
    assert len(found) == len(faults)
    assert all(one.startswith(start) for one, start in zip(found, faults, strict=True))


@pytest.mark.django_db
def test_an_account_that_does_not_agree_with_the_data_is_told(files, tmp_path):
    account = json.loads(files["regnskap.json"])
    account["used"] += 1
    account["questions"][0]["inputs"] = 0
    changed = summed(files | {"regnskap.json": json.dumps(account).encode()})
    assert told(tmp_path, put_together(changed)) == [
        "regnskap.json: used is 7, but data/innspill.csv has 6",
        "regnskap.json: question 1.1 has 0, but data/innspill.csv has 9",
    ]


@pytest.mark.django_db
def test_an_open_package_that_names_people_is_told(files, tmp_path):
    changed = files | {"data/skribenter.csv": b"table;writer\r\n", "data/bord.csv": b"\xef\xbb\xbftable;name\r\n"}
    assert told(tmp_path, put_together(summed(changed))) == [
        "data/skribenter: stands in an open package, but names people",
        "data/bord.csv: has the column name, which an open package must not have",
    ]


# --- what somebody made to do harm ---


def zipped(*names: str, **more: object) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            entry = zipfile.ZipInfo(name)
            for attribute, value in more.items():
                setattr(entry, attribute, value)
            archive.writestr(entry, b"x")
    return out.getvalue()


@pytest.mark.parametrize("name", ["../ut.txt", "a/../../ut.txt", "/etc/passwd", "a\\..\\ut.txt", "C:/ut.txt"])
def test_a_path_that_leads_out_of_the_folder_is_told_and_nothing_is_read(name, tmp_path, monkeypatch):
    content = zipped_by_hand(name)
    monkeypatch.setattr(zipfile.ZipFile, "open", None)
    assert told(tmp_path, content) == [f"{name}: the path leads out of the folder"]


def zipped_by_hand(name: str) -> bytes:
    """A zip with that name as it stands: Python's own writer makes slashes of backslashes on some systems."""
    content = zipped("x" * len(name))
    return content.replace(b"x" * len(name), name.encode())


def test_a_link_is_told(tmp_path):
    assert told(tmp_path, zipped("a/b", external_attr=0o120777 << 16, create_system=3)) == [
        "a/b: a link, expected a file"
    ]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_there_twice_is_told(tmp_path):
    assert told(tmp_path, zipped("a/b", "a/b")) == ["a/b: stands there 2 times, expected once"]


def test_a_bomb_is_told_by_what_it_says_of_itself(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/bombe", bytes(20 * verify.MIB))
    assert told(tmp_path, out.getvalue()) == ["a/bombe: unpacks to more than 100 times its size"]


def test_too_many_too_large_and_too_much_are_told(tmp_path, monkeypatch):
    monkeypatch.setattr(verify, "MOST_BYTES", 1)
    monkeypatch.setattr(verify, "MOST_IN_ONE", 0)
    assert told(tmp_path, zipped("a/b", "a/c")) == [
        "0 MiB when unpacked, expected at most 0",
        "a/b: 0 MiB when unpacked, expected at most 0",
        "a/c: 0 MiB when unpacked, expected at most 0",
    ]
    monkeypatch.setattr(verify, "MOST_FILES", 1)
    assert told(tmp_path, zipped("a/b", "a/c")) == ["2 files, expected at most 1"]


def test_a_bomb_that_lies_about_its_size_costs_no_more_than_it_says(tmp_path):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/bombe", bytes(20 * verify.MIB))
    small = out.getvalue().replace((20 * verify.MIB).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    faults = told(tmp_path, small.replace(b"a/bombe", b"a/SHA25"))
    assert any("SHA25" in one or "SHA256SUMS" in one for one in faults)


@pytest.mark.parametrize("content", [b"", b"PK", b"ikke en zip", zipped("a/b")[:-8]])
def test_what_is_no_zip_is_told_in_one_line(content, tmp_path):
    [fault] = told(tmp_path, content)
    assert fault.startswith("not a zip file that can be read")


def test_files_outside_of_one_folder_are_told(tmp_path):
    assert told(tmp_path, zipped("a/b", "c/d")) == ["everything was expected in one folder"]
    assert told(tmp_path, zipped("alene")) == ["everything was expected in one folder"]
    assert told(tmp_path, zipped()) == ["everything was expected in one folder"]
