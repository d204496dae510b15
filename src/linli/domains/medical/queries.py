"""Reading hospitals, bills and statements, and the law's answer to a bill."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, ExtractYear
from django.urls import reverse

from linli.base.dated import NoValue, Parameters, load
from linli.base.dated import Value as Dated
from linli.base.days import age_on
from linli.base.reasons import Outcome
from linli.domains.medical.models import Bill, Hospital, Statement
from linli.domains.medical.rules import GROUP, FundingYear, Sums, class_of, funding_years
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.deliveries.rules import Rows
from linli.kernel.ledgers.queries import money_lines, origins_from
from linli.kernel.ledgers.rules import AccountKind, FundKind, FundLevel, Origin
from linli.kernel.registry.queries import area_name, identities_of, people_on, statuses_of
from linli.kernel.standards.queries import known as law_in_force
from linli.kernel.ui.rules import Task
from linli.law import BadFacts, all_values
from linli.law.medical import Bill as Asked
from linli.law.medical import Patient, decide_medical
from linli.law.words import MEND, name_of_value


def hospitals(on: date) -> QuerySet[Hospital]:
    """The designated hospitals of this day, by name."""
    return Hospital.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on).order_by("name", "id")


def hospital(hospital_id: int) -> Hospital:
    """The hospital with this id."""
    found = Hospital.objects.filter(pk=hospital_id).first()
    if found is None:
        raise Refused("没有这家定点医院，请从列表中选择。", field="hospital")
    return found


def bills(
    *, words: str = "", way: str = "", illness: str = "", patient: str = "", state: str = "", hospital: str = ""
) -> QuerySet[Bill]:
    """Bills of the present scope, newest first; ``words``: a paper's number or the beginning of a name."""
    found = Bill.objects.select_related("hospital", "statement").order_by("-id")
    exact = {"way": way, "illness": illness, "patient": patient, "state": state, "hospital": hospital}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if words:
        found = found.filter(Q(invoice=words) | Q(name__gte=words, name__lt=words + "\U0010ffff"))
    return found


def bill(bill_id: int) -> Bill:
    """The bill with this id; Refused outside of the present scope."""
    found = bills().filter(pk=bill_id).first()
    if found is None:
        raise Refused("没有这笔医疗救助结算，或它不在本辖区内。")
    return found


def patient_of(person: Any, on: date) -> Patient | None:
    """As what the person counts on this day; None: medical assistance is not for them."""
    return class_of([row.kind for row in statuses_of(person, on)], age_on(person.birth, on))


@dataclass(frozen=True)
class Year:
    """What stands of a person's year so far, fen: borne by themselves within the lists, and given as aid."""

    borne: int = 0
    aided: int = 0


def year_here(people: Iterable[Any], year: int) -> Year:
    """What the present scope knows of the year."""
    found = Bill.objects.filter(person__in=identities_of(people), state="settled", left_on__year=year)
    sums = found.aggregate(covered=Sum("covered"), basic=Sum("basic"), serious=Sum("serious"), aid=Sum("aid"))
    covered, basic, serious, aid = (int(sums[key] or 0) for key in ("covered", "basic", "serious", "aid"))
    return Year(covered - basic - serious, aid)


def judge(area: str, patient: Patient, sums: Sums, year: Year, on: date) -> tuple[Outcome, int]:
    """The law's answer on the day on which the patient left, and the limit of the year (fen).

    :raises Refused: a value of the law is missing, or the sums do not fit.
    """
    known = law_in_force(all_values())
    asked = Asked(area, patient, sums.covered, sums.basic, sums.serious, year.borne, year.aided)
    try:
        return decide_medical(asked, known, on=on), int(known.on("medical.cap", on, area).fen)
    except NoValue as fault:
        raise Refused(
            f"没有{fault.day:%Y年%-m月%-d日}适用于{area_name(fault.area, fault.day)}的“{name_of_value(fault.key)}”，"
            f"不能计算医疗救助。{MEND}"
        ) from fault
    except BadFacts as fault:
        raise Refused(str(fault)) from fault


@dataclass(frozen=True)
class Owed:
    """What a hospital laid out and has not been paid."""

    hospital: Hospital
    bills: int
    amount: int
    last: date


def owed(*, until: date, hospital: int | None = None) -> list[Owed]:
    """What each hospital laid out for bills settled until this day, by name."""
    rows = unpaid(until).filter(**({"hospital": hospital} if hospital else {}))
    counted = rows.values("hospital").annotate(n=Count("id"), total=Sum("aid"), last=Max("settled_on"))
    sums = {row["hospital"]: row for row in counted.order_by("hospital")}
    found = Hospital.objects.filter(pk__in=sums).order_by("name", "id")
    return [Owed(one, sums[one.pk]["n"], int(sums[one.pk]["total"]), sums[one.pk]["last"]) for one in found]


