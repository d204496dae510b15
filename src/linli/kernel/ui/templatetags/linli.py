"""Filters and tags for every template."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from datetime import date
from itertools import zip_longest
from typing import Any

from django import template
from django.forms import BaseForm
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from linli.base import masking
from linli.kernel.ui.queries import area_name, badge_html, may_open, shown
from linli.kernel.ui.rules import NOTHING, Badge, DaysLeft, Fact, Tone, show

register = template.Library()
WEEKDAYS = "一二三四五六日"


def _filter(name: str, write: Any) -> None:
    register.filter(name, lambda value: NOTHING if value in (None, "") else write(value))


for name, kind in {"yuan": "money", "wan": "wan", "count": "count", "day": "day", "moment": "moment"}.items():
    _filter(name, lambda value, kind=kind: show(value, kind))
for name, write in {
    "area": area_name, "mask_name": masking.mask_name, "mask_id": masking.mask_id, "mask_phone": masking.mask_phone,
    "mask_account": masking.mask_account, "mask_address": masking.mask_address,
}.items():  # fmt: skip
    _filter(name, write)
_filter("mask_id_public", lambda number: masking.mask_id(number, masking.Audience.PUBLIC))
_filter("mask_address_public", lambda address: masking.mask_address(address, masking.Audience.PUBLIC))


@register.filter
def day_words(day: date | None) -> str:
    """2010年12月20日 周一."""
    return f"{day.year}年{day.month}月{day.day}日 周{WEEKDAYS[day.weekday()]}" if day else NOTHING


DIALLED = re.compile(r"(?<![\d-])(0\d{2,3}-?\d{7,8}|1[3-9]\d{9}|400-?\d{3}-?\d{4}|12345|1[12][0249])(?![\d-]|元|户|人|号)")
"""Telephone numbers as they stand in a text: with their area's code, mobile, and the short ones of hotlines and emergencies."""


@register.filter
def dial(text: Any) -> SafeString:
    """A text of one's own whose telephone numbers are called by a touch: ``{{ item.consult|dial }}``."""
    pieces = DIALLED.split(str(text or NOTHING))
    linked = [format_html('<a href="tel:{}">{}</a>', piece.replace("-", ""), piece) for piece in pieces[1::2]]
    plain = [format_html("{}", piece) for piece in pieces[::2]]
    return mark_safe("".join(f"{before}{number}" for before, number in zip_longest(plain, linked, fillvalue="")))


@register.filter
def shown_as(value: Any, kind: str = "text") -> SafeString:
    """Any value as a list would show it: ``{{ value|shown_as:"money" }}``."""
    return shown(value, kind)  # type: ignore[arg-type]


@register.simple_tag
def state(text: str | Badge, tone: str = "quiet") -> SafeString:
    """A state in words, shape and colour: ``{% state "已办结" "good" %}`` or ``{% state badge %}``."""
    return badge_html(text if isinstance(text, Badge) else Badge(text, Tone(tone)))


@register.simple_tag
def days_left(left: int | DaysLeft | None, unit: str = "天") -> SafeString:
    """Days to a deadline: red when overdue, amber from two days on."""
    return badge_html(left if isinstance(left, DaysLeft) else DaysLeft(left, unit=unit))


