"""Reads of the standards that districts set."""

from linli.kernel.standards.queries.declared import base_of, forget, groups, keys
from linli.kernel.standards.queries.law import agreed_values, forget_version, in_force, known
from linli.kernel.standards.queries.payments import batch_days, no_law, order_days, watched
from linli.kernel.standards.queries.proposals import (
    OWNER,
    effects_of,
    lines_of,
    papers_of,
    programmes_of,
    proposal_of,
    proposals,
    standards_of,
)
from linli.kernel.standards.queries.shown import history, key_named, law_of, programme_facts, standing, told, values_on
from linli.kernel.standards.queries.workbench import waiting_tasks

__all__ = [
    "OWNER", "agreed_values", "base_of", "batch_days", "effects_of", "forget", "forget_version", "groups", "history", "in_force",
    "key_named", "keys", "known", "law_of", "lines_of", "no_law", "order_days",
    "papers_of", "programme_facts", "programmes_of", "proposal_of",
    "proposals", "standards_of", "standing", "told", "values_on", "waiting_tasks", "watched",
]  # fmt: skip
