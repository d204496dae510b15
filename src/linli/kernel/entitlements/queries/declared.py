"""The programmes that the installed packages declare, checked as they are read."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django.utils.module_loading import import_string

from linli.kernel.access.rules import Refused
from linli.kernel.entitlements.rules import Asked, Programme, Reckoned, faults, lanes_of
from linli.kernel.ui.queries import declared, declared_functions


@functools.cache
def programmes() -> dict[str, Programme]:
    """Every declared programme (manifest ``programmes = (Programme(…), …)``) by key.

    Raises TypeError or ValueError, with every fault as a sentence, for what cannot be a programme.
    """
    found: dict[str, Programme] = {}
    wrong: list[str] = []
    for one in declared("programmes", Programme):
        wrong += faults(one)
        if one.key in found:
            wrong.append(f"{one.key} is declared twice")
        found[one.key] = one
    for one in found.values():
        wrong += [f"{one.key} excludes the unknown programme {other}" for other in one.excludes if other not in found]
        wrong += _unknown_functions(one)
    if wrong:
        raise ValueError("; ".join(wrong))
    return found


def _unknown_functions(one: Programme) -> list[str]:
    wrong = []
    for path in filter(None, (one.calculator, one.teller, one.articles, one.payday)):
        try:
            import_string(path)
        except ImportError as fault:
            wrong.append(f"{one.key}: {fault}")
    return wrong


def programme_named(key: str) -> Programme:
    """The programme with this key. :raises Refused: no package declares it."""
    try:
        return programmes()[key]
    except KeyError:
        raise Refused(f"没有“{key}”这个待遇项目，请从清单中选择。") from None


def calculator_of(programme: Programme) -> Callable[[Asked], Reckoned]:
    """The domain's function that computes a month of the programme."""
    function: Callable[[Asked], Reckoned] = import_string(programme.calculator)
    return function


def articles_of(programme: Programme, month: date, area: str) -> list[str]:
    """The article behind each reason of the programme, as it stood in a month at a place; "" where none is known."""
    if not programme.articles:
        return [one.article for one in programme.reasons]
    function: Callable[[date, str], Sequence[str]] = import_string(programme.articles)
    told = list(function(month, area))
    if len(told) != len(programme.reasons):
        raise ValueError(f"{programme.key}: {len(told)} articles for {len(programme.reasons)} reasons")
    return told


@functools.cache
def exclusions() -> frozenset[tuple[str, str]]:
    """Pairs of programmes that nobody has both of."""
    return frozenset(tuple(sorted((one.key, other))) for one in programmes().values() for other in one.excludes)  # type: ignore[misc]


def lanes(programme: Programme) -> tuple[str, ...]:
    """Under which names the covered people of a programme are entered."""
    return lanes_of(programme.key, exclusions())


def programme_choices() -> list[tuple[str, str]]:
    """Key and name of every programme, for a choice."""
    return [(one.key, one.zh) for one in programmes().values()]


def excluded_by(key: str) -> list[str]:
    """The programmes that nobody has beside this one."""
    return sorted({other for pair in exclusions() if key in pair for other in pair} - {key})


def occasion_choices() -> list[tuple[str, str]]:
    """Key and name of every occasional component."""
    found = {one.key: one.zh for each in programmes().values() for one in each.components if one.occasional}
    return list(found.items())


def component_zh(programme: str, key: str) -> str:
    """The component's name; its key where it is no longer declared."""
    known = programmes().get(programme)
    return next((one.zh for one in known.components if one.key == key), key) if known else key


def programme_facts(key: str, on: date, area: str) -> list[Any]:
    """What packages say of a programme on its page (manifest ``programme_facts``: functions of key, day and area → facts)."""
    return [fact for ask in declared_functions("programme_facts") for fact in ask(key, on, area)]


def forget() -> None:
    """Read the declarations again (tests)."""
    programmes.cache_clear()
    exclusions.cache_clear()
