"""The business day, for doors, jobs and commands. Rules and actions are told the day."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings

from linli.base.days import SHANGHAI


def business_day() -> date:
    """Today in Shanghai, or the demo district's fixed day."""
    if settings.BUSINESS_DAY:
        return date.fromisoformat(settings.BUSINESS_DAY)
    return datetime.now(SHANGHAI).date()


def business_moment() -> datetime:
    """This moment of the business day."""
    return datetime.combine(business_day(), datetime.now(SHANGHAI).time(), SHANGHAI)
