"""Several persons press at once: one agreement of each, and one value on each day."""

from __future__ import annotations

from datetime import date

import pytest

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Stale
from linli.kernel.standards import actions, queries
from linli.kernel.standards.models import Proposal
from linli.kernel.standards.tests.conftest import OWN, SHARE, URBAN, make_office

DAY, NEXT = date(2010, 12, 20), date(2011, 1, 1)


def proposed(office, **words):
    words = {"document": "通知", "since": NEXT, "values": {URBAN: "200"}} | words
    return actions.propose(by=office["wang"], on=DAY, **words)


@pytest.mark.usefixtures("declared")
def test_who_agrees_at_once_agrees_once(fresh_database, at_once, settings):
    settings.BUSINESS_DAY = "2010-12-20"
    office = make_office()
    one, other, twin = proposed(office), proposed(office, values={SHARE: "10%"}), proposed(office, since=date(2011, 2, 1))
    with scoped(office["wang"]):
        Proposal.objects.filter(pk=twin.pk).update(since=NEXT)  # as two that were entered in the same moment
    waiting = [one, one, other, other, twin, twin]

    def agree(number):
        try:
            return actions.agree(by=office["fu"], on=DAY, proposal=waiting[number]).pk
        except (Refused, Stale):
            return None

    done = at_once(agree, times=len(waiting))
    with scoped(office["wang"]):
        agreed = Proposal.objects.filter(state="agreed").order_by("serial")
        assert [row.serial for row in agreed] == [1, 2], "one of the twins, and the other key"
        assert sorted(pk for pk in done if pk) == sorted(row.pk for row in agreed)
        law = queries.known(OWN)
        assert (law.on(URBAN, NEXT, "370404001001").fen, len(law.history(URBAN))) == (20_000, 2)
