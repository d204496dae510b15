"""What is counted of complaints, petitions, receptions and talks (HOTLINE-04, -10, -12, -14)."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from linli.domains.complaints.queries import (
    accepted_petitions,
    answers_up,
    assigned,
    held,
    joint,
    raised,
    received,
    replied,
    replied_in_time,
    reported_in_time,
    settled,
    units,
)
from linli.domains.complaints.rules import COMPLAINTS, PETITIONS, Handing, Occasion
from linli.kernel.figures.rules import Breakdown, Figure, Kind, Share, Unit
from linli.kernel.orders.rules import Channel, categories

OWNER, BASIS = "区行政投诉受理中心", "行政投诉受理工作制度"
RECEIVED_AT = (Occasion.DEPUTY, Occasion.STREET)


def _matters() -> dict[str, str]:
    return {code: one.zh for code, one in categories().items() if len(code) == 6 and code.startswith(COMPLAINTS + PETITIONS)}


def _units() -> dict[str, str]:
    from linli.kernel.access.queries import business_day

    return {str(pk): zh for pk, zh in units(business_day())}


PARTS = (
    Breakdown("unit", "被投诉单位", "about_id", _units), Breakdown("matter", "事项", "category", _matters),
    Breakdown("channel", "来源", "channel", dict(Channel.choices())),
)  # fmt: skip


def _order(one: Any) -> tuple[str, str]:
    known = categories().get(one.category)
    return f"{one.number}　{known.zh if known else one.category}", reverse("complaints:complaint", args=[one.pk])


def _figure(key: str, zh: str, words: str, rows: Any, parts: tuple[Breakdown, ...] = PARTS, **more: Any) -> Figure:
    given: dict[str, Any] = {"describe": _order, "unit": Unit.PIECE} | more
    return Figure(
        f"complaints.{key}", zh, words, kind=Kind.FLOW, rows=rows, breakdowns=parts, owner=OWNER, basis=BASIS, **given
    )


def _entry(one: Any) -> tuple[str, str]:
    return f"{one.day} {Occasion(one.values['occasion']).zh}", reverse("records:entry", args=[one.pk])


def _petition(one: Any) -> tuple[str, str]:
    return one.order.number, reverse("complaints:complaint", args=[one.order_id])


def _answer(one: Any) -> tuple[str, str]:
    return f"{one.judged_on} {one.title}", reverse("complaints:answer", args=[one.pk])


OCCASION = (Breakdown("occasion", "类别", "f_occasion", dict(Occasion.choices())),)
FIGURES = (
    _figure("received", "行政投诉受理", "统计期内受理的行政投诉件数", received("complaint"), dashboard=32),
    _figure("replied", "行政投诉答复", "统计期内办理答复的行政投诉件数", replied("complaint")),
    _figure("in_time", "行政投诉按期答复",
            "统计期内答复、自分办起在规定时限（7个工作日）内办结且没有延期的件数，依法停止计时的日子不计",
            replied_in_time("complaint")),
    _figure("petitions", "信访受理", "统计期内收到的信访件数", received("petition")),
    _figure("accepted", "信访告知受理", "统计期内书面告知受理的信访件数", accepted_petitions,
            (Breakdown("handing", "转办方式", "handing", dict(Handing.choices())),), describe=_petition),
    _figure("joint", "多人信访", "统计期内收到的两人以上共同提出的信访件数", joint, (), describe=_petition),
    _figure("joint_people", "多人信访人数", "统计期内两人以上共同提出的信访的信访人数", joint, (), describe=_petition,
            unit=Unit.TIMES, measure="sum:people"),
    _figure("assigned", "交办信访应报结果", "统计期内到期应当报告结果的交办信访件数", assigned, (), describe=_petition),
    _figure("reported", "交办信访按期报告", "统计期内到期的交办信访中按期提交办结报告的件数", reported_in_time, (),
            describe=_petition),
    _figure("answered", "信访答复", "统计期内作出答复的信访件数", replied("petition")),
    _figure("public", "网上公开反馈", "统计期内在网上公开办理结果的件数，含后来撤下的", answers_up, (), describe=_answer),
    _figure("receptions", "信访接待", "统计期内人大代表、街道领导在社区接待室接待的场次", held(*RECEIVED_AT), OCCASION,
            describe=_entry, unit=Unit.SESSION),
    _figure("visits", "领导到接待室走访", "统计期内区领导到社区接待室走访的场次", held(Occasion.VISIT), (),
            describe=_entry, unit=Unit.SESSION),
    _figure("talks", "聊天活动", "统计期内和居民开展聊天活动（连心桥）的场次", held(Occasion.TALK), (),
            describe=_entry, unit=Unit.SESSION),
    _figure("raised", "接待反映事项", "统计期内接待、走访和聊天中反映的事项件数", raised(*Occasion), OCCASION, describe=_entry),
    _figure("settled", "接待当场化解", "统计期内接待、走访和聊天中当场解决或解释清楚的事项件数", settled(*Occasion),
            OCCASION, describe=_entry),
)  # fmt: skip
SHARES = (
    Share("complaints.in_time", "7个工作日办结率", "按期答复占答复的行政投诉的比例", "complaints.in_time", "complaints.replied"),
    Share("complaints.reported", "交办按期报告率", "按期报告占到期的交办信访的比例", "complaints.reported",
          "complaints.assigned"),
    Share("complaints.settled", "接待化解率", "当场化解占反映事项的比例", "complaints.settled", "complaints.raised"),
)  # fmt: skip
