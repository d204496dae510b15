"""A form that outlives its session, on every page of the house: shown to its owner, and nothing else happens."""

from __future__ import annotations

from datetime import datetime

import pytest

from linli.base.days import SHANGHAI
from linli.kernel.access.actions import keep_form
from linli.kernel.access.models import KeptForm, Staff
from linli.kernel.access.rules.sign_in import FACTOR_ROLES
from linli.kernel.access.samples import PASSWORD
from tests.test_attacks import everything, real_addresses
from tests.test_doors import example, guarded, people, personas, signed_in  # noqa: F401

EVERYTHING = {
    "_key": ["k"], "act": ["agree", "pass"], "opinion": ["同意"], "why": ["写了很久的理由"], "purpose": ["核对"],
    "reason": ["写错"],
    "amount": ["500"], "day": ["2010-12-20"], "name": ["张三"], "kind": ["person"], "ids": ["1", "2"], "confirm": ["on"],
}  # fmt: skip


BY_NIGHT = [pytest.param(name, marks=pytest.mark.nightly) for name in ("zhao", "qian")]


@pytest.mark.parametrize("username", ["li", "sys", *BY_NIGHT])
def test_showing_what_was_typed_does_nothing_on_any_page(world, username):
    client = signed_in(username)
    client.get("/")
    session = client.session
    session["kept"] = "k"
    session.save()
    staff, now, before, shown = Staff.objects.get(username=username), datetime.now(SHANGHAI), everything(), 0
    for address in real_addresses():
        keep_form(key="k", staff_id=staff.pk, path=address, fields=EVERYTHING, files=1, at=now)
        answer = client.get(address)
        assert answer.status_code < 500, address
        if answer["Content-Type"].startswith("text/html"):
            shown += "还没有提交" in answer.content.decode()
        else:
            assert "spreadsheet" not in answer["Content-Type"], address
    assert shown >= 2, "the pages that this person may open show it"
    after = everything()
    assert {name for name, digest in after.items() if digest != before[name]} == {"access.KeptForm"}
    assert KeptForm.objects.count() == 10


def test_what_took_ten_minutes_to_write_survives_the_lunch_break(world):
    """As the worker meets it: the session is over, she signs in again, checks, and goes on."""
    client = signed_in("li")
    address = "/people/new/"
    page = client.get(address)
    key = page.content.decode().split('name="_key" value="')[1].split('"')[0]
    session = client.session
    session["seen"] -= 31 * 60
    session.save()
    typed = {"_key": key, "name": "欧阳未到", "address": "坛山街道某某路 1 号"}
    answer = client.post(address, typed)
    assert answer["Location"] == f"/sign-in/?next={address}"
    assert client.post("/sign-in/", {"username": "li", "password": PASSWORD, "next": "/"})["Location"] == address
    text = client.get(address).content.decode()
    assert 'value="欧阳未到"' in text and "这是登录退出前填写的内容" in text


@pytest.mark.parametrize("role", sorted(FACTOR_ROLES))
def test_where_the_second_factor_is_demanded_no_page_opens_without_it(people, role, settings):  # noqa: F811
    settings.SECOND_FACTOR = "required"
    client = signed_in(people[role])
    for route, pattern in guarded():
        if pattern.callback.door.while_password_is_new:
            continue
        for call in (client.get, client.post):
            answer = call(example(route, pattern))
            assert answer.status_code == 302 and answer["Location"] == "/factor/", route
