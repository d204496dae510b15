"""The telephone: what happens to calls, the exchange behind it, a small SIP front of our own, and calls to play."""

from linli.gateways.telephony import sip
from linli.gateways.telephony.events import CallEvent, Ending, Happened, clean_number
from linli.gateways.telephony.exchange import CannotDo, Exchange, FakeExchange
from linli.gateways.telephony.front import SipFront
from linli.gateways.telephony.push import Unreadable, read_push
from linli.gateways.telephony.simulator import Day, play

__all__ = [
    "CallEvent", "CannotDo", "Day", "Ending", "Exchange", "FakeExchange", "Happened", "SipFront", "Unreadable", "clean_number",
    "play", "read_push", "sip",
]  # fmt: skip
