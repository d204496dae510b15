"""Locks at the door, for the administrators."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.kernel.access import actions, queries
from linli.kernel.access.rules import page
from linli.kernel.ui.forms import Confirm
from linli.kernel.ui.rules import Fact


@page("access.lift_lock")
@require_http_methods(["GET", "POST"])
def lift_lock(request: HttpRequest, lock_id: int) -> HttpResponse:
    """Lift one lock before its time."""
    actor, on, now = request.actor, request.today, request.now  # type: ignore[attr-defined]
    lock = queries.running_locks(by=actor, at=now).filter(pk=lock_id).first()
    if lock is None:
        raise Http404
    form, back = Confirm(request.POST or None), reverse("access:staff")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.lift_locks(by=actor, on=on, at=now, locks=[lock])
            return back

        if answer := actions.attempt(by=actor, form=form, act=act):
            messages.success(request, "锁定已解除。")
            return redirect(answer)
    note = "请先核实是本人输错；如不是本人所为，应先重设初始密码或查明来源，再解除。解除后重新计数。"
    words = {"form": form, "back": back, "note": note, "title": "解除登录锁定", "submit": "解除锁定", "facts": lock_facts(lock)}
    return render(request, "access/lift_lock.html", words, status=422 if form.is_bound else 200)


def who(lock: Any) -> str:
    """Whom a lock keeps out, in words: what was typed for a name that nobody has is not known."""
    if lock.staff is not None:
        return f"{lock.staff.name}（{lock.staff.username}）"
    return "全部账号" if lock.kind == "address" else "没有这个用户名"


def lock_facts(lock: Any) -> list[Fact]:
    """A lock, for who lifts it."""
    return [
        Fact("锁定对象", lock.get_kind_display()),
        Fact("账号", who(lock)),
        Fact("地址", lock.address or "全部地址"),
        Fact("连续输错", lock.tries, "count", note="次"),
        Fact("锁定自", lock.since, "moment"),
        Fact("锁定至", lock.until, "moment"),
    ]
