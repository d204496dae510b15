"""The two towns of ``tests.world`` on a busy day: something stands at every step, so that every form is shown."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from linli.domains.broadcast.samples import make_consents
from linli.domains.callers.samples import make_press
from linli.domains.charity import actions as charity
from linli.domains.charity.queries import campaigns
from linli.domains.charity.rules import Need
from linli.domains.charity.samples import DAY, Office, carry, make_application, make_campaign, make_family
from linli.domains.complaints.rules import Handing, Paper
from linli.domains.complaints.samples import make_accepted, make_answered, make_session
from linli.domains.fundraising import actions as fundraising
from linli.domains.fundraising.queries import campaigns as raised
from linli.domains.hall import actions as hall
from linli.domains.hall.models import Appointment
from linli.domains.hall.samples import make_handling
from linli.domains.hotline.samples import make_articles, make_survey
from linli.gateways import bank
from linli.kernel.access.actions import create_post, grant_post, scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.rules import Actor, Role
from linli.kernel.access.samples import DISTRICT, demo_actor, make_founders, make_staff
from linli.kernel.calls.actions import sign_on
from linli.kernel.figures.actions import draft_report, sign_report
from linli.kernel.figures.rules import year_period
from linli.kernel.findings.actions import look
from linli.kernel.imports import actions as imports
from linli.kernel.jobs.samples import work_off
from linli.kernel.ledgers import actions as money
from linli.kernel.ledgers.queries import order_of
from linli.kernel.ledgers.rules import Channel, WriteOffGround
from linli.kernel.ledgers.samples import Desk, make_fund, make_locked_batch, make_orders, make_payees
from linli.kernel.orders.actions import Intake, answer_at_once, ask_omission, contact, draw_calls, freeze, sign
from linli.kernel.orders.queries import cohorts, members
from linli.kernel.orders.rules import Channel as Telephoned
from linli.kernel.orders.rules import OmissionGround
from linli.kernel.orders.samples import make_order, make_order_files, moment
from linli.kernel.publicity import actions as publicity
from linli.kernel.publicity.queries import notices
from linli.kernel.publicity.rules import Channel as Came
from linli.kernel.publicity.rules import MessageKind
from linli.kernel.registry import actions as registry
from linli.kernel.registry.samples import make_person
from linli.kernel.registry.samples.population import make_population
from linli.kernel.registry.samples.rosters import as_csv, homes_of
from tests.busy_doors import make_young_doors
from tests.busy_families import make_families, make_kept_old
from tests.world import make_world

TODAY = date(2010, 12, 20)
LAYOUT = bank.layouts()["bar_utf8"]
STEPS = ("granted", "approval", "shown", "notice", "survey", "check")  # a notice takes in everything that waits for it


def make_busy_world() -> tuple[Office, Office]:
    """:func:`tests.world.make_world`, with batches, cases, notices, objections, posts, pairs and imports at every step."""
    here, there = make_world()
    founders = make_founders()
    campaign = make_campaign(here, "chao_shi", year=2010)
    for office in (here, there):
        _cases(office, campaign)
        _people(office)
        _reports(office)
        _objections(office)
        _imports(office.worker)
        _orders(office)
        make_family(office, names=("褚大", "褚小"), status="edge")
        make_family(office, names=("申大", "申小"), status="disabled")  # and without help: found below
    look(by=here.approver, on=TODAY)
    charity.look_for_doubts(by=here.reviewer, on=TODAY, year=2010)
    charity.draft_notice_for(by=here.reviewer, on=TODAY, campaign=campaign)
    _posts(founders)
    make_families(here, there)
    _money(here)  # before months are closed
    make_young_doors(here, there, {"qing_nuan": _campaign_of("qing_nuan", here), "one_day": _one_day(here)})
    fundraising.draft_plan(by=here.clerk, on=DAY, year=2011, lines=[("charity.da_bing", 100_000_00, 30)])
    _last(here)
    for office in (here, there):
        _merged(office.worker)
        make_kept_old(office)
    return here, there


def _last(office: Office) -> None:
    """What the day ends with, so that a crawl of the newest rows meets it: a petition whose result is to be reported, an order
    in hand with nothing else open, a reception, a consent, and a survey of people who have a telephone.
    """
    worker, until = office.worker, TODAY + timedelta(days=60)
    taken = make_order(office.approver, moment(DAY), place=worker.area, category="303010", phone="13805478870")
    contact(by=worker, at=moment(DAY), order=sign(by=worker, at=moment(DAY), order=taken), note="已电话联系。")
    make_answered(office, moment(DAY), paper=Paper(Handing.ASSIGN, until))
    make_session(worker, TODAY, host="史今日")
    for rank, name in enumerate("一二三四五六七八九十"):
        words = {"phone": f"1380547889{rank}", "no_number_reason": "lost"}
        make_person(office.reviewer, DAY, f"常知{name}", f"{worker.area[:-1]}3", **words)
    person = make_person(worker, DAY, "常短信", worker.area, phone="13805478889", no_number_reason="lost")
    make_consents(worker, [person], TODAY)
    make_survey(demo_actor("he", TODAY), worker, TODAY, place=f"{worker.area[:-1]}3", title="常知晓调查")


def _campaign_of(project: str, office: Office) -> Any:
    with scoped(office.clerk):
        return campaigns(project=project, year=2010).last()


def _one_day(office: Office) -> Any:
    with scoped(office.clerk):
        return raised(kind="one_day").last()


def _cases(office: Office, campaign: Any) -> None:
    for place, step in enumerate(STEPS):
        head = make_family(office, names=(f"周{'甲乙丙丁戊己'[place]}{office.worker.name[0]}", "吴氏"))
        one = make_application(office, campaign, head, need=Need.TEMPORARY)
        if step != "check":
            carry(office, one, to=step)


def _people(office: Office) -> None:
    worker = office.worker
    for name in ("郑小明", "郑晓明", "冯小明", "冯晓明"):
        make_person(worker, DAY, name, worker.area, phone=f"1380547{ord(name[0]) % 9000:04d}", no_number_reason="lost")
    registry.propose_duplicates(by=worker, on=DAY)


def _reports(office: Office) -> None:
    words = {"template": "charity.circular", "period": year_period(2010), "area": office.reviewer.area}
    draft_report(by=office.reviewer, on=TODAY, **words)
    sign_report(by=office.approver, on=TODAY, report=draft_report(by=office.reviewer, on=TODAY, **words))


def _orders(office: Office) -> None:
    """Orders at every stage, one that two callers asked for, and a frozen month with one to be left out."""
    number = 1 if office.worker.area.startswith("370404001") else 2
    made = make_order_files(office, number + 2, DAY, every=True)
    _hall(office)
    for petition in (make_accepted, make_answered):
        petition(office, moment(DAY))
    make_order(office.approver, moment(DAY), place=office.worker.area, category="303010", phone=f"138054{number + 2:03d}01")
    if number == 1:
        return
    operator = demo_actor("he", TODAY)
    make_articles(operator, TODAY)
    sign_on(by=operator, at=moment(TODAY), number="8007")
    make_press("nobody-knows", 1, "unknown-1", moment(TODAY))
    mate = make_staff("mei", "梅科长", Role.DISTRICT_APPROVER, DISTRICT)
    freeze(by=mate, at=moment(TODAY), first=DAY, last=DAY)
    with scoped(mate):
        cohort = cohorts().first()
        one, other = members(cohort)[:2]
    ask_omission(by=mate, at=moment(TODAY), member=one, ground=OmissionGround.UNREASONABLE, why="要求不合理，已书面解释。")
    assert made and other
    for turn, on in enumerate((DAY, DAY, date(2010, 12, 3))):
        asked = Intake(Telephoned.PHONE, "201010", office.worker.area, "低保要哪些材料？", phone=f"1380546000{turn}")
        answer_at_once(by=mate, at=moment(on), intake=asked, answer="已按口径答复。")
    draw_calls(by=mate, at=moment(TODAY), week=DAY)


def _hall(office: Office) -> None:
    """The hall today: one is served, two wait, one comes by appointment, one did not come, one matter can end at the counter."""
    worker = office.worker
    for window in ("aid", "aid", "welfare"):
        hall.draw_ticket(by=worker, on=TODAY, window=window)
    hall.call_next(by=worker, on=TODAY, desk="1")
    come = make_person(worker, DAY, "贝今日", worker.area, no_number_reason="lost")
    hall.book(by=worker, on=DAY, day=TODAY, name=come.name, window="aid", start=540, what="临时救助申请")
    with scoped(worker):
        absent = Appointment.objects.filter(day=DAY).order_by("id").first()
    hall.end_appointment(by=worker, on=DAY + timedelta(days=1), appointment=absent)
    make_handling(worker, come, "BZ04", TODAY)


def _objections(office: Office) -> None:
    with scoped(office.reviewer):
        shown = notices(state="up", kind="charity.aid").first()
    words = {"notice": shown, "channel": Came.COUNTER, "item_number": 1, "name": "", "contact": ""}
    for kind in (MessageKind.OBJECTION, MessageKind.ENQUIRY):
        publicity.receive_objection(by=office.reviewer, on=TODAY, kind=kind, text="请核实。", **words)
    made = publicity.receive_objection(by=office.reviewer, on=TODAY, kind=MessageKind.OBJECTION, text="请核实收入。", **words)
    publicity.accept_objection(by=office.reviewer, on=TODAY, objection=made)


def _money(office: Office) -> None:
    """Batches at each step, in both channels, a failed line, a paid order, a debt."""
    desk = Desk(office.maker, office.checker, office.approver)
    fund = make_fund(desk.maker, amount=100_000_00, code="BUSY-1", name="忙日资金", on=DAY)
    banked = make_orders(desk, fund, make_payees(10, area="370404001001"), on=DAY)
    by_hand = make_orders(desk, fund, make_payees(2, area="370404001002", banked=False), on=DAY)
    money.move_money(by=desk.maker, on=DAY, fund=fund, amount=1_000_00, account="1002", to="1001", reference="m", memo="提现")
    words = {"by": desk.maker, "on": DAY, "item": "忙日"}
    money.make_batch(**words, number="B-MADE", orders=[banked[0].pk])
    checked = money.make_batch(**words, number="B-CHECKED", orders=[banked[1].pk])
    money.check_batch(by=desk.checker, on=DAY, batch=checked, count=1, amount=checked.amount)
    make_locked_batch(desk, [banked[2]], number="B-LOCKED", on=DAY)
    sent = make_locked_batch(desk, [banked[3]], number="B-SENT", on=DAY)
    money.send_batch(by=desk.maker, on=DAY, batch=sent)
    for number, part in (("B-BACK", banked[4:6]), ("B-PAID", banked[9:]), ("B-DONE", banked[6:8])):
        batch = make_locked_batch(desk, part, number=number, on=DAY)
        asked = bank.read_batch(LAYOUT, money.send_batch(by=desk.maker, on=DAY, batch=batch).content)
        money.settle_return(by=desk.maker, on=DAY, batch=batch, name="r.txt", content=answered(asked))
    money.reconcile_batch(by=desk.maker, on=DAY, batch=batch)
    cash = money.make_batch(**words, number="B-CASH", orders=[order.pk for order in by_hand], channel=Channel.CASH)
    money.check_batch(by=desk.checker, on=DAY, batch=cash, count=2, amount=cash.amount)
    money.lock_batch(by=desk.checker, on=DAY, batch=cash)
    with scoped(desk.approver):
        paid, other = order_of(banked[6].pk), order_of(banked[4].pk)
    debt = money.recover(by=desk.approver, on=DAY, order=paid, reason="重复救助")
    money.agree_plan(by=desk.approver, on=DAY, recovery=debt, signed_by="本人", sums=[(DAY, debt.amount)])
    debt = money.recover(by=desk.approver, on=DAY, order=other, reason="不符合条件")
    words = {"amount": debt.amount, "ground": WriteOffGround.SMALL, "words": "多次催缴未果"}
    money.ask_write_off(by=desk.maker, on=DAY, recovery=debt, **words)


def answered(asked: Any) -> bytes:
    """The bank's answer: the first is paid, the second failed."""
    results = tuple(
        bank.Result(n, n, p.reference, p.account, p.amount, n == 1, "0000" if n == 1 else "1001", "")
        for n, p in enumerate(asked.payments, 1)
    )
    return bank.write_return(LAYOUT, bank.Return(asked.number, asked.day, results))


