"""The rules of giving, from tables."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domains.fundraising.queries import law
from linli.domains.fundraising.rules import (
    ALPHABET,
    MOST,
    CampaignKind,
    ContractKind,
    GiftForm,
    Given,
    Plan,
    Terms,
    Tie,
    YearSums,
    books_level,
    completion,
    disclosure_days,
    faults_of_gift,
    faults_of_plan,
    faults_of_terms,
    instalments,
    judge_year,
    next_disclosure,
    read_check_word,
    read_receipt_number,
    receipt_number,
)

AREA, DAY = "370404000000", date(2010, 12, 20)
WHOLE = {
    "aim": "扶贫济困", "place": "峄城区", "responsible": "周慈善", "account": "专户", "beneficiary": "困难家庭",
    "use": "大病救助",    "surplus": "转入下年", "filing": "备2025-01",
}  # fmt: skip


def plan(kind="one_day", since="2025-05-11", until="2025-12-31", filed="2025-05-01", **words):
    days = {"since": date.fromisoformat(since), "until": until and date.fromisoformat(until)}
    days["filed_on"] = date.fromisoformat(filed) if filed else None
    return Plan(CampaignKind(kind), **(WHOLE | days | words))


PLANS = [
    ("filed ten days before", plan(), []),
    ("filed nine days before", plan(filed="2025-05-02"), ["filed_late"]),
    ("not filed", plan(filed=None), ["not_filed"]),
    ("no filing number", plan(filing=" "), ["not_filed"]),
    ("no use and no beneficiary", plan(use="", beneficiary=""), ["missing_beneficiary", "missing_use"]),
    ("no last day", plan(until=None), ["missing_until"]),
    ("exactly three years", plan(until="2028-05-11"), []),
    ("a day more than three years", plan(until="2028-05-12"), ["too_long"]),
    ("ends before it starts", plan(until="2025-05-10"), ["ends_before_start"]),
    ("an emergency filed ten days after its start", plan("disaster", filed="2025-05-21"), []),
    ("an emergency filed eleven days after its start", plan("disaster", filed="2025-05-22"), ["filed_late"]),
    ("an emergency of more than a year", plan("disaster", until="2026-05-12"), ["too_long"]),
    ("in 2010 no term was set", plan(since="2010-05-11", until="2010-12-31", filed="2010-05-11"), []),
    ("filed after the start is late even then", plan(since="2010-05-11", until="2010-12-31", filed="2010-05-12"), ["filed_late"]),
    ("the day before the law of 2016", plan(since="2016-08-31", until="2016-12-31", filed="2016-08-31"), []),
    ("the day of the law of 2016", plan(since="2016-09-01", until="2016-12-31", filed="2016-09-01"), ["filed_late"]),
    ("a named fund files no plan", Plan(CampaignKind.NAMED, date(2025, 1, 1), None), []),
]  # fmt: skip


@pytest.mark.parametrize(("told", "expected"), [row[1:] for row in PLANS], ids=[row[0] for row in PLANS])
def test_a_plan_is_judged_by_the_law_of_its_day(told, expected):
    assert [reason.code for _, reason in faults_of_plan(told, law(), AREA)] == expected


def test_every_fault_of_a_plan_names_its_article():
    for row in PLANS:
        for _, reason in faults_of_plan(row[1], law(), AREA):
            assert reason.article or reason.code == "ends_before_start"


DISCLOSURES = [
    ("a month: only the final account", plan(since="2025-05-01", until="2025-05-31"), ["2025-08-31"]),
    ("exactly six months", plan(since="2025-01-01", until="2025-07-01"), ["2025-10-01"]),
    ("more than six months", plan(since="2025-01-01", until="2025-12-31"),
     ["2025-04-01", "2025-07-01", "2025-10-01", "2026-03-31"]),
    ("an emergency of twelve days", plan("disaster", since="2025-05-01", until="2025-05-13"),
     ["2025-05-06", "2025-05-11", "2025-08-13"]),
    ("a named fund", Plan(CampaignKind.NAMED, date(2025, 1, 1), None), []),
]  # fmt: skip


@pytest.mark.parametrize(("told", "days"), [row[1:] for row in DISCLOSURES], ids=[row[0] for row in DISCLOSURES])
def test_the_days_by_which_results_are_public(told, days):
    assert [day.isoformat() for day in disclosure_days(told, law(), AREA)] == days


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (None, "2025-04-01"), ("2025-03-30", "2025-07-01"), ("2025-04-01", "2025-07-01"), ("2025-04-02", "2025-10-01"),
        ("2025-10-15", "2026-03-31"), ("2025-12-30", "2026-03-31"), ("2025-12-31", None), ("2026-01-10", None),
    ],
)  # fmt: skip
def test_what_is_published_serves_the_next_due_day(last, expected):
    days, until = disclosure_days(plan(since="2025-01-01"), law(), AREA), date(2025, 12, 31)
    found = next_disclosure(days, until=until, last=last and date.fromisoformat(last))
    assert (found and found.isoformat()) == expected


def told(**words):
    words = {"form": GiftForm.MONEY, "amount": 100, "day": DAY, "donor": "张桂兰"} | words
    return Given(**words)


GIFTS = [
    ("a gift", told(), []),
    ("of one fen", told(amount=1), []),
    ("of nothing", told(amount=0), ["amount_not_positive"]),
    ("below nothing", told(amount=-5), ["amount_not_positive"]),
    ("of the most", told(amount=MOST), []),
    ("of more than the most", told(amount=MOST + 1), ["amount_too_large"]),
    ("from tomorrow", told(day=DAY + timedelta(1)), ["future_day"]),
    ("on the first day", told(day=date(2010, 5, 1)), []),
    ("before the first day", told(day=date(2010, 4, 30)), ["outside_campaign"]),
    ("nobody, and not anonymous", told(donor=""), ["donor_missing"]),
    ("nobody, anonymous", told(donor="", anonymous=True), []),
    ("goods without pieces", told(form=GiftForm.GOODS, amount=0, goods="棉被"), ["goods_missing"]),
    ("goods without a name", told(form=GiftForm.GOODS, amount=0, pieces=3), ["goods_missing"]),
    ("goods that are not valued", told(form=GiftForm.GOODS, amount=0, goods="棉被", pieces=3), []),
    ("for somebody whose tie is not known", told(designated="李明"), ["tie_unknown"]),
    ("for somebody without a tie", told(designated="李明", tie=Tie.NONE), []),
    ("for the donor's own relative", told(designated="李明", tie=Tie.DONOR), ["related_to_donor"]),
    ("for the donor", told(designated="张桂兰", tie=Tie.NONE), ["related_to_donor"]),
    ("for a manager's relative", told(designated="李明", tie=Tie.MANAGER), ["related_to_manager"]),
    ("all wrong at once", told(amount=0, donor="", day=DAY + timedelta(1)),
     ["amount_not_positive", "future_day", "donor_missing"]),
]  # fmt: skip


@pytest.mark.parametrize(("gift", "expected"), [row[1:] for row in GIFTS], ids=[row[0] for row in GIFTS])
def test_a_gift_is_judged_whole(gift, expected):
    found = faults_of_gift(gift, on=DAY, since=date(2010, 5, 1), until=date(2010, 12, 31))
    assert [reason.code for _, reason in found] == expected


@given(
    st.sampled_from(ContractKind), st.integers(1, 10**13), st.integers(1, 10_000), st.sampled_from([1, 3, 6, 12]),
    st.integers(1, 60), st.dates(date(2000, 1, 1), date(2050, 12, 31)),
)  # fmt: skip
def test_instalments_sum_to_the_whole_and_differ_by_a_fen_at_most(kind, total, rate, every, count, since):
    terms = Terms(kind, total, since, every, count, rate if kind is ContractKind.INTEREST else 0)
    found = instalments(terms)
    days, amounts = [due.day for due in found], [due.amount for due in found]
    exact = Fraction(total * rate * every * count, 120_000) if kind is ContractKind.INTEREST else Fraction(total)
    assert sum(amounts) == int(exact + Fraction(1, 2))
    assert max(amounts) - min(amounts) <= 1 and min(amounts) >= 0
    assert [due.number for due in found] == list(range(1, count + 1))
    assert days == sorted(set(days)) and days[0] > since


def test_a_hundred_thousand_at_five_percent_pays_five_thousand_a_year():
    terms = Terms(ContractKind.INTEREST, 100_000_00, date(2009, 6, 1), 12, 3, 500)
    assert [(due.day.isoformat(), due.amount) for due in instalments(terms)] == [
        ("2010-06-01", 5_000_00), ("2011-06-01", 5_000_00), ("2012-06-01", 5_000_00),
    ]  # fmt: skip


def test_instalments_from_the_end_of_a_month_end_with_the_month():
    terms = Terms(ContractKind.AGREED, 400, date(2012, 1, 31), 1, 4)
    assert [due.day.day for due in instalments(terms)] == [29, 31, 30, 31]


@pytest.mark.parametrize(
    ("words", "field"),
    [({"sum": 0}, "sum"), ({"every": 5}, "every"), ({"count": 0}, "count"), ({"rate": 0}, "rate"), ({"rate": 10_001}, "rate"),
     ({"sum": 1, "rate": 1}, "sum")],
)  # fmt: skip
def test_faulty_terms_are_named(words, field):
    usual = {"kind": ContractKind.INTEREST, "sum": 100_00, "since": DAY, "every": 12, "count": 3, "rate": 500}
    assert [name for name, _ in faults_of_terms(Terms(**(usual | words)))] == [field]


YEARS = [
    ("exactly seventy percent of last year", YearSums(2025, 70, 7, (100,)), True, []),
    ("a fen less", YearSums(2025, 69, 6, (100,)), False, ["spent_too_little"]),
    ("the mean of three years is enough", YearSums(2025, 56, 5, (100, 80, 60)), True, []),
    ("two years before are no three", YearSums(2025, 56, 5, (100, 60)), False, ["spent_too_little"]),
    ("management of a tenth", YearSums(2025, 100, 10, (100,)), True, []),
    ("management of more than a tenth", YearSums(2025, 100, 11, (100,)), False, ["management_too_high"]),
    ("both", YearSums(2025, 10, 5, (100,)), False, ["spent_too_little", "management_too_high"]),
    ("the ordinance of 2004 holds for 2010", YearSums(2010, 70, 7, (100,)), True, []),
    ("there was no rule in 2003", YearSums(2003, 70, 7, (100,)), False, ["no_rule"]),
]


@pytest.mark.parametrize(("sums", "kept", "codes"), [row[1:] for row in YEARS], ids=[row[0] for row in YEARS])
def test_the_ratios_of_a_year(sums, kept, codes):
    outcome = judge_year(sums, law(), AREA)
    assert outcome.granted is kept
    assert [reason.code for reason in outcome.reasons] == (codes or ["spent_enough"])
    if codes != ["no_rule"]:
        assert outcome.steps and all(value.source for value in outcome.values) and outcome.reasons[0].article


def test_the_completion_of_a_plan():
    assert completion(0, 5) is None
    assert completion(300, 200) == Fraction(2, 3) and completion(100, 125) == Fraction(5, 4)


def test_a_receipt_number_is_read_as_people_type_it():
    number = receipt_number("370404100000", 2010, 123)
    assert number == "370404100-2010-000123"
    for text in (number, " 370404100 2010 000123", "３７０４０４１００－２０１０－０００１２３", "3704041002010000123"):
        assert read_receipt_number(text) == number
    for text in ("", "123", number + "9999999", "370404100-2010-OOO123", "x" * 500):
        with pytest.raises(ValueError, match="票据编号"):
            read_receipt_number(text)


def test_a_check_word_is_read_whatever_its_case():
    word = ALPHABET[:8]
    assert read_check_word(f" {word.lower()[:4]}-{word[4:]} ") == word
    for text in ("", word[:7], word + "A", "0" * 8, "'; drop"):
        with pytest.raises(ValueError, match="校验码"):
            read_check_word(text)


def test_the_books_of_a_gift_are_told_by_the_area():
    assert (books_level("370404000000"), books_level("370404100000")) == ("district", "town")
