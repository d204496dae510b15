"""A town to which everything happened that can become of an entitlement, for tests of runs."""

from __future__ import annotations

from datetime import date

import numpy as np

from linli.base.areas import WHOLE
from linli.base.reasons import Reason
from linli.kernel.access.actions import scoped
from linli.kernel.entitlements import actions
from linli.kernel.entitlements.models import Entitlement, Run
from linli.kernel.entitlements.rules import Asked, Basis, Component, Ground, Programme, Reckoned, Unit
from linli.kernel.entitlements.samples import LIVING, MONTH, make_entitlement, make_funding, make_month, make_payee, make_why
from linli.kernel.ledgers.actions import cancel_order, discard_batch
from linli.kernel.ledgers.models import PaymentOrder
from linli.kernel.registry.actions import merge_persons, record_death
from linli.kernel.registry.models import Household
from linli.kernel.registry.samples import make_household, make_person

DAY, JANUARY = date(2010, 12, 5), date(2011, 1, 1)
SPRING = {"basis": Basis.OCCASION, "component": "spring", "each": 100_00, "per_person": True, "paper": "峄民〔2010〕20号"}


def reckon(asked: Asked) -> Reckoned:
    """By household, whatever is asked with it, and each month by turns: more, less, nothing, or nothing is known."""
    first = Household.objects.order_by("pk").values_list("pk", flat=True)[0]
    kind = (asked.households - first + asked.month.month) % 4
    return Reckoned({"basic": np.select([kind == 0, kind == 1], [350_00, 90_00], 0)}, kind.astype("i8"), known=kind != 3)


RECKONED = Programme(
    LIVING.key, LIVING.zh, LIVING.components, LIVING.unit, LIVING.basis, LIVING.purpose, calculator=f"{__name__}.reckon",
    grades=LIVING.grades, reasons=(Reason("standard", "标准提高", "《示例办法》第五条"),), cuts=True,
)  # fmt: skip
ELDER = Programme(
    "sample_old", "示例津贴", (Component("allowance", "津贴"), Component("spring", "春节补助", occasional=True)), Unit.PERSON,
    "《示例办法》第十二条", purpose="sample.old",
)  # fmt: skip


def home_of(office, name, worker=None, banked=True):
    home = make_household(worker or office.worker, names=(name, f"{name[0]}妻"))
    if banked:
        make_payee(worker or office.worker, home.head_id)
    return home


def town_of_all_kinds(office) -> None:
    """December is paid; then everything that can become of an entitlement became of one."""
    make_funding(office.maker)
    act, why = {"by": office.approver, "on": DAY}, make_why
    names = ("张一", "王二", "陈三", "李四", "吴五", "孙六", "钱七", "周八", "郑九", "冯十", "褚十一", "卫十二")
    homes = [home_of(office, name, banked=name != "周八") for name in names]
    homes.append(home_of(office, "外镇", worker=office.neighbour))
    twin = make_person(office.worker, name="张一", no_number_reason="lost")
    rows = [make_entitlement(by=office.approver, household=home, amounts={"basic": 300_00 + n}) for n, home in enumerate(homes)]
    make_entitlement(by=office.approver, household=home_of(office, "双份"), covered=[twin.pk])
    run = make_month(office.maker, office.approver)
    discard_batch(by=office.maker, on=DAY, batch=run.batch, reason="账户有误")
    with scoped(WHOLE):
        order = PaymentOrder.objects.get(person=rows[0].payee_id)
    cancel_order(by=office.approver, on=DAY, order=order, reason="重新核对")

    def fresh(place):
        with scoped(WHOLE):
            return Entitlement.objects.get(pk=rows[place].pk)

    actions.change(**act, entitlement=fresh(1), since=MONTH, amounts={"basic": 90_00, "category": 5_00}, why=why(Ground.MENDED))
    actions.change(**act, entitlement=fresh(2), since=JANUARY, amounts={"basic": 400_00}, why=why(Ground.INCOME))
    actions.end(**act, entitlement=fresh(3), since=JANUARY, why=why(Ground.OWN_WISH))
    actions.suspend(by=office.reviewer, on=DAY, entitlement=fresh(4), since=JANUARY, why=why(Ground.UNREACHABLE))
    record_death(by=office.worker, on=DAY, person_id=homes[5].head_id, day=date(2010, 12, 2))
    stranger = make_person(office.worker, name="路人")
    make_payee(office.worker, stranger.pk)
    actions.change(**act, entitlement=fresh(6), since=JANUARY, payee_id=stranger.pk, proxy="协议第3号", why=why(Ground.OTHER))
    make_entitlement(by=office.approver, household=home_of(office, "新一"), since=JANUARY)
    make_entitlement(by=office.approver, household=home_of(office, "新二"), since=JANUARY, payee_id=stranger.pk)
    merge_persons(by=office.reviewer, on=DAY, survivor_id=homes[0].head_id, merged_id=twin.pk)
    merged = home_of(office, "并档", banked=False)  # whose account stands with the record that survives, far from the others
    make_entitlement(by=office.approver, household=merged, since=JANUARY)
    survivor = make_person(office.worker, name="并档", no_number_reason="lost")
    make_payee(office.worker, survivor.pk)
    merge_persons(by=office.reviewer, on=DAY, survivor_id=survivor.pk, merged_id=merged.head_id)


def waiting(office, **words) -> Run:
    return actions.open_run(by=office.maker, on=DAY, **({"programme": "sample_living", "month": JANUARY} | words))
