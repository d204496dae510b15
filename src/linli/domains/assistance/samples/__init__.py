"""Families that apply for assistance, for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from linli.domains.assistance import actions, queries
from linli.domains.assistance.models import Application
from linli.domains.assistance.rules import FIVE, Source, VisitKind
from linli.domains.assistance.samples.online import make_wish
from linli.gateways.checking import FakeCheck, Finding
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.actions import pass_step
from linli.kernel.cases.queries import case_by_id
from linli.kernel.publicity.actions import publish
from linli.kernel.registry.actions import found_household, join_household, recognise_status
from linli.kernel.registry.queries import clear_number
from linli.kernel.registry.samples import make_areas, make_number, make_person
from linli.law import Item, Zone

DAY = date(2010, 12, 1)
COMMUNITY, TOWN, VILLAGE, VILLAGE_TOWN = "370404001001", "370404001000", "370404100201", "370404100000"
_keys = count(1)


@dataclass(frozen=True)
class Office:
    """The people along the chain of an application."""

    worker: Actor
    reviewer: Actor
    approver: Actor


def make_office(community: str = COMMUNITY, with_areas: bool = True) -> Office:
    """One community or village, its town, and the district's approver."""
    founders = make_founders()
    if with_areas:
        make_areas(founders[0])
    people = {
        "worker": ("li", "李社工", Role.COMMUNITY_WORKER, community),
        "reviewer": ("zhao", "赵审核", Role.TOWN_REVIEWER, community[:9] + "000"),
        "approver": ("wang", "王科长", Role.DISTRICT_APPROVER, DISTRICT),
    }
    return Office(**{key: make_staff(*words, on=FIRST_DAY, founders=founders) for key, words in people.items()})


def make_family(office: Office, names: tuple[str, ...] = ("李国强", "张桂英", "李小宝"), on: date = FIRST_DAY) -> Any:
    """A household of a couple and a schoolchild; gives the head."""
    return _household(office, names, ((1970, "1"), (1972, "2"), (2002, "1")), ("12", "20"), on)


def make_family_with_son(office: Office, on: date = FIRST_DAY) -> Any:
    """A couple, a schoolchild, and a grown son who lives with them and on his own means; gives the head."""
    born = ((1966, "1"), (1967, "2"), (2002, "1"), (1988, "1"))
    return _household(office, ("李国强", "张桂英", "李小宝", "李建军"), born, ("12", "20", "20"), on)


def _household(
    office: Office, names: tuple[str, ...], born: tuple[tuple[int, str], ...], kin: tuple[str, ...], on: date
) -> Any:
    people = [
        make_person(office.worker, on, name, birth=date(year, 3, 1 + i), sex=sex, address="向阳巷8号")
        for i, (name, (year, sex)) in enumerate(zip(names, born, strict=False))
    ]
    household = found_household(by=office.worker, on=on, head_id=people[0].pk)
    for person, tie in zip(people[1:], kin, strict=False):
        join_household(by=office.worker, on=on, household_id=household.pk, person_id=person.pk, kin=tie)
    return people[0]


def make_elder(office: Office, name: str = "孙老汉", birth: date = date(1938, 4, 2), on: date = FIRST_DAY) -> Any:
    """An old person who lives alone."""
    person = make_person(office.worker, on, name, birth=birth, address="村东头3号")
    found_household(by=office.worker, on=on, head_id=person.pk)
    return person


def make_son_and_mother(office: Office, on: date = FIRST_DAY) -> Any:
    """A man without the use of his legs and his old mother, who has nobody else; gives the man."""
    head = _household(office, ("郑大成", "郑周氏"), ((1970, "1"), (1942, "2")), ("52",), on)
    words = {"kind": "disabled", "grade": "41", "since": on, "source": "残联", "evidence": "残疾人证"}
    recognise_status(by=office.worker, on=on, person_id=head.pk, **words)
    return head


def make_three_generations(office: Office, on: date = FIRST_DAY) -> Any:
    """A couple, a schoolchild and the man's mother; gives the head."""
    born = ((1970, "1"), (1972, "2"), (1999, "2"), (1942, "2"))
    return _household(office, ("刘长河", "陈玉梅", "刘晓丽", "周秀兰"), born, ("12", "30", "52"), on)


def make_application(office: Office, head: Any, on: date = DAY, **words: Any) -> Application:
    """An application taken at the door."""
    words.setdefault("zone", Zone.URBAN)
    return actions.apply(by=office.worker, on=on, person_id=head.pk, **words)


def give_consents(office: Office, one: Application, on: date = DAY) -> None:
    """Every member has signed, a guardian for the children."""
    with scoped(office.worker):
        signed = {row.person_id: row.person.name for row in queries.members_of(one)}
    actions.record_consents(by=office.worker, on=on, application=one, signed=signed, signed_on=on)


