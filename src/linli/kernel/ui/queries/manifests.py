"""What the installed packages declare in their manifests (``apps.py``): the only way in which the kernel learns of a domain."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.apps import apps
from django.utils.module_loading import import_string

T = TypeVar("T")


def declared(name: str, kind: type[T]) -> Iterator[T]:
    """Everything under this name, in the order of the packages. :raises TypeError: something is not of this kind."""
    for one in _found(name):
        if not isinstance(one, kind):
            raise TypeError(f"{name}: {one!r} is not a {kind.__name__}")
        yield one


def declared_by_key(name: str, kind: type[T]) -> dict[str, T]:
    """Everything under this name by its ``key``. :raises TypeError, ValueError: not of this kind, or a key is declared twice."""
    found: dict[str, T] = {}
    for one in declared(name, kind):
        key = one.key  # type: ignore[attr-defined]
        if key in found:
            raise ValueError(f"{name}: {key} is declared twice")
        found[key] = one
    return found


def declared_functions(name: str) -> list[Callable[..., Any]]:
    """The functions whose dotted paths stand under this name (a manifest may hold a function itself)."""
    return [import_string(one) if isinstance(one, str) else one for one in _found(name)]


def declared_function(name: str) -> Callable[..., Any] | None:
    """The function that one package names; None where no package does. :raises TypeError: two packages name one."""
    paths = [path for config in apps.get_app_configs() if (path := getattr(config, name, None))]
    if len(paths) > 1:
        raise TypeError(f"{name} is declared more than once: {paths}")
    function: Callable[..., Any] | None = import_string(paths[0]) if paths else None
    return function


def _found(name: str) -> Iterator[Any]:
    return (one for config in apps.get_app_configs() for one in getattr(config, name, ()))
