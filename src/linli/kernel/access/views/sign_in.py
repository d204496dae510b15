"""Coming in and going out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, get_random_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from linli.base.days import SHANGHAI
from linli.kernel.access import actions, forms, queries
from linli.kernel.access.actions.sign_in_guard import DESK_COOKIE
from linli.kernel.access.rules import FactorMode, LockKind, open_page, own_page
from linli.kernel.access.rules.sign_in import DESK_SEPARATOR, MOST_DESK_MARKS, words_of_lock
from linli.kernel.access.views import sessions

WRONG = "用户名或密码不对，请核对后重新输入。连续输错 5 次将锁定 30 分钟。"
WRONG_CODE = "动态口令或恢复码不对，或已经用过。请等手机显示下一组数字后再输入；连续输错 5 次将锁定 30 分钟。"
PENDING = "pending"
TIME_FOR_CODE = timedelta(minutes=5)
HALF_A_YEAR = timedelta(days=180)


@open_page
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One form; the same words whether the name or the password was wrong."""
    form = forms.SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user: Any = authenticate(request, **form.cleaned_data)
        if user is not None:
            actions.forgive_tries(name=user.username, address=_place(request, user.username), at=_now(request))
            return _ask_code(request, user) if queries.factor_of(user) else _come_in(request, user)
        form.add_error(None, WRONG)
    words = {"form": form, "next": _next(request)}
    words |= {"over": request.session.get(sessions.OVER), "kept": sessions.KEPT in request.session}
    words["only_offered"] = queries.factor_mode() is FactorMode.OFFERED
    return render(request, "access/sign_in.html", words, status=422 if form.is_bound else 200)


def _ask_code(request: HttpRequest, user: Any) -> HttpResponse:
    """The password was right; who it was waits in the session, under a new key, for the code."""
    request.session.cycle_key()
    at = int(_now(request).timestamp())
    request.session[PENDING] = {"staff": user.pk, "hash": user.get_session_auth_hash(), "at": at, "next": _next(request)}
    return redirect("access:sign_in_code")


def _pending(request: HttpRequest) -> Any:
    """Whose code is awaited; nobody's when the time is over or the account has changed since."""
    pending = request.session.get(PENDING)
    if not pending or _now(request) - datetime.fromtimestamp(pending["at"], SHANGHAI) > TIME_FOR_CODE:
        return None
    user = queries.staff_member(pending["staff"])
    known = user is not None and user.is_active and constant_time_compare(pending["hash"], user.get_session_auth_hash())
    return user if known else None


