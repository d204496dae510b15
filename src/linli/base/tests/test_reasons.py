from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

import pytest

from linli.base.dated import Value
from linli.base.reasons import Outcome, Reason, Step

GRANTED = Outcome(
    granted=True,
    amount=50_000,
    reasons=(Reason("serious_illness", "自付医疗费达到救助线", "实施方案 三"),),
    steps=(Step("自付医疗费", "23,000.00元", "总费用减医保报销"), Step("救助线", "20,000.00元")),
    values=(
        Value(
            "aid.line",
            date(2010, 1, 1),
            date(2010, 12, 31),
            "370404",
            2_000_000,
            "fen",
            "实施方案",
            "三",
            "s",
        ),
        Value("aid.share", date(2010, 1, 1), None, "", Fraction(1, 5), "ratio", "办法", "§1", "M", "全国"),
    ),
)
REFUSED = Outcome(granted=False, reasons=(Reason("below_line", "自付医疗费未达到救助线"),))


@pytest.mark.parametrize("outcome", [GRANTED, REFUSED, Outcome(granted=False)])
def test_a_decision_stored_is_explained_again_word_for_word(outcome: Outcome) -> None:
    assert Outcome.from_json(json.loads(json.dumps(outcome.to_json(), ensure_ascii=False))) == outcome


def test_a_plain_no_grants_nothing() -> None:
    assert (REFUSED.granted, REFUSED.amount) == (False, 0)


def test_an_outcome_cannot_be_changed_afterwards() -> None:
    with pytest.raises(AttributeError):
        REFUSED.granted = True  # type: ignore[misc]
