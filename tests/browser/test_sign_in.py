"""Signing in as people see it: two factors, a lock, a lost telephone, and a form that outlives its session."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django_otp.oath import hotp

from linli.base.days import SHANGHAI
from linli.kernel.access import actions
from linli.kernel.access.models import SecondFactor, Staff
from linli.kernel.access.queries.factors import secret_of
from linli.kernel.access.rules import Role
from linli.kernel.access.rules.sign_in import SessionRules
from linli.kernel.access.samples import DISTRICT, PASSWORD, make_founders, make_staff
from linli.kernel.access.views import sessions
from linli.kernel.registry.samples import make_areas

DAY = date(2010, 12, 20)


@pytest.fixture
def office(site: str, settings: Any) -> Any:
    """A district with its administrators and a cashier."""
    settings.SECOND_FACTOR = "required"
    founders = make_founders()
    make_areas(founders[0])
    return founders, make_staff("sun", "孙复核", Role.FINANCE_CHECKER, DISTRICT, founders=founders)


def code_of(secret: bytes) -> str:
    return f"{hotp(secret, int(datetime.now(SHANGHAI).timestamp()) // 30):06d}"


def enrol(actor: Any) -> bytes:
    """A factor that was set up five minutes ago."""
    staff, at = Staff.objects.get(pk=actor.staff_id), datetime.now(SHANGHAI) - timedelta(minutes=5)
    secret = secret_of(actions.begin_factor(by=actor, on=DAY, at=at, staff=staff))
    code = f"{hotp(secret, int(at.timestamp()) // 30):06d}"
    actions.confirm_factor(by=actor, on=DAY, at=at, staff=staff, code=code, password=PASSWORD)
    return secret


def password(window: Any, username: str) -> None:
    window.go("/sign-in/")
    window.page.fill("#id_username", username)
    window.page.fill("#id_password", PASSWORD)
    window.page.click("form.narrow button")


def looked_at(window: Any, name: str) -> None:
    """The page is accessible, fits, and the browser complains of nothing."""
    window.settle()
    window.picture(name)
    assert window.faults() == [] and window.too_wide() <= 0, name
    refused = [said for said in window.said if "status of 422" not in said and "status of 429" not in said]
    assert refused == [], name


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_a_cashier_sets_the_factor_up_and_comes_in_with_it(visit: Any, office: Any, size: str) -> None:
    window = visit(size=size)
    password(window, "sun")
    assert window.page.url.endswith("/factor/")
    looked_at(window, f"factor-needed-{size}")
    window.page.click("text=开始设置")
    window.page.wait_for_selector("svg")
    looked_at(window, f"factor-begun-{size}")
    window.page.fill("#id_code", "000000")
    window.page.fill("#id_password", PASSWORD)
    window.page.click("text=启用动态口令")
    looked_at(window, f"factor-refused-{size}")
    secret = secret_of(SecondFactor.objects.get())
    window.page.fill("#id_code", code_of(secret))
    window.page.fill("#id_password", PASSWORD)
    window.page.click("text=启用动态口令")
    window.page.wait_for_selector(".codes")
    looked_at(window, f"factor-codes-{size}")
    recovery = window.page.locator(".codes code").first.inner_text()
    window.page.click("text=已留存")
    window.page.wait_for_url("**/")
    window.go("/factor/")
    looked_at(window, f"factor-own-{size}")
    window.go("/factor/codes/")
    looked_at(window, f"factor-renew-{size}")
    again = visit(size=size)
    password(again, "sun")
    looked_at(again, f"factor-code-{size}")
    again.page.fill("#id_code", "000000")
    again.page.keyboard.press("Enter")
    again.page.wait_for_selector(".faults")
    looked_at(again, f"factor-code-wrong-{size}")
    again.page.fill("#id_code", recovery.lower())
    again.page.keyboard.press("Enter")
    again.page.wait_for_selector("header .who")
    assert again.page.url.rstrip("/") == again.site


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_administrators_see_locks_and_resets_and_deal_with_them(visit: Any, office: Any, size: str, settings: Any) -> None:
    settings.SECOND_FACTOR = "offered"
    _, checker = office
    enrol(checker)
    now = datetime.now(SHANGHAI)
    for number in range(20):
        words = {"name": "sun", "address": f"10.20.{number % 4}.7", "at": now}
        if actions.begin_try(**words) is None:
            actions.note_failure(on=DAY, **words)
    for _ in range(5):
        words = {"name": "nobody", "address": "10.20.9.7", "at": now}
        if actions.begin_try(**words) is None:
            actions.note_failure(on=DAY, **words)
    window = visit(size=size)
    password(window, "sun")
    window.page.wait_for_selector(".refused")
    looked_at(window, f"lock-door-{size}")
    admin = visit("sys", size=size)
    own = f"/staff/{checker.staff_id}/"
    for name, path in (("staff", "/staff/"), ("account", own), ("ask", f"{own}factor/")):
        admin.go(path)
        looked_at(admin, f"lock-{name}-{size}")
    admin.page.fill("#id_why", "手机丢失，恢复码也不在手边")
    admin.page.click("text=提出重置")
    looked_at(admin, f"lock-asked-{size}")
    admin.go("/staff/")
    admin.page.click("text=解除 >> nth=0")
    looked_at(admin, f"lock-lift-{size}")
    security = visit("sec", size=size)
    security.go("/staff/")
    looked_at(security, f"lock-security-{size}")
    security.go(f"/staff/{checker.staff_id}/factor/grant/")
    looked_at(security, f"lock-grant-{size}")
    security.page.click("text=确认重置 >> nth=-1")
    security.page.wait_for_selector(".note-success")
    assert SecondFactor.objects.filter(ended_at=None).count() == 0


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_what_was_typed_is_there_after_signing_in_again(visit: Any, office: Any, size: str, settings: Any) -> None:
    settings.SECOND_FACTOR = "offered"
    window = visit("sys", size=size)
    window.go("/staff/new/")
    window.page.fill("#id_username", "zhao")
    window.page.fill("#id_name", "赵审核")
    for row in Session.objects.all():
        data = row.get_decoded()
        if "seen" in data:
            data["seen"] -= 31 * 60
            Session.objects.filter(pk=row.pk).update(session_data=Session.objects.encode(data))
    window.page.click("text=建立账号")
    window.page.wait_for_url("**/sign-in/**")
    looked_at(window, f"kept-door-{size}")
    window.page.fill("#id_username", "sys")
    window.page.fill("#id_password", PASSWORD)
    window.page.click("form.narrow button")
    window.page.wait_for_selector("#id_name")
    looked_at(window, f"kept-form-{size}")
    assert window.page.input_value("#id_name") == "赵审核" and window.page.input_value("#id_password") == ""
    window.page.fill("#id_password", "Linli-first-1")
    window.page.click("text=建立账号")
    window.page.wait_for_url("**/staff/*/")
    assert Staff.objects.filter(username="zhao").exists()


def test_whoever_does_nothing_is_asked_before_the_session_ends(office, visit, settings, monkeypatch):
    settings.SESSION_RULES = SessionRules(idle=timedelta(seconds=12))
    monkeypatch.setattr(sessions, "TOUCH", timedelta(0))
    window = visit("sun")
    window.go("/")
    asked = window.page.get_by_role("alertdialog", name="即将退出登录")
    asked.wait_for(timeout=9_000)
    looked_at(window, "idle")
    window.page.get_by_role("button", name="继续使用").click()
    asked.wait_for(state="hidden")
    window.page.wait_for_timeout(4_000)
    window.go("/password/")
    assert window.page.url.endswith("/password/"), "the session went on"
    window.page.get_by_role("alertdialog", name="已退出登录").wait_for(timeout=16_000)
    window.picture("idle_over")
    window.go("/password/")
    assert "/sign-in/" in window.page.url


def test_whoever_types_for_long_stays_signed_in(office, visit, settings, monkeypatch):
    settings.SESSION_RULES = SessionRules(idle=timedelta(seconds=6))
    monkeypatch.setattr(sessions, "TOUCH", timedelta(0))
    window = visit("sun")
    window.go("/password/")
    for _ in range(12):
        window.page.keyboard.press("Tab")
        window.page.wait_for_timeout(750)
    assert not window.page.get_by_role("alertdialog").is_visible()
    window.go("/password/")
    assert window.page.url.endswith("/password/")
