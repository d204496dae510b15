"""Where an order is shown and what leads on from it: declared in manifests, so that packages need not know each other."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps
from django.urls import reverse

from linli.kernel.access.rules import Actor
from linli.kernel.orders.models import Order
from linli.kernel.ui.queries import declared_functions


def order_page(order_id: int) -> str:
    """The page on which an order is handled: the route that one package declares (``order_page``)."""
    return reverse(_route(), args=[order_id])


@cache
def _route() -> str:
    found = [route for config in apps.get_app_configs() if (route := getattr(config, "order_page", ""))]
    if len(found) != 1:
        raise LookupError(f"one package shows orders, not {len(found)}")
    return str(found[0])


@cache
def _links() -> tuple[Any, ...]:
    return tuple(declared_functions("order_links"))


@cache
def _parts() -> tuple[Any, ...]:
    return tuple(declared_functions("order_parts"))


def parts_of(by: Actor, order: Order) -> list[Any]:
    """What others show on the page of an order as (title, facts, acts).

    ``order_parts`` of a manifest are paths of functions ``f(by, order) -> (title, facts, acts) | None``.
    """
    return [part for function in _parts() if (part := function(by, order)) is not None]


def links_of(by: Actor, order: Order) -> list[tuple[str, str]]:
    """Further pages of an order as (words, address).

    ``order_links`` of a manifest are paths of functions ``f(by, order) -> (words, address) | None``.
    """
    return [link for function in _links() if (link := function(by, order)) is not None]
