"""What the books ask of charity: the application behind a line."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse

from linli.domains.charity.models import Application
from linli.kernel.access.rules import Actor
from linli.kernel.ledgers.rules import Origin

KEY = "charity.application:"


def origins(*, by: Actor, sources: Collection[str], postings: Collection[int]) -> dict[str | int, Origin]:
    """The applications of the present scope behind these sources of orders and postings."""
    if not by.may("charity.read"):
        return {}
    keys = {source: int(source.removeprefix(KEY)) for source in sources if source.startswith(KEY)}
    found = dict(Application.objects.filter(pk__in=keys.values()).values_list("pk", "case__number"))
    return {
        source: Origin(f"救助申请 {found[key]}", reverse("charity:application", args=[key]))
        for source, key in keys.items() if key in found
    }  # fmt: skip
