"""Reading calls: what rings now, who sits where, what was missed, what the exchange is asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zlib import crc32

from django.db.models import Exists, OuterRef, Q, QuerySet

from linli.base.days import SHANGHAI
from linli.base.text import plain
from linli.kernel.access.queries import business_day
from linli.kernel.access.rules import Actor, Forbidden
from linli.kernel.calls.models import Call, Command, Extension
from linli.kernel.calls.rules import COMMAND_WAITS, LIVE, SHOWN, Direction, FollowUp, State, Wish
from linli.kernel.registry.queries import keyring, machines
from linli.kernel.registry.rules import PHONE, PHONE_TAIL, read_phone


def machines_here() -> list[Actor]:
    """Who writes calls down, in each district."""
    return machines("calls.hear", business_day())


def extension_of(by: Actor) -> str:
    """The extension at which this person sits; empty when nowhere."""
    found = Extension.objects.filter(staff=by.staff_id).values_list("number", flat=True).first()
    return found or ""


@dataclass(frozen=True, slots=True)
class Line:
    """What an operator sees of the telephone: the own call, what rings, the fault of the last command, and a mark of it all.

    ``waits``: a command was given a moment ago, so that the line may look otherwise soon though nobody tells.
    """

    extension: str
    own: Call | None
    ringing: tuple[Call, ...]
    fault: str
    mark: str
    waits: bool = False

    @property
    def first(self) -> Call | None:
        """The call that the console opens: the own one, else whoever waits longest."""
        return self.own or (self.ringing[0] if self.ringing else None)


def line_of(by: Actor, at: datetime) -> Line:
    """The telephone of this person now; three statements, whatever rings. What the exchange would not give comes last.

    A caller whose end was lost on the wire would else stand before those who do wait, until the sweep ends the call.
    """
    extension = extension_of(by)
    if not extension:
        return Line("", None, (), "", "")
    mine = Q(state=State.RINGING.value, extension__in=["", extension]) | Q(state=State.TALKING.value, extension=extension)
    refused = Exists(Command.objects.filter(call=OuterRef("pk"), wish=Wish.ANSWER.value).exclude(fault=""))
    live = Call.objects.filter(mine, state__in=[one.value for one in LIVE]).annotate(refused=refused)
    found = list(live.order_by("refused", "began_at", "pk")[: SHOWN + 1])
    own = next((one for one in found if one.state == State.TALKING.value), None)
    ringing = tuple(one for one in found if one.state == State.RINGING.value)[:SHOWN]
    last = _last_command(by, at)
    fault = _fault(last, at)
    told = repr((extension, own and own.pk, [one.pk for one in ringing], fault))
    return Line(extension, own, ringing, fault, f"m{crc32(told.encode()):x}", last is not None)


def _last_command(by: Actor, at: datetime) -> Command | None:
    """The last command of this person, for as long as anybody wants to know what came of it."""
    return Command.objects.filter(asked_by=by.staff_id, asked_at__gt=at - timedelta(seconds=30)).order_by("-asked_at").first()


def _fault(last: Command | None, at: datetime) -> str:
    """Why the command did not work."""
    if last is None or (last.done_at and not last.fault):
        return ""
    if last.done_at is None:
        slow = at - last.asked_at > timedelta(seconds=4)
        return "话务系统还没有应答，请直接用话机操作。" if slow else ""
    return last.fault


def calls(
    *, words: str = "", state: str = "", direction: str = "", follow: str = "", first: date | None = None,
    last: date | None = None,
) -> QuerySet[Call]:  # fmt: skip
    """Calls, the last first. ``words``: a telephone number, its last four digits, or an extension."""
    found = Call.objects.select_related("operator", "order").order_by("-began_at", "-pk")
    if words:
        found = found.filter(_said(words))
    if state == "missed":
        found = found.filter(direction=Direction.IN.value, state=State.ENDED.value, answered_at=None, handed_at=None)
    elif state:
        found = found.filter(state=state)
    if first:
        found = found.filter(began_at__gte=datetime.combine(first, datetime.min.time(), SHANGHAI))
    if last:
        found = found.filter(began_at__lt=datetime.combine(last + timedelta(days=1), datetime.min.time(), SHANGHAI))
    exact = {"direction": direction, "follow": follow}
    return found.filter(**{name: value for name, value in exact.items() if value})


def _said(words: str) -> Q:
    bare = plain(words).replace("-", "")
    if len(bare) == 4 and bare.isdigit():
        return Q(number_tail__in=keyring().keyed_hashes(bare, PHONE_TAIL)) | Q(extension=bare)
    return Q(number_digest__in=keyring().keyed_hashes(as_phone(bare), PHONE)) | Q(extension=bare)


def as_phone(digits: str) -> str:
    """The number as telephones are stored; digits that are no number of ours stay as they are."""
    try:
        return read_phone(digits)
    except ValueError:
        return digits


def call_by_id(call_id: int) -> Call:
    """The call. :raises Forbidden: there is none for this post."""
    found = Call.objects.select_related("operator", "order", "followed_by").filter(pk=call_id).first()
    if found is None:
        raise Forbidden("没有这个通话记录，或它不在本辖区内。")
    return found


def number_of(call: Call) -> str:
    """The number in clear; empty where it was withheld."""
    return keyring().open(bytes(call.number_sealed), PHONE) if call.number_sealed else ""


def due_calls() -> QuerySet[Call]:
    """Missed calls that nobody has called back, the oldest first."""
    return Call.objects.filter(follow=FollowUp.DUE.value).order_by("began_at", "pk")


def calls_of_order(order_id: int) -> Sequence[Call]:
    """The calls in which an order was taken or talked about, in their order."""
    return list(Call.objects.filter(order=order_id).select_related("operator").order_by("began_at")[:20])


def open_commands(at: datetime) -> list[Command]:
    """What the exchange is to do now, in the order in which it was asked."""
    found = Command.objects.filter(done_at=None, asked_at__gt=at - COMMAND_WAITS).select_related("call")
    return list(found.order_by("asked_at", "pk")[:100])

