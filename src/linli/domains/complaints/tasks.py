"""What complaints do by themselves: they forget letters that nobody needs any more."""

from __future__ import annotations

from linli.domains.complaints import actions
from linli.kernel.access.queries import business_day
from linli.kernel.jobs.rules import every
from linli.kernel.registry.queries import machines


@every(3600.0, "complaints.forget")
def forget() -> None:
    """Each hour; the box is one for all, and the term is that of the first district."""
    on = business_day()
    for by in machines("complaints.forget", on)[:1]:
        actions.forget_letters(by=by, on=on)
