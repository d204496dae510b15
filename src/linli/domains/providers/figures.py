"""What is counted of providers and of services at home (HOTLINE-05, -07, -08, -09, ELDER-03)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse

from linli.base.money import show_yuan
from linli.domains.providers.models import Department, Offer, Provider, ServiceOrder, Statement
from linli.domains.providers.queries.services import CONFIRMED, for_the_old
from linli.domains.providers.rules import Measure, ProviderKind, Service
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Period, Relation, Share, Unit
from linli.kernel.orders.rules import Satisfaction

OWNER, BASIS = "区市民服务中心", "市民服务中心工作情况"
KIND = Breakdown("kind", "类别", "kind", dict(ProviderKind.choices()))
PARTS = (
    Breakdown("service", "服务", "service", dict(Service.choices())), Breakdown("provider", "服务商", "provider__name"),
)  # fmt: skip
GRADES = (*PARTS, Breakdown("grade", "评价", "order__grade", dict(Satisfaction.choices())))
OF_PROVIDERS = (Breakdown("kind", "类别", "provider__kind", dict(ProviderKind.choices())), PARTS[1])


def _provider(one: Provider) -> tuple[str, str]:
    return f"{one.name}　{one.get_kind_display()}", reverse("providers:provider", args=[one.pk])


def _service(one: ServiceOrder) -> tuple[str, str]:
    words = f"{one.order.number}　{Service(one.service).zh}：{one.item}　{show_yuan(one.price)}元"
    return words, reverse("providers:service", args=[one.pk])


def _offer(one: Offer) -> tuple[str, str]:
    words = f"{one.provider.name}　{one.name}（按{Measure(one.measure).zh}）"
    return words, reverse("providers:provider", args=[one.provider_id])


def _department(one: Department) -> tuple[str, str]:
    return f"{one.provider.name}　{one.name}", reverse("providers:provider", args=[one.provider_id])


def _statement(one: Statement) -> tuple[str, str]:
    words = f"{one.provider.name}　{one.month:%Y年%-m月}　{one.orders}单"
    return words, reverse("providers:statement", args=[one.pk])


def _there(period: Period, begins: str) -> Any:
    """Who was under agreement on the last day."""
    over = Q(ended_on=None) | Q(ended_on__gt=period.last)
    return Provider.objects.filter(over, **{f"{begins}__lte": period.last})


def _members(period: Period) -> Any:
    return _there(period, "member_since")


def _trials(period: Period) -> Any:
    return _there(period, "trial_since").filter(Q(member_since=None) | Q(member_since__gt=period.last))


def _running(model: Any) -> Any:
    def rows(period: Period) -> Any:
        found = model.objects.filter(Q(until=None) | Q(until__gt=period.last), since__lte=period.last)
        return found.filter(provider__trial_since__lte=period.last).select_related("provider")

    return rows


def _rows(day: str = "day", where: Q | None = None) -> Any:
    def rows(period: Period) -> Any:
        span = {f"{day}__date__range" if day == "ended_at" else f"{day}__range": (period.first, period.last)}
        found = ServiceOrder.objects.filter(**span, cancelled_on=None).select_related("order", "provider")
        return found.filter(where) if where is not None else found

    return rows


def _figure(key: str, zh: str, words: str, unit: Unit, kind: Kind, rows: Any, describe: Any, **more: Any) -> Figure:
    words_ = {"owner": OWNER, "basis": BASIS} | more
    return Figure(f"providers.{key}", zh, words, unit, kind, rows, describe=describe, **words_)


def _ordered(key: str, zh: str, words: str, rows: Any, unit: Unit = Unit.CASE, **more: Any) -> Figure:
    given = {"breakdowns": PARTS, "area_column": "place"} | more
    return _figure(key, zh, words, unit, Kind.FLOW, rows, _service, **given)


FIGURES = (
    _figure("members", "加盟服务商", "统计期末已加盟、没有退出的企业、网络服务中心和一技之长服务者", Unit.EACH, Kind.STOCK,
            _members, _provider, breakdowns=(KIND,)),
    _figure("trials", "试用服务商", "统计期末试用、还没有加盟也没有退出的服务商", Unit.EACH, Kind.STOCK, _trials, _provider,
            breakdowns=(KIND,)),
    _figure("bound", "试用和加盟服务商", "统计期末试用或加盟的服务商", Unit.EACH, Kind.STOCK,
            lambda period: _there(period, "trial_since"), _provider, breakdowns=(KIND,)),
    _figure("staff", "服务商服务人员", "统计期末试用或加盟的服务商的服务人员", Unit.PERSON, Kind.STOCK,
            lambda period: _there(period, "trial_since"), _provider, measure="sum:staff", breakdowns=(KIND,)),
    _figure("departments", "服务部", "统计期末服务商设立的服务部", Unit.EACH, Kind.STOCK, _running(Department),
            _department, breakdowns=OF_PROVIDERS),
    _figure("items", "服务项目", "统计期末服务商提供的服务项目", Unit.EACH, Kind.STOCK, _running(Offer), _offer,
            breakdowns=(*OF_PROVIDERS, PARTS[0])),
    _ordered("orders", "居家服务单", "统计期内下单、没有取消的居家服务", _rows()),
    _ordered("old", "老年人配餐理发医疗", "统计期内60周岁以上居民下单、没有取消的配餐送餐、上门理发和上门医疗",
             _rows(where=for_the_old())),
    _ordered("confirmed", "居民确认的居家服务", "统计期内做完、居民回访确认解决并满意的居家服务",
             _rows("ended_at", CONFIRMED)),
    _ordered("asked", "居家服务回访评价", "统计期内做完、居民已作评价的居家服务",
             _rows("ended_at", Q(order__grade__gt="")), breakdowns=GRADES),
    _ordered("content", "居家服务满意", "统计期内做完、居民评价基本满意以上的居家服务",
             _rows("ended_at", Q(order__grade__in=["3", "4", "5"])), breakdowns=GRADES),
    _ordered("households", "居家服务家庭", "统计期内做完居家服务的登记家庭，一户计一次",
             _rows("ended_at", Q(household__isnull=False)), Unit.HOUSEHOLD, measure="distinct:household"),
    _ordered("price", "居家服务价款", "统计期内做完的居家服务的约定价款", _rows("ended_at"), Unit.FEN, measure="sum:price"),
    _ordered("subsidy", "居家服务补贴", "统计期内做完、居民已确认的居家服务应由补贴承担的金额",
             _rows("ended_at", CONFIRMED), Unit.FEN, measure="sum:payable"),
    _figure("settled", "居家服务已结算补贴", "统计期内核定、没有撤回的服务商结算单金额", Unit.FEN, Kind.FLOW,
            lambda period: Statement.objects.filter(**period.within("made_on"), withdrawn_on=None).select_related("provider"),
            _statement, measure="sum:amount", breakdowns=OF_PROVIDERS),
)  # fmt: skip
SHARES = (
    Share(
        "providers.satisfaction", "居家服务满意率", "统计期内满意的居家服务占已评价的比重", "providers.content", "providers.asked"
    ),
)
RELATIONS = (
    Relation(
        "providers.bound.parts", "加盟与试用之和等于全部", ("providers.bound",), "=", ("providers.members", "providers.trials")
    ),
    Relation("providers.content.most", "满意不多于评价", ("providers.content",), "<=", ("providers.asked",)),
    Relation("providers.subsidy.most", "补贴不多于价款", ("providers.subsidy",), "<=", ("providers.price",)),
)
