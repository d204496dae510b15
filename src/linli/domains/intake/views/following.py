"""The way of a request, by number and telephone or code: progress, additions, the answer to the call back."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from linli.domains.intake import actions, forms, queries
from linli.domains.intake.actions.sending import NOT_FOUND
from linli.domains.intake.rules import PostKind, counted
from linli.domains.intake.views.asking import picture_in
from linli.kernel.access.rules import Refused, public_page
from linli.kernel.publicity.actions import address_of, may_look_up
from linli.kernel.publicity.queries import way_of
from linli.kernel.ui.queries import moment


def _turn(request: HttpRequest, form: Any) -> bool:
    return may_look_up(request, form, page="intake.progress", number=counted(form.cleaned_data["number"]))


@public_page
@require_http_methods(["GET", "HEAD", "POST"])
def progress(request: HttpRequest) -> HttpResponse:
    """Both travel in the body; nothing tells a wrong number from a wrong telephone, and nothing can be listed."""
    form = forms.LookUp(request.POST or None)
    shown = way = None
    if form.is_bound and form.is_valid() and _turn(request, form):
        given = form.cleaned_data["number"], form.cleaned_data["secret"]
        shown = queries.progress(*given)
        way = None if shown else way_of(*given)
        if shown is None and way is None:
            form.add_error(None, NOT_FOUND)
    known = form.cleaned_data if shown else {}
    words = {
        "form": form, "shown": shown, "way": way,
        "became": queries.progress_of(way.order) if way and way.order else None,
        "more": forms.AddWords(initial=known) if shown and shown.may_add else None,
        "grading": forms.GradeOrder(initial=known) if shown and shown.may_grade else None,
    }  # fmt: skip
    return render(request, "intake/progress.html", words, status=422 if form.is_bound and not (shown or way) else 200)


def _added(request: HttpRequest, form: Any, kind: PostKind, said: str, name: str) -> HttpResponse:
    """What was added, or the form again with what was typed."""
    if form.is_valid() and _turn(request, form):
        given = dict(form.cleaned_data)
        number, secret, _ = given.pop("number"), given.pop("secret"), given.pop("picture", None)
        if kind is PostKind.GRADE:
            given["solved"] = given["solved"] == "yes"
        try:
            actions.add(
                at=moment(request), address=address_of(request), number=number, secret=secret, kind=kind, words=given,
                picture=picture_in(form),
            )  # fmt: skip
            return render(request, "intake/progress.html", {"form": forms.LookUp(), "thanked": said})
        except Refused as fault:
            form.add_error(None, fault.message)
    return render(request, "intake/progress.html", {"form": forms.LookUp(), name: form, "again": True}, status=422)


@public_page
@require_POST
def add(request: HttpRequest) -> HttpResponse:
    said = "已收到您的补充，办理人员会看到。"
    return _added(request, forms.AddWords(request.POST, request.FILES), PostKind.MORE, said, "more")


@public_page
@require_POST
def grade(request: HttpRequest) -> HttpResponse:
    said = "谢谢您的评价。没有解决或不满意的，会重新办理。"
    return _added(request, forms.GradeOrder(request.POST), PostKind.GRADE, said, "grading")
