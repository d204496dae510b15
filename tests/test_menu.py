"""The menu is written once for everybody with the same rights, and for nobody with others."""

from __future__ import annotations

import re

from linli.kernel.access.queries.permissions import rights_of
from linli.kernel.access.rules import Role
from linli.site import context

LINK = re.compile(r'<a href="([^"]+)"( aria-current="true")?>')


def test_everybody_is_shown_what_the_own_rights_open_and_nothing_else():
    for role in [*Role, *reversed(Role)]:  # the second time from memory
        rights = rights_of(role)
        mine = {item["href"] for keys, item in context._entries() if not keys or rights & set(keys)}
        assert {href for href, _ in LINK.findall(context._menu("/", rights))} == mine


def test_one_entry_is_marked_that_the_page_lies_below():
    rights = rights_of(Role.HOTLINE_OPERATOR)
    below = {"/hotline/orders/7/": ["/hotline/orders/"], "/hotline/": ["/hotline/"], "/": ["/"], "/nowhere/": []}
    for path, here in below.items():
        assert [href for href, marked in LINK.findall(context._menu(path, rights)) if marked] == here, path


def test_the_head_of_the_own_work_stands_open_and_every_home_is_a_head():
    opened = re.compile(r"<details class=\"menu-part\" open><summary>([^<]+)<")
    for role, head in context.HOMES.items():
        menu = context._menu("/", rights_of(role), role)
        assert opened.findall(menu) == [head], role
    assert opened.findall(context._menu("/", rights_of(Role.HOTLINE_OPERATOR), Role.HOTLINE_OPERATOR)) == ["热线工单"]


def test_who_may_open_nothing_has_no_menu(monkeypatch):
    monkeypatch.setattr(context, "_items", lambda permissions: [])
    assert context._menu("/", frozenset({"nobody.has_this"})) == ""
