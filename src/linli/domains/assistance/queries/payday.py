"""By which day of a month the money of 低保 and 特困 is with its families: the law's day, or the district's own."""

from __future__ import annotations

from datetime import date

from linli.base.dated import NoValue
from linli.domains.assistance.queries.law import law_now


def dibao_payday(month: date, area: str) -> int | None:
    """民发〔2012〕220号 §31: before the tenth."""
    return _day("dibao", month, area)


def tekun_payday(month: date, area: str) -> int | None:
    """No national law names a day; a district may."""
    return _day("tekun", month, area)


def _day(programme: str, month: date, area: str) -> int | None:
    try:
        return law_now().on(f"procedure.{programme}.pay_by", month, area).count
    except NoValue:
        return None
