"""Short messages about an appointment: to who agreed, as long as they agree, once for each time that is told."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from linli.domains.hall.models import Appointment
from linli.domains.hall.queries import phone_of_appointment, slots_of, text_due
from linli.domains.hall.rules import (
    OWES_CLOSURE,
    OWES_MOVE,
    TOLD_CLOSURE,
    TOLD_END,
    AppointmentState,
    appointment_number,
    clock,
)
from linli.gateways.messages import NOTICE, TRIES, Message, NotSent, Sms, pause_after, sms_at
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor

KIND = "hall.appointment"
LEADS = {"told": "预约成功：", "moved": "您的预约已改到：", "put-off": "大厅为您改了时间：", "remind": "提醒您："}


def gateway() -> Sms:
    """The provider of this installation."""
    return sms_at(settings.SMS_ADDRESS, settings.SMS_TOKEN, settings.SMS_FOLDER)


@action("hall.close")
def send_text(*, by: Actor, on: date, at: datetime, appointment_id: int) -> bool:
    """Tell the time of an appointment or what the hall did with it, or remind of it the day before.

    Cut off and tried again, it is the same message. Whether they still agree is looked at once more, here
    (个人信息保护法 §15), and whether the window is open then: nobody is sent to a shut door.
    """
    one = text_due(on, at).select_for_update(skip_locked=True).filter(pk=appointment_id).first()
    about(KIND, appointment_id, area=by.area)
    if one is None:
        return False
    said, kind, text = _words(one)
    fault, again = _handed_over(one, kind, text) if text else ("", False)
    if again and one.text_tries + 1 < TRIES:
        words = {"text_tries": one.text_tries + 1, "text_next": at + pause_after(one.text_tries + 1), "text_fault": fault[:200]}
        Appointment.objects.filter(pk=one.pk).update(**words)
        return False
    reminded = on if one.told == said or (one.day - on).days <= 1 else one.reminded_on
    done = {"told": said, "reminded_on": reminded, "text_tries": 0, "text_next": None, "text_fault": fault[:200]}
    Appointment.objects.filter(pk=one.pk).update(**done)
    return bool(text) and not fault


def _time(one: Appointment) -> str:
    return f"{one.day:%Y-%m-%d} {clock(one.start)}"


def _words(one: Appointment) -> tuple[str, str, str]:
    """What they know afterwards, of what kind the message is, and the message; that is empty where there is nothing to say.

    It does not say for what they come.
    """
    when, number, said = f"{one.day.month}月{one.day.day}日{clock(one.start)}", appointment_number(one.pk), _time(one)
    if one.state == AppointmentState.CANCELLED:
        return TOLD_END, "ended", f"您{when}的预约{number}已经取消。还要来办的，请重新预约，或者拨打大厅电话。"
    if one.start not in {slot.start for slot in slots_of(one.area, one.window, one.day)}:
        text = f"您预约{number}的{when}，窗口临时不办理，请不要白跑。请改时间，或者拨打大厅电话。"
        return TOLD_CLOSURE, "closed", "" if one.told == TOLD_CLOSURE else text
    if one.told == OWES_CLOSURE:
        return said, "", ""
    kind = {said: "remind", TOLD_CLOSURE: "remind", OWES_MOVE: "put-off"}.get(one.told, "moved" if one.moved else "told")
    return said, kind, f"{LEADS[kind]}{when}到服务大厅，预约号{number}。来不了请提前取消。"


def _handed_over(one: Appointment, kind: str, text: str) -> tuple[str, bool]:
    """Why it did not go out, empty when it did; and whether to try again."""
    values = {"text": text, "link": f"{settings.PUBLIC_ADDRESS}{reverse('hall:booked')}"}
    key = f"{KIND}:{one.pk}:{kind}:{one.moved}:{_time(one)}"
    try:
        receipt = gateway().send(Message(key, phone_of_appointment(one), NOTICE, values))
    except NotSent as fault:
        return str(fault), fault.again
    except ValueError:
        return "不是手机号码，或平台已用这个编号发过别的内容。", False
    return ("", False) if receipt.accepted else (receipt.reason or "平台没有接收。", False)
