"""Coming in and going out."""

from __future__ import annotations

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.access import actions, forms, queries
from linli.kernel.access.rules import open_page, own_page

WRONG = "用户名或密码不对，请核对后重新输入。连续输错 5 次将锁定 30 分钟。"


@open_page
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """One form; the same words whether the name or the password was wrong."""
    form = forms.SignIn(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = authenticate(request, **form.cleaned_data)
        if user is not None and getattr(request, "axes_locked_out", False) is False:
            login(request, user)
            return redirect(_next(request))
        form.add_error(None, WRONG)
    status = 422 if form.is_bound else 200
    return render(request, "access/sign_in.html", {"form": form, "next": _next(request)}, status=status)


def _next(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe else "/"


def locked_out(request: HttpRequest, credentials: dict[str, str], *args: object, **words: object) -> HttpResponse:
    """The answer while an account is locked from this address."""
    message = "连续输错密码次数过多，这个账号已从本机锁定 30 分钟。请稍后再试，或联系系统管理员。"
    return render(request, "ui/refused.html", {"message": message, "status": 429}, status=429)


@open_page
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("access:sign_in")


@open_page
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
@require_http_methods(["GET", "POST"])
def own_password(request: HttpRequest) -> HttpResponse:
    form = forms.OwnPassword(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            words = {"old": form.cleaned_data["old"], "new": form.cleaned_data["new"]}
            actor, staff = request.actor, request.user  # type: ignore[attr-defined]
            actions.change_own_password(by=actor, on=request.today, at=timezone.now(), staff=staff, **words)  # type: ignore[attr-defined, arg-type]
            return reverse("access:own_password") + "?done=1"

        if answer := actions.attempt(by=request.actor, form=form, act=act):  # type: ignore[attr-defined]
            update_session_auth_hash(request, request.user)  # type: ignore[arg-type]
            return redirect(answer)
    status = 422 if form.is_bound else 200
    words = {"form": form, "done": "done" in request.GET, "first": request.user.must_change_password}  # type: ignore[union-attr]
    return render(request, "access/own_password.html", words, status=status)
