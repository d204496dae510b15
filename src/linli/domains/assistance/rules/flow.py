"""How an application runs by the law of its day, and how a family that is helped is verified: flows as data.

One application for 低保, 低保边缘, 刚性支出 and 特困. Before 2012-12-12 the district's own order (一评议、两公布、三公开): the
village posts, then the town. From then on 民发〔2012〕220号: the town posts, then the district. Since 2021-07-01
民发〔2021〕57号: the town posts once; where the district delegates it (57号 §4), another person of the town confirms.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.base.areas import Level
from linli.base.dated import Former
from linli.base.days import Term
from linli.base.reasons import Reason
from linli.kernel.cases.rules import (
    OPENING,
    Ending,
    Flow,
    FlowStep,
    Ground,
    Move,
    PaperNeed,
    Stays,
    Subject,
    passes,
    refuses,
    returns,
    withdraws,
)
from linli.law.procedure import Appraisal, Procedure
from linli.law.words import FORMER_REMEDIES, REMEDY

UNCLEAR = Reason("unclear", "情况不清楚，须补充调查")
INCOMPLETE = Reason("incomplete", "材料或事实不齐")
NOT_QUALIFIED = Reason("not_qualified", "经核定不符合条件")
UNTRUE = Reason("untrue", "隐瞒或虚报家庭情况")
NOT_CHECKED = Reason("not_checked", "不配合调查核对")
OBJECTION_HELD = Reason("objection_upheld", "公示异议成立")
REFUSALS = (NOT_QUALIFIED, UNTRUE, NOT_CHECKED, OBJECTION_HELD)
ABOVE = Reason("district_confirms", "应由区级审核确认（近亲属备案、收到异议或不在委托范围）")
LETTER = "assistance/letter.html"
CONFIRM = "confirm"
"""The step at which a second person of the town confirms by delegation of the district."""

_PAPERS = (
    PaperNeed("form", "社会救助申请书"), PaperNeed("income", "收入证明", required=False),
    PaperNeed("illness", "诊断证明、医疗费用单据", required=False), PaperNeed("disability", "残疾人证", required=False),
    PaperNeed("other", "其他证明", required=False),
)  # fmt: skip
_OUTCOMES = (
    Ending("granted", "予以确认", granted=True),
    Ending("refused", "不予确认"),
    Ending("withdrawn", "申请人撤回"),
    Ending("lapsed", "申请人去世或迁出，终止办理", direct=True),
)


@dataclass(frozen=True)
class Scheme:
    """The order of a time: its flow, the step that needs the home visit, the steps at which the family is posted, those at
    which it is decided (with ``confirm``, the town decides for the district)."""

    flow: Flow
    visited_at: str
    posts: tuple[str, ...]
    decides: tuple[str, ...] = ("approval",)

    @property
    def delegated(self) -> bool:
        """Whether the town confirms by delegation."""
        return CONFIRM in self.decides


def _check(term: int, to: str) -> FlowStep:
    moves = (passes(to, "情况属实，同意上报。", "入户核实，家庭生活确有困难，同意上报。"), withdraws("withdrawn"))
    time = Term("working", term)
    return FlowStep("check", "村居受理初核", "assistance.check_first", Level.COMMUNITY, moves, term=time, papers=_PAPERS)


def _post(key: str, zh: str, to: str, back: str, level: Level, after: tuple[str, ...], kind: str) -> FlowStep:
    district = level is Level.DISTRICT
    return FlowStep(
        key, zh, "assistance.approve" if district else "assistance.review", level,
        (
            passes(to, "公示期满无异议。", "公示期满，异议已核实答复。"), returns(back, UNCLEAR, OBJECTION_HELD),
            withdraws("withdrawn"),
        ),
        second_person_to=after, publishes=kind,
    )  # fmt: skip


def _survey(term: int, to: str) -> FlowStep:
    return FlowStep(
        "survey", "镇街调查审核", "assistance.review", Level.TOWN,
        (
            passes(to, "经入户调查和核对，符合条件，提请公示。"), passes("approval", "经调查审核，不符合条件，报区民政局决定。"),
            returns("check", UNCLEAR, INCOMPLETE), withdraws("withdrawn"),
        ),
        term=Term("working", term), second_person_to=("check",),
    )  # fmt: skip


def _approval(term: int, before: tuple[str, ...], back: tuple[str, ...]) -> FlowStep:
    moves: tuple[Move, ...] = (
        passes("", "同意确认。", outcome="granted"), *(returns(one, UNCLEAR, INCOMPLETE) for one in back),
        refuses("refused", *REFUSALS), withdraws("withdrawn"),
    )  # fmt: skip
    return FlowStep(
        "approval", "区级审核确认", "assistance.approve", Level.DISTRICT, moves, term=Term("working", term), decides=True,
        second_person_to=(OPENING, *before), letter=LETTER,
    )  # fmt: skip


def _town_survey(term: int) -> FlowStep:
    return FlowStep(
        "survey", "镇街调查审核", "assistance.review", Level.TOWN,
        (
            passes("notice", "经入户调查和核对，符合条件，提请公示。"),
            passes(CONFIRM, "经调查审核，不符合条件，提请另一人决定。"),
            passes("approval", "经调查审核，不符合条件，报区民政局决定。"),
            returns("check", UNCLEAR, INCOMPLETE), withdraws("withdrawn"),
        ),
        term=Term("working", term), second_person_to=("check",),
    )  # fmt: skip


_TOWN_NOTICE = FlowStep(
    "notice", "镇街公示", "assistance.review", Level.TOWN,
    (
        passes(CONFIRM, "公示期满无异议。"), passes("approval", "公示期满，报区民政局审核确认。"),
        returns("survey", UNCLEAR, OBJECTION_HELD), withdraws("withdrawn"),
    ),
    second_person_to=("check",), publishes="assistance.notice",
)  # fmt: skip


def _confirm(term: int) -> FlowStep:
    """Who surveyed, reviewed or posted does not confirm; what is the district's goes back to be sent up."""
    return FlowStep(
        CONFIRM, "镇街受委托确认", "assistance.confirm", Level.TOWN,
        (
            passes("", "同意确认。", outcome="granted"), returns("notice", ABOVE), returns("survey", UNCLEAR, INCOMPLETE, ABOVE),
            refuses("refused", *REFUSALS), withdraws("withdrawn"),
        ),
        term=Term("working", term), decides=True, second_person_to=(OPENING, "check", "survey", "notice"), letter=LETTER,
    )  # fmt: skip


