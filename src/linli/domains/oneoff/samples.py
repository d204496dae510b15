"""Rounds of a one-off subsidy for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from linli.domains.oneoff import actions
from linli.domains.oneoff.rules import PURPOSE, PURPOSE_ZH, Occasion, Register
from linli.kernel.access.rules import Actor, DemoPlan, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, demo_actor, make_founders, make_staff
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers.rules import FundKind, FundLevel
from linli.kernel.registry.actions import recognise_status
from linli.kernel.registry.samples import make_areas, make_person

DAY = date(2011, 1, 24)
AMOUNTS = {Register.TEKUN: 20_000, Register.DIBAO: 10_000, Register.VETERAN: 15_000}
GRADES = {"tekun": "home", "dibao": "rural", "veteran": "martyr"}


@dataclass(frozen=True)
class Bureau:
    """The people around a one-off subsidy."""

    worker: Actor
    approver: Actor
    maker: Actor
    checker: Actor


def make_bureau() -> Bureau:
    """A community, the district's approver, finance and its second person."""
    founders = make_founders()
    make_areas(founders[0])
    people = {
        "worker": ("li", "李社工", Role.COMMUNITY_WORKER, "370404001001"),
        "approver": ("wang", "王科长", Role.DISTRICT_APPROVER, DISTRICT),
        "maker": ("caijing", "钱会计", Role.FINANCE_MAKER, DISTRICT),
        "checker": ("fuhe", "孙复核", Role.FINANCE_CHECKER, DISTRICT),
    }
    return Bureau(**{key: make_staff(*words, on=FIRST_DAY, founders=founders) for key, words in people.items()})


def make_holder(bureau: Any, name: str, *kinds: str) -> Any:
    """Somebody who stands in these registers."""
    person = make_person(bureau.worker, name=name)
    for kind in kinds:
        words = {"kind": kind, "grade": GRADES[kind], "since": FIRST_DAY, "source": "sample"}
        recognise_status(by=bureau.worker, on=DAY, person_id=person.pk, **words)
    return person


def make_subsidy_fund(maker: Actor, amount: int = 10_000_000, on: date = DAY, code: str = "CJ-1") -> Any:
    """Money of the budget for one-off subsidies only."""
    books.open_purpose(by=maker, on=on, key=PURPOSE, name=PURPOSE_ZH)
    fund = books.open_fund(
        by=maker, on=on, code=code, name="春节补贴资金", kind=FundKind.FISCAL, level=FundLevel.DISTRICT, area=DISTRICT,
        purposes={PURPOSE: "财政预算"},
    )  # fmt: skip
    books.receive(by=maker, on=on, fund=fund, amount=amount, reference=f"receive:{code}", memo="补贴资金到账")
    return fund


def make_subsidy_round(bureau: Any, on: date = DAY, occasion: Occasion = Occasion.SPRING, title: str = "2011年春节补贴") -> Any:
    """A list of everybody in the three registers."""
    return actions.draft_round(by=bureau.approver, on=on, title=title, occasion=occasion, year=on.year, amounts=AMOUNTS)


def make_oneoff_files(bureau: Any, number: int, on: date) -> Any:
    """A list that waits for the second person, or for finance; ``number`` tells two bureaus apart."""
    make_holder(bureau, f"补{'一二三四五'[number - 1]}贴", "dibao")
    one = make_subsidy_round(bureau, on, Occasion.OTHER, f"第{number}批补贴")
    make_subsidy_fund(bureau.maker, 1_000_000, on, f"CJ-{number}")
    return one


def demo_oneoff(plan: DemoPlan) -> None:
    """The list of the coming Spring Festival, looked through by the second person; finance has the fund."""
    by, checker, maker = (demo_actor(one, plan.on) for one in ("district", "checker", "maker"))
    day, year = plan.on - timedelta(days=3), plan.on.year + 1
    words = {"title": f"{year}年春节一次性生活补贴", "occasion": Occasion.SPRING, "year": year, "amounts": AMOUNTS}
    one = actions.draft_round(by=by, on=day, **words)
    actions.confirm_round(by=checker, on=plan.on - timedelta(days=1), round=one, count=one.count, amount=one.amount)
    make_subsidy_fund(maker, one.amount, day, f"CJ-{year}")
