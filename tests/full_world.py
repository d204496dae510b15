"""A district in which every table that lies in an area has rows in both towns, all but their place by the real actions."""

from __future__ import annotations

from base64 import b64decode
from datetime import date, timedelta
from typing import Any

from django.db import models

from linli.base.areas import WHOLE
from linli.domains.charity import actions as charity
from linli.domains.charity.models import Application
from linli.domains.charity.samples import DAY, TOWN, Office
from linli.domains.fundraising import actions as giving
from linli.domains.fundraising.models import Campaign as Fundraising
from linli.domains.fundraising.models import Gift
from linli.gateways import bank
from linli.kernel.access.actions import scoped
from linli.kernel.access.actions.secure import guarded_models
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_staff
from linli.kernel.duties.actions import ask_swap, set_roster
from linli.kernel.duties.actions import plan as plan_duties
from linli.kernel.duties.models import Shift
from linli.kernel.duties.samples import WATCH
from linli.kernel.figures.actions import set_target, sign_report
from linli.kernel.figures.models import Report
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers import queries
from linli.kernel.ledgers.models import Batch
from linli.kernel.ledgers.rules import Receiver
from linli.kernel.ledgers.samples import Desk, make_fund, make_orders, make_payees
from linli.kernel.publicity.actions import add_proof, receive_objection
from linli.kernel.publicity.models import Notice
from linli.kernel.records.samples import make_file_of, make_lecture
from linli.kernel.registry.actions import add_rooms, propose_duplicates, register_organisation, register_place
from linli.kernel.registry.queries import people
from linli.kernel.registry.samples import make_person
from linli.kernel.registry.samples.population import make_population
from linli.kernel.registry.samples.rosters import Home, load_roster, spoil
from tests.world import OTHER_TOWN, make_world

PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
LAYOUT = bank.layouts()["bar_utf8"]
LATER = DAY + timedelta(days=20)


def scoped_tables() -> list[type[models.Model]]:
    """Every table whose rows lie in an area."""
    return [model for model in guarded_models() if any(field.name == "area" for field in model._meta.local_fields)]


def make_full_world() -> tuple[Office, Office]:
    """Two towns with rows in every table that a town may have."""
    here, there = make_world()
    for number, office in enumerate((here, there), 1):
        _people(office, number)
        _shown(office)
    _aid(here)
    _gifts(here)
    _goods(here, there)
    plan_duties(by=machine_actor("duties.plan", DISTRICT), on=LATER)
    for number, office in enumerate((here, there), 1):
        _duties(office, number)
    _money(here)
    return here, there


def _people(office: Office, number: int) -> None:
    for name in ("李小明", "李晓明"):
        extra = {"no_number_reason": "lost"} if name == "李晓明" else {}
        make_person(office.worker, DAY, name, office.worker.area, phone=f"1380547123{number}", **extra)
    propose_duplicates(by=office.worker, on=DAY)
    town, village = {1: ("坛山街道", "和顺社区"), 2: ("古邵镇", "古上河村")}[number]
    home = Home(office.worker.area, town, village, number == 1)
    columns, _ = spoil({key: [str(cell) for cell in cells] for key, cells in _population(home, number).items()}, 0.2)
    load_roster(office.worker, DAY, columns)


def _population(home: Home, seed: int) -> dict[str, list[Any]]:
    rows = make_population(15, [home], seed=seed, on=DAY)
    return rows if isinstance(rows, dict) else {key: [row[key] for row in rows] for key in rows[0]}


def _shown(office: Office) -> None:
    with scoped(office.reviewer):
        notice = Notice.objects.filter(kind="charity.aid").exclude(published_on=None).order_by("-pk").first()
        assert notice is not None
        receive_objection(by=office.reviewer, on=notice.published_on, notice=notice, text="请再核实一次。")
        add_proof(
            by=office.reviewer, on=notice.published_on, notice=notice, name="a.png", content=PNG,
            taken_on=notice.published_on,
        )  # fmt: skip


def _aid(here: Office) -> None:
    with scoped(here.clerk):
        campaign = Application.objects.order_by("pk").first().campaign
    for place, count in ((TOWN, 40), (OTHER_TOWN, 60)):
        charity.set_quota(by=here.clerk, on=DAY, campaign=campaign, place=place, count=count)
        words = {"key": "charity.households", "year": 2010, "value": 50, "document": "峄民〔2010〕1号"}
        set_target(by=here.approver, on=DAY, area=place, **words)
    with scoped(WHOLE):
        reports = list(Report.objects.filter(state="draft").order_by("pk"))
    for report in reports:
        sign_report(by=here.approver, on=LATER, report=report)