def _delegated(key: str, zh: str, whole: int, longer: int, former: Former, survey: int, confirm: int) -> Scheme:
    """The town confirms for the district; what it may not decide goes up, by the same flow."""
    back = ("check", "survey", "notice")
    approval = _approval(confirm, back, ("survey", "check"))
    flow = _flow(
        key, zh, (_check(3, "survey"), _town_survey(survey), _TOWN_NOTICE, _confirm(confirm), approval),
        Term("working", whole), f"{_ACT}、{_OF_2025}", former, stops=_BOTH, extension=Term("working", longer),
    )  # fmt: skip
    return Scheme(flow, "survey", ("notice",), (CONFIRM, "approval"))


_MARKS = {
    "assistance.aid2010": "峄救", "assistance.aid2012": "峄救审", "assistance.aid": "峄社救", "assistance.verify": "峄救核",
    "assistance.town2021": "峄救委", "assistance.town": "峄社救委",
}  # fmt: skip


def _flow(key: str, zh: str, steps: tuple[FlowStep, ...], term: Term, basis: str, former: Former, **words: object) -> Flow:
    return Flow(
        key=key, zh=zh, version=1, number=f"{_MARKS[key]}〔{{year}}〕{{serial:06d}}",
        permission="assistance.apply", steps=steps, term=term, basis=basis, remedy=REMEDY, former=former,
        former_remedies=FORMER_REMEDIES, answer_within=Term("calendar", 15),
        subjects=frozenset({Subject.PERSON}), stays_with=Stays.HOUSEHOLD, reopens_at=("survey", "approval"), outcomes=_OUTCOMES,
        extension_permission="assistance.approve", bureau="民政局", **words,  # type: ignore[arg-type]
    )  # fmt: skip


_FIVE = "农村五保供养工作条例（国务院令第456号）"
_LOCAL = f"城市居民最低生活保障条例（国务院令第271号）、国发〔2007〕19号（农村）、峄城区低保规范化管理办法、{_FIVE}"
_OF_2012 = "最低生活保障审核审批办法（试行）（民发〔2012〕220号）"
_INTERIM = "社会救助暂行办法（国务院令第649号）"
_OF_2021 = "最低生活保障审核确认办法（民发〔2021〕57号）、特困人员认定办法"
_OF_2025 = f"{_OF_2021}、刚性支出困难家庭认定办法"
_ACT = "社会救助法"
RIGID_BEGUN = date(2025, 1, 1)
"""刚性支出困难家庭认定办法 in force."""
BEGUN_2012, INTERIM, BEGUN_2021, ACT = date(2012, 12, 12), date(2014, 5, 1), date(2021, 7, 1), date(2026, 7, 1)
"""On which days 民发〔2012〕220号, 国令649, 民发〔2021〕57号 and 社会救助法 came into force."""
_SINCE_2021 = ((RIGID_BEGUN, f"{_INTERIM}、{_OF_2021}"), (ACT, f"{_INTERIM}、{_OF_2025}"))
_EARLIER = (OPENING, "check", "survey", "notice")
_BOTH = frozenset({Ground.PAPERS, Ground.NOTICE})

