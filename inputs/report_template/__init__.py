"""A ministry's Word template that the report is built on: read with care, and without the database."""
