"""Campaigns and special funds: their kinds, the plan that is filed, and when the results must be made public."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.base.dated import Parameters
from linli.base.days import Term, official_calendar
from linli.base.named import Named
from linli.base.reasons import Reason


class CampaignKind(Named):
    """Under which heading gifts are taken. The first four are public fundraising with a filed plan (慈善法 §24)."""

    ONE_DAY = "one_day", "慈心一日捐"
    MONTH = "month", "慈善捐赠活动月"
    WARMTH = "warmth", "送温暖献爱心"
    DISASTER = "disaster", "救灾应急募捐"
    REGULAR = "regular", "日常定向捐赠"
    NAMED = "named", "冠名基金"
    CONTRACT = "contract", "留本付息、合同捐赠"
    UPPER = "upper", "争取上级资金"

    @property
    def is_public(self) -> bool:
        """Whether it asks the public for gifts, so that its plan must be filed."""
        return self in PUBLIC_KINDS


PUBLIC_KINDS = frozenset({CampaignKind.ONE_DAY, CampaignKind.MONTH, CampaignKind.WARMTH, CampaignKind.DISASTER})


@dataclass(frozen=True)
class Plan:
    """What the plan of a campaign says (慈善法 §24): aim, days, area, person responsible, account, beneficiary, use,
    cost in fen, surplus. ``filed_on`` and ``filing`` are the day and the number of the filing (every activity its own).
    """

    kind: CampaignKind
    since: date
    until: date | None
    aim: str = ""
    place: str = ""
    responsible: str = ""
    account: str = ""
    beneficiary: str = ""
    use: str = ""
    cost: int = 0
    surplus: str = ""
    filed_on: date | None = None
    filing: str = ""


_PARTS = (
    ("aim", "募捐目的"), ("until", "截止日期"), ("place", "募捐地域"), ("responsible", "活动负责人"),
    ("account", "接受捐赠的银行账户"), ("beneficiary", "受益人"), ("use", "款物用途"), ("surplus", "剩余财产的处理"),
)  # fmt: skip


def faults_of_plan(plan: Plan, law: Parameters, area: str) -> list[tuple[str, Reason]]:
    """Everything that is missing or late, as (field, reason), judged by the law of the day of the act.

    The filing is judged by the day of the filing, the length by the first day of the activity.
    """
    if plan.until is not None and plan.until < plan.since:
        return [("until", Reason("ends_before_start", "截止日期早于开始日期，请核对。"))]
    if not plan.kind.is_public:
        return []
    found = [
        (name, Reason(f"missing_{name}", f"募捐方案没有写明{zh}，请补充。", "慈善法 §24"))
        for name, zh in _PARTS
        if not getattr(plan, name)
    ]
    return found + _late(plan, law, area) + _too_long(plan, law, area)


def _late(plan: Plan, law: Parameters, area: str) -> list[tuple[str, Reason]]:
    if plan.filed_on is None or not plan.filing.strip():
        return [("filed_on", Reason("not_filed", "公开募捐须先将方案备案，请填写备案日期和备案编号。", "慈善法 §24"))]
    if plan.kind is CampaignKind.DISASTER:
        value = law.on("fundraising.plan.emergency", plan.filed_on, area)
        last = value.term.due(plan.since, official_calendar()).day
        if plan.filed_on <= last:
            return []
        words = f"应急募捐最迟应在开始后{value.term.zh}内补办备案（{last.isoformat()}以前），现备案日期已超过。"
        return [("filed_on", Reason("filed_late", words, value.source))]
    value = law.on("fundraising.plan.ahead", plan.filed_on, area)
    if value.term.due(plan.filed_on, official_calendar()).day <= plan.since:
        return []
    words = f"方案应在活动开始{value.term.zh}前备案，请推迟开始日期或核对备案日期。"
    return [("filed_on", Reason("filed_late", words, value.source))]


def _too_long(plan: Plan, law: Parameters, area: str) -> list[tuple[str, Reason]]:
    key = "longest_emergency" if plan.kind is CampaignKind.DISASTER else "longest"
    value = law.on(f"fundraising.plan.{key}", plan.since, area)
    last = value.term.due(plan.since, official_calendar()).day
    if plan.until is None or plan.until <= last:
        return []
    words = f"一项活动的期限不超过{value.term.zh}，截止日期不得晚于{last.isoformat()}，请修改。"
    return [("until", Reason("too_long", words, value.source))]


def disclosure_days(plan: Plan, law: Parameters, area: str) -> tuple[date, ...]:
    """The last days on which the results must have been made public, in order; the final one is the last.

    An activity of more than six months: every three months, and in full within three months after its end (慈善法 §79);
    an emergency: every five days (§72), and the final one.
    """
    if not plan.kind.is_public or plan.until is None:
        return ()
    final = law.on("fundraising.disclose.final", plan.until, area).term.due(plan.until, official_calendar()).day
    if plan.kind is CampaignKind.DISASTER:
        return (*_steps(plan, law.on("fundraising.disclose.emergency", plan.since, area).term), final)
    long = law.on("fundraising.disclose.from", plan.since, area).term.due(plan.since, official_calendar()).day
    if plan.until <= long:
        return (final,)
    return (*_steps(plan, law.on("fundraising.disclose.every", plan.since, area).term), final)


def _steps(plan: Plan, every: Term) -> list[date]:
    assert plan.until is not None
    found, number = [], 1
    while (day := Term(every.kind, every.n * number).due(plan.since, official_calendar()).day) <= plan.until:
        found.append(day)
        number += 1
    return found


def next_disclosure(days: tuple[date, ...], *, until: date | None, last: date | None) -> date | None:
    """The next day by which something must be made public, after the last time it was; None when all is done.

    What was published on a due day, or since the due day before it, serves that due day. Only what is published on the
    activity's last day or later can be the final account.
    """
    if not days or until is None:
        return None
    if last is None:
        return days[0]
    if last >= until:
        return None
    served = next((at for at, day in enumerate(days) if last <= day), len(days))
    return days[min(served + 1, len(days) - 1)]
