"""The demo's families that were helped before: gone through house by house, paid month by month, verified, heard before a cut."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from linli.base.days import age_on
from linli.domains.assistance import actions, queries
from linli.domains.assistance.models import Application
from linli.domains.assistance.rules import VisitKind
from linli.domains.assistance.samples import Office, add_income, give_consents, step, visit
from linli.domains.assistance.samples.delegated import answer_check
from linli.domains.assistance.samples.demo import DEARER, TEN
from linli.domains.assistance.samples.demo_debts import demo_debts
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Actor, DemoPlan
from linli.kernel.access.samples import DISTRICT, demo_actor
from linli.kernel.cases.actions import batch_pass, stop_clock
from linli.kernel.cases.queries import case_by_id
from linli.kernel.cases.rules import Ground
from linli.kernel.entitlements.actions import confirm_run, discard_run, open_run, order_run, set_funding
from linli.kernel.entitlements.queries import standing_in
from linli.kernel.entitlements.rules import Part, PartKind, month_of
from linli.kernel.ledgers.actions import check_batch, lock_batch
from linli.kernel.ledgers.rules import FundKind, FundLevel
from linli.kernel.ledgers.samples import account_number, bank_answers, make_fund
from linli.kernel.publicity.actions import take_down_due
from linli.kernel.registry.actions import add_bank_account, record_death
from linli.kernel.registry.queries import accounts_of, household_by_id, households_of, members_of_many, people_with_status
from linli.law import Item, Zone
from linli.law.codes import FIRST_PROPERTY

OLDER, ROUND = 174, 75
"""How many days before the demo's day the families that fall due again were decided on, and the round of all others began."""
GONE_THROUGH = ((2, 4), (1, 1), (2, 6))
"""How many families were gone through in the first towns, earlier and in all; in the others all are still due."""
FOUND = ("房屋三间，无贵重物品，收入靠零工。", "承包地三亩，一人常年服药。", "住公租房，孩子上学，无存款。")
SHARES = ((FundLevel.PROVINCE, 40), (FundLevel.CITY, 15), (FundLevel.DISTRICT, 30), (FundLevel.TOWN, 15))
"""Who bears the money, in parts of a hundred."""
LEVELS = {FundLevel.PROVINCE: "省级", FundLevel.CITY: "市级", FundLevel.DISTRICT: "区级", FundLevel.TOWN: "镇街"}
MONEY = {"dibao": "最低生活保障", "tekun": "五保供养"}


def demo_living(plan: DemoPlan) -> None:
    """A round of verification in three towns, two months of money, a hearing, a death, and verifications that fall due."""
    towns = [_office(plan, index) for index in range(len(GONE_THROUGH))]
    older: list[list[Application]] = []
    for done, office in enumerate(towns):
        plan.tell("低保户逐户复核", done, len(towns))
        earlier, all_in_all = GONE_THROUGH[done]
        homes = _homes(plan, office, earlier)
        zone = Zone.URBAN if office.worker.area[6:9] < "100" else Zone.RURAL
        older.append(_round(plan, office, zone, homes[:earlier], plan.on - timedelta(days=OLDER)))
        _round(plan, office, zone, homes[earlier:all_in_all], plan.on - timedelta(days=ROUND))
    plan.tell("按月发放", 0, 0)
    _months(plan, {older[place][0].pk for place in (0, 2) if older[place]})
    for act, place in ((_heard, 0), (_died, 2)):
        if older[place]:
            act(plan, towns[place], older[place][0])
    _tried(plan)
    take_down_due(by=machine_actor("publicity.take_down", DISTRICT), on=plan.on)  # as every night


def _tried(plan: DemoPlan) -> None:
    """What the district reckons for the coming year."""
    by, urban, rural = demo_actor("district", plan.on), *(("1030", "810") if plan.on >= DEARER else ("200", "1000"))
    changes = {"dibao.standard.urban": urban, "dibao.standard.rural": rural}
    trial = actions.order_trial(by=by, on=plan.on, title="明年标准测算", month=plan.on.replace(day=1), changes=changes)
    actions.compute_trial(by=by, on=plan.on, trial_id=trial.pk)


