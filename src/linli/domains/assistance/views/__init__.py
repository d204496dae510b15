"""Pages of assistance."""

from linli.domains.assistance.views.applications import (
    application,
    applications,
    apply,
    apply_for,
    end,
    family_of,
    inspect,
    judgement,
    living,
    receipt,
    sheet,
    tell,
    verify,
)
from linli.domains.assistance.views.delegations import (
    agree_delegation,
    delegation,
    delegations,
    new_delegation,
    refuse_delegation,
    sample,
    samples,
    withdraw_delegation,
)
from linli.domains.assistance.views.evidence import (
    appraisal,
    ask_check,
    correct_answer,
    dispute_answer,
    edit_visit,
    enter_check,
    fetch_check,
    new_visit,
    note_answer,
    strike_visit,
    take_answer,
    visit,
)
from linli.domains.assistance.views.facts import (
    add_line,
    add_supporter,
    consents,
    declare_kin,
    member,
    revoke,
    strike_line,
    strike_supporter,
)
from linli.domains.assistance.views.online import ask, asked
from linli.domains.assistance.views.postings import draft, pass_on, postings
from linli.domains.assistance.views.trials import new_trial, trial, trial_progress, trials
from linli.domains.assistance.views.wishes import decline_wish, take_wish, wish, wish_numbers, wishes

__all__ = [
    "add_line", "add_supporter", "agree_delegation", "application", "applications", "apply", "apply_for", "appraisal", "ask",
    "ask_check", "asked", "consents", "correct_answer", "declare_kin", "decline_wish", "delegation", "delegations",
    "dispute_answer", "draft", "edit_visit", "end", "enter_check", "family_of", "fetch_check", "inspect", "judgement", "living",
    "member", "new_delegation", "new_trial", "new_visit", "note_answer", "pass_on", "postings", "receipt", "refuse_delegation",
    "revoke", "sample", "samples", "sheet", "strike_line", "strike_supporter", "strike_visit", "take_answer", "take_wish", "tell",
    "trial", "trial_progress", "trials", "verify", "visit", "wish", "wish_numbers", "wishes", "withdraw_delegation",
]  # fmt: skip
