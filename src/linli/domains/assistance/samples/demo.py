"""Families of the demo district who apply for assistance, at every step, by the law of the demo's day and real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.domains.assistance import actions, queries
from linli.domains.assistance.models import Application
from linli.domains.assistance.rules import Source, VisitKind
from linli.domains.assistance.rules.flow import LOCAL
from linli.domains.assistance.samples import Office, add_income, appraise, give_consents, step, visit
from linli.domains.assistance.samples.delegated import answer_check
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import DemoPlan
from linli.kernel.access.samples import demo_actor
from linli.kernel.cases.actions import refuse
from linli.kernel.cases.queries import case_by_id
from linli.kernel.publicity.actions import publish
from linli.kernel.registry.queries import households_of, members_of_many, people_list, statuses_of_people
from linli.kernel.registry.samples import TOWNS
from linli.law import Item, Zone

WAVES = (("granted", 2), ("refused", 1), ("approval", 1), ("shown", 1), ("first", 1), ("check", 1))
"""How many families of a place stand at which step on the demo's day."""
DAYS = {"granted": 40, "refused": 38, "approval": 27, "shown": 15, "first": 6, "check": 2}
"""How many days before the demo's day a wave applied."""
PLACES = (0, 2)
"""A street, whose families are measured by the urban line, and a town with villages."""
INCOMES = {
    Zone.URBAN: (120_000, 150_000, 90_000, 60_000, 180_000, 132_000),
    Zone.RURAL: (60_000, 42_000, 30_000, 54_000, 72_000, 48_000),
}
"""What the applicants earned in the period that counts, in fen of 2010."""
DEARER, TEN = date(2021, 7, 1), 10
"""From which day of the demo incomes are so many times as high, as the standards are."""
SAID = (
    "本人患病，不能外出务工，家中只靠零工收入。", "孩子上学，妻子常年服药，收入不够生活。", "年纪大了，地里收成少，子女也困难。",
    "今年停工半年，借债看病，请求救助。",
)  # fmt: skip


CAUSES = ("illness", "no_labour", "study")


@dataclass
class Place:
    """The offices of a place, its law, and the families that apply there, one after the other."""

    office: Office
    zone: Zone
    families: list[int]
    elder: int | None
    begun: int = 0

    def next_family(self) -> int:
        self.begun += 1
        return self.families[self.begun - 1]


def demo_assistance(plan: DemoPlan) -> None:
    """A street and a town with villages: families granted, refused, posted, being surveyed; one old person without support."""
    places = [_place(plan, index) for index in PLACES]
    for done, place in enumerate(places):
        plan.tell("社会救助", done, len(places))
        for wave, count in WAVES:
            _wave(plan, place, wave, count)
    _elder(plan, places[1])
    _in_the_office(plan, places[0])


def _place(plan: DemoPlan, index: int) -> Place:
    town = TOWNS[index][0]
    names = (f"worker{index + 1}", f"town{index + 1}", "district")
    office = Office(*(demo_actor(name, plan.on) for name in names))
    with scoped(office.worker):
        day = plan.on - timedelta(days=60)
        people = list(people_list(on=day, age_from=28, age_to=62).order_by("id")[:300])
        homes = households_of([one.pk for one in people], day)
        members = members_of_many(set(homes.values()), day)
        held = statuses_of_people([one for rows in members.values() for one in rows], day)
        free: dict[int, int] = {}
        for one in people:
            home = homes.get(one.pk)
            if home is not None and home not in free and len(members[home]) > 1 and not _any(members[home], held):
                free[home] = one.pk
        old = [one for one in people_list(on=day, age_from=65).order_by("id")[:200] if not held.get(one.pk)]
        alone = households_of([one.pk for one in old], day)
        single = members_of_many(set(alone.values()), day)
        known = statuses_of_people([one for rows in single.values() for one in rows], day)
        elders = [one.pk for one in old if one.pk in alone and len(single[alone[one.pk]]) == 1 and not known.get(one.pk)]
    zone = Zone.URBAN if town[6:9] < "100" else Zone.RURAL
    return Place(office, zone, list(free.values()), elders[0] if elders else None)


def _any(people: list[Any], held: dict[int, list[Any]]) -> bool:
    return any(held.get(one.pk) for one in people)


def _wave(plan: DemoPlan, place: Place, wave: str, count: int) -> None:
    day = plan.on - timedelta(days=DAYS[wave])
    families = [place.next_family() for _ in range(min(count, len(place.families) - place.begun))]
    made = [_apply(place, person, day, wave) for person in families]
    if not made or wave == "check":
        return
    with scoped(place.office.worker):
        local = queries.scheme_of(made[0]) is LOCAL
    if not local:
        _since_2021(place, made, day + timedelta(days=2), wave)
        return
    day = _in_the_village(place, made, day + timedelta(days=2))
    if wave == "first":
        return
    for one in made:
        step(place.office.reviewer, one, day, "公布期满无异议。")
    if wave == "refused":
        _refuse(place, made[0], day)
        return
    _in_the_town(place, made, day, wave)