def _office(plan: DemoPlan, index: int) -> Office:
    names = (f"worker{index + 1}", f"town{index + 1}", "district")
    return Office(*(demo_actor(name, plan.on) for name in names))


def _homes(plan: DemoPlan, office: Office, earlier: int) -> list[int]:
    """The heads of the families that the registry knows as helped: some with labour, five-guarantee people, all others."""
    day = plan.on - timedelta(days=OLDER)
    with scoped(office.worker):
        kept = [one.pk for one in people_with_status("tekun", day, "home").order_by("id")]
        held = [*kept, *(one.pk for one in people_with_status("dibao", day).order_by("id"))]
        homes = households_of(held, day)
        members = members_of_many(set(homes.values()), day)
        heads = [home.head for home in map(household_by_id, dict.fromkeys(homes.values())) if home is not None]
        alive = [head for head in heads if head is not None and not head.died_on and age_on(head.birth, day) >= 19]
        able = [head.pk for head in alive if age_on(head.birth, day) < 58 and len(members.get(homes.get(head.pk, 0), ())) > 1]
        first = [*able[:earlier], *kept]
        return sorted((head.pk for head in alive), key=lambda pk: first.index(pk) if pk in first else len(first))


def _round(plan: DemoPlan, office: Office, zone: Zone, heads: list[int], day: date) -> list[Application]:
    """The families of a place are gone through together: the worker visits, the town judges, the district decides."""
    made = [_gone_through(office, zone, head, day) for head in heads]
    _pass(office.worker, made, day + timedelta(days=1), "入户核实，家庭生活确有困难，同意上报。")
    for one in made if day >= DEARER else ():
        answer_check(office, one, day + timedelta(days=2))
    _pass(office.reviewer, made, day + timedelta(days=3), "经复核，提请继续救助。")
    _pass(office.approver, made, day + timedelta(days=5), "同意确认。")
    return made


def _gone_through(office: Office, zone: Zone, head: int, day: date) -> Application:
    one = actions.apply(by=office.worker, on=day, person_id=head, zone=zone, statement="原有低保、五保户，逐户复核。")
    with scoped(office.worker):
        rows = queries.members_of(one)
    for row in rows:
        if row.asks:
            words = {"bearers_known": True, "institution": False, "why": "查户籍并入户核实，没有法定义务人"}
            actions.correct_member(by=office.worker, on=day, member=row, **words)
    if not any(row.asks for row in rows):
        income = (4_000 + head % 7 * 1_500) * len(rows) if zone is Zone.RURAL else (12_000 + head % 6 * 9_000) * len(rows)
        income *= TEN if day >= DEARER else 1
        add_income(office, one, income, day, Item.FARMING if zone is Zone.RURAL else Item.CASUAL_WORK)
    give_consents(office, one, day)
    visit(office.worker, one, day, found=FOUND[head % len(FOUND)])
    if head % 9 or any(row.asks for row in rows):  # now and then a family has no account yet, and the run says so
        _account(office.worker, one, day)
    return one


def _account(worker: Actor, one: Application, day: date) -> None:
    with scoped(worker):
        known = accounts_of(one.person).first()
    if known is None:
        words = {"bank": "农村合作银行峄城支行", "number": account_number(600_000 + one.person_id)}
        add_bank_account(by=worker, on=day, person_id=one.person_id, **words)


def _pass(by: Actor, made: list[Application], day: date, opinion: str) -> None:
    with scoped(by):
        cases = [case_by_id(one.case_id) for one in made]
        lines = batch_pass(by=by, on=day, cases=[case for case in cases if case is not None], opinion=opinion)
    assert all(line.done for line in lines), next(line.message for line in lines if not line.done)


