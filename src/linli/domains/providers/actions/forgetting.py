"""Erasing what residents wrote when they asked for a service, once nobody needs it any more."""

from __future__ import annotations

from datetime import date

from linli.domains.providers.actions.common import WISH
from linli.domains.providers.models import Wish
from linli.domains.providers.queries import to_forget
from linli.domains.providers.rules import WishState
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor

AT_ONCE = 2000
GONE = {"name": "", "address": "", "text": "", "answer": "", "phone_sealed": None, "phone_digest": None}


@action("providers.forget")
def forget_wishes(*, by: Actor, on: date) -> int:
    """Service, place, days and outcome stay, and nothing of the resident (个人信息保护法 §19, §47).

    What nobody took up in all that time ends with it: its day is long over.
    """
    rows = list(to_forget(on, by.area).values_list("pk", flat=True)[:AT_ONCE])
    Wish.objects.filter(pk__in=rows, state=WishState.OPEN).update(state=WishState.DECLINED, forgotten_on=on, **GONE)
    Wish.objects.filter(pk__in=rows, forgotten_on=None).update(forgotten_on=on, **GONE)
    about(WISH, "forgotten", area=by.area, gone=len(rows))
    return len(rows)
