"""How the packages that keep sealed values make them again after the keys were changed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Renewal:
    """What a package seals, in its manifest: ``renewals = (Renewal("台账", "linli…actions.renew_texts"),)``.

    ``renew`` is the dotted name of an action ``(by=, on=, after=)`` that goes on behind the row ``after`` and answers with
    :class:`Renewed`. Each call is a transaction, so that the work may be stopped and begun again at any row.
    """

    zh: str
    renew: str


@dataclass(frozen=True)
class Renewed:
    """What one call did: how many rows were sealed again, and the row behind which to go on (none: all were seen)."""

    rows: int
    last: int | None
