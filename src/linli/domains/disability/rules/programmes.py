"""The two programmes of recurring money. Each stands for itself: a person may have the one, the other or both.

Nothing is excluded by the register: 特困 and the schemes of children pay from the month after their decision, and the
rule of the month ends what they keep out (国发〔2015〕52号 政策衔接).
"""

from __future__ import annotations

from linli.base.reasons import Reason
from linli.kernel.entitlements.rules import Component, Programme, Unit
from linli.law.subsidies import CARE_GROUNDS, LIVING_GROUNDS, WORDS

BASIS = "国务院关于全面建立困难残疾人生活补贴和重度残疾人护理补贴制度的意见（国发〔2015〕52号）"
_QUERIES = "linli.domains.disability.queries"
_ENDED_BY = "死亡、迁出、本人放弃、残疾人证注销的，在“残疾人两项补贴”中登记终止；条件变化的，由月度发放按当月规定计算。"


_REASONS = tuple(Reason(words.code, words.zh) for _, words in sorted(WORDS.items()))
"""By their bits; which article gives each, the law of the month says."""


def _programme(key: str, zh: str, part: str, component: str) -> Programme:
    return Programme(
        f"disabled_{key}", zh, (Component(key, component),), Unit.PERSON, BASIS, purpose=f"disability.{key}",
        calculator=f"{_QUERIES}.{part}_month", teller=f"{_QUERIES}.{part}_told", reasons=_REASONS, cuts=True,
        articles=f"{_QUERIES}.articles", ended_by=_ENDED_BY,
    )  # fmt: skip


LIVING = _programme("living", "困难残疾人生活补贴", "living", "生活补贴")
CARE = _programme("care", "重度残疾人护理补贴", "care", "护理补贴")
MONEY = (LIVING, CARE)
GROUNDS = {LIVING.key: LIVING_GROUNDS, CARE.key: CARE_GROUNDS}
"""Which of the rule's grounds speak of which programme."""
