"""Accounts and posts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from linli.kernel.access import actions, forms, queries
from linli.kernel.access.rules import Role, page


@page("access.see_staff")
def staff(request: HttpRequest) -> HttpResponse:
    words = {name: request.GET.get(name, "").strip() for name in ("words", "role", "active")}
    found = queries.staff_list(by=request.actor, **words)  # type: ignore[attr-defined]
    waiting = queries.posts_waiting(by=request.actor)  # type: ignore[attr-defined]
    return render(request, "access/staff.html", {"staff": found[:200], "waiting": waiting, "words": words, "roles": Role})


@page("access.manage_staff")
@require_http_methods(["GET", "POST"])
def new_staff(request: HttpRequest) -> HttpResponse:
    form = forms.NewStaff(request.POST or None)
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            made = actions.create_staff(by=request.actor, on=request.today, **form.cleaned_data)  # type: ignore[attr-defined]
            return reverse("access:staff_page", args=[made.pk])

        if answer := actions.attempt(by=request.actor, form=form, act=act):  # type: ignore[attr-defined]
            return redirect(answer)
    status = 422 if form.is_bound else 200
    return render(request, "access/new_staff.html", {"form": form}, status=status)


@page("access.see_staff")
@require_http_methods(["GET", "POST"])
def staff_page_(request: HttpRequest, staff_id: int) -> HttpResponse:
    """One account with its posts; the system administrator adds posts here."""
    actor = request.actor  # type: ignore[attr-defined]
    person = queries.staff_list(by=actor).filter(pk=staff_id).first()
    if person is None:
        raise Http404
    form = forms.NewPost(request.POST or None, initial={"since": request.today})  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():

        def act() -> str:
            words = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
            actions.create_post(by=actor, on=request.today, staff=person, **words)  # type: ignore[attr-defined]
            return reverse("access:staff_page", args=[person.pk])

        if answer := actions.attempt(by=actor, form=form, act=act):
            return redirect(answer)
    posts = person.posts.select_related("made_by", "granted_by").order_by("-since", "-id")
    status = 422 if form.is_bound else 200
    return render(request, "access/staff_page.html", {"person": person, "posts": posts, "form": form}, status=status)


@page("access.grant_post")
@require_POST
def grant(request: HttpRequest, post_id: int) -> HttpResponse:
    post = queries.post_in_area(by=request.actor, post_id=post_id)  # type: ignore[attr-defined]
    actions.grant_post(by=request.actor, on=request.today, post=post)  # type: ignore[attr-defined]
    return redirect("access:staff_page", post.staff_id)


@page("access.end_post")
@require_POST
def end(request: HttpRequest, post_id: int) -> HttpResponse:
    post = queries.post_in_area(by=request.actor, post_id=post_id)  # type: ignore[attr-defined]
    actions.end_post(by=request.actor, on=request.today, post=post)  # type: ignore[attr-defined]
    return redirect("access:staff_page", post.staff_id)