def _in_the_village(place: Place, made: list[Application], day: date) -> date:
    for one in made:
        _survey(place, one, day)
        step(place.office.worker, one, day)
    return _post(place, made[0], "first", day)


def _since_2021(place: Place, made: list[Application], day: date, wave: str) -> None:
    """民发〔2021〕57号: the town visits the home, asks the economic check and posts once."""
    office = place.office
    for one in made:
        give_consents(office, one, day)
        step(office.worker, one, day)
        if wave != "first":
            visit(office.reviewer, one, day, cause=CAUSES[one.pk % 3])
            answer_check(office, one, day)
    if wave == "refused":
        _refuse(place, made[0], day)
    elif wave != "first":
        _in_the_town(place, made, day, wave)


def _in_the_town(place: Place, made: list[Application], day: date, wave: str) -> None:
    office = place.office
    for one in made:
        step(office.reviewer, one, day, "经入户抽查和调查，符合条件，提请公示。", to="notice")
    day = _post(place, made[0], "notice", day)
    for one in made if wave != "shown" else ():
        step(office.reviewer, one, day, "公示期满无异议。")
        if wave == "granted":
            _visited_by_the_district(office, one, day + timedelta(days=2))
            step(office.approver, one, day + timedelta(days=2), "同意确认。")


def _visited_by_the_district(office: Office, one: Application, day: date) -> None:
    """Where the lot fell on it."""
    with scoped(office.approver):
        wanted = queries.must_visit(queries.application(one.pk))
    if wanted:
        visit(office.approver, one, day, kind=VisitKind.COUNTY)


def _apply(place: Place, person: int, day: date, wave: str) -> Application:
    words = {"statement": SAID[place.begun % len(SAID)], "zone": place.zone, "person_id": person}
    one = actions.apply(by=place.office.worker, on=day, **words)
    amount = (4_800_000 if wave == "refused" else INCOMES[place.zone][place.begun % 6]) * (TEN if day >= DEARER else 1)
    kind = Item.CASUAL_WORK if place.zone is Zone.URBAN else Item.FARMING
    add_income(place.office, one, amount, day, kind)
    return one


def _survey(place: Place, one: Application, day: date) -> None:
    give_consents(place.office, one, day)
    visit(place.office.worker, one, day, cause=CAUSES[one.pk % 3])
    appraise(place.office, one, day, agreed=15 + one.pk % 6)


def _post(place: Place, one: Application, at: str, day: date) -> date:
    by = place.office.reviewer
    with scoped(by):
        drafts = actions.draft_posting(by=by, on=day, step=at, area=one.area)
        until = max(publish(by=by, on=day, notice=draft).until for draft in drafts)
    return until + timedelta(days=1)


def _refuse(place: Place, one: Application, day: date) -> None:
    step(place.office.reviewer, one, day, "收入超过标准，报区民政局决定。", to="approval")
    with scoped(place.office.approver):
        words = {"reason": "not_qualified", "opinion": "经核定，家庭人均收入不低于标准。"}
        refuse(by=place.office.approver, on=day + timedelta(days=2), case=case_by_id(one.case_id), **words)


def _elder(plan: DemoPlan, place: Place) -> None:
    """An old villager without labour, income and supporters: the same application, and the law says 五保."""
    if place.elder is None:
        return
    office, day = place.office, plan.on - timedelta(days=5)
    said = "无儿无女，年老体弱，不能劳动。"
    one = actions.apply(by=office.worker, on=day, person_id=place.elder, zone=place.zone, statement=said)
    with scoped(office.worker):
        member = queries.members_of(one)[0]
    words = {"asks": True, "bearers_known": True, "failed": ["洗澡"], "why": "入户核实并查户籍，没有法定义务人"}
    actions.correct_member(by=office.worker, on=day, member=member, **words)
    _survey(place, one, day + timedelta(days=1))


def _in_the_office(plan: DemoPlan, place: Place) -> None:
    """A family with a relative in the office, neighbours that were asked, and a visit still in draft."""
    if place.begun == len(place.families):
        return
    office, day = place.office, plan.on - timedelta(days=1)
    one = actions.apply(
        by=office.worker, on=day, person_id=place.next_family(), zone=place.zone, agent="陈协管", agent_tie="居委会工作人员",
        statement="行动不便，由居委会代办。",
    )  # fmt: skip
    words = {"name": "王主任", "office": "居委会副主任", "tie": "申请人之兄"}
    actions.declare_kin(by=office.worker, on=day, application=one, **words)
    visit(office.worker, one, day, kind=VisitKind.NEIGHBOURS, spoke_with="对门邻居", found="邻居反映该户全靠打零工，孩子上学。")
    visit(office.worker, one, day, done=False, five={"members": "三口人，均在家居住"}, signer="", cause="")
    actions.add_line(
        by=office.worker, on=day, application=one, person=one.person_id, kind=Item.DEPOSIT, amount=260_000,
        source=Source.SURVEYED, evidence="查看存折",
    )  # fmt: skip
