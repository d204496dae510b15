"""The second factor through the doors: signing in with it, setting it up, and losing it."""

from __future__ import annotations

import base64
import re
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django_otp.oath import hotp

from linli.base.areas import WHOLE
from linli.base.days import SHANGHAI
from linli.kernel.access import actions
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine, SecondFactor, SignInLock, Staff
from linli.kernel.access.queries.factors import secret_of
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, PASSWORD, make_founders, make_staff

DAY = date(2010, 12, 20)


@pytest.fixture(autouse=True)
def office(settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    settings.SECOND_FACTOR = "required"


@pytest.fixture
def founders(db):
    return make_founders()


@pytest.fixture
def checker(founders):
    return make_staff("sun", "孙复核", Role.FINANCE_CHECKER, DISTRICT, founders=founders)


def browser() -> Client:
    return Client(HTTP_HOST="127.0.0.1")


def code_now(secret: bytes, steps: int = 0) -> str:
    return f"{hotp(secret, int(datetime.now(SHANGHAI).timestamp()) // 30 + steps):06d}"


def enrol(actor) -> tuple[bytes, list[str]]:
    """A factor that was set up five minutes ago."""
    staff, at = Staff.objects.get(pk=actor.staff_id), datetime.now(SHANGHAI) - timedelta(minutes=5)
    secret = secret_of(actions.begin_factor(by=actor, on=DAY, at=at, staff=staff))
    code = f"{hotp(secret, int(at.timestamp()) // 30):06d}"
    return secret, actions.confirm_factor(by=actor, on=DAY, at=at, staff=staff, code=code, password=PASSWORD)


def password(client: Client, username: str, typed: str = PASSWORD, **words):
    return client.post("/sign-in/", {"username": username, "password": typed, **words})


def key_of(answer) -> str:
    return re.findall(r'name="_key" value="([^"]+)"', answer.content.decode())[-1]


def test_password_and_code_together_open_the_office(checker):
    secret, _ = enrol(checker)
    client = browser()
    answer = password(client, "sun", next="/password/")
    assert answer["Location"] == "/sign-in/code/"
    for path in ("/", "/password/", "/factor/"):
        assert client.get(path)["Location"] == f"/sign-in/?next={path}", "the password alone opens nothing"
    before = client.session.session_key
    answer = client.post("/sign-in/code/", {"code": code_now(secret)})
    assert answer["Location"] == "/password/" and client.get("/").status_code == 200
    assert client.session.session_key != before
    with scoped(WHOLE):
        assert AuditLine.objects.get(verb="access.sign_in").facts["factor"] == "totp"


def test_a_wrong_password_never_reaches_the_code(checker):
    enrol(checker)
    client = browser()
    assert password(client, "sun", "wrong").status_code == 422
    assert client.get("/sign-in/code/")["Location"] == "/sign-in/"
    assert client.post("/sign-in/code/", {"code": "123456"})["Location"] == "/sign-in/"


@pytest.mark.parametrize("typed", ["000000", "12", "abc", "AAAAA-AAAAA", "' or 1=1", "999999999999"])
def test_a_wrong_code_is_told_and_opens_nothing(checker, typed):
    enrol(checker)
    client = browser()
    password(client, "sun")
    answer = client.post("/sign-in/code/", {"code": typed})
    assert answer.status_code == 422 and "动态口令或恢复码不对" in answer.content.decode()
    assert client.get("/")["Location"].startswith("/sign-in/")


def test_a_code_seen_over_the_shoulder_does_not_open_a_second_time(checker):
    secret, _ = enrol(checker)
    first, second, code = browser(), browser(), code_now(secret)
    for client in (first, second):
        password(client, "sun")
    assert first.post("/sign-in/code/", {"code": code}).status_code == 302
    assert second.post("/sign-in/code/", {"code": code}).status_code == 422


def test_a_recovery_code_opens_once_through_the_door(checker):
    _, codes = enrol(checker)
    client = browser()
    password(client, "sun")
    assert client.post("/sign-in/code/", {"code": codes[0]}).status_code == 302
    other = browser()
    password(other, "sun")
    assert other.post("/sign-in/code/", {"code": codes[0]}).status_code == 422
    with scoped(WHOLE):
        assert AuditLine.objects.get(verb="access.sign_in", outcome="done").facts["factor"] == "recovery"


def test_five_wrong_codes_lock_the_account_also_for_the_right_one(checker):
    secret, _ = enrol(checker)
    client = browser()
    password(client, "sun")
    answers = [client.post("/sign-in/code/", {"code": "000000"}).status_code for _ in range(5)]
    assert answers == [422] * 4 + [429]
    again = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="10.9.9.9")
    password(again, "sun")
    answer = again.post("/sign-in/code/", {"code": code_now(secret)})
    assert answer.status_code == 429 and "动态口令 5 次" in answer.content.decode()
    assert SignInLock.objects.get().kind == "code"
    with scoped(WHOLE):
        failed = AuditLine.objects.filter(verb="access.sign_in", outcome="refused")
        assert [line.facts["why"] for line in failed] == ["动态口令不对"] * 5 and failed[0].address == "127.0.0.1"


