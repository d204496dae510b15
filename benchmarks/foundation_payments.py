"""A batch of payment orders with all checks against plain INSERT … SELECT with row-wise foreign keys.

Both start from the same list in Python, copy it to the server and end in one commit. The product judges payees, purposes and
shares, reserves the money from two funds (量入为出), posts balanced double entry and leaves an audit line; the rival copies
the same orders and the same two lines for each share into tables that have row-wise foreign keys, a unique reference and
CHECKs, and judges nothing else. Goal: no slower (ratio rival / product >= 1; 4 as a stretch).
"""

from __future__ import annotations

import argparse
import time
from datetime import date

import common

DAY = date(2010, 12, 20)


def main() -> int:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--orders", type=int, default=100_000)
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--payees", type=int, default=2_000)
    given = words.parse_args()
    common.prepare()
    try:
        return 0 if run(given.orders, given.rounds, given.payees) else 1
    finally:
        common.clean_up()


def run(count: int, rounds: int, many: int) -> bool:
    from linli.kernel.ledgers.actions import order_payments
    from linli.kernel.ledgers.rules import OrderRow
    from linli.kernel.ledgers.samples import make_desk, make_fund, make_payees

    payees = make_payees(many)
    desk = make_desk()
    plenty = count * rounds * 100_000
    funds = [make_fund(desk.maker, amount=plenty, code=f"B-{number}", name=f"资金{number}") for number in (1, 2)]
    rounds_done = {"linli": 0, "plain": 0}
    with common.superuser() as connection:
        _rival_tables(connection)
        connection.execute("vacuum analyze")

        def product() -> float:
            rounds_done["linli"] += 1
            rows = [
                OrderRow(
                    f"bench:{rounds_done['linli']}:{number}", 50_000, "aid.warmth",
                    ((funds[0].pk, 30_000), (funds[1].pk, 20_000)),
                    payee.name, payee.area, person=payee.person, account=payee.account,
                )
                for number in range(count) for payee in [payees[number % len(payees)]]
            ]  # fmt: skip
            began = time.perf_counter()
            ordered = order_payments(by=desk.approver, on=DAY, rows=rows)
            took = time.perf_counter() - began
            assert ordered.made == count
            return took

        def plain() -> float:
            rounds_done["plain"] += 1
            rows = [
                (f"plain:{rounds_done['plain']}:{number}", 50_000, payees[number % len(payees)], funds)
                for number in range(count)
            ]
            return _rival(connection, rows)

        times = common.interleave(rounds, {"plain": plain, "linli": product})
        _same_books(connection, count * rounds)
    words = f"plain INSERT … SELECT / linli, {count:,} orders for {many:,} payees"
    return common.show_ratio(words, times["plain"], times["linli"], ">= 1") >= 1


def _rival_tables(connection) -> None:
    connection.execute("""
        create table rival_order (
            id bigserial primary key, source text not null unique, amount bigint not null check (amount > 0),
            purpose varchar references ledgers_purpose, payee text not null, area text not null,
            person bigint not null references registry_person, account bigint references registry_bankaccount);
        create table rival_line (
            id bigserial primary key, rival_order bigint not null references rival_order,
            account bigint not null references ledgers_account, fund bigint not null references ledgers_fund,
            amount bigint not null check (amount <> 0));
        create index on rival_line (rival_order)""")


def _rival(connection, rows) -> float:
    """COPY to a temporary table, then orders and lines by INSERT … SELECT, in one transaction."""
    began = time.perf_counter()
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("create temporary table fresh (source text, amount bigint, payee text, area text, person bigint, "
                       "account bigint, first bigint, second bigint) on commit drop")  # fmt: skip
        with cursor.copy("copy fresh from stdin") as into:
            for source, amount, payee, funds in rows:
                into.write_row((source, amount, payee.name, payee.area, payee.person, payee.account, funds[0].pk, funds[1].pk))
        cursor.execute(
            "insert into rival_order (source, amount, purpose, payee, area, person, account) "
            "select source, amount, 'aid.warmth', payee, area, person, account from fresh"
        )
        cursor.execute(
            "insert into rival_line (rival_order, account, fund, amount) "
            "select o.id, a.id, part.fund, side.sign * part.amount from fresh f join rival_order o using (source) "
            "cross join lateral (values (f.first, 30000), (f.second, 20000)) as part(fund, amount) "
            "cross join (values (1), (-1)) as side(sign) cross join (select min(id) as id from ledgers_account) a"
        )
    return time.perf_counter() - began


def _same_books(connection, count: int) -> None:
    """Both sides hold as many orders, lines and fen, before any time counts."""
    for table, line in (("ledgers_paymentorder", "ledgers_line"), ("rival_order", "rival_line")):
        orders = connection.execute(f"select count(*), sum(amount) from {table}").fetchone()
        assert orders == (count, count * 50_000), (table, orders)
        where = " where order_id is not null" if line == "ledgers_line" else ""
        lines = connection.execute(f"select count(*), sum(amount), sum(abs(amount)) from {line}{where}").fetchone()
        assert lines == (4 * count, 0, 2 * count * 50_000), (line, lines)


if __name__ == "__main__":
    raise SystemExit(main())
