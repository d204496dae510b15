"""Writes of public intake: what residents and programs send, what the office takes in, keys of programs."""

from linli.domains.intake.actions.clients import digest_of, issue_client, revoke_client
from linli.domains.intake.actions.receiving import forget_posts, receive_post, set_aside
from linli.domains.intake.actions.sending import Picture, Sent, add, send

__all__ = ["Picture", "Sent", "add", "digest_of", "forget_posts", "issue_client", "receive_post", "revoke_client", "send",
           "set_aside"]  # fmt: skip
