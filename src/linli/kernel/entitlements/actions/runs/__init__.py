"""Monthly runs: computed dry, confirmed by a second person, ordered."""

from linli.kernel.entitlements.actions.runs.again import redraft
from linli.kernel.entitlements.actions.runs.back import make_up
from linli.kernel.entitlements.actions.runs.drafting import discard_run, fail_run, open_run
from linli.kernel.entitlements.actions.runs.ordering import confirm_run, finish_run, order_all, order_part, order_run
from linli.kernel.entitlements.actions.runs.parts import draft_run

__all__ = [
    "confirm_run", "discard_run", "draft_run", "fail_run", "finish_run", "make_up", "open_run", "order_all", "order_part",
    "order_run", "redraft",
]  # fmt: skip
