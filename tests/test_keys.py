"""One filling-in of a form acts once: here, by this person, as it stood. Anything else with its key is refused, clearly."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from linli.kernel.access.actions import once
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import make_founders, make_staff

DAY = date(2010, 12, 1)


@pytest.fixture
def two(db):
    founders = make_founders()
    first = make_staff("li", "李社工", founders=founders)
    other = make_staff("zhao", "赵审核", Role.TOWN_REVIEWER, "370404001000", founders=founders)
    return first.with_request("r1", "", "/ledgers/batches/1/lock/"), other


def test_the_same_form_again_gives_the_first_answer(two):
    done: list[int] = []

    def act() -> str:
        done.append(1)
        return "/there/"

    answers = [once(by=two[0], key="k", body="b", act=act) for _ in range(3)]
    assert answers == ["/there/"] * 3 and done == [1]


@pytest.mark.parametrize("key", ["", "x" * 61, "a\x00b", "\n"])
def test_what_cannot_be_a_key_is_refused_and_is_no_fault(two, key):
    with pytest.raises(Refused, match="已过期"):
        once(by=two[0], key=key, body="b", act=lambda: pytest.fail("acted"))


@pytest.mark.parametrize("change", ["body", "person", "address", "rows", "key"])
def test_a_key_that_comes_otherwise_is_refused_instead_of_answered_as_done(two, change):
    """A page shows several buttons with one key: the second must never hear 已办理 for what was not done."""
    by, other = two
    once(by=by, key="k", body="b", act=lambda: "/there/")
    again = {
        "body": {"by": by, "body": "c"},
        "person": {"by": replace(other, page=by.page)},
        "address": {"by": replace(by, page="/ledgers/batches/2/lock/")},
        "rows": {"by": replace(by, page=f"{by.page}?ids=3")},
        "key": {"by": by, "key": ""},
    }[change]
    with pytest.raises(Refused, match="已经提交过|已过期"):
        once(**({"key": "k", "body": "b", "act": lambda: pytest.fail("acted twice")} | again))
