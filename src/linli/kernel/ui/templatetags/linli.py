"""Filters and tags for every template."""

from __future__ import annotations

from django import template

from linli.base.money import show_yuan

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """Fen as 1,234.50; a dash for nothing."""
    return "—" if fen is None else show_yuan(fen)
