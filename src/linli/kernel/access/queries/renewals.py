"""What the installed packages keep sealed."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.module_loading import import_string

from linli.kernel.access.rules import Renewal, Renewed
from linli.kernel.ui.queries import declared


def renewals() -> list[tuple[Renewal, Callable[..., Renewed]]]:
    """Every sort of sealed values that the packages declare, with the action that seals them again."""
    return [(one, import_string(one.renew)) for one in declared("renewals", Renewal)]
