"""The register of vulnerable people (弱势群体基本状况库)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from linli.kernel.access.rules import page
from linli.kernel.registry import forms, queries
from linli.kernel.registry.rules import CAUSES, NEEDS
from linli.kernel.registry.views.common import export_of
from linli.kernel.registry.views.people import columns
from linli.kernel.ui.queries import Listing
from linli.kernel.ui.rules import Column


@page("registry.read")
def vulnerable(request: HttpRequest) -> HttpResponse:
    """People of the register, narrowed by type, cause, kind, area, sex and age; exported with hidden numbers."""

    def rows(words: dict[str, Any]) -> Any:
        return queries.with_statuses(queries.vulnerable_list(on=request.today, **words), request.today)

    listing = Listing(
        request, title="弱势群体", noun="人", columns=_columns(request), rows=rows, export=export_of(request),
        filters=lambda *args, **words: forms.VulnerableFilter(*args, scope=request.actor.scope, **words),
        name_of=lambda row: row.name, empty="这里还没有登记弱势群体。认定身份类别后，符合的人员会自动列入。",
    )  # fmt: skip
    return listing.response("registry/vulnerable.html")


def _columns(request: HttpRequest) -> tuple[Column, ...]:
    """Those of every list of people, with the type and the cause before the place."""
    own = (
        Column("need", "类型", sort=True, value=lambda row: NEEDS[row.need]),
        Column("cause", "致贫原因", sort=True, value=lambda row: CAUSES[row.cause]),
    )
    known = columns(request.today, "person")
    at = next(index for index, column in enumerate(known) if column.key == "number")
    return (*known[:at], *own, *known[at:])
