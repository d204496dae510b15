"""What the program writes to its log never holds a number of a person."""

from __future__ import annotations

import logging

from linli.base.masking import without_numbers


class Masked(logging.Formatter):
    """Lines and tracebacks with stars for whatever may be an identity, telephone or account number."""

    def format(self, record: logging.LogRecord) -> str:
        """The whole line, once everything has been put into it."""
        return without_numbers(super().format(record))
