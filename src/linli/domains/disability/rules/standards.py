"""What of the law of the two subsidies the district itself sets."""

from __future__ import annotations

from linli.domains.disability.rules.programmes import CARE, LIVING
from linli.kernel.standards.rules import Group, Key

LEVELS = ((1, "一级"), (2, "二级"), (3, "三级"), (4, "四级"))


def _care(kind: str, zh: str) -> tuple[Key, ...]:
    return tuple(Key(f"disabled.{kind}.level{level}", f"{zh}（{word}）", "fen", programmes=(CARE.key,)) for level, word in LEVELS)


STANDARD_GROUPS = (
    Group("残疾人两项补贴（每人每月）", (
        Key("disabled.living", "困难残疾人生活补贴", "fen", programmes=(LIVING.key,)),
        *_care("care", "重度残疾人护理补贴"), *_care("care_mental", "智力、精神残疾人护理补贴"),
    ), "linli.law.all_values"),
)  # fmt: skip
