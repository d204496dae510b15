"""The chain of an application: village or unit, town or lead department, notice, district federation (CHARITY-07)."""

from __future__ import annotations

from linli.base.areas import Level
from linli.base.days import Term
from linli.base.reasons import Reason
from linli.domains.charity.rules.projects import PAPERS
from linli.kernel.cases.rules import (
    OPENING,
    Ending,
    Flow,
    FlowStep,
    Ground,
    PaperNeed,
    Subject,
    passes,
    refuses,
    returns,
    withdraws,
)
from linli.kernel.publicity.rules import LawfulField, NoticeKind, Show

AID = "charity.aid"
BASIS = "峄城区慈善救助工作办法（示范）"

UNCLEAR = Reason("unclear", "情况不清楚，须补充调查", BASIS)
INCOMPLETE = Reason("incomplete", "材料不齐", BASIS)
NOT_QUALIFIED = Reason("not_qualified", "不符合救助条件", BASIS)
OBJECTION_HELD = Reason("objection_upheld", "公示异议成立", BASIS)
ALREADY = Reason("already_helped", "本年度已享受同一项目或互斥项目的救助", "不重复救助")
NO_MONEY = Reason("beyond_plan", "超出本批名额或资金计划", "量入为出")
REFUSALS = (NOT_QUALIFIED, OBJECTION_HELD, ALREADY, NO_MONEY)

FLOW = Flow(
    key=AID,
    zh="慈善救助申请",
    version=1,
    number="峄慈助〔{year}〕{serial:06d}",
    permission="charity.submit",
    basis=BASIS,
    bureau="慈善总会",
    subjects=frozenset({Subject.PERSON, Subject.HOUSEHOLD}),
    term=Term("working", 30),
    stops=frozenset({Ground.PAPERS, Ground.NOTICE}),
    extension=Term("working", 10),
    extension_permission="charity.approve",
    answer_within=Term("calendar", 15),
    reopens_at=("survey", "approval"),
    outcomes=(
        Ending("granted", "同意救助", granted=True),
        Ending("refused", "不予救助"),
        Ending("withdrawn", "申请人撤回"),
        Ending("lapsed", "申请人去世或迁出，终止办理", direct=True),
    ),
    steps=(
        FlowStep(
            "check", "村居（单位）初核", "charity.check", Level.COMMUNITY,
            (
                passes("survey", "情况属实，同意上报。", "入户核实，生活确有困难，同意上报。"), refuses("refused", *REFUSALS),
                withdraws("withdrawn"),
            ),
            term=Term("working", 5),
            papers=tuple(PaperNeed(key, zh, required=key == "form") for key, zh in PAPERS.items()),
        ),
        FlowStep(
            "survey", "镇街调查审核", "charity.review", Level.TOWN,
            (
                passes("notice", "经调查摸底，符合条件，提请公示。"), returns("check", UNCLEAR, INCOMPLETE),
                refuses("refused", *REFUSALS), withdraws("withdrawn"),
            ),
            term=Term("working", 10), second_person_to=(OPENING, "check"),
        ),
        FlowStep(
            "notice", "公示并签署意见", "charity.review", Level.TOWN,
            (
                passes("approval", "公示期满无异议，同意上报区慈善总会。"), returns("survey", UNCLEAR),
                refuses("refused", *REFUSALS), withdraws("withdrawn"),
            ),
            term=Term("working", 5), second_person_to=(OPENING, "check"), publishes="charity.aid",
        ),
        FlowStep(
            "approval", "区慈善总会审批", "charity.approve", Level.DISTRICT,
            (
                passes("", "同意救助。", outcome="granted"), returns("survey", UNCLEAR), returns("check", UNCLEAR, INCOMPLETE),
                refuses("refused", *REFUSALS), withdraws("withdrawn"),
            ),
            term=Term("working", 10), second_person_to=(OPENING, "check", "survey", "notice"), decides=True,
        ),
    ),
)  # fmt: skip

NOTICE = NoticeKind(
    key="charity.aid",
    zh="慈善救助对象公示",
    title="{area}“{campaign}”救助对象公示",
    lead=(
        "经本人申请、村居（单位）初核、{area}调查审核，下列家庭拟列为“{campaign}”救助对象，现予公示。"
        "公示期内对公示对象有异议的，请在线提出或到{area}反映。"
    ),
    law=BASIS,
    fields=(
        LawfulField("name", "姓名", Show.HIDDEN_NAME, "慈善法 §82、个人信息保护法 §25"),
        LawfulField("place", "所在村居", Show.TEXT, "慈善救助办法（示范）"),
        LawfulField("members", "家庭人口", Show.COUNT, "慈善救助办法（示范）"),
        LawfulField("amount", "拟救助金额", Show.MONEY, "慈善救助办法（示范）"),
    ),
    term=Term("calendar", 7),
    answer_within=Term("working", 5),
)

LIST = NoticeKind(
    key="charity.list",
    zh="慈善救助名单公开",
    title="“{campaign}”救助名单",
    lead="下列家庭已获“{campaign}”救助，现向社会公开，接受群众监督。对不符合条件的，一律取消救助资格。",
    law="慈善法 §79；救助名单网上公开（CHARITY-17）",
    fields=NOTICE.fields,
    term=Term("calendar", 30),
    answer_within=Term("working", 5),
)

AUDIT = NoticeKind(
    key="charity.audit",
    zh="救助项目审计结果公布",
    title="“{campaign}”审计结果",
    lead="“{campaign}”已经审计，现将结果向社会公布，接受社会监督。",
    law="慈善法 §79；所有救助项目都要接受审计并向社会公布（CHARITY-18）",
    fields=(
        LawfulField("campaign", "项目", Show.TEXT, "慈善法 §79"),
        LawfulField("period", "审计期间", Show.TEXT, "慈善法 §79"),
        LawfulField("households", "救助户数", Show.COUNT, "慈善法 §79"),
        LawfulField("granted", "批准金额", Show.MONEY, "慈善法 §79"),
        LawfulField("paid", "已发放金额", Show.MONEY, "慈善法 §79"),
        LawfulField("found", "审计发现", Show.COUNT, "慈善法 §79"),
        LawfulField("mended", "已整改", Show.COUNT, "慈善法 §79"),
        LawfulField("summary", "审计摘要", Show.TEXT, "慈善法 §79"),
    ),
    term=Term("calendar", 30),
    answer_within=Term("working", 5),
)
