"""Applications that came over the network, for tests and the demo, through the public's own function."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from linli.domains.assistance import actions, queries
from linli.domains.assistance.actions import Sent
from linli.domains.assistance.models import Member, Wish
from linli.domains.assistance.rules.wishes import Decline
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, DemoPlan
from linli.kernel.access.samples import demo_actor
from linli.kernel.registry.queries import clear_number, household_of, people_list
from linli.kernel.registry.samples import make_number

PHONE = "13906320077"
SAID = "去年查出肺病，干不了重活，药费一个月八百多，家里只有我一个人挣钱。"
IN_THE_DEMO = (
    (2, "我和老伴都六十多了，没有退休金，地也种不动了。", "", ""),
    (1, "母亲瘫在床上，我走不开去打工，去年一年只挣了四千块。", "田晓光", "邻居"),
    (0, "孩子上高中，我的腰伤了，这半年没有收入。", "", ""),
)
"""How many days before the demo's day, the words, and who speaks for the family with which tie."""


def make_wish(by: Actor, identity: str, on: date, using: str = "default", **words: Any) -> tuple[Wish, Sent]:
    """Somebody of this community applies over the network."""
    told: dict[str, Any] = {"name": "李国强", "phone": PHONE, "place": by.area, "home": "向阳巷8号", "text": SAID}
    sent = actions.ask_on_web(on=on, identity=identity, using=using, **told | words)
    with scoped(by):
        return queries.wishes(words=sent.number).get(), sent


def demo_online(plan: DemoPlan) -> None:
    """Three families of the first community wait; one whom nobody knows; one was told that it stands in another application."""
    worker = demo_actor("worker1", plan.on)
    for serial, (head, (ago, text, agent, tie)) in enumerate(zip(_heads(worker, plan.on), IN_THE_DEMO, strict=False)):
        name, number, home = head
        make_wish(
            worker, number, plan.on - timedelta(days=ago), name=name, home=home, text=text, agent=agent, agent_tie=tie,
            phone=f"1390632010{serial}",
        )  # fmt: skip
    stranger = make_number(date(1958, 3, 6), "2")
    said = "丈夫去世，我刚搬来和妹妹住，没有收入。"
    make_wish(worker, stranger, plan.on, name="窦素云", home="光明路15号平房", text=said, phone="13906320110")
    former, again = plan.on - timedelta(days=3), make_number(date(1966, 8, 2))
    declined, _ = make_wish(worker, again, former, name="乔大勇", phone="13906320111")
    actions.decline_wish(
        by=worker, on=plan.on - timedelta(days=2), wish=declined, reason=Decline.OTHER,
        said="您爱人上个月已经申请，一户只申请一次。", ask="和顺社区居委会 0632-7710101",
    )  # fmt: skip


def _heads(worker: Actor, on: date) -> list[tuple[str, str, str]]:
    """Name, number and address of grown people of this community who stand in no application and have a household."""
    with scoped(worker):
        busy = set(Member.objects.filter(live=True, counted=True, replaced_on=None).values_list("person", flat=True))
        people = people_list(on=on).filter(birth__lt=date(on.year - 45, 1, 1)).exclude(pk__in=busy).order_by("id")[:40]
        known = [(one.name, clear_number(one), one.address) for one in people if one.number_sealed and household_of(one, on)]
    return known[: len(IN_THE_DEMO)]
