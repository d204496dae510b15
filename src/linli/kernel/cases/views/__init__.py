"""The pages of cases: lists of tasks and cases, the case itself, and what is printed of it."""

from linli.kernel.cases.views.case import case
from linli.kernel.cases.views.lists import batch, case_list, delegate, done, tasks
from linli.kernel.cases.views.prints import decision, form, notice

__all__ = ["batch", "case", "case_list", "decision", "delegate", "done", "form", "notice", "tasks"]
