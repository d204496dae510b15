"""The law's answer as a page tells it: who counts and why, the way to the amount, and how far the family is from the line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.base.days import age_on
from linli.base.reasons import Outcome
from linli.domains.assistance import queries
from linli.domains.assistance.queries.law import law_now
from linli.kernel.registry.rules import KIN
from linli.law import Judgement
from linli.law.coded import code
from linli.law.family import Why, why
from linli.law.minimum_law import minimum_law
from linli.law.words import about, doubts


@dataclass(frozen=True)
class Counted:
    """A member, and why the law counts this person or not."""

    row: Any
    tie: str
    age: int
    inside: bool
    why: str


@dataclass(frozen=True)
class Bar:
    """Income per head beside the standard, as widths of a drawing of 600; both in words."""

    income: int
    standard: int
    income_zh: str
    standard_zh: str


@dataclass(frozen=True)
class Told:
    """Everything that the page of a decision says."""

    outcome: Outcome | None
    judgement: Judgement | None
    fault: str
    members: list[Counted]
    bar: Bar | None
    doubts: list[str]


def explained(one: Any, on: date, stored: Outcome | None = None) -> Told:
    """The answer on this day; ``stored``: the outcome that was decided then, which stands whatever is computed."""
    found = queries.answer(one.pk, on)
    outcome = stored or (found.judgement.outcome if found.judgement else None)
    return Told(
        outcome, found.judgement, "" if outcome else found.fault, _members(found, on), _bar(found.judgement, on),
        doubts(outcome.values) if outcome else [],
    )  # fmt: skip


def _members(found: queries.Answered, on: date) -> list[Counted]:
    """Each member with the reason; without a reason where the law or the facts do not allow one yet."""
    rows, home = found.family.members, found.family.home
    reasons: list[Why | None] = [None] * len(rows)
    if found.judgement is not None:
        home = found.judgement.home
        law = minimum_law(law_now(), on=on, area=home.area, zone=home.zone).law
        reasons = [Why(why(law, person)) for person in code(home).people]
    supported = found.judgement.supported if found.judgement else ()
    told = []
    for i, (row, member, reason) in enumerate(zip(rows, home.members, reasons, strict=True)):
        age = age_on(member.born, home.applied)
        words = "认定为特困人员" if i in supported else reason.zh if reason else "待核定"
        inside = i in supported or (reason is not None and reason < Why.OTHER_SCHEME)
        told.append(Counted(row, KIN[row.kin], age, inside, words))
    return told


def _bar(judgement: Judgement | None, on: date) -> Bar | None:
    if judgement is None or judgement.family is None or not judgement.family.judged.inside:
        return None
    home, judged = judgement.home, judgement.family.judged
    law = minimum_law(law_now(), on=on, area=home.area, zone=home.zone).law
    members = judged.inside.bit_count()
    income, standard = judged.means.net / (law.window_months * members), law.standard / law.standard_months
    most = max(income, standard, 1) * 1.1
    return Bar(
        round(600 * income / most), round(600 * standard / most), about(judged.means.net, law.window_months * members),
        about(law.standard, law.standard_months),
    )  # fmt: skip
