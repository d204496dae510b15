"""The record of all aid on other days' boundaries: a delivery lies where the row that it stands for lay."""

from __future__ import annotations

from datetime import date

from linli.kernel.access.actions import scoped
from linli.kernel.access.samples import make_founders
from linli.kernel.figures.queries import broken_down, figure
from linli.kernel.figures.rules import Period
from linli.kernel.ledgers.actions import open_purpose, order_payment
from linli.kernel.ledgers.samples import make_desk, make_fund, make_payees
from linli.kernel.registry.actions import merge_areas
from linli.kernel.registry.rules import NewArea
from linli.kernel.registry.samples import make_areas

DAY, CHANGE, LATER = date(2010, 6, 1), date(2010, 9, 1), date(2010, 12, 1)
HERE, NEXT, NEW = "370404001001", "370404001002", "370404001051"
TOWN = "370404001000"


def test_aid_given_before_a_merger_is_shown_where_it_was_given(db):
    system, _ = make_founders()
    make_areas(system)
    desk = make_desk()
    payee = make_payees(1, area=HERE)[0]
    fund = make_fund(desk.maker, amount=1_000_000)
    open_purpose(by=desk.maker, on=DAY, key="relief.aid", name="临时救助")
    order_payment(
        by=desk.maker, on=DAY, source="relief.request:1", amount=30_000, purpose="relief.aid", shares={fund.pk: 30_000},
        payee=payee.name, area=payee.area, person=payee.person, account=payee.account,
    )  # fmt: skip
    merge_areas(by=system, on=CHANGE, olds=[HERE, NEXT], new=NewArea(NEW, "和泰社区", "community"))
    with scoped(desk.maker):
        then, now = (_by_community(day) for day in (date(2010, 8, 31), LATER))
    assert then[HERE] == 30_000 and NEW not in then
    assert now[NEW] == 30_000 and HERE not in now


def _by_community(last: date) -> dict[str, int]:
    cells = broken_down(figure("coordination.money"), Period(DAY, last, "期"), TOWN, "community")
    return {cell.key: cell.value for cell in cells}
