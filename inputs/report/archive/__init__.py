"""The archive package: one zip with the report, the minutes, all data, and what is needed to check them.

`read` asks the database, `render` makes the bytes, `verify` needs neither. What is in it, and for whom:
docs/adr/0020-files-on-the-side-and-the-archive-package.md.
"""

from inputs.report.archive.edition import Edition
from inputs.report.archive.package import public_data, render
from inputs.report.archive.reading import Package, read

__all__ = ["Edition", "Package", "public_data", "read", "render"]
