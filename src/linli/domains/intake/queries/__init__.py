"""Reads of public intake: the staff's lists, and what the public's connection is told."""

from linli.domains.intake.queries.open311 import services, told_definition, told_requests, told_services
from linli.domains.intake.queries.posts import clients, content_of, desk_tasks, post_by_id, posts, to_forget, waiting
from linli.domains.intake.queries.public import (
    CONTEXT,
    PUBLIC,
    Progress,
    client_of,
    code_fits,
    code_of,
    progress,
    progress_of,
    service_requests,
)

__all__ = [
    "CONTEXT",
    "PUBLIC",
    "Progress",
    "client_of",
    "clients",
    "code_fits",
    "code_of",
    "content_of",
    "desk_tasks",
    "post_by_id",
    "posts",
    "progress",
    "progress_of",
    "service_requests",
    "services",
    "to_forget",
    "told_definition",
    "told_requests",
    "told_services",
    "waiting",
]
