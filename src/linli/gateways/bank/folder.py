"""The way to the bank: a folder that files are dropped into and answers are picked up from."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from linli.gateways.bank.files import read_batch, write_return
from linli.gateways.bank.layout import Layout
from linli.gateways.bank.records import Result, Return

_UNFINISHED = (".tmp", ".part", ".filepart", "~")


@dataclass(frozen=True, slots=True)
class BankFile:
    name: str
    content: bytes


class Bank(Protocol):
    def submit(self, file: BankFile) -> None:
        """Hands over a payment file. The same file again changes nothing; another content under a used name raises
        FileExistsError, for the bank may hold the first already."""

    def collect(self) -> list[BankFile]:
        """The return files not yet acknowledged, by name; the same ones again until they are."""

    def acknowledge(self, name: str) -> None:
        """The answers of this file are in the books; it is not collected again. Once more changes nothing."""


class FolderBank:
    """`outbox` is read by the bank's own software, `inbox` is written by it; what we have booked moves to inbox/done."""

    def __init__(self, outbox: Path, inbox: Path) -> None:
        self.outbox, self.inbox, self.done = outbox, inbox, inbox / "done"
        for folder in (outbox, self.done):
            folder.mkdir(parents=True, exist_ok=True)

    def submit(self, file: BankFile) -> None:
        _drop(self.outbox / _plain(file.name), file.content)

    def collect(self) -> list[BankFile]:
        found = sorted(path for path in self.inbox.iterdir() if path.is_file() and _finished(path.name))
        return [BankFile(path.name, path.read_bytes()) for path in found if not self._kept(path)]

    def acknowledge(self, name: str) -> None:
        path = self.inbox / _plain(name)
        if not path.exists():
            return
        target, number = self.done / path.name, 1
        while target.exists() and target.read_bytes() != path.read_bytes():
            number += 1  # the bank has used the name again for another content: both are kept
            target = self.done / f"{path.name}.{number}"
        path.replace(target)

    def _kept(self, path: Path) -> bool:
        """Whether the bank has dropped once more what is acknowledged already."""
        kept = self.done / path.name
        return kept.exists() and kept.read_bytes() == path.read_bytes()


class FakeBank(FolderBank):
    """A bank that answers at once: it pays every line but those of the accounts it was told to fail.

    `failures` maps an account to the bank's code, for example {"6222...": "1002"}.
    """

    def __init__(self, folder: Path, layout: Layout, failures: Mapping[str, str] | None = None) -> None:
        super().__init__(folder / "out", folder / "in")
        self.layout = layout
        self.failures = dict(failures or {})

    def submit(self, file: BankFile) -> None:
        super().submit(file)
        name = f"return-{file.name}"
        if not (self.done / name).exists():
            _drop(self.inbox / name, self._answer(file.content))

    def _answer(self, content: bytes) -> bytes:
        batch = read_batch(self.layout, content)
        paid_code = min(self.layout.success)
        results: list[Result] = []
        for number, payment in enumerate(batch.payments, 1):
            code = self.failures.get(payment.account, paid_code)
            reason = self.layout.reasons.get(code, "")
            paid = code == paid_code
            results.append(Result(number, number, payment.reference, payment.account, payment.amount, paid, code, reason))
        return write_return(self.layout, Return(batch.number, batch.day, tuple(results)))


def _plain(name: str) -> str:
    if not name or name != Path(name).name or name.startswith("."):
        raise ValueError(f"not a plain file name: {name!r}")
    return name


def _finished(name: str) -> bool:
    return not name.startswith(".") and not name.endswith(_UNFINISHED)


def _drop(path: Path, content: bytes) -> None:
    """The whole file appears at once, under a name that was free, or not at all."""
    if path.exists():
        if path.read_bytes() != content:
            raise FileExistsError(path.name)
        return
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".")
    with os.fdopen(handle, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(temporary, path)
