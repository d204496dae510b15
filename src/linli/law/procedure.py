"""How a decision has to come about on a day at a place: appraisal, notices, days, hearing, verification."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.base.dated import NoValue, Parameters, Value
from linli.base.days import Term
from linli.base.named import Named
from linli.law.grounds import Ground


class Appraisal(Named):
    """When the neighbours' meeting (民主评议) is held."""

    ALWAYS = "always", "必须民主评议"
    ON_OBJECTION = "on_objection", "有异议时民主评议"
    OPTIONAL = "optional", "可以民主评议"


@dataclass(frozen=True)
class Procedure:
    """The steps of the law; None where the law of the day has no such rule. ``notices``: how often the family is posted."""

    appraisal: Appraisal
    notices: int
    notice: Term
    survey: Term | None
    review: Term | None
    refuse: Term | None
    whole: Term | None
    whole_special: Term | None
    paid_after_months: int
    hear_before_cut: bool
    values: tuple[Value, ...]


def procedure_on(programme: str, known: Parameters, *, on: date, area: str, delegated: bool = False) -> Procedure:
    """The procedure of a programme (dibao, tekun, rigid). ``delegated``: the town decides for the district.

    Raises NoValue, in Chinese, where appraisal, notices or payment are not known for the day.
    """
    used: list[Value] = []

    def value(key: str) -> Value:
        used.append(known.on(f"procedure.{programme}.{key}", on, area))
        return used[-1]

    def term(key: str) -> Term | None:
        try:
            return value(key).term
        except NoValue:
            return None

    whole = term("whole.delegated") if delegated else None
    return Procedure(
        appraisal=Appraisal(value("appraisal").text),
        notices=value("notices").count,
        notice=value("notice").term,
        survey=term("survey"),
        review=term("review"),
        refuse=term("refuse"),
        whole=whole or term("whole"),
        whole_special=term("whole.special"),
        paid_after_months=value("paid_after").term.n,
        hear_before_cut=value("hear_before_cut").flag,
        values=tuple(used),
    )


def recheck_after(reasons: int, known: Parameters, *, on: date, area: str) -> Value:
    """After how long a 低保 family is verified again: yearly without labour (class A), half-yearly with it (57号 §31)."""
    return known.on("recheck.class_a.months" if reasons & Ground.CLASS_A else "recheck.class_b.months", on, area)
