"""The kinds of notices and the listeners that the installed packages declare."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.apps import apps
from django.utils.module_loading import import_string

from linli.kernel.access.rules import Refused
from linli.kernel.publicity.rules import NoticeKind
from linli.kernel.ui.queries import declared_by_key

Listener = Callable[..., None]


@functools.cache
def notice_kinds() -> dict[str, NoticeKind]:
    """Every kind of notice that a package declares in its manifest (``notice_kinds``), by key."""
    return declared_by_key("notice_kinds", NoticeKind)


def notice_kind(key: str) -> NoticeKind:
    """The kind with this key. Raises Refused when no package declares it."""
    try:
        return notice_kinds()[key]
    except KeyError:
        raise Refused("没有这一类公示，不能公布。凡公示事项，须先有法定公示项目。") from None


@functools.cache
def listeners(what: str) -> dict[str, tuple[Listener, ...]]:
    """Whom to tell, by kind of notice: the manifests' ``notice_listeners`` and ``objection_listeners``.

    Both are {kind: "package.actions.name"}. A listener is called as ``listener(by=actor, on=day, event=…)`` with a
    NoticeEvent or an ObjectionEvent, inside the transaction of the change: what it refuses does not happen.
    """
    found: dict[str, tuple[Listener, ...]] = {}
    for config in apps.get_app_configs():
        for key, path in getattr(config, what, {}).items():
            if key not in notice_kinds():
                raise LookupError(f"{config.label} listens to the kind of notice {key}, which nobody declares")
            found[key] = (*found.get(key, ()), import_string(path))
    return found
