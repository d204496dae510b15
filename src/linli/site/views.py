"""The first page, the living page of the design, the size of type, and the pages for when something is wrong."""

from __future__ import annotations

import sys
from collections import Counter

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import resolve, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.kernel.access.rules import PublicPage, open_page, public_page, staff_page
from linli.kernel.access.views import sessions
from linli.kernel.ui.queries import Listing, declared, expect_area_names, moment, task_lines, watched
from linli.kernel.ui.rules import Column
from linli.kernel.ui.samples import design

A_YEAR = 365 * 24 * 3600
AWAY = "系统暂时不能使用，刚才填写的内容没有保存。请不要关闭本页，过几分钟返回上一页重新提交；如仍不行，请联系系统管理员。"
BROKEN = "系统出现故障，刚才的操作没有生效。请稍后再试；如仍不行，请联系系统管理员。"
TASKS = (
    Column("title", "事项", link=lambda task: task.href),
    Column("kind", "环节"),
    Column("who", "编号或申请人"),
    Column("area", "地区", kind="area"),
    Column("due", "截止日", kind="day", minor=True),
    Column("days_left", "时限", kind="days_left"),
)
DONE = (
    Column("title", "事项", link=lambda task: task.href),
    Column("kind", "环节"),
    Column("who", "编号或申请人"),
    Column("area", "地区", kind="area"),
    Column("since", "办理日", kind="day"),
)


@staff_page
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The workbench: what waits for this post, oldest deadline first; the counts come from the same rows."""
    done = request.GET.get("which") == "done"
    tasks = task_lines(request.actor, request.today, "done" if done else "waiting", moment(request))  # type: ignore[attr-defined]
    kind = request.GET.get("kind", "")
    kinds = [(name, count, name == kind) for name, count in sorted(Counter(task.kind for task in tasks).items())]
    shown = [task for task in tasks if kind in ("", task.kind)]
    listing = Listing(
        request, rows=shown, columns=DONE if done else TASKS, title="已办事项" if done else "待办事项", noun="件",
        ident="href", empty="近期没有办过的事项。" if done else "现在没有待办事项。", export=None,
    )  # fmt: skip
    words = {"listing": listing, "kinds": kinds, "kind": kind, "done": done, "whole": len(tasks)}
    may = request.actor.may  # type: ignore[attr-defined]
    words["watches"] = may("figures.see") and not may("cases.work") and not done  # leaders and auditors watch what others do
    words["late"] = [one for one in watched(request.actor, moment(request)) if one.late] if words["watches"] else []  # type: ignore[attr-defined]
    expect_area_names(one.area for one in words["late"])
    words["overdue"] = sum(1 for task in tasks if task.days_left and (task.days_left.left or 0) < 0)
    return render(request, "site/home.html", words)


@staff_page
@require_http_methods(["GET", "POST"])
def design_page(request: HttpRequest) -> HttpResponse:
    """Every token and component with its states; also what the browser tests look at."""
    return render(request, "ui/design.html", design(request))


@public_page
@require_safe
def residents(request: HttpRequest) -> HttpResponse:
    """Where residents begin, without an account: the telephone first, then everything that can be done here."""
    pages = sorted(declared("public_pages", PublicPage), key=lambda one: one.rank)
    return render(request, "site/residents.html", {"pages": pages, "hotline": settings.HOTLINE_NUMBER})


@open_page
@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    """Switch large type (大字版) on or off for this browser, and go back to the page."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    response = redirect(wanted if safe else reverse("home"))
    size = "large" if request.POST.get("size") == "large" else "usual"
    response.set_cookie("linli_type", size, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response


def _say(request: HttpRequest, status: int, message: str) -> HttpResponse:
    return render(request, "ui/refused.html", {"message": message, "status": status}, status=status)


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _say(request, 400, "这个请求不完整，没有办理。请返回上一页刷新后再试。")


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _say(request, 403, "当前岗位没有打开这个页面的权限。如确需办理，请联系系统管理员调整岗位。")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _say(request, 404, "没有找到这个页面，或它不在本辖区内。请检查网址，或从菜单重新进入。")


def fault(request: HttpRequest) -> HttpResponse:
    """A page that needs nothing: no database, no session, no menu. 503 while the database is away, else 500."""
    away = isinstance(sys.exc_info()[1], (OperationalError, InterfaceError))
    words = {"title": "暂停服务", "message": AWAY} if away else {"title": "系统故障", "message": BROKEN}
    response = HttpResponse(render_to_string("ui/fault.html", words), status=503 if away else 500)
    if away:
        response["Retry-After"] = "60"
    return response


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form with an old token, usually because its owner signed in again in another window: it is shown again, as typed.

    Only a form of our own pages: a browser says where a post comes from, and what comes from elsewhere gets the refusal.
    """
    whose, mark = sessions.owner(request), getattr(resolve(request.path_info).func, "door", None)
    ours = request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    if ours and whose and mark and not (mark.open or mark.public or mark.while_password_is_new) and sessions.keep(request, whose):
        return redirect(request.get_full_path())
    return _say(request, 403, "页面停留过久或已在别处退出，请返回上一页刷新后再提交。填写的内容可在返回后找回。")