@open_page
@require_http_methods(["GET", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second factor: a code of the authenticator, or a recovery code."""
    user = _pending(request)
    if user is None:
        request.session.pop(PENDING, None)
        return redirect("access:sign_in")
    form = forms.Code(request.POST or None)
    if request.method == "POST" and form.is_valid():
        lock, kind = _try_code(request, user, form.cleaned_data["code"])
        if lock is not None:
            request.session.pop(PENDING)
            return locked(request, lock)
        if kind:
            return _come_in(request, user, factor=kind)
        form.add_error("code", WRONG_CODE)
    return render(request, "access/sign_in_code.html", {"form": form}, status=422 if form.is_bound else 200)


def _try_words(request: HttpRequest, user: Any, *, code: bool = True) -> dict[str, Any]:
    """Whose try at a code (or the password) this is, from where and when."""
    return {"name": user.username, "address": _place(request, user.username), "at": _now(request), "code": code}


def _try_code(request: HttpRequest, user: Any, code: str) -> tuple[Any, str]:
    """Spend one of the tries on this code: a lock that stands in the way or follows, and what the code was."""
    words = _try_words(request, user)
    if lock := actions.begin_try(**words):
        return lock, ""
    if kind := actions.use_factor(staff=user, code=code, at=words["at"]):
        actions.forgive_tries(**words)
        return None, kind
    return _failed(request, words), ""


def attempt_with(secret: str, request: HttpRequest, form: Any, act: Callable[[], str]) -> tuple[Any, str | None]:
    """:func:`actions.attempt` for a form with the password or a code in the field ``secret``, spending one of the tries.

    A session that somebody left open, or stole, is no place to guess either. The lock that stands in the way or follows,
    and the answer.
    """
    words = _try_words(request, request.user, code=secret == "code")
    if lock := actions.begin_try(**words):
        return lock, None
    answer = actions.attempt(by=request.actor, form=form, act=act)  # type: ignore[attr-defined]
    if secret in form.errors:
        return _failed(request, words), None
    actions.forgive_tries(**words)
    return None, answer


def _failed(request: HttpRequest, words: dict[str, Any]) -> Any:
    """Write the wrong password or code down; the lock, if it was the last try."""
    return actions.note_failure(on=request.today, seen_from=request.META.get("REMOTE_ADDR") or "", **words)  # type: ignore[attr-defined]


def _come_in(request: HttpRequest, user: Any, *, factor: str = "") -> HttpResponse:
    pending = request.session.pop(PENDING, None)
    wanted = pending["next"] if pending else _next(request)
    sessions.begin(request, user, factor=factor)
    actor = queries.actor_for(user, on=request.today)  # type: ignore[attr-defined]
    if actor is not None:
        actions.note_sign_in(by=actor.with_request("", request.META.get("REMOTE_ADDR") or ""), on=request.today, factor=factor)  # type: ignore[attr-defined]
    response = redirect(sessions.first_kept(request) or wanted)
    _know_desk(request, response, user.username)
    return response


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


def _now(request: HttpRequest) -> datetime:
    return request.now  # type: ignore[attr-defined, no-any-return]


def _place(request: HttpRequest, username: str) -> str:
    marks = request.COOKIES.get(DESK_COOKIE, "")
    return queries.place_of(marks=marks, username=username, address=request.META.get("REMOTE_ADDR") or "")


def _know_desk(request: HttpRequest, response: HttpResponse, username: str) -> None:
    """Mark the browser as a desk of this person, beside the few others who sign in here."""
    marks = request.COOKIES.get(DESK_COOKIE, "")
    if not queries.desk_of(marks, username):
        mark = queries.desk_mark(get_random_string(16), username)
        marks = DESK_SEPARATOR.join([mark, *filter(None, marks.split(DESK_SEPARATOR))][:MOST_DESK_MARKS])
    response.set_cookie(DESK_COOKIE, marks, max_age=HALF_A_YEAR, httponly=True, samesite="Strict", secure=settings.SECURE_COOKIES)


def locked_out(request: HttpRequest, *args: object, **words: object) -> HttpResponse:
    """The answer of django-axes' middleware when there is no try left."""
    return locked(request, request.sign_in_lock)  # type: ignore[attr-defined]


def locked(request: HttpRequest, lock: Any) -> HttpResponse:
    """What is locked, until when, and whom to ask."""
    message = words_of_lock(LockKind(lock.kind), lock.until, lock.tries)
    return render(request, "ui/refused.html", {"message": message, "status": 429}, status=429)


@open_page
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    if actor is not None:
        actions.note_sign_out(by=actor, on=request.today)  # type: ignore[attr-defined]
    sessions.end(request)
    return redirect("access:sign_in")


@own_page
@require_safe
def stay(request: HttpRequest) -> HttpResponse:
    """Somebody works on a page without sending anything: the session is touched, and nothing else happens."""
    return HttpResponse(status=204)


@open_page
@require_safe
def no_post(request: HttpRequest) -> HttpResponse:
    """For an account whose posts nobody has granted yet."""
    user, on = request.user, request.today  # type: ignore[attr-defined]
    waiting = queries.waiting_posts_of(user, on=on) if user.is_authenticated else []  # type: ignore[arg-type]
    return render(request, "access/no_post.html", {"waiting": waiting})


@own_page
@require_POST
def choose_post(request: HttpRequest) -> HttpResponse:
    """Change to another of one's own posts; anything else is ignored by the next request."""
    wanted = request.POST.get("post", "")
    request.session["post"] = int(wanted) if wanted.isdecimal() else 0
    return redirect("/")


@own_page
@require_POST
def drop_typed(request: HttpRequest) -> HttpResponse:
    """Throw away what had been typed on a page when the session was over, and show the page empty."""
    sessions.forget_typed(request, request.POST.get("path", ""))
    return redirect(_next(request))


@own_page
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    form = forms.OwnPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            words = {"old": form.cleaned_data["old"], "new": form.cleaned_data["new"]}
            actor, staff = request.actor, request.user  # type: ignore[attr-defined]
            actions.change_own_password(by=actor, on=request.today, at=timezone.now(), staff=staff, **words)  # type: ignore[attr-defined, arg-type]
            return reverse("access:own_password") + "?done=1"

        lock, answer = attempt_with("old", request, form, act)
        if lock is not None:
            return locked(request, lock)
        if answer:
            sessions.keep_this_one(request)
            return redirect(answer)
    status = 422 if form.is_bound else 200
    words = {"form": form, "done": "done" in request.GET, "first": request.user.must_change_password}  # type: ignore[union-attr]
    return render(request, "access/own_password.html", words, status=status)
