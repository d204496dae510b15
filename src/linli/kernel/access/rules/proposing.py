"""One proposes, another decides: how far a proposal is."""

from __future__ import annotations

from linli.base.named import Named


class ProposalState(Named):
    """How far a proposal is."""

    PROPOSED = "proposed", "待审定"
    AGREED = "agreed", "已审定"
    REFUSED = "refused", "未同意"
    WITHDRAWN = "withdrawn", "已撤回"
