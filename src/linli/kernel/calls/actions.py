"""What the exchange tells of calls, who sits where, what operators ask of it, calling back."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, Q

from linli.base.text import tidy
from linli.gateways.telephony import CallEvent
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused, Renewed, Stale
from linli.kernel.calls.models import Call, Command, Extension
from linli.kernel.calls.queries import as_phone, extension_of, number_of
from linli.kernel.calls.rules import (
    COMMAND_WAITS,
    RINGS_AT_MOST,
    TALKS_AT_MOST,
    CallEnding,
    Direction,
    FollowUp,
    Known,
    State,
    Told,
    Wish,
    fault_of_extension,
    heard,
)
from linli.kernel.registry.queries import keyring
from linli.kernel.registry.rules import PHONE, seal_phone

CALL, EXTENSION = "calls.call", "calls.extension"
_KEPT = tuple(field.name for field in fields(Known) if field.name != "number")


@action("calls.hear")
def hear(*, by: Actor, event: CallEvent) -> Call:
    """The exchange tells something of a call. Told twice or out of order, it is one call that ends up the same.

    A call that nobody answered is to be called back, once for a number however often it rings; when the number is answered
    later, that is done.
    """
    call = _locked(by, event)
    number = number_of(call) or as_phone(event.number)
    ending = event.ending.value if event.ending else ""
    told = Told(event.what.value, event.at, number, event.dialled, event.desk[:40], ending, event.recording[:200])
    known = heard(Known(number, **{name: getattr(call, name) for name in _KEPT}), told)
    values = {name: value for name, value in asdict(known).items() if name in _KEPT and value != getattr(call, name)}
    if known.state.value != call.state:
        values["state"] = known.state.value
    if not call.number_sealed and number:
        values |= _sealed(number)
    if call.operator_id is None and (known.answered_at or known.handed_at) and known.extension:
        values["operator_id"] = Extension.objects.filter(number=known.extension).values_list("staff", flat=True).first()
    for name, value in values.items():
        setattr(call, name, value)
    values |= _followed(call, known)
    if values:
        Call.objects.filter(pk=call.pk).update(**values)
    about(CALL, call.pk, area=call.area, what=event.what.value, changed=bool(values))
    call.refresh_from_db()
    return call


def _locked(by: Actor, event: CallEvent) -> Call:
    """The call's row, held until the event is written."""
    try:
        with transaction.atomic():
            found = Call.objects.select_for_update().filter(key=event.call).first()
            return found or Call.objects.create(
                key=event.call, state=State.RINGING.value, began_at=event.at, area=by.area,
            )  # fmt: skip
    except IntegrityError:
        return Call.objects.select_for_update().get(key=event.call)


def _sealed(number: str) -> dict[str, Any]:
    sealed = seal_phone(keyring(), number)
    return {"number_sealed": sealed.sealed, "number_digest": sealed.digest, "number_tail": sealed.tail}


def _followed(call: Call, known: Known) -> dict[str, Any]:
    """What becomes of calling back: a missed call waits for it, an answered one settles what waited."""
    if call.direction == Direction.OUT.value or call.number_digest is None:
        return {}
    waiting = Call.objects.filter(number_digest__in=_digests(call), follow=FollowUp.DUE.value).exclude(pk=call.pk)
    if not known.missed:
        if known.state is not State.RINGING:
            note = "来电人再次来电，已接听"
            done = {"follow": FollowUp.DONE.value, "followed_at": known.answered_at or known.handed_at, "follow_note": note}
            waiting.filter(began_at__lt=known.answered_at or known.handed_at).update(**done, followed_by=call.operator_id)
        open_still = call.follow in (FollowUp.DUE.value, FollowUp.JOINED.value)
        return {"follow": FollowUp.NONE.value} if open_still else {}
    if call.follow != FollowUp.NONE.value:
        return {}
    if waiting.update(repeats=F("repeats") + 1):
        return {"follow": FollowUp.JOINED.value}
    return {"follow": FollowUp.DUE.value}


