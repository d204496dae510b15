"""Outcomes that explain themselves: what was decided, how much, why, step by step, under which law."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from linli.base.dated import Value


@dataclass(frozen=True, slots=True)
class Reason:
    """One ground of a decision: a code for counting, the Chinese sentence, the article (慈善法 §61)."""

    code: str
    zh: str
    article: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a calculation as people read it: 家庭人均月收入 · 620.00元 · 1860.00元 ÷ 3人."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The answer of a rule: granted or not, the amount in fen, the reasons, steps and values of the law used.

    A plain "no" is an outcome with its reasons, not an exception.
    """

    granted: bool
    amount: int = 0
    reasons: tuple[Reason, ...] = ()
    steps: tuple[Step, ...] = ()
    values: tuple[Value, ...] = ()

    @property
    def local(self) -> tuple[str, ...]:
        """Documents and articles of the place itself behind the amount, each once."""
        return tuple(dict.fromkeys(value.source for value in self.values if value.place))

    def to_json(self) -> dict[str, Any]:
        """The outcome as plain data for storing."""
        return {
            "granted": self.granted,
            "amount": self.amount,
            "reasons": [{"code": r.code, "zh": r.zh, "article": r.article} for r in self.reasons],
            "steps": [{"label": s.label, "value": s.value, "note": s.note} for s in self.steps],
            "values": [value.to_json() for value in self.values],
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Outcome:
        """The outcome that `to_json` wrote. Raises KeyError or TypeError for other data."""
        return cls(
            granted=data["granted"],
            amount=data["amount"],
            reasons=tuple(Reason(**reason) for reason in data["reasons"]),
            steps=tuple(Step(**step) for step in data["steps"]),
            values=tuple(Value.from_json(value) for value in data["values"]),
        )
