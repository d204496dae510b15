"""Keeping and dropping the views of a list."""

from __future__ import annotations

from datetime import date
from urllib.parse import parse_qsl, urlencode

from django.urls import Resolver404, resolve

from linli.base.masking import holds_number
from linli.base.text import tidy
from linli.kernel.access.actions.door import about, action
from linli.kernel.access.models import SavedView
from linli.kernel.access.rules import Actor, Refused

MOST = 12
NOT_KEPT = frozenset({"page", "export", "ids", "all", "found", "next"})
"""Words of an address that say where in a list one is, or what is done with it; not which rows it shows."""


@action("access.keep_view")
def keep_view(*, by: Actor, on: date, page: str, name: str, words: str) -> str:
    """Keep the filter of the list at ``page`` under a name, and give the words as they are kept. The same name is written over.

    :raises Refused: no name or no filter, too many views of this list, or a number of a person in the name or the filter.
    """
    name = tidy(name)
    _known(page)
    pairs = [(key, value) for key, value in parse_qsl(words) if key not in NOT_KEPT]
    if any(map(holds_number, [name, *(value for _, value in pairs)])):
        raise Refused("身份证号、电话和账号不能存入视图，请去掉后再保存。", field="name")
    if not name or len(name) > 20:
        raise Refused("请填写视图名称，不超过20个字。", field="name")
    if not pairs or len(urlencode(pairs)) > 500:
        raise Refused("请先选择筛选条件，再保存视图；条件过长时请减少几项。")
    kept = SavedView.objects.filter(staff=by.own_hand, page=page)
    if not kept.filter(name=name).exists() and kept.count() >= MOST:
        raise Refused(f"每个清单最多保存{MOST}个视图，请先删去不用的。")
    SavedView.objects.update_or_create(staff_id=by.own_hand, page=page, name=name, defaults={"words": urlencode(pairs)})
    about("access.view", page[:40])
    return urlencode(pairs)


@action("access.keep_view")
def drop_view(*, by: Actor, on: date, view_id: int) -> str:
    """Forget a view of one's own, and give the address of its list.

    :raises Refused: there is no such view, or it is another's.
    """
    one = SavedView.objects.filter(pk=view_id, staff=by.own_hand).first()
    if one is None:
        raise Refused("没有这个视图，可能已经删去。")
    page = one.page
    one.delete()
    about("access.view", page[:40])
    return page


def _known(page: str) -> None:
    try:
        if len(page) > 120:
            raise Resolver404
        resolve(page)
    except Resolver404 as fault:
        raise Refused("没有这个清单，请返回后重试。") from fault
