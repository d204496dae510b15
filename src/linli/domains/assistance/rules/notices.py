"""What of a family becomes public: name, members, amount and nothing else (57号 §24); and where and how long."""

from __future__ import annotations

from linli.base.dated import Former
from linli.base.days import Term
from linli.domains.assistance.rules.flow import BEGUN_2012, BEGUN_2021
from linli.kernel.publicity.rules import LawfulField, NoticeKind, Show

_LOCAL = "峄城区低保规范化管理办法（两公布）"
_SEEN = ("民发〔2021〕57号 §24", ((BEGUN_2012, _LOCAL), (BEGUN_2021, "民发〔2012〕220号 §29")))
_POSTED = ((BEGUN_2012, _LOCAL), (BEGUN_2021, "民发〔2012〕220号 §25"))
_NAME = LawfulField("name", "申请人", Show.NAME, *_SEEN)
_MEMBERS = LawfulField("members", "家庭人口", Show.COUNT, *_SEEN)
_AMOUNT = LawfulField("amount", "拟发给（每月）", Show.MONEY, *_SEEN)
# ``who``: by delegation of whom and by which document the town confirms; nothing where the district does
_OPEN = "政策公开、对象公开、标准公开。公示期内对公示对象有异议的，请在线提出，或到{office}反映。"


def _kind(key: str, zh: str, title: str, lead: str, law: str, amount: bool = True, former: Former = ()) -> NoticeKind:
    fields = (_NAME, _MEMBERS, _AMOUNT) if amount else (_NAME, _MEMBERS)
    return NoticeKind(
        key=key, zh=zh, title="{area}" + title, lead=lead + _OPEN, law=law, fields=fields, term=Term("calendar", 7),
        answer_within=Term("working", 15), former=former,
    )  # fmt: skip


FIRST = _kind(
    "assistance.first", "村居初审公布", "社会救助初审对象公布",
    "经本人申请、入户调查和民主评议，下列家庭拟上报申请社会救助，现张榜公布。", _LOCAL,
    amount=False,
)
NOTICE = _kind(
    "assistance.notice", "镇街审核公示", "社会救助拟确认对象公示",
    "经调查审核，下列家庭拟{who}确认为社会救助对象，现予公示。",
    "民发〔2021〕57号 §19", former=_POSTED,
)
SECOND = _kind(
    "assistance.second", "区级审批公示", "社会救助拟批准对象公示", "经审核审批，下列家庭拟批准享受社会救助，现予公示。",
    "民发〔2012〕220号 §29",
)
EDGE = _kind(
    "assistance.edge", "低收入家庭认定公示", "低收入家庭拟认定对象公示",
    "经调查审核，下列家庭拟{who}认定为低收入家庭，现予公示。",
    "民发〔2021〕57号 §19", amount=False, former=_POSTED,
)
NOTICES = (FIRST, NOTICE, SECOND, EDGE)


def kinds_at(step: str) -> tuple[NoticeKind, ...]:
    """The notices in which a family may be posted at a step."""
    return (FIRST,) if step == "first" else (posted_as(step, 1), EDGE)


def posted_as(step: str, amount: int) -> NoticeKind:
    """The notice for a step at which families are posted; without an amount of money the one that shows none."""
    if amount == 0 and step != "first":
        return EDGE
    return {"first": FIRST, "notice": NOTICE, "second": SECOND}[step]
