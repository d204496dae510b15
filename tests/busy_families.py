"""What the families in help of the busy district need: applications, checks, postings, monthly money and its runs, records."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from linli.domains.assistance import actions, queries
from linli.domains.assistance import samples as assistance
from linli.domains.charity.samples import DAY, Office
from linli.domains.oneoff.actions import confirm_round
from linli.domains.oneoff.queries import rounds
from linli.domains.pairing.actions import give_money
from linli.domains.pairing.queries import pair_lines
from linli.domains.pairing.rules import Help
from linli.domains.pairing.samples import make_pairing_fund
from linli.domains.relief import samples as relief
from linli.domains.relief.actions import order_money
from linli.gateways.checking import FakeCheck, Finding
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_staff
from linli.kernel.cases.actions import refuse
from linli.kernel.cases.queries import case_by_id
from linli.kernel.duties.actions import ask_swap, do_duty, plan, set_roster
from linli.kernel.duties.queries import occurrences
from linli.kernel.duties.samples import SUMMARY, WATCH
from linli.kernel.entitlements.actions import Why, confirm_run, open_run, order_run, suspend
from linli.kernel.entitlements.queries import entitlements_of
from linli.kernel.entitlements.rules import Ground
from linli.kernel.entitlements.samples import make_entitlement, make_funding, make_payee
from linli.kernel.ledgers import actions as money
from linli.kernel.records.actions import end_entry
from linli.kernel.records.samples import make_file_of, make_lecture
from linli.kernel.registry.actions import recognise_status
from linli.kernel.registry.queries import clear_number, household_by_id, people_list
from linli.kernel.registry.samples import make_person
from linli.kernel.standards.samples import make_proposal, make_standard

TODAY = date(2010, 12, 20)
EARLY = date(2010, 8, 2)
DUTIES = (replace(WATCH, since=TODAY), SUMMARY)
"""Declared while the busy district is looked at: no domain has a rota yet."""
NOVEMBER, DECEMBER = date(2010, 11, 1), date(2010, 12, 1)


def make_families(here: Office, there: Office) -> None:
    """In both towns families at each step; the money of all of them by month."""
    for number, office in enumerate((here, there), 1):
        homes = [_helped(office, f"尤{mark}{'甲乙'[number - 1]}") for mark in "大小"]
        _suspended(office, homes[1])
        _on_the_way(office, "甲乙"[number - 1])
        if number == 1:
            _elder(office, homes[0])
            _revoked(office)
    _runs(here)
    for duty in DUTIES:
        plan(by=machine_actor("duties.plan", DISTRICT), on=TODAY, duty=duty.key)
    for number, office in enumerate((here, there), 1):
        _shift(office, number)
        _records(office)
    _done(here)
    _help(here)
    _tried(here)
    _checked(here)
    _standards(here)


def _helped(office: Office, name: str) -> Any:
    """A family that has been helped since autumn, with an account."""
    one = _apply(office, name, EARLY)
    assistance.carry(office, one, on=EARLY)  # type: ignore[arg-type]
    make_payee(office.worker, one.person_id)
    return one


def _apply(office: Office, name: str, on: date) -> Any:
    head = assistance.make_family(office, (name, f"{name[0]}氏{name[1:]}"))  # type: ignore[arg-type]
    one = assistance.make_application(office, head, on)  # type: ignore[arg-type]
    assistance.add_income(office, one, 90_000, on)  # type: ignore[arg-type]
    return one


def _suspended(office: Office, one: Any) -> None:
    with scoped(office.reviewer):
        row = entitlements_of([one.person_id]).get()
    words = {"since": NOVEMBER, "why": Why(Ground.UNREACHABLE, "联系不上")}
    suspend(by=office.reviewer, on=NOVEMBER, entitlement=row, **words)  # type: ignore[arg-type]


def _elder(office: Office, one: Any) -> None:
    """Money of a programme that is ended on the page of the entitlement itself."""
    with scoped(office.approver):
        home = household_by_id(one.household_id)
    assert home is not None
    words = {"programme": "sample_elder", "amounts": {"allowance": 50_00}, "covered": [one.person_id]}
    make_entitlement(by=office.approver, household=home, **words)  # type: ignore[arg-type]


def _on_the_way(office: Office, mark: str) -> None:
    """Posted and over, on show, waiting to be posted, asked about without an answer, with answers, and just begun."""
    for name, day, shown in (("柳大", DAY, True), ("柳示", TODAY, True), ("柳小", TODAY, False)):
        one = _apply(office, name + mark, day)
        assistance.carry(office, one, to="first", on=day)  # type: ignore[arg-type]
        if shown:
            assistance.post(office, one, "first", day)  # type: ignore[arg-type]
    asked, answered = (_apply(office, f"柳{word}{mark}", DAY) for word in ("问", "答"))
    for one in (asked, answered):
        assistance.give_consents(office, one)  # type: ignore[arg-type]
    actions.ask_check(by=office.reviewer, on=DAY, application=asked)
    _answers(office, answered)
    begun = _apply(office, f"柳新{mark}", TODAY)
    assistance.visit(office.worker, begun, TODAY, done=False, key=f"busy-{begun.pk}", signer="")


def _answers(office: Office, one: Any) -> None:
    """Two findings: one disputed, one that nobody has looked at."""
    with scoped(office.worker):
        number = clear_number(one.person)
    found = [Finding("", register, "vehicle", DAY, number=1) for register in ("vehicle", "market")]
    with actions.answering(FakeCheck({number: found}, on=DAY, until=DAY + timedelta(days=180))):
        inquiry = actions.ask_check(by=office.reviewer, on=DAY, application=one)
        actions.fetch_check(by=office.reviewer, on=DAY, inquiry=inquiry)
    with scoped(office.reviewer):
        answer = max(queries.page_words(one)["answers"], key=lambda row: row.pk)
    actions.dispute_answer(by=office.worker, on=DAY, answer=answer, said="车已报废")


def _runs(office: Office) -> None:
    """November is ordered, December confirmed; another programme's is computed."""
    for programme in ("dibao", "sample_elder"):
        make_funding(office.maker, programme=programme)
    for month, ordered in ((NOVEMBER, True), (DECEMBER, False)):
        day = month.replace(day=6)
        run = open_run(by=office.maker, on=day, programme="dibao", month=month)
        run = confirm_run(by=office.checker, on=day, run=run, count=run.count, amount=run.amount)
        if ordered:
            order_run(by=office.maker, on=day, run=run)
    open_run(by=office.maker, on=TODAY, programme="sample_elder", month=DECEMBER)


