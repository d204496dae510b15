"""The tables of cases: the case, its task, its events, its papers and its decisions."""

from linli.kernel.cases.models.cases import Case, Series, Task
from linli.kernel.cases.models.records import Decision, Event, Paper

__all__ = ["Case", "Decision", "Event", "Paper", "Series", "Task"]
