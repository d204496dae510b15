"""What of the law of 临时救助 the district itself sets."""

from __future__ import annotations

from linli.kernel.standards.rules import Group, Key
from linli.law import Degree

STANDARD_GROUPS = (
    Group("临时救助", (
        *(Key(f"relief.share.{one.value}", f"临时救助{one.zh}的标准（低保标准的倍数）", "ratio") for one in Degree),
        Key("relief.months_most", "临时救助最多按几个月计", "count"),
        Key("relief.cap_months", "临时救助封顶（低保标准的月数）", "count"),
        Key("relief.year_times", "每年最多救助次数", "count"),
        Key("relief.town.standards", "镇街审批额度（低保标准的倍数）", "ratio"),
        Key("relief.fast.standards", "小额快救额度（低保标准的倍数）", "ratio"),
    ), "linli.law.all_values"),
)  # fmt: skip
