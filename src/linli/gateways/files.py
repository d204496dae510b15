"""Where stored files lie: a folder of unnamed contents, each under a key of its own.

Written whole or not at all; what is inside is the caller's business (the kernel hands over sealed bytes).
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

_KEY = re.compile(r"[0-9a-f]{64}")


class Store(Protocol):
    """Contents by key (64 hexadecimal digits); a key that is there keeps its content until it is replaced."""

    def put(self, key: str, content: bytes) -> None: ...

    def get(self, key: str) -> bytes: ...

    def replace(self, key: str, content: bytes) -> None: ...

    def drop(self, key: str) -> None: ...

    def keys(self) -> Iterator[str]: ...


class FileStore:
    """Contents by key (64 hexadecimal digits) below one folder that only its owner reads."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, key: str, content: bytes) -> None:
        """Keep the content under this key. It is on disk when this returns; a key that is there keeps its content."""
        path = self._path(key)
        if not path.exists():
            self._write(path, content)

    def replace(self, key: str, content: bytes) -> None:
        """Keep another content under a key that is there; a reader gets the one or the other. Raises FileNotFoundError."""
        path = self._path(key)
        if not path.exists():
            raise FileNotFoundError(key)
        self._write(path, content)

    def _write(self, path: Path, content: bytes) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
        handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.rename(path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        folder = os.open(path.parent, os.O_RDONLY)  # the name, too, has to outlive a power cut
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def get(self, key: str) -> bytes:
        """The content under this key. Raises FileNotFoundError."""
        return self._path(key).read_bytes()

    def drop(self, key: str) -> None:
        """Forget the content; nothing happens when there is none."""
        self._path(key).unlink(missing_ok=True)

    def keys(self) -> Iterator[str]:
        """All keys, to find contents that nothing refers to."""
        for path in sorted(self.root.glob("*/*")):
            if _KEY.fullmatch(path.name):
                yield path.name

    def _path(self, key: str) -> Path:
        return self.root / key[:2] / _checked(key)


class MemoryStore:
    """The store's fake: the same promises, kept only as long as the object lives."""

    def __init__(self) -> None:
        self._contents: dict[str, bytes] = {}

    def put(self, key: str, content: bytes) -> None:
        self._contents.setdefault(_checked(key), content)

    def get(self, key: str) -> bytes:
        """The content under this key. Raises FileNotFoundError."""
        try:
            return self._contents[_checked(key)]
        except KeyError:
            raise FileNotFoundError(key) from None

    def replace(self, key: str, content: bytes) -> None:
        """Keep another content under a key that is there. Raises FileNotFoundError."""
        self.get(key)
        self._contents[key] = content

    def drop(self, key: str) -> None:
        self._contents.pop(_checked(key), None)

    def keys(self) -> Iterator[str]:
        yield from sorted(self._contents)


def _checked(key: str) -> str:
    if not _KEY.fullmatch(key):
        raise ValueError("a key has 64 hexadecimal digits")
    return key
