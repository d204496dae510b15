"""Short messages to residents and staff, by a registered template of the provider; with a fake for demo and tests."""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any, Literal, Protocol

_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_LARGEST_ANSWER = 64 * 1024
TRIES = 8
"""After so many tries without an answer a message has failed."""
NOTICE = "linli.notice"
"""The provider's registered template of a text and an address."""


@dataclass(frozen=True, slots=True)
class Message:
    key: str
    """Our own id of the message: sent again under the same key it is still one message."""
    to: str
    template: str
    """The template's code at the provider."""
    values: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not _MOBILE.fullmatch(self.to):
            raise ValueError("短信只能发到 11 位手机号码。")
        if not self.key or not self.template:
            raise ValueError("a message has a key and a template")


@dataclass(frozen=True, slots=True)
class Receipt:
    """The provider's answer. Accepted means taken for delivery, not read."""

    accepted: bool
    id: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What the provider knows of a message that it took: on the telephone, not delivered, or it cannot say any more."""

    state: Literal["delivered", "failed", "unknown"]
    reason: str = ""


class NotSent(RuntimeError):
    """No answer that can be relied on. Where `again` holds, send the same message under its key later: it stays one."""

    def __init__(self, reason: str, *, again: bool) -> None:
        super().__init__(reason)
        self.again = again


class Sms(Protocol):
    def send(self, message: Message) -> Receipt:
        """Hands the message to the provider. Under a used key it returns the first receipt and sends nothing; another
        message under it raises ValueError. Raises NotSent."""

    def arrival(self, id: str) -> Arrival | None:
        """What became of a message by the id of its receipt; None while the provider does not know yet. Raises NotSent."""


def sms_at(address: str, token: str, folder: Path) -> Sms:
    """The provider of an installation; without an address, a folder in which the messages lie."""
    return HttpSms(address, token=token) if address else FakeSms(folder)


def pause_after(tries: int) -> timedelta:
    """How long to wait before the next try: half a minute, doubled each time, an hour at most."""
    return min(timedelta(seconds=30 * 2 ** max(tries - 1, 0)), timedelta(hours=1))


class FakeSms:
    """Keeps the messages, in memory or in a folder that several processes share; refuses the numbers it is told to, and reports
    those of ``lost`` as not delivered."""

    def __init__(
        self, folder: Path | None = None, *, refuse: Mapping[str, str] | None = None, lost: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder
        self.refuse = dict(refuse or {})
        self.lost = dict(lost or {})
        self._sent: dict[str, Message] = {}
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            for path in sorted(folder.glob("*.json"), key=lambda p: p.stat().st_mtime_ns):
                self._remember(path)

    @property
    def sent(self) -> tuple[Message, ...]:
        """What was accepted, oldest first."""
        return tuple(self._sent.values())

    def send(self, message: Message) -> Receipt:
        if message.to in self.refuse:
            return Receipt(False, reason=self.refuse[message.to])
        name = hashlib.sha256(message.key.encode()).hexdigest()
        if self.folder is not None and (self.folder / f"{name}.json").exists():
            self._remember(self.folder / f"{name}.json")
        kept = self._sent.setdefault(message.key, message)
        if kept != message:
            raise ValueError("another message was sent under this key")
        if self.folder is not None:
            self._keep(self.folder / f"{name}.json", message)
        return Receipt(True, id=name[:16])

    def arrival(self, id: str) -> Arrival | None:
        for key, message in self._sent.items():
            if hashlib.sha256(key.encode()).hexdigest()[:16] == id:
                reason = self.lost.get(message.to)
                return Arrival("delivered") if reason is None else Arrival("failed", reason)
        return None

    def _remember(self, path: Path) -> None:
        message = Message(**json.loads(path.read_text("utf-8")))
        self._sent.setdefault(message.key, message)

    def _keep(self, path: Path, message: Message) -> None:
        if path.exists():
            return
        handle, fresh = tempfile.mkstemp(dir=path.parent, prefix=".")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(asdict(message), file, ensure_ascii=False)
        os.replace(fresh, path)


class HttpSms:
    """A provider reached by one JSON post to a configured address.

    Posted: {"id", "to", "template", "values"}, the id also as the header Idempotency-Key. Answered with 200:
    {"accepted": true, "id": "…"} or {"accepted": false, "reason": "…"}; 409 says that the id was used for another message.
    What became of it is asked by a GET with that id: {"state": "delivered" | "failed" | "unknown" | "waiting", "reason": "…"}.
    """

    def __init__(self, address: str, *, token: str = "", timeout: float = 5.0) -> None:
        if not address.startswith(("https://", "http://")):
            raise ValueError("the provider's address begins with https://")
        self._address, self._token, self._timeout = address, token, timeout
        self._opener = urllib.request.build_opener(_NoRedirect())

    def send(self, message: Message) -> Receipt:
        body = {"id": message.key, "to": message.to, "template": message.template, "values": dict(message.values)}
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "Idempotency-Key": hashlib.sha256(message.key.encode()).hexdigest(),
        }
        if self._token:
            headers["Authorization"] = f"Bearer {self._token}"
        content = json.dumps(body, ensure_ascii=False).encode()
        request = urllib.request.Request(self._address, content, headers, method="POST")
        return _receipt(self._answer(request))

    def arrival(self, id: str) -> Arrival | None:
        headers = {"Authorization": f"Bearer {self._token}"} if self._token else {}
        address = f"{self._address}?{urllib.parse.urlencode({'id': id})}"
        return _arrival(self._answer(urllib.request.Request(address, headers=headers, method="GET")))

    def _answer(self, request: urllib.request.Request) -> bytes:
        try:
            with self._opener.open(request, timeout=self._timeout) as response:
                content: bytes = response.read(_LARGEST_ANSWER + 1)
        except urllib.error.HTTPError as fault:
            fault.close()
            if fault.code == 409:
                raise ValueError("another message was sent under this key") from fault
            raise NotSent(f"短信平台答复 {fault.code}。", again=fault.code == 429 or fault.code >= 500) from fault
        except (OSError, HTTPException) as fault:  # no connection, time-out, an answer that breaks off
            raise NotSent("短信平台没有答复。", again=True) from fault
        if len(content) > _LARGEST_ANSWER:
            raise NotSent("短信平台的答复看不懂。", again=True)
        return content


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Phone numbers go to the configured address and nowhere else."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def _arrival(content: bytes) -> Arrival | None:
    try:
        answer: Any = json.loads(content)
        state, reason = answer["state"], str(answer.get("reason", ""))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise NotSent("短信平台的回报看不懂。", again=True) from fault
    return Arrival(state, reason) if state in ("delivered", "failed", "unknown") else None


def _receipt(content: bytes) -> Receipt:
    try:
        answer: Any = json.loads(content)
        return Receipt(answer["accepted"] is True, str(answer.get("id", "")), str(answer.get("reason", "")))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise NotSent("短信平台的答复看不懂。", again=True) from fault
