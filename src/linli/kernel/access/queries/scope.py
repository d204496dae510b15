"""The range of areas that the present work may see, and the watch that no scoped table is read without one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from typing import Any, TypeVar

from django.apps import apps

from linli.base.areas import Scope
from linli.kernel.access.models import Guarded
from linli.kernel.access.rules import NoScope

T = TypeVar("T")
_scope: ContextVar[Scope | None] = ContextVar("linli_scope", default=None)
_kept: ContextVar[dict[str, Any] | None] = ContextVar("linli_kept_in_scope", default=None)


def current_scope() -> Scope | None:
    """The range set for the present transaction; None outside of any."""
    return _scope.get()


@contextmanager
def held_scope(scope: Scope) -> Iterator[None]:
    """Remember the range that the database was given (only the door calls this)."""
    token, outermost = _scope.set(scope), _kept.get() is None
    kept = _kept.set({}) if outermost else None
    try:
        yield
    finally:
        _scope.reset(token)
        if kept is not None:
            _kept.reset(kept)


def kept_in_scope(name: str, ask: Callable[[], T]) -> T:
    """What was asked under this name, once for the outermost scope; outside of any it is asked each time.

    Only for what no act within the scope changes, or whose act says so (:func:`forget_kept`).
    """
    kept = _kept.get()
    if kept is None:
        return ask()
    if name not in kept:
        kept[name] = ask()
    found: T = kept[name]
    return found


def forget_kept(name: str) -> None:
    """Ask anew under this name."""
    (_kept.get() or {}).pop(name, None)


def scoped_models() -> list[type[Guarded]]:
    """Every table of ours that has an area, so that row security must hold on it."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if issubclass(model, Guarded) and any(f.name == "area" for f in model._meta.local_fields)
    ]


@cache
def _scoped_tables() -> re.Pattern[str]:
    names = "|".join(re.escape(model._meta.db_table) for model in scoped_models())
    return re.compile(f'"(?:{names})"')


def watch_scope(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """A database wrapper: raise rather than let row security answer a forgotten scope with nothing."""
    if _scope.get() is None and _scoped_tables().search(sql):
        raise NoScope(f"no area is set for: {sql[:160]}")
    return execute(sql, params, many, context)
