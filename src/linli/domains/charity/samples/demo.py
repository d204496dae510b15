"""A year of aid for the demo: campaigns, and some hundred applications at every step, each by single real actions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.domains.charity import actions
from linli.domains.charity.models import Application, Campaign
from linli.domains.charity.queries.applications import source_of
from linli.domains.charity.queries.doubts import doubts
from linli.domains.charity.rules import MISSED, Need
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan
from linli.kernel.access.samples import demo_actor
from linli.kernel.cases.actions import pass_step, refuse
from linli.kernel.cases.queries import case_by_id
from linli.kernel.cases.rules import Received
from linli.kernel.ledgers.actions import check_batch, lock_batch, make_batch
from linli.kernel.ledgers.queries import order_by_source
from linli.kernel.ledgers.rules import FundLevel
from linli.kernel.ledgers.samples import account_number, bank_answers, make_fund
from linli.kernel.registry.actions import add_bank_account
from linli.kernel.registry.queries import account_of, households_of, people_list, people_with_status
from linli.kernel.registry.samples import TOWNS

WARMTH, ILLNESS, CARDS, DISABLED = "qing_nuan", "da_bing", "chao_shi", "zhu_can"
PLANS = {WARMTH: 50_000_000, ILLNESS: 60_000_000, CARDS: 1_100_000, DISABLED: 5_000_000}
"""The money planned for each project, in fen."""
WAVES = (("granted", 4), ("approval", 2), ("shown", 2), ("survey", 2), ("check", 2))
"""How many families of a town stand at which step on the demo's day; the towns differ by ``MORE``."""
MORE = (2, 0, -1, 1, -1, 0, -2)
LAST_YEAR = 2
"""How many families of a town were helped in the year before, likewise."""
HARDSHIPS = ("dibao", "tekun", "edge", "ill", "disabled", "elder_alone")
BILLS = (23_400_00, 31_250_50, 19_800_00, 46_000_00, 20_000_00, 88_120_30)
"""What the ill paid themselves, in fen; one lies below the line."""
SICK = ("tumour", "uraemia", "leukaemia", "other", "accident")


@dataclass(frozen=True)
class Town:
    """One town's two hands, and the families of the worker's community."""

    code: str
    worker: Actor
    reviewer: Actor
    poor: list[int]
    others: list[int]


class Diary:
    """The acts of the weeks before a day, in the names of its staff."""

    def __init__(self, plan: DemoPlan, on: date) -> None:
        self.plan, self.on = plan, on
        self.approver = demo_actor("district", plan.on)
        self.federation = demo_actor("federation", plan.on)
        self.towns = [self._town(index, code) for index, (code, _, _) in enumerate(TOWNS, 1)]

    def day(self, before: int) -> date:
        """So many days before the diary's day."""
        return self.on - timedelta(days=before)

    def _town(self, index: int, code: str) -> Town:
        worker, reviewer = demo_actor(f"worker{index}", self.plan.on), demo_actor(f"town{index}", self.plan.on)
        with scoped(worker):
            poor = [one.pk for kind in HARDSHIPS for one in people_with_status(kind, self.day(40)).order_by("id")]
            others = people_list(on=self.day(40), age_from=30, age_to=75).exclude(pk__in=poor).order_by("id")
            others = list(others.values_list("pk", flat=True)[:400])
            return Town(code, worker, reviewer, self.one_of_each_home(poor), self.one_of_each_home(others, poor))

    def one_of_each_home(self, people: list[int], taken: list[int] | None = None) -> list[int]:
        homes = households_of([*people, *(taken or [])], self.day(40))
        known = {homes.get(one) for one in taken or []}
        first: dict[Any, int] = {}
        for one in people:
            if one in homes and homes[one] not in known:
                first.setdefault(homes[one], one)
        return list(first.values())


def demo_aid(plan: DemoPlan) -> None:
    """Four campaigns of the year, their funds, and their applications at every step; the year before, paid and closed."""
    _last_year(Diary(plan, plan.on.replace(year=plan.on.year - 1)))
    diary = Diary(plan, plan.on)
    warmth, illness, cards, disabled = (_campaign(diary, project) for project in (WARMTH, ILLNESS, CARDS, DISABLED))
    for index, town in enumerate(diary.towns):
        plan.tell("救助申请", index, len(diary.towns))
        _warmth(diary, warmth, town, MORE[index])
        _illness(diary, illness, town, index)
        _wave(diary, cards, town, "granted", town.others[10:11], lambda one: {"need": Need.TEMPORARY})
        _disabled(diary, disabled, town)
    _pay(diary, warmth)
    actions.publish_list(by=diary.federation, on=diary.day(5), campaign=illness)
    _doubts(diary)


