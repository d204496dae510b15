"""What the actions share: the events of a provider, and the desk that follows its agreement."""

from __future__ import annotations

from datetime import date
from typing import Any

from linli.domains.providers.models import Offer, Provider, ProviderEvent
from linli.domains.providers.rules import CODES, Ground, Service, Step
from linli.kernel.access.rules import Actor
from linli.kernel.orders import actions as work

PROVIDER, SERVICE, STATEMENT, WISH = "providers.provider", "providers.service", "providers.statement", "providers.wish"
WIDER = {Service.REPAIR: "1020"}
"""Whoever repairs takes every kind of repair that callers name."""


def note(
    one: Provider, step: Step, *, by: Actor, on: date, text: str = "", ground: Ground | None = None,
    facts: dict[str, Any] | None = None,
) -> ProviderEvent:  # fmt: skip
    """Write down what happened to a provider."""
    return ProviderEvent.objects.create(
        provider=one, step=step, on=on, by_id=by.staff_id, ground=ground.value if ground else "", text=text[:300],
        facts=facts or {}, area=one.area,
    )  # fmt: skip


def codes_of(one: Provider) -> tuple[str, ...]:
    """The categories of orders that a provider's items of the day belong to."""
    rows = Offer.objects.filter(provider=one, until=None).values_list("service", flat=True)
    return tuple(sorted({WIDER.get(Service(row), CODES[Service(row)]) for row in rows}))


def fit(one: Provider, *, by: Actor, on: date) -> None:
    """The desk takes what is offered now, where and when it is offered."""
    if one.desk is None:
        return
    work.fit_desk(
        by=by, on=on, desk=one.desk, codes=codes_of(one), everywhere=one.everywhere, reaches=tuple(one.reaches),
        opens=one.opens, closes=one.closes, weekends=one.weekends,
    )  # fmt: skip
