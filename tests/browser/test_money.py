"""The pages of money with money in them: accessible, no wider than the window, and on paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from linli.base.areas import WHOLE
from linli.gateways import bank
from linli.kernel.access.actions import scoped
from linli.kernel.ledgers import actions, queries
from linli.kernel.ledgers.samples import make_desk, make_fund, make_locked_batch, make_orders, make_payees, order_row

DAY = date(2010, 12, 20)


@pytest.fixture
def pages(site: str) -> list[str]:
    """A batch that came back with a failed line, a recovery, a batch that waits; the pages that show them."""
    desk = make_desk()
    fund = make_fund(desk.maker, amount=300_000_00)
    town = make_fund(desk.maker, amount=200_000_00, code="GS-2010-01", name="古邵镇慈善分会", area="370404100000")
    payees = make_payees(9)
    rows = [order_row(payee, f"aid.grant:{payee.person}", (fund, 300_00), (town, 200_00)) for payee in payees]
    actions.order_payments(by=desk.approver, on=DAY, rows=rows)
    with scoped(WHOLE):
        orders = list(queries.orders().order_by("id"))
    batch = make_locked_batch(desk, orders[:6])
    file = actions.send_batch(by=desk.maker, on=DAY, batch=batch)
    layout = bank.layouts()["bar_utf8"]
    results = tuple(
        bank.Result(n, n, line.reference, line.account, line.amount, n != 2, "1002" if n == 2 else "0000", "")
        for n, line in enumerate(bank.read_batch(layout, file.content).payments, 1)
    )
    content = bank.write_return(layout, bank.Return(batch.number, batch.made_on, results))
    actions.settle_return(by=desk.maker, on=DAY, batch=batch, name="return-P2010-001.txt", content=content)
    recovery = actions.recover(by=desk.approver, on=DAY, order=orders[0], reason="家庭收入不符合条件")
    waiting = actions.make_batch(by=desk.maker, on=DAY, number="P2010-002", item="情暖万家", orders=[o.pk for o in orders[6:8]])
    make_orders(desk, fund, make_payees(2, area="370404101201", banked=False))
    with scoped(WHOLE):
        posting = queries.lines_of(source=f"ledgers.batch:{batch.pk}")[0].posting_id
        line = queries.mend_list()[0].pk
    return [
        "funds/", f"funds/{fund.pk}/", f"funds/{fund.pk}/receive/", "books/", f"postings/{posting}/", "orders/",
        f"orders/{orders[0].pk}/", f"orders/{orders[8].pk}/cancel/", f"orders/batch/?ids={orders[8].pk}", "batches/",
        f"batches/{batch.pk}/", f"batches/{waiting.pk}/", f"batches/{waiting.pk}/discard/", f"batches/{waiting.pk}/sheet/",
        "mending/", f"mending/{line}/", "recoveries/", f"recoveries/{recovery.pk}/",
    ]  # fmt: skip


def test_the_pages_of_money_are_accessible_and_fit(visit: Any, pages: list[str]) -> None:
    for size in ("desktop", "phone"):
        window = visit("caijing", size=size)
        for path in pages:
            assert window.go(f"/ledgers/{path}").status == 200, path
            window.settle()
            window.picture(f"money-{path.split('?')[0].strip('/').replace('/', '-')}-{size}")
            assert window.faults() == [], path
            assert window.too_wide() <= 0, f"{path} is wider than the window"
            assert window.said == [], path


def test_the_checker_sees_the_next_step_only(visit: Any, pages: list[str]) -> None:
    window = visit("fuhe")
    window.go(f"/ledgers/{pages[11]}")
    assert window.page.get_by_role("link", name="复核", exact=True).count() == 1
    assert window.page.get_by_role("link", name="作废", exact=True).count() == 0
    window.page.get_by_role("link", name="复核", exact=True).click()
    window.picture("money-check-desktop")
    window.page.get_by_label("核对笔数").fill("2")
    window.page.get_by_label("核对金额").fill("1000")
    window.page.get_by_role("button", name="复核无误").click()
    window.page.get_by_role("button", name="锁定", exact=True).click()
    assert window.page.get_by_text("已锁定，可以送银行").is_visible()
    assert window.faults() == []