def _doubts(diary: Diary) -> None:
    """The first town has looked for the missed two days ago, and called on some of them."""
    reviewer, day = diary.towns[0].reviewer, diary.day(2)
    actions.look_for_doubts(by=reviewer, on=day, year=day.year)
    with scoped(reviewer):
        waiting = list(doubts(state="open")[:3])
    for one, answer in zip(waiting, ("declined", "unfit", "told"), strict=False):
        fits = answer if one.kind == MISSED else "lawful"
        actions.answer_doubt(by=reviewer, on=day, doubt=one, answer=fits, note="入户走访，本人当面确认。")


def _last_year(diary: Diary) -> None:
    campaign = _campaign(diary, WARMTH)
    for index, town in enumerate(diary.towns):
        diary.plan.tell("上年救助", index, len(diary.towns))
        people = town.poor[: LAST_YEAR + MORE[index]]
        _wave(diary, campaign, town, "granted", people, lambda one: {"need": Need.HARDSHIP})
    maker, checker = demo_actor("maker", diary.on), demo_actor("checker", diary.on)
    batch = _checked(diary, campaign, maker, checker, _orders(maker, campaign), 1, 14)
    bank_answers(maker, on=diary.day(12), batch=batch)
    actions.close_campaign(by=diary.federation, on=diary.day(5), campaign=campaign)


def _campaign(diary: Diary, project: str) -> Campaign:
    year, clerk = diary.on.year, diary.federation
    opened = date(year, 1, 4)
    quotas = {code: 150 if project == WARMTH else 45 for code, _, _ in TOWNS}
    campaign = actions.open_campaign(
        by=clerk, on=opened, project=project, year=year, opens_on=date(year, 1, 1), closes_on=date(year, 12, 31),
        plan=PLANS[project], quotas=quotas,
    )  # fmt: skip
    mark = f"{project}-{year}"
    name = f"区慈善总会{campaign.what}资金"
    whole = make_fund(clerk, amount=60_000_000, code=f"QU-{mark}", name=name, on=opened, samples=False)
    actions.add_payer(by=clerk, on=opened, campaign=campaign, fund_id=whole.pk, level="district")
    for code, name, _ in TOWNS if project == WARMTH else ():
        branch = make_fund(
            clerk, amount=4_000_000, code=f"ZHEN-{code[6:9]}-{mark}", name=f"{name}慈善分会{campaign.what}资金", area=code,
            level=FundLevel.TOWN, on=opened, samples=False,
        )  # fmt: skip
        actions.add_payer(by=clerk, on=opened, campaign=campaign, fund_id=branch.pk, level="town", place=code)
    return campaign


def _warmth(diary: Diary, campaign: Campaign, town: Town, more: int) -> None:
    """Families with a recognised hardship, in waves: the oldest are through, the newest have just applied."""
    waiting = iter(town.poor)
    for state, count in WAVES:
        people = [one for _, one in zip(range(max(count + more, 1)), waiting, strict=False)]
        _wave(diary, campaign, town, state, people, lambda one: {"need": Need.HARDSHIP})


def _illness(diary: Diary, campaign: Campaign, town: Town, index: int) -> None:
    """Six ill people of each town; the one whose bill lies below the line is refused by the town."""
    people = town.others[: len(BILLS)]
    bills = {one: (SICK[(place + index) % len(SICK)], BILLS[place]) for place, one in enumerate(people)}

    def words(one: int) -> dict[str, Any]:
        illness, cost = bills[one]
        papers = [Received(key, original=True) for key in ("form", "diagnosis", "bill")]
        return {"need": Need.ILLNESS, "illness": illness, "own_cost": cost, "diagnosed": True, "papers": papers}

    _wave(diary, campaign, town, "granted", people[:3], words)
    _wave(diary, campaign, town, "approval", people[3:4], words)
    _wave(diary, campaign, town, "check", people[4:], words)


