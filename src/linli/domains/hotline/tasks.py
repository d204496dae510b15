"""What the hotline does by itself: drafts that nobody came back for go."""

from __future__ import annotations

from datetime import datetime

from linli.base.days import SHANGHAI
from linli.domains.hotline import actions
from linli.kernel.jobs.rules import every


@every(3600.0, "hotline.clear_drafts")
def clear_drafts() -> None:
    """Every hour, by the real time: drafts have nothing to do with the business day."""
    actions.clear_drafts(at=datetime.now(SHANGHAI))
