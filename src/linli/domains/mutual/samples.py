"""A community's fund at work, for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.domains.mutual import actions
from linli.domains.mutual.queries import funds, meetings
from linli.domains.mutual.rules import Need
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, demo_actor, make_founders, make_staff
from linli.kernel.publicity.actions import publish
from linli.kernel.registry.queries import area_name, people_with_status
from linli.kernel.registry.samples import make_areas, make_person

DAY = date(2010, 12, 20)
COMMUNITY = "370404001001"
COUNCIL = ("孙议长", "周大妈", "吴师傅", "郑老师", "冯大爷", "陈大姐", "褚师傅", "卫阿姨", "蒋老师")
RECORD = "介绍家庭情况后逐项举手表决，当场公布结果。"
GIFTS = (
    ("爱心居民", 3_000_00), ("刘家三口", 500_00), ("第三居民小组", 2_860_00), ("社区粮油店", 2_000_00), ("爱心居民", 1_800_00),
)  # fmt: skip


@dataclass(frozen=True)
class Team:
    """The people around a community's fund."""

    worker: Actor
    reviewer: Actor
    clerk: Actor
    maker: Actor
    checker: Actor


def make_team() -> Team:
    """A community, its town's reviewer, the federation's clerk, finance and its second person."""
    founders = make_founders()
    make_areas(founders[0])
    people = {
        "worker": ("li", "李社工", Role.COMMUNITY_WORKER, COMMUNITY),
        "reviewer": ("zhao", "赵审核", Role.TOWN_REVIEWER, "370404001000"),
        "clerk": ("zhou", "周慈善", Role.FEDERATION_CLERK, DISTRICT),
        "maker": ("caijing", "钱会计", Role.FINANCE_MAKER, DISTRICT),
        "checker": ("fuhe", "孙复核", Role.FINANCE_CHECKER, DISTRICT),
    }
    return Team(**{key: make_staff(*words, on=FIRST_DAY, founders=founders) for key, words in people.items()})


def make_aid_fund(team: Any, on: date = DAY, gifts: tuple[tuple[str, int], ...] = ()) -> Any:
    """The fund of the worker's community, with gifts that have arrived."""
    area = team.worker.area
    name = f"{area_name(area, on)}帮困基金"
    one = actions.found_fund(by=team.clerk, on=on, area=area, name=name, charter="居民会议2010年通过的管理办法")
    make_gifts(team, one, gifts, on)
    return one


def make_gifts(team: Any, one: Any, gifts: tuple[tuple[str, int], ...], on: date = DAY) -> None:
    """Gifts that were noted by the community and seen by finance."""
    made = [actions.note_gift(by=team.worker, on=on, aidfund=one, name=name, amount=amount, day=on) for name, amount in gifts]
    if made:
        actions.bank_gifts(by=team.maker, on=on, aidfund=one, gift_ids=[gift.pk for gift in made])


def make_request(
    team: Any, one: Any, amount: int = 1_000_00, need: Need = Need.SCHOOL, person: Any = None, on: date = DAY,
    what: str = "孤儿上初中的学费", name: str = "田小禾",
) -> Any:  # fmt: skip
    """Money asked for somebody of the community."""
    person = person or make_person(team.worker, name=name, area=team.worker.area)
    return actions.ask(by=team.worker, on=on, aidfund=one, person_id=person.pk, need=need, what=what, amount=amount)


def make_meeting(team: Any, one: Any, on: date = DAY, came: int = 8) -> Any:
    """A meeting of the nine of the council, of whom ``came`` came."""
    return actions.record_meeting(
        by=team.worker, on=on, aidfund=one, held_on=on, place="社区议事园", chair=COUNCIL[0], called=COUNCIL, came=COUNCIL[:came],
        record=RECORD,
    )  # fmt: skip


def make_resolution(team: Any, meeting: Any, request: Any, agreed: int | None = None, on: date = DAY, **words: Any) -> Any:
    """A vote in which everybody who does not agree is against it."""
    agreed = len(meeting.came) if agreed is None else agreed
    votes = {"amount": request.asked, "agreed": agreed, "against": len(meeting.came) - agreed, "abstained": 0}
    return actions.resolve(by=team.worker, on=on, meeting=meeting, request=request, **(votes | words))


def make_mutual_files(team: Any, number: int, on: date) -> Any:
    """The community's fund with a gift that waits, requests before a meeting, after one and paid; ``number`` tells two apart."""
    with scoped(team.worker):
        one = funds().filter(area=team.worker.area).first()
    if one is None:
        one = make_aid_fund(team, on, GIFTS)
    actions.note_gift(by=team.worker, on=on, aidfund=one, name="爱心居民", amount=100_00, day=on)
    mark = "一二三四五"[number - 1]
    paid, waiting = (make_request(team, one, name=f"帮{mark}{word}", on=on) for word in "甲乙")
    with scoped(team.worker):
        meeting = meetings(one).first()
    meeting = meeting or make_meeting(team, one, on)
    for request in (paid, waiting):
        make_resolution(team, meeting, request, on=on)
    actions.pay(by=team.maker, on=on, request=paid)
    make_request(team, one, name=f"帮{mark}丙", on=on)
    return one


def demo_mutual(plan: DemoPlan) -> None:
    """One community: residents gave, the council decided three requests and one was paid; its account is on show."""
    users = {"worker": "worker1", "reviewer": "town1", "clerk": "federation", "maker": "maker", "checker": "checker"}
    team = Team(**{key: demo_actor(username, plan.on) for key, username in users.items()})
    opened, met = plan.on - timedelta(days=50), plan.on - timedelta(days=20)
    one = make_aid_fund(team, opened, GIFTS)
    with scoped(team.worker):
        people = list(people_with_status("dibao", met).filter(died_on=None).order_by("id")[:4])
    wanted = (
        (1_200_00, Need.SCHOOL, "孤儿上初中的学费"), (5_000_00, Need.ILLNESS, "手术费用"), (800_00, Need.LIVING, "过冬取暖"),
    )  # fmt: skip
    asked = [
        make_request(team, one, amount, need, person, met - timedelta(days=5), what)
        for person, (amount, need, what) in zip(people, wanted, strict=False)
    ]  # fmt: skip
    meeting = make_meeting(team, one, met)
    for request, agreed in zip(asked, (8, 7, 3), strict=False):
        make_resolution(team, meeting, request, agreed, met)
    if asked:
        actions.pay(by=team.maker, on=met + timedelta(days=2), request=asked[0])
    for person in people[3:]:
        make_request(team, one, 600_00, Need.SUDDEN, person, plan.on - timedelta(days=2), "房屋漏雨修缮")
    yesterday = plan.on - timedelta(days=1)
    actions.note_gift(by=team.worker, on=yesterday, aidfund=one, name="爱心居民", amount=260_00, day=yesterday)
    day = plan.on - timedelta(days=5)
    words = {"since": opened, "until": day, "contact": "社区居民委员会"}
    draft = actions.draft_account(by=team.worker, on=day, aidfund=one, **words)
    publish(by=team.reviewer, on=day, notice=draft)


