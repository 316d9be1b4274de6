"""Icons: SVG files of @navikt/aksel-icons, inlined so that they take the colour of the text beside them.

Only what stands in ICONS can be shown. The production image holds these files and no others;
`python -m rnik.lib.icons` lists them for it.
"""

import sys
from functools import cache

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

FOLDER = "@navikt/aksel-icons/dist/svg"
ICONS = frozenset(
    {
        "ArrowDown",
        "ArrowRight",
        "ArrowUp",
        "Calendar",
        "Download",
        "LocationPin",
        "PadlockLocked",
        "PersonCircle",
        "StarFill",
    }
)


@cache
def icon(name: str) -> SafeString:
    """The icon as an `<svg>` for decoration: screen readers skip it, so text beside it must say what it means.

    Raises LookupError for a name that is not in ICONS, FileNotFoundError when the package has not been fetched.
    """
    if name not in ICONS:
        raise LookupError(f"{name!r} is not among the icons of rnik/lib/icons.py")
    svg = (settings.NODE_MODULES / FOLDER / f"{name}.svg").read_text(encoding="utf-8").strip()
    # A file of a pinned package, by a name that we listed: nothing in it was written by a user.
    return mark_safe(svg.replace("<svg ", '<svg class="ds-icon" aria-hidden="true" focusable="false" ', 1))  # noqa: S308


if __name__ == "__main__":
    sys.stdout.writelines(f"{name}.svg\n" for name in sorted(ICONS))
