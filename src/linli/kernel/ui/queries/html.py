"""Values as safe HTML, in Python because a list page has hundreds of cells."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from linli.kernel.ui.queries.areas import area_name
from linli.kernel.ui.rules import NOTHING, Badge, DaysLeft, Kind, show


def badge_html(badge: Badge | DaysLeft) -> SafeString:
    """A state: words, a shape and a colour."""
    badge = badge.badge if isinstance(badge, DaysLeft) else badge
    return mark_safe(f'<span class="state state-{badge.tone.value}">{conditional_escape(badge.text)}</span>')


def shown(value: Any, kind: Kind = "text") -> SafeString:
    """Any value as a page shows it, escaped."""
    if isinstance(value, Badge | DaysLeft):
        return badge_html(value)
    if isinstance(value, SafeString):
        return value
    if kind == "area" and value:
        return conditional_escape(area_name(value))
    return conditional_escape(show(value, kind))


def body_html(lines: Iterable[tuple[Any, str | None]]) -> SafeString:
    """The rows of a list, as (line, its name): cell beside cell under the heads, a box to tick before those with a name.

    A cell that holds nothing is marked: a narrow screen, which has a line for each cell, leaves it out.
    """
    opened: dict[tuple[int, bool], str] = {}  # how the cells of a column begin
    body = []
    for line, name in lines:
        body.append('<tr role="row">')
        if name is not None:
            box = f'name="ids" value="{conditional_escape(line.ident)}" aria-label="选择 {conditional_escape(name)}"'
            body.append(f'<td role="cell" class="pick"><input type="checkbox" class="form-check-input" {box}></td>')
        for cell in line.cells:
            html = conditional_escape(cell.html)
            begun = id(cell.column), html == NOTHING
            if begun not in opened:
                opened[begun] = _begin(cell.column, blank=html == NOTHING)
            body += (opened[begun], html, "</td>")
        body.append("</tr>\n")
    return mark_safe("".join(body))  # every part is escaped above


def _begin(column: Any, *, blank: bool) -> str:
    classes = f"{column.classes} blank".strip() if blank else column.classes
    classes = f' class="{conditional_escape(classes)}"' if classes else ""
    return f'<td role="cell" data-label="{conditional_escape(column.head)}"{classes}>'