def _tried(office: Office) -> None:
    """A policy that was tried out, and would give somebody more."""
    changes = {"dibao.standard.urban": "300", "dibao.standard.rural": "2000"}
    trial = actions.order_trial(by=office.approver, on=TODAY, title="提高标准", month=DECEMBER, changes=changes)
    actions.compute_trial(by=office.approver, on=TODAY, trial_id=trial.pk)


def _standards(office: Office) -> None:
    """A standard that was agreed, and proposals of each of two persons that wait for the other."""
    mate = make_staff("lu", "陆科长", Role.DISTRICT_APPROVER, DISTRICT)
    make_standard(mate, office.approver, TODAY, date(2011, 7, 1), values={"dibao.category.elder": "10%"})
    for by, since in ((mate, date(2011, 1, 1)), (mate, date(2011, 3, 1)), (office.approver, date(2011, 5, 1))):
        make_proposal(by, TODAY, since, values={"dibao.standard.urban": "200"})


def _checked(office: Office) -> None:
    """One list of one-off subsidies waits for finance; the other one for the second person."""
    with scoped(office.checker):
        one = rounds().filter(state="drafted").first()
        assert one is not None
        confirm_round(by=office.checker, on=TODAY, round=one, count=one.count, amount=one.amount)


def _shift(office: Office, number: int) -> None:
    """A watch, and one that a colleague would like to give to the worker."""
    mate = make_staff(f"mate{number}", "同事", Role.COMMUNITY_WORKER, office.worker.area)
    for day, by in ((TODAY, office.worker), (TODAY + timedelta(days=1), mate)):
        words = {"duty": WATCH.key, "area": office.worker.area, "day": day, "staff": [by.own_hand]}
        (shift,) = set_roster(by=office.worker, on=TODAY, **words)  # type: ignore[arg-type]
    ask_swap(by=mate, on=TODAY, shift_id=shift.pk, to=office.worker.own_hand, why="当天开会")


def _done(office: Office) -> None:
    """A duty that was done, the last of those due."""
    with scoped(office.approver):
        row = occurrences([SUMMARY.key], on=TODAY, last=TODAY).order_by("pk").last()
    assert row is not None
    do_duty(by=office.approver, on=TODAY, occurrence_id=row.pk, done_on=row.first)


def _records(office: Office) -> None:
    """A file whose time of keeping is over, a lecture, and a file that stands."""
    with scoped(office.worker):
        person = people_list(on=TODAY).first()
    assert person is not None
    old, words = make_file_of(office.worker, person.pk, on=date(2004, 3, 1)), {"until": date(2004, 12, 1), "why": "训练结束"}
    end_entry(by=office.worker, on=TODAY, entry_id=old.pk, version=old.version, **words)  # type: ignore[arg-type]
    make_lecture(office.worker, f"康复知识{office.worker.name}")
    make_file_of(office.worker, person.pk, on=TODAY, diagnosis="右下肢截瘫")


def _help(office: Office) -> None:
    """Money for a paired family that was not paid yet."""
    fund = make_pairing_fund(office.clerk, DAY)
    money.receive(by=office.maker, on=DAY, fund=fund, amount=5_000_00, account="1002", reference="JD-1", memo="帮扶捐款")
    with scoped(office.reviewer):
        pair = pair_lines(TODAY)[0]
    words = {"kind": Help.STUDY, "amount": 500_00, "heads": 1, "day": DAY}
    give_money(by=office.clerk, on=TODAY, pair_id=pair.id, fund_id=fund.pk, **words)  # type: ignore[arg-type]


def _revoked(office: Office) -> None:
    """Help at once that was paid for nothing: its order waits to be taken back."""
    person = make_person(office.worker, DAY, "祁无事", office.worker.area)
    one = relief.make_request(office, person, DAY, fast=True)
    one = relief.step(office.reviewer, one, DAY, opinion="情况紧急，先行救助。")
    fund = relief.make_relief_fund(office.maker, 1_000_000, DAY, "BUSY-LJ")
    with scoped(office.maker):
        order_money(by=office.maker, on=DAY, request=one, fund_id=fund.pk)
    with scoped(office.reviewer):
        case = case_by_id(one.case_id)
        assert case is not None
        refuse(by=office.reviewer, on=DAY, case=case, reason="untrue", opinion="没有发生事故。")


def make_kept_old(office: Office) -> None:
    """Somebody by whom the goods of the winter are shared out, and whose bills are borne."""
    person = make_person(office.worker, DAY, "孙五保", office.worker.area, date(1935, 3, 1))
    words = {"kind": "tekun", "grade": "home", "since": DAY, "source": "民政局"}
    recognise_status(by=office.worker, on=DAY, person_id=person.pk, evidence="五保证", **words)  # type: ignore[arg-type]
