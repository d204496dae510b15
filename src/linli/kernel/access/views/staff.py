"""Accounts and posts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from linli.kernel.access import actions, forms, queries
from linli.kernel.access.rules import Role, page
from linli.kernel.access.views.locks import grouped
from linli.kernel.ui.forms import Confirm
from linli.kernel.ui.queries import Listing, area_name, area_names
from linli.kernel.ui.rules import Badge, Column, Fact, Tone


def state_of(post: Any, on: date) -> Badge:
    """How a post stands on this day."""
    if post.until and post.until <= on:
        return Badge("已结束")
    if post.granted_by_id is None:
        return Badge("待授权", Tone.WARN)
    return Badge("未开始") if post.since > on else Badge("在任", Tone.GOOD)


def _columns(on: date) -> tuple[Column, ...]:
    def posts(person: Any) -> str:
        running = [post for post in person.posts.all() if not (post.until and post.until <= on)]
        return "；".join(
            f"{area_name(post.at)} {Role(post.role).zh}{'' if post.granted_by_id else '（待授权）'}" for post in running
        )

    return (
        Column("username", "用户名", kind="code", sort=True, link=lambda person: reverse("access:staff_page", args=[person.pk])),
        Column("name", "姓名", sort=True),
        Column("posts", "现任岗位", value=posts, codes=lambda person: [post.at for post in person.posts.all()]),
        Column("active", "账号", kind="state", value=lambda one: Badge("启用", Tone.GOOD) if one.is_active else Badge("停用")),
        Column("changed", "改密时间", kind="day", value="password_changed_at", sort="password_changed_at", minor=True),
    )


@page("access.see_staff")
@require_http_methods(["GET", "POST"])
def staff(request: HttpRequest) -> HttpResponse:
    actor, on = request.actor, request.today  # type: ignore[attr-defined]

    def record(purpose: str, count: int) -> None:
        actions.record_seen(by=actor, verb="access.see_staff", kind="access.staff", purpose=purpose, exported=count)

    listing = Listing(
        request, rows=lambda words: queries.staff_list(by=actor, **words), columns=_columns(on), filters=forms.StaffSearch,
        title="账号与岗位", noun="个", export=record,
    )  # fmt: skip
    words = {"waiting": queries.posts_waiting(by=actor, on=on), "resets": queries.resets_waiting(by=actor)}
    words["locks"] = grouped(queries.running_locks(by=actor, at=request.now))  # type: ignore[attr-defined]
    return listing.response("access/staff.html", words)


@page("access.manage_staff")
@require_http_methods(["GET", "POST"])
def new_staff(request: HttpRequest) -> HttpResponse:
    form = forms.NewStaff(request.POST or None)

    def act() -> str:
        made = actions.create_staff(by=request.actor, on=request.today, **form.cleaned_data)  # type: ignore[attr-defined]
        return reverse("access:staff_page", args=[made.pk])

    said = "账号已建立。请接着添加岗位；岗位经安全管理员授权后生效。"
    if (answer := actions.handle(request, form, act, said=said)) is not None:
        return answer
    status = 422 if form.is_bound else 200
    return render(request, "access/new_staff.html", {"form": form}, status=status)


def person_here(request: HttpRequest, staff_id: int) -> Any:
    """The account with this id, if the actor may see it."""
    person = queries.staff_list(by=request.actor).filter(pk=staff_id).first()  # type: ignore[attr-defined]
    if person is None:
        raise Http404
    return person


@page("access.see_staff")
@require_http_methods(["GET", "POST"])
def staff_page_(request: HttpRequest, staff_id: int) -> HttpResponse:
    """One account with its posts; the system administrator adds posts here."""
    actor, on = request.actor, request.today  # type: ignore[attr-defined]
    person = person_here(request, staff_id)
    form = None
    if actor.may("access.manage_staff"):
        form = forms.NewPost(request.POST or None, initial={"since": on}, scope=actor.scope)

    def act() -> str:
        assert form is not None
        words = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        actions.create_post(by=actor, on=on, staff=person, **words)
        return reverse("access:staff_page", args=[person.pk])

    said = "岗位已添加，待安全管理员授权。"
    if form is not None and (answer := actions.handle(request, form, act, said=said)) is not None:
        return answer
    posts = list(person.posts.select_related("made_by", "granted_by").order_by("-since", "-id"))
    area_names({post.at for post in posts})
    note, factor = "首次登录须改密码" if person.must_change_password else "", queries.factor_of(person)
    words = {
        "person": person,
        "posts": [(post, state_of(post, on)) for post in posts],
        "form": form,
        "facts": [
            Fact("用户名", person.username, "code"),
            Fact("姓名", person.name),
            Fact("手机", person.phone),
            Fact("账号", Badge("启用", Tone.GOOD) if person.is_active else Badge("停用", Tone.WARN)),
            Fact("建立时间", person.created_at, "moment"),
            Fact("最近改密", person.password_changed_at, "moment", note=note),
            Fact("动态口令", Badge("已启用", Tone.GOOD) if factor else Badge("未启用")),
        ],
        "factor": factor,
        "reset": queries.open_reset_of(person),
        "own": person.pk == actor.staff_id,
        "locks": grouped(queries.running_locks(by=actor, at=request.now).filter(staff=person)),  # type: ignore[attr-defined]
    }
    return render(request, "access/staff_page.html", words, status=422 if form is not None and form.is_bound else 200)


def confirmed(request: HttpRequest, person: Any, act: Callable[[], Any], said: str, words: dict[str, Any]) -> HttpResponse:
    """Show what will happen; do it once when that is confirmed, and go back to the account."""
    form = words.pop("form", None) or Confirm(request.POST or None)
    back = reverse("access:staff_page", args=[person.pk])

    def once() -> str:
        act()
        return back

    if (answer := actions.handle(request, form, once, said=said)) is not None:
        return answer
    status = 422 if form.is_bound else 200
    return render(request, "access/confirm.html", {"form": form, "person": person, "back": back, **words}, status=status)


def _post_facts(post: Any) -> list[Fact]:
    made = post.made_by.name if post.made_by else ""
    return [
        Fact("姓名", f"{post.staff.name}（{post.staff.username}）"),
        Fact("岗位", f"{area_name(post.at)} {Role(post.role).zh}"),
        Fact("任职自", post.since, "day"),
        Fact("任职至（不含）", post.until, "day"),
        Fact("建立人", made),
    ]


@page("access.grant_post")
@require_http_methods(["GET", "POST"])
def grant(request: HttpRequest, post_id: int) -> HttpResponse:
    actor, on = request.actor, request.today  # type: ignore[attr-defined]
    post = queries.post_in_area(by=actor, post_id=post_id)
    words = {"title": "授权岗位", "submit": "授权", "facts": _post_facts(post), "note": "授权后，这个岗位立即生效。"}
    return confirmed(request, post.staff, lambda: actions.grant_post(by=actor, on=on, post=post), "岗位已授权。", words)


@page("access.end_post")
@require_http_methods(["GET", "POST"])
def end(request: HttpRequest, post_id: int) -> HttpResponse:
    actor, on = request.actor, request.today  # type: ignore[attr-defined]
    post = queries.post_in_area(by=actor, post_id=post_id)
    note = "自今日起结束，不能恢复；需要时另行添加岗位。正在办理的事项留在原处，由接任者继续。"
    words = {"title": "结束岗位", "submit": "结束岗位", "facts": _post_facts(post), "note": note, "grave": True}
    return confirmed(request, post.staff, lambda: actions.end_post(by=actor, on=on, post=post), "岗位已结束。", words)


@page("access.manage_staff")
@require_http_methods(["GET", "POST"])
def active(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Switch an account off, or on again."""
    actor, on = request.actor, request.today  # type: ignore[attr-defined]
    person = person_here(request, staff_id)
    verb = "停用" if person.is_active else "启用"
    note = "停用后，此人的下一次操作即被拒绝；岗位和记录都保留。" if person.is_active else "启用后，此人可凭原密码登录。"
    words = {"title": f"{verb}账号", "submit": f"{verb}账号", "note": note, "grave": person.is_active}
    words["facts"] = [Fact("姓名", f"{person.name}（{person.username}）")]
    form = forms.Switch(request.POST or None, initial={"active": "no" if person.is_active else "yes"})

    def act() -> None:
        actions.set_staff_active(by=actor, on=on, staff=person, active=form.cleaned_data["active"] == "yes")

    return confirmed(request, person, act, f"账号已{verb}。", words | {"form": form})


@page("access.manage_staff")
@require_http_methods(["GET", "POST"])
def first_password(request: HttpRequest, staff_id: int) -> HttpResponse:
    """Give a first password again."""
    actor, on = request.actor, request.today  # type: ignore[attr-defined]
    person, back = person_here(request, staff_id), reverse("access:staff_page", args=[staff_id])
    form = forms.FirstPassword(request.POST or None)

    def act() -> str:
        actions.set_password(by=actor, on=on, staff=person, password=form.cleaned_data["password"])
        return back

    said = "初始密码已重设，请当面告知本人；首次登录须修改。"
    if (answer := actions.handle(request, form, act, said=said)) is not None:
        return answer
    words = {"form": form, "person": person, "back": back}
    return render(request, "access/first_password.html", words, status=422 if form.is_bound else 200)
