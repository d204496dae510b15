"""A standard is proposed by one person from a document, and agreed or refused by another."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Max

from linli.base.areas import Level, level_of
from linli.base.dated import Value
from linli.kernel.access.actions import about, action, defer, proposing
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.entitlements import actions as entitlements
from linli.kernel.files.actions import store_file
from linli.kernel.files.rules import PAPERS
from linli.kernel.standards.models import Proposal, Standard, value_of
from linli.kernel.standards.queries import (
    OWNER,
    effects_of,
    forget_version,
    in_force,
    key_named,
    law_of,
    programmes_of,
    standards_of,
    told,
)
from linli.kernel.standards.queries.proposals import Effect
from linli.kernel.standards.rules import EARLIEST, LATEST, State, against, end_of, steady, strange

KIND = "standards.proposal"
HOLD = "select pg_advisory_xact_lock(hashtextextended('standards.agree', 0))"


@action("standards.propose")
def propose(
    *, by: Actor, on: date, document: str, since: date, values: Mapping[str, str], article: str = "", until: date | None = None,
    note: str = "", whole: bool = False, correction: bool = False, sure: bool = False, file: Any = None,
) -> Proposal:  # fmt: skip
    """Propose what a document sets; ``values``: what was typed, by key. ``file``: the scanned document (name and content).

    :raises Refused: a value or a day is none, it is in force anyhow, something else begins on the day, the same is waiting to be
        agreed, or a value is far from the present one and nobody said that it is right (``sure``).
    """
    if level_of(by.area) is not Level.DISTRICT:
        raise Forbidden("地方标准由区级录入，镇街、村居可以查看。")
    _check_days(on, since, until)
    made = Proposal(
        document=_need(document, "document", "请填写规定标准的文件名称和文号。")[:120], article=article.strip()[:60], since=since,
        until=until, note=note.strip()[:300], whole=whole, correction=correction, proposed_by_id=by.own_hand, proposed_on=on,
        area=by.area,
    )  # fmt: skip
    rows = [_read(made, name, text) for name, text in values.items() if text.strip()]
    if not rows:
        raise Refused("请至少填写一项标准的数值。")
    _check_far(made, rows, sure)
    rows += _periods(made, rows)
    made.save()
    for row in rows:
        row.proposal = made
        row.save()
    if file is not None:
        store_file(
            by=by, on=on, name=file.name, content=file.content, need="standards.see", owner_kind=OWNER, owner_id=made.pk,
            area=by.area, allowed=PAPERS,
        )  # fmt: skip
    about(KIND, made.pk, area=made.area, keys=[row.key for row in rows], since=since.isoformat())
    return made


def _need(text: str, field: str, words: str) -> str:
    if not text.strip():
        raise Refused(words, field=field)
    return text.strip()


def _check_days(on: date, since: date, until: date | None) -> None:
    if not on - EARLIEST <= since <= on + LATEST:
        raise Refused("执行日期应在十年前至两年后之间，请核对年份。", field="since")
    if until is not None and until < since:
        raise Refused("“执行到”早于执行日期，请修改。", field="until")


def _read(made: Proposal, name: str, text: str) -> Standard:
    key, group = key_named(name)
    try:
        content = key.read(text)
    except ValueError as fault:
        raise Refused(str(fault), field=name) from None
    law = law_of(group)
    before = in_force(law, key, made.since, made.area)
    row = Standard(key=name, value=str(content) if key.unit == "ratio" else content, unit=key.unit, area=made.area)
    row.before = before.to_json() if before else None
    new = value_of(row, made)
    end = end_of(law, new) or date.max
    if not made.correction and before and before.value == content and (before.until is None or before.until >= end):
        raise Refused(f"{key.zh}与现行规定相同（{before.source}），不用录入。", field=name)
    if fault_said := against(law, new, correction=made.correction):
        raise Refused(f"{key.zh}：{fault_said}", field=name)
    waiting = Standard.objects.filter(key=name, area=made.area, proposal__state=State.PROPOSED.value, proposal__since=made.since)
    if (other := waiting.select_related("proposal").first()) is not None:
        raise Refused(
            f"{key.zh}自{made.since}起已有待审定的数值（{other.proposal.document}），请先审定或撤回那一份。", field=name
        )
    return row


def _periods(made: Proposal, rows: list[Standard]) -> list[Standard]:
    """A sum that is set by the year stays so: where its months would change beneath it, they are set along with it."""
    found: dict[str, Standard] = {}
    for row in rows:
        key, group = key_named(row.key)
        law, end = law_of(group), end_of(law_of(group), value_of(row, made))
        if not key.period or key.period in {one.key for one in rows} or key.period in found:
            continue
        period, _ = key_named(key.period)
        now = in_force(law, period, made.since, made.area)
        if now is None or steady(law, key.period, made.since, end, made.area):
            continue
        kept = Standard(key=period.key, value=now.value, unit=period.unit, until=end, before=now.to_json(), area=made.area)
        if said := against(law, value_of(kept, made), correction=made.correction):
            raise Refused(f"{period.zh}：{said}", field=row.key)
        found[period.key] = kept
    return list(found.values())


def _check_far(made: Proposal, rows: list[Standard], sure: bool) -> None:
    """A slip of the pen by a nought is not to become the law unseen."""
    far = []
    for row in rows:
        before, (key, _) = Value.from_json(row.before) if row.before else None, key_named(row.key)
        new = value_of(row, made)
        if strange(before.value if before else None, new.value):
            far.append(f"{key.zh}由{told(key, before)}改为{told(key, new)}")
    if far and not sure:
        raise Refused(f"{'；'.join(far)}，相差一倍以上。请核对单位和小数点；确实无误的，请勾选下面的确认。", field="sure")


@action("standards.agree")
def agree(*, by: Actor, on: date, proposal: Proposal, aware: bool = False) -> Proposal:
    """The values become the law from their day on. ``aware``: that months were paid by the former ones.

    :raises Refused: it is the person who proposed it; something stands against it by now; a month is being computed by the
        former values, or was paid by them and nobody said that this is known.
    :raises Stale: it is decided or withdrawn.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD)  # one after the other: each sees what the former brought
    forget_version()
    row = proposing.waiting(by, proposal)
    rows = standards_of(row)
    for one in rows:
        key, group = key_named(one.key)
        if said := against(law_of(group), one.law, correction=row.correction):
            raise Refused(f"{key.zh}：{said}请不同意这一份，由拟定人重新拟定。")
    effects = _check_runs(rows, row, on, aware)
    last: int = Proposal.objects.aggregate(last=Max("serial"))["last"] or 0
    proposing.decide(by, on, row, State.AGREED, serial=last + 1, token=secrets.token_hex(16))
    forget_version()
    if any(one.paid for one in effects):
        defer("standards.make_up", by=by, on=on, lock=f"standards {row.pk}", proposal_id=row.pk)
    about(KIND, row.pk, area=row.area, keys=[one.key for one in rows], since=row.since.isoformat())
    return row