def _months(plan: DemoPlan, spared: set[int]) -> None:
    """Last month is paid and booked, some of it too much; this month is computed and waits for the second person."""
    maker, checker = demo_actor("maker", plan.on), demo_actor("checker", plan.on)
    now = month_of(plan.on)
    last, since = month_of(now - timedelta(days=1)), month_of(plan.on - timedelta(days=OLDER - 30))
    for key, name in MONEY.items():
        parts = [Part(_fund(maker, key, name, level, since).pk, PartKind.RATIO, weight) for level, weight in SHARES]
        set_funding(by=maker, on=since, programme=key, since=since, parts=parts, paper=f"峄财社〔{since.year}〕12号")
        day = last.replace(day=4)
        with scoped(maker):
            if not standing_in(last, key).exists():  # a demo of few people
                continue
        run = open_run(by=maker, on=day, programme=key, month=last)
        if not run.count:  # nobody has an account
            discard_run(by=maker, on=day, run=run, reason="本月没有发放对象")
            continue
        run = confirm_run(by=checker, on=day, run=run, count=run.count, amount=run.amount)
        batch = order_run(by=maker, on=day, run=run).batch
        batch = check_batch(by=checker, on=day, batch=batch, count=batch.count, amount=batch.amount)
        bank_answers(maker, on=day + timedelta(days=1), batch=lock_batch(by=checker, on=day, batch=batch))
        if key == "dibao":
            demo_debts(plan, last, spared)
        open_run(by=maker, on=min(now.replace(day=6), plan.on), programme=key, month=now)


def _fund(maker: Actor, key: str, name: str, level: FundLevel, on: date) -> Any:
    return make_fund(
        maker, amount=200_000_00, code=f"{key}-{on.year}-{level.value}", name=f"{LEVELS[level]}{name}资金", level=level,
        kind=FundKind.FISCAL, on=on, samples=False,
    )  # fmt: skip


def _heard(plan: DemoPlan, office: Office, one: Application) -> None:
    """The income of a family has risen: before the cut the family is heard, and the clock of the case stands meanwhile."""
    day = plan.on - timedelta(days=18)
    new = actions.open_verification(by=office.worker, on=day, application=one, why="反映家中有人外出务工，收入增加")
    _stated_anew(office, new, day)
    add_income(office, new, 300_000 * (TEN if day >= DEARER else 1), day, Item.CASUAL_WORK, another=True)
    visit(office.worker, new, day, found="长子在镇上务工，收入比上次多，本人认可。")
    step(office.worker, new, day + timedelta(days=1), "情况属实，收入增加。")
    if day >= DEARER:
        answer_check(office, new, day + timedelta(days=3))
    step(office.reviewer, new, day + timedelta(days=4), "提请调减，请区级听取本人意见后决定。")
    visit(
        office.reviewer, new, plan.on - timedelta(days=2), kind=VisitKind.STATEMENT, done=False, five={}, cause="", signer="",
        found=f"已电话通知本人，约定{plan.on + timedelta(days=2):%-m月%-d日}到镇（街道）陈述意见。",
    )  # fmt: skip
    with scoped(office.approver):
        case = case_by_id(new.case_id)
        assert case is not None
        words = {"opinion": "调减前听取陈述申辩", "until": plan.on + timedelta(days=2)}
        stop_clock(by=office.approver, on=plan.on - timedelta(days=2), case=case, ground=Ground.HEARING, **words)


def _stated_anew(office: Office, new: Application, day: date) -> None:
    """What the family had before, it has in the months of today, too."""
    with scoped(office.worker):
        stood = [row for row in queries.lines_of(new) if row.kind < FIRST_PROPERTY]
    for row in stood:
        actions.strike_line(by=office.worker, on=day, line=row, why="换成新的计算期间")
        add_income(office, new, row.amount, day, Item(row.kind), row.person_id, another=True)


def _died(plan: DemoPlan, office: Office, one: Application) -> None:
    """Of a family of several somebody has died since the decision."""
    with scoped(office.worker):
        rows = queries.members_of(one)
    if len(rows) > 1:
        day = plan.on - timedelta(days=4)
        record_death(by=office.worker, on=day + timedelta(days=1), person_id=rows[-1].person_id, day=day)
