"""The written side of a petition as this reader may see it, and what may be done with it: on its own page and on its order's."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from linli.base.masking import mask_name
from linli.domains.complaints.queries.complaints import petition_of, remedies_of, representatives_of
from linli.domains.complaints.rules import Handing, PetitionOutcome, RefusalGround, is_petition
from linli.kernel.access.rules import Actor
from linli.kernel.orders import queries as orders
from linli.kernel.orders.rules import Stage
from linli.kernel.ui.rules import Fact

Acts = list[tuple[str, str]]


def written(by: Actor, order: Any, petition: Any) -> list[Fact]:
    """How many petition and who speaks for them, until when what came of it is reported, and what was told in writing.

    The names are full for whoever handles it now, else surnames and stars; of a confidential one the readers see them.
    """
    if petition is None:
        return []
    facts = [Fact("转办方式", Handing(petition.handing).zh), *_people(by, order, petition), *_report(petition)]
    if petition.accepted is not None:
        ground = f"：{RefusalGround(petition.ground).zh}" if petition.ground else ""
        facts.append(Fact("书面告知", "受理" if petition.accepted else f"不予受理{ground}", note=f"{petition.told_on}"))
    if petition.replied_on:
        outcome = PetitionOutcome(petition.outcome).zh
        facts += [Fact("处理意见", outcome, note=f"{petition.replied_on}"), Fact("依据", petition.basis)]
    return facts


def _people(by: Actor, order: Any, petition: Any) -> list[Fact]:
    names = representatives_of(petition)
    if petition.people == 1 and not names:
        return []
    if not names:
        told = "没有登记代表"
    elif order.confidential and not orders.is_reader(by, order):
        told = "（保密）"
    else:
        told = "、".join(names if orders.handles(by, order) else map(mask_name, names))
    return [Fact("信访人数", f"{petition.people}人"), Fact("信访代表", told)]


def _report(petition: Any) -> list[Fact]:
    if petition.report_due is None:
        return []
    done = petition.reported_on
    late = "，超期" if done and done > petition.report_due else ""
    note = f"{done:%Y-%m-%d}由{petition.reported_by.name}报告{late}" if done else "还没有报告"
    return [Fact("应当报告结果", petition.report_due, "day", note=note), *([Fact("办结报告", petition.report)] if done else [])]


def petition_acts(by: Actor, order: Any, petition: Any) -> Acts:
    """What this reader may do now with the written side."""
    if not is_petition(order.category):
        return []
    reads, serves = orders.is_reader(by, order), orders.serves(by, order.desk) and by.may("complaints.answer")
    mine = serves and reads and order.stage == Stage.WORKING
    told = petition is not None and petition.accepted is not None
    replied = told and petition.replied_on is not None
    wanted = (
        ("accept", "告知受理", mine and not told),
        ("refuse", "不予受理", mine and not told),
        ("reply", "处理意见", mine and told and petition.accepted and not replied),
        ("report", "办结报告", may_report(petition) and serves and reads),
        ("joint", "登记信访人数和交办期限", reads and may_enter_joint(by, order, petition)),
        ("paper", "打印文书", told and reads),
        ("ask_remedy", "登记复查复核", replied and by.may("complaints.review") and _may_ask(remedies_of(petition))),
    )  # fmt: skip
    return [(zh, reverse(f"complaints:{name}", args=[order.pk])) for name, zh, offered in wanted if offered]


def may_report(petition: Any) -> bool:
    """Whether it was assigned and has come to an end of which nobody was told."""
    return (
        petition is not None and petition.handing == Handing.ASSIGN and petition.reported_on is None
        and (petition.replied_on is not None or petition.accepted is False)
    )  # fmt: skip


def may_enter_joint(by: Actor, order: Any, petition: Any) -> bool:
    """Whether this post enters how many petition: its desk or the centre, until it was answered."""
    near = orders.serves(by, order.desk) or by.may("complaints.assign")
    open_ = order.stage != Stage.CLOSED and (petition is None or petition.replied_on is None)
    return by.may("complaints.take") and near and open_


def _may_ask(remedies: list[Any]) -> bool:
    """Whether a remedy is still open: none runs, and the recheck was not yet."""
    return len(remedies) < 2 and all(one.decided_on for one in remedies)


def part_of(by: Actor, order: Any) -> tuple[str, list[Fact], Acts] | None:
    """On the page of the order: the written side of a petition with its acts."""
    if not is_petition(order.category) or not by.may("complaints.see"):
        return None
    petition = petition_of(order)
    return "信访手续", written(by, order, petition), petition_acts(by, order, petition)
