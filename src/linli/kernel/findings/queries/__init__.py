"""Reads of proactive discovery: the declared comparisons, what they found, what waits for a visit, what came of it."""

from linli.kernel.findings.queries.declared import searches, searches_for
from linli.kernel.findings.queries.found import counted, finding, findings, tally
from linli.kernel.findings.queries.workbench import waiting_tasks

__all__ = ["counted", "finding", "findings", "searches", "searches_for", "tally", "waiting_tasks"]
