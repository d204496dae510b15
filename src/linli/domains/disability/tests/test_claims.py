"""The two subsidies from the claim to the monthly run: what is refused, what is paid, and why, by the law of the day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.db import IntegrityError, transaction

from linli.base.dated import Parameters
from linli.domains.assistance.samples import make_office
from linli.domains.disability import actions
from linli.domains.disability.actions import settle
from linli.domains.disability.models import Claim
from linli.domains.disability.queries import reckoning
from linli.domains.disability.queries.found import dead, nothing_left, undrawn
from linli.domains.disability.samples import DAY, carry, make_claim, make_disabled
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Role, Stale
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.actions import refuse, reopen, withdraw
from linli.kernel.cases.queries import case_by_id, decision
from linli.kernel.entitlements.actions import open_run
from linli.kernel.entitlements.models import Decision, RunLine
from linli.kernel.entitlements.queries import amounts_of, entitlements_of, explained
from linli.kernel.entitlements.rules import Basis
from linli.kernel.entitlements.samples import make_funding, make_month, make_payee
from linli.kernel.ledgers.actions import check_batch, lock_batch
from linli.kernel.ledgers.samples import bank_answers
from linli.kernel.registry.actions import end_status, recognise_status, record_death
from linli.kernel.registry.models import Status
from linli.kernel.registry.samples import make_person
from linli.law import all_values

AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
BOTH = {"disabled_living": 180_00, "disabled_care": 180_00}


@pytest.fixture
def office(db):
    return make_office()


def money(office, person, month=AUGUST):
    """Fen of a month by programme."""
    with scoped(office.approver):
        rows = list(entitlements_of([person.pk], month=month))
        sums = amounts_of(rows, month)
        return {row.programme: sums.get(row.pk, 0) for row in rows}


def fresh(office, one):
    with scoped(office.approver):
        one.refresh_from_db()


def granted(office, **words):
    person = make_disabled(office.worker, **words)
    return person, carry(office, make_claim(office, person))


@pytest.mark.parametrize(
    ("grade", "family", "words", "expected"),
    [
        ("41", "dibao", {}, BOTH),
        ("42", "dibao", {}, {"disabled_living": 180_00, "disabled_care": 150_00}),
        ("43", "dibao", {}, {"disabled_living": 180_00}),
        ("63", "edge", {}, {"disabled_living": 180_00, "disabled_care": 120_00}),
        ("41", "", {}, {"disabled_care": 180_00}),
        ("41", "dibao", {"long_care": False}, {"disabled_living": 180_00}),
        ("41", "dibao", {"other": "elder_care", "amount": 180_00}, {"disabled_living": 180_00}),
        ("41", "dibao", {"other": "work_injury_care", "amount": 179_99}, BOTH),
    ],
)
def test_kind_level_and_family_decide_what_is_paid_from_the_month_of_the_application(office, grade, family, words, expected):
    person = make_disabled(office.worker, grade=grade, family=family)
    one = carry(office, make_claim(office, person, **words))
    assert money(office, person) == expected
    assert money(office, person, date(2026, 7, 1)) == {}
    assert (one.living, one.care) == (expected.get("disabled_living", 0), expected.get("disabled_care", 0))


def test_every_decision_names_its_articles_steps_and_facts(office):
    person, one = granted(office)
    with scoped(office.approver):
        stored = decision(one.case)
        assert stored.rule == "law.decide_subsidies" and stored.facts["level"] == 1
        assert stored.outcome["amount"] == 360_00 and all(reason["article"] for reason in stored.outcome["reasons"])
        parts = {row.entitlement.programme: row for row in Decision.objects.filter(entitlement__person=person)}
        assert parts["disabled_living"].reasons == ["living"] and parts["disabled_care"].reasons == ["care"]
        assert all("国发〔2015〕52号" in row.articles[0] and row.paper == one.case.number for row in parts.values())


@pytest.mark.parametrize(
    ("scheme", "expected"),
    [("tekun", None), ("orphan", {"disabled_care": 180_00}), ("unsupported_child", {"disabled_care": 180_00})],
)
def test_other_schemes_keep_out_what_the_law_does_not_let_stand_beside_them(office, scheme, expected):
    person = make_disabled(office.worker, family="", birth=date(2012, 5, 6))
    words = {"kind": scheme, "grade": "home" if scheme == "tekun" else "", "since": date(2026, 1, 1), "source": "社会救助"}
    recognise_status(by=office.worker, on=date(2026, 1, 1), person_id=person.pk, **words)
    one = make_claim(office, person)
    if expected is not None:
        carry(office, one)
        assert money(office, person) == expected
        return
    carry(office, one, to="approval")
    with pytest.raises(Refused, match="特困人员已有生活和护理保障"):
        carry(office, one)


def test_a_refusal_is_stored_with_the_laws_answer_or_with_the_officers(office):
    person = make_disabled(office.worker, grade="44", family="")
    one = carry(office, make_claim(office, person), to="approval")
    with pytest.raises(Refused, match="不属于发给护理补贴的等级"):
        carry(office, one)
    with scoped(office.approver):
        refuse(by=office.approver, on=DAY, case=case_by_id(one.case_id), reason="not_qualified", opinion="等级不符。")
        stored = decision(case_by_id(one.case_id))
    fresh(office, one)
    assert one.state == "refused" and money(office, person) == {}
    with pytest.raises(Refused, match="还没有准予补贴的决定"):
        settle(by=office.approver, on=DAY, claim=one)
    assert money(office, person) == {}, "a decision that refuses pays nothing, whoever asks"
    assert {reason["code"] for reason in stored.outcome["reasons"]} == {"family_not_poor", "level_too_light"}
    two = carry(office, make_claim(office, make_disabled(office.worker, "周小山")), to="approval")
    with scoped(office.approver):
        refuse(by=office.approver, on=DAY, case=case_by_id(two.case_id), reason="untrue", opinion="证件是别人的。")
        assert decision(case_by_id(two.case_id)).outcome["reasons"][0]["code"] == "officer_refused"


def test_a_refused_claim_that_is_taken_up_again_is_decided_and_paid(office):
    person = make_disabled(office.worker, grade="44", family="")
    one = carry(office, make_claim(office, person), to="approval")
    with scoped(office.approver):
        refuse(by=office.approver, on=DAY, case=case_by_id(one.case_id), reason="not_qualified", opinion="等级不符。")
    words = {"kind": "edge", "grade": "", "since": DAY, "source": "社会救助"}
    recognise_status(by=office.worker, on=DAY, person_id=person.pk, **words)
    with scoped(office.approver):
        reopen(by=office.approver, on=DAY, case=case_by_id(one.case_id), to="approval", opinion="复议后重新办理。")
    carry(office, one)
    assert money(office, person) == {"disabled_living": 180_00}
    with scoped(office.approver), pytest.raises(Refused, match="补贴已经批准"):
        reopen(by=office.approver, on=DAY, case=case_by_id(one.case_id), to="approval", opinion="再办。")


def test_what_cannot_become_a_claim_is_refused_at_the_door_and_leaves_nothing(office):
    person = make_disabled(office.worker)
    with pytest.raises(Refused, match="没有2010年12月20日适用于"):
        make_claim(office, person, date(2010, 12, 20))
    with pytest.raises(Refused, match="困难残疾人生活补贴标准"):
        make_claim(office, person, date(2018, 12, 20))
    plain = make_person(office.worker, FIRST_DAY, "吴健")
    with pytest.raises(Refused, match="没有登记残疾类别和等级"):
        make_claim(office, plain)
    for words, said in (
        ({"other": "elder_care"}, "应同时填写"), ({"amount": 5}, "应同时填写"), ({"other": "pension", "amount": 5}, "没有这一项"),
        ({"agent": "周二"}, "应同时填写"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=said):
            make_claim(office, person, **words)
    make_claim(office, person)
    with pytest.raises(Refused, match="已有一份补贴申请正在办理"):
        make_claim(office, person)
    record_death(by=office.worker, on=DAY, person_id=plain.pk, day=DAY)
    with pytest.raises(Refused, match="登记死亡"):
        make_claim(office, plain)
    with scoped(office.approver):
        assert Claim.objects.count() == 1


def test_two_claims_of_one_person_cannot_stand(office):
    person, one = granted(office)
    with scoped(office.worker), pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.create(
            case=make_claim(office, make_disabled(office.worker, "别人")).case, person=person, state="granted", applied_on=DAY,
            since=AUGUST, area=person.area, area_then=person.area,
        )  # fmt: skip
    assert one.state == "granted"


def test_a_second_application_takes_the_place_of_the_first_and_adds_what_is_new(office):
    person, first = granted(office, family="")
    assert money(office, person) == {"disabled_care": 180_00}
    words = {"kind": "dibao", "grade": "rural", "since": date(2026, 9, 3), "source": "社会救助"}
    recognise_status(by=office.worker, on=date(2026, 9, 3), person_id=person.pk, **words)
    second = carry(office, make_claim(office, person, date(2026, 9, 5)), on=date(2026, 9, 6))
    fresh(office, first)
    assert (first.state, first.ended_as, second.former_id) == ("ended", "replaced", first.pk)
    assert money(office, person, SEPTEMBER) == BOTH and money(office, person, AUGUST) == {"disabled_care": 180_00}
    with scoped(office.approver):
        assert entitlements_of([person.pk]).count() == 2, "the care subsidy goes on as it was"


def test_a_withdrawn_second_application_leaves_the_first_as_it_was(office):
    person, first = granted(office)
    second = make_claim(office, person, SEPTEMBER)
    with scoped(office.worker):
        withdraw(by=office.worker, on=SEPTEMBER, case=case_by_id(second.case_id), opinion="误申请。")
    fresh(office, first)
    fresh(office, second)
    assert (first.state, second.state) == ("granted", "withdrawn") and money(office, person, SEPTEMBER) == BOTH


def test_who_gives_up_or_dies_gets_nothing_from_the_month_after(office):
    person, one = granted(office)
    with pytest.raises(Refused, match="没有登记死亡"):
        actions.end_claim(by=office.reviewer, on=DAY, claim=one, how="died", why="听说")
    with pytest.raises(Refused, match="请选择终止的原因"):
        actions.end_claim(by=office.reviewer, on=DAY, claim=one, how="replaced", why="误")
    with pytest.raises(Refused, match="请写明终止的依据"):
        actions.end_claim(by=office.reviewer, on=DAY, claim=one, how="wish", why=" ")
    record_death(by=office.worker, on=date(2026, 9, 2), person_id=person.pk, day=date(2026, 8, 30))
    actions.end_claim(by=office.reviewer, on=date(2026, 10, 8), claim=one, how="died", why="火化证明")
    assert money(office, person) == BOTH and money(office, person, SEPTEMBER) == {}
    with pytest.raises(Stale):
        actions.end_claim(by=office.reviewer, on=date(2026, 10, 8), claim=one, how="wish", why="误")


@pytest.fixture
def cashdesk(office):
    founders = make_founders()
    maker = make_staff("qian", "钱会计", Role.FINANCE_MAKER, DISTRICT, on=FIRST_DAY, founders=founders)
    checker = make_staff("sun", "孙复核", Role.FINANCE_CHECKER, DISTRICT, on=FIRST_DAY, founders=founders)
    for programme in BOTH:
        make_funding(maker, programme=programme)
    return maker, checker


def lines(office, run):
    with scoped(office.approver):
        rows = RunLine.objects.filter(run=run).select_related("entitlement__person")
        return {row.entitlement.person.name: (row.difference, row.monthly, row.faults) for row in rows}


def paid_month(cashdesk, programme, month):
    maker, checker = cashdesk
    run = make_month(maker, checker, month=month, programme=programme, on=month.replace(day=5), basis=Basis.RECKONED)
    check_batch(by=checker, on=month.replace(day=6), batch=run.batch, count=run.batch.count, amount=run.batch.amount)
    lock_batch(by=checker, on=month.replace(day=6), batch=run.batch)
    bank_answers(maker, on=month.replace(day=7), batch=run.batch)
    return run


def test_the_monthly_run_follows_the_registry_and_tells_who_is_new_less_and_stopped_and_why(office, cashdesk):
    stays, falls, ends, tekun = (granted(office, name=name)[0] for name in ("周甲", "周乙", "周丙", "周丁"))
    for person in (stays, falls, ends, tekun):
        make_payee(office.worker, person.pk)
    run = paid_month(cashdesk, "disabled_care", AUGUST)
    assert lines(office, run) == dict.fromkeys(("周甲", "周乙", "周丙", "周丁"), ("new", 180_00, []))
    with scoped(office.worker):
        held = {row.person_id: row.pk for row in Status.objects.filter(kind="disabled")}
    end_status(by=office.worker, on=date(2026, 8, 20), status_id=held[falls.pk], reason="换证")
    words = {"kind": "disabled", "grade": "42", "since": date(2026, 8, 20), "source": "残联"}
    recognise_status(by=office.worker, on=date(2026, 8, 20), person_id=falls.pk, **words)
    end_status(by=office.worker, on=date(2026, 8, 20), status_id=held[ends.pk], reason="注销")
    words = {"kind": "tekun", "grade": "home", "since": date(2026, 8, 25), "source": "社会救助"}
    recognise_status(by=office.worker, on=date(2026, 8, 25), person_id=tekun.pk, **words)
    run = paid_month(cashdesk, "disabled_care", SEPTEMBER)
    assert lines(office, run) == {
        "周甲": ("same", 180_00, []), "周乙": ("down", 150_00, []), "周丙": ("stop", 0, []), "周丁": ("stop", 0, [])
    }
    assert (run.count, run.amount) == (2, 330_00)
    assert money(office, ends, SEPTEMBER)["disabled_care"] == 0
    with scoped(office.approver):
        rows = Decision.objects.filter(deed="raise").select_related("entitlement__person")
        made = {row.entitlement.person.name: row for row in rows}
        assert {name: row.reasons for name, row in made.items()} == {
            "周乙": ["care"], "周丙": ["not_disabled"], "周丁": ["tekun_care"]
        }
        row = made["周乙"]
        [(_, told), *_] = [one for one in explained(row.entitlement, [row])]
        assert told.amount == 150_00 and "二级" in "".join(value.source for value in told.values)


def test_a_run_of_a_month_whose_amounts_nobody_entered_is_refused_by_name(office, cashdesk, monkeypatch):
    person, _ = granted(office)
    make_payee(office.worker, person.pk)
    ends = [replace(one, until=date(2026, 8, 31)) if one.key == "disabled.living" else one for one in all_values()]
    monkeypatch.setattr(reckoning, "law_now", lambda: Parameters(ends))
    words = {"by": cashdesk[0], "on": SEPTEMBER, "programme": "disabled_care", "month": SEPTEMBER}
    with pytest.raises(Refused, match="没有2026年9月1日适用于.*“困难残疾人生活补贴标准”.*按现行核定金额"):
        open_run(**words, basis=Basis.RECKONED)
    assert open_run(**words).amount == 360_00, "August and September as they were decided"


def test_care_that_is_stated_later_counts_from_its_month(office, cashdesk):
    person, one = granted(office)
    make_payee(office.worker, person.pk)
    with pytest.raises(Refused, match="请写明依据"):
        actions.state_care(by=office.worker, on=DAY, claim=one, since=SEPTEMBER, long_care=True, other="elder_care", amount=1)
    with pytest.raises(Refused, match="不早于2026年8月"):
        actions.state_care(by=office.worker, on=DAY, claim=one, since=date(2026, 7, 1), long_care=True, evidence="入户")
    words = {"other": "elder_care", "amount": 200_00, "evidence": "发放单位证明"}
    actions.state_care(by=office.worker, on=DAY, claim=one, since=SEPTEMBER, long_care=True, **words)
    assert lines(office, paid_month(cashdesk, "disabled_care", AUGUST))["周大山"][1] == 180_00
    run = open_run(by=cashdesk[0], on=SEPTEMBER, programme="disabled_care", month=SEPTEMBER, basis=Basis.RECKONED)
    assert lines(office, run)["周大山"][:2] == ("stop", 0)
    actions.end_claim(by=office.reviewer, on=DAY, claim=one, how="wish", why="本人放弃")
    fresh(office, one)
    with pytest.raises(Refused, match="已经办结或终止"):
        actions.state_care(by=office.worker, on=DAY, claim=one, since=SEPTEMBER, long_care=True, evidence="入户")


def found(office, search, on=DAY):
    with scoped(office.approver):
        return {row.person: row.detail for row in search(on).found}


def test_who_has_a_right_and_does_not_draw_it_is_found_from_the_registry(office):
    none = make_disabled(office.worker, "周甲")
    light = make_disabled(office.worker, "周乙", grade="44", family="")
    half, _ = granted(office, name="周丙", family="")
    asks = make_disabled(office.worker, "周丁")
    make_claim(office, asks)
    told = found(office, undrawn)
    assert set(told) == {none.pk} and "困难残疾人生活补贴、重度残疾人护理补贴" in told[none.pk]
    recognise_status(by=office.worker, on=DAY, person_id=half.pk, kind="edge", grade="", since=DAY, source="社会救助")
    told = found(office, undrawn)
    assert set(told) == {none.pk, half.pk} and "护理补贴" not in told[half.pk]
    assert light.pk not in told
    assert found(office, undrawn, date(2010, 12, 20)) == {} and found(office, undrawn, date(2019, 12, 20)) == {}


def test_who_draws_without_a_right_is_found(office):
    died, _ = granted(office, name="周甲")
    lost, _ = granted(office, name="周乙", family="")
    granted(office, name="周丙")
    assert found(office, dead) == {} and found(office, nothing_left) == {}
    record_death(by=office.worker, on=DAY, person_id=died.pk, day=DAY)
    with scoped(office.worker):
        row = Status.objects.get(person=lost, kind="disabled")
    end_status(by=office.worker, on=date(2026, 8, 20), status_id=row.pk, reason="注销")
    assert set(found(office, dead)) == {died.pk}
    assert set(found(office, nothing_left, SEPTEMBER)) == {lost.pk}
