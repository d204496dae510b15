"""Messages of SIP (RFC 3261) as far as a front that answers calls needs them: read strictly, bounded, written plainly."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LARGEST = 8192
"""Bytes of a datagram that is read at all."""
_SHORT = {
    "v": "via", "f": "from", "t": "to", "i": "call-id", "m": "contact", "l": "content-length", "c": "content-type",
}  # fmt: skip
_REASONS = {
    100: "Trying", 180: "Ringing", 200: "OK", 202: "Accepted", 400: "Bad Request", 405: "Method Not Allowed",
    413: "Request Entity Too Large", 415: "Unsupported Media Type",
    480: "Temporarily Unavailable", 481: "Call/Transaction Does Not Exist",
    486: "Busy Here", 487: "Request Terminated", 488: "Not Acceptable Here", 500: "Server Internal Error",
    503: "Service Unavailable",
}  # fmt: skip
_FIRST = re.compile(r"([A-Z]{1,20}) (sips?:[^\s]{1,256}) SIP/2\.0", re.ASCII)
_CSEQ = re.compile(r"(\d{1,10}) ([A-Z]{1,20})", re.ASCII)
NEEDED = ("via", "from", "to", "call-id", "cseq")


class NotSip(ValueError):
    """Not a request that can be answered."""


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    uri: str
    headers: tuple[tuple[str, str], ...]
    """Names in lower case and in full, in the order they came; ``via`` stands once for every hop."""
    body: bytes = field(default=b"", repr=False)

    def all(self, name: str) -> list[str]:
        return [value for key, value in self.headers if key == name]

    def one(self, name: str) -> str:
        """The first value of a header, empty where there is none."""
        return next((value for key, value in self.headers if key == name), "")

    @property
    def call(self) -> str:
        return self.one("call-id")

    @property
    def sequence(self) -> tuple[int, str]:
        """The number and the method of CSeq."""
        found = _CSEQ.fullmatch(self.one("cseq"))
        if found is None:  # `read` has looked
            raise NotSip("CSeq")
        return int(found[1]), found[2]

    @property
    def branch(self) -> str:
        """What tells one transaction from another; with the method, for a retransmission repeats it."""
        found = re.search(r";branch=([^;,\s]+)", self.one("via"))
        return found[1] if found else ""


def read(datagram: bytes) -> Request | None:
    """A request; None for what needs no answer (a keep-alive, a response of the other side).

    :raises NotSip: too long, no request line, or a needed header is missing or doubled.
    """
    if not datagram.strip():
        return None
    if len(datagram) > LARGEST:
        raise NotSip("too long")
    head, _, body = datagram.partition(b"\r\n\r\n")
    lines = re.sub(r"\r\n[ \t]+", " ", head.decode("utf-8", errors="replace")).split("\r\n")
    if lines[0].startswith("SIP/2.0 "):
        return None
    first = _FIRST.fullmatch(lines[0])
    if first is None:
        raise NotSip("request line")
    request = Request(first[1], first[2], tuple(_header(line) for line in lines[1:]), body)
    _check(request)
    return request


def _header(line: str) -> tuple[str, str]:
    name, colon, value = line.partition(":")
    key = name.strip().lower()
    if not colon or not key:
        raise NotSip("header")
    return _SHORT.get(key, key), value.strip()


def _check(request: Request) -> None:
    for name in NEEDED:
        if not request.one(name) or (name != "via" and len(request.all(name)) > 1):
            raise NotSip(name)
    number = _CSEQ.fullmatch(request.one("cseq"))
    if number is None or number[2] != request.method:
        raise NotSip("cseq")
    length = request.one("content-length")
    if length and (not length.isascii() or not length.isdigit() or int(length[:6]) > len(request.body)):
        raise NotSip("content-length")


def response(
    request: Request, status: int, *, tag: str = "", contact: str = "", extra: tuple[tuple[str, str], ...] = (), body: str = ""
) -> bytes:
    """An answer to a request: its own routing headers, our tag, and what is added."""
    to = request.one("to")
    if tag and ";tag=" not in to:
        to = f"{to};tag={tag}"
    lines = [f"SIP/2.0 {status} {_REASONS[status]}"]
    lines += [f"Via: {via}" for via in request.all("via")]
    lines += [f"From: {request.one('from')}", f"To: {to}", f"Call-ID: {request.call}", f"CSeq: {request.one('cseq')}"]
    if contact:
        lines.append(f"Contact: {contact}")
    lines += [f"{name}: {value}" for name, value in extra]
    payload = body.encode()
    lines.append(f"Content-Length: {len(payload)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode() + payload


def request(method: str, uri: str, headers: tuple[tuple[str, str], ...]) -> bytes:
    """A request of ours, without a body."""
    lines = [f"{method} {uri} SIP/2.0", *(f"{name}: {value}" for name, value in headers), "Content-Length: 0"]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def addressed(value: str) -> str:
    """The address of a From, To or Contact header: ``"Zhang" <sip:1@h>;tag=x`` is ``sip:1@h``."""
    found = re.search(r"<([^>]+)>", value)
    return found[1] if found else value.split(";")[0].strip()
