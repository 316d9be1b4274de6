"""Twenty minutes at two tables, one in each way of writing, side by side: `make typist`.

The network of each is cut twice. At the end every point that was said must be stored, once, where it was put.
"""

# ruff: noqa: T201  a command: what it prints is its answer

import argparse
import os
import shutil
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import django
from playwright.sync_api import sync_playwright

from tests.browser.flaky_line import Line
from tests.faults.site import SLUG, Site, site
from tests.typist.hands import CUTS, Hands, LineByLine, Pace, RunningText, Tally, cutting
from tests.typist.talk import Point, Saying, kept, talk

WAYS = {1: LineByLine, 2: RunningText}  # by table


def sit(table: int, one: Site, sayings: list[Saying], minutes: float) -> tuple[Tally, float]:
    """What the hands at the table did, and in how many minutes."""
    line = Line(one.port)
    try:
        with sync_playwright() as playwright:
            chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            hands: Hands = WAYS[table](browser.new_page(locale="nb-NO"), Pace.over(minutes, sayings))
            hands.sit_down(line.url, one.codes[table - 1])
            began = time.monotonic()
            tally = hands.type_all(sayings, cutting(line, len(sayings)))
            return tally, (time.monotonic() - began) / 60
    finally:
        line.close()


def report(table: int, tally: Tally, minutes: float, said: list[Point], sayings: list[Saying]) -> bool:
    from tests.typist.stored import points_of, undivided

    if WAYS[table] is RunningText:
        said = [replace(point, kind="", is_starred=False) for point in said]
    stored, wanted = Counter(points_of(table)), Counter(said)
    is_whole = stored == wanted and undivided(table) == 0
    words = sum(len(one.text.split()) for one in sayings)
    print(
        f"{'ok' if is_whole else 'BROKEN':<7} {WAYS[table].__name__:<12} {minutes:>5.1f} minutes  "
        f"{words / minutes:>4.0f} words a minute  {len(said)} points said  {stored.total()} stored  "
        f"{(wanted - stored).total()} lost  {(stored - wanted).total()} too many or elsewhere\n"
        f"        {tally.per_line:.2f} acts a line beside words and Enter: {dict(tally.acts.most_common())}; "
        f"{tally.slips} keys rubbed out words",
        flush=True,
    )
    for point in [*(wanted - stored), *(stored - wanted)]:
        print(f"        {point}")
    return is_whole and tally.per_line <= 1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=20, help="how long the talk takes; 0: as fast as may be")
    minutes = parser.parse_args().minutes
    sayings = talk()
    said = kept(sayings)
    with site() as one:
        one.manage("set_phase", SLUG, "1", "open")
        print(f"Cut: {', '.join(f'from {a:.0%} to {b:.0%}' for a, b in CUTS)} of the talk", flush=True)
        with ThreadPoolExecutor(len(WAYS)) as pool:
            done = list(pool.map(lambda table: sit(table, one, sayings, minutes), WAYS))
        os.environ.update(one.environment)
        os.environ["DJANGO_SETTINGS_MODULE"] = "rnik.settings"
        django.setup()
        kinds = [report(table, *each, said, sayings) for table, each in zip(WAYS, done, strict=True)]
        django.db.connection.close()
    return int(not all(kinds))


if __name__ == "__main__":
    sys.exit(main())
