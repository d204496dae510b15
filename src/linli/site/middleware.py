"""What happens around every request: headers, the actor, the area, the business day, refusals."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve
from django_htmx.http import HttpResponseClientRedirect

from linli.base.days import SHANGHAI
from linli.base.masking import holds_number
from linli.kernel.access.actions import answered_before, only_showing, record_refusal, scoped
from linli.kernel.access.queries import actor_among, business_day, posts_of
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.access.rules.addresses import client_of
from linli.kernel.access.views import sessions
from linli.kernel.ui.queries import expect_area_names, fresh_area_names

Answer = Callable[[HttpRequest], HttpResponse]


def true_address(get_response: Answer) -> Answer:
    """The visitor's own address where a proxy of ours passes it on: limits and the trail count visitors, not the proxy."""

    def read(request: HttpRequest) -> HttpResponse:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "")
        request.META["REMOTE_ADDR"] = client_of(request.META.get("REMOTE_ADDR", ""), told, settings.PROXIES)
        return get_response(request)

    return read


def headers(get_response: Answer) -> Answer:
    """A strict content policy with a nonce; signed-in pages are never kept by a cache."""

    def add(request: HttpRequest) -> HttpResponse:
        request.nonce = secrets.token_urlsafe(12)  # type: ignore[attr-defined]
        response = get_response(request)
        response.setdefault(
            "Content-Security-Policy",
            f"default-src 'self'; script-src 'self' 'nonce-{request.nonce}'; style-src 'self' 'nonce-{request.nonce}'; "  # type: ignore[attr-defined]
            "img-src 'self' data: blob:; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'",
        )
        response.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        if not request.path.startswith(settings.STATIC_URL):
            response.setdefault("Cache-Control", "no-store")
        return response

    return add


def _closed(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    raise LookupError(f"a page for residents may use the public connection only, not: {sql[:160]}")


NO_NUMBERS = "身份证号、电话和账号不能写在网址里，已为您去掉。请在页面上方的查找框中按号码查找。"
NO_NUMBERS_HERE = "身份证号、电话和账号不能写在网址里，已为您去掉。"


def _without_numbers(request: HttpRequest) -> HttpResponse | None:
    """A clean address for one that holds a number of a person: addresses stay in histories and in the logs of proxies."""
    if request.method not in ("GET", "HEAD"):
        return None
    words = request.GET.copy()
    for name in [name for name, values in words.lists() if any(map(holds_number, [name, *values]))]:
        del words[name]
    if len(words) == len(request.GET):
        return None
    messages.warning(request, NO_NUMBERS if request.user.is_authenticated else NO_NUMBERS_HERE)
    address = f"{request.path}?{words.urlencode()}" if words else request.path
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)  # type: ignore[attr-defined]


def _run(request: HttpRequest, view: Callable[[], Any]) -> Any:
    """The view's answer, written out; a form that comes again gets its first answer."""
    if request.method == "POST" and (before := answered_before(request)) is not None:
        return before
    response = view()
    return response.render() if callable(getattr(response, "render", None)) else response


class Door:
    """Find the actor, check the route's permission, and run the view in one transaction with the actor's range.

    A route is open only when its view says so (:func:`linli.kernel.access.doors` marks): no mark, no page.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.today = business_day()  # type: ignore[attr-defined]
        request.now = datetime.now(SHANGHAI)  # type: ignore[attr-defined]
        fresh_area_names(request.today)  # type: ignore[attr-defined]
        request.actor = None  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: tuple[Any, ...], words: dict[str, Any]
    ) -> HttpResponse | None:
        mark = getattr(view, "door", None)
        if mark is None:
            if resolve(request.path_info).app_name == "" and request.path.startswith(settings.STATIC_URL):
                return None
            raise LookupError(f"the view {view!r} has no door: mark it with @page, @open_page or @public_page")
        if (clean := _without_numbers(request)) is not None:
            return clean
        if mark.public:
            with connection.execute_wrapper(_closed):
                return view(request, *args, **words)
        refused = self._admit(request, mark)
        if refused is not None or mark.open:
            return refused
        if (typed := sessions.typed_before(request)) is not None:
            return self._show_again(request, typed, lambda: view(request, *args, **words))
        try:
            with scoped(request.actor):  # type: ignore[attr-defined]
                response = _run(request, lambda: view(request, *args, **words))
            if request.method == "POST":
                sessions.forget_typed(request)
        except Refused as fault:
            return self._refuse(request, fault, mark.permission or view.__name__)
        return response

    def _show_again(self, request: HttpRequest, typed: Any, view: Callable[[], HttpResponse]) -> HttpResponse:
        """The page with what was typed when a session was over; where it cannot show that any more, the plain values."""
        sessions.as_typed(request, typed)
        try:
            with scoped(request.actor), only_showing():  # type: ignore[attr-defined]
                response = view()
        except (Refused, Http404):
            response = HttpResponse(status=409)
        if response.status_code in (200, 422) and response.headers.get("Content-Type", "").startswith("text/html"):
            response.status_code = 200
            return response
        fields = [(name, values) for name, values in typed.fields.items() if not name.startswith("_")]
        return render(request, "access/typed.html", {"fields": fields})

    def _admit(self, request: HttpRequest, mark: Any) -> HttpResponse | None:
        whose = sessions.owner(request)
        sessions.end_if_over(request)
        user = request.user
        if not user.is_authenticated:
            if mark.open:
                return None
            return sessions.to_sign_in(request, mark, whose)
        posts = list(posts_of(user, on=request.today))  # type: ignore[arg-type, attr-defined]
        request.posts = posts  # type: ignore[attr-defined]
        expect_area_names(code for post in posts for code in (post.at, f"{post.at[:6]}000000"))  # the frame shows them
        actor = actor_among(user, posts, request.session.get("post"))  # type: ignore[arg-type]
        if actor is not None:
            number = secrets.token_hex(8)
            where = request.META.get("REMOTE_ADDR", "")
            request.actor = actor.with_request(number, where, request.get_full_path())  # type: ignore[attr-defined]
        if mark.open:
            return None
        if sessions.unproven(request, posts):
            sessions.end(request, over=True)
            return sessions.to_sign_in(request, mark, whose)
        if actor is None:
            return redirect("access:no_post")
        if user.must_change_password and not mark.while_password_is_new:  # type: ignore[union-attr]
            return redirect("access:own_password")
        if sessions.lacks_factor(request, posts) and not mark.while_password_is_new:
            return redirect("access:own_factor")
        if not mark.lets(actor):
            fault = Forbidden(f"{actor.role.zh}岗位没有打开这个页面的权限。如确需办理，请联系系统管理员调整岗位。")
            return self._refuse(request, fault, mark.permission)
        return None

    def _refuse(self, request: HttpRequest, fault: Refused, verb: str) -> HttpResponse:
        record_refusal(by=request.actor, verb=verb, kind="page", subject=request.path, why=fault.message)  # type: ignore[attr-defined]
        status = 403 if isinstance(fault, Forbidden) else 409 if isinstance(fault, Stale) else 422
        return render(request, "ui/refused.html", {"message": fault.message, "status": status}, status=status)