@action("standards.make_up")
def make_up(*, by: Actor, on: date, proposal_id: int) -> None:
    """Months that were paid by the former values are computed by the new ones; the next run pays what is lacking."""
    row = Proposal.objects.select_for_update().get(pk=proposal_id)
    if row.state != State.AGREED or row.made_up is not None:
        return
    names = [one.key for one in standards_of(row)]
    found = [entitlements.make_up(by=by, on=on, programme=one, since=row.since) for one in programmes_of(names)]
    row.made_up, row.left = (sum(numbers) for numbers in zip(*found, strict=True)) if found else (0, 0)
    row.trouble = ""
    row.save()
    about(KIND, row.pk, area=row.area, raised=row.made_up, left=row.left)


@action("standards.make_up")
def fail_make_up(*, by: Actor, on: date, proposal_id: int, why: str) -> None:
    """It did not succeed: keep the reason for the user."""
    Proposal.objects.filter(pk=proposal_id, made_up=None).update(trouble=why[:400])
    about(KIND, proposal_id)


@action("standards.make_up")
def make_up_again(*, by: Actor, on: date, proposal: Proposal) -> None:
    """After a fault: order it once more. :raises Stale: it is done, or was not agreed."""
    stuck = Proposal.objects.filter(pk=proposal.pk, state=State.AGREED.value, made_up=None).exclude(trouble="")
    if not stuck.update(trouble=""):
        raise Stale("这份标准的补算没有中断，不用重新办理。请刷新后再看。")
    defer("standards.make_up", by=by, on=on, lock=f"standards {proposal.pk}", proposal_id=proposal.pk)
    about(KIND, proposal.pk, area=proposal.area)


def _check_runs(rows: list[Standard], row: Proposal, on: date, aware: bool) -> list[Effect]:
    effects = effects_of([one.key for one in rows], row.since, on)
    for one in effects:
        if one.computed:
            raise Refused(
                f"{one.zh}{one.computed[0]:%Y年%-m月}的发放正在按原标准试算，还没有核定。请财务先作废这次试算，审定后重新试算。"
            )
    if any(one.paid for one in effects) and not aware:
        raise Refused("有的月份已按原标准核定发放，请看清后勾选知悉。", field="aware")
    return effects


@action("standards.agree")
def refuse(*, by: Actor, on: date, proposal: Proposal, why: str) -> Proposal:
    """The proposal is not agreed to; nothing changes. :raises Refused: no reason is given, or as :func:`agree`."""
    return proposing.refuse(by, on, proposal, why)


@action("standards.propose")
def withdraw(*, by: Actor, on: date, proposal: Proposal) -> Proposal:
    """Who proposed it takes it back before it is decided. :raises Refused: somebody else did. :raises Stale: it is decided."""
    return proposing.withdraw(by, on, proposal)