def _gifts(here: Office) -> None:
    with scoped(here.clerk):
        own = Fundraising.objects.filter(area=here.clerk.area, kind="one_day").order_by("pk").first()
        assert own is not None
    giving.allow_use(by=here.clerk, on=LATER, campaign=own, purpose="office.cost", basis="峄民备〔2010〕8号")
    giving.publish_gifts(by=here.clerk, on=LATER, campaign=own, contact="区慈善总会办公室")
    with scoped(WHOLE):
        gifts = [Gift.objects.filter(area=area, form="money").order_by("-amount").first() for area in (TOWN, OTHER_TOWN)]
    for gift in gifts:
        giving.reverse_gift(by=here.checker, on=LATER, gift=gift, reason="重复登记")


def _duties(office: Office, number: int) -> None:
    """A watch that somebody would like to give to a colleague."""
    mate = make_staff(f"mate{number}", "同事", Role.COMMUNITY_WORKER, office.worker.area)
    (shift,) = set_roster(
        by=office.worker, on=LATER, duty=WATCH.key, area=office.worker.area, day=LATER, staff=[office.worker.own_hand]
    )
    with scoped(office.worker):
        ask_swap(by=office.worker, on=LATER, shift_id=Shift.objects.get(pk=shift.pk).pk, to=mate.own_hand, why="当天开会")


def _goods(here: Office, there: Office) -> None:
    """A store that was counted, a card that was used, rooms of a home, a file of a person and a lecture."""
    with scoped(here.maker):
        kept = queries.stock(left=True).first()
    assert kept is not None
    books.report_loss(by=here.maker, on=LATER, stock=kept, pieces=1, reason="受潮")
    words = {"fund": kept.fund, "goods": kept.unit, "pieces": 1, "memo": "发放", "reference": "out"}
    books.hand_out_goods(by=here.maker, on=LATER, to=Receiver("古邵镇敬老院"), **words)
    fund = make_fund(here.maker, amount=1_000_00, code="KA-2010")
    desk = Desk(here.maker, here.checker, here.approver)
    (order,) = make_orders(desk, fund, make_payees(1, banked=False), amount=50_00)
    card = books.issue_card(
        by=here.clerk, on=LATER, order=order, number="KA0001", expires_on=LATER + timedelta(days=200), proof="本人签领"
    )
    for office in (here, there):
        shop = register_organisation(by=office.worker, on=DAY, name="慈善超市", kind="company", area=office.worker.area)
        books.use_card(by=here.clerk, on=LATER, card=card, shop=shop.pk, amount=10_00, receipt=f"{shop.pk}")
        home = register_place(by=office.worker, on=DAY, name="敬老院", kind="home", area=office.worker.area)
        add_rooms(by=office.worker, on=DAY, place_id=home.pk, rooms="101-103")
        with scoped(office.worker):
            person = people().order_by("pk").first()
        make_file_of(office.worker, person.pk)
        make_lecture(office.worker, f"康复知识{office.worker.name}")


def _money(here: Office) -> None:
    with scoped(here.maker):
        book = queries.funds().first().book
    books.close_month(by=here.maker, on=LATER, book=book, month=date(2009, 12, 1))
    with scoped(here.maker):
        batches = list(Batch.objects.order_by("pk"))
    for batch in batches:
        books.check_batch(by=here.checker, on=LATER, batch=batch, count=batch.count, amount=batch.amount)
        books.lock_batch(by=here.checker, on=LATER, batch=batch)
        asked = bank.read_batch(LAYOUT, books.send_batch(by=here.maker, on=LATER, batch=batch).content)
        results = tuple(
            bank.Result(number, number, one.reference, one.account, one.amount, True, "0000", "")
            for number, one in enumerate(asked.payments, 1)
        )
        content = bank.write_return(LAYOUT, bank.Return(asked.number, LATER, results))
        books.settle_return(by=here.maker, on=LATER, batch=batch, name="r.txt", content=content)
        with scoped(here.approver):
            order = batch.lines.get().order
        books.recover(by=here.approver, on=LATER, order=order, reason="不符合条件")