LOCAL = Scheme(
    _flow(
        "assistance.aid2010", "社会救助申请（一评议、两公布）",
        (
            _check(5, "first"), _post("first", "村居张榜公布", "survey", "check", Level.TOWN, ("check",), "assistance.first"),
            _survey(5, "notice"),
            _post("notice", "镇街张榜公布", "approval", "survey", Level.TOWN, ("check",), "assistance.notice"),
            _approval(5, ("check", "survey", "notice"), ("survey", "check")),
        ),
        Term("calendar", 30), _LOCAL, (), stops=frozenset({Ground.PAPERS}),
    ),
    "check", ("first", "notice"),
)  # fmt: skip
TRIAL = Scheme(
    _flow(
        "assistance.aid2012", "社会救助申请（2012年办法）",
        (
            _check(3, "survey"), _survey(10, "notice"),
            _post("notice", "镇街公示", "county", "survey", Level.TOWN, ("check",), "assistance.notice"),
            FlowStep(
                "county", "区级审核", "assistance.approve", Level.DISTRICT,
                (passes("second", "经审核，提请审批公示。"), returns("survey", UNCLEAR, INCOMPLETE), withdraws("withdrawn")),
                term=Term("working", 5), second_person_to=_EARLIER,
            ),
            _post("second", "审批公示", "approval", "survey", Level.DISTRICT, _EARLIER, "assistance.second"),
            _approval(3, ("check", "survey", "notice"), ("survey", "check")),
        ),
        Term("working", 30), f"{_INTERIM}、{_OF_2012}", ((INTERIM, f"{_OF_2012}、{_FIVE}"),), stops=_BOTH,
    ),
    "survey", ("notice", "second"),
)  # fmt: skip
PRESENT = Scheme(
    _flow(
        "assistance.aid", "社会救助申请",
        (
            _check(3, "survey"), _survey(12, "notice"),
            _post("notice", "镇街公示", "approval", "survey", Level.TOWN, ("check",), "assistance.notice"),
            _approval(10, ("check", "survey", "notice"), ("survey", "check")),
        ),
        Term("working", 30), f"{_ACT}、{_OF_2025}", _SINCE_2021, stops=_BOTH,
        extension=Term("working", 15),
    ),
    "survey", ("notice",),
)  # fmt: skip
VERIFY = Scheme(
    _flow(
        "assistance.verify", "救助家庭复核",
        (
            _check(10, "survey"),
            FlowStep(
                "survey", "镇街审核", "assistance.review", Level.TOWN,
                (
                    passes("approval", "经复核，提请继续救助。", "经复核，提请调整或停发。"),
                    returns("check", UNCLEAR, INCOMPLETE), withdraws("withdrawn"),
                ),
                term=Term("working", 10), second_person_to=("check",),
            ),
            _approval(10, ("check", "survey"), ("survey", "check")),
        ),
        Term("working", 30), f"{_ACT}§46、§48、最低生活保障审核确认办法（民发〔2021〕57号）§31—§32",
        (
            (BEGUN_2012, "峄城区低保规范化管理办法"), (INTERIM, f"{_OF_2012}§33"), (BEGUN_2021, f"{_INTERIM}、{_OF_2012}§33"),
            (ACT, f"{_INTERIM}、最低生活保障审核确认办法（民发〔2021〕57号）§31—§32"),
        ),
        stops=frozenset({Ground.PAPERS, Ground.HEARING}),
    ),
    "check", (),
)  # fmt: skip

TOWN_2021 = _delegated("assistance.town2021", "社会救助申请（委托镇街确认，2021年）", 30, 15, _SINCE_2021, 12, 10)
TOWN = _delegated("assistance.town", "社会救助申请（委托镇街确认）", 20, 25, _SINCE_2021, 9, 5)
"""民发〔2022〕83号 四(一): 20 working days where the town decides, 45 at most in special cases."""

SCHEMES: dict[str, Scheme] = {one.flow.key: one for one in (LOCAL, TRIAL, PRESENT, TOWN_2021, TOWN, VERIFY)}
FLOWS = tuple(one.flow for one in SCHEMES.values())


def scheme_for(procedure: Procedure, *, delegated: bool = False) -> Scheme:
    """The order in which an application runs under this procedure; ``delegated``: the town confirms for the district."""
    if delegated:
        return TOWN if procedure.whole == TOWN.flow.term else TOWN_2021
    if procedure.notices < 2:
        return PRESENT
    return LOCAL if procedure.review is None and procedure.appraisal is Appraisal.ALWAYS else TRIAL
