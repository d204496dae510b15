"""Writes of the charity network and of its publicity."""

from linli.domains.federation.actions.bodies import adopt_paper, amend_body, appoint, close_body, found_body
from linli.domains.federation.actions.heard import (
    bulletins_changed,
    contacts_changed,
    honours_changed,
    media_changed,
    papers_changed,
    staff_changed,
)
from linli.domains.federation.actions.honours import award, keep_in_touch, publish_honours, record_consent
from linli.domains.federation.actions.news import hold, publish_bulletin, record_answer, record_coverage

__all__ = [
    "adopt_paper", "amend_body", "appoint", "award", "bulletins_changed", "close_body", "contacts_changed", "found_body", "hold",
    "honours_changed", "keep_in_touch", "media_changed", "papers_changed", "publish_bulletin", "publish_honours", "record_answer",
    "record_consent", "record_coverage", "staff_changed",
]  # fmt: skip
