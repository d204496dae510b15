"""What the pages of a crowd cost the database: so many statements, however many orders there are."""

from __future__ import annotations

from datetime import UTC

from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.domains.hotline.queries.tasks import desk_tasks
from linli.kernel.access.actions import scoped
from linli.kernel.orders.models import Order
from linli.kernel.orders.samples import COMMUNITY, DAY, make_order

FRAME = 3  # the session, the account and its posts


def statements(walker: Walker, ask) -> int:
    """What it costs the second time, without what opens and closes a transaction."""
    ask(walker)
    with CaptureQueriesContext(connection) as sent:
        ask(walker)
    marks = ("SAVEPOINT", "RELEASE", "select set_config", "begin", "COMMIT")
    return sum(1 for one in sent if not one["sql"].startswith(marks))


def test_the_pages_of_a_call_cost_no_more_statements_than_they_need(centre):
    order = make_order(centre.operator, place=COMMUNITY)
    Walker("ming").open("/hotline/extension/").send("登录", number="8001")
    words = {"act": "find", "find": "13805471234", "category": "401010", "place": COMMUNITY}
    asks = {
        "console": (7, lambda walker: walker.open("/hotline/")),
        "caller": (13, lambda walker: walker.client.post("/hotline/", words)),
        "order": (10, lambda walker: walker.open(f"/hotline/orders/{order.pk}/")),
        "orders": (7, lambda walker: walker.open("/hotline/orders/")),
    }
    cost = {name: statements(Walker("ming"), ask) for name, (_, ask) in asks.items()}
    assert {name: count for name, count in cost.items() if count > FRAME + asks[name][0]} == {}, cost


def test_the_workbench_reads_of_an_order_only_what_its_line_says(centre):
    make_order(centre.operator, place=COMMUNITY, category="303010", text="楼上夜里很吵。")
    for by in (centre.worker, centre.operator):
        with scoped(by), CaptureQueriesContext(connection) as sent:
            lines = desk_tasks(by, DAY, "waiting")
        read = [one["sql"] for one in sent if one["sql"].startswith('SELECT "orders_order"."id"')]
        assert read and not any("phone_sealed" in one or "content_sealed" in one for one in read)
        assert by is not centre.worker or lines


def test_moments_come_as_the_driver_reads_them_in_their_zone(centre):
    order = make_order(centre.operator, place=COMMUNITY)
    with scoped(WHOLE):
        assert Order.objects.get(pk=order.pk).received_at.tzinfo is UTC
    assert connection.connection.adapters.get_loader(1184, 0).__module__.startswith("psycopg")
