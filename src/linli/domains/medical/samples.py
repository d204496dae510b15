"""Hospitals and bills for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.domains.medical import actions, queries
from linli.domains.medical.rules import GROUP, GROUP_ZH, Illness, Way
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, demo_actor, make_founders, make_staff
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers.rules import FundKind, FundLevel
from linli.kernel.registry.actions import recognise_status, register_organisation
from linli.kernel.registry.queries import organisations, people_with_status
from linli.kernel.registry.samples import make_areas, make_person

DAY = date(2026, 8, 10)


@dataclass(frozen=True)
class Window:
    """The people around a settlement."""

    worker: Actor
    reviewer: Actor
    approver: Actor
    maker: Actor


def make_window() -> Window:
    """One community, its town's window, the district's approver and finance."""
    founders = make_founders()
    make_areas(founders[0])
    people = {
        "worker": ("li", "李社工", Role.COMMUNITY_WORKER, "370404001001"),
        "reviewer": ("zhao", "赵审核", Role.TOWN_REVIEWER, "370404001000"),
        "approver": ("wang", "王科长", Role.DISTRICT_APPROVER, DISTRICT),
        "maker": ("caijing", "钱会计", Role.FINANCE_MAKER, DISTRICT),
    }
    return Window(**{key: make_staff(*words, on=FIRST_DAY, founders=founders) for key, words in people.items()})


def make_hospital(window: Any, on: date = DAY, name: str = "峄城区人民医院") -> Any:
    """A hospital of the register with its agreement."""
    place = register_organisation(by=window.worker, on=on, name=name, kind="hospital", area=window.worker.area)
    agreement = {"agreement": "峄医救〔1〕号", "since": on - timedelta(days=365)}
    return actions.designate(by=window.approver, on=on, organisation_id=place.pk, **agreement)


def make_patient(window: Any, kind: str = "dibao", grade: str = "urban", name: str = "张病人", **facts: Any) -> Any:
    """Somebody of the community, with a status if any."""
    person = make_person(window.worker, name=name, **facts)
    if kind:
        words = {"kind": kind, "grade": grade, "since": FIRST_DAY, "source": "sample"}
        recognise_status(by=window.worker, on=DAY, person_id=person.pk, **words)
    return person


def make_bill(window: Any, person: Any, hospital: Any, on: date = DAY, invoice: str = "JS-1", **words: Any) -> Any:
    """A stay of 10,000 yuan, 8,000 within the lists, of which the insurances paid 5,000."""
    paper: dict[str, Any] = {
        "way": Way.INPATIENT, "illness": Illness.MAJOR, "left_on": on, "cost": 1_000_000, "covered": 800_000, "basic": 400_000,
        "serious": 100_000,
    }  # fmt: skip
    return actions.settle(
        by=window.reviewer, on=on, person_id=person.pk, hospital_id=hospital.pk, invoice=invoice, **(paper | words)
    )


def make_medical_fund(maker: Actor, amount: int = 10_000_000, on: date = DAY, code: str = "YL-1") -> Any:
    """Money of the budget for medical assistance only."""
    books.open_purpose(by=maker, on=on, key=GROUP, name=GROUP_ZH)
    fund = books.open_fund(
        by=maker, on=on, code=code, name="城乡医疗救助基金", kind=FundKind.FISCAL, level=FundLevel.DISTRICT, area=DISTRICT,
        purposes={GROUP: "财政专项资金"},
    )  # fmt: skip
    books.receive(by=maker, on=on, fund=fund, amount=amount, reference=f"receive:{code}", memo="医疗救助资金到账")
    return fund


def make_medical_files(window: Any, number: int, on: date) -> None:
    """A hospital that was paid once and is owed a bill; ``number`` tells two windows apart."""
    hospital = make_hospital(window, on, f"第{number}定点医院")
    person = make_patient(window, name=f"病{'一二三四五'[number - 1]}人")
    fund = make_medical_fund(window.maker, 1_000_000, on, f"YL-{number}")
    make_bill(window, person, hospital, on, f"JS-{number}-1")
    made = actions.state_bills(by=window.approver, on=on, hospital=hospital, until=on)
    if number == 1:
        actions.pay_statement(by=window.maker, on=on, statement=made, fund_id=fund.pk)
    make_bill(window, person, hospital, on, f"JS-{number}-2", way=Way.OUTPATIENT, illness=Illness.CHRONIC, cost=30_000,
              covered=20_000, basic=10_000, serious=0)  # fmt: skip


def demo_medical(plan: DemoPlan) -> None:
    """One hospital with an agreement; a few people of two towns were settled, half of it is paid."""
    approver, maker = demo_actor("district", plan.on), demo_actor("maker", plan.on)
    with scoped(approver):
        place = organisations(plan.on, kind="hospital").first()
    if place is None:
        return
    agreement = {"agreement": f"峄医救〔{plan.on.year}〕1号", "since": plan.on - timedelta(days=300)}
    hospital = actions.designate(by=approver, on=plan.on, organisation_id=place.pk, **agreement)
    fund = make_medical_fund(maker, 5_000_000, plan.on - timedelta(days=60), f"YL-{plan.on.year}")
    _demo_funding(maker, plan)
    for ago in (40, 5):
        towns = [(demo_actor(f"town{index}", plan.on), f"{index}-{ago}") for index in (1, 2)]
        settled = sum(_demo_bills(town, hospital, plan.on - timedelta(days=ago), mark) for town, mark in towns)
        if ago == 40 and settled:
            day = plan.on - timedelta(days=30)
            made = actions.state_bills(by=approver, on=day, hospital=hospital, until=plan.on - timedelta(days=35))
            actions.pay_statement(by=maker, on=day, statement=made, fund_id=fund.pk)


def _demo_funding(maker: Actor, plan: DemoPlan) -> None:
    """Money of the year before, and lottery money beside the budget: so much for each person of the demo."""
    for code, kind, each, day in (
        ("YL-SN", FundKind.FISCAL, 420, plan.on.replace(year=plan.on.year - 1)),
        ("YL-FC", FundKind.LOTTERY, 150, plan.on - timedelta(days=90)),
    ):
        fund = books.open_fund(
            by=maker, on=day, code=code, name=f"城乡医疗救助{kind.zh}资金", kind=kind, level=FundLevel.DISTRICT, area=DISTRICT,
            purposes={GROUP: "医疗救助资金使用安排"},
        )  # fmt: skip
        amount = max(each * plan.people, 1)
        books.receive(by=maker, on=day, fund=fund, amount=amount, reference=f"receive:{code}", memo="医疗救助资金到账")


def _demo_bills(reviewer: Actor, hospital: Any, day: date, mark: str) -> int:
    """A stay and a visit; how many were settled (a small district may have nobody whom the law helps)."""
    with scoped(reviewer):
        people = [one for one in people_with_status("dibao", day).order_by("id")[:2] if queries.patient_of(one, day)]
    for number, person in enumerate(people):
        way, illness = ((Way.INPATIENT, Illness.MAJOR), (Way.OUTPATIENT, Illness.CHRONIC))[number]
        scale = 1 if way is Way.INPATIENT else 20
        actions.settle(
            by=reviewer, on=day, person_id=person.pk, hospital_id=hospital.pk, invoice=f"ZY{mark}-{number}", way=way,
            illness=illness, left_on=day, cost=900_000 // scale, covered=700_000 // scale, basic=400_000 // scale, serious=0,
        )  # fmt: skip
    return len(people)