def test_the_code_is_awaited_for_five_minutes(checker):
    secret, _ = enrol(checker)
    client = browser()
    password(client, "sun")
    session = client.session
    session["pending"] = session["pending"] | {"at": session["pending"]["at"] - 301}
    session.save()
    assert client.post("/sign-in/code/", {"code": code_now(secret)})["Location"] == "/sign-in/"
    assert client.get("/")["Location"].startswith("/sign-in/")


@pytest.mark.parametrize("change", ["password", "off", "tampered"])
def test_what_changes_in_between_ends_the_waiting(checker, founders, change):
    secret, _ = enrol(checker)
    client = browser()
    password(client, "sun")
    staff = Staff.objects.get(username="sun")
    if change == "password":
        actions.set_password(by=founders[0], on=DAY, staff=staff, password="Linli-other-1")
    elif change == "off":
        Staff.objects.filter(pk=staff.pk).update(is_active=False)
    else:
        session = client.session
        session["pending"] = session["pending"] | {"staff": founders[0].staff_id}
        session.save()
    assert client.post("/sign-in/code/", {"code": code_now(secret)})["Location"] == "/sign-in/"


def test_who_must_have_a_factor_sets_it_up_before_anything_else(checker):
    client = browser()
    assert password(client, "sun").status_code == 302
    for path in ("/", "/design/"):
        assert client.get(path)["Location"] == "/factor/"
    page = client.get("/factor/")
    assert "请先完成设置" in page.content.decode() and "<svg" not in page.content.decode()
    client.post("/factor/begin/", {"_key": key_of(page)})
    page = client.get("/factor/").content.decode()
    begun = SecondFactor.objects.get(confirmed_at=None)
    assert "<svg" in page and " style=" not in page
    shown = re.search(r"<dt>密钥</dt><dd><code>([A-Z2-7 ]+)</code>", page)[1]
    assert base64.b32decode(shown.replace(" ", "")) == secret_of(begun)

    words = {"_key": re.findall(r'name="_key" value="([^"]+)"', page)[-1], "code": code_now(secret_of(begun))}
    refused = client.post("/factor/", words | {"password": "wrong"})
    assert refused.status_code == 422 and "密码不对" in refused.content.decode() and "<svg" in refused.content.decode()
    words["_key"] = key_of(refused)
    answer = client.post("/factor/", words | {"password": PASSWORD})
    codes = re.findall(r"<code>([A-Z2-9]{5}-[A-Z2-9]{5})</code>", answer.content.decode())
    assert answer.status_code == 200 and len(codes) == 10
    assert client.get("/").status_code == 200
    again = client.post("/factor/", words | {"password": PASSWORD})
    assert again.status_code == 302, "the codes are shown once"
    page = client.get("/factor/").content.decode()
    assert "动态口令已启用" in page and shown not in page and codes[0] not in page and "<svg" not in page
    assert password(browser(), "sun")["Location"] == "/sign-in/code/"


def test_the_password_is_not_guessed_while_setting_up(checker):
    client = browser()
    password(client, "sun")
    client.post("/factor/begin/", {"_key": key_of(client.get("/factor/"))})
    words = {"code": code_now(secret_of(SecondFactor.objects.get())), "password": "wrong"}
    answers = [client.post("/factor/", words | {"_key": f"k{n}"}).status_code for n in range(5)]
    assert answers == [422] * 4 + [429]


def test_setting_up_ends_the_other_sessions(checker, settings):
    settings.SECOND_FACTOR = "offered"
    here, elsewhere = browser(), browser()
    for client in (here, elsewhere):
        password(client, "sun")
        assert client.get("/").status_code == 200
    here.post("/factor/begin/", {"_key": key_of(here.get("/factor/"))})
    secret = secret_of(SecondFactor.objects.get())
    words = {"_key": key_of(here.get("/factor/")), "code": code_now(secret), "password": PASSWORD}
    assert here.post("/factor/", words).status_code == 200
    assert here.get("/").status_code == 200
    assert elsewhere.get("/")["Location"].startswith("/sign-in/")


