"""What the caller of the PDF renderer has to handle."""


class PdfError(Exception):
    """No PDF came out. The message is one line for the log: what failed, and what to do about it if that is known."""
