"""The public pages as files: they work under any path of any file server, and fetch nothing from elsewhere."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

from django.conf import settings
from django.contrib.staticfiles import finders

from inputs.public.pages import STYLES, all_pages
from inputs.public.reading import Site, all_files

ASSETS = "static/"
#: Says that the folder was written by us, and may be replaced by us.
MARK = ".rnik-site"
_FETCHED = re.compile(r"""url\(["']?(?!data:|#)([^"')]+)["']?\)""")


class NotOurs(Exception):
    """The folder holds something that was not written by an earlier export."""


class AssetMissing(Exception):
    """A file of style or a font is not installed."""


def files_of(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every file of the site with its path: pages, downloads, style, fonts."""
    for page in all_pages(site):
        yield f"{page.address}index.html", page.html(site, assets=ASSETS).encode()
    for edition in site.readable:
        for file in all_files(edition):
            yield f"rapport/{edition.version.number}/rapport.{file.kind}", bytes(file.content)
    yield from ((f"{ASSETS}{path}", content) for path, content in _assets().items())


def write_site(site: Site, folder: Path, *, replace: bool = False) -> tuple[int, int]:
    """Write the site to the folder, whole or not at all. Returns how many files and bytes.

    Raises NotOurs for a folder that is not empty, unless `replace` and an earlier export wrote it. OSError as usual.
    """
    folder = folder.absolute()
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NotOurs
    if folder.exists() and any(folder.iterdir()) and not (replace and (folder / MARK).is_file()):
        raise NotOurs
    fresh = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        number, size = _write(site, fresh)
        fresh.chmod(0o755)  # a temporary folder is its owner's alone
        former = fresh.with_name(f"{fresh.name}-former")
        if folder.exists():
            folder.rename(former)
        fresh.rename(folder)
        shutil.rmtree(former, ignore_errors=True)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    return number, size


def _write(site: Site, folder: Path) -> tuple[int, int]:
    number = size = 0
    for path, content in files_of(site):
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        number, size = number + 1, size + len(content)
    (folder / MARK).write_text("Written by export_site, which replaces this folder when asked to.\n", "utf-8")
    return number, size


def _assets() -> dict[str, bytes]:
    """The style, and whatever it fetches, by path below the folder of assets."""
    found: dict[str, bytes] = {}
    waiting = [*STYLES, "app/mark.svg"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found[path] = _installed(path)
        if path.endswith(".css"):
            here = Path(path).parent
            waiting += [_normal(here / fetched) for fetched in _FETCHED.findall(found[path].decode())]
    return found


def _installed(path: str) -> bytes:
    """As it was collected for the server; in development, as it stands in its source."""
    collected = Path(settings.STATIC_ROOT) / path
    place = str(collected) if collected.is_file() and not settings.DEBUG else finders.find(path)
    if not place:
        raise AssetMissing(path)
    return Path(place).read_bytes()


def _normal(path: Path) -> str:
    """«app/../vendor/x» as «vendor/x»."""
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
