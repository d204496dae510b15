"""A small SIP front over UDP that answers calls: for halls without an exchange of their own, and for tests with real callers.

It rings until a desk answers, speaks no media of its own (the answer offers ``media``, where a recorder or a gateway
listens), and takes alarms that come as a MESSAGE. It is no exchange: it dials nobody and joins nobody.
"""

from __future__ import annotations

import asyncio
import logging
import re
import secrets
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from linli.gateways.telephony import sip
from linli.gateways.telephony.events import CallEvent, Ending, Happened, clean_number
from linli.gateways.telephony.exchange import CannotDo, Clock, Hear, _nobody

T1, T2 = 0.5, 4.0
"""Seconds to the first retransmission of an answer, and at most between two (RFC 3261, 17)."""
GIVE_UP = 64 * T1
RINGS_AT_MOST = 180.0
"""A caller whom nobody took for so many seconds is sent away (RFC 3261, 16.6, timer C); who vanished holds no place for ever."""
MOST_CALLS = 200
METHODS = "INVITE, ACK, BYE, CANCEL, OPTIONS, MESSAGE"
Alarm = Callable[[str, bytes], None]
log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Call:
    invite: sip.Request
    peer: tuple[str, int]
    id: str
    number: str
    dialled: str
    tag: str = field(default_factory=lambda: secrets.token_hex(6))
    answer: bytes = b""
    """The last answer to the INVITE, sent again when the INVITE comes again."""
    desk: str = ""
    confirmed: asyncio.Event = field(default_factory=asyncio.Event)
    state: Happened = Happened.RINGING


