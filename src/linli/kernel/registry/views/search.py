"""The one search box. It is sent in the body, because people type identity numbers and telephones into it.

Names, pinyin and addresses are answered at an address of their own, which may be kept and sent on. For numbers only the ids
that were found are kept, in the session, and the address names that find; the number itself is kept nowhere.
"""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode

from linli.base.text import tidy
from linli.kernel.access.actions import record_seen
from linli.kernel.access.rules import page
from linli.kernel.registry import queries
from linli.kernel.registry.rules import tells_number

LONGEST = 60
NOT_HERE = "号码不能写在网址里，已为您去掉。请在上方的查找框中输入号码查找。"


@page("registry.read")
def search(request: HttpRequest) -> HttpResponse:
    """What was typed (POST), the people whom words mean (GET q), or the people of an earlier find by number (GET found)."""
    here = reverse("registry:search")
    if request.method == "POST":
        return _typed(request, tidy(request.POST.get("q", ""))[:LONGEST], here)
    if mark := request.GET.get("found", ""):
        found = queries.kept_find(request.session, mark, request.today)
        if found is None:
            messages.warning(request, queries.GONE)
            return redirect(here)
        return _show(request, found)
    words = tidy(request.GET.get("q", ""))[:LONGEST]
    if tells_number(words):
        messages.warning(request, NOT_HERE)
        return redirect(here)
    return _answer(request, words) if words else _show(request, None)


def _typed(request: HttpRequest, words: str, here: str) -> HttpResponse:
    if not words:
        return redirect(here)
    if not tells_number(words):
        return redirect(f"{here}?{urlencode({'q': words})}")
    found = _search(request, words)
    if len(found.rows) == 1 and not found.more:
        return redirect("registry:person", found.rows[0].id)
    return redirect(f"{here}?{urlencode({'found': queries.keep_find(request.session, found)})}")


def _answer(request: HttpRequest, words: str) -> HttpResponse:
    found = _search(request, words)
    if len(found.rows) == 1 and not found.more:
        return redirect("registry:person", found.rows[0].id)
    return _show(request, found, words)


def _search(request: HttpRequest, words: str) -> queries.Found:
    """The trail keeps that somebody searched and how many were found, not the words."""
    found = queries.search(words, on=request.today)
    record_seen(by=request.actor, verb="registry.search", kind="registry.search", found=len(found.rows))
    return found


def _show(request: HttpRequest, found: queries.Found | None, words: str = "") -> HttpResponse:
    may = request.actor.may("registry.register")
    return render(request, "registry/search.html", {"words": words, "found": found, "can_register": may})
