"""Bills settled at once, the year's deductible and limit, and the statement that pays the hospital."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.journeys.walker import Walker

from linli.domains.medical import actions, queries
from linli.domains.medical.models import Bill
from linli.domains.medical.rules import CLASSES, Sums, class_of
from linli.domains.medical.samples import (
    DAY,
    make_bill,
    make_hospital,
    make_medical_fund,
    make_patient,
    make_window,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.figures.queries import figure, relations, value
from linli.kernel.figures.rules import year_period
from linli.kernel.ledgers.queries import check_books, order_by_source
from linli.kernel.registry.queries import clear_number
from linli.law.medical import Patient

YEAR = year_period(2026)


@pytest.fixture
def window(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_window()


def count(key):
    return value(figure(f"medical.{key}"), YEAR, "370404000000", {})


@pytest.mark.parametrize(
    ("statuses", "age", "found"),
    [
        (["dibao"], 40, Patient.DIBAO), (["edge", "tekun"], 40, Patient.TEKUN), (["orphan"], 9, Patient.TEKUN),
        ([], 100, Patient.EDGE), ([], 99, None), (["disabled"], 50, None), (["poor_by_calamity"], 50, Patient.EDGE),
        (["poor_by_illness"], 50, Patient.ILLNESS),
    ],
)  # fmt: skip
def test_as_what_a_patient_counts(statuses, age, found):
    assert class_of(statuses, age) == found
    assert set(CLASSES.values()) == set(Patient)


@pytest.mark.parametrize(
    ("sums", "fields"),
    [
        (Sums(10, 8, 4, 2), []), (Sums(0, 0, 0, 0), ["cost"]), (Sums(5, 6, 1, 1), ["covered"]), (Sums(9, 5, 4, 2), ["basic"]),
    ],
)  # fmt: skip
def test_what_a_hospitals_paper_cannot_say(sums, fields):
    assert [field for field, _ in sums.faults] == fields


def test_the_patient_pays_only_what_insurances_and_aid_leave(window):
    """低保, 8,000 within the lists, 5,000 insured: 3,000 × 70 % = 2,100; of 10,000 the patient pays 2,900."""
    one = make_bill(window, make_patient(window), make_hospital(window))
    assert (one.aid, one.own, one.patient) == (210_000, 290_000, "dibao")
    with scoped(window.approver):
        assert {key: count(key) for key in ("times", "inpatient", "outpatient", "money", "cost")} == {
            "times": 1, "inpatient": 1, "outpatient": 0, "money": 210_000, "cost": 1_000_000,
        }  # fmt: skip
        for relation in [one for one in relations() if one.key.startswith("medical.")]:
            assert relation.check({key: count(key.removeprefix("medical.")) for key in (*relation.left, *relation.right)}).holds


def test_the_deductible_is_one_of_the_year_and_the_limit_holds(window):
    """边缘: the first 3,000 of the year (10 % of 30,000) are the patient's own; the limit of the year is 30,000."""
    person, hospital = make_patient(window, "edge", ""), make_hospital(window)
    first = make_bill(window, person, hospital, invoice="1")
    assert first.aid == 0, "3,000 own, all of it deductible"
    second = make_bill(window, person, hospital, invoice="2")
    assert second.aid == 180_000, "the deductible is used up: 3,000 × 60 %"
    large = {"cost": 9_000_000, "covered": 9_000_000, "basic": 0, "serious": 0}
    assert make_bill(window, person, hospital, invoice="3", **large).aid == 3_000_000 - 180_000
    assert make_bill(window, person, hospital, invoice="4").aid == 0
    next_year = date(2027, 1, 4)
    assert make_bill(window, person, hospital, next_year, invoice="5", **large).aid > 0


def test_the_database_holds_the_limit_of_the_year(window):
    one = make_bill(window, make_patient(window), make_hospital(window))
    with scoped(window.reviewer):
        for words in ({"aid": 300_000, "most": 500_000}, {"aid": 900_000, "most": 9_000_000}):
            again = Bill.objects.get(pk=one.pk)
            again.pk, again.invoice, again._state.adding = None, "X", True
            for name, worth in words.items():
                setattr(again, name, worth)
            with pytest.raises(DatabaseError), transaction.atomic():
                again.save(force_insert=True)
        with pytest.raises(DatabaseError), transaction.atomic():
            Bill.objects.filter(pk=one.pk).update(aid=1)


def test_a_paper_is_settled_once_and_a_wrong_one_is_taken_back(window):
    person, hospital = make_patient(window), make_hospital(window)
    one = make_bill(window, person, hospital)
    with pytest.raises(Refused, match="已经结算过"):
        make_bill(window, person, hospital)
    actions.cancel_bill(by=window.reviewer, on=DAY, bill=one, why="金额录入有误")
    again = make_bill(window, person, hospital, basic=500_000)
    assert again.aid == 140_000
    with scoped(window.approver):
        assert count("money") == 140_000
    with pytest.raises(Refused, match="不能再撤销"):
        actions.cancel_bill(by=window.reviewer, on=DAY, bill=one, why="再撤")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"left_on": DAY + timedelta(days=1)}, "不能晚于今天"), ({"covered": 1_000_001}, "超过总费用"), ({"cost": 0}, "应大于0"),
        ({"basic": 800_001}, "超过政策范围内费用"), ({"left_on": date(2020, 1, 1)}, "没有与这家医院的定点协议"),
    ],
)  # fmt: skip
def test_what_cannot_be_settled_is_said(window, words, said):
    with pytest.raises(Refused, match=said):
        make_bill(window, make_patient(window), make_hospital(window), **words)


def test_somebody_without_a_status_is_told_of_temporary_relief(window):
    with pytest.raises(Refused, match="可以申请临时救助"):
        make_bill(window, make_patient(window, ""), make_hospital(window))