def _posts(founders: tuple[Actor, Actor]) -> None:
    """One post that waits for its grant, and somebody who holds two."""
    system, security = founders
    staff = Staff.objects.get(username="li")
    words = {"by": system, "on": TODAY, "role": Role.COMMUNITY_WORKER, "since": TODAY}
    create_post(**words, staff=staff, at="370404001002")
    grant_post(by=security, on=TODAY, post=create_post(**words, staff=staff, at="370404001003"))


def _merged(worker: Actor) -> None:
    one, other = (make_person(worker, DAY, name, worker.area, no_number_reason="lost") for name in ("卫大明", "卫小明"))
    registry.merge_persons(by=worker, on=DAY, survivor_id=one.pk, merged_id=other.pk)


def _imports(worker: Actor) -> None:
    """One file that waits to be confirmed, one that was written."""
    with scoped(worker):
        homes = homes_of(DAY, worker)
    for confirmed in (True, False):
        columns = make_population(6, homes, seed=7 + confirmed, on=DAY)
        columns["户编号"] = [f"{confirmed:d}-{number}" for number in columns["户编号"]]
        run, _ = imports.send(by=worker, on=TODAY, kind="registry.roster", name=f"{confirmed}.csv", content=as_csv(columns))
        work_off()
        if confirmed:
            imports.confirm(by=worker, on=TODAY, run_id=run.pk)
            work_off()
