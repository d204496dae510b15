"""What the installed packages keep sealed."""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.utils.module_loading import import_string

from linli.kernel.access.rules import Renewal, Renewed


def renewals() -> list[tuple[Renewal, Callable[..., Renewed]]]:
    """Every sort of sealed values that the packages declare, with the action that seals them again."""
    declared = [one for config in apps.get_app_configs() for one in getattr(config, "renewals", ())]
    return [(one, import_string(one.renew)) for one in declared]
