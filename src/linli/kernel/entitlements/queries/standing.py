"""Entitlements of the present scope."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, Exists, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.utils.module_loading import import_string

from linli.base.areas import scope_of
from linli.base.reasons import Outcome
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.entitlements.models import Amount, Covered, Decision, Entitlement, Spell, Suspension
from linli.kernel.entitlements.queries.declared import component_zh, programmes
from linli.kernel.entitlements.queries.months import in_month
from linli.kernel.entitlements.rules import Deed, Fault, State, month_of
from linli.kernel.ledgers.queries import origins_from
from linli.kernel.ledgers.rules import Origin
from linli.kernel.registry.models import BankAccount, Person
from linli.kernel.registry.queries import people_list, running


def entitlement_of(entitlement_id: int, month: date) -> Entitlement:
    """The entitlement with this id and its ``state`` in the month. :raises Forbidden: it is not in the present scope."""
    found = Entitlement.objects.select_related("person", "payee", "household", "case").filter(pk=entitlement_id)
    row = with_state(found, month).first()
    if row is None:
        raise Forbidden("没有这份待遇，或它不在本辖区内。")
    return row


def standing_in(month: date, programme: str = "") -> QuerySet[Entitlement]:
    """Entitlements that run in a month, held back or not."""
    found = Entitlement.objects.filter(Q(until=None) | Q(until__gt=month), since__lte=month)
    return found.filter(programme=programme) if programme else found


def unpayable(found: QuerySet[Any], on: date) -> QuerySet[Any]:
    """Of these the ones whose money goes nowhere: ``why`` is a fault of the run (no account in use, or the payee died).

    A payee of another area, whose rows are not seen here, is left out; the run itself judges with the whole district.
    """
    payee = Person.objects.filter(pk=OuterRef("payee"))
    into = Person.objects.filter(pk=OuterRef(OuterRef("payee"))).values("merged_into")
    same = Q(person=OuterRef("payee")) | Q(person__merged_into=OuterRef("payee")) | Q(person__in=into)
    banked = Exists(BankAccount.objects.filter(running(on)).filter(same))
    why = Case(
        When(Exists(payee.filter(died_on__isnull=False)), then=Value(Fault.DEAD_PAYEE.value)),
        When(~banked & Exists(payee), then=Value(Fault.NO_ACCOUNT.value)), default=Value(""), output_field=CharField(),
    )  # fmt: skip
    running_now = Q(until=None) | Q(until__gt=month_of(on))
    told: QuerySet[Any] = found.filter(running_now, suspended=None).annotate(why=why)
    return told.exclude(why="")


def with_state(found: QuerySet[Entitlement], month: date) -> QuerySet[Entitlement]:
    """The entitlements with ``state`` in the month: the database's twin of rules.state_in."""
    return found.annotate(
        state=Case(
            When(until__lte=month, then=Value(State.ENDED.value)),
            When(since__gt=month, then=Value(State.COMING.value)),
            When(suspended__lte=month, then=Value(State.SUSPENDED.value)),
            default=Value(State.STANDING.value), output_field=CharField(),
        )
    )  # fmt: skip


def entitlements(
    *, on: date, words: str = "", programme: str = "", grade: str = "", state: str = "", area: str = "", changed: str = "",
    trouble: str = "",
) -> QuerySet[Entitlement]:  # fmt: skip
    """The entitlements of the present scope, by area and name, narrowed by what is given; ``words``: a number or a name.

    ``changed``: a deed that was decided in the month of the day; ``trouble``: why the money goes nowhere.
    """
    month = month_of(on)
    rows = with_state(Entitlement.objects.select_related("person", "payee"), month)
    found: QuerySet[Any] = rows.order_by("area", "person__sort_key", "id")
    exact = {"programme": programme, "grade": grade, "state": state}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if area:
        scope = scope_of(area)
        found = found.filter(area__gte=scope.lo, area__lt=scope.hi)
    if words:
        named = people_list(on=on, living=False, name=words).order_by().values("pk")
        found = found.filter(Q(number=words) | Q(person__in=named))
    if trouble:
        found = unpayable(found, on).filter(why=trouble)
    if changed:
        decided = Decision.objects.filter(decided_on__gte=month, decided_on__lte=on)
        found = found.filter(pk__in=decided.filter(deed__in=changed.split(",")).order_by().values("entitlement"))
    return found