def _digests(call: Call) -> list[bytes]:
    return keyring().keyed_hashes(number_of(call), PHONE)


@action("calls.answer")
def sign_on(*, by: Actor, at: datetime, number: str) -> Extension:
    """This person sits at this telephone from now on; whoever sat there, or where else this person sat, ends."""
    said = tidy(number)
    if fault := fault_of_extension(said):
        raise Refused(fault, field="number")
    before = list(Extension.objects.select_for_update().filter(Q(number=said) | Q(staff=by.own_hand)))
    if [(one.number, one.staff_id) for one in before] == [(said, by.own_hand)]:
        about(EXTENSION, said, area=by.area)
        return before[0]  # sits there already
    replaced = next((one.staff_id for one in before if one.staff_id != by.own_hand), None)
    Extension.objects.filter(pk__in=[one.pk for one in before]).delete()
    made = Extension.objects.create(number=said, staff_id=by.own_hand, since=at, area=by.area)
    about(EXTENSION, said, area=by.area, replaced=replaced)
    return made


@action("calls.answer")
def sign_off(*, by: Actor) -> None:
    """This person sits at no telephone any more."""
    if not Extension.objects.filter(staff=by.own_hand).delete()[0]:
        raise Stale("分机已经退出，或由其他人登录。")
    about(EXTENSION, by.own_hand, area=by.area)


@action("calls.answer")
def ask(*, by: Actor, at: datetime, call: Call, wish: Wish, to: str = "") -> Command:
    """Ask the exchange to answer a call, to hand it on (``to`` another extension) or to end it.

    :raises Refused: no extension, not the own call, or it has gone on since.
    """
    own = _own_extension(by)
    call.refresh_from_db()
    if wish is Wish.ANSWER and call.state != State.RINGING.value:
        raise Stale("这个来电已被接听或已挂断。")
    if wish is not Wish.ANSWER and (call.state != State.TALKING.value or call.extension != own):
        raise Refused("只能操作本分机正在进行的通话。")
    if wish is Wish.TRANSFER:
        if fault := fault_of_extension(tidy(to)):
            raise Refused(fault, field="to")
        if tidy(to) == own:
            raise Refused("请填写对方的分机，不是本分机。", field="to")
    goal = tidy(to) if wish is Wish.TRANSFER else own
    return _command(by, at, wish=wish.value, call=call, extension=goal)


@action("calls.answer")
def dial(*, by: Actor, at: datetime, number: str, order: int | None = None, call: Call | None = None) -> Command:
    """Ask the exchange to ring the own telephone and then the number; the number is not shown and stays sealed."""
    own = _own_extension(by)
    if not number:
        raise Refused("没有登记可以拨打的号码。")
    sealed = seal_phone(keyring(), number).sealed
    return _command(by, at, wish=Wish.DIAL.value, call=call, extension=own, number_sealed=sealed, order_id=order)


def _own_extension(by: Actor) -> str:
    if own := extension_of(by):
        return own
    raise Refused("请先登录分机，再接打电话。")


def _goal(one: Command) -> tuple[Any, ...]:
    """Where a command leads; sealed twice a number looks otherwise, so it is opened."""
    return one.extension, one.order_id, keyring().open(bytes(one.number_sealed), PHONE) if one.number_sealed else ""


def _command(by: Actor, at: datetime, **words: Any) -> Command:
    """One open command of a kind; asked twice it stays one. One that nobody carried out, or with another goal, makes room."""
    before = Command.objects.filter(asked_by=by.own_hand, wish=words["wish"], call=words["call"], done_at=None)
    before.filter(asked_at__lte=at - COMMAND_WAITS).update(done_at=at, fault="话务系统没有及时应答。")
    found = before.first()
    if found is not None and _goal(found) != _goal(Command(**words)):
        before.update(done_at=at, fault="已改为另一个号码。")
        found = None
    if found is None:
        found = Command.objects.create(asked_by_id=by.own_hand, asked_at=at, area=by.area, **words)
    about("calls.command", found.pk, area=by.area, wish=words["wish"])
    return found