class SipFront:
    """See `linli.gateways.telephony.exchange.Exchange`. Runs its own loop in a thread between `start` and `stop`."""

    def __init__(
        self, host: str, port: int, *, clock: Clock, media: tuple[str, int] = ("127.0.0.1", 9), alarm: Alarm | None = None,
        rings: float = RINGS_AT_MOST,
    ) -> None:  # fmt: skip
        self.host, self.port = host, port
        self._clock, self._media, self._alarm, self._rings = clock, media, alarm, rings
        self._hear: Hear = _nobody
        self._calls: dict[str, _Call] = {}
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sip", daemon=True)
        self._wire: asyncio.DatagramTransport | None = None
        self._work: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begins to listen. ``port`` 0 takes a free one, which is then `port`. Raises OSError where it is taken."""
        self._thread.start()
        self._run(self._open())

    def stop(self) -> None:
        """Ends; callers on the line hear nothing more."""
        if self._wire is not None:
            self._loop.call_soon_threadsafe(self._wire.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=5)

    def listen(self, hear: Hear) -> None:
        self._hear = hear

    def knows(self, call: str) -> bool:
        return any(one.id == call for one in tuple(self._calls.values()))

    def answer(self, call: str, desk: str) -> None:
        self._run(self._answer(call, desk))

    def transfer(self, call: str, desk: str) -> None:
        raise CannotDo("本机没有接交换机，不能转接，请请来电人改拨，或记录后派单。")

    def dial(self, desk: str, number: str) -> str:
        raise CannotDo("本机没有接交换机，不能代拨，请用电话机拨打。")

    def hang_up(self, call: str) -> None:
        self._run(self._hang_up(call))

    def _run(self, work: object) -> None:
        done: Future[None] = asyncio.run_coroutine_threadsafe(work, self._loop)  # type: ignore[arg-type]
        done.result(timeout=10)

    async def _open(self) -> None:
        wire, _ = await self._loop.create_datagram_endpoint(lambda: _Wire(self), local_addr=(self.host, self.port))
        self._wire = wire
        self.port = wire.get_extra_info("sockname")[1]

    def received(self, datagram: bytes, peer: tuple[str, int]) -> None:
        """A datagram from the network. What cannot be read is dropped; it may be anybody's."""
        try:
            request = sip.read(datagram)
        except sip.NotSip as fault:
            log.info("dropped a datagram: %s", fault)
            return
        if request is None:
            return
        act = {
            "INVITE": self._invited, "ACK": self._acknowledged, "BYE": self._ended, "CANCEL": self._cancelled,
            "OPTIONS": self._asked, "MESSAGE": self._told,
        }.get(request.method)  # fmt: skip
        if act is None:
            self._send(sip.response(request, 405, tag=secrets.token_hex(6), extra=(("Allow", METHODS),)), peer)
            return
        act(request, peer)

    def _invited(self, request: sip.Request, peer: tuple[str, int]) -> None:
        known = self._calls.get(request.call)
        if known is not None:
            self._send(known.answer or sip.response(request, 180, tag=known.tag, contact=self._contact), peer)
            return
        if len(self._calls) >= MOST_CALLS:
            self._send(sip.response(request, 486, tag=secrets.token_hex(6)), peer)
            return
        number, dialled = clean_number(sip.addressed(request.one("from"))), clean_number(request.uri)
        call = _Call(request, peer, re.sub(r"[^\x21-\x7e]", "_", request.call)[:128], number, dialled)
        self._calls[request.call] = call
        self._send(sip.response(request, 100), peer)
        call.answer = sip.response(request, 180, tag=call.tag, contact=self._contact)
        self._send(call.answer, peer)
        self._tell(call, Happened.RINGING)
        self._loop.call_later(self._rings, self._not_taken, call)

    def _not_taken(self, call: _Call) -> None:
        if call.state is Happened.RINGING:
            self._finish(call, Ending.ABANDONED)
            self._refuse(call, 480)

    def _acknowledged(self, request: sip.Request, _peer: tuple[str, int]) -> None:
        call = self._calls.get(request.call)
        if call is not None:
            call.confirmed.set()
            if call.state is Happened.ENDED:
                self._calls.pop(request.call, None)

    def _ended(self, request: sip.Request, peer: tuple[str, int]) -> None:
        call = self._calls.get(request.call)
        if call is None or call.state is Happened.ENDED:
            self._send(sip.response(request, 200 if call else 481, tag=call.tag if call else secrets.token_hex(6)), peer)
            return
        self._send(sip.response(request, 200, tag=call.tag), peer)
        self._finish(call, Ending.NORMAL)
        self._calls.pop(request.call, None)

    def _cancelled(self, request: sip.Request, peer: tuple[str, int]) -> None:
        call = self._calls.get(request.call)
        if call is None or call.state is not Happened.RINGING:
            self._send(sip.response(request, 481 if call is None else 200, tag=secrets.token_hex(6)), peer)
            return
        self._send(sip.response(request, 200, tag=call.tag), peer)
        self._finish(call, Ending.ABANDONED)
        self._refuse(call, 487)

    def _asked(self, request: sip.Request, peer: tuple[str, int]) -> None:
        extra = (("Allow", METHODS), ("Accept", "application/sdp"))
        self._send(sip.response(request, 200, tag=secrets.token_hex(6), extra=extra), peer)

    def _told(self, request: sip.Request, peer: tuple[str, int]) -> None:
        """An alarm is acknowledged only when it was taken; the device repeats it otherwise."""
        status = 415
        if self._alarm is not None:
            try:
                self._alarm(clean_number(sip.addressed(request.one("from"))) or sip.addressed(request.one("from")), request.body)
                status = 200
            except Exception:
                log.exception("an alarm was not taken")
                status = 500
        self._send(sip.response(request, status, tag=secrets.token_hex(6)), peer)

    async def _answer(self, call_id: str, desk: str) -> None:
        call = self._find(call_id)
        if call is None or call.state is not Happened.RINGING:
            raise CannotDo("这个来电已被接听或已挂断。")
        call.desk, call.state = desk, Happened.ANSWERED
        extra = (("Content-Type", "application/sdp"), ("Allow", METHODS))
        call.answer = sip.response(call.invite, 200, tag=call.tag, contact=self._contact, extra=extra, body=self._offer())
        self._keep(self._repeat(call))
        self._tell(call, Happened.ANSWERED)

    async def _hang_up(self, call_id: str) -> None:
        call = self._find(call_id)
        if call is None or call.state is Happened.ENDED:
            return
        if call.state is Happened.RINGING:
            self._finish(call, Ending.BUSY)
            self._refuse(call, 486)
            return
        self._send(self._farewell(call), call.peer)
        self._finish(call, Ending.NORMAL)
        self._calls.pop(call.invite.call, None)

    def _refuse(self, call: _Call, status: int) -> None:
        """The final answer to an INVITE that nobody took, until it is acknowledged."""
        call.answer = sip.response(call.invite, status, tag=call.tag)
        self._keep(self._repeat(call))

    async def _repeat(self, call: _Call) -> None:
        """The final answer, again and again until the caller acknowledges it; a caller who never does is gone."""
        call.confirmed.clear()
        wait, waited = T1, 0.0
        while waited < GIVE_UP:
            self._send(call.answer, call.peer)
            try:
                await asyncio.wait_for(call.confirmed.wait(), wait)
                return
            except TimeoutError:
                waited += wait
                wait = min(wait * 2, T2)
        self._calls.pop(call.invite.call, None)
        if call.state is not Happened.ENDED:
            self._finish(call, Ending.FAILED)

    def _finish(self, call: _Call, ending: Ending) -> None:
        call.state = Happened.ENDED
        self._tell(call, Happened.ENDED, ending)

    def _tell(self, call: _Call, what: Happened, ending: Ending | None = None) -> None:
        try:
            self._hear(CallEvent(call.id, what, self._clock(), call.number, call.dialled, call.desk, ending))
        except Exception:
            log.exception("a listener failed on %s", what)

    def _find(self, call_id: str) -> _Call | None:
        return next((call for call in self._calls.values() if call.id == call_id), None)

    def _keep(self, work: object) -> None:
        task: asyncio.Task[None] = self._loop.create_task(work)  # type: ignore[arg-type]
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    def _send(self, datagram: bytes, peer: tuple[str, int]) -> None:
        if self._wire is not None and not self._wire.is_closing():
            self._wire.sendto(datagram, peer)

    @property
    def _contact(self) -> str:
        return f"<sip:linli@{self.host}:{self.port}>"

    def _offer(self) -> str:
        """G.711 to where the recorder or the media gateway listens."""
        host, port = self._media
        session = ["v=0", f"o=linli 1 1 IN IP4 {host}", "s=-", f"c=IN IP4 {host}", "t=0 0"]
        lines = [*session, f"m=audio {port} RTP/AVP 8 0", "a=sendrecv"]
        return "\r\n".join(lines) + "\r\n"

    def _farewell(self, call: _Call) -> bytes:
        """BYE of ours: From and To change sides."""
        invite = call.invite
        uri = sip.addressed(invite.one("contact") or invite.one("from"))
        return sip.request(
            "BYE", uri,
            (
                ("Via", f"SIP/2.0/UDP {self.host}:{self.port};branch=z9hG4bK{secrets.token_hex(8)}"),
                ("Max-Forwards", "70"), ("From", f"{invite.one('to')};tag={call.tag}"), ("To", invite.one("from")),
                ("Call-ID", invite.call), ("CSeq", "1 BYE"),
            ),
        )  # fmt: skip


class _Wire(asyncio.DatagramProtocol):
    def __init__(self, front: SipFront) -> None:
        self.front = front

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        try:
            self.front.received(data, addr)
        except Exception:
            log.exception("a datagram could not be handled")
