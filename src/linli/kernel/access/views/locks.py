"""Locks at the door, for the administrators."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.kernel.access import actions, queries
from linli.kernel.access.rules import LockKind, page
from linli.kernel.access.rules.sign_in import DESK
from linli.kernel.ui.forms import Confirm
from linli.kernel.ui.rules import Fact


@page("access.lift_lock")
@require_http_methods(["GET", "POST"])
def lift_lock(request: HttpRequest, lock_id: int) -> HttpResponse:
    """Lift a lock before its time, and with it all others of the same account."""
    actor, on, now = request.actor, request.today, request.now  # type: ignore[attr-defined]
    running = queries.running_locks(by=actor, at=now)
    lock = running.filter(pk=lock_id).first()
    if lock is None:
        raise Http404
    shown = next(one for one in grouped([lock] if lock.staff_id is None else running.filter(staff=lock.staff_id)))
    form, back = Confirm(request.POST or None), reverse("access:staff")
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.lift_locks(by=actor, on=on, at=now, locks=shown.locks)
            return back

        if answer := actions.attempt(by=actor, form=form, act=act):
            messages.success(request, "锁定已解除。")
            return redirect(answer)
    note = "请先核实是本人输错；如不是本人所为，应先重设初始密码或查明来源，再解除。解除后重新计数。"
    words = {"form": form, "back": back, "note": note, "title": "解除登录锁定", "submit": "解除锁定", "facts": lock_facts(shown)}
    return render(request, "access/lift_lock.html", words, status=422 if form.is_bound else 200)


@dataclass(frozen=True)
class Locked:
    """What stands before one account, one address, or one name that nobody has: lifted together."""

    locks: list[Any]

    @property
    def first(self) -> Any:
        return self.locks[0]

    @property
    def kinds(self) -> str:
        return "、".join(dict.fromkeys(lock.get_kind_display() for lock in self.locks))

    @property
    def who(self) -> str:
        """What was typed for a name that nobody has is not known."""
        if self.first.staff is not None:
            return f"{self.first.staff.name}（{self.first.staff.username}）"
        return "全部账号" if self.first.kind == LockKind.ADDRESS else "没有这个用户名"

    @property
    def addresses(self) -> str:
        found = ("本人用过的电脑" if lock.address.startswith(DESK) else lock.address for lock in self.locks)
        return "、".join(dict.fromkeys(filter(None, found))) or "全部地址"

    @property
    def since(self) -> datetime:
        return min(lock.since for lock in self.locks)

    @property
    def until(self) -> datetime:
        return max(lock.until for lock in self.locks)


def grouped(locks: Iterable[Any]) -> list[Locked]:
    """One line for each account that is locked, whatever locks stand before it; newest first."""
    found: dict[Any, list[Any]] = {}
    for lock in locks:
        found.setdefault(lock.staff_id or f"lock {lock.pk}", []).append(lock)
    order = list(LockKind)
    return [Locked(sorted(some, key=lambda lock: order.index(LockKind(lock.kind)))) for some in found.values()]


def lock_facts(locked: Locked) -> list[Fact]:
    """What will be lifted, for who lifts it."""
    return [
        Fact("锁定对象", locked.kinds),
        Fact("账号", locked.who),
        Fact("来自地址", locked.addresses),
        Fact("锁定自", locked.since, "moment"),
        Fact("锁定至", locked.until, "moment"),
    ]