class Reuse(template.Node):
    """The content of a block a second time."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: template.Context) -> str:
        blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
        block = blocks.get_block(self.name) if blocks else None
        return " ".join(block.render(context).split()) if block else ""


@register.tag
def reuse(parser: Any, token: Any) -> Reuse:
    """``{% reuse "title" %}``: what the block ``title`` holds, once more."""
    return Reuse(token.split_contents()[1].strip("\"'"))


@register.simple_tag(takes_context=True)
def fault_mark(context: template.Context) -> str:
    """错误： when any form of the page was refused, so that a screen reader says so first."""
    values = [value for layer in context.dicts for value in layer.values()]
    faulty = any(isinstance(value, BaseForm) and value.is_bound and value.errors for value in values)
    return "错误：" if faulty or context.get("fault") or getattr(context.get("listing"), "faulty", False) else ""


@register.simple_tag(takes_context=True)
def crumb(context: template.Context, label: str, href: str = "") -> SafeString:
    """One step of the breadcrumb; without an address it is the present page."""
    if not href:
        return format_html('<span aria-current="page">{}</span>', label)
    return format_html('<a href="{}">{}</a>' if may_open(_actor(context), href) else "<span>{1}</span>", href, label)


@register.simple_tag(takes_context=True)
def link(context: template.Context, label: str, href: str = "") -> SafeString:
    """The words as a link where the reader may open the page behind it, else the words alone."""
    open_here = href and may_open(_actor(context), href)
    return format_html('<a href="{}">{}</a>', href, label) if open_here else format_html("{}", label)


@register.inclusion_tag("ui/form.html", takes_context=True)
def form(
    context: template.Context, form: Any, submit: str = "提交", cancel: str = "", action: str = "",
    beside: tuple[str, str] | None = None,
) -> dict[str, Any]:  # fmt: skip
    """A whole POST form with its fault summary and buttons; ``beside``: name and words of a second one."""
    words = {"form": form, "submit": submit or "提交", "cancel": cancel, "action": action, "beside": beside}
    return words | {"csrf_token": context.get("csrf_token")}


@register.inclusion_tag("ui/press.html", takes_context=True)
def press(context: template.Context, label: str, href: str, tone: str = "secondary", **facts: Any) -> dict[str, Any]:
    """A button that acts: a form of its own with a key, so that a second click does nothing more.

    ``facts`` go with it as they stood on this page, e.g. the step that it is about.
    """
    return {
        "label": label, "href": href, "tone": tone, "facts": facts.items(), "key": secrets.token_urlsafe(18),
        "csrf_token": context.get("csrf_token"),
    }  # fmt: skip


@register.inclusion_tag("ui/listing.html", takes_context=True)
def listing(context: template.Context, listing: Any) -> dict[str, Any]:
    """A list with filter bar, toolbar, rows and pages."""
    words = {"request": context["request"], "csrf_token": context.get("csrf_token")}
    return words | {"listing": listing, "key": secrets.token_urlsafe(18)}


@register.inclusion_tag("ui/rows.html")
def rows(listing: Any) -> dict[str, Any]:
    """The chosen rows of a list as a plain table, for check pages."""
    return {"listing": listing, "lines": listing.chosen_lines}


@register.inclusion_tag("ui/facts.html", takes_context=True)
def facts(context: template.Context, items: Iterable[Any], columns: int = 2) -> dict[str, Any]:
    """Label and value pairs: ``Fact``s, or (label, value[, kind]) tuples."""
    actor = _actor(context)
    found = [item if isinstance(item, Fact) else Fact(*item) for item in items]
    lines = [(fact, shown(fact.value, fact.kind), fact.href if may_open(actor, fact.href) else "") for fact in found]
    return {"facts": lines, "columns": columns}


def _actor(context: template.Context) -> Any:
    return getattr(context.get("request"), "actor", None)


@register.inclusion_tag("ui/timeline.html", takes_context=True)
def timeline(context: template.Context, events: Iterable[Any]) -> dict[str, Any]:
    """What happened, in the order given; a title leads to its page where the reader may open it."""
    actor = _actor(context)
    return {"events": [(event, event.href if event.href and may_open(actor, event.href) else "") for event in events]}


@register.inclusion_tag("ui/steps.html")
def steps(items: Iterable[Any]) -> dict[str, Any]:
    """The progress of a flow."""
    return {"steps": items}


@register.inclusion_tag("ui/number_card.html")
def number_card(card: Any) -> dict[str, Any]:
    """One figure with what it is compared with, its day, its definition and the way to its rows."""
    return {"card": card}


@register.inclusion_tag("ui/chart.html")
def chart(chart: Any) -> dict[str, Any]:
    """A chart with its table twin and a sentence that reads it."""
    return {"chart": chart}


@register.simple_tag
def spaced(value: str) -> SafeString:
    """A long code in groups of four, which copying leaves out (the gaps are style)."""
    groups = [value[at : at + 4] for at in range(0, len(value), 4)]
    return mark_safe('<span class="spaced">' + "".join(format_html("<span>{}</span>", group) for group in groups) + "</span>")
