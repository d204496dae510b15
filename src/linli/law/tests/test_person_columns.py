"""The rules of one person give the same answer alone and in a column."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.law import Zone, all_values
from linli.law.coded import Home
from linli.law.columns import HOME, LINE, PERSON, rows_of
from linli.law.minimum_law import minimum_law
from linli.law.person_columns import (
    BEARER,
    SUBSIDIES,
    SUPPORTED,
    Alone,
    subsidies_all,
    support_all,
    support_each,
)
from linli.law.subsidies import judge_subsidies, subsidy_law
from linli.law.support import FIELDS, Bearer, SupportLaw, judge_support
from linli.law.tests.test_columns import NOW, applicants, flags, lines, people
from linli.law.values import law_on

KNOWN = all_values()


def both_laws(area, day, zone):
    known = minimum_law(KNOWN, on=day, area=area, zone=zone).law
    return known, law_on(SupportLaw, FIELDS, KNOWN, on=day, area=area, zone=zone.key, mode="home").law


LAWS = (
    both_laws("370404001001", date(2026, 8, 10), Zone.RURAL),
    both_laws("370404001001", date(2010, 12, 20), Zone.RURAL),
    both_laws("370404001001", date(2010, 12, 20), Zone.URBAN),
    both_laws("370102001001", date(2020, 6, 1), Zone.URBAN),
)
SUBSIDY = subsidy_law(KNOWN, on=date(2026, 8, 10), area="370404001001").law

bearers = st.builds(
    Bearer,
    age=st.integers(18, 95), income=st.integers(0, 5_000_000), property_fits=flags, dibao=flags, scheme=st.integers(0, 3),
    disability=st.integers(0, 7), level=st.integers(1, 4), incapable=flags, standing=st.integers(0, 4),
)  # fmt: skip
cases = st.tuples(
    st.integers(0, len(LAWS) - 1),
    st.sampled_from([Home(NOW), Home(NOW, received=50000)]),
    applicants,
    st.lists(lines(1), max_size=4),
    st.lists(bearers, max_size=3),
    st.integers(0, 6),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(cases, min_size=1, max_size=30))
def test_support_is_the_same_for_one_and_for_all(found):
    alone = Alone(
        law=np.array([law for law, *_ in found]),
        homes=rows_of([home for _, home, *_ in found], HOME),
        people=rows_of([person for _, _, person, *_ in found], PERSON),
        lines=rows_of([line for *_, own, _, _ in found for line in own], LINE),
        lines_from=np.cumsum([0, *[len(own) for *_, own, _, _ in found]]),
        bearers=rows_of([one for *_, theirs, _ in found for one in theirs], BEARER),
        bearers_from=np.cumsum([0, *[len(theirs) for *_, theirs, _ in found]]),
        failed=np.array([failed for *_, failed in found]),
    )
    rows = support_all(LAWS, alone)
    for (law, home, person, own, theirs, failed), row in zip(found, rows, strict=True):
        expected = judge_support(*LAWS[law], home, person, own, theirs, failed)
        assert {name: row[name] for name in SUPPORTED.names} == {name: getattr(expected, name) for name in SUPPORTED.names}
    assert np.array_equal(rows, support_each(LAWS, alone)), "few people are judged without compiling"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(people, st.integers(0, 3), st.integers(0, 30000)), min_size=1, max_size=40))
def test_subsidies_are_the_same_for_one_and_for_all(found):
    everybody = [person._replace(other_care=other) for person, _, other in found]
    recognised = np.array([one for _, one, _ in found], "i1")
    rows = subsidies_all([SUBSIDY], np.zeros(len(found), "i4"), recognised, rows_of(everybody, PERSON))
    for person, kind, row in zip(everybody, recognised, rows, strict=True):
        expected = judge_subsidies(SUBSIDY, int(kind), person)
        assert {name: row[name] for name in SUBSIDIES.names} == {name: getattr(expected, name) for name in SUBSIDIES.names}


def test_a_person_without_a_law_is_refused():
    with pytest.raises(IndexError, match="没有对应的标准"):
        subsidies_all([], np.zeros(1, "i4"), np.zeros(1, "i1"), np.zeros(1, PERSON))
