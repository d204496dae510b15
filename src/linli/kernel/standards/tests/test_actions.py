"""Two persons make a standard: proposed, agreed, refused, withdrawn, corrected; and what each is refused with."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from linli.base.dated import NoValue
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.jobs.samples import work_off
from linli.kernel.standards import actions, queries
from linli.kernel.standards.models import Proposal
from linli.kernel.standards.tests.conftest import MONTHS, OF_YEAR, OWN, SHARE, URBAN, YEARLY

DAY, NEXT = date(2010, 12, 20), date(2011, 1, 1)
AREA = "370404001001"
WORDS = {"document": "关于提高标准的通知", "article": "第一条", "since": NEXT, "values": {URBAN: "200"}}


def proposed(office, **words):
    return actions.propose(**{"by": office["wang"], "on": DAY, **WORDS, **words})


def agreed(office, **words):
    return actions.agree(by=office["fu"], on=DAY, proposal=proposed(office, **words))


def law_on(office, day, key=URBAN, area=AREA):
    with scoped(office["zhao"]):
        return queries.known(OWN).on(key, day, area)


def test_what_is_proposed_is_no_law_until_another_agrees(office):
    one = proposed(office, whole=True)
    assert law_on(office, NEXT).fen == 17_800
    actions.agree(by=office["fu"], on=DAY, proposal=one)
    found = law_on(office, NEXT)
    assert (found.fen, found.source, found.certainty, found.place) == (20_000, "关于提高标准的通知 第一条", "S", "370404")
    assert law_on(office, date(2010, 12, 31)).fen == 17_800, "the former holds to the day before"
    assert law_on(office, date(2013, 6, 1)).fen == 20_000
    with pytest.raises(NoValue):
        law_on(office, NEXT, area="370405001001")


def test_an_excerpt_is_less_certain_and_a_share_stays_exact(office):
    agreed(office, values={SHARE: "12.5%", MONTHS: "12"}, sure=True)
    with scoped(office["wang"]):
        law = queries.known(OWN)
    assert (law.on(SHARE, NEXT, AREA).ratio, law.on(SHARE, NEXT, AREA).certainty) == (Fraction(1, 8), "s")
    assert law.on(MONTHS, NEXT, AREA).count == 12


DECIDED = {"agreed": "已审定", "refused": "未同意", "withdrawn": "已撤回"}


@pytest.mark.parametrize("state", DECIDED)
def test_what_is_decided_is_not_decided_again(office, state):
    """Whoever comes later is told how it stands; nothing of it changes."""
    one = proposed(office)
    by, act, words = {
        "agreed": ("fu", actions.agree, {}), "refused": ("fu", actions.refuse, {"why": "金额不符"}),
        "withdrawn": ("wang", actions.withdraw, {}),
    }[state]  # fmt: skip
    done = act(by=office[by], on=DAY, proposal=one, **words)
    with pytest.raises(Stale, match=f"这份标准拟定单现在是“{DECIDED[state]}”，请刷新后再看"):
        actions.agree(by=office["fu"], on=DAY, proposal=one)
    with pytest.raises(Stale, match=f"这份标准拟定单现在是“{DECIDED[state]}”，请刷新后再看"):
        actions.refuse(by=office["fu"], on=DAY, proposal=one, why="晚了")
    with pytest.raises(Stale, match=f"现在是“{DECIDED[state]}”，不能撤回"):
        actions.withdraw(by=office["wang"], on=DAY, proposal=one)
    with scoped(office["wang"]):
        assert Proposal.objects.get(pk=one.pk).decided_by_id == done.decided_by_id


def test_another_district_neither_agrees_nor_refuses_nor_withdraws(office):
    """Its people read what is in force here; the database lets them hold no row of it."""
    one = proposed(office)
    for act, words in ((actions.agree, {}), (actions.refuse, {"why": "不符"}), (actions.withdraw, {})):
        with pytest.raises(Forbidden, match="没有这份标准拟定单，或它不属于本区"):
            act(by=office["other"], on=DAY, proposal=one, **words)
    with scoped(office["other"]), pytest.raises(Forbidden, match="没有这份标准拟定单，或它不属于本区"):
        queries.proposal_of(one.pk, office["other"].area)


def test_nobody_agrees_to_the_own_proposal(office):
    one = proposed(office)
    with pytest.raises(Refused, match="另一人审定"):
        actions.agree(by=office["wang"], on=DAY, proposal=one)
    with pytest.raises(IntegrityError), scoped(office["wang"]), transaction.atomic():
        Proposal.objects.filter(pk=one.pk).update(state="agreed", decided_by=one.proposed_by, decided_on=DAY, serial=1, token="x")
    for way in (actions.agree, actions.refuse):
        with pytest.raises(Forbidden):
            way(by=office["zhao"], on=DAY, proposal=one, **({"why": "不"} if way is actions.refuse else {}))


@pytest.mark.parametrize(("words", "field", "said"), [
    ({"values": {}}, None, "至少填写一项"),
    ({"values": {URBAN: " "}}, None, "至少填写一项"),
    ({"document": " "}, "document", "文件名称"),
    ({"values": {URBAN: "二百"}}, URBAN, "不是以元为单位"),
    ({"values": {URBAN: "0"}}, URBAN, "应大于0元"),
    ({"values": {URBAN: "178"}}, None, ""),  # what stands ends with 2012; the same, without an end, is a new rule
    ({"values": {URBAN: "178"}, "until": date(2012, 12, 31)}, URBAN, "与现行规定相同"),
    ({"values": {URBAN: "2000"}}, "sure", "178.00 元改为2,000.00 元"),
    ({"values": {URBAN: "2000"}, "sure": True}, None, ""),
    ({"values": {"sample.unknown": "1"}}, None, "没有这一项标准"),
    ({"values": {MONTHS: "6"}}, MONTHS, "应为1或12"),
    ({"since": date(1999, 1, 1)}, "since", "核对年份"),
    ({"since": date(2015, 1, 1)}, "since", "核对年份"),
    ({"until": date(2010, 12, 31)}, "until", "早于执行日期"),
    ({"since": date(2010, 1, 1)}, URBAN, "自2010年1月1日起已有规定"),
    ({"since": date(2010, 1, 1), "correction": True}, URBAN, "执行到2012年12月31日"),
    ({"since": date(2010, 1, 1), "correction": True, "until": date(2012, 12, 31)}, None, ""),
    ({"correction": True}, URBAN, "没有自2011年1月1日起"),
])  # fmt: skip
def test_what_cannot_be_proposed_is_refused_at_its_field_and_leaves_nothing(office, words, field, said):
    if not said:
        assert proposed(office, **words).pk
        return
    with pytest.raises(Refused, match=said) as fault:
        proposed(office, **words)
    assert fault.value.field == field
    with scoped(office["wang"]):
        assert not Proposal.objects.exists()


def test_the_same_is_not_proposed_twice_at_a_time_and_a_withdrawn_one_makes_room(office):
    one = proposed(office)
    with pytest.raises(Refused, match="已有待审定的数值") as fault:
        proposed(office, values={URBAN: "210"})
    assert fault.value.field == URBAN
    with pytest.raises(Refused, match="只有拟定人可以撤回"):
        actions.withdraw(by=office["fu"], on=DAY, proposal=one)
    actions.withdraw(by=office["wang"], on=DAY, proposal=one)
    with pytest.raises(Stale, match="已撤回"):
        actions.agree(by=office["fu"], on=DAY, proposal=one)
    agreed(office, values={URBAN: "210"})
    assert law_on(office, NEXT).fen == 21_000


def test_a_refusal_says_why_and_changes_nothing(office):
    one = proposed(office)
    with pytest.raises(Refused, match="理由"):
        actions.refuse(by=office["fu"], on=DAY, proposal=one, why=" ")
    actions.refuse(by=office["fu"], on=DAY, proposal=one, why="金额与文件不符")
    with pytest.raises(Stale):
        actions.agree(by=office["fu"], on=DAY, proposal=one)
    assert law_on(office, NEXT).fen == 17_800


def test_a_correction_stands_instead_and_the_history_shows_both(office):
    agreed(office)
    with pytest.raises(Refused, match="已有规定"):
        proposed(office, values={URBAN: "205"})
    agreed(office, values={URBAN: "205"}, correction=True)
    assert law_on(office, NEXT).fen == 20_500
    with scoped(office["wang"]):
        shown = [(one.said, one.standing) for one in queries.history(URBAN, on=DAY, area=AREA)]
    assert shown == [("205.00 元/月", "尚未执行"), ("200.00 元/月", "已更正"), ("178.00 元/月", "现行")]


def test_what_came_meanwhile_is_seen_by_who_agrees(office):
    first = proposed(office)
    with scoped(office["wang"]):
        Proposal.objects.filter(pk=first.pk).update(since=date(2011, 2, 1))
    second = proposed(office, values={URBAN: "210"})
    with scoped(office["wang"]):
        Proposal.objects.filter(pk=first.pk).update(since=NEXT)
    actions.agree(by=office["fu"], on=DAY, proposal=second)
    with pytest.raises(Refused, match="已有规定.*重新拟定"):
        actions.agree(by=office["fu"], on=DAY, proposal=first)


def test_another_district_neither_changes_nor_is_changed(office):
    one = proposed(office)
    with pytest.raises(Forbidden):
        actions.agree(by=office["other"], on=DAY, proposal=one)
    with scoped(office["other"]), pytest.raises(Forbidden):
        queries.proposal_of(one.pk, "370405000000")
    with pytest.raises(Forbidden, match="区级录入|权限"):
        actions.propose(by=office["zhao"], on=DAY, **WORDS)


def test_the_law_costs_one_small_statement_in_a_scope_however_often_it_is_asked(office):
    agreed(office)
    law_on(office, NEXT)  # put together once in the process
    with CaptureQueriesContext(connection) as sent, scoped(office["zhao"]):
        for _ in range(50):
            with scoped(office["zhao"]):
                assert queries.known(OWN).on(URBAN, NEXT, AREA).fen == 20_000
    assert len([one for one in sent if "standards_" in one["sql"]]) == 1


def test_an_agreement_that_is_taken_back_leaves_no_law_behind(office):
    """Its number comes again with other values: the token tells them apart, in every process."""
    with pytest.raises(RuntimeError, match="undone"), transaction.atomic():
        agreed(office)
        assert law_on(office, NEXT).fen == 20_000
        raise RuntimeError("undone")
    assert law_on(office, NEXT).fen == 17_800
    agreed(office, values={URBAN: "222"})
    assert law_on(office, NEXT).fen == 22_200


def test_a_proposal_waits_on_the_desk_of_the_others(office):
    one = proposed(office)
    for name, count in (("fu", 1), ("wang", 0), ("zhao", 0), ("other", 0)):
        with scoped(office[name]):
            assert len(queries.waiting_tasks(office[name], DAY, "waiting")) == count, name
    actions.agree(by=office["fu"], on=DAY, proposal=one)
    with scoped(office["fu"]):
        assert not queries.waiting_tasks(office["fu"], DAY, "waiting")
        (done,) = queries.waiting_tasks(office["fu"], DAY, "done")
    assert "关于提高标准的通知" in done.title


def test_the_list_says_what_holds_and_what_is_announced(office):
    agreed(office)
    with scoped(office["zhao"]):
        row = next(one for one in queries.values_on(on=DAY, area=AREA) if one.pk == URBAN)
        later = next(one for one in queries.values_on(on=NEXT, area=AREA) if one.pk == URBAN)
        lacking = queries.values_on(on=DAY, area=AREA, lacking=True)
    assert (row.said, row.coming.since, later.said, later.coming) == ("178.00 元/月", NEXT, "200.00 元/月", None)
    assert [one.pk for one in lacking] == [SHARE], "a value of another unit is none"


def test_what_could_not_be_made_up_says_why_and_is_ordered_again(office):
    one = agreed(office)
    with pytest.raises(Stale, match="没有中断"):
        actions.make_up_again(by=office["wang"], on=DAY, proposal=one)
    actions.fail_make_up(by=office["wang"], on=DAY, proposal_id=one.pk, why="没有适用于本区的标准。")
    actions.make_up_again(by=office["wang"], on=DAY, proposal=one)
    with pytest.raises(Stale):
        actions.make_up_again(by=office["wang"], on=DAY, proposal=one)
    work_off()
    with scoped(office["wang"]):
        found = queries.proposal_of(one.pk, AREA)
    assert (found.made_up, found.left, found.trouble) == (0, 0, ""), "nothing hangs on it"


def test_a_sum_by_the_year_stays_one_by_the_year_as_long_as_it_holds(office):
    """Its months end with the former standard; read by the month it would be twelve times as much."""
    one = proposed(office, values={YEARLY: "1100"})
    with scoped(office["fu"]):
        lines = [(line.zh, line.before, line.after) for line in queries.lines_of(one)]
    assert lines == [("按年样例", "900.00 元/年", "1,100.00 元/年"), ("按年样例的月数", "12", "12")]
    actions.agree(by=office["fu"], on=DAY, proposal=one)
    assert [law_on(office, day, OF_YEAR).count for day in (NEXT, date(2013, 1, 1), date(2018, 12, 31))] == [12, 12, 12]
    assert (law_on(office, date(2019, 1, 1), YEARLY).fen, law_on(office, date(2019, 1, 1), OF_YEAR).count) == (39_000, 1)
    agreed(office, values={YEARLY: "100", OF_YEAR: "1"}, since=date(2011, 7, 1), sure=True)
    assert law_on(office, date(2013, 1, 1), OF_YEAR).count == 1, "said in the notice, it is as the notice says"
