"""manage.py export_site SLUG DIR"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from conference.management.command import RnikCommand
from inputs.public.reading import find_site
from inputs.public.static_site import AssetMissing, NotOurs, write_site


class Command(RnikCommand):
    help = (
        "Write what is public of a conference as static files that work under any path of a file server: pages, "
        "downloads, style and fonts. Nothing in them fetches anything from another host."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the conference's short name")
        parser.add_argument("folder", type=Path, metavar="DIR", help="a new or empty folder")
        parser.add_argument(
            "--replace", action="store_true", help="instead of what an earlier export_site wrote to that folder"
        )

    def handle(self, *_args: Any, slug: str, folder: Path, replace: bool, **_options: Any) -> None:
        conference = self.conference(slug)
        site = find_site(slug)
        if site is None:
            self.refuse([f"nothing of “{conference.slug}” is public; open its public page, or publish a version"])
        try:
            number, size = write_site(site, folder, replace=replace)
        except NotOurs:
            expected = "expected a new or empty one, or with --replace one that export_site has written"
            self.refuse([f"{folder}:1: is not an empty folder; {expected}"])
        except AssetMissing as error:
            self.refuse([f"{error}:1: is not installed; run collectstatic, or make setup"])
        except OSError as error:
            self.refuse(
                [f"{folder}:1: cannot be written ({error.strerror}); expected a folder within one that exists"]
            )
        editions = len(site.readable)
        self.stdout.write(f"{number} files, {editions} editions, {size} bytes written to {folder}")
