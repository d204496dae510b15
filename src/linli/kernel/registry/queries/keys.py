"""The installation's keyring."""

from __future__ import annotations

from typing import cast

from django.conf import settings

from linli.base.crypto import Keyring


def keyring() -> Keyring:
    """The keys that seal and hash identity, telephone and account numbers."""
    return cast(Keyring, settings.KEYRING)
