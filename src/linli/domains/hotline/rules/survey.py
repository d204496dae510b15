"""How well the hotline is known: answers, the rate of those who answered, and how exact a sample of this size is."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

from linli.base.named import Named

GROWN = 18
"""The frame is everybody of this age or more (民法典 §17: 成年人)."""
LEAST, MOST = 10, 5000
"""A sample is so large (house rule): fewer say nothing, more is no small survey."""
SURE = 1.96
"""The quantile of the normal distribution for 95 of 100."""


class SurveyAnswer(Named):
    """What somebody who was drawn said."""

    KNOWS = "knows", "知道"
    UNKNOWN = "unknown", "不知道"
    REFUSED = "refused", "不愿回答"


class SurveyWay(Named):
    """How it was asked."""

    PHONE = "phone", "电话回访"
    VISIT = "visit", "上门"


SPOKE = (SurveyAnswer.KNOWS, SurveyAnswer.UNKNOWN)


@dataclass(frozen=True)
class Awareness:
    """A survey in numbers: drawn, answered, of these those who know; refused."""

    drawn: int
    answered: int
    knows: int
    refused: int

    @property
    def rate(self) -> Fraction | None:
        """Those who know among those who answered; None while nobody did."""
        return Fraction(self.knows, self.answered) if self.answered else None

    @property
    def response(self) -> Fraction:
        """How many of those drawn answered: a rate that few answered says little."""
        return Fraction(self.answered, self.drawn)

    def span(self, framed: int) -> tuple[float, float] | None:
        """Between which shares the rate of all ``framed`` people lies, 95 of 100 times, if whoever did not answer is like the
        others (Wilson; narrower where the sample is a good part of the people)."""
        if self.rate is None:
            return None
        share, count = float(self.rate), self.answered
        left = sqrt((framed - count) / (framed - 1)) if framed > 1 else 0.0
        z = SURE * left
        middle, half = share + z * z / (2 * count), z * sqrt(share * (1 - share) / count + z * z / (4 * count * count))
        whole = 1 + z * z / count
        return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)
