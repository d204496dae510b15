"""The facts of a family as the office established them, and what makes them unfit for a decision."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from linli.base.days import age_on
from linli.law.codes import (
    FIRST_PROPERTY,
    FIRST_SPENDING,
    Disability,
    Item,
    Kin,
    Scheme,
    Standing,
    Study,
    Work,
    Zone,
)

MOST_MEMBERS = 40
MOST_LINES = 400
MOST_FEN = 10**10
"""The largest amount of one line, 一亿元: above it a typing error is certain, and sums stay far below 2⁶³."""


class BadFacts(ValueError):
    """Facts that contradict each other or are incomplete; the message names every fault, in Chinese."""


@dataclass(frozen=True)
class Member:
    """One person of the family. ``kin``: relation to the applicant, GB/T 4761.

    ``duty``: a legal duty of support ties the person to the applicant (beyond spouses, parents and children).
    ``since``: first day of the present standing. ``refusals``: suitable jobs refused in a row without good reason.
    ``other_care``: care money of another scheme, fen a month. ``number``: any key that tells two people apart.
    """

    name: str
    kin: str
    born: date
    long_together: bool = True
    duty: bool = False
    independent: bool = True
    study: Study = Study.NONE
    standing: Standing = Standing.PRESENT
    since: date | None = None
    disability: Disability = Disability.NONE
    level: int = 0
    ill: bool = False
    work: Work = Work.UNABLE
    refusals: int = 0
    scheme: Scheme = Scheme.NONE
    other_care: int = 0
    died: date | None = None
    consented: bool = True
    number: str = ""


@dataclass(frozen=True)
class Flow:
    """Income or spending of a member: the whole amount in fen of a period of whole months."""

    kind: Item
    member: int
    amount: int
    first: date | None
    last: date | None


@dataclass(frozen=True)
class Holding:
    """Property of a member: its value in fen, or a number of things. What is held jointly stands with the applicant."""

    kind: Item
    member: int
    amount: int = 0
    number: int = 0


@dataclass(frozen=True)
class Household:
    """A family that applies or is verified. ``applied``: the day from which the income window counts back.

    ``alone``: the applicant asks to enter alone (单人户). ``received``: 低保 of the month before, in fen.
    ``new_job``: the first day of the job that lifted the income, if one did.
    """

    area: str
    zone: Zone
    applied: date
    members: tuple[Member, ...]
    flows: tuple[Flow, ...] = ()
    holdings: tuple[Holding, ...] = ()
    alone: bool = False
    single_parent: bool = False
    received: int = 0
    new_job: date | None = None


def check(home: Household) -> None:
    """Raises BadFacts with all faults, so that the office hears them in one notice."""
    found = [*_of_the_family(home), *_of_members(home), *_of_flows(home), *_of_holdings(home)]
    if found:
        raise BadFacts("；".join(found) + "。")


def _of_the_family(home: Household) -> Iterator[str]:
    if not home.members:
        yield "没有家庭成员，请先登记"
        return
    if len(home.members) > MOST_MEMBERS:
        yield f"家庭成员{len(home.members)}人，超过{MOST_MEMBERS}人，请核对是否把几户写在一起"
    if [int(member.kin) // 10 for member in home.members].count(Kin.SELF) != 1:
        yield "申请人（本人或户主）应恰好一人，请核对与申请人的关系"
    numbers = [member.number for member in home.members if member.number]
    for number in sorted({number for number in numbers if numbers.count(number) > 1}):
        yield f"“{'”“'.join(m.name for m in home.members if m.number == number)}”是同一个人，请删去重复的一行"
    if len(home.flows) + len(home.holdings) > MOST_LINES:
        yield f"收入、支出和财产超过{MOST_LINES}条，请合并后填写"
    if not 0 <= home.received <= MOST_FEN:
        yield "上月低保金应在0元至一亿元之间，请核对"
    if home.new_job and home.new_job > home.applied:
        yield "就业日期晚于核定日期，请核对"


def _of_members(home: Household) -> Iterator[str]:
    for member in home.members:
        if member.born > home.applied:
            yield f"{member.name}的出生日期晚于申请日期，请核对"
            continue
        if int(member.kin) // 10 == Kin.SELF and age_on(member.born, home.applied) < 18 and len(home.members) > 1:
            yield f"申请人{member.name}未满18周岁，请由成年的共同生活成员或监护人申请"
        if member.died and member.died <= home.applied:
            yield f"{member.name}已于{member.died.isoformat()}去世，早于申请日期，请从家庭成员中移出"
        if not member.consented:
            yield f"{member.name}没有授权经济状况核对，请先签署授权书"
        if bool(member.disability) != bool(member.level) or not 0 <= member.level <= 4:
            yield f"{member.name}的残疾类别和等级应同时填写，等级为1至4级"
        if member.standing is not Standing.PRESENT and member.since is None:
            yield f"{member.name}{member.standing.zh}，请填写开始日期"
        if member.refusals < 0 or not 0 <= member.other_care <= MOST_FEN:
            yield f"{member.name}的次数或金额超出范围，请核对"


def _of_flows(home: Household) -> Iterator[str]:
    for flow in home.flows:
        if FIRST_PROPERTY <= flow.kind < FIRST_SPENDING:
            yield f"“{flow.kind.zh}”是财产，请填在财产一栏"
        if not 0 <= flow.member < len(home.members):
            yield f"“{flow.kind.zh}”没有对应的家庭成员，请选择成员"
        if not 0 <= flow.amount <= MOST_FEN:
            yield f"“{flow.kind.zh}”的金额应在0元至一亿元之间；经营亏损请填0元"
        if flow.first is None or flow.last is None:
            yield f"“{flow.kind.zh}”没有写明属于哪几个月，请填写起止月份"
        elif flow.last < flow.first:
            yield f"“{flow.kind.zh}”的截止月份早于开始月份，请核对"


def _of_holdings(home: Household) -> Iterator[str]:
    for holding in home.holdings:
        if not FIRST_PROPERTY <= holding.kind < FIRST_SPENDING:
            yield f"“{holding.kind.zh}”不是财产，请填在收入或支出一栏"
        if not 0 <= holding.member < len(home.members):
            yield f"“{holding.kind.zh}”没有对应的家庭成员，请选择成员"
        if not (0 <= holding.amount <= MOST_FEN and 0 <= holding.number <= 1000):
            yield f"“{holding.kind.zh}”的价值或数量超出范围，请核对"
