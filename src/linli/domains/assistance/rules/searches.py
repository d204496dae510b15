"""By which comparisons the office finds people who look entitled and are not helped, or are helped and look entitled no more.

Each rests on facts that the registry, the cases or the decisions hold; none decides anything.
"""

from __future__ import annotations

from linli.kernel.findings.rules import Search, Side

GROUP = "assistance"
_MISSED, _PAST = "linli.domains.assistance.queries.unhelped", "linli.domains.assistance.queries.outgrown"
_APPLY = ("assistance:apply_for", "受理申请", "assistance.apply")
_VERIFY = ("assistance:family_of", "查看救助家庭，办理复核或终止", "assistance.read")
_READ, _ANSWER = "assistance.read", "assistance.apply"

SEVERE, MENTAL = "12347", "56"
"""Kinds of disability (GB/T 26341) that are judged by the one or the other level."""
HELD = ("dibao", "tekun")
"""Statuses of those who are helped month by month."""
POOR = ("poor_by_illness", "poor_again_by_illness", "poor_by_disaster", "poor_by_calamity")
HARDER = ("disabled", "ill", "unemployed", "laid_off", "orphan", "unsupported_child", *POOR)
"""Statuses that make a family poorer when they begin after the decision."""
CARRIED = ("disabled", "ill", "unemployed", "orphan", "unsupported_child")
"""Statuses on which help may rest; when one ends, the facts have to be looked at again."""


def _missed(key: str, zh: str, words: str, act: tuple[str, str, str] = _APPLY) -> Search:
    return Search(f"{GROUP}.{key}", zh, Side.MISSED, GROUP, words, f"{_MISSED}.{key}", _READ, _ANSWER, act)


def _past(key: str, zh: str, words: str, on_desk: bool = True) -> Search:
    return Search(f"{GROUP}.{key}", zh, Side.PAST, GROUP, words, f"{_PAST}.{key}", _READ, _ANSWER, _VERIFY, on_desk)


_AND_HELPED = "，与低保、特困对象和在办申请比对"
SEARCHES = (
    _missed("severe_alone", "重度残疾人未享受低保", f"成年的重度残疾人{_AND_HELPED}，可按单人户单独施保"),
    _missed("orphan_unhelped", "孤儿未纳入救助", f"登记为孤儿、事实无人抚养儿童的未成年人{_AND_HELPED}"),
    _missed("several_disabled", "一户多残未享受救助", "同一户有两名以上残疾人，全户没有低保、特困对象，也没有在办申请"),
    _missed("elder_unhelped", "独居、鳏寡孤独老人未享受救助", f"登记为独居或鳏寡孤独的老年人{_AND_HELPED}"),
    _missed("poor_unhelped", "因病因灾致贫未享受救助", f"登记为因病、因灾致贫的人{_AND_HELPED}"),
    _missed("own_cost", "自付医疗费用较大未享受救助", f"近12个月的救助案件核定自付医疗费用较大的人{_AND_HELPED}"),
    _missed("edge_changed", "边缘家庭情况变困难", "边缘、刚性支出困难家庭的成员在认定后新登记残疾、重病、失业等", _VERIFY),
    _missed("refused_changed", "未确认家庭情况变困难", "近两年申请未确认的家庭，成员在决定后新登记残疾、重病、失业等"),
    _past("died", "救助对象已登记死亡", "正在享受救助的人，居民登记中已死亡", on_desk=False),
    _past("left", "救助对象已离户或迁走", "正在享受救助的人，居民登记中已不在这一户，或已迁到别的村（社区）"),
    _past("merged", "救助对象的登记已合并", "正在享受救助的人，登记已并入另一条，可能重复享受"),
    _past("over_term", "超过期限未复核", "救助家庭超过应复核日期；原有台账转来的对象一个周期内没有逐户复核", on_desk=False),
    _past("ground_ended", "救助所依据的情况已终止", "正在享受救助的人，残疾、重病、失业、孤儿等登记在决定之后终止"),
    _past("inspection_doubts", "核查组认为应调整或停发", "核查组入户登记的结果为应调整或应停发，之后没有办理复核"),
    _past("matched", "部门信息显示情况有变", "部门名单（就业、车辆、房产、羁押、死亡等）中的人正在享受救助，名单日期在决定之后"),
    _past("comes_to_nothing", "按现行标准计算不再符合", "已核定的收入、人口按本月执行的标准重新计算，结果不再符合"),
)
