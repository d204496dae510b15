"""Acts of proactive discovery: compare, answer after a visit, and what a package's own acts make true."""

from linli.kernel.findings.actions.answering import answer_finding, follow, take_up
from linli.kernel.findings.actions.looking import look

__all__ = ["answer_finding", "follow", "look", "take_up"]
