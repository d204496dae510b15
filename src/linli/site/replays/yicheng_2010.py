"""峄城区, December 2010: 1,000 households by 情暖万家 and 300 of more than 350 by 大病救助, through the real actions.

Nothing is set aside beforehand: the lists hold doubles, broken rows and families who do not qualify. The import rejects
rows, the rule refuses families, the books refuse money that is not there; what remains must be what was published.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import cycle
from typing import Any

from linli.domains.charity import actions, queries
from linli.domains.charity.rules import group_of
from linli.gateways import documents
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Actor, Refused, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.actions import batch_pass, pass_step, refuse
from linli.kernel.cases.queries import case_by_id, cases
from linli.kernel.figures.actions import draft_report, sign_report
from linli.kernel.figures.queries import compose
from linli.kernel.figures.rules import year_period
from linli.kernel.imports.actions import confirm, send
from linli.kernel.imports.queries import run_in_area
from linli.kernel.jobs.actions import run_worker
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers.queries import mend_list, orders
from linli.kernel.ledgers.rules import FundKind, FundLevel
from linli.kernel.ledgers.samples import account_number, bank_answers
from linli.kernel.registry.actions import add_bank_account
from linli.kernel.registry.queries import person_by_number
from linli.kernel.registry.samples import TOWNS, UNITS, make_areas
from linli.site.replays.people import Family, Maker, broken_rows, illness_row, list_file, roster_file, warm_row

Say = Callable[[str], None]
DAY, YEAR = date(2010, 12, 1), year_period(2010)
COUNTS = {  # place: households of 情暖万家, patients of 大病救助 that qualify, further applicants who do not
    "370404901000": (65, 21, 6), "370404102000": (129, 21, 7), "370404104000": (145, 49, 7), "370404002000": (129, 44, 7),
    "370404001000": (129, 59, 7), "370404103000": (129, 46, 7), "370404101000": (129, 42, 7), "370404100000": (145, 18, 7),
}  # fmt: skip
KEYS = {
    "370404901000": "qzjg", "370404102000": "dige", "370404104000": "eshan", "370404002000": "wulin",
    "370404001000": "tanshan", "370404103000": "liuyuan", "370404101000": "yinping", "370404100000": "gushao",
}  # fmt: skip


@dataclass
class Place:
    """One town or street (or the district's units) with its staff and its families."""

    code: str
    worker: Actor
    registrar: Actor
    reviewer: Actor
    warm: list[Family] = field(default_factory=list)
    ill: list[Family] = field(default_factory=list)
    unfit: list[Family] = field(default_factory=list)

    @property
    def community(self) -> str:
        return self.worker.area


@dataclass
class Stage:
    """Everybody who acts in the replay."""

    places: list[Place]
    approver: Actor
    clerk: Actor
    maker: Actor
    checker: Actor


def play(say: Say) -> tuple[Stage, bytes]:
    """Run both campaigns from the rosters to the paid money and the signed report (.docx). Needs an empty database."""
    stage = _set(say)
    _load_people(stage, say)
    warm = _campaign(stage, "qing_nuan", say)
    paid = _run(stage, warm, "qing_nuan", DAY, say)
    ill = _campaign(stage, "da_bing", say)
    paid = _run(stage, ill, "da_bing", paid, say)
    return stage, _report(stage, paid, say)


def _set(say: Say) -> Stage:
    say("区划、岗位")
    founders = make_founders()
    make_areas(founders[0])
    places = []
    for code in COUNTS:
        key = KEYS[code]
        community = code[:9] + ("201" if code[6] == "1" else "001")
        posts = (("w", Role.COMMUNITY_WORKER, community), ("r", Role.TOWN_REVIEWER, code), ("s", Role.TOWN_REVIEWER, code))
        staff = [make_staff(f"{mark}{key}", f"{key}{mark}", role, at, FIRST_DAY, founders) for mark, role, at in posts]
        places.append(Place(code, *staff))
    wanted = {
        "approver": ("wang", "王科长", Role.DISTRICT_APPROVER), "clerk": ("zhou", "周经办", Role.FEDERATION_CLERK),
        "maker": ("qian", "钱会计", Role.FINANCE_MAKER), "checker": ("sun", "孙复核", Role.FINANCE_CHECKER),
    }  # fmt: skip
    made = {key: make_staff(*words, DISTRICT, FIRST_DAY, founders) for key, words in wanted.items()}
    return Stage(places, **made)


def _load_people(stage: Stage, say: Say) -> None:
    maker, families = Maker(), []
    for place in stage.places:
        warm, ill, unfit = COUNTS[place.code]
        place.warm = [maker.family(place.community) for _ in range(warm)]
        place.ill = [maker.family(place.community, status=number % 3 == 0) for number in range(ill)]
        place.unfit = [maker.family(place.community, status=False) for _ in range(unfit + 2)]
        families += place.warm + place.ill + place.unfit
    say(f"导入花名册：{len(families)}户、{2 * len(families)}人")
    _import(stage.approver, DAY, "registry.roster", "花名册.xlsx", roster_file(families))
    say("登记银行账户")
    for place in stage.places:
        with scoped(place.worker):
            for family in place.warm + place.ill:
                person = person_by_number(family.head[1])
                number = account_number(person.pk)
                add_bank_account(by=place.worker, on=DAY, person_id=person.pk, bank="枣庄银行峄城支行", number=number)


def _import(by: Actor, on: date, kind: str, name: str, content: bytes) -> Any:
    """Send, check, confirm, write: as on the page, with the worker doing its part."""
    run, _ = send(by=by, on=on, kind=kind, name=name, content=content)
    run_worker(wait=False)
    confirm(by=by, on=on, run_id=run.pk)
    run_worker(wait=False)
    with scoped(by):
        done = run_in_area(by=by, run_id=run.pk)
    if done.state != "applied":
        raise Refused(f"{name}没有导入：{done.message}")
    return done


def _campaign(stage: Stage, project: str, say: Say) -> Any:
    """The federation announces the campaign; the district's and the branches' money is there, and not a fen more."""
    column = 0 if project == "qing_nuan" else 1
    quotas = {code: numbers[column] for code, numbers in COUNTS.items()}
    campaign = actions.open_campaign(
        by=stage.clerk, on=DAY, project=project, year=2010, opens_on=date(2010, 11, 1), closes_on=date(2010, 12, 31),
        quotas=quotas, plan=50_000_000 if project == "qing_nuan" else 60_000_000,
    )  # fmt: skip
    if project == "qing_nuan":
        _fund(stage, campaign, "区慈善总会善款", FundKind.DONATION, DISTRICT, 30_000_000)
        for code, (households, _, _) in COUNTS.items():
            if code != UNITS:
                # the units lie in 坛山街道, whose branch stands in for them
                extra = COUNTS[UNITS][0] if code == TOWNS[0][0] else 0
                _fund(stage, campaign, "慈善分会善款", FundKind.DONATION, code, (households + extra) * 20_000)
        with scoped(stage.clerk):
            branch = campaign.payers.get(level="town", place=TOWNS[0][0])
        actions.add_payer(by=stage.clerk, on=DAY, campaign=campaign, fund_id=branch.fund_id, level="town", place=UNITS)
    else:
        _fund(stage, campaign, "医疗救助结余和福彩公益金", FundKind.LOTTERY, DISTRICT, 60_000_000)
    say(f"公布批次：{campaign.title}")
    return campaign


def _fund(stage: Stage, campaign: Any, name: str, kind: FundKind, area: str, amount: int) -> None:
    level = FundLevel.DISTRICT if area == DISTRICT else FundLevel.TOWN
    fund = books.open_fund(
        by=stage.clerk, on=DAY, code=f"{campaign.project}-{area}", name=name, kind=kind, level=level, area=area,
        purposes={group_of(campaign.project): "2010年救助资金安排"},
    )  # fmt: skip
    books.receive(by=stage.clerk, on=DAY, fund=fund, amount=amount, reference=f"to:{fund.code}", memo=f"{campaign.title}资金到账")
    words = {"level": "district"} if area == DISTRICT else {"level": "town", "place": area}
    actions.add_payer(by=stage.clerk, on=DAY, campaign=campaign, fund_id=fund.pk, **words)


def _run(stage: Stage, campaign: Any, project: str, day: date, say: Say) -> date:
    say(f"{campaign.title}：镇街上报名单")
    accepted = rejected = 0
    for place in stage.places:
        rows = _warm_list(place) if project == "qing_nuan" else _illness_list(place)
        run = _import(place.registrar, day, "charity.applications", f"{KEYS[place.code]}-{project}.xlsx", list_file(rows))
        accepted, rejected = accepted + run.accepted, rejected + run.rejected
    say(f"  受理 {accepted} 件，退回 {rejected} 行（号码错误、查无此人、重复上报等）")
    refused = sum(_town(place, campaign, day) for place in stage.places)
    say(f"  镇街审核：不符合条件 {refused} 户；其余公示")
    day += timedelta(days=9)
    for place in stage.places:
        with scoped(place.reviewer):
            actions.pass_noticed(by=place.reviewer, on=day, campaign=campaign, opinion="公示期满无异议，同意上报。")
    _approve(stage, day)
    with scoped(stage.approver):
        say(f"  区慈善总会批准 {queries.applications(campaign=campaign.pk, state='granted').count()} 户")
    return _pay(stage, campaign, day, say)


def _warm_list(place: Place) -> list[tuple[str, ...]]:
    good = [warm_row(family) for family in place.warm]
    doubles = [warm_row(place.warm[0]), warm_row(place.warm[1], spouse=True)]
    unfit = [warm_row(family) for family in place.unfit[:2]]
    stranger = Maker(serial=iter([90_001])).family(place.community)
    return [*good[:10], *doubles, *good[10:], *broken_rows(good[0], place.warm[2], stranger)[:4], *unfit]


def _illness_list(place: Place) -> list[tuple[str, ...]]:
    """Those who qualify (one of them at exactly 20,000 元), those below the line, without an illness, helped already."""
    kinds = cycle(ILLNESSES_AND_COSTS)
    good = [illness_row(family, *reversed(next(kinds))) for family in place.ill]
    good[0] = illness_row(place.ill[0], "20000", "尿毒症")
    extra = COUNTS[place.code][2]
    helped = [illness_row(place.warm[number], "35000", "恶性肿瘤") for number in range(2)]
    below = [illness_row(family, "19999.99", "白血病") for family in place.unfit[: extra - 3]]
    unnamed = [illness_row(place.unfit[extra - 3], "40000", "")]
    stranger = Maker(serial=iter([90_002])).family(place.community)
    return [*good, good[0], *helped, *below, *unnamed, *broken_rows(good[0], place.ill[1], stranger)]


ILLNESSES_AND_COSTS = (("恶性肿瘤", "48600.50"), ("尿毒症", "26000"), ("白血病", "130000"), ("其他重大疾病", "21999.99"))


def _open_cases(actor: Actor, campaign: Any, step: str) -> list[Any]:
    with scoped(actor):
        mine = queries.applications(campaign=campaign.pk, state="open", step=step)
        return list(cases().filter(pk__in=[one.case_id for one in mine]).order_by("pk"))


def _town(place: Place, campaign: Any, day: date) -> int:
    """Village check, town survey, refusals with their reason, the notice; how many families were refused."""
    with scoped(place.worker):
        waiting = _open_cases(place.worker, campaign, "check")
        lines = batch_pass(by=place.worker, on=day, cases=waiting, opinion="入户核实，情况属实，同意上报。")
        for line in lines:
            if not line.done:  # a warning: a person looks, and leaves the judgement to the town
                pass_step(by=place.worker, on=day, case=case_by_id(line.case_id), opinion="情况如所述，请镇街核定。")
    refused = 0
    with scoped(place.reviewer):
        waiting = _open_cases(place.reviewer, campaign, "survey")
        lines = batch_pass(by=place.reviewer, on=day, cases=waiting, opinion="经调查摸底，符合条件，提请公示。")
        for line in lines:
            if not line.done:
                reason = "already_helped" if "已享受" in line.message else "not_qualified"
                refuse(by=place.reviewer, on=day, case=case_by_id(line.case_id), reason=reason, opinion=line.message[:180])
                refused += 1
        notice = actions.draft_notice_for(by=place.reviewer, on=day, campaign=campaign)
        actions.show_notice(by=place.reviewer, on=day, notice=notice)
    return refused


def _approve(stage: Stage, day: date) -> None:
    with scoped(stage.approver):
        waiting = list(cases().filter(step="approval", state="open").order_by("pk"))
        lines = batch_pass(by=stage.approver, on=day, cases=waiting, opinion="同意救助。")
    if failed := [line.message for line in lines if not line.done]:
        raise Refused(f"审批时有{len(failed)}件未通过：{failed[0]}")


def _pay(stage: Stage, campaign: Any, day: date, say: Say) -> date:
    """One batch, three lines come back failed, they are mended and paid again."""
    with scoped(stage.maker):
        ready = list(orders(state="ready", purpose=group_of(campaign.project)).values_list("pk", flat=True))
        paid, failed = _batch(stage, f"{campaign.project}-1", campaign.title, ready, day, failures=3)
        for line in mend_list():
            books.mend_order(by=stage.maker, on=day, order=line.order, account=line.order.account_id)
        again = list(orders(state="ready", purpose=group_of(campaign.project)).values_list("pk", flat=True))
        more, _ = _batch(stage, f"{campaign.project}-2", f"{campaign.title}补发", again, day + timedelta(days=1), failures=0)
    say(f"  银行代发 {paid} 笔成功、{failed} 笔退票，补发 {more} 笔")
    return day + timedelta(days=2)


def _batch(stage: Stage, number: str, item: str, ready: list[int], day: date, failures: int) -> tuple[int, int]:
    batch = books.make_batch(by=stage.maker, on=day, number=number, item=item, orders=ready)
    books.check_batch(by=stage.checker, on=day, batch=batch, count=batch.count, amount=batch.amount)
    books.lock_batch(by=stage.checker, on=day, batch=batch)
    settled = bank_answers(stage.maker, on=day, batch=batch, failures=failures)
    return settled.paid, settled.failed


def _report(stage: Stage, day: date, say: Say) -> bytes:
    say("起草并签发情况通报")
    report = draft_report(by=stage.clerk, on=day, template="charity.circular", period=YEAR, area=DISTRICT)
    sign_report(by=stage.approver, on=day, report=report)
    with scoped(stage.approver):
        return documents.official_docx(compose(report))

