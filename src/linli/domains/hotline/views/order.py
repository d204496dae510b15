"""The page of one order: what it is about, its clocks, everything that happened, and what this reader can do now."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from linli.base.masking import mask_phone, without_numbers
from linli.domains.hotline.views.common import caller_name, clock_badge, lane_badge, matter, page_of, stage_badge
from linli.domains.hotline.views.happened import events
from linli.domains.hotline.views.taken import own_page
from linli.kernel.access.rules import Forbidden, page
from linli.kernel.calls.queries import calls_of_order, extension_of
from linli.kernel.files.rules import FileKind
from linli.kernel.orders import actions as work
from linli.kernel.orders import queries
from linli.kernel.orders.rules import (
    AskKind,
    Channel,
    Move,
    OrderKind,
    ReturnGround,
    Satisfaction,
    Stage,
    StopGround,
    after,
    late,
)
from linli.kernel.ui.queries import expect_area_names, moment
from linli.kernel.ui.rules import Fact

OFFERS = (
    # act, words on the button, the move, permission, whether only the own desk
    ("contact", "联系来电人", Move.CONTACTED, "orders.handle", True),
    ("handle", "填写办理结果", Move.HANDLED, "orders.handle", True),
    ("give-back", "申请退单", Move.RETURNED, "orders.handle", True),
    ("help", "请求协办", Move.HELPED, "orders.handle", True),
    ("more-time", "申请延期", Move.ASKED, "orders.handle", True),
    ("stop", "申请挂起", Move.ASKED, "orders.handle", True),
    ("resume", "恢复办理", Move.RESUMED, "orders.resume", True),
    ("dispatch", "派单", Move.DISPATCHED, "orders.dispatch", False),
    ("call", "登记回访", Move.CALLED_BACK, "orders.call_back", False),
    ("merge", "并单", Move.MERGED, "orders.merge", False),
    ("reopen", "重新办理", Move.REOPENED, "orders.reopen", False),
    ("supervise", "督办", Move.SUPERVISED, "orders.supervise", False),
)


@page("orders.read")
@require_safe
def order(request: HttpRequest, order_id: int) -> HttpResponse:
    try:
        one = queries.order_by_id(order_id)
    except Forbidden:
        if (own := own_page(request, order_id)) is None:
            raise
        return own
    work.note_opened(by=request.actor, order=one)
    return render(request, "hotline/order.html", words_of(request, one))


@page("orders.read")
@require_safe
def picture(request: HttpRequest, order_id: int, picture_id: int) -> FileResponse:
    """What the caller photographed, as a download that no browser runs; the look is a line of the trail."""
    found, content = queries.open_picture(request.actor, queries.order_by_id(order_id), picture_id)
    kind = FileKind(found.kind).media_type
    sent = FileResponse(io.BytesIO(content), as_attachment=True, filename=found.name, content_type=kind)
    sent["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return sent


def asked_of(one: Any) -> Any:
    """What the desk of an order asks, and nobody has ruled on."""
    return queries.asks().filter(order=one).first()


def denied_of(one: Any, mine: bool) -> str:
    """That what the desk asked last was not granted, and why, as long as it has the order in hand."""
    last = queries.asks(open_only=False).filter(order=one).last() if mine and one.stage == Stage.WORKING else None
    if last is None or last.granted is not False or last.desk_id != one.desk_id:
        return ""
    return f"{AskKind(last.kind).zh}申请没有同意：{last.opinion}"


def ground_of(asked: Any) -> str:
    """On what ground a desk gives an order back, or wants its clock to stand still."""
    kinds = {AskKind.RETURN: ReturnGround, AskKind.SUSPEND: StopGround}
    kind = kinds.get(AskKind(asked.kind))
    return kind(asked.ground).zh if kind and asked.ground else ""


def offers(request: HttpRequest, one: Any, asked: Any) -> list[tuple[str, str]]:
    """What this reader may do with the order where it stands: (words, address). ``asked``: what its desk asks."""
    actor, stage, at = request.actor, Stage(one.stage), moment(request)
    found = []
    for key, zh, move, permission, own in OFFERS:
        if not actor.may(permission) or after(stage, move) is None or (own and not _own(actor, one, key)):
            continue
        if (asked and key in ("handle", "more-time", "stop", "merge")) or (key == "reopen" and stage is not Stage.CLOSED):
            continue
        if (key in ("merge", "help") and one.confidential) or (key == "merge" and one.main_id) or _spent(one, key, at):
            continue
        found.append((zh, reverse("hotline:act", args=[one.pk, key])))
    if asked and actor.may("orders.rule") and asked.asked_by_id != actor.staff_id:
        found.insert(0, (f"裁定{AskKind(asked.kind).zh}", reverse("hotline:act", args=[one.pk, "rule"])))
    if one.confidential and actor.may("orders.name_reader") and queries.is_reader(actor, one):
        found.append(("指定知情人", reverse("hotline:act", args=[one.pk, "name"])))
    return found


def _own(actor: Any, one: Any, key: str) -> bool:
    return queries.serves(actor, one.desk) or (key == "resume" and actor.may("orders.rule"))


def _spent(one: Any, key: str, at: datetime) -> bool:
    """What the order has used up already, its time among it."""
    if key == "more-time":
        return one.extensions > 0 or late(one.handle_due, None, at)
    if key == "handle":
        return queries.ends_in_writing(one)
    return (key == "give-back" and one.final) or (key == "reopen" and one.desk_id is None)


def words_of(request: HttpRequest, one: Any, revealed: str = "") -> dict[str, Any]:
    at, actor = moment(request), request.actor
    expect_area_names([one.place])
    content, asked = queries.content_of(actor, one), asked_of(one)
    mine, happened = queries.serves(actor, one.desk), queries.events_of(actor, one)
    repeats = queries.repeats(one, request.today) if actor.may("orders.merge") and not one.confidential else []
    return {
        "order": one, "matter": matter(one.category), "badges": [stage_badge(one), lane_badge(one), clock_badge(one, at)],
        "facts": _facts(request, one, content), "content": content, "text": text_of(request, one, content), "revealed": revealed,
        "clocks": queries.clocks_of(one, at), "links": queries.links_of(actor, one), "parts": queries.parts_of(actor, one),
        "events": events(happened), "offers": offers(request, one, asked),
        "may_sign": mine and one.stage == Stage.SENT, "may_reveal": queries.may_reveal(actor, one) and not revealed,
        "proposal": _proposal(happened), "repeats": [(page_of(row), row, matter(row.category)) for row in repeats],
        "denied": denied_of(one, mine), "ask": asked, "ground": ground_of(asked) if asked else "", "merged": _merged(one),
        "pictures": [(reverse("hotline:picture", args=[one.pk, row.pk]), row) for row in queries.pictures_of(actor, one)],
        "calls": calls_of_order(one.pk) if actor.may("calls.see") else [],
        "may_dial": queries.may_reveal(actor, one) and actor.may("calls.answer") and bool(extension_of(actor)),
        "helps": [(row.desk.name, row.what, row.answer) for row in one.helps.select_related("desk").order_by("id")],
    }  # fmt: skip


def text_of(request: HttpRequest, one: Any, content: Any) -> str:
    """Who does not handle the order reads its words without numbers of people."""
    return content.text if queries.handles(request.actor, one) else without_numbers(content.text)


def _merged(one: Any) -> list[tuple[str, str]]:
    return [(page_of(row), row.number) for row in one.merged.order_by("id")[:20]]


def _facts(request: HttpRequest, one: Any, content: Any) -> list[Fact]:
    phone = mask_phone(queries.phone_of(one)) if one.phone_sealed and not content.hidden else ""
    person = reverse("registry:person", args=[one.person_id]) if one.person_id and queries.handles(request.actor, one) else ""
    facts = [
        Fact("来电人", _caller(request, one, content), href=person), Fact("电话", phone, "code"),
        Fact("事项", matter(one.category), note=one.category), Fact("诉求类型", OrderKind(one.kind).zh),
        Fact("事发地", one.place, "area", note=content.address), Fact("来源", Channel(one.channel).zh),
        Fact("主办单位", one.desk.name if one.desk else "待派单"), Fact("受理时间", one.received_at, "moment"),
    ]  # fmt: skip
    if one.first_desk_id and one.first_desk_id != one.desk_id:
        facts.append(Fact("首接单位", one.first_desk.name))
    if one.about_id:
        facts.append(Fact("被投诉单位", one.about.name))
    if one.bounces or one.final:
        settled = "区级已定，不能再退" if one.final else ""
        facts.append(Fact("退单", f"{one.bounces}次", note=settled) if one.bounces else Fact("退单", settled))
    if one.round > 1:
        facts.append(Fact("办理轮次", f"第{one.round}轮"))
    if one.main_id:
        facts.append(Fact("并入", one.main.number, href=page_of(one.main)))
    if one.grade:
        facts.append(Fact("评价", Satisfaction(one.grade).zh, note="已解决" if one.solved else "没有解决"))
    return facts


def _caller(request: HttpRequest, one: Any, content: Any) -> str:
    """Of a confidential order the readers who are named see the name."""
    return content.caller if one.confidential and not content.hidden else caller_name(request, one)


def _proposal(happened: list[Any]) -> list[dict[str, Any]]:
    """The explained choice of the last dispatch."""
    told = next((row.facts for row in reversed(happened) if row.move in (Move.DISPATCHED, Move.RULED)), None)
    return (told or {}).get("proposal", [])
