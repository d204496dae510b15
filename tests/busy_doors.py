"""What the youngest doors of the busy district need: audits, aids, schemes, cards, patients, changes of funds, months, views."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django_otp.oath import hotp

from linli.domains.charity import actions as charity
from linli.domains.charity.rules import Need
from linli.domains.charity.samples import DAY, TOWN, Office, carry, make_application, make_campaign, make_family
from linli.domains.fundraising.samples import make_gift
from linli.domains.providers import samples as providers
from linli.domains.providers.actions import propose, start_trial, suspend
from linli.domains.providers.queries import own_provider
from linli.domains.providers.rules import Ground, Service
from linli.domains.provision.rules import CARDS
from linli.domains.provision.samples import SET, make_card_order, make_scheme, make_shop
from linli.domains.treatment import samples as treatment
from linli.kernel.access.actions import ask_factor_reset, begin_factor, confirm_factor, keep_view, scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.queries.factors import secret_of
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, PASSWORD, demo_actor
from linli.kernel.ledgers import actions as money
from linli.kernel.ledgers.queries import order_by_source, stock
from linli.kernel.ledgers.rules import AccountKind, FundLevel
from linli.kernel.ledgers.samples import make_fund
from linli.kernel.orders.samples import HOUR, moment
from linli.kernel.registry.samples import make_person

TODAY = date(2010, 12, 20)
MARKS = "〇甲乙"
OCTOBER, NOVEMBER = date(2010, 10, 1), date(2010, 11, 1)


def make_young_doors(here: Office, there: Office, campaigns: dict[str, Any]) -> None:
    """``campaigns``: those that run already, by the key of their project."""
    disabled, ill = make_campaign(here, "zhu_can"), make_campaign(here, "da_bing")
    fund = make_fund(here.clerk, amount=100_000_00, code="BUSY-2", name="物资专款", on=DAY)
    for number, office in enumerate((here, there), 1):
        _aids(office, disabled, number)
        make_application(office, ill, make_family(office, names=(f"单{MARKS[number]}病",)), need=Need.ILLNESS, illness="tumour")
        _patients(office, number)
        keep_view(by=office.worker, on=TODAY, page="/charity/applications/", name=f"在办{number}", words="state=open")
    make_gift(here.clerk, campaigns["one_day"], purpose="charity.da_bing")
    _factors()
    _providers(here, there)
    money.open_goods(by=here.clerk, on=DAY, key="轮椅/辆", name="轮椅", measure="辆")
    make_scheme(here.clerk, DAY)
    for goods in ("轮椅/辆", SET):
        money.bring_in_goods(by=here.clerk, on=DAY, fund=fund, goods=goods, pieces=9, reference=f"busy:{goods}", memo="受赠")
    _counts(here)
    _cards(here)
    _audits(campaigns["qing_nuan"], disabled)
    _changes(here, fund)
    _months(here)


def _factors() -> None:
    """A second factor that stands, and one that somebody asked to end."""
    sys = demo_actor("sys", TODAY)
    for username, lost in (("cash2", False), ("lu", True)):  # the one who came last: lists show the newest
        actor, staff, at = demo_actor(username, TODAY), Staff.objects.get(username=username), timezone.now()
        secret = secret_of(begin_factor(by=actor, on=TODAY, at=at, staff=staff))
        code = f"{hotp(secret, int(at.timestamp()) // 30):06d}"
        confirm_factor(by=actor, on=TODAY, at=at, staff=staff, code=code, password=PASSWORD)
        if lost:
            ask_factor_reset(by=sys, on=TODAY, at=at, staff=staff, why="手机丢失")


def _aids(office: Office, campaign: Any, number: int) -> None:
    head = make_family(office, status="disabled", names=(f"单{MARKS[number]}助",))
    one = make_application(office, campaign, head, need=Need.DISABILITY, aid="wheelchair")
    carry(office, one)


def _patients(office: Office, number: int) -> None:
    """A round whose patient waits for the bill, another who waits for the check."""
    hospital = treatment.make_hospital(office.worker, f"第{number}眼科医院", DAY)
    fund = treatment.make_lottery_fund(office.clerk, 90_000_00, f"BUSY-FC-{number}", DAY)
    round = treatment.make_round(office.clerk, hospital, fund, treatment.SIGHT, 10 + number, DAY)
    for name, to in (("白大", "granted"), ("白小", "")):
        person = make_person(office.worker, DAY, f"{name}{MARKS[number]}", office.worker.area, date(1935, 5, 1))
        one = treatment.make_patient(office, round, person, DAY)  # type: ignore[arg-type]
        if to:
            treatment.carry(office, one, to, DAY)


def _providers(here: Office, there: Office) -> None:
    """Two that have proved themselves, one with an October that waits to be paid, one proposed; one to choose, one paused."""
    operator = demo_actor("he", FIRST_DAY)
    for number, office in enumerate((here, there), 1):
        clerk = demo_actor(f"firm{number}", FIRST_DAY)
        with scoped(clerk):
            provider = own_provider(clerk)
        meals = providers.offer_of(provider, Service.MEALS)
        person = providers.make_resident(office.worker, "tekun", f"孙爷爷{MARKS[number]}")
        for rank in range(2):
            at = moment(OCTOBER.replace(day=11 + rank))
            one = providers.make_service(operator, meals, at, person)
            providers.serve(clerk, one, at + HOUR)
            providers.confirm(operator, one, at + 5 * HOUR)
        if number == 1:
            providers.make_statement(providers.SecondOf(office.approver), provider, OCTOBER, DAY)  # type: ignore[arg-type]
        else:
            propose(by=operator, on=TODAY, provider=provider, why="居民满意。")
    for name, services in (("另家政", (Service.MEALS, Service.CLEANING)), ("停家政", (Service.CLEANING,))):
        paused = providers.make_provider(operator, FIRST_DAY, name, services, registrar=here.worker)
        paused = start_trial(by=here.approver, on=FIRST_DAY, provider=paused)
    suspend(by=here.approver, on=TODAY, provider=paused, ground=Ground.PAPERS, why="健康证过期。")


def _counts(office: Office) -> None:
    """A count that differs, and a loss: both wait for the second person; further stores, to which goods may move."""
    for area in (DISTRICT, TOWN):
        money.open_account(by=office.clerk, on=DAY, area=area, code="9201-1", name="救灾仓库", kind=AccountKind.STORE)
    with scoped(office.clerk):
        chairs, quilts = (stock(words=name, left=True).filter(area=DISTRICT).first() for name in ("轮椅", "棉被"))
    money.count_goods(by=office.clerk, on=DAY, stock=chairs, found=8, reason="少一辆，待查")
    money.report_loss(by=office.clerk, on=DAY, stock=quilts, pieces=1, reason="受潮")


def _cards(office: Office) -> None:
    """A card that was used, one that was lost, one past its last day, and aid that waits for a card."""
    shop = make_shop(office.worker, on=DAY)
    fund = make_fund(office.clerk, amount=1_000_00, code="BUSY-3", name="救助卡资金", on=DAY)
    orders = [make_card_order(office, fund, number, on=DAY) for number in range(1, 5)]  # type: ignore[arg-type]
    last_days = (date(2011, 12, 31), date(2011, 12, 31), date(2010, 12, 10))
    words = {"by": office.clerk, "on": DAY}
    used, lost, _ = (
        money.issue_card(**words, order=order, number=f"BUSY-{n}", expires_on=until, proof="本人签领")
        for n, (order, until) in enumerate(zip(orders, last_days, strict=False), 1)
    )
    money.use_card(**words, card=used, shop=shop.pk, amount=10_00, receipt="BUSY-R1", bought="大米")
    money.lose_card(**words, card=lost, note="遗失")
    with scoped(office.maker):
        assert order_by_source(orders[3].source).purpose_id == CARDS  # type: ignore[union-attr]


def _audits(shown: Any, open_: Any) -> None:
    """One that is concluded and waits to be published, one that goes on, one that can be concluded."""
    shen = demo_actor("shen", TODAY)
    words = {"by": shen, "on": TODAY}
    for campaign, drawn, judged in ((shown, 2, 2), (shown, 1, 0), (open_, 1, 1)):
        audit = charity.open_audit(**words, campaign=campaign, since=OCTOBER, until=TODAY, scope="申请、审核、公示、发放全过程")
        charity.draw_samples(**words, audit=audit, count=drawn)
        with scoped(shen):
            samples = list(audit.samples.all())
        for one in samples[:judged]:
            charity.judge_sample(**words, sample=one, sound=True)
        charity.find(**words, audit=audit, text="签名不全", demand="补签", due=date(2011, 1, 10))
        if judged == 2:
            charity.conclude_audit(**words, audit=audit, conclusion="基本合规", summary="未发现重大问题")


def _changes(office: Office, fund: Any) -> None:
    """A change that waits, a fund with nothing in it, one that is held to a purpose."""
    money.ask_ceiling(by=office.maker, on=TODAY, fund=fund, ceiling=90_000_00, basis="年度预算")
    make_fund(office.maker, code="BUSY-4", name="空的资金", on=DAY)
    make_fund(office.maker, amount=5_000_00, code="BUSY-5", name="限定资金", on=DAY, purposes=("aid.warmth",))


def _months(office: Office) -> None:
    """The district's October is closed and its November can be; a branch asks to have its October back."""
    cash = demo_actor("cash1", TODAY)
    for by, area, level in ((office.maker, DISTRICT, FundLevel.DISTRICT), (cash, TOWN, FundLevel.TOWN)):
        for month in (OCTOBER, NOVEMBER):
            words = {"code": f"M-{area[6:9]}-{month:%m}", "name": f"{month:%m}月资金", "area": area, "level": level}
            make_fund(by, amount=100_00, on=month, **words)  # type: ignore[arg-type]
        end = money.close_month(by=by, on=TODAY, book=area, month=OCTOBER)
    money.ask_reopening(by=cash, on=TODAY, end=end, ground="漏记一笔捐款")
