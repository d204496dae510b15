"""A resident is introduced to a vacancy, and what became of it; vacancies are told to everybody."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction

from linli.base.text import tidy
from linli.domains.hotline.books import VACANCY_BOOK
from linli.domains.hotline.models import Introduction
from linli.domains.hotline.queries import placed_at, vacancies, wishes
from linli.domains.hotline.rules import NOTICE, Offered, Placing, Trade, why_not
from linli.kernel.access.actions import about, action, reach_district
from linli.kernel.access.rules import Actor, Forbidden, Refused, Stale
from linli.kernel.publicity.actions import draft_notice
from linli.kernel.publicity.rules import Entry
from linli.kernel.records.queries import standing
from linli.kernel.registry.queries import area_name

KIND = "hotline.introduction"


@action("hotline.see_jobs")
def see_vacancies(*, by: Actor, on: date) -> list[Offered]:
    """Vacancies of the whole district that can still be filled; a post has no residence."""
    with reach_district(by, "hotline.see_jobs"):
        found = [
            Offered(one.pk, _name(one), one.values["post"], one.values["trade"], one.values["pay"], free,
                    one.values["closes"], by.covers(one.area))
            for one, free in vacancies(on)
        ]  # fmt: skip
    about(KIND, "all", area=by.area, seen=len(found))
    return found


@action("hotline.introduce")
def introduce(*, by: Actor, on: date, wish: Any, vacancy: int) -> Introduction:
    """Tell a resident of a vacancy, anywhere in the district.

    :raises Refused: the vacancy is closed, full, or was told before and has no result.
    """
    if not by.covers(wish.area):
        raise Forbidden("求职的居民不在本辖区内。")
    with reach_district(by, "hotline.introduce"):
        one = standing(VACANCY_BOOK, on).select_related("organisation").filter(pk=vacancy).first()
        if one is None:
            raise Refused("这个岗位已经撤下，请选择其他岗位。", field="vacancy")
        placed, unit = placed_at([one.pk]).get(one.pk, 0), _name(one)
    again = Introduction.objects.filter(vacancy=one.pk, wish=wish.pk, result=Placing.OPEN).exists()
    field, why = why_not(
        heads=int(one.values["heads"]), placed=placed, closes=str(one.values["closes"]),
        on=on.isoformat(), wished=wishes(on).filter(pk=wish.pk).exists(), again=again,
    )  # fmt: skip
    if why:
        raise Refused(why, field=field)
    words = {"unit": unit, "post": one.values["post"], "trade": one.values["trade"], "area": wish.area}
    try:
        with transaction.atomic():
            made = Introduction.objects.create(
                vacancy=one, wish=wish, person_id=wish.person_id, introduced_on=on, introduced_by_id=by.own_hand, **words
            )
    except IntegrityError as fault:  # two introduced at once
        raise Stale("刚才已有人向这位居民介绍了这个岗位。") from fault
    about(KIND, made.pk, area=made.area, vacancy=one.pk)
    return made


@action("hotline.introduce")
def enter_result(
    *, by: Actor, on: date, introduction: Introduction, result: Placing, result_on: date, note: str = ""
) -> Introduction:
    """What became of it: entered once, by whoever made the introduction.

    :raises Refused: somebody else made it, the day is wrong, the vacancy is full, or the resident works already.
    """
    if introduction.introduced_by_id != by.own_hand:
        raise Forbidden("结果由介绍人本人填写。")
    if not introduction.introduced_on <= result_on <= on:
        raise Refused(f"结果日期应在介绍之日{introduction.introduced_on:%Y-%m-%d}和今天之间，请修改。", field="result_on")
    if result is not Placing.PLACED and not tidy(note):
        raise Refused("没有上岗的，请写明原因。", field="note")
    if result is Placing.PLACED:
        with reach_district(by, "hotline.introduce"):
            _room_left(introduction)
    try:
        with transaction.atomic():
            changed = Introduction.objects.filter(pk=introduction.pk, result=Placing.OPEN).update(
                result=result.value, result_on=result_on, note=tidy(note)[:200]
            )
    except IntegrityError as fault:
        raise Refused("这位居民已经在其他岗位上岗，请填写没有去的原因。", field="result") from fault
    if not changed:
        raise Stale("这次介绍的结果已经填写。")
    introduction.refresh_from_db()
    about(KIND, introduction.pk, area=introduction.area, result=result.value)
    return introduction


def _name(vacancy: Any) -> str:
    return str(vacancy.organisation.name)


def _room_left(introduction: Introduction) -> None:
    """The rows of the vacancy's introductions are locked in order, so that two who fill the last place wait for each other."""
    of = Introduction.objects.select_for_update().filter(vacancy=introduction.vacancy_id).order_by("pk")
    taken = sum(one.result == Placing.PLACED for one in of)
    row = standing(VACANCY_BOOK).filter(pk=introduction.vacancy_id).first()
    if row is None or taken >= int(row.values["heads"]):
        raise Refused("这个岗位已经招满或已撤下，请填写没有上岗的原因。", field="result")


@action("hotline.tell_jobs")
def draft_jobs(*, by: Actor, on: date) -> Any:
    """A notice of the vacancies that are open, for everybody to read; the page of notices publishes it for its term.

    :raises Refused: there is none.
    """
    rows = [
        {"unit": _name(one), "post": f"{one.values['post']}（{Trade(one.values['trade']).zh}）", "heads": f"{free}人",
         "pay": str(one.values["pay"]), "asks": str(one.values.get("asks") or "不限"), "closes": str(one.values["closes"])}
        for one, free in vacancies(on)
    ]  # fmt: skip
    if not rows:
        raise Refused("现在没有正在招聘的岗位，暂时没有可以公布的内容。")
    name = area_name(by.area, on)
    draft = draft_notice(
        by=by, on=on, kind=NOTICE, area=by.area, area_name=name, issuer=f"{name}市民服务中心", contact="市民服务热线96777",
        entries=[Entry("", row) for row in rows],
    )  # fmt: skip
    about(KIND, "all", area=by.area, notice=draft.pk)
    return draft
