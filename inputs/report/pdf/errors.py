"""What the caller of the PDF renderer has to handle."""


class PdfError(Exception):
    """No PDF came out. The message is one line for the log: what failed, and what to do about it if that is known.

    `why` is the limit that was met, or FAILED.
    """

    TIME = "time"
    MEMORY = "memory"
    FAILED = "failed"

    def __init__(self, message: str, why: str = FAILED) -> None:
        super().__init__(message)
        self.why = why
