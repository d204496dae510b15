"""A run computed again for what changed says what a run from nothing says, on one connection or several, and touches no more."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import override_settings

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.entitlements import actions
from linli.kernel.entitlements.actions.runs import again
from linli.kernel.entitlements.models import Entitlement, RunLine
from linli.kernel.entitlements.rules import Asked, Basis, Ground, Programme, Reckoned
from linli.kernel.entitlements.samples import LIVING, make_entitlement, make_why, sample_programmes
from linli.kernel.entitlements.tests.in_parts import proposed
from linli.kernel.entitlements.tests.town import DAY, JANUARY, RECKONED, SPRING, home_of, waiting


def refuses(asked: Asked) -> Reckoned:
    raise Refused("标准还没有录入。")


def decided_since(office) -> int:
    """A new family, one with other amounts, one that ends, one held back, one whose month stays as it is; how many."""
    with scoped(WHOLE):
        rows = list(Entitlement.objects.order_by("id"))
    act, why = {"by": office.approver, "on": DAY}, make_why
    make_entitlement(by=office.approver, household=home_of(office, "后来"), since=JANUARY)
    actions.change(**act, entitlement=rows[0], since=JANUARY, amounts={"basic": 250_00, "category": 1_00}, why=why(Ground.INCOME))
    actions.end(**act, entitlement=rows[1], since=JANUARY, why=why(Ground.OWN_WISH))
    actions.suspend(by=office.reviewer, on=DAY, entitlement=rows[8], since=JANUARY, why=why(Ground.UNREACHABLE))
    actions.change(**act, entitlement=rows[9], since=date(2011, 3, 1), amounts={"basic": 9_00}, why=why(Ground.INCOME))
    return 5


@pytest.mark.parametrize("words", [{}, SPRING, {"basis": Basis.RECKONED}])
def test_computed_again_on_several_connections_is_what_a_run_from_nothing_says(apart, monkeypatch, words):
    seen = []
    together = again.together
    monkeypatch.setattr(again, "FEW", 1)
    monkeypatch.setattr(again, "together", lambda acts, **how: (seen.append(how["width"]), together(acts, **how)))
    with sample_programmes(RECKONED), override_settings(RUN_CONNECTIONS=3):
        run = waiting(apart, **words)
        with scoped(WHOLE):
            before = {line.entitlement_id: line.pk for line in RunLine.objects.filter(run=run)}
        decided_since(apart)
        found = proposed(actions.redraft(by=apart.maker, on=DAY, run=run))
        with scoped(WHOLE):
            after = {line.entitlement_id: line.pk for line in RunLine.objects.filter(run=run)}
        kept = sum(before.get(entitlement) == pk for entitlement, pk in after.items())
        assert seen == [3] and len(after) > kept > len(after) // 2, "what is as it was is not written"
        actions.discard_run(by=apart.maker, on=DAY, run=run, reason="整批再算")
        assert found == proposed(waiting(apart, **words))


def test_a_fault_while_it_is_computed_again_changes_nothing(apart, monkeypatch):
    monkeypatch.setattr(again, "FEW", 1)
    with sample_programmes(RECKONED), override_settings(RUN_CONNECTIONS=3):
        run = waiting(apart, basis=Basis.RECKONED)
        before = proposed(run)
        decided_since(apart)
    broken = Programme(
        LIVING.key, LIVING.zh, LIVING.components, LIVING.unit, LIVING.basis, LIVING.purpose, calculator=f"{__name__}.refuses"
    )
    with sample_programmes(broken), override_settings(RUN_CONNECTIONS=3), pytest.raises(Refused, match="标准还没有录入"):
        actions.redraft(by=apart.maker, on=DAY, run=run)
    with scoped(WHOLE):
        run.refresh_from_db()
    assert run.state == "ready" and proposed(run) == before


def test_what_is_decided_in_the_same_transaction_is_not_lost_on_other_connections(town, monkeypatch):
    run = waiting(town)
    decided_since(town)
    monkeypatch.setattr(again, "FEW", 1)
    with override_settings(RUN_CONNECTIONS=3), pytest.raises(RuntimeError, match="of the present transaction"):
        actions.redraft(by=town.maker, on=DAY, run=run)