def _disabled(diary: Diary, campaign: Campaign, town: Town) -> None:
    """Two disabled people of each town; those whose limbs are impaired ask for a wheelchair."""
    with scoped(town.worker):
        found = people_with_status("disabled", diary.day(40)).order_by("id")
        people = diary.one_of_each_home([one.pk for one in found])[:2]
        limbs = set(people_with_status("disabled", diary.day(40), "41").values_list("pk", flat=True))
    words = {one: {"need": Need.DISABILITY, "aid": "wheelchair" if one in limbs else ""} for one in people}
    _wave(diary, campaign, town, "granted", people, lambda one: words[one])


DAYS = {
    "granted": (35, 34, 32, 31, 21, 20), "approval": (21, 20, 18, 17, 7), "shown": (12, 11, 10, 3), "survey": (6, 4),
    "check": (3,),
}  # fmt: skip
"""Days before the demo's day on which a wave applied, was checked, surveyed, shown, passed on and approved."""


def _wave(
    diary: Diary, campaign: Campaign, town: Town, state: str, people: list[int], words: Callable[[int], dict[str, Any]]
) -> None:
    days = [diary.day(before) for before in DAYS[state]]
    made = [actions.apply(by=town.worker, on=days[0], campaign=campaign, person_id=one, **words(one)) for one in people]
    if not made or len(days) < 2:
        return
    for one in made:
        _at(town.worker, days[1], one, "入户核实，情况属实，同意上报。")
    if len(days) < 3:
        return
    for one in made:
        if one.need == Need.ILLNESS and one.own_cost < 20_000_00:
            with scoped(town.reviewer):
                refuse(by=town.reviewer, on=days[2], case=_case(one), reason="not_qualified", opinion="自付费用未达到救助线。")
        else:
            _at(town.reviewer, days[2], one, "经调查，符合条件，提请公示。")
    draft = actions.draft_notice_for(by=town.reviewer, on=days[3], campaign=campaign)
    actions.show_notice(by=town.reviewer, on=days[3], notice=draft)
    if len(days) < 5:
        return
    actions.pass_noticed(by=town.reviewer, on=days[4], campaign=campaign, opinion="公示期满无异议，同意上报。")
    if len(days) < 6:
        return
    for one in made:
        _approve(diary, town, one, days[5])


def _approve(diary: Diary, town: Town, one: Application, day: date) -> None:
    with scoped(diary.approver):
        case = _case(one)
        if case.state != "open" or case.step != "approval":
            return
        if account_of(one.person, diary.day(35)) is None:
            number, bank = account_number(one.person_id), "枣庄银行峄城支行"
            add_bank_account(by=town.worker, on=diary.day(35), person_id=one.person_id, bank=bank, number=number)
        pass_step(by=diary.approver, on=day, case=case, opinion="同意救助。")


def _at(by: Actor, day: date, one: Application, opinion: str) -> None:
    with scoped(by):
        pass_step(by=by, on=day, case=_case(one), opinion=opinion)


def _case(one: Application) -> Any:
    return case_by_id(one.case_id)


def _pay(diary: Diary, campaign: Campaign) -> None:
    """The bank has answered the first batch and paid all but two; a second one waits for the checker."""
    maker, checker = demo_actor("maker", diary.on), demo_actor("checker", diary.on)
    orders = _orders(maker, campaign)
    half = len(orders) // 2
    if not half:
        return
    batch = _checked(diary, campaign, maker, checker, orders[:half], 1, 14)
    bank_answers(maker, on=diary.day(12), batch=batch, failures=2)
    make_batch(by=maker, on=diary.day(3), number=_number(diary, 2), item=campaign.title, orders=orders[half:])


def _orders(maker: Actor, campaign: Campaign) -> list[int]:
    with scoped(maker):
        granted = Application.objects.filter(campaign=campaign, state="granted").order_by("area", "id")
        found = [order_by_source(source_of(one)) for one in granted]
        return [order.pk for order in found if order is not None]


def _checked(
    diary: Diary, campaign: Campaign, maker: Actor, checker: Actor, orders: list[int], number: int, day: int
) -> Any:
    made = make_batch(by=maker, on=diary.day(day), number=_number(diary, number), item=campaign.title, orders=orders)
    made = check_batch(by=checker, on=diary.day(day - 1), batch=made, count=made.count, amount=made.amount)
    return lock_batch(by=checker, on=diary.day(day - 1), batch=made)


def _number(diary: Diary, number: int) -> str:
    return f"CS{diary.on.year}-{number:03d}"
