"""Reads of recurring money."""

from linli.kernel.entitlements.queries.declared import (
    calculator_of,
    component_names,
    exclusions,
    lanes,
    programme_choices,
    programme_named,
    programmes,
)
from linli.kernel.entitlements.queries.months import (
    MonthSum,
    amounts_in,
    counting_issues,
    in_month,
    is_held_back,
    issues_of,
    month_sums,
    months_shown,
    paid_total,
)
from linli.kernel.entitlements.queries.panels import benefits_received, decisions_in_timeline, programme_zh
from linli.kernel.entitlements.queries.standing import (
    amount_rows,
    amounts_of,
    covered_in,
    decisions_of,
    entitlement_of,
    entitlements,
    entitlements_of,
    spells_of,
    standing_in,
    suspensions_of,
    with_monthly,
    with_state,
)

__all__ = [
    "MonthSum", "amount_rows", "amounts_in", "amounts_of", "benefits_received", "calculator_of", "component_names",
    "counting_issues", "covered_in", "decisions_in_timeline", "decisions_of", "entitlement_of", "entitlements",
    "entitlements_of", "exclusions", "in_month", "is_held_back", "issues_of", "lanes", "month_sums", "months_shown",
    "paid_total", "programme_choices", "programme_named", "programme_zh", "programmes", "spells_of", "standing_in",
    "suspensions_of", "with_monthly", "with_state",
]  # fmt: skip
