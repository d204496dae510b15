"""Writes of the record books."""

from linli.kernel.records.actions.entries import (
    add_entry,
    correct_entry,
    destroy_past_keeping,
    end_entry,
    reveal_text,
    strike_entry,
)
from linli.kernel.records.actions.renewing import renew_texts

__all__ = ["add_entry", "correct_entry", "destroy_past_keeping", "end_entry", "renew_texts", "reveal_text", "strike_entry"]
