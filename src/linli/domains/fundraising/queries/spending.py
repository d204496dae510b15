"""The spending plan against what was spent, the use of a fund, and the year's ratios."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.db.models import Case, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from linli.base.reasons import Outcome
from linli.domains.fundraising.models import Gift, PlanLine, SpendingPlan
from linli.domains.fundraising.queries.gifts import LIVE, MONEY
from linli.domains.fundraising.queries.law import law
from linli.domains.fundraising.rules import YearSums, completion, judge_year
from linli.kernel.access.rules import Forbidden
from linli.kernel.ledgers import queries as books
from linli.kernel.ledgers.rules import Cost, PostingKind

if TYPE_CHECKING:
    from linli.kernel.ledgers.models import Fund


def plans() -> QuerySet[SpendingPlan]:
    """Spending plans, the newest year first."""
    return SpendingPlan.objects.select_related("made_by", "signed_by").order_by("-year", "area")


def plan_of_year(area: str, year: int) -> SpendingPlan | None:
    """The plan of an organisation for a year, if there is one: its own before those of towns that it took over."""
    own = Case(When(area_then=area, then=0), default=1)
    return plans().filter(area=area, year=year).order_by(own, "pk").first()


def spending_plan_of(plan_id: int) -> SpendingPlan:
    """The plan with this id. :raises Forbidden: not in the present scope."""
    found = plans().filter(pk=plan_id).first()
    if found is None:
        raise Forbidden("没有这份计划，或它不属于本单位。")
    return found


def for_good(lines: QuerySet[Any]) -> QuerySet[Any]:
    """Lines of spending without money handed to an account of another organisation, which has yet to spend it (decision 0022)."""
    known: QuerySet[Any] = lines.annotate(what=Coalesce("posting__reverses__kind", "posting__kind"))
    return known.exclude(what=PostingKind.TRANSFER.value)


def spent_on(area: str, year: int) -> dict[str, int]:
    """What one organisation spent for good in a year by its books, by purpose, in fen."""
    lines = for_good(books.spend_lines(since=date(year, 1, 1), until=date(year, 12, 31))).filter(area=area)
    return dict(lines.order_by().values("purpose").annotate(n=Sum("amount")).values_list("purpose", "n"))


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One purpose of a plan with what was spent on it."""

    key: str
    purpose: str
    planned: int
    spent: int
    times: int | None

    @property
    def rate(self) -> Fraction | None:
        return completion(self.planned, self.spent)

    @property
    def left(self) -> int:
        return self.planned - self.spent


def plan_rows(plan: SpendingPlan) -> list[PlanRow]:
    """The lines of a plan with what the organisation's books spent in that year."""
    spent = spent_on(plan.area, plan.year)
    lines = PlanLine.objects.filter(plan=plan).select_related("purpose").order_by("id")
    return [PlanRow(line.purpose_id, line.purpose.name, line.amount, spent.get(line.purpose_id, 0), line.times) for line in lines]


def plan_lines() -> QuerySet[PlanLine]:
    """The lines of signed plans."""
    return PlanLine.objects.filter(plan__signed_by__isnull=False)


@dataclass(frozen=True, slots=True)
class Use:
    """What a fund received and what became of it: no names."""

    fund: Fund
    received: int
    spent: int
    free: int
    families: int
    by_purpose: tuple[tuple[str, int], ...]


def uses_of(funds: Iterable[Fund]) -> list[Use]:
    """The use of these funds for their donors (慈善法 §42), in four reads however many funds there are."""
    found = list(books.funds().filter(pk__in=[fund.pk for fund in funds]))
    names = dict(books.purposes().values_list("key", "name"))
    families = books.families_of(fund.pk for fund in found)
    sums: dict[int, list[tuple[str, int]]] = defaultdict(list)
    lines = books.spend_lines().filter(fund__in=found).order_by().values("fund", "purpose").annotate(n=Sum("amount"))
    for fund, purpose, amount in lines.values_list("fund", "purpose", "n"):
        if amount:
            sums[fund].append((names.get(purpose, "其他"), amount))
    return [_use(fund, families.get(fund.pk, 0), sums[fund.pk]) for fund in found]


def _use(fund: Fund, families: int, parts: list[tuple[str, int]]) -> Use:
    held = fund.balance
    by_purpose = tuple(sorted(parts, key=lambda part: -part[1]))
    return Use(fund, held.received, held.spent, held.free, families, by_purpose)


def use_of(fund: Fund) -> Use:
    """The use of one fund. :raises Forbidden: it is not in the present scope."""
    return uses_of([books.fund_of(fund.pk)])[0]


def funds_of(campaign_id: int) -> list[Use]:
    """The use of every fund of a campaign in the present scope, by code."""
    wanted = Gift.objects.filter(campaign=campaign_id).order_by().values("fund").distinct()
    return uses_of(books.funds().filter(pk__in=wanted))


@dataclass(frozen=True, slots=True)
class Stock:
    """What lies in the store of a fund: the key of the goods, their name, unit and number."""

    key: str
    name: str
    measure: str
    pieces: int


def stock_of(fund: Fund) -> list[Stock]:
    """The given goods of a fund that were not handed out yet."""
    found = []
    for row in books.goods_balances().filter(fund=fund, amount__gt=0):
        name, _, measure = row.unit.rpartition("/")
        found.append(Stock(row.unit, name or row.unit, measure if name else "", row.amount))
    return found


def year_sums(year: int, area: str) -> YearSums:
    """What the books of one organisation spent, and the money given to it in the three years before."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    lines = books.spend_lines(since=first, until=last).filter(area=area).order_by()
    spent = lines.aggregate(n=Sum("amount"))["n"] or 0
    management = lines.filter(account__code=Cost.MANAGEMENT.code).aggregate(n=Sum("amount"))["n"] or 0
    money = Gift.objects.filter(LIVE, MONEY, area=area)
    known = money.order_by("day").values_list("day__year", flat=True).first()
    years = [past for past in (year - 1, year - 2, year - 3) if known and past >= known]
    incomes = tuple(money.filter(day__year=past).aggregate(n=Sum("amount"))["n"] or 0 for past in years)
    return YearSums(year, spent, management, incomes)


def ratios(year: int, area: str) -> Outcome:
    """Whether the year keeps the ratios of 慈善法 §61, step by step."""
    return judge_year(year_sums(year, area), law(), area)
