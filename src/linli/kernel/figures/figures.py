"""What is counted of the people themselves; what is done for them is counted by the domains that do it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from linli.base.masking import mask_name
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Relation, Share, Unit
from linli.kernel.registry.queries import people_on, vulnerable
from linli.kernel.registry.rules import CAUSES, NEEDS, Sex

OWNER, BASIS = "区民政局", "弱势群体基本状况库"
BY_SEX = Breakdown("sex", "性别", "sex", {sex.value: sex.zh for sex in Sex})
BY_NEED = Breakdown("need", "类型", "need", {str(code): zh for code, zh in NEEDS.items()})
BY_CAUSE = Breakdown("cause", "致贫原因", "cause", {str(code): zh for code, zh in CAUSES.items()})
IN_TYPES = "低保、五保和其他困难人员，按期末有效的身份类别；一人有几种类型的，按城市低保、农村低保、五保、其他的顺序计一次"


def _people(period: Period) -> QuerySet[Any]:
    return people_on(period.last)


def _vulnerable(period: Period) -> QuerySet[Any]:
    return vulnerable(period.last)


def _of_need(code: int) -> Any:
    return lambda period: _vulnerable(period).filter(need=code)


def _describe(one: Any) -> tuple[str, str]:
    return mask_name(one.name), reverse("registry:person", args=[one.pk])


def _figure(key: str, zh: str, words: str, rows: Any, breakdowns: tuple[Breakdown, ...]) -> Figure:
    return Figure(
        key, zh, words, Unit.PERSON, Kind.STOCK, rows, breakdowns=breakdowns, describe=_describe, owner=OWNER, basis=BASIS,
        persons=True,
    )


def _type(code: int) -> Figure:
    zh = NEEDS[code]
    words = f"类型为“{zh}”的弱势群体人数"
    return _figure(f"registry.vulnerable_{code}", f"弱势群体：{zh}", words, _of_need(code), (BY_CAUSE, BY_SEX))


PARTS = tuple(f"registry.vulnerable_{code}" for code in NEEDS)
FIGURES = (
    _figure("registry.people", "登记人口", "期末在册、健在的人员，不论户籍所在", _people, (BY_SEX,)),
    _figure("registry.vulnerable", "弱势群体", IN_TYPES, _vulnerable, (BY_NEED, BY_CAUSE, BY_SEX)),
    *(_type(code) for code in NEEDS),
)
RELATIONS = (
    Relation("registry.vulnerable.parts", "各类型人数之和等于弱势群体人数", ("registry.vulnerable",), "=", PARTS),
    Relation("registry.vulnerable.fewer", "弱势群体不多于登记人口", ("registry.vulnerable",), "<=", ("registry.people",)),
)
SHARES = (
    Share(
        "registry.vulnerable", "弱势群体占人口比重", "弱势群体人数与登记人口之比", "registry.vulnerable", "registry.people", PARTS
    ),
)
