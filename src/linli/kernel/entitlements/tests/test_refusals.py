"""What recurring money refuses, in the words that the office reads: decisions, funding, runs in each of their states."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date

import pytest

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Stale
from linli.kernel.entitlements.actions import (
    ask_back,
    change,
    confirm_run,
    discard_run,
    end,
    open_run,
    order_run,
    set_funding,
    suspend,
    taper,
)
from linli.kernel.entitlements.models import Run
from linli.kernel.entitlements.rules import Ground, Part, PartKind, RunState
from linli.kernel.entitlements.samples import MONTH, confirmed, make_entitlement, make_funding, make_month, make_why
from linli.kernel.entitlements.tests.test_runs import DAY, FEBRUARY, JANUARY, fresh, home_of


@contextmanager
def told(words: str, field: str | None = None, kind: type[Refused] = Refused):
    with pytest.raises(kind, match=words) as caught:
        yield
    assert field is None or caught.value.field == field


@pytest.fixture
def living(office):
    """A family that is due 312 元 a month."""
    return make_entitlement(by=office.approver, household=home_of(office))


CHANGES = [
    ({"covered": ()}, "保障人员不能为空；不再享受请办理终止", "covered"),
    ({"amounts": {"basic": 312_00}}, "与现行决定相同，没有需要调整的内容", None),
    ({"amounts": {"basic": 0}}, "月金额应大于0；不再发放请办理终止", "amounts"),
    ({"amounts": {"basic": -1}}, "“基本补助”的金额不能为负", "amounts"),
    ({"amounts": {"luxury": 1}}, "示例生活补助没有“luxury”这个按月发放的组成部分", "amounts"),
    ({"grade": "Z"}, "示例生活补助没有“Z”这个类别，请从清单中选择", "grade"),
]


@pytest.mark.parametrize(("words", "said", "field"), CHANGES)
def test_what_a_change_is_refused_for(office, living, words, said, field):
    with told(said, field):
        change(by=office.approver, on=DAY, entitlement=living, since=JANUARY, why=make_why(Ground.INCOME), **words)


def test_a_taper_has_months_and_goes_before_the_end(office, living):
    words = {"by": office.approver, "on": DAY, "entitlement": living, "why": make_why(Ground.INCOME)}
    step = {"basic": 100_00}
    with told("请写明渐退期的月数", "steps"):
        taper(since=JANUARY, steps=[], **words)
    suspend(since=JANUARY, **words | {"why": make_why(Ground.UNREACHABLE)})
    with told("正暂停发放，请先恢复再办理渐退"):
        taper(since=FEBRUARY, steps=[step], **words | {"entitlement": fresh(office, living)})


def test_a_taper_does_not_outlast_an_end_that_was_decided(office, living):
    words = {"by": office.approver, "on": DAY, "entitlement": living, "why": make_why(Ground.DEATH)}
    end(since=FEBRUARY, **words)
    with told("已定于2011年02月起终止，早于渐退期满", "steps"):
        taper(since=JANUARY, steps=[{"basic": 100_00}] * 2, **words | {"entitlement": fresh(office, living)})


def test_nobody_is_helped_twice_and_no_certificate_is_given_twice(office, living):
    home = home_of(office, "周七")
    grant = {"by": office.approver, "household": home}
    with told("已在.+享受“示例生活补助”，同一人不能重复享受", "covered"):
        make_entitlement(covered=[home.head_id, living.person_id], **grant)
    make_entitlement(number="峄助001", **grant)
    with told("证号“峄助001”已被使用", "number"):
        make_entitlement(by=office.approver, household=home_of(office, "吴八"), number="峄助001")


def test_what_funding_is_refused_for(office):
    first, second, _ = make_funding(office.maker)
    words = {"by": office.maker, "on": DAY, "programme": "sample_living", "since": JANUARY}
    part = Part(first.pk, PartKind.RATIO, 50)
    with told("请填写资金分担的依据", "paper"):
        set_funding(parts=[part], paper=" ", **words)
    with told("请至少选择一项资金", "fund1"):
        set_funding(parts=[], paper="鲁财", **words)
    with told("同一项资金写了两次", "fund2"):
        set_funding(parts=[part, part], paper="鲁财", **words)
    with told("比例或定额应大于0", "value1"):
        set_funding(parts=[part, Part(second.pk, PartKind.RATIO, 0)], paper="鲁财", **words)
    with told("有的资金已关闭或不在本辖区的账簿内", "fund1"):
        set_funding(parts=[Part(999_999, PartKind.RATIO, 50)], paper="鲁财", **words)
    with told("没有这个组成部分", "component"):
        set_funding(parts=[part], paper="鲁财", component="nothing", **words)


def test_a_run_is_of_a_month_that_can_be_paid(office, living):
    make_funding(office.maker)
    words = {"by": office.maker, "programme": "sample_living"}
    with told("示例生活补助最早自2010年12月起发放", "month"):
        open_run(on=DAY, month=date(2010, 11, 1), **words)
    make_month(office.maker, office.approver)
    with told("上次发放到2010年12月，间隔超过两年", "month"):
        open_run(on=date(2013, 1, 5), month=date(2013, 1, 1), **words)


OVER = "这次发放已核定或已作废，不能作废"
FATES = {
    RunState.WAITING: "", RunState.READY: "", RunState.FAILED: "", RunState.CONFIRMED: OVER, RunState.ORDERING: OVER,
    RunState.ORDERED: OVER, RunState.DISCARDED: OVER,
}  # fmt: skip
"""In which state a run can be given up, and what is said where it cannot."""


@pytest.mark.parametrize("state", list(RunState))
def test_in_which_states_a_run_is_given_up(office, living, state):
    make_funding(office.maker)
    run = open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    if state in (RunState.CONFIRMED, RunState.ORDERING, RunState.ORDERED):
        run = confirmed(office.approver, run, DAY)
    if state is RunState.ORDERED:
        run = order_run(by=office.maker, on=DAY, run=run)
    with scoped(office.maker):
        Run.objects.filter(pk=run.pk).exclude(state=state.value).update(state=state.value)
    if FATES[state]:
        with told(FATES[state]):
            discard_run(by=office.maker, on=DAY, run=run, reason="重来")
        with scoped(office.maker):
            assert Run.objects.get(pk=run.pk).state == state.value
    else:
        assert discard_run(by=office.maker, on=DAY, run=run, reason="重来").state == RunState.DISCARDED.value


def test_a_run_that_is_not_ready_is_neither_confirmed_nor_ordered(office, living):
    make_funding(office.maker)
    run = open_run(by=office.maker, on=DAY, programme="sample_living", month=MONTH)
    with told("现在是“待核定”，不能开单", kind=Stale):
        order_run(by=office.maker, on=DAY, run=run)
    discard_run(by=office.maker, on=DAY, run=run, reason="重来")
    with told("现在是“已作废”，不能核定", kind=Stale):
        confirm_run(by=office.approver, on=DAY, run=run, count=run.count, amount=run.amount)


def test_money_is_asked_back_with_a_reason_and_only_where_too_much_was_paid(office, living):
    with told("请填写追缴原因", "reason"):
        ask_back(by=office.approver, on=DAY, entitlement=living, reason=" ")
    with told("这份待遇没有多发的款项，或已经立账追缴"):
        ask_back(by=office.approver, on=DAY, entitlement=living, reason="多发")
