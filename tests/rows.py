"""Which table the word of an address names: ``assistance/lines/<int:line_id>/`` a line of an application, not of a bank file."""

from __future__ import annotations

from collections.abc import Mapping

OTHERWISE = {
    ("access", "lock"): "access.signinlock", ("access", "view"): "access.savedview",
    ("charity", "finding"): "charity.auditfinding", ("charity", "person"): "registry.person",
    ("charity", "sample"): "charity.auditsample", ("broadcast", "person"): "registry.person",
    ("complaints", "entry"): "records.entry",
    ("complaints", "order"): "orders.order", ("duties", "swap"): "duties.swap",
    ("files", "file"): "files.storedfile", ("fundraising", "plan"): "fundraising.spendingplan",
    ("imports", "run"): "imports.importrun", ("hotline", "order"): "orders.order",
    ("hotline", "draw"): "orders.calldraw",
    ("hotline", "picture"): "orders.orderpicture", ("hotline", "call"): "calls.call", ("hotline", "check"): "orders.check",
    ("hotline", "wish"): "records.entry",
    ("ledgers", "change"): "ledgers.fundchange",
    ("ledgers", "end"): "ledgers.monthend", ("ledgers", "line"): "ledgers.batchline",
    ("ledgers", "order"): "ledgers.paymentorder", ("ledgers", "work"): "ledgers.batchwork",
    ("providers", "service"): "providers.serviceorder",
    ("provision", "card"): "ledgers.card", ("provision", "order"): "ledgers.paymentorder",
    ("registry", "pair"): "registry.duplicatepair", ("treatment", "round"): "treatment.round",
}  # fmt: skip
"""Where the word is not the name of a table of the same package."""


def named_by(package: str, word: str, known: Mapping[str, object]) -> str:
    """The label of the table whose rows ``<int:word_id>`` of a package names; empty when no known table is meant."""
    name = word.removesuffix("_id")
    own = OTHERWISE.get((package, name)) or f"{package}.{name}"
    if own in known or (package, name) in OTHERWISE:
        return own if own in known else ""  # a table that everybody reads is none of them
    alike = [label for label in known if label.split(".")[1] == name]
    return alike[0] if len(alike) == 1 else ""
