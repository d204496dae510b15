"""Names of areas for pages. The package that keeps the areas declares in its manifest how they are named.

``area_name``: a function of a code that answers its name (or ""); ``area_choices``: a function of a range and a level
(or None) that answers (code, name) pairs in order. Both must answer from memory: they are asked for each row.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps

from linli.base.areas import Level, Scope


@cache
def _declared(attribute: str) -> Callable[..., Any] | None:
    found = [config for config in apps.get_app_configs() if getattr(config, attribute, None)]
    if len(found) > 1:
        raise TypeError(f"{attribute} is declared by more than one package: {[config.label for config in found]}")
    if not found:
        return None
    function: Callable[..., Any] = vars(type(found[0]))[attribute]
    return function.__func__ if isinstance(function, staticmethod) else function


def area_name(code: str) -> str:
    """The name of the area with this code; the code itself where no name is kept."""
    naming = _declared("area_name")
    return (naming(code) if naming else "") or code


def area_choices(scope: Scope, level: Level | None = None) -> list[tuple[str, str]]:
    """Areas of a range, and of one level if given, for a choice field."""
    listing = _declared("area_choices")
    return list(listing(scope, level)) if listing else []
