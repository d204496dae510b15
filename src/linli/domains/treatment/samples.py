"""Hospitals, rounds and patients, for tests and the demo, through the real actions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.domains.treatment import actions
from linli.domains.treatment.models import Patient, Round
from linli.domains.treatment.rules import GROUP, GROUP_ZH, PROJECTS, Bearer, Organiser
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, demo_actor, make_founders, make_staff
from linli.kernel.cases.actions import pass_step
from linli.kernel.cases.queries import case_by_id
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers.rules import FundKind, FundLevel
from linli.kernel.registry.actions import recognise_status, register_organisation
from linli.kernel.registry.queries import household_of, members_of, people_list, people_with_status
from linli.kernel.registry.samples import TOWNS, make_areas, make_household, make_person

DAY = date(2010, 10, 20)
COMMUNITY, TOWN = "370404001001", "370404001000"
HEART, SIGHT, LAZY_EYE = "heart", "sight", "lazy_eye"


@dataclass(frozen=True)
class Team:
    """Those who serve patients along the chain, and finance."""

    worker: Actor
    reviewer: Actor
    approver: Actor
    clerk: Actor
    maker: Actor


def make_team() -> Team:
    """One community, its town, and the district's offices."""
    founders = make_founders()
    make_areas(founders[0])
    people = {
        "worker": ("li", "李社工", Role.COMMUNITY_WORKER, COMMUNITY),
        "reviewer": ("zhao", "赵审核", Role.TOWN_REVIEWER, TOWN),
        "approver": ("wang", "王科长", Role.DISTRICT_APPROVER, DISTRICT),
        "clerk": ("fed", "吴善行", Role.FEDERATION_CLERK, DISTRICT),
        "maker": ("caijing", "钱会计", Role.FINANCE_MAKER, DISTRICT),
    }
    return Team(**{key: make_staff(*words, on=FIRST_DAY, founders=founders) for key, words in people.items()})


def make_hospital(worker: Actor, name: str = "峄城区人民医院", on: date = DAY) -> Any:
    """A hospital in the worker's community."""
    return register_organisation(by=worker, on=on, name=name, kind="hospital", area=worker.area)


def make_lottery_fund(clerk: Actor, amount: int, code: str = "FC-2010", on: date = DAY) -> Any:
    """Welfare lottery money that may be spent on medical help only."""
    books.open_purpose(by=clerk, on=on, key=GROUP, name=GROUP_ZH)
    fund = books.open_fund(
        by=clerk, on=on, code=code, name="福彩公益金（医疗康复）", kind=FundKind.LOTTERY, level=FundLevel.DISTRICT,
        area=DISTRICT, purposes={GROUP: "福彩公益金使用计划"},
    )  # fmt: skip
    books.receive(by=clerk, on=on, fund=fund, amount=amount, reference=f"receive:{code}", memo="福彩公益金到账")
    return fund


def make_round(
    clerk: Actor, hospital: Any, fund: Any = None, project: str = HEART, number: int = 1, on: date = DAY,
    organiser: Organiser = Organiser.FEDERATION,
) -> Round:  # fmt: skip
    """A round of the year, open until its end."""
    return actions.open_round(
        by=clerk, on=on, project=project, year=on.year, number=number, organiser=organiser, hospital=hospital.pk,
        opens_on=date(on.year, 1, 1), closes_on=date(on.year, 12, 31), fund=fund.pk if fund else None,
    )  # fmt: skip


def make_child(team: Team, name: str = "李小宝", birth: date = date(2004, 6, 1), status: str = "dibao") -> Any:
    """A child of a family that is recognised as this."""
    home = make_household(team.worker, names=("李大山",))
    child = make_person(team.worker, name=name, birth=birth)
    from linli.kernel.registry.actions import join_household

    join_household(by=team.worker, on=FIRST_DAY, household_id=home.pk, person_id=child.pk, kin="20")
    if status:
        grade = "urban" if status == "dibao" else ""
        words = {"kind": status, "grade": grade, "since": FIRST_DAY, "source": "sample"}
        recognise_status(by=team.worker, on=FIRST_DAY, person_id=home.head_id, **words)
    return child


def make_patient(team: Team, round: Round, person: Any, on: date = DAY, diagnosis: str = "") -> Patient:
    """A patient whom the worker recommended, the hospital's paper seen."""
    chosen = diagnosis or PROJECTS[round.project].diagnoses[0]
    return actions.recommend(by=team.worker, on=on, round=round, person_id=person.pk, diagnosis=chosen, diagnosed=True)


