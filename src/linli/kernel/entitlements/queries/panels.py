"""What entitlements give to the pages of people and households."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q
from django.urls import reverse

from linli.base.money import show_yuan
from linli.kernel.entitlements.models import Covered, Decision, Run
from linli.kernel.entitlements.queries.declared import component_zh, programmes
from linli.kernel.entitlements.queries.standing import amounts_of, entitlements_of
from linli.kernel.entitlements.rules import Deed, month_of
from linli.kernel.registry.rules import BenefitLine, Entry


def programme_zh(key: str) -> str:
    """The programme's name; its key where it is no longer declared."""
    return programmes()[key].zh if key in programmes() else key


def run_zh(run: Run) -> str:
    """What a run pays, by its name: the programme, or one occasional component of it."""
    return programme_zh(run.programme) + (component_zh(run.programme, run.component) if run.component else "")


def benefits_received(people: Sequence[int], *, on: date) -> list[BenefitLine]:
    """The entitlements in which these people count, each once for everyone who does."""
    rows = {row.pk: row for row in entitlements_of(people)}
    amounts, month = amounts_of(rows.values(), month_of(on)), month_of(on)
    shared = Covered.objects.filter(Q(until=None) | Q(until__gt=month), entitlement__in=rows, person__in=people, void=False)
    lines = []
    for entitlement_id, person in shared.values_list("entitlement", "person").distinct().order_by("entitlement", "person"):
        row = rows[entitlement_id]
        zh = programme_zh(row.programme) + (f"（{row.persons}人）" if row.persons > 1 else "")
        zh += "，暂停发放" if row.suspended else ""
        href = reverse("entitlements:entitlement", args=[row.pk])
        lines.append(BenefitLine(person, zh, amounts.get(row.pk), row.since, row.until, href))
    return lines


def decisions_in_timeline(people: Sequence[int], *, on: date) -> list[Entry]:
    """What was decided about the entitlements of these people, on the holder's line."""
    rows = {row.pk: row for row in entitlements_of(people)}
    found = Decision.objects.filter(entitlement__in=rows).order_by("id")
    return [
        Entry(
            one.decided_on, _said(one, rows[one.entitlement_id].programme), "entitlement", rows[one.entitlement_id].person_id,
            reverse("entitlements:entitlement", args=[one.entitlement_id]),
        )
        for one in found
    ]  # fmt: skip


def _said(one: Decision, programme: str) -> str:
    deed, zh = Deed(one.deed), programme_zh(programme)
    if deed in (Deed.END, Deed.SUSPEND):
        return f"{zh}自{one.since:%Y年%m月}起{deed.zh}（{one.get_ground_display()}）"
    return f"{zh}{deed.zh}，自{one.since:%Y年%m月}起每月{show_yuan(one.after)}元"
