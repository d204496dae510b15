"""What goes to the bank and what comes back, free of any layout."""

from __future__ import annotations

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Payment:
    reference: str
    """Our own id of the payment, unique for ever: the bank and we know a repeated one by it."""
    name: str
    account: str
    amount: int
    """Fen, above zero."""
    identity: str = ""
    bank: str = ""
    """The 12-digit number of the bank's branch (CNAPS), where the layout asks for it."""
    memo: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Raises ValueError for a batch that no bank may be asked to pay: empty, without amounts, or with a payment twice."""

    number: str
    day: datetime.date
    item: str
    payments: tuple[Payment, ...]

    def __post_init__(self) -> None:
        if not self.payments:
            raise ValueError("a batch has at least one payment")
        if any(payment.amount <= 0 for payment in self.payments):
            raise ValueError("every amount is above zero")
        if len({payment.reference for payment in self.payments}) != len(self.payments):
            raise ValueError("every payment stands in a batch once")

    @property
    def count(self) -> int:
        return len(self.payments)

    @property
    def total(self) -> int:
        return sum(payment.amount for payment in self.payments)


@dataclass(frozen=True, slots=True)
class Result:
    """The bank's answer to one payment."""

    line: int
    """Line of the return file, from 1, for messages."""
    sequence: int | None
    """Place in the batch, from 1, where the bank returns it."""
    reference: str | None
    account: str
    amount: int
    paid: bool
    code: str
    reason: str
    """In words; empty when paid."""


@dataclass(frozen=True, slots=True)
class Return:
    batch: str | None
    """Number of the batch, where the file names it."""
    day: datetime.date | None
    results: tuple[Result, ...]

    @property
    def paid(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if result.paid)

    @property
    def failed(self) -> tuple[Result, ...]:
        return tuple(result for result in self.results if not result.paid)

    @property
    def paid_total(self) -> int:
        return sum(result.amount for result in self.paid)

    @property
    def total(self) -> int:
        return sum(result.amount for result in self.results)
