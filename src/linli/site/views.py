"""The first page, and the pages for when something is wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from linli.kernel.access.rules import open_page, staff_page

A_YEAR = 365 * 24 * 3600


@staff_page
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "site/home.html")


@open_page
@require_POST
def type_size(request: HttpRequest) -> HttpResponse:
    """Switch large type (大字版) on or off for this browser, and go back to the page."""
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    response = redirect(wanted if safe else "/")
    size = "large" if request.POST.get("size") == "large" else "usual"
    response.set_cookie("linli_type", size, max_age=A_YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response


def _say(request: HttpRequest, status: int, message: str) -> HttpResponse:
    return render(request, "ui/refused.html", {"message": message, "status": status}, status=status)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _say(request, 404, "没有找到这个页面，或它不在本辖区内。请检查网址，或从菜单重新进入。")


def fault(request: HttpRequest) -> HttpResponse:
    return _say(request, 500, "系统出现故障，刚才的操作没有生效。请稍后再试；如仍不行，请联系系统管理员。")


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    return _say(request, 403, "页面停留过久或已在别处退出，请返回上一页刷新后再提交。填写的内容可在返回后找回。")
