"""How much of a file we are willing to open. Checked before anything is parsed."""

from __future__ import annotations

from dataclasses import dataclass

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    rows: int = 200_000
    columns: int = 200
    size: int = 50 * MEBIBYTE
    """Bytes of the file as it was sent."""
    unpacked: int = 400 * MEBIBYTE
    """Bytes of all parts of a workbook together."""
    ratio: int = 100
    """Unpacked to packed, judged from 16 MiB unpacked on: a real roster packs at 10 to 40."""
    members: int = 2_000
    text: int = 400 * MEBIBYTE
    """Bytes of text that the cells of one sheet may take together, repeated strings counted each time."""