def amounts_of(rows: Iterable[Entitlement], month: date) -> dict[int, int]:
    """Fen a month as decided, all components together, by entitlement; two queries at most however many they are."""
    found: dict[int, int] = {}
    parts = Amount.objects.filter(in_month(month), entitlement__in=[row.pk for row in rows])
    for key, fen in parts.values_list("entitlement", "amount"):
        found[key] = found.get(key, 0) + fen
    return found


def with_monthly(found: QuerySet[Entitlement], month: date) -> QuerySet[Entitlement]:
    """The entitlements with ``monthly``: fen of the month as decided, all components together."""
    parts = Amount.objects.filter(in_month(month), entitlement=OuterRef("pk")).order_by().values("entitlement")
    return found.annotate(monthly=Subquery(parts.annotate(total=Sum("amount")).values("total"), output_field=BigIntegerField()))


def entitlements_of(people: Iterable[int], *, month: date | None = None, programme: str = "") -> QuerySet[Entitlement]:
    """Entitlements in which these people count (or which they hold), newest first; with a month only what runs then."""
    ids = list(people)
    covered = Covered.objects.filter(person__in=ids, void=False).order_by().values("entitlement")
    found = Entitlement.objects.filter(Q(person__in=ids) | Q(pk__in=covered)).order_by("-since", "-id")
    if month is not None:
        found = found.filter(pk__in=standing_in(month).order_by().values("pk"))
    return found.filter(programme=programme) if programme else found


def covered_in(entitlement: Entitlement, month: date) -> list[Person]:
    """The people who count in a month."""
    rows = Covered.objects.filter(in_month(month), entitlement=entitlement, lane=entitlement.programme)
    return [row.person for row in rows.select_related("person").order_by("person__birth", "person")]


def decisions_of(entitlement: Entitlement) -> QuerySet[Decision]:
    """Everything that was decided, newest first."""
    return entitlement.history.select_related("decided_by", "case").order_by("-id")


def explained(entitlement: Entitlement, decisions: Sequence[Decision]) -> list[tuple[Decision, Outcome]]:
    """How each decision came to its amount: as it was stored, or, for a raise by a run, as the law of the month tells it.

    A run stores no steps for its thousands of raises; the domain tells them again from the facts that it keeps. Where these
    have changed since and no longer give the raised amount, nothing is told.
    """
    raised = tuple(one.since for one in decisions if one.deed == Deed.RAISE and not one.outcome)
    known = programmes().get(entitlement.programme)
    tell = import_string(known.teller) if known and known.teller and raised else None
    told: dict[date, Outcome] = tell(entitlement.person_id, raised) if tell else {}
    found = []
    for one in decisions:
        outcome = Outcome.from_json(one.outcome) if one.outcome else told.get(one.since)
        if outcome and (one.outcome or (one.deed == Deed.RAISE and outcome.amount == one.after)):
            found.append((one, outcome))
    return found


def spells_of(entitlement: Entitlement) -> QuerySet[Spell]:
    """Class and number of people by months, newest first."""
    return Spell.objects.filter(entitlement=entitlement, void=False).select_related("decision").order_by("-since")


def amount_rows(entitlement: Entitlement) -> list[Amount]:
    """Amounts by component (``zh``) and months with the decision behind each, newest first."""
    rows = Amount.objects.filter(entitlement=entitlement, void=False).select_related("decision").order_by("-since", "component")
    for row in rows:
        row.zh = component_zh(entitlement.programme, row.component)  # type: ignore[attr-defined]
    return list(rows)


def suspensions_of(entitlement: Entitlement) -> QuerySet[Suspension]:
    """When it was held back, newest first."""
    return Suspension.objects.filter(entitlement=entitlement, void=False).order_by("-since")




def origins(*, by: Actor, sources: Collection[str], postings: Collection[int]) -> dict[str | int, Origin]:
    """What the books ask of entitlements: whose monthly money an order paid."""
    if not by.may("entitlements.see"):
        return {}
    rows, route = Entitlement.objects.all(), "entitlements:entitlement"
    return origins_from(sources, "entitlements.run:", rows, _origin_words, route, part=1)


def _origin_words(one: Entitlement) -> str:
    known = programmes().get(one.programme)
    return f"{known.zh if known else one.programme} {one.number}".strip()
