"""What of the law of 低保 and 特困 the district itself sets; a trial may change the same."""

from __future__ import annotations

from linli.kernel.standards.rules import Group, Key
from linli.law import Item
from linli.law.codes import Category

LAW = "linli.law.all_values"
DIBAO, TEKUN = ("dibao",), ("tekun",)
BOTH = DIBAO + TEKUN
MONTHS = (1, 12)
_WHOM = "linli.domains.assistance.queries.concerned"
INCOMES = (Item.BASIC_PENSION, Item.ELDER_ALLOWANCE, Item.DISABLED_SUBSIDY)
SPENDINGS = (Item.MEDICAL, Item.REHABILITATION)


def _standard(zone: str, zh: str) -> Key:
    return Key(
        f"dibao.standard.{zone}", f"{zh}低保标准", "fen", least=1, period=f"dibao.standard_months.{zone}", programmes=DIBAO,
        whom=_WHOM,
    )  # fmt: skip


def _basic(zone: str, zh: str, mode: str, mode_zh: str) -> Key:
    return Key(
        f"tekun.basic.{zone}.{mode}", f"{zh}特困基本生活标准（{mode_zh}）", "fen", least=1, period=f"tekun.basic_months.{zone}",
        programmes=TEKUN, whom=_WHOM,
    )  # fmt: skip


def _months(key: str, zh: str, programmes: tuple[str, ...]) -> Key:
    return Key(key, f"{zh}是几个月的（1为按月，12为按年）", "count", only=MONTHS, programmes=programmes, whom=_WHOM)


def _payday(programme: str, zh: str, programmes: tuple[str, ...]) -> Key:
    """A day that every month has."""
    return Key(f"procedure.{programme}.pay_by", f"{zh}每月几日前到账", "count", least=1, most=28, programmes=programmes)


STANDARD_GROUPS = (
    Group("低保和特困标准", (
        _standard("urban", "城市"), _standard("rural", "农村"),
        Key("dibao.supplement", "每人每月增发补助", "fen", programmes=DIBAO),
        _basic("urban", "城市", "home", "分散"), _basic("urban", "城市", "institution", "集中"),
        _basic("rural", "农村", "home", "分散"), _basic("rural", "农村", "institution", "集中"),
        Key("tekun.care.able", "特困照料护理标准（有自理能力）", "fen", programmes=TEKUN),
        Key("tekun.care.partly", "特困照料护理标准（部分丧失）", "fen", programmes=TEKUN),
        Key("tekun.care.unable", "特困照料护理标准（完全丧失）", "fen", programmes=TEKUN),
        _months("dibao.standard_months.urban", "城市低保标准", DIBAO),
        _months("dibao.standard_months.rural", "农村低保标准", DIBAO),
        _months("tekun.basic_months.urban", "城市特困标准", TEKUN),
        _months("tekun.basic_months.rural", "农村特困标准", TEKUN),
    ), LAW),
    Group("分类施保（标准的百分之几）", tuple(
        Key(f"dibao.category.{one.key}", f"{one.zh}分类施保", "ratio", most=1, programmes=DIBAO) for one in Category
    ), LAW),
    Group("收入计算（计入或扣减百分之几）", (
        *(Key(f"income.share.{one.key}", f"{one.zh}计入收入", "ratio", most=1, programmes=BOTH) for one in INCOMES),
        *(Key(f"income.deduct.{one.key}", f"扣减{one.zh}", "ratio", most=1, programmes=BOTH) for one in SPENDINGS),
        Key("income.work.share", "务工收入扣减就业成本", "ratio", most=1, programmes=BOTH),
        Key("income.work.cap", "就业成本每月最多扣减", "fen", programmes=BOTH),
    ), LAW),
    Group("发放", (
        _payday("dibao", "低保金", DIBAO), _payday("tekun", "特困供养金", TEKUN),
    ), LAW),
    Group("边缘家庭与财产", (
        Key("edge.ratio", "低保边缘家庭收入线（标准的倍数）", "ratio", least=1),
        Key("property.money.dibao", "低保家庭存款限额（标准的月数）", "count", programmes=DIBAO),
        Key("property.money.edge", "边缘家庭存款限额（标准的月数）", "count"),
    ), LAW),
)  # fmt: skip
SAMPLING = Group("委托镇街确认", (Key("procedure.sample_share", "委托确认抽查比例", "ratio", most=1),), LAW)
"""How many of the towns' confirmations the district goes through again; it changes nobody's money, so no trial has it."""