@action("calls.hear")
def take_command(*, by: Actor, at: datetime, command: Command) -> bool:
    """Whoever runs the exchange takes a command to carry it out; false when another has it, or it is void."""
    about("calls.command", command.pk, area=command.area)
    return bool(Command.objects.filter(pk=command.pk, done_at=None).update(done_at=at))


@action("calls.hear")
def command_failed(*, by: Actor, command: Command, fault: str) -> None:
    """The exchange cannot do it; the operator is told why."""
    Command.objects.filter(pk=command.pk).update(fault=fault[:200])
    about("calls.command", command.pk, area=command.area, failed=True)


@action("calls.hear")
def dialled(*, by: Actor, at: datetime, command: Command, key: str, number: str) -> Call:
    """A call of ours goes out under this key; what the exchange tells of it follows. It settles what was to be called back."""
    words = {
        "direction": Direction.OUT.value, "state": State.RINGING.value, "began_at": at, "area": by.area,
        "operator_id": command.asked_by_id, "extension": command.extension, "order_id": command.order_id, **_sealed(number),
    }  # fmt: skip
    made, _ = Call.objects.update_or_create(key=key, defaults=words)
    Command.objects.filter(pk=command.pk).update(call=made)
    about(CALL, made.pk, area=made.area, what="dialled")
    return made


@action("calls.answer")
def call_returned(*, by: Actor, at: datetime, call: Call, note: str) -> Call:
    """Somebody called the missed caller back, or tried and says what came of it."""
    said = tidy(note)[:300]
    if not said:
        raise Refused("请填写回电情况。", field="note")
    done = {"follow": FollowUp.DONE.value, "followed_at": at, "followed_by": by.own_hand, "follow_note": said}
    if not Call.objects.filter(pk=call.pk, follow=FollowUp.DUE.value).update(**done):
        raise Stale("这个来电已经回电，请刷新后再看。")
    about(CALL, call.pk, area=call.area, what="returned")
    call.refresh_from_db()
    return call


@action("calls.answer")
def tie(*, by: Actor, call_id: int, order_id: int) -> bool:
    """The order that was taken in a call keeps it, and with it the recording; false when the call belongs to another order."""
    about(CALL, call_id, area=by.area, order=order_id)
    return bool(Call.objects.filter(pk=call_id, order=None).update(order=order_id))


@action("calls.hear")
def end_lost(*, by: Actor, at: datetime) -> int:
    """Calls whose end was never told are ended, and missed ones wait to be called back; returns how many."""
    too_long = Q(state=State.RINGING.value, began_at__lt=at - RINGS_AT_MOST)
    too_long |= Q(state=State.TALKING.value, began_at__lt=at - TALKS_AT_MOST)
    ended = 0
    for call in Call.objects.select_for_update().filter(too_long).order_by("pk")[:500]:
        missed = call.state == State.RINGING.value
        call.state, call.ended_at, call.ending = State.ENDED.value, at, CallEnding.LOST.value
        follow = _followed(call, Known(ended_at=at)) if missed else {}
        values = {"state": call.state, "ended_at": at, "ending": call.ending}
        Call.objects.filter(pk=call.pk).update(**values | follow)
        ended += 1
    about(CALL, by.area, area=by.area, lost=ended)
    return ended


@action("access.renew_seals")
def renew_seals(*, by: Actor, on: date, after: int = 0, most: int = 2000) -> Renewed:
    """Seal and hash again, under the current key, the numbers of calls."""
    seen = list(Call.objects.select_for_update().filter(number_sealed__isnull=False, pk__gt=after).order_by("pk")[:most])
    old = [one for one in seen if one.number_sealed and not keyring().is_current(bytes(one.number_sealed))]
    for one in old:
        Call.objects.filter(pk=one.pk).update(**_sealed(number_of(one)))
    about("calls.seals", keyring().current, area=by.area, calls=len(old))
    return Renewed(len(old), seen[-1].pk if len(seen) == most else None)
