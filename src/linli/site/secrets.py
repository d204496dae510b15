"""Secrets in files that only their owner reads, and the database addresses made from them."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from linli.base.crypto import Keyring, new_keys, read_keys, write_keys
from linli.gateways import postgres

ROLES = {"owner": "linli_owner", "app": "linli_app", "public": "linli_public"}


class Secrets:
    """A folder of secrets; each is made at random when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def text(self, name: str) -> str:
        """The secret called ``name``: the environment's ``LINLI_SECRET_<NAME>``, else its file."""
        if given := os.environ.get(f"LINLI_SECRET_{name.upper()}"):
            return given
        return self._file(name, lambda: secrets.token_urlsafe(32))

    def bytes(self, name: str) -> bytes:
        return self.text(name).encode()

    def keyring(self, name: str) -> Keyring:
        """The keyring for identity and account numbers; ``LINLI_CRYPTO_SUITE=sm`` asks for national algorithms."""
        suite: Any = os.environ.get("LINLI_CRYPTO_SUITE", "aes")
        return Keyring(read_keys(self._file(name, lambda: write_keys(new_keys()))), suite=suite)

    def _file(self, name: str, make: Any) -> str:
        path = self.folder / name
        try:
            return path.read_text().strip()
        except FileNotFoundError:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.folder.chmod(0o700)
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:  # another process was faster
            return path.read_text().strip()
        with os.fdopen(handle, "w") as file:
            file.write(make())
        return path.read_text().strip()


def database(role: str, kept: Secrets, checkout: Path, name: str, pool: bool = False) -> dict[str, Any]:
    """Django's settings for one role: of the embedded server, or of the server that ``DATABASE_URL`` names."""
    options: dict[str, Any] = {"connect_timeout": 10}
    if pool and ("LINLI_POOL" in os.environ or os.environ.get("LINLI_TESTING") != "1"):
        options["pool"] = {"min_size": 1, "max_size": int(os.environ.get("LINLI_POOL", "4")), "timeout": 20}
    common = {
        "ENGINE": "linli.gateways.posting" if role == "app" else "django.db.backends.postgresql",
        "OPTIONS": options,
        "CONN_MAX_AGE": 0,
        "ATOMIC_REQUESTS": False,
        "DISABLE_SERVER_SIDE_CURSORS": False,
    }
    variable = "DATABASE_URL" if role == "owner" else f"DATABASE_URL_{role.upper()}"
    if os.environ.get("DATABASE_URL"):
        if not os.environ.get(variable):
            raise SystemExit(f"DATABASE_URL is set, so {variable} must be set as well: one address for each role.")
        address = urlparse(os.environ[variable])
        return common | {
            "NAME": unquote(address.path.lstrip("/")) or name,
            "USER": unquote(address.username or ""),
            "PASSWORD": unquote(address.password or ""),
            "HOST": address.hostname or "",
            "PORT": str(address.port or ""),
        }
    server = postgres.embedded(checkout)
    return common | {
        "NAME": name,
        "USER": ROLES[role],
        "PASSWORD": kept.text(f"database_{role}"),
        "HOST": str(server.socket),
        "PORT": "",
    }
