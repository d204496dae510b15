"""The monthly run of 低保 and 特困: every family's decided facts by the law of the month, in columns."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from linli.domains.assistance import actions, queries
from linli.domains.assistance.models import MeasuredFacts
from linli.domains.assistance.queries import reckoning
from linli.domains.assistance.samples import (
    VILLAGE,
    add_income,
    carry,
    give_consents,
    make_application,
    make_elder,
    make_family,
    make_office,
    make_son_and_mother,
    post,
    step,
    visit,
)
from linli.domains.assistance.tests.test_present import checked
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_founders, make_staff
from linli.kernel.entitlements import queries as months
from linli.kernel.entitlements.actions import confirm_run, open_run, order_run
from linli.kernel.entitlements.rules import Basis
from linli.kernel.entitlements.samples import make_funding, make_payee
from linli.kernel.registry.queries import statuses_of
from linli.law import Item, Zone
from linli.law.measured import measure, persons_of
from linli.law.tests.families import household_of, table

AUTUMN, JANUARY = date(2025, 9, 1), date(2026, 1, 1)


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def village(db):
    return make_office(VILLAGE)


@pytest.fixture
def money(office):
    """Who computes the month, and who confirms it."""
    founders = make_founders()
    people = (("qian", "钱会计", Role.FINANCE_MAKER), ("sun", "孙复核", Role.FINANCE_CHECKER))
    return [make_staff(key, name, role, DISTRICT, on=FIRST_DAY, founders=founders) for key, name, role in people]


def granted(office, one, on):
    """Along the present chain to the decision."""
    give_consents(office, one, on)
    step(office.worker, one, on)
    visit(office.reviewer, one, on)
    checked(office, one, on=on)
    step(office.reviewer, one, on, "符合条件，提请公示。", to="notice")
    day = post(office, one, "notice", on)
    step(office.reviewer, one, day, "期满无异议。")
    step(office.approver, one, day, "同意确认。")
    with scoped(office.approver):
        return queries.application(one.pk)


def asks(one, member: int, office, on, **words):
    """This member asks to be judged as 特困."""
    with scoped(office.worker):
        row = queries.members_of(one)[member]
    return actions.correct_member(
        by=office.worker, on=on, member=row, why="入户核实", asks=True, bearers_known=True, **words
    )


def lines_of(actor, run):
    with scoped(actor):
        return {row.entitlement.programme: row for row in months.run_lines(run, on=run.month)}


def test_a_new_standard_raises_every_family_with_the_run_of_its_first_month(office, money):
    """DIBAO-11. 2025: 900 a head; 2026: 980. A couple (the grown son does not count) with 400 a head: 1,000, then 1,160."""
    maker, checker = money
    one = make_application(office, make_family(office), on=AUTUMN)
    add_income(office, one, 960_000, AUTUMN, Item.BUSINESS)
    one = granted(office, one, AUTUMN)
    make_payee(office.worker, one.person_id)
    make_funding(maker, programme="dibao")
    assert one.amount == 100_000
    run = open_run(by=maker, on=date(2025, 10, 5), programme="dibao", month=date(2025, 10, 1), basis=Basis.RECKONED)
    line = lines_of(maker, run)["dibao"]
    assert (line.monthly, line.reckoned, line.faults) == (100_000, None, []), "the law has not changed: nothing to tell"
    order_run(by=maker, on=date(2025, 10, 5), run=_confirmed(checker, run, date(2025, 10, 5)))
    run = open_run(by=maker, on=date(2026, 1, 5), programme="dibao", month=JANUARY, basis=Basis.RECKONED)
    line = lines_of(maker, run)["dibao"]
    assert (line.monthly, line.reckoned, line.difference, line.ground) == (116_000, 116_000, "up", "standard")
    assert line.amount == 100_000 * 2 + 116_000, "November and December were not paid yet"
    order_run(by=maker, on=date(2026, 1, 5), run=_confirmed(checker, run, date(2026, 1, 5)))
    with scoped(office.approver):
        (row,) = months.entitlements_of([one.person_id], month=JANUARY)
        decision = months.decisions_of(row).first()
        assert (decision.deed, decision.before, decision.after) == ("raise", 100_000, 116_000)
        assert decision.reasons == ["below_line", "left_out", "class_b"]
        assert decision.articles and all("第649号" in one or "57号" in one or "峄" in one for one in decision.articles)
        told = dict(months.explained(row, [decision]))[decision]
        assert told.amount == 116_000 and any("980" in f"{step.value}{step.note}" for step in told.steps)
        assert all(reason.article for reason in told.reasons), "each ground names its article of the day"
        assert queries.monthly_of(one, JANUARY) == 116_000 and queries.monthly_of(one, date(2025, 12, 1)) == 100_000


def test_after_a_rise_a_cut_is_measured_against_the_raised_money(office, money):
    """社会救助法 §48: 1,000 was decided, 1,160 is paid; 1,080 is a cut and the family is heard before it."""
    maker, checker = money
    one = make_application(office, make_family(office), on=AUTUMN)
    add_income(office, one, 960_000, AUTUMN, Item.BUSINESS)
    one = granted(office, one, AUTUMN)
    make_payee(office.worker, one.person_id)
    make_funding(maker, programme="dibao")
    run = open_run(by=maker, on=date(2026, 1, 5), programme="dibao", month=JANUARY, basis=Basis.RECKONED)
    _confirmed(checker, run, date(2026, 1, 5))
    august = date(2026, 8, 3)
    new = actions.open_verification(by=office.worker, on=august, application=one, why="定期复核")
    assert new.received == 116_000
    with scoped(office.worker):
        line = queries.lines_of(new).get()
    actions.strike_line(by=office.worker, on=august, line=line, why="换成新的一年")
    add_income(office, new, 1_056_000, august, Item.BUSINESS)
    give_consents(office, new, august)
    visit(office.worker, new, august)
    step(office.worker, new, august, "复核属实。")
    checked(office, new, on=august)
    step(office.reviewer, new, august, "提请调整。")
    with scoped(office.approver):
        assert queries.judge(new.pk, august).outcome.amount == 108_000
    with pytest.raises(Refused, match="陈述申辩"):
        step(office.approver, new, august, "同意调整。")


def test_a_family_and_a_five_guarantee_person_are_judged_as_they_were_decided(village):
    """A disabled man on 低保, his mother 五保, in one application: the month's answers are the decision's to the fen."""
    one = make_application(village, make_son_and_mother(village), zone=Zone.RURAL)
    asks(one, 1, village, one.applied_on, failed=["洗澡"])
    add_income(village, one, 30_000)
    carry(village, one)
    month = date(2011, 3, 1)
    with scoped(village.approver):
        one = queries.application(one.pk)
        expected = {row.programme: months.amounts_in(row, month) for row in _standing(one, month)}
        assert {row.programme for row in MeasuredFacts.objects.filter(application=one)} == set(expected) == {"dibao", "tekun"}
        for key, calculator in _CALCULATORS:
            asked = _asked(one, key, month)
            answer = calculator(asked)
            assert answer.known.all() and not answer.fault(asked, frozenset(answer.amounts))
            assert {name: int(sums[0]) for name, sums in answer.amounts.items() if sums[0]} == expected[key]


def test_many_families_take_the_compiled_way_and_get_the_same(village, monkeypatch):
    one = make_application(village, make_son_and_mother(village), zone=Zone.RURAL)
    asks(one, 1, village, one.applied_on, failed=["洗澡"])
    carry(village, one)
    month = date(2011, 3, 1)
    with scoped(village.approver):
        asked = {key: _asked(one, key, month) for key, _ in _CALCULATORS}
        few = [calculator(asked[key]) for key, calculator in _CALCULATORS]
        monkeypatch.setattr(reckoning, "FEW", 0)
        many = [calculator(asked[key]) for key, calculator in _CALCULATORS]
    for one_by_one, compiled in zip(few, many, strict=True):
        assert {key: list(sums) for key, sums in one_by_one.amounts.items()} == {
            key: list(sums) for key, sums in compiled.amounts.items()
        }
        assert list(one_by_one.reasons) == list(compiled.reasons) and one_by_one.reasons.any()


def test_a_month_without_a_standard_is_refused_by_name_and_nothing_is_left_behind(office, money):
    """The lines of 2010 end with 2012: nobody is judged by a standard that may be out of date."""
    maker, _ = money
    one = make_application(office, make_family(office))
    carry(office, one)
    late = date(2013, 1, 5)
    with pytest.raises(Refused, match="2013年1月1日适用于.*城市低保标准.*按现行核定金额试算"):
        open_run(by=maker, on=late, programme="dibao", month=late.replace(day=1), basis=Basis.RECKONED)
    with scoped(maker):
        assert not months.runs().exists()
    assert open_run(by=maker, on=late, programme="dibao", month=date(2012, 12, 1)).pk


def test_facts_of_an_earlier_form_leave_the_decided_amount_as_it_is(office):
    one = make_application(office, make_family(office))
    carry(office, one)
    with scoped(office.approver):
        one = queries.application(one.pk)
        answer = queries.dibao_month(_asked(one, "dibao", JANUARY.replace(year=2011), persons=[987_654]))
    assert not answer.known.any() and not answer.amounts["basic"].any()


def test_a_member_of_a_helped_family_becomes_a_five_guarantee_person_at_a_verification(village):
    """One decision moves the mother from the family's 低保 to 五保 of her own: nobody has both, nobody has neither."""
    one = make_application(village, make_son_and_mother(village), zone=Zone.RURAL)
    carry(village, one)
    with scoped(village.approver):
        one = queries.application(one.pk)
        mother = queries.members_of(one)[1].person
        assert [(row.programme, row.persons) for row in _standing(one, date(2011, 1, 1))] == [("dibao", 2)]
    june, july = date(2011, 6, 1), date(2011, 7, 1)
    new = actions.open_verification(by=village.worker, on=june, application=one, why="母亲申请五保")
    asks(new, 1, village, june)
    visit(village.worker, new, june)
    step(village.worker, new, june, "复核属实。")
    step(village.reviewer, new, june, "提请调整。")
    step(village.approver, new, june, "同意。")
    with scoped(village.approver):
        rows = {row.programme: months.covered_in(row, july) for row in _standing(new, july)}
        assert {key: len(people) for key, people in rows.items()} == {"dibao": 1, "tekun": 1}
        assert rows["tekun"] == [mother]
        assert {row.kind for row in statuses_of(mother, june)} == {"tekun"}


