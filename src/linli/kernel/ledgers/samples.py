"""Made-up funds and money for tests and the demo, through the real actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from linli.kernel.access.rules import Actor, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.ledgers.actions import open_fund, open_purpose, receive
from linli.kernel.ledgers.models import Fund
from linli.kernel.ledgers.rules import FundKind, FundLevel

PURPOSES = {"aid.warmth": "情暖万家", "aid.illness": "大病救助", "office.cost": "管理费用"}


@dataclass(frozen=True)
class Desk:
    """The people who handle money in one organisation."""

    maker: Actor
    checker: Actor
    approver: Actor


def make_desk(area: str = DISTRICT, on: date = FIRST_DAY) -> Desk:
    """A finance maker, a finance checker and (in the district) an approver, with their posts."""
    founders = make_founders()
    mark = "" if area == DISTRICT else area[6:9]
    people = {
        "maker": (f"caijing{mark}", "财经办", Role.FINANCE_MAKER, area),
        "checker": (f"fuhe{mark}", "财复核", Role.FINANCE_CHECKER, area),
        "approver": (f"shenpi{mark}", "区审批", Role.DISTRICT_APPROVER, DISTRICT),
    }
    made = {key: make_staff(username, name, role, at, on, founders) for key, (username, name, role, at) in people.items()}
    return Desk(**made)


def make_purposes(by: Actor, on: date = FIRST_DAY) -> None:
    """The purposes that the samples spend on."""
    for key, name in PURPOSES.items():
        open_purpose(by=by, on=on, key=key, name=name)


def make_fund(
    by: Actor, *, amount: int = 0, code: str = "JZ-2010-01", name: str = "慈心一日捐", area: str = DISTRICT, on: date = FIRST_DAY,
    kind: FundKind = FundKind.DONATION, level: FundLevel = FundLevel.DISTRICT, purposes: tuple[str, ...] | None = None,
) -> Fund:  # fmt: skip
    """A fund with ``amount`` fen received; restricted when purposes are given."""
    make_purposes(by, on)
    limits = None if purposes is None else {key: "捐赠协议第 1 号" for key in purposes}
    fund = open_fund(by=by, on=on, code=code, name=name, kind=kind, level=level, area=area, purposes=limits)
    if amount:
        receive(by=by, on=on, fund=fund, amount=amount, reference=f"receive:{code}", memo=f"{name}到账")
    return fund
