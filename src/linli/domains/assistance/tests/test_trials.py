"""A policy is tried out before it is decided: cost, who gains, who loses; and nothing changes for anybody."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from linli.domains.assistance import actions, queries
from linli.domains.assistance.models import TrialLine
from linli.domains.assistance.rules.trials import LEVERS, TrialState, with_changes
from linli.domains.assistance.samples import (
    add_income,
    give_consents,
    make_application,
    make_family,
    make_office,
    make_son_and_mother,
    step,
    visit,
)
from linli.domains.assistance.tests.test_months import AUTUMN, JANUARY, asks, granted
from linli.domains.assistance.tests.test_present import checked
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused
from linli.kernel.cases.actions import refuse
from linli.kernel.entitlements.models import Decision
from linli.kernel.jobs.samples import work_off
from linli.kernel.standards.queries import effects_of
from linli.law import Item, Zone, all_values

URBAN = ("dibao.standard.urban",)


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = "2026-01-20"
    return make_office()


@pytest.fixture
def helped(office):
    """A couple with 400 a head, on 低保 since the autumn."""
    one = make_application(office, make_family(office), on=AUTUMN)
    add_income(office, one, 960_000, AUTUMN, Item.BUSINESS)
    return granted(office, one, AUTUMN)


@pytest.fixture
def refused(office):
    """A couple with 1,000 a head: 100 above the line of 2025, and refused."""
    one = make_application(office, make_family(office, ("冯一", "冯二")), on=AUTUMN)
    add_income(office, one, 5_000_000, AUTUMN, Item.BUSINESS)
    give_consents(office, one, AUTUMN)
    step(office.worker, one, AUTUMN)
    visit(office.reviewer, one, AUTUMN)
    checked(office, one, on=AUTUMN)
    step(office.reviewer, one, AUTUMN, "不符合条件，报区民政局决定。", to="approval")
    with scoped(office.approver):
        case = queries.application(one.pk).case
    refuse(by=office.approver, on=AUTUMN, case=case, reason="not_qualified", opinion="收入超过标准。")
    return one


def tried(office, month=JANUARY, **changes):
    words = {key.replace("__", "."): text for key, text in changes.items()}
    trial = actions.order_trial(by=office.approver, on=date(2026, 1, 20), title="提高标准", month=month, changes=words)
    work_off()
    with scoped(office.approver):
        return queries.trial_of(trial.pk), {line.person.name: line for line in queries.trial_lines(trial)}


def test_a_higher_line_costs_what_each_family_would_get_more(office, helped):
    """2026: 980 a head; tried: 1,030. Two people: 1,160 becomes 1,260."""
    trial, lines = tried(office, dibao__standard__urban="1030")
    line = lines[helped.person.name]
    assert (line.was, line.becomes, line.difference) == ("dibao", "dibao", "up")
    assert (line.before, line.after, line.people) == (116_000, 126_000, 2)
    assert (trial.before, trial.after) == (116_000, 126_000)


def test_a_family_that_was_refused_would_be_helped_under_a_higher_line(office, helped, refused):
    """50,000 a year for two, 2,083 a head: not below 980, but below 2,200."""
    trial, lines = tried(office, dibao__standard__urban="2200")
    line = lines[refused.person.name]
    assert (line.was, line.becomes, line.difference, line.before) == ("nothing", "dibao", "new", 0)
    assert line.after == 2 * 220_000 - 416_600
    with scoped(office.approver):
        (row,) = queries.sums_by_programme(trial)
        assert (row["known"], row["families"], row["families_after"], row["people"], row["people_after"]) == (2, 1, 2, 2, 4)
        assert row["more"] == sum(one.after - one.before for one in lines.values())
        (town,) = queries.sums_by_town(trial)
        assert (town["zh"], town["before"], town["after"]) == ("坛山街道", row["before"], row["after"])
        moves = {(one["was"], one["becomes"]): one["count"] for one in queries.moves_of(trial)}
        assert moves == {("dibao", "dibao"): 1, ("nothing", "dibao"): 1}


def test_a_lower_line_puts_families_out_and_says_so(office, helped):
    _, lines = tried(office, dibao__standard__urban="390")
    assert {(line.difference, line.after) for line in lines.values()} == {("stop", 0)}


def test_a_trial_changes_nobodys_money(office, helped):
    with scoped(office.approver):
        before = [Decision.objects.count(), queries.monthly_of(helped, JANUARY)]
    tried(office, dibao__standard__urban="1030")
    with scoped(office.approver):
        assert [Decision.objects.count(), queries.monthly_of(helped, JANUARY)] == before


def test_a_share_of_the_standard_and_a_person_of_five_guarantees(office):
    one = make_application(office, make_son_and_mother(office), on=AUTUMN)
    asks(one, 1, office, AUTUMN, failed=["洗澡"])
    granted(office, one, AUTUMN)
    with scoped(office.approver):
        found = {one.lever.key: one.now for _, group in queries.levers_on(JANUARY, office.approver.area) for one in group}
    assert found["dibao.category.severe"] == "30%"
    _, lines = tried(office, dibao__category__severe="50%")
    (line,) = lines.values()
    assert line.after - line.before == 98_000 * 20 // 100, "the severely disabled man alone"


@pytest.mark.parametrize(("key", "text", "said"), [
    ("dibao.standard.urban", "一千", "不是以元为单位的金额"),
    ("dibao.standard.urban", "0", "标准应大于0元"),
    ("dibao.category.elder", "三成", "应为比例"),
    ("dibao.category.elder", "1500%", "应在0%到100%之间"),
    ("edge.ratio", "50%", "应在100%到1000%之间"),
    ("dibao.category.elder", "0.00001", "万分之一"),
    ("property.money.dibao", "2.5", "整数"),
    ("tekun.care", "5", "没有这一项"),
])  # fmt: skip
def test_what_is_no_value_is_refused_by_its_name(office, key, text, said):
    with pytest.raises(Refused, match=said) as fault:
        actions.order_trial(by=office.approver, on=JANUARY, title="试", month=JANUARY, changes={key: text})
    assert fault.value.field == key


@pytest.mark.parametrize("changes", [{}, {"dibao.standard.urban": "980"}, {"dibao.category.severe": "0.3"}])
def test_a_trial_of_nothing_is_refused(office, changes):
    with pytest.raises(Refused, match="没有改变任何一项规定"):
        actions.order_trial(by=office.approver, on=JANUARY, title="试", month=JANUARY, changes=changes)


@pytest.mark.parametrize(("key", "text", "value"), [
    ("dibao.standard.urban", "￥1,030.50", 103_050), ("dibao.category.elder", "30%", Fraction(3, 10)),
    ("edge.ratio", "1.5", Fraction(3, 2)), ("edge.ratio", "１５０％", Fraction(3, 2)), ("property.money.dibao", "24", 24),
])  # fmt: skip
def test_values_are_read_as_people_type_them(key, text, value):
    assert LEVERS[key].read(text) == value
    assert with_changes(all_values(), {key: value}).on(key, JANUARY, "370404001001").value == value


def test_a_month_without_a_standard_fails_with_a_sentence_and_leaves_nothing(office, helped):
    trial, lines = tried(office, month=date(2015, 1, 1), property__money__dibao="30")
    assert trial.state == TrialState.FAILED and "城市低保标准" in trial.message and not lines


def test_a_worker_that_begins_again_doubles_nothing(office, helped):
    trial, _ = tried(office, dibao__standard__urban="1030")
    actions.compute_trial(by=office.approver, on=JANUARY, trial_id=trial.pk)
    with scoped(office.approver):
        assert TrialLine.objects.filter(trial=trial).count() == 1


def test_only_the_district_tries_out_policies(office):
    for by in (office.worker, office.reviewer):
        with pytest.raises(Forbidden):
            actions.order_trial(by=by, on=JANUARY, title="试", month=JANUARY, changes={"dibao.standard.urban": "1"})


def test_a_standard_of_the_town_concerns_no_family_of_the_country(office, helped):
    """What a proposal says of 影响多少人 is about the families whose standard it is."""
    rural = make_application(office, make_family(office, ("冯一", "冯二")), on=AUTUMN, zone=Zone.RURAL)
    granted(office, rural, AUTUMN)
    with scoped(office.approver):
        said = {
            keys: [(one.families, one.persons) for one in effects_of(keys, JANUARY, JANUARY)]
            for keys in (URBAN, ("dibao.standard.rural",), (*URBAN, "dibao.standard.rural"), (*URBAN, "dibao.supplement"))
        }
    assert list(said.values()) == [[(1, 2)], [(1, 2)], [(2, 4)], [(2, 4)]]
