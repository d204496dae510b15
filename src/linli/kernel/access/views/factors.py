"""The second factor: one's own, and a colleague's that was lost."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.access import actions, forms, queries
from linli.kernel.access.rules import FactorMode, own_page, page
from linli.kernel.access.views import sessions
from linli.kernel.access.views.sign_in import attempt_with, locked
from linli.kernel.access.views.staff import confirmed, person_here
from linli.kernel.ui.forms import Confirm
from linli.kernel.ui.rules import Fact


def picture_of(address: str) -> SafeString:
    """The QR picture of an address, as SVG within the page: nothing is asked of anybody else's server."""
    import segno

    drawn = segno.make(address, error="m").svg_inline(omitsize=True, border=4, light="#fff", dark="#000", title="动态口令二维码")
    return mark_safe(drawn)  # drawn from the address's dots alone, none of its text is in it


@own_page
@require_http_methods(["GET", "POST"])
def own_factor(request: HttpRequest) -> HttpResponse:
    """How one's second factor stands; a new one is set up here in two steps."""
    staff, now = request.user, request.now  # type: ignore[attr-defined]
    begun = queries.factor_begun(staff, at=now)  # type: ignore[arg-type]
    form = forms.NewFactor(request.POST or None) if begun or request.method == "POST" else None
    codes: list[str] = []
    if form is not None and request.method == "POST" and form.is_valid():

        def act() -> str:
            words = {"code": form.cleaned_data["code"], "password": form.cleaned_data["password"]}
            codes.extend(actions.confirm_factor(by=request.actor, on=request.today, at=now, staff=staff, **words))  # type: ignore[attr-defined, arg-type]
            return reverse("access:own_factor")

        lock, answer = attempt_with("password", request, form, act)
        if lock is not None:
            return locked(request, lock)
        if answer:
            if not codes:  # a second click: they were shown to the first
                return redirect(answer)
            sessions.keep_this_one(request)
            request.session[sessions.FACTOR] = "totp"
            return _codes(request, codes)
    words: dict[str, Any] = {"form": form, "begun": begun, "start": Confirm()}
    words["demanded"] = queries.must_have_factor(staff, on=request.today)  # type: ignore[attr-defined, arg-type]
    words["only_offered"] = queries.factor_mode() is FactorMode.OFFERED
    if begun:
        words["secret"] = queries.typed_secret(begun)
        words["picture"] = picture_of(queries.address_of_secret(begun, staff.username))  # type: ignore[union-attr]
    if factor := queries.factor_of(staff):  # type: ignore[arg-type]
        left = queries.codes_left(factor)
        words["facts"] = [Fact("启用时间", factor.confirmed_at, "moment"), Fact("未用的恢复码", f"{left} 个")]
        words |= {"factor": factor, "few": left <= 3}
    return render(request, "access/own_factor.html", words, status=422 if form is not None and form.is_bound else 200)


def _codes(request: HttpRequest, codes: list[str], *, renewed: bool = False) -> HttpResponse:
    return render(request, "access/recovery_codes.html", {"codes": codes, "renewed": renewed})


@own_page
@require_POST
def begin_factor(request: HttpRequest) -> HttpResponse:
    """The first step: a new secret."""
    form = Confirm(request.POST)

    def act() -> str:
        actions.begin_factor(by=request.actor, on=request.today, at=request.now, staff=request.user)  # type: ignore[attr-defined, arg-type]
        return reverse("access:own_factor")

    form.is_valid()
    return redirect(actions.attempt(by=request.actor, form=form, act=act) or "access:own_factor")  # type: ignore[attr-defined]


@own_page
@require_http_methods(["GET", "POST"])
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New recovery codes, for a code of the authenticator."""
    form = forms.OwnCode(request.POST or None)
    if request.method == "POST" and form.is_valid():
        codes: list[str] = []

        def act() -> str:
            words = {"staff": request.user, "code": form.cleaned_data["code"]}
            codes.extend(actions.renew_recovery_codes(by=request.actor, on=request.today, at=request.now, **words))  # type: ignore[attr-defined]
            return reverse("access:own_factor")

        lock, answer = attempt_with("code", request, form, act)
        if lock is not None:
            return locked(request, lock)
        if answer:
            return _codes(request, codes, renewed=True) if codes else redirect(answer)
    return render(request, "access/renew_codes.html", {"form": form}, status=422 if form.is_bound else 200)


@page("access.ask_factor_reset")
@require_http_methods(["GET", "POST"])
def ask_reset(request: HttpRequest, staff_id: int) -> HttpResponse:
    """The system administrator asks that a colleague's factor ends."""
    actor, on, now = request.actor, request.today, request.now  # type: ignore[attr-defined]
    person = person_here(request, staff_id)
    back = reverse("access:staff_page", args=[staff_id])
    form = forms.AskReset(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            actions.ask_factor_reset(by=actor, on=on, at=now, staff=person, why=form.cleaned_data["why"])
            return back

        if answer := actions.attempt(by=actor, form=form, act=act):
            messages.success(request, "重置已提出，待安全管理员确认后生效。")
            return redirect(answer)
    words = {"form": form, "person": person, "back": back}
    return render(request, "access/ask_reset.html", words, status=422 if form.is_bound else 200)


@page("access.ask_factor_reset")
@require_http_methods(["GET", "POST"])
def drop_reset(request: HttpRequest, staff_id: int) -> HttpResponse:
    """The system administrator takes it back: a page of its own, so that asking twice never takes back."""
    actor, on, now = request.actor, request.today, request.now  # type: ignore[attr-defined]
    person = person_here(request, staff_id)
    waiting = queries.open_reset_of(person)
    if waiting is None:
        messages.success(request, "此人没有待确认的重置。")
        return redirect("access:staff_page", person.pk)
    words = {"title": "撤回动态口令重置", "submit": "撤回", "facts": reset_facts(waiting)}
    words["note"] = "撤回后，原动态口令照常使用。"

    def drop() -> None:
        actions.drop_factor_reset(by=actor, on=on, at=now, reset=waiting)

    return confirmed(request, person, drop, "重置已撤回。", words)


def reset_facts(reset: Any) -> list[Fact]:
    """What both administrators see of a reset."""
    return [
        Fact("姓名", f"{reset.staff.name}（{reset.staff.username}）"),
        Fact("原因", reset.why),
        Fact("提出人", reset.asked_by.name),
        Fact("提出时间", reset.asked_at, "moment"),
    ]


@page("access.grant_factor_reset")
@require_http_methods(["GET", "POST"])
def grant_reset(request: HttpRequest, staff_id: int) -> HttpResponse:
    """The security administrator confirms."""
    actor, on, now = request.actor, request.today, request.now  # type: ignore[attr-defined]
    person = person_here(request, staff_id)
    waiting = queries.open_reset_of(person)
    if waiting is None:
        messages.success(request, "此人没有待确认的重置。")
        return redirect("access:staff_page", person.pk)
    note = "请先当面或通过电话核实是本人丢失了手机。确认后，此人的动态口令和恢复码作废，各处登录一并退出；下次登录须重新设置。"
    words = {"title": "确认重置动态口令", "submit": "确认重置", "facts": reset_facts(waiting), "note": note, "grave": True}

    def grant() -> None:
        actions.grant_factor_reset(by=actor, on=on, at=now, reset=waiting)

    return confirmed(request, person, grant, "动态口令已重置。", words)