def test_a_hospital_is_paid_each_bill_once_by_another_hand(window):
    person, hospital, fund = make_patient(window), make_hospital(window), make_medical_fund(window.maker)
    one = make_bill(window, person, hospital)
    with pytest.raises(Forbidden):
        actions.state_bills(by=window.reviewer, on=DAY, hospital=hospital, until=DAY)
    with pytest.raises(Refused, match="不能晚于今天"):
        actions.state_bills(by=window.approver, on=DAY, hospital=hospital, until=DAY + timedelta(days=5))
    made = actions.state_bills(by=window.approver, on=DAY, hospital=hospital, until=DAY)
    assert (made.bills, made.amount) == (1, 210_000)
    with pytest.raises(Refused, match="没有等待结算"):
        actions.state_bills(by=window.approver, on=DAY, hospital=hospital, until=DAY)
    with scoped(window.reviewer), pytest.raises(Refused, match="不能再撤销"):
        actions.cancel_bill(by=window.reviewer, on=DAY, bill=queries.bill(one.pk), why="再撤")
    made = actions.pay_statement(by=window.maker, on=DAY, statement=made, fund_id=fund.pk)
    with pytest.raises(Stale):
        actions.pay_statement(by=window.maker, on=DAY, statement=made, fund_id=fund.pk)
    with scoped(window.approver):
        order = order_by_source(queries.source_of(made))
        assert (order.amount, order.payee, order.organisation_id) == (210_000, hospital.name, hospital.organisation_id)
        assert not [proof for proof in check_books() if proof.faults]


def test_finance_reads_what_hospitals_are_owed_and_no_patient(window):
    one = make_bill(window, make_patient(window), make_hospital(window))
    made = actions.state_bills(by=window.approver, on=DAY, hospital=one.hospital, until=DAY)
    maker = Walker("caijing").open("/").follow("1张医院结算单等待开付款单").follow("峄城区人民医院")
    assert "2,100.00" in maker.text and "张病人" not in maker.text
    assert maker.client.get(f"/medical/bills/{one.pk}/").status_code == 403
    assert "JS-1" in Walker("wang").open(f"/medical/statements/{made.pk}/").text


def test_a_patient_of_the_minimum_income_leaves_the_hospital_settled(window):
    """RELIEF-03: the district designates the hospital; the window settles the paper at once and the sheet explains it; the
    hospital is paid; money and person-times are counted by inpatient and outpatient, by class of illness."""
    place = make_hospital(window, name="旧医院").organisation
    actions.end_designation(by=window.approver, on=DAY, hospital=queries_of(window)[0])
    person, fund = make_patient(window), make_medical_fund(window.maker)
    with scoped(window.worker):
        number = clear_number(person)
    wang = Walker("wang").open("/medical/hospitals/").follow("登记定点医院")
    since = (DAY - timedelta(days=30)).isoformat()
    assert "旧医院" in wang.send("登记", organisation=str(place.pk), agreement="峄医救2号", since=since).text
    with scoped(window.approver):
        (hospital,) = queries.hospitals(DAY)
    paper = {"hospital": str(hospital.pk), "way": "inpatient", "illness": "major", "left_on": DAY.isoformat()}
    money = {"cost": "10000", "covered": "8000", "basic": "4000", "serious": "1000"}
    zhao = Walker("zhao").open("/medical/bills/").follow("即时结算").send("查找患者", number=number)
    assert "低保对象" in zhao.text
    zhao.send("结算", expect=422, invoice="ZY-1", **paper, **(money | {"covered": "10001"}))
    assert "超过总费用" in zhao.text
    zhao.send("结算", invoice="ZY-1", **paper, **money)
    assert "2,100.00" in zhao.text and "2,900.00" in zhao.text and "70%" in zhao.text
    wrong = paper | {"way": "outpatient", "illness": "chronic"}
    zhao.open(f"/medical/bills/new/{person.pk}/").send("结算", invoice="MZ-1", **wrong, **money)
    zhao.follow("撤销结算").send("撤销", why="录错")
    assert "已撤销" in zhao.text
    wang = Walker("wang").open("/medical/hospitals/").follow("核定").send("核定")
    assert "2,100.00" in wang.text and "ZY-1" in wang.text
    paid = Walker("caijing").open("/medical/hospitals/").follow("开付款单").send("开付款单", fund=str(fund.pk))
    assert "付款单已开" in paid.text
    for key, shown in (("times", "1"), ("money", "2,100.00"), ("paid", "2,100.00")):
        assert shown in wang.open(f"/figures/medical.{key}/rows/?period=2026").text, key
    wang.open("/figures/medical.money/rows/?period=2026").follow("ZY-1")
    assert "张病人" in wang.text


def queries_of(window):
    with scoped(window.approver):
        return list(queries.hospitals(DAY))


def test_a_hospital_is_designated_once_and_a_bill_taken_back_with_a_reason(window):
    hospital, person = make_hospital(window), make_patient(window)
    again = {"organisation_id": hospital.organisation_id, "agreement": "峄医救〔2〕号", "since": DAY}
    with pytest.raises(Refused, match="峄城区人民医院已经是定点医院"):
        actions.designate(by=window.approver, on=DAY, **again)
    bill = make_bill(window, person, hospital)
    with pytest.raises(Refused, match="请写明撤销的原因"):
        actions.cancel_bill(by=window.reviewer, on=DAY, bill=bill, why=" ")
    actions.end_designation(by=window.approver, on=DAY, hospital=hospital)
    with pytest.raises(Stale, match="这家医院的协议已经终止"):
        actions.end_designation(by=window.approver, on=DAY, hospital=hospital)
