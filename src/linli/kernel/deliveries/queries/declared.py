"""The streams of aid that the installed packages declare."""

from __future__ import annotations

from functools import cache

from linli.kernel.deliveries.rules import UNSORTED, Layer, Stream, faults
from linli.kernel.entitlements.queries import programmes
from linli.kernel.ledgers.queries import purposes
from linli.kernel.records.queries import books
from linli.kernel.ui.queries import declared_by_key


@cache
def streams() -> dict[str, Stream]:
    """Every declared stream by key, in the order of their layers."""
    found = declared_by_key("deliveries", Stream)
    for one in found.values():
        if (one.programme or None) not in {None, *programmes()} or (one.book or None) not in {None, *books()}:
            raise LookupError(f"the stream {one.key} names an unknown programme or book")
    if wrong := faults(found):
        raise ValueError("; ".join(wrong))
    ranks = {layer: rank for rank, layer in enumerate(Layer)}
    return dict(sorted(found.items(), key=lambda item: ranks[item[1].layer]))


def stream_names() -> dict[str, str]:
    """What each stream is called; a purpose of money that no package declares goes by its own name."""
    others = {one.key: f"{one.name}（{UNSORTED}）" for one in purposes()}
    return others | {"": f"物资（{UNSORTED}）"} | {key: one.zh for key, one in streams().items()}
