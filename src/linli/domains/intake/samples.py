"""Made-up requests over the network, through the public's own doors."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from linli.domains.intake import actions, queries
from linli.domains.intake.models import Client
from linli.domains.intake.rules import PostKind
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Actor, DemoPlan
from linli.kernel.access.samples import DISTRICT, demo_actor
from linli.kernel.orders.samples import COMMUNITY, moment

PHONE = "13906320071"
WORDS: dict[str, Any] = {
    "name": "田晓光", "phone": PHONE, "text": "三号楼门口的路灯三天没有亮了，老人晚上出门不安全。", "category": "402010",
    "place": COMMUNITY, "where": "和平路12号院",
}  # fmt: skip
SAID = (
    ("402020", "小区门口的井盖没有了，晚上看不见，请尽快盖上。", "朱晓梅"),
    ("104010", "母亲八十二岁，一个人在家，中午想订送餐。", "严国庆"),
    ("201010", "低保要带哪些材料，可以先在网上问一下吗？", "葛秀兰"),
    ("403030", "楼下歌厅夜里两点还在唱，睡不着觉。", "田晓光"),
)


def make_post(at: datetime, **words: Any) -> actions.Sent:
    """A resident sends a request."""
    return actions.send(at=at, **({"address": "10.9.8.7"} | WORDS | words))


def receive_all(at: datetime, area: str = DISTRICT) -> None:
    """The machine takes in what waits."""
    by = machine_actor("intake.receive", area)
    with scoped(by):
        waiting = list(queries.waiting().values_list("pk", flat=True))
    for post_id in waiting:
        actions.receive_post(by=by, at=at, post_id=post_id)


def make_client(by: Actor, on: date, name: str = "市政府热线平台") -> tuple[Client, str]:
    """A program and its key."""
    return actions.issue_client(by=by, on=on, name=name, contact="值班室", per_hour=600)


def demo_intake(plan: DemoPlan) -> None:
    """Some requests of the last days, an addition to one, and the key of the city's platform."""
    place = demo_actor("worker1", plan.on).area
    for turn, (category, text, name) in enumerate(SAID):
        at = moment(plan.on - timedelta(days=turn), 7)
        words = {"category": category, "text": text, "name": name, "phone": f"1390632008{turn}", "place": place}
        sent = make_post(at, address="", using="default", **words)
        if turn == 1:
            added = {"text": "老人不能吃辣，请注意。"}
            actions.add(
                at=at, address="", number=sent.number, secret=sent.code, kind=PostKind.MORE, words=added, using="default"
            )
    for _ in range(2):  # what was added waits until its request is an order
        receive_all(moment(plan.on, 8), f"{place[:6]}000000")
    make_client(demo_actor("sys", plan.on), plan.on)
