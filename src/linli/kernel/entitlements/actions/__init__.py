"""Writes of recurring money."""

from linli.kernel.entitlements.actions.asking import ask_back
from linli.kernel.entitlements.actions.changing import change, end, resume, suspend, taper
from linli.kernel.entitlements.actions.deciding import Why
from linli.kernel.entitlements.actions.funding import set_funding
from linli.kernel.entitlements.actions.granting import grant
from linli.kernel.entitlements.actions.runs import (
    confirm_run,
    discard_run,
    draft_run,
    fail_run,
    finish_run,
    make_up,
    open_run,
    order_all,
    order_part,
    order_run,
    redraft,
)

__all__ = [
    "Why", "ask_back", "change", "confirm_run", "discard_run", "draft_run", "end", "fail_run", "finish_run", "grant", "make_up",
    "open_run", "order_all", "order_part", "order_run", "redraft", "resume", "set_funding", "suspend", "taper",
]  # fmt: skip