def test_a_session_without_the_factor_of_its_account_is_ended(checker):
    """However it was made: a granted post that demands the factor makes the password alone too little."""
    enrol(checker)
    client = browser()
    client.force_login(Staff.objects.get(username="sun"), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/")["Location"] == "/sign-in/?next=/"
    assert "_auth_user_id" not in client.session


def test_where_it_is_only_offered_nobody_is_held_up_and_the_page_says_so(checker, settings):
    settings.SECOND_FACTOR = "offered"
    client = browser()
    assert "不强制使用动态口令（演示设置）" in client.get("/sign-in/").content.decode()
    password(client, "sun")
    assert client.get("/").status_code == 200
    assert "不强制使用动态口令（演示设置）" in client.get("/factor/").content.decode()


def test_which_roles_must_have_it_is_a_setting(checker, founders, settings):
    settings.SECOND_FACTOR_ROLES = frozenset({"leader"})
    client = browser()
    password(client, "sun")
    assert client.get("/").status_code == 200
    make_staff("qin", "秦领导", Role.LEADER, DISTRICT, founders=founders)
    client = browser()
    password(client, "qin")
    assert client.get("/")["Location"] == "/factor/"


def test_new_recovery_codes_are_shown_once_for_a_code_and_tries_are_counted(checker):
    secret, old = enrol(checker)
    client = browser()
    password(client, "sun")
    client.post("/sign-in/code/", {"code": old[0]})
    page = client.get("/factor/codes/")
    assert client.post("/factor/codes/", {"_key": key_of(page), "code": old[1]}).status_code == 422, "a recovery code will not do"
    words = {"_key": key_of(page), "code": code_now(secret)}
    codes = re.findall(r"<code>([A-Z2-9-]{11})</code>", client.post("/factor/codes/", words).content.decode())
    assert len(codes) == 10 and client.post("/factor/codes/", words).status_code == 302
    for number in range(5):
        answer = client.post("/factor/codes/", {"_key": f"k{number}", "code": "000000"})
    assert answer.status_code == 429


def signed_in(username: str, secret: bytes | None = None) -> Client:
    client = browser()
    password(client, username)
    if secret:
        client.post("/sign-in/code/", {"code": code_now(secret)})
    return client


def test_a_lost_telephone_goes_through_both_administrators(checker, founders):
    enrol(checker)
    system, security = (signed_in(name, enrol(actor)[0]) for name, actor in zip(("sys", "sec"), founders, strict=True))
    page, ask = (reverse(f"access:{name}", args=[checker.staff_id]) for name in ("staff_page", "ask_reset"))
    grant = reverse("access:grant_reset", args=[checker.staff_id])
    assert "重置动态口令" in system.get(page).content.decode()
    assert system.get(reverse("access:staff_page", args=[founders[0].staff_id])).content.decode().count("重置动态口令") == 0
    answer = system.post(ask, {"_key": key_of(system.get(ask)), "why": "手机丢失"})
    assert answer["Location"] == page and "待安全管理员确认" in system.get(page).content.decode()
    late = system.post(ask, {"_key": "another", "why": "手机丢失"})
    assert late.status_code == 422 and "无需再提" in late.content.decode(), "a page out of date does not take it back"
    drop = reverse("access:drop_reset", args=[checker.staff_id])
    assert drop in system.get(page).content.decode()
    assert system.post(drop, {"_key": key_of(system.get(drop))})["Location"] == page
    assert system.get(drop)["Location"] == page, "there is nothing to take back any more"
    system.post(ask, {"_key": key_of(system.get(ask)), "why": "手机丢失"})
    assert system.get(grant).status_code == 403 and security.get(ask).status_code == 403
    assert "手机丢失" in security.get("/staff/").content.decode()
    check = security.get(grant)
    assert "核实是本人" in check.content.decode()
    assert security.post(grant, {"_key": key_of(check)}).status_code == 302
    assert not SecondFactor.objects.filter(staff_id=checker.staff_id, ended_at=None).exists()
    client = browser()
    password(client, "sun")
    assert client.get("/")["Location"] == "/factor/", "a new one is set up before anything else"


def test_the_own_factor_is_not_reset_through_the_door_either(founders):
    system = signed_in("sys", enrol(founders[0])[0])
    ask = reverse("access:ask_reset", args=[founders[0].staff_id])
    answer = system.post(ask, {"_key": key_of(system.get(ask)), "why": "x"})
    assert answer.status_code == 422 and "不能重置本人" in answer.content.decode()