def test_an_old_person_who_moves_from_one_programme_to_the_other_is_told_why_the_first_ended(village):
    one = make_application(village, make_elder(village), zone=Zone.RURAL)
    carry(village, one)
    with scoped(village.approver):
        one = queries.application(one.pk)
    june = date(2011, 6, 1)
    new = actions.open_verification(by=village.worker, on=june, application=one, why="申请五保")
    asks(new, 0, village, june)
    visit(village.worker, new, june)
    step(village.worker, new, june, "复核属实。")
    step(village.reviewer, new, june, "提请调整。")
    step(village.approver, new, june, "同意。")
    with scoped(village.approver):
        rows = {row.programme: row for row in months.entitlements_of([one.person_id])}
        assert rows["dibao"].until == date(2011, 7, 1) == rows["tekun"].since
        assert months.decisions_of(rows["dibao"]).first().ground == "other_programme"


def test_facts_in_numbers_are_read_back_as_they_were():
    homes = [household_of(row) for row in table("minimum")]
    alone = persons_of([measure(home) for home in homes if len(home.members) == 1], [0] * len(homes))
    assert list(alone.people["age"]) == [
        measured_age for home in homes if len(home.members) == 1
        for measured_age in [(home.applied - home.members[0].born).days // 365.2425]
    ]  # fmt: skip


_CALCULATORS = (("dibao", queries.dibao_month), ("tekun", queries.tekun_month))


def _confirmed(checker, run, on):
    return confirm_run(by=checker, on=on, run=run, count=run.count, amount=run.amount)


def _standing(one, month):
    return list(months.entitlements_of([row.person_id for row in queries.members_of(one)], month=month))


def _asked(one, programme, month, persons=None):
    from linli.kernel.entitlements.rules import Asked

    rows = [row for row in _standing(one, month) if row.programme == programme]
    columns = [[row.pk for row in rows], [row.household_id or 0 for row in rows], persons or [row.person_id for row in rows]]
    return Asked(programme, month, *(np.array(column, "i8") for column in columns))
