"""Who is reported first where the quota is short (RELIEF-08): the poorest, and disabled people first among equals."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.domains.charity import actions, queries
from linli.domains.charity.rules import Candidate, order
from linli.domains.charity.samples import DAY, make_application, make_campaign, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.cases.actions import pass_step
from linli.kernel.cases.queries import case_by_id
from linli.kernel.registry.actions import recognise_status

WAN = 1_000_000
EARLY, LATE = date(2010, 11, 1), date(2010, 12, 1)
TABLE = [
    # what is compared, first of the two, second of the two
    ("the poorer before the disabled", ({"dibao"}, 0, LATE), ({"edge", "disabled"}, 0, EARLY)),
    ("disabled first among equals, though later", ({"dibao", "disabled"}, 0, LATE), ({"tekun"}, 0, EARLY)),
    ("the same band of own cost is equal", ({"edge", "disabled"}, 2 * WAN, LATE), ({"edge"}, 2 * WAN + 99, EARLY)),
    ("a higher band of own cost first", ({"edge"}, 3 * WAN, LATE), ({"edge", "disabled"}, 3 * WAN - 1, EARLY)),
    ("else who applied first", ({"dibao"}, 0, EARLY), ({"tekun"}, 0, LATE)),
    ("disability alone is no poverty", ({"ill"}, 0, LATE), ({"disabled"}, 0, EARLY)),
]  # fmt: skip


def candidate(number, words):
    statuses, cost, day = words
    return Candidate(number, frozenset(statuses), cost, day)


@pytest.mark.parametrize(("said", "first", "second"), TABLE, ids=[row[0] for row in TABLE])
def test_the_order_of_two_families(said, first, second):
    places = order([candidate(1, second), candidate(2, first)], 1)
    assert [place.candidate.id for place in places] == [2, 1]
    assert [place.within for place in places] == [True, False]


def test_the_reason_of_each_place_is_told():
    places = order([candidate(1, ({"dibao"}, 0, EARLY)), candidate(2, ({"dibao", "disabled"}, 2 * WAN + 5, LATE)),
                    candidate(3, ({"tekun", "disabled"}, 0, LATE)), candidate(4, (set(), 0, EARLY))], None)  # fmt: skip
    assert [place.why for place in places] == [
        ("低保、特困或孤儿家庭", "自付医疗费用20,000元以上", "有残疾人", "2010-12-01申请"),
        ("低保、特困或孤儿家庭", "同等条件下残疾人优先", "2010-12-01申请"),
        ("低保、特困或孤儿家庭", "2010-11-01申请"),
        ("其他困难家庭", "2010-11-01申请"),
    ]
    assert all(place.within for place in places), "without a quota nobody is left out"


@given(
    st.lists(
        st.tuples(st.sets(st.sampled_from(["dibao", "edge", "ill", "disabled"])), st.integers(0, 5 * WAN), st.dates()),
        max_size=12,
    ),
    st.integers(0, 12),
)
def test_no_disabled_family_is_left_out_while_an_equal_other_is_reached(rows, quota):
    places = order([candidate(number, row) for number, row in enumerate(rows)], quota)
    reached = {place.candidate.condition for place in places if place.within and not place.candidate.disabled}
    left = {place.candidate.condition for place in places if not place.within and place.candidate.disabled}
    assert not reached & left
    assert sum(place.within for place in places) == min(quota, len(rows))


def test_the_last_place_of_the_quota_goes_to_the_disabled_family(db):
    office = make_office()
    campaign = make_campaign(office)
    actions.set_quota(by=office.clerk, on=DAY, campaign=campaign, place="370404001000", count=1)
    first, second = (make_family(office, names=(name,)) for name in ("赵一", "钱二"))
    recognise_status(
        by=office.worker, on=DAY, person_id=second.pk, kind="disabled", grade="41", since=date(2009, 1, 1), source="sample"
    )
    ones = [make_application(office, campaign, head) for head in (first, second)]
    for one in ones:
        for by in (office.worker, office.reviewer):
            with scoped(by):
                pass_step(by=by, on=DAY, case=case_by_id(one.case_id), opinion="属实")
    with scoped(office.reviewer):
        rows = queries.proposal(campaign, DAY)
        assert [(row.application.person.name, row.place.within) for row in rows] == [("钱二", True), ("赵一", False)]
        assert "同等条件下残疾人优先" in rows[0].place.why
        notice = actions.draft_notice_for(by=office.reviewer, on=DAY, campaign=campaign)
        day = actions.show_notice(by=office.reviewer, on=DAY, notice=notice).until + timedelta(days=1)
        actions.pass_noticed(by=office.reviewer, on=day, campaign=campaign, opinion="无异议")
        assert [queries.application(one.pk).reported_on for one in ones] == [None, day]
        assert [row.application.pk for row in queries.proposal(campaign, day)] == [ones[0].pk]