def add_income(
    office: Office, one: Application, amount: int, on: date = DAY, kind: Item = Item.CASUAL_WORK, person: int = 0,
    another: bool = False,
) -> Any:  # fmt: skip
    """So many fen over the last twelve months (and the last calendar year, for the country's residents)."""
    first = date(on.year - 1, 1, 1) if one.zone == Zone.RURAL else date(on.year - 1, on.month, 1)
    last = date(on.year - 1, 12, 1) if one.zone == Zone.RURAL else (on.replace(day=1) - timedelta(days=1)).replace(day=1)
    words = {"source": Source.DECLARED, "amount": amount, "first": first, "last": last, "another": another}
    return actions.add_line(by=office.worker, on=on, application=one, person=person or one.person_id, kind=kind, **words)


def visit(
    by: Actor, one: Application, on: date = DAY, kind: VisitKind = VisitKind.HOME, done: bool = True, key: str = "", **words: Any
) -> Any:
    """A visit of two, with the five things made clear and signed."""
    words = {
        "visited_on": on, "visitors": (by.name, "陈协管"), "five": dict.fromkeys(FIVE, "与申报一致"), "cause": "illness",
        "found": "房屋两间，无贵重物品，邻里反映属实。", "signer": "本人",
    } | words  # fmt: skip
    key = key or f"sample-{one.pk}-{next(_keys)}"
    return actions.save_visit(by=by, on=on, application=one, key=key, kind=kind, done=done, **words)


def appraise(office: Office, one: Application, on: date = DAY, agreed: int = 16, against: int = 1) -> Any:
    """The neighbours' meeting."""
    return actions.record_appraisal(
        by=office.worker, on=on, application=one, held_on=on, place="社区会议室", chair="吴主任", present=agreed + against + 1,
        representatives=14, agreed=agreed, against=against, abstained=1, record="逐户介绍情况后举手表决。",
    )  # fmt: skip


def survey(office: Office, one: Application, on: date = DAY) -> None:
    """Consents, visit and meeting as the law of 2010 wants them."""
    give_consents(office, one, on)
    visit(office.worker, one, on)
    appraise(office, one, on)


def step(by: Actor, one: Application, on: date, opinion: str = "情况属实，同意上报。", **words: Any) -> None:
    """Pass the present step."""
    with scoped(by):
        pass_step(by=by, on=on, case=case_by_id(one.case_id), opinion=opinion, **words)


def post(office: Office, one: Application, at: str, on: date, by: Actor | None = None) -> date:
    """Draft, publish and wait out the notice of this step; the day after."""
    by = by or office.reviewer
    with scoped(by):
        drafts = actions.draft_posting(by=by, on=on, step=at, area=one.area)
        until = max(publish(by=by, on=on, notice=draft).until for draft in drafts)
    return until + timedelta(days=1)


def carry(office: Office, one: Application, to: str = "granted", on: date = DAY) -> date:
    """Carry an application of 2010 along the chain to a step ("first", "survey", "notice", "approval", "granted"): the day."""
    survey(office, one, on)
    step(office.worker, one, on)
    if to == "first":
        return on
    day = post(office, one, "first", on)
    step(office.reviewer, one, day, "公布期满无异议。")
    if to == "survey":
        return day
    step(office.reviewer, one, day, "经调查，符合条件，提请公示。", to="notice")
    if to == "notice":
        return day
    day = post(office, one, "notice", day)
    step(office.reviewer, one, day, "公示期满无异议。")
    if to == "approval":
        return day
    step(office.approver, one, day, "同意确认。")
    return day


def make_files(office: Any, number: int, on: date = DAY) -> list[Application]:
    """A family of this office in every state, with something entered of each kind; ``number`` tells two offices apart."""
    sign = "一二三四五"[number - 1]
    made = [make_application(office, make_family(office, (f"何{sign}{word}", f"吕{sign}{word}")), on) for word in "甲乙丙"]
    first, second, granted = made
    for one in (first, second):
        add_income(office, one, 90_000, on)
    with scoped(office.worker):
        member = queries.members_of(first)[0]
    actions.correct_member(by=office.worker, on=on, member=member, why="入户核实", asks=True, bearers_known=True)
    actions.add_supporter(
        by=office.worker, on=on, application=first, person=first.person_id, name=f"何{sign}外", tie="女儿", born=date(1985, 1, 1),
        income=500_000,
    )  # fmt: skip
    actions.declare_kin(by=office.worker, on=on, application=first, name=f"何{sign}主任", office="居委会", tie="申请人之兄")
    visit(office.worker, first, on, done=False, key=f"draft-{number}", signer="")
    survey(office, second, on)
    number_of = {row.person_id: clear_number(row.person) for row in _rows(office, second)}
    found = Finding("", "vehicle", "vehicle", on, number=1)
    with actions.answering(FakeCheck({number_of[second.person_id]: [found]}, on=on, until=on + timedelta(days=180))):
        asked = actions.ask_check(by=office.reviewer, on=on, application=second)
        actions.fetch_check(by=office.reviewer, on=on, inquiry=asked)
    carry(office, granted, on=on)
    with scoped(office.worker):
        here = clear_number(make_family(office, (f"何{sign}网", f"吕{sign}网")))
    make_wish(office.worker, here, on, name=f"何{sign}网", phone=f"1390632020{number}")
    make_wish(office.worker, make_number(), on, name=f"何{sign}生", phone=f"1390632021{number}")
    return made


def _rows(office: Any, one: Application) -> list[Any]:
    with scoped(office.worker):
        return queries.members_of(one)
