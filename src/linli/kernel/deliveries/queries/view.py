"""The view over everything that was given: one branch for each place where aid is kept, all with the same columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import BigIntegerField, Case, CharField, F, Min, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils.module_loading import import_string

from linli.kernel.deliveries.models import Delivery
from linli.kernel.deliveries.queries.declared import streams
from linli.kernel.deliveries.rules import Rows, Stream
from linli.kernel.entitlements.queries import counting_issues
from linli.kernel.ledgers.queries import given_slips, orders_to_people
from linli.kernel.records.queries import books, standing
from linli.kernel.registry.rules import after

TEXT, WHOLE = CharField(), BigIntegerField()
NOTHING = Cast(Value(None), WHOLE)
BY_ENTITLEMENT = "entitlements."


def view() -> tuple[tuple[str, ...], QuerySet[Any]]:
    """The columns of the view and the query that it stands for."""
    names = tuple(f"{name}_id" if name in {"person", "household"} else name for name in Delivery.columns)
    first, *others = _branches()
    return names, first.union(*others, all=True)


def _branches() -> Iterator[QuerySet[Any]]:
    known = list(streams().values())
    yield _monthly([one for one in known if one.programme])
    yield _orders(known)
    yield _slips(known)
    for one in known:
        if one.book:
            yield _book(one)
        elif one.rows:
            yield _own(one)


def _shaped(found: QuerySet[Any], row: Any = "pk", **columns: Any) -> QuerySet[Any]:
    """The rows with the columns of the view, in their order. ``columns`` are expressions or names of columns."""
    table = found.model._meta.db_table
    text = Cast(row, TEXT)
    columns |= {"key": Concat(Value(f"{table}:"), text, output_field=TEXT), "origin": Value(f"public.{table}"), "row": text}
    said = {f"v_{name}": F(one) if isinstance(one, str) else one for name, one in columns.items()}
    return _listed(found.order_by().annotate(**said))


def _listed(found: QuerySet[Any]) -> QuerySet[Any]:
    rows: QuerySet[Any] = found.values_list(*(f"v_{name}" for name in Delivery.columns))
    return rows


def _of(known: list[Stream], part: str, where: Any) -> Case:
    """What each row's stream says (its key, layer or help), told by the condition that puts a row into a stream."""
    cases = [When(where(one), then=Value(_word(one, part))) for one in known]
    return Case(*cases, default=Value(""), output_field=TEXT)


def _word(one: Stream, part: str) -> str:
    return {"stream": one.key, "layer": one.layer.value, "help": one.help.value}[part]


def _monthly(known: list[Stream]) -> QuerySet[Any]:
    """What one run of recurring money gave for one entitlement, whoever received it for the family."""

    def where(one: Stream) -> Q:
        return Q(programme=one.programme)

    said = {f"v_{part}": _of(known, part, where) for part in ("stream", "layer", "help")}
    plain = {
        "v_day": F("issued_on"), "v_name": F("entitlement__person__name"), "v_person": F("entitlement__person_id"),
        "v_household": F("entitlement__household_id"), "v_area": F("area"), "v_pieces": NOTHING,
        "v_origin": Value("public.entitlements_issue"),
    }  # fmt: skip
    keyed = Concat(Value("entitlements_issue:"), F("run_id"), Value("/"), F("entitlement_id"), output_field=TEXT)
    grouped = counting_issues().order_by().annotate(v_key=keyed, **plain, **said)
    names = [f"v_{name}" for name in Delivery.columns if name not in {"row", "amount"}]
    summed = grouped.values(*names).annotate(v_row=Cast(Min("pk"), TEXT), v_amount=Cast(Sum("amount"), WHOLE))
    return _listed(summed.filter(v_amount__gt=0))  # of what is asked back wholly, nothing reached the family


def _orders(known: list[Stream]) -> QuerySet[Any]:
    """Payment orders to people, but those of recurring money and those that a record book tells as well."""
    told = [purpose for one in known if one.book for purpose in one.purposes]
    mine = [one for one in known if one.purposes and not one.book]
    found = orders_to_people().exclude(purpose__in=told).exclude(source__gte=BY_ENTITLEMENT, source__lt=after(BY_ENTITLEMENT))
    parts = {part: _of(mine, part, lambda one: Q(purpose__in=one.purposes)) for part in ("layer", "help")}
    keys = Case(
        *(When(purpose__in=one.purposes, then=Value(one.key)) for one in mine), default=F("purpose_id"), output_field=TEXT
    )
    return _shaped(
        found, **parts, stream=keys, day="made_on", amount="amount", pieces=NOTHING, name="payee", person="person_id",
        household="household_id", area="area",
    )  # fmt: skip


def _slips(known: list[Stream]) -> QuerySet[Any]:
    """Goods handed out to a person or a family, and not brought back."""
    told = [one.slips for one in known if one.book and one.slips]
    mine = [one for one in known if one.slips and not one.book]
    found = given_slips()
    for start in told:
        found = found.exclude(source__gte=start, source__lt=after(start))
    parts = {
        part: _of(mine, part, lambda one: Q(source__gte=one.slips, source__lt=after(one.slips)))
        for part in ("stream", "layer", "help")
    }
    return _shaped(
        found, **parts, day="day", amount=NOTHING, pieces="pieces", name="receiver", person="person_id",
        household="household_id", area="area",
    )  # fmt: skip


def _book(one: Stream) -> QuerySet[Any]:
    """Rows of a record book that stand."""
    found = standing(books()[one.book])
    amount = sum((Coalesce(F(f"f_{key}"), Value(0)) for key in one.money), Value(0)) if one.money else NOTHING
    chosen, kinds = one.helps
    helps = [When(**{f"f_{chosen}": value}, then=Value(kind.value)) for value, kind in kinds]
    return _shaped(
        found, stream=Value(one.key), layer=Value(one.layer.value), day="day", pieces=NOTHING,
        help=Case(*helps, default=Value(one.help.value), output_field=TEXT),
        amount=Cast(amount, WHOLE), name=Coalesce("person__name", "household__head__name"), person="person_id",
        household="household_id", area="area",
    )  # fmt: skip


def _own(one: Stream) -> QuerySet[Any]:
    """Rows of a package's own table."""
    rows: Rows = import_string(one.rows)()
    return _shaped(
        rows.found, stream=Value(one.key), layer=Value(one.layer.value), help=Value(one.help.value), day=rows.day,
        amount=Cast(rows.amount, WHOLE), pieces=NOTHING, name=rows.name, person=rows.person,
        household=rows.household or NOTHING, area="area",
    )  # fmt: skip
