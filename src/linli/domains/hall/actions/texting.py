"""Short messages about an appointment: to who agreed, as long as they agree, once for each time that is told."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.urls import reverse

from linli.domains.hall.models import Appointment
from linli.domains.hall.queries import phone_of_appointment, text_due
from linli.domains.hall.rules import appointment_number, clock
from linli.gateways.messages import NOTICE, TRIES, Message, NotSent, Sms, pause_after, sms_at
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor

KIND = "hall.appointment"


def gateway() -> Sms:
    """The provider of this installation."""
    return sms_at(settings.SMS_ADDRESS, settings.SMS_TOKEN, settings.SMS_FOLDER)


@action("hall.close")
def send_text(*, by: Actor, on: date, at: datetime, appointment_id: int) -> bool:
    """Tell the time of an appointment, or remind of it the day before. Cut off and tried again, it is the same message.

    Whether they still agree is looked at once more, here (个人信息保护法 §15).
    """
    one = text_due(on, at).select_for_update(skip_locked=True).filter(pk=appointment_id).first()
    about(KIND, appointment_id, area=by.area)
    if one is None:
        return False
    fault, again = _handed_over(one)
    if again and one.text_tries + 1 < TRIES:
        words = {"text_tries": one.text_tries + 1, "text_next": at + pause_after(one.text_tries + 1), "text_fault": fault[:200]}
        Appointment.objects.filter(pk=one.pk).update(**words)
        return False
    said = _time(one)
    reminded = on if one.told == said or (one.day - on).days <= 1 else one.reminded_on
    done = {"told": said, "reminded_on": reminded, "text_tries": 0, "text_next": None, "text_fault": fault[:200]}
    Appointment.objects.filter(pk=one.pk).update(**done)
    return not fault


def _time(one: Appointment) -> str:
    return f"{one.day:%Y-%m-%d} {clock(one.start)}"


def _handed_over(one: Appointment) -> tuple[str, bool]:
    """Why it did not go out, empty when it did; and whether to try again. It does not say for what they come."""
    reminding = one.told == _time(one)
    when = f"{one.day.month}月{one.day.day}日{clock(one.start)}"
    lead = "提醒您：" if reminding else "您的预约已改到：" if one.moved else "预约成功："
    values = {
        "text": f"{lead}{when}到服务大厅，预约号{appointment_number(one.pk)}。来不了请提前取消。",
        "link": f"{settings.PUBLIC_ADDRESS}{reverse('hall:booked')}",
    }  # fmt: skip
    key = f"{KIND}:{one.pk}:{'remind' if reminding else 'told'}:{_time(one)}"
    try:
        receipt = gateway().send(Message(key, phone_of_appointment(one), NOTICE, values))
    except NotSent as fault:
        return str(fault), fault.again
    except ValueError:
        return "不是手机号码，或平台已用这个编号发过别的内容。", False
    return ("", False) if receipt.accepted else (receipt.reason or "平台没有接收。", False)
