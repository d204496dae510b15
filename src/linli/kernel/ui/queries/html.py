"""Values as safe HTML, in Python because a list page has hundreds of cells."""

from __future__ import annotations

from typing import Any

from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString

from linli.kernel.ui.queries.areas import area_name
from linli.kernel.ui.rules import Badge, DaysLeft, Kind, show


def badge_html(badge: Badge | DaysLeft) -> SafeString:
    """A state: words, a shape and a colour."""
    badge = badge.badge if isinstance(badge, DaysLeft) else badge
    return format_html('<span class="state state-{}">{}</span>', badge.tone.value, badge.text)


def shown(value: Any, kind: Kind = "text") -> SafeString:
    """Any value as a page shows it, escaped."""
    if isinstance(value, Badge | DaysLeft):
        return badge_html(value)
    if isinstance(value, SafeString):
        return value
    if kind == "area" and value:
        return conditional_escape(area_name(value))
    return conditional_escape(show(value, kind))
