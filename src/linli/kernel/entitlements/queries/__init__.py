"""Reads of recurring money."""

from linli.kernel.entitlements.queries.counted import amounts_on, begun, covered_on, ended, issues_in, spells_on
from linli.kernel.entitlements.queries.declared import (
    calculator_of,
    component_zh,
    excluded_by,
    exclusions,
    lanes,
    occasion_choices,
    programme_choices,
    programme_facts,
    programme_named,
    programmes,
)
from linli.kernel.entitlements.queries.desk import family_tasks, run_tasks
from linli.kernel.entitlements.queries.months import (
    MonthSum,
    amounts_in,
    counting_issues,
    debt_of,
    in_month,
    issues_of,
    month_sums,
    months_overpaid,
    months_shown,
    paid_total,
)
from linli.kernel.entitlements.queries.overview import ProgrammeRow, programme_rows
from linli.kernel.entitlements.queries.panels import benefits_received, decisions_in_timeline, programme_zh, run_zh
from linli.kernel.entitlements.queries.payday import Unpaid, batch_days, pay_by, unpaid_months, watched
from linli.kernel.entitlements.queries.runs import (
    DifferenceRow,
    RunTotals,
    decided_since,
    differences_of,
    faults_of_run,
    fundings,
    last_month_ordered,
    living_run,
    overpaid,
    overpaid_rows,
    parts_of_run,
    run_lines,
    run_of,
    runs,
    states_totals,
    totals_of_run,
    towns_of_run,
)
from linli.kernel.entitlements.queries.standing import (
    amount_rows,
    amounts_of,
    covered_in,
    decisions_of,
    entitlement_of,
    entitlements,
    entitlements_of,
    explained,
    spells_of,
    standing_in,
    suspensions_of,
    unpayable,
    with_monthly,
    with_state,
)

__all__ = [
    "DifferenceRow", "MonthSum", "ProgrammeRow", "RunTotals", "Unpaid", "amount_rows", "amounts_in", "amounts_of", "amounts_on",
    "batch_days", "begun", "benefits_received", "calculator_of", "component_zh", "counting_issues", "covered_in", "covered_on",
    "debt_of", "decided_since", "decisions_in_timeline", "decisions_of", "differences_of", "ended", "entitlement_of",
    "entitlements", "entitlements_of", "excluded_by", "exclusions", "explained", "family_tasks", "faults_of_run", "fundings",
    "in_month", "issues_in", "issues_of", "lanes", "last_month_ordered", "living_run", "month_sums", "months_overpaid",
    "months_shown", "occasion_choices", "overpaid", "overpaid_rows", "paid_total", "parts_of_run", "pay_by",
    "programme_choices", "programme_facts", "programme_named", "programme_rows", "programme_zh", "programmes", "run_lines",
    "run_of", "run_tasks", "run_zh", "runs", "spells_of", "spells_on", "standing_in", "states_totals", "suspensions_of",
    "totals_of_run", "towns_of_run", "unpaid_months", "unpayable", "watched", "with_monthly", "with_state",
]  # fmt: skip
