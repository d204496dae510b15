"""The office takes in what was sent: requests become orders, additions events, grades calls back."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from linli.base.crypto import BadSeal
from linli.domains.intake.models import Post
from linli.domains.intake.queries import CONTEXT, content_of, to_forget
from linli.domains.intake.rules import PostKind
from linli.kernel.access.actions import about, action
from linli.kernel.access.rules import Actor, Refused
from linli.kernel.orders import actions as work
from linli.kernel.orders.queries import order_by_id, order_by_number
from linli.kernel.orders.rules import CallOutcome, Channel, Satisfaction, Stage, alarming
from linli.kernel.registry.queries import keyring

KIND = "intake.post"
FORGOTTEN = "超过规定的期限没有收取，内容已按规定清除。"


@action("intake.receive")
def receive_post(*, by: Actor, at: datetime, post_id: int) -> bool:
    """Take one post in, once; whether it was done. It waits on when its request is not an order yet.

    What cannot be taken in stays with its fault and is a task of the centre: nothing that was sent is lost.
    """
    about(KIND, post_id, area=by.area)
    post = Post.objects.select_for_update(skip_locked=True).filter(pk=post_id, taken_at=None).first()
    if post is None:
        return False
    about(KIND, post.pk, area=post.area, sort=post.kind, client=post.client_id)
    try:
        order = _taken(by, at, post)
    except (Refused, BadSeal) as fault:
        said = fault.message if isinstance(fault, Refused) else "加密密钥已更换，内容打不开。"
        Post.objects.filter(pk=post.pk).update(fault=said[:300])
        return False
    if order is None:
        return False
    Post.objects.filter(pk=post.pk).update(order=order, taken_at=at, content=None, picture=None, phone_digest=None, fault="")
    return True


@action("intake.receive")
def set_aside(*, by: Actor, post_id: int, why: str) -> None:
    """A post that failed waits for a person, so that it is not tried for ever; ``why`` is empty when it shall be tried again."""
    about(KIND, post_id, area=by.area)
    Post.objects.filter(pk=post_id, taken_at=None).update(fault=why[:300])


@action("intake.receive")
def forget_posts(*, by: Actor, on: date) -> int:
    """Of what nobody could take in for the term of the place number, kind and days stay (个人信息保护法 §19, §47).

    What was taken in stands in its order; no telephone is kept of it here.
    """
    Post.objects.filter(taken_at__isnull=False).exclude(phone_digest=None).update(phone_digest=None)
    gone = to_forget(on, by.area).update(content=None, picture=None, phone_digest=None, fault=FORGOTTEN)
    about(KIND, "forgotten", area=by.area, gone=gone)
    return gone


def _taken(by: Actor, at: datetime, post: Post) -> int | None:
    content = content_of(post)
    if post.kind == PostKind.ASK:
        order = _asked(by, at, post, content)
    else:
        found = order_by_number(post.number)
        if found is None:
            return None
        order = found
        _graded(by, at, order, content) if post.kind == PostKind.GRADE else _said(by, at, order, content["text"])
    if post.picture is not None:
        picture = keyring().open_bytes(bytes(post.picture), CONTEXT)
        work.add_picture(by=by, at=at, order=order, name=content["picture"], content=picture)
    return int(order.pk)


def _asked(by: Actor, at: datetime, post: Post, content: dict[str, str]) -> Any:
    """An order that waits at the centre, where a person reads it first; words of danger put it into their lane."""
    alarms = alarming(content["text"])
    lane = max((one.lane for one in alarms), key=["ordinary", "urgent", "emergency"].index, default=None)
    intake = work.Intake(
        Channel.WEB, post.category, post.place, content["text"], caller=content["name"], phone=content["phone"],
        address=content["where"], number=post.number, lane=lane, confidential=True if any(one.secret for one in alarms) else None,
    )  # fmt: skip
    taken = work.take(by=by, at=at, intake=intake, send=False)
    return order_by_id(taken.id)


def _said(by: Actor, at: datetime, order: Any, text: str) -> None:
    work.supplement(by=by, at=at, order=order, text=text)


def _graded(by: Actor, at: datetime, order: Any, content: dict[str, Any]) -> None:
    """The answer to the call back, given on the web. When somebody has called meanwhile, it is kept as words."""
    grade = Satisfaction(content["grade"])
    said = f"网上评价：{grade.zh}，{'已解决' if content['solved'] else '没有解决'}。{content['words']}"
    if order.stage != Stage.HANDLED:
        _said(by, at, order, said)
        return
    work.call_back(
        by=by, at=at, order=order, outcome=CallOutcome.REACHED, solved=content["solved"], grade=grade,
        words=f"网上评价。{content['words']}",
    )  # fmt: skip
