"""The record of all aid as a list, and one file for each family."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from linli.domains.coordination import forms, queries
from linli.kernel.access.actions import record_seen, recording
from linli.kernel.access.rules import page
from linli.kernel.deliveries.queries import deliveries as found_deliveries
from linli.kernel.deliveries.rules import LAYER_WORDS, UNSORTED, Help, Layer
from linli.kernel.registry.queries import rows_of
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column, Fact

LAYERS = {one.value: one.zh for one in Layer}
HELPS = {one.value: one.zh for one in Help}


def _columns() -> tuple[Column, ...]:
    names = queries.named_streams()
    return (
        Column("name", "姓名", kind="person", value=queries.shown_name, link=queries.file_of),
        Column("area", "所在地", kind="area", sort="area", minor=True),
        Column("day", "日期", kind="day", sort="day"),
        Column("stream", "救助项目", value=lambda row: names.get(row.stream, row.stream), sort="stream"),
        Column("help", "类别", value=lambda row: HELPS.get(row.help, UNSORTED), sort="help"),
        Column("layer", "层次", value=lambda row: LAYERS.get(row.layer, UNSORTED), sort="layer", minor=True),
        Column("amount", "金额", kind="money", sort="amount", total="amount"),
        Column("pieces", "物资", kind="count", unit="件", minor=True),
    )


@page("coordination.read")
def deliveries(request: HttpRequest) -> HttpResponse:
    """Everything that was given in the own area, whoever gave it."""
    listing = Listing(
        request, title="全部救助记录", rows=lambda words: found_deliveries(**words), columns=_columns(), noun="条", order="-day",
        filters=lambda *args, **words: forms.DeliverySearch(*args, scope=request.actor.scope, **words),
        name_of=lambda row: f"{queries.shown_name(row)} {row.day}", empty="还没有发放过救助。",
        export=recording(by=request.actor, verb="coordination.export", kind="coordination.delivery"),
    )  # fmt: skip
    return listing.response("coordination/deliveries.html")


@page("coordination.read")
@require_safe
def household_record(request: HttpRequest, household_id: int) -> HttpResponse:
    return _record(request, queries.record_of_household(household_id, request.today), "coordination.household", household_id)


@page("coordination.read")
@require_safe
def person_record(request: HttpRequest, person_id: int) -> HttpResponse:
    """The file of the person's family; of the person alone where there is no family."""
    return _record(request, queries.record_of_person(person_id, request.today), "coordination.person", person_id)


def _record(request: HttpRequest, record: queries.Record, kind: str, subject: int) -> HttpResponse:
    record_seen(by=request.actor, verb="coordination.read", kind=kind, subject=subject, area=record.area)
    names = queries.named_streams()
    context = {
        "record": record, "facts": _facts(record), "members": rows_of(record.members, request.today),
        "running": _running(record),
        "years": [{"year": one.year, "times": one.times, "layers": [one.money.get(key, 0) for key in (*LAYERS, "")]}
                  for one in record.years],
        "heads": [*LAYERS.values(), UNSORTED],
        "layers": [
            {"zh": zh, "words": LAYER_WORDS.get(Layer(key)) if key else "用途没有归入层次的", "lines": lines}
            for key, zh in (*LAYERS.items(), ("", UNSORTED)) if (lines := _lines(record, key, names))
        ],
    }  # fmt: skip
    return render(request, "coordination/record.html", context)


def _facts(record: queries.Record) -> list[Fact]:
    home = record.household
    return [
        Fact("居住地", record.area, "area"), *([Fact("住址", home.address)] if home else []),
        Fact("家庭人口" if home else "人数", f"{len(record.members)}人"), Fact("历年救助", f"{len(record.received)}次"),
        Fact("历年救助资金", record.money, "money"),
    ]  # fmt: skip


def _running(record: queries.Record) -> list[dict[str, Any]]:
    """What is given month by month, each entitlement once, with everybody who counts in it."""
    names = {person.pk: person.name for person in record.members}
    found: dict[str, dict[str, Any]] = {}
    for line in record.running:
        one = {"names": [], "zh": line.zh, "amount": line.amount, "since": line.since, "href": line.href}
        found.setdefault(line.href, one)["names"].append(names.get(line.person_id, ""))
    return list(found.values())


def _lines(record: queries.Record, layer: str, names: dict[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "day": row.day, "name": row.name, "zh": names.get(row.stream, row.stream), "help": HELPS.get(row.help, UNSORTED),
            "amount": row.amount, "pieces": row.pieces, "href": queries.page_of(row),
        }
        for row in record.received if row.layer == layer
    ]  # fmt: skip
