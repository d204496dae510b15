"""What the outside world can do wrong, told in words for the person at the desk."""

from __future__ import annotations


class BadFile(ValueError):
    """A file that cannot be taken. The message is Chinese: the fault, then the mend; shown to the user as it is."""

    def __init__(self, message: str, *, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.line = line
        """Number of the line in the file, counted from 1, where one line is at fault."""