def carry(team: Any, patient: Patient, to: str = "granted", on: date = DAY) -> Patient:
    """Carry a recommendation along the chain up to a step ("review", "approval", "granted")."""
    steps = (("review", team.worker), ("approval", team.reviewer), ("granted", team.approver))
    for step, by in steps:
        with scoped(by):
            pass_step(by=by, on=on, case=case_by_id(patient.case_id), opinion="情况属实，同意。")
        if step == to:
            break
    with scoped(team.approver):
        patient.refresh_from_db()
    return patient


@dataclass(frozen=True)
class Chain:
    """The hands of one town in the demo."""

    worker: Actor
    reviewer: Actor
    approver: Actor


BILLS: dict[str, tuple[int, dict[Bearer, int]]] = {
    HEART: (38_600_00, {Bearer.INSURANCE: 10_200_00, Bearer.LOTTERY: 22_000_00, Bearer.HOSPITAL: 6_400_00}),
    SIGHT: (3_400_00, {Bearer.INSURANCE: 900_00, Bearer.LOTTERY: 2_000_00, Bearer.FAMILY: 500_00}),
    LAZY_EYE: (2_600_00, {Bearer.LOTTERY: 1_800_00, Bearer.HOSPITAL: 800_00}),
}
RED_CROSS_BILL = (41_000_00, {Bearer.INSURANCE: 11_000_00, Bearer.HOSPITAL: 30_000_00})


def demo_treatment(plan: DemoPlan) -> None:
    """Four rounds: free operations of the federation and of the Red Cross, sight regained, children with weak eyes."""
    clerk, approver = demo_actor("federation", plan.on), demo_actor("district", plan.on)
    chains = [
        Chain(demo_actor(f"worker{index}", plan.on), demo_actor(f"town{index}", plan.on), approver)
        for index in range(1, len(TOWNS) + 1)
    ]
    opened = plan.on - timedelta(days=80)
    hospital = make_hospital(chains[0].worker, on=opened)
    city = make_hospital(chains[1].worker, "枣庄市立医院", opened)
    fund = make_lottery_fund(clerk, 80_000_000, f"FC-{opened.year}", opened)
    words = {"on": opened, "organiser": Organiser.JOINT}
    rounds = (
        (make_round(clerk, city, None, HEART, 1, opened, Organiser.RED_CROSS), RED_CROSS_BILL, 2),
        (make_round(clerk, city, fund, HEART, 1, opened), BILLS[HEART], 6),
        (make_round(clerk, hospital, fund, SIGHT, 3, **words), BILLS[SIGHT], 11),
        (make_round(clerk, hospital, fund, LAZY_EYE, 1, opened), BILLS[LAZY_EYE], 9),
    )
    taken: set[int] = set()
    for done, (round, bill, count) in enumerate(rounds):
        plan.tell("医疗康复救助", done, len(rounds))
        _fill(clerk, chains, round, bill, count, taken, opened)


def _fill(
    clerk: Actor, chains: list[Chain], round: Round, bill: tuple[int, Mapping[Bearer, int]], count: int, taken: set[int],
    opened: date,
) -> None:  # fmt: skip
    """Patients of all towns in turn; the last two of a round are still on their way."""
    candidates = [(chain, person) for chain in chains for person in _people(chain.worker, round.project, opened)]
    by_turn = sorted(enumerate(candidates), key=lambda item: (item[0] % 5, item[0]))
    chosen: list[tuple[Chain, int]] = []
    for _, (chain, person) in by_turn:
        if person not in taken and len(chosen) < count:
            taken.add(person)
            chosen.append((chain, person))
    for number, (chain, person) in enumerate(chosen):
        day = opened + timedelta(days=5 + number)
        diagnoses = PROJECTS[round.project].diagnoses
        one = actions.recommend(
            by=chain.worker, on=day, round=round, person_id=person, diagnosis=diagnoses[number % len(diagnoses)], diagnosed=True
        )
        late = number >= len(chosen) - 2 and count > 2
        one = carry(chain, one, "approval" if late and number % 2 else "granted", day + timedelta(days=3))
        if not late:
            cost, shares = bill
            treated = day + timedelta(days=20)
            actions.enter_bill(
                by=clerk, on=treated, patient=one, treated_on=treated, cost=cost, shares=shares, result="术后恢复良好"
            )


def _people(worker: Actor, project: str, on: date) -> list[int]:
    """People of the worker's community whom the project can help, a few."""
    with scoped(worker):
        if project == HEART:
            poor = people_with_status("dibao", on).order_by("id")[:60]
            homes = {home.pk: home for person in poor if (home := household_of(person, on))}
            members = [person for home in homes.values() for person in members_of(home, on)]
            return [person.pk for person in members if on.year - person.birth.year < 16 and person.died_on is None][:6]
        ages = (65, 85) if project == SIGHT else (5, 12)
        return list(people_list(on=on, age_from=ages[0], age_to=ages[1]).order_by("id").values_list("pk", flat=True)[:6])
