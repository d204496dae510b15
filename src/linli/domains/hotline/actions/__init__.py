"""Writes of the hotline: drafts and the knowledge base. What happens to an order is an action of kernel/orders."""

from linli.domains.hotline.actions.drafts import clear_drafts, drop_draft, keep_draft
from linli.domains.hotline.actions.knowledge import keep_article, retire_article

__all__ = ["clear_drafts", "drop_draft", "keep_article", "keep_draft", "retire_article"]