def unpaid(until: date) -> QuerySet[Bill]:
    """Settled bills with aid that stand in no statement yet."""
    return Bill.objects.filter(state="settled", statement=None, aid__gt=0, settled_on__lte=until).order_by("id")


def statements() -> QuerySet[Statement]:
    """Statements of the present scope, newest first."""
    return Statement.objects.select_related("hospital", "made_by").order_by("-id")


def statement(statement_id: int) -> Statement:
    """The statement with this id; Refused outside of the present scope."""
    found = statements().filter(pk=statement_id).first()
    if found is None:
        raise Refused("没有这张医院结算单，或它不在本辖区内。")
    return found


def to_order() -> QuerySet[Statement]:
    """Statements without a payment order, the oldest first."""
    return statements().filter(ordered_on=None).order_by("id")


def desk_tasks(actor: Actor, on: date, which: Literal["waiting", "done"]) -> list[Task]:
    """Finance is told of statements to be paid, the approver at the month's turn of hospitals that are owed."""
    found: list[Task] = []
    if which == "done":
        return found
    href = reverse("medical:hospitals")
    if actor.may("medical.order") and (first := to_order().first()):
        found.append(Task(f"{to_order().count()}张医院结算单等待开付款单", "医疗救助结算", href, since=first.made_on))
    if actor.may("medical.state") and (late := owed(until=on.replace(day=1) - timedelta(days=1))):
        title, since = f"{len(late)}家定点医院上月垫付的救助款等待核定", min(one.last for one in late)
        found.append(Task(title, "医疗救助结算", href, since=since))
    return found


def source_of(one: Statement) -> str:
    """How the books name a statement."""
    return f"medical.statement:{one.pk}"


def given() -> Rows:
    """Settled bills for which aid was given, for the record of all aid; the illness stays here."""
    return Rows(Bill.objects.filter(state="settled", aid__gt=0), "left_on", "aid", "name")


FUNDING = {
    "income": (AccountKind.SOURCE,), "spent": (AccountKind.SPEND,), "balance": (AccountKind.SOURCE, AccountKind.SPEND),
}  # fmt: skip


def funding_lines(part: str, *, since: date | None = None, until: date | None = None) -> QuerySet[Any]:
    """The lines of the special funds (those that may be spent on medical assistance) behind a part, each with ``fen``."""
    found = money_lines(*FUNDING[part], since=since, until=until).filter(fund__purposes__purpose=GROUP)
    rows: QuerySet[Any] = found.annotate(fen=F("amount") if part == "spent" else -F("amount"))
    return rows


@cache
def standards() -> Parameters:
    """What the province asks per head, by year."""
    return load(sorted((Path(__file__).parent / "parameters").glob("*.toml")))


def standard_of(year: int, area: str) -> Dated | None:
    """The province's standard of a year; None where none has been entered."""
    try:
        return law_in_force(standards()).on("medical.funding.standard", date(year, 12, 31), area)
    except NoValue:
        return None


_OF_SOURCE = Q(account__kind=AccountKind.SOURCE.value)


def funding(on: date, area: str) -> list[FundingYear]:
    """The special funds year by year, newest first: a query for the money and one for the people of each year."""
    rows = funding_lines("balance", until=on).order_by().annotate(year=ExtractYear("posting__day")).values_list(
        "year", "fund__kind", "fund__level"
    ).annotate(raised=Coalesce(Sum("fen", filter=_OF_SOURCE), 0), spent=-Coalesce(Sum("fen", filter=~_OF_SOURCE), 0))  # fmt: skip
    moved = [(year, source_zh(kind, level), int(came), int(went)) for year, kind, level, came, went in rows]
    years = range(min((row[0] for row in moved), default=on.year), on.year + 1)
    people = {year: people_on(min(date(year, 12, 31), on)).count() for year in years}
    known = {year: standard_of(year, area) for year in years}
    return funding_years(moved, people, {year: one.fen if one else None for year, one in known.items()}, on.year)


def source_zh(kind: str, level: str) -> str:
    """Where money comes from, in words: the budget of a level, else the kind of the source."""
    if kind in (FundKind.FISCAL.value, FundKind.SUPERIOR.value):
        return f"{FundLevel(level).zh}财政"
    return FundKind(kind).zh


def origins(*, by: Actor, sources: Collection[str], postings: Collection[int]) -> dict[str | int, Origin]:
    """What the books ask of medical aid: the statement of a hospital behind an order."""
    if not by.may("medical.pay"):
        return {}
    rows = Statement.objects.select_related("hospital")

    def words(one: Statement) -> str:
        return f"{one.hospital.name}医疗救助结算 {one.last}"

    return origins_from(sources, "medical.statement:", rows, words, "medical:statement")
