"""Several windows settle for one patient at the same moment: the limit of the year holds."""

from __future__ import annotations

import pytest

from linli.base.areas import WHOLE
from linli.domains.medical.models import Bill
from linli.domains.medical.samples import make_bill, make_hospital, make_patient, make_window
from linli.kernel.access.actions import scoped


@pytest.fixture
def window(fresh_database, django_db_blocker):
    with django_db_blocker.unblock():
        yield make_window()


def test_large_bills_at_once_do_not_exceed_the_limit_of_the_year(window, at_once):
    person, hospital = make_patient(window), make_hospital(window)
    large = {"cost": 4_000_000, "covered": 4_000_000, "basic": 0, "serious": 0}
    papers = [f"JS-{number}" for number in range(3)]
    at_once(*(lambda paper=paper: make_bill(window, person, hospital, invoice=paper, **large) for paper in papers))
    with scoped(WHOLE):
        assert 2_800_000 <= sum(Bill.objects.values_list("aid", flat=True)) <= 3_000_000
