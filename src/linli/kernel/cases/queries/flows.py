"""The flows, listeners and panels that the installed packages declare."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from django.utils.module_loading import import_string

from linli.kernel.access.queries import permissions
from linli.kernel.cases.models import Case
from linli.kernel.cases.rules import Flow, Kind, Listener, Panel, Stays, faults
from linli.kernel.ui.queries import declared

T = TypeVar("T")


@functools.cache
def flows() -> dict[tuple[str, int], Flow]:
    """Every flow of the manifests (``flows = (Flow, …)``) by key and version.

    Raises ValueError, with every fault as a sentence, for a flow in which a case could get lost.
    """
    found: dict[tuple[str, int], Flow] = {}
    for flow in declared("flows", Flow):
        wrong = [*faults(flow), *_unknown_permissions(flow)]
        if any(other.number == flow.number and other.key != flow.key for other in found.values()):
            wrong.append(f"{flow.key}: its numbers would be those of another flow")
        if (flow.key, flow.version) in found:
            wrong.append(f"{flow.key}: version {flow.version} is declared twice")
        if wrong:
            raise ValueError("; ".join(wrong))
        found[flow.key, flow.version] = flow
    return found


def flow_named(key: str) -> Flow:
    """The newest version of a flow. Raises LookupError when no package declares it."""
    versions = [version for name, version in flows() if name == key]
    if not versions:
        raise LookupError(f"no package declares the flow {key}")
    return flows()[key, max(versions)]


def flow_of(case: Case) -> Flow:
    """The flow of a case, in the version under which it was opened."""
    return flows()[case.flow, case.flow_version]


def stays_of(key: str) -> Stays:
    """With whom cases of this flow stay, by its newest version; where nobody declares it any more, they stay where they lie."""
    versions = [flow for (name, _), flow in sorted(flows().items(), key=lambda item: item[0]) if name == key]
    return versions[-1].stays_with if versions else Stays.OFFICE


@functools.cache
def listeners(flow: str, kind: Kind, before: bool) -> tuple[Callable[..., None], ...]:
    """What the domains join to an event of a flow (manifest ``case_listeners``), in the order of the installed packages."""
    joined = declared("case_listeners", Listener)
    return tuple(import_string(item.call) for item in joined if (item.flow, item.kind, item.before) == (flow, kind, before))


@functools.cache
def panel_of(flow: str) -> Panel:
    """The domain's part of the case page (manifest ``case_panels``); an empty one when none is declared."""
    return next((panel for panel in declared("case_panels", Panel) if panel.flow == flow), Panel(flow))


def _unknown_permissions(flow: Flow) -> Iterator[str]:
    named: dict[str, Any] = {step.permission: step.key for step in flow.steps} | {flow.permission: "opening"}
    if flow.extension_permission:
        named[flow.extension_permission] = "extension"
    for key, where in named.items():
        if key not in permissions():
            yield f"{flow.key}: the permission {key} ({where}) is declared nowhere"
