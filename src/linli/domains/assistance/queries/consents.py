"""Consents to the economic check that a person has taken back, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from linli.base.dated import NoValue
from linli.domains.assistance.models import Application, Consent, Inquiry
from linli.domains.assistance.queries.law import law_now


def revoked_in(one: Application) -> dict[int, Consent]:
    """Who has taken the consent back and given no new one, each with the last of them."""
    again = Consent.objects.filter(application=one, withdrawn_on=None).values("person")
    rows = Consent.objects.filter(application=one, revoked=True).exclude(person__in=again).select_related("person")
    return {row.person_id: row for row in rows.order_by("id")}


def unchecked_in(one: Application, on: date) -> dict[int, Consent]:
    """Those of them whom no check that still holds was lawfully made of before: on them nothing can be decided any more."""
    checks = list(Inquiry.objects.filter(application=one, answered_on__isnull=False, until__gte=on))

    def lawful(row: Consent, check: Inquiry) -> bool:
        assert check.answered_on is not None and row.withdrawn_on is not None
        return row.signed_on <= check.asked_on and check.answered_on <= row.withdrawn_on

    return {pk: row for pk, row in revoked_in(one).items() if not any(lawful(row, check) for check in checks)}


def revoked_words(one: Application, on: date) -> list[str]:
    """What the application says of consents that were taken back: nothing more may be asked, what was lawful stays, and what
    may follow once the person was told."""
    rows = revoked_in(one)
    if not rows:
        return []
    said = "、".join(f"{row.person.name}（{row.withdrawn_on}）" for row in rows.values())
    stays = _cited("article.consent.withdraw", on, one.area)
    return [
        f"已撤回核对授权：{said}。不能再提请核对；撤回前依法取得的核对结果仍然有效{stays}。",
        *untold_words(list(unchecked_in(one, on).values()), on, one.area),
        *([f"已告知{_names(told)}撤回的后果；仍不同意核对、不能认定的，可以报区民政局不予确认。"]
          if (told := [row for row in rows.values() if row.told_on]) else []),
    ]  # fmt: skip


def untold_words(rows: Sequence[Consent], on: date, area: str) -> list[str]:
    """Who was not told yet that help may be refused without the check; before that nobody is refused for it."""
    untold = [row for row in rows if not row.told_on]
    if not untold:
        return []
    law = _cited("article.consent.refuse", on, area)
    return [f"请先告知{_names(untold)}：不同意核对、不能核实家庭经济状况的，可能不予确认{law}；告知后登记日期。"]


def _names(rows: Sequence[Consent]) -> str:
    return "、".join(row.person.name for row in rows)


def _cited(key: str, on: date, area: str) -> str:
    """The law of the day in brackets; nothing where there was none."""
    try:
        return f"（{law_now().on(key, on, area).source}）"
    except NoValue:
        return ""
