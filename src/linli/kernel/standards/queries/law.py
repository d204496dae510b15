"""The law in force: what the program knows, and what two persons of a district agreed to."""

from __future__ import annotations

from datetime import date

from linli.base.dated import NoValue, Parameters, Value
from linli.kernel.access.queries import forget_kept, kept_in_scope
from linli.kernel.standards.models import Proposal, Standard
from linli.kernel.standards.rules import Key, State, joined

VERSION = "standards.version"
_joined: dict[int, tuple[Parameters, str, Parameters]] = {}
"""By what the program knows: that, the version that was joined with it, and both together."""


def known(base: Parameters) -> Parameters:
    """The law: ``base`` with all that was agreed.

    Which version stands is asked once in a scope (one small statement), and the law is put together once for each version in a
    process, so that a list or a run of a million asks for nothing more.
    """
    version: str = kept_in_scope(VERSION, _version)
    if not version:
        return base
    kept = _joined.get(id(base))
    if kept is None or kept[0] is not base or kept[1] != version:
        kept = _joined[id(base)] = (base, version, joined(base, agreed_values()))
    return kept[2]


def _version() -> str:
    """The mark of the last agreement; "" when there was none."""
    last = Proposal.objects.filter(serial__isnull=False).order_by("-serial").values_list("token", flat=True).first()
    return last or ""


def agreed_values() -> list[Value]:
    """All that was agreed, of every district, in the order of agreement."""
    rows = Standard.objects.filter(proposal__state=State.AGREED.value).select_related("proposal")
    return [one.law for one in rows.order_by("proposal__serial", "id")]


def forget_version() -> None:
    """Ask anew which version stands: something was agreed in the present scope."""
    forget_kept(VERSION)


def in_force(law: Parameters, key: Key, on: date, area: str) -> Value | None:
    """The value of a key, or that of the wider key for which it may stand (dibao.category for dibao.category.elder)."""
    for name in (key.key, key.key.rpartition(".")[0]):
        try:
            found = law.on(name, on, area)
        except NoValue:
            continue
        if not isinstance(found.value, tuple) and found.unit == key.unit:
            return found
    return None
