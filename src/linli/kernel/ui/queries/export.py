"""The present filter of a list as an .xlsx file: the purpose is asked, the look is recorded, every cell is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header

from linli.base.text import tidy
from linli.gateways.spreadsheets import Header, Sheet, table_bytes
from linli.kernel.ui.queries.areas import area_name
from linli.kernel.ui.queries.manifests import declared_function
from linli.kernel.ui.rules import SHEET_FORMATS, Column, sheet_value, show

if TYPE_CHECKING:
    from linli.kernel.ui.queries.listing import Listing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 100_000
LONGEST_PURPOSE = 200
Recorder = Callable[[str, int], None]


class Usual(Enum):
    """The list says nothing of its export."""

    USUAL = "usual"


USUAL = Usual.USUAL


def usual_recorder(request: Any) -> Recorder | None:
    """What writes the line of a list that says nothing of its export itself, as the package of the trail declares it."""
    declares = declared_function("export_recorder")
    found: Recorder | None = declares(request) if declares else None
    return found


def export_answer(listing: Listing) -> HttpResponse:
    """Ask for the purpose (GET), then give the file (POST). The list's hook writes the audit line first."""
    request = listing.request
    purpose, fault = "", ""
    if request.method == "POST":
        purpose = tidy(request.POST.get("purpose", ""))
        fault = _fault(listing, purpose)
        if not fault:
            assert listing.export is not None
            listing.export(purpose, listing.total)
            return _file(listing, purpose)
    words = {"listing": listing, "purpose": purpose, "fault": fault, "longest": LONGEST_PURPOSE, "most": MOST_ROWS}
    return render(request, "ui/export.html", words, status=422 if fault else 200)


def _fault(listing: Listing, purpose: str) -> str:
    if not purpose:
        return "请填写用途，例如“上报市局月报”。"
    if len(purpose) > LONGEST_PURPOSE:
        return f"用途不能超过{LONGEST_PURPOSE}个字，现有{len(purpose)}个字，请缩短。"
    if listing.total > MOST_ROWS:
        return f"一次最多导出{MOST_ROWS:,}条，现有{listing.total:,}条。请返回清单，缩小筛选范围后再导出。"
    return ""


def _file(listing: Listing, purpose: str) -> HttpResponse:
    request = listing.request
    actor = getattr(request, "actor", None)
    filters = "；".join(f"{label}：{value}" for label, value in listing.filter_words) or "全部"
    sums = [f"{column.label}合计：{total}" for column, total in listing.totals if total]
    who = f"{actor.name}（{actor.role.zh}）" if actor else ""
    lines = [
        f"筛选：{filters}",
        f"用途：{purpose}",
        f"导出：{who} {show(request.now)}".rstrip(),
        "；".join([f"共{listing.total:,}{listing.noun}", *sums]),
    ]
    formats = {column.head: SHEET_FORMATS[column.kind] for column in listing.columns if column.kind in SHEET_FORMATS}
    heads = [column.head for column in listing.columns]
    sheet = Sheet(listing.title, heads, _rows(listing), Header(listing.title, lines), formats=formats)
    response = HttpResponse(table_bytes(sheet), content_type=XLSX)
    name = f"{listing.title}-{request.today:%Y%m%d}.xlsx"
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


def _rows(listing: Listing) -> Iterator[list[Any]]:
    # One read of everything: chunked reading loses prefetched relations and would need a cursor of its own.
    rows = listing.rows.all() if isinstance(listing.rows, QuerySet) else listing.rows
    listing.name_areas(rows)
    for row in rows:
        yield [_cell(column, listing.value(column, row)) for column in listing.columns]


def _cell(column: Column, value: Any) -> Any:
    if column.kind == "area" and value:
        return area_name(value)
    return sheet_value(value, column.kind)
