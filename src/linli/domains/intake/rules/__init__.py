"""Public intake as data and plain functions: what a post is, plain topics, the look-up code, service requests."""

from linli.domains.intake.rules.posts import (
    DAILY_PER_PHONE,
    LONGEST,
    PER_HOUR,
    TOPICS,
    PostKind,
    RequestState,
    Topic,
    counted,
    state_of,
    topic,
)

__all__ = [
    "DAILY_PER_PHONE",
    "LONGEST",
    "PER_HOUR",
    "TOPICS",
    "PostKind",
    "RequestState",
    "Topic",
    "counted",
    "state_of",
    "topic",
]
