"""Two communities of one name are told apart by their streets, for whoever sees both."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.base.areas import scope_of
from linli.kernel.access.actions import scoped
from linli.kernel.access.samples import make_founders
from linli.kernel.registry.samples import make_areas
from linli.kernel.ui.queries import area_name, area_names, fresh_area_names

DAY = date(2010, 12, 20)
HERE, THERE, VILLAGE = "370404001001", "370404002001", "370404104201"


@pytest.fixture
def district(db):
    make_areas(make_founders()[0])


def named(code, reader):
    with scoped(scope_of(reader)):
        fresh_area_names(DAY)
        return area_name(code)


def test_the_district_reads_the_street_with_a_name_that_two_communities_have(district):
    assert named(HERE, "370404000000") == "坛山街道和顺社区" and named(THERE, "370404000000") == "吴林街道和顺社区"
    assert named("370404001000", "370404000000") == "坛山街道"


def test_a_street_and_a_community_know_their_own_without_it(district):
    assert named(HERE, "370404001000") == named(HERE, HERE) == "和顺社区"


def test_a_name_that_there_is_only_once_stays_short_for_everybody(district):
    assert named(VILLAGE, "370404000000") == "峨上河村"


def test_a_page_with_many_names_asks_once(district):
    with scoped(scope_of("370404000000")):
        fresh_area_names(DAY)
        with CaptureQueriesContext(connection) as asked:
            assert len(set(area_names([HERE, THERE, VILLAGE, "370404001002"]).values())) == 4
        assert len(asked) == 1
