#!/usr/bin/env python3
"""Django's command line for RNIK."""

import os
import sys

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rnik.settings")
    try:
        from django.core.management import execute_from_command_line
    except ImportError as error:
        sys.exit(f"{error}. Set up with `make run`, or activate .venv.")
    execute_from_command_line(sys.argv)
