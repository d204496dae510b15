"""Drawing by lot so that anybody can draw again: a seed and the list give the same sample, in whatever order the list comes."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from heapq import nsmallest


def place_in_lot(seed: str, key: int | str) -> str:
    """Where one stands in the lot of this seed; nobody can tell it before the seed is known."""
    return sha256(f"{seed}:{key}".encode()).hexdigest()


def draw_lot(seed: str, keys: Iterable[int], size: int) -> list[int]:
    """The first so many of the lot, in its order; all of them where there are fewer."""
    return nsmallest(size, keys, key=lambda key: place_in_lot(seed, key))


def digest_of_list(keys: Iterable[int]) -> str:
    """What tells two lists of the same kind apart, whatever their order."""
    return sha256(",".join(str(key) for key in sorted(keys)).encode()).hexdigest()
