"""Sessions end by themselves, and what was typed meanwhile waits for its owner."""

from __future__ import annotations

import json
import re
from datetime import date, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.urls import reverse

from linli.base.days import SHANGHAI
from linli.kernel.access import actions, queries
from linli.kernel.access.actions import clear_kept_forms, clear_sessions, keep_form, only_showing
from linli.kernel.access.models import KeptForm, Post, SecondFactor, Staff
from linli.kernel.access.rules import Refused, SessionRules
from linli.kernel.access.samples import PASSWORD, make_founders, make_staff

DAY = date(2010, 12, 20)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def business_day(settings):
    settings.BUSINESS_DAY = DAY.isoformat()


@pytest.fixture
def founders(db):
    return make_founders()


@pytest.fixture
def worker(founders):
    return make_staff(founders=founders)


def browser(**words) -> Client:
    return Client(HTTP_HOST="127.0.0.1", **words)


def sign_in(client: Client, username: str = "sys", typed: str = PASSWORD, **words):
    return client.post("/sign-in/", {"username": username, "password": typed, **words})


def age(client: Client, **stamps: float) -> None:
    """Let the session have begun, or been touched, so many minutes ago."""
    session = client.session
    for name, minutes in stamps.items():
        session[name] = int(datetime.now(SHANGHAI).timestamp() - minutes * 60)
    session.save()


def signed_in(username: str = "sys") -> Client:
    client = browser()
    assert sign_in(client, username).status_code == 302
    return client


def key_of(answer) -> str:
    return re.findall(r'name="_key" value="([^"]+)"', answer.content.decode())[-1]


@pytest.mark.parametrize(
    ("since", "seen", "over"),
    [(0, 0, False), (29, 29, False), (30, 30, True), (719, 1, False), (720, 0, True), (4000, 4000, True)],
)
def test_a_session_ends_when_nobody_touches_it_and_in_any_case_after_half_a_day(since, seen, over):
    minute = timedelta(minutes=1)
    assert SessionRules().over(since=NOON - since * minute, seen=NOON - seen * minute, at=NOON) == over


@pytest.mark.parametrize(("stamps", "over"), [
    ({"since": 100, "seen": 29}, False), ({"since": 100, "seen": 31}, True), ({"since": 721, "seen": 1}, True),
])  # fmt: skip
def test_the_door_holds_both_times(founders, stamps, over):
    client = signed_in()
    age(client, **stamps)
    answer = client.get("/staff/")
    assert answer.status_code == (302 if over else 200)
    if over:
        assert "登录已自动退出" in client.get("/sign-in/").content.decode()
        assert client.get("/staff/").status_code == 302


def test_work_keeps_a_session_alive_and_a_page_that_asks_by_itself_does_not(founders):
    client = signed_in()
    age(client, seen=20)
    client.get("/staff/", headers={"X-Linli-Poll": "1"})
    assert datetime.now(SHANGHAI).timestamp() - client.session["seen"] > 1000
    client.get("/staff/")
    assert datetime.now(SHANGHAI).timestamp() - client.session["seen"] < 60


def test_a_session_has_a_new_key_after_each_sign_in(founders):
    client = signed_in()
    first = client.session.session_key
    sign_in(client)
    second = client.session.session_key
    assert first != second and not Session.objects.filter(session_key=first).exists()


def test_a_planted_session_key_is_not_the_one_that_gets_in(founders):
    client = browser()
    client.get("/sign-in/")
    session = client.session
    session["planted"] = 1
    session.save()
    client.cookies["linli"] = session.session_key
    sign_in(client)
    assert client.session.session_key != session.session_key
    thief = browser()
    thief.cookies["linli"] = session.session_key
    assert thief.get("/").status_code == 302


@pytest.mark.parametrize("act", ["password", "reset", "off and on", "sign out"])
def test_an_old_cookie_opens_nothing_after(worker, founders, act):
    client, staff = signed_in("li"), Staff.objects.get(username="li")
    thief = browser()
    thief.cookies["linli"] = client.cookies["linli"].value
    assert thief.get("/").status_code == 200
    if act == "password":
        form = client.get("/password/")
        words = {"_key": key_of(form), "old": PASSWORD, "new": "Linli-other-1", "again": "Linli-other-1"}
        assert client.post("/password/", words).status_code == 302
        assert client.get("/").status_code == 200, "the own session goes on"
    elif act == "reset":
        actions.set_password(by=founders[0], on=DAY, staff=staff, password="Linli-other-1")
    elif act == "off and on":
        for active in (False, True):
            actions.set_staff_active(by=founders[0], on=DAY, staff=staff, active=active)
    else:
        client.post("/sign-out/")
    assert thief.get("/").status_code == 302


def test_the_password_is_not_guessed_in_a_session_that_was_left_open(worker):
    client = signed_in("li")
    key = key_of(client.get("/password/"))
    typed = {"_key": key, "old": "wrong", "new": "Linli-other-1", "again": "Linli-other-1"}
    answers = [client.post("/password/", typed).status_code for _ in range(5)]
    assert answers == [422] * 4 + [429]
    answer = client.post("/password/", typed | {"old": PASSWORD})
    assert answer.status_code == 429 and Staff.objects.get(username="li").check_password(PASSWORD)
    assert client.get("/").status_code == 200


def test_a_new_password_that_is_refused_costs_no_try(worker):
    client = signed_in("li")
    key = key_of(client.get("/password/"))
    for _ in range(7):
        answer = client.post("/password/", {"_key": key, "old": PASSWORD, "new": PASSWORD, "again": PASSWORD})
        assert answer.status_code == 422 and "不能与原密码相同" in answer.content.decode()


def test_a_part_of_a_page_sends_the_whole_page_to_the_door(founders):
    client = signed_in()
    age(client, seen=31)
    words = {"HX-Request": "true", "HX-Current-URL": "http://127.0.0.1/staff/?words=1"}
    answer = client.get("/staff/?words=1", headers=words)
    assert answer["HX-Redirect"] == "/sign-in/?next=/staff/" and not answer.content
    answer = client.get("/staff/", headers=words | {"HX-Current-URL": "http://evil.example/x"})
    assert answer["HX-Redirect"] == "/sign-in/?next=/"


def test_a_button_that_cannot_be_kept_leads_back_to_its_page(founders):
    client = signed_in()
    age(client, seen=31)
    answer = client.post("/staff/?export=1", {"purpose": "季度检查"}, headers={"Referer": "http://127.0.0.1/staff/?export=1"})
    assert answer["Location"] == "/sign-in/?next=/staff/"


def test_sessions_that_are_over_are_forgotten(founders):
    client = signed_in()
    Session.objects.filter(session_key=client.session.session_key).update(expire_date=NOON)
    signed_in()
    assert clear_sessions(at=NOON + timedelta(hours=1)) == 1 and Session.objects.count() == 1


# What was typed.

TYPED = {"role": "town_reviewer", "at": "370404001000", "since": "2010.12.20", "until": "2010-1-1"}


@pytest.fixture
def form(worker):
    """The page of an account, with its form for a new post."""
    return reverse("access:staff_page", args=[worker.staff_id])


def expire_and_post(client: Client, path: str, typed: dict[str, str], **words):
    key = key_of(client.get(path))
    age(client, seen=31)
    return client.post(path, typed | {"_key": key, "csrfmiddlewaretoken": "t"}, **words)


def test_a_form_posted_after_the_session_comes_back_as_it_was_typed(form):
    client = signed_in()
    answer = expire_and_post(client, form, TYPED)
    assert answer["Location"] == f"/sign-in/?next={form}"
    assert "刚才填写的内容还没有提交" in client.get(answer["Location"]).content.decode()
    assert sign_in(client, next=form)["Location"] == form
    page = client.get(form)
    text = page.content.decode()
    assert page.status_code == 200 and 'value="2010.12.20"' in text and 'value="2010-1-1"' in text
    assert "还没有提交" in text and not Post.objects.filter(role="town_reviewer").exists()
    assert client.get(form).content.decode().count('value="2010.12.20"') == 1, "also after another look"

    sent = client.post(form, TYPED | {"_key": key_of(page), "until": ""})
    assert sent["Location"] == form and Post.objects.filter(role="town_reviewer").count() == 1
    assert 'value="2010.12.20"' not in client.get(form).content.decode() and not KeptForm.objects.exists()


def test_a_form_that_is_wholly_right_is_shown_and_not_acted_on(form):
    client = signed_in()
    expire_and_post(client, form, TYPED | {"until": ""})
    sign_in(client)
    page = client.get(form).content.decode()
    assert 'value="2010.12.20"' in page and "处需要改正" not in page and "岗位已添加" not in page
    assert not Post.objects.filter(role="town_reviewer").exists()


@pytest.mark.parametrize("who", ["colleague", "same account elsewhere"])
def test_nobody_else_sees_what_was_typed(form, founders, who):
    client = signed_in()
    expire_and_post(client, form, TYPED)
    if who == "colleague":
        second = Staff(username="sys2", name="宋二", must_change_password=False)
        second.set_password(PASSWORD)
        second.save()
        Post.objects.create(
            staff=second, role="system_admin", at="370404000000", since=DAY, granted_by_id=founders[1].staff_id
        )
        assert sign_in(client, "sys2", next="/")["Location"] == "/"
    else:
        client = signed_in()
    assert "2010.12.20" not in client.get(form).content.decode()


def test_after_a_colleague_the_owner_still_gets_it(form, founders):
    client = signed_in()
    expire_and_post(client, form, TYPED)
    sign_in(client, "sec")
    assert "2010.12.20" not in client.get(form).content.decode()
    client.post("/sign-out/")
    assert sign_in(client)["Location"] == form
    assert 'value="2010.12.20"' in client.get(form).content.decode()


def test_nothing_of_it_is_in_the_address_in_a_cookie_or_readable_in_the_tables(form):
    client = signed_in()
    typed = TYPED | {"until": "某某某的电话13800001111"}
    answer = expire_and_post(client, form, typed)
    assert "1380000" not in answer["Location"] and "1380000" not in json.dumps([str(c) for c in client.cookies.values()])
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(t::text, ' ') from access_keptform t")
        found = cursor.fetchone()[0]
        assert "1380000" not in found and form not in found
        cursor.execute("select string_agg(session_data, ' ') from django_session")
        assert "1380000" not in cursor.fetchone()[0]


def test_what_was_kept_opens_for_no_other_account_page_or_key(form, founders):
    client = signed_in()
    expire_and_post(client, form, TYPED)
    key, staff = client.session["kept"], founders[0].staff_id
    words = {"key": key, "staff_id": staff, "path": form, "at": datetime.now(SHANGHAI)}
    assert queries.kept_form(**words).fields["since"] == ["2010.12.20"]
    for change in ({"key": "x"}, {"staff_id": founders[1].staff_id}, {"path": "/staff/new/"}):
        assert queries.kept_form(**words | change) is None
    row = KeptForm.objects.get()
    KeptForm.objects.create(handle=row.handle, staff_id=founders[1].staff_id, page=row.page, content=row.content, at=row.at)
    assert queries.kept_form(**words | {"staff_id": founders[1].staff_id}) is None, "moved to another account it does not open"


def test_what_was_kept_is_gone_after_two_hours(form, founders):
    client = signed_in()
    expire_and_post(client, form, TYPED)
    words = {"key": client.session["kept"], "staff_id": founders[0].staff_id, "path": form}
    for minutes, shown in ((119, True), (121, False)):
        keep_form(fields={"since": ["2010.12.20"]}, files=0, at=datetime.now(SHANGHAI) - timedelta(minutes=minutes), **words)
        sign_in(client)
        assert ('value="2010.12.20"' in client.get(form).content.decode()) == shown
    assert clear_kept_forms(at=datetime.now(SHANGHAI)) == 1


def test_it_is_thrown_away_when_nobody_wants_it(form):
    client = signed_in()
    expire_and_post(client, form, TYPED)
    sign_in(client)
    assert "不要了，重新填写" in client.get(form).content.decode()
    assert client.post("/sign-in/typed/", {"path": form, "next": form})["Location"] == form
    assert "2010.12.20" not in client.get(form).content.decode() and not KeptForm.objects.exists()


def test_passwords_are_never_kept(founders):
    client = signed_in()
    expire_and_post(client, "/staff/new/", {"username": "zhao", "name": "赵审核", "phone": "", "password": "Linli-first-1"})
    kept = queries.kept_form(
        key=client.session["kept"], staff_id=founders[0].staff_id, path="/staff/new/", at=datetime.now(SHANGHAI)
    )
    assert kept.fields["name"] == ["赵审核"] and "password" not in kept.fields
    client = signed_in()
    answer = expire_and_post(client, "/password/", {"old": PASSWORD, "new": "Linli-other-1", "again": "Linli-other-1"})
    assert answer["Location"] == "/sign-in/?next=/" and KeptForm.objects.count() == 1


def test_a_form_left_open_over_the_weekend_and_one_in_another_window_after_signing_out_are_kept_too(form):
    client = signed_in()
    key = key_of(client.get(form))
    age(client, since=63 * 60, seen=63 * 60)
    assert client.post(form, TYPED | {"_key": key})["Location"].startswith("/sign-in/")
    assert KeptForm.objects.count() == 1
    sign_in(client)
    client.post("/sign-out/")
    client.post("/staff/new/", {"_key": key, "username": "zhao", "name": "赵审核"})
    assert KeptForm.objects.count() == 2
    assert sign_in(client)["Location"] == "/staff/new/", "the newest first"
    assert 'value="赵审核"' in client.get("/staff/new/").content.decode()
    assert 'value="2010.12.20"' in client.get(form).content.decode()


def test_whoever_was_never_signed_in_leaves_nothing(form):
    client = browser()
    assert client.post(form, TYPED | {"_key": "k"})["Location"] == "/sign-in/?next=/"
    assert not KeptForm.objects.exists()


def test_files_are_not_kept_and_the_page_says_so(form):
    client = signed_in()
    upload = SimpleUploadedFile("病历.pdf", b"%PDF-1.4")
    key = key_of(client.get(form))
    age(client, seen=31)
    client.post(form, TYPED | {"_key": key, "paper": upload})
    sign_in(client)
    assert "所选的 1 个文件没有留存，请重新选择" in client.get(form).content.decode()


def test_ten_forms_are_kept_and_no_more_and_none_that_is_huge(founders):
    words = {"key": "k", "staff_id": founders[0].staff_id, "files": 0, "at": NOON}
    for number in range(12):
        assert keep_form(path=f"/{number}/", fields={"a": ["b"]}, **words)
    assert KeptForm.objects.count() == 10
    assert not keep_form(path="/x/", fields={"a": ["b" * 600_000]}, **words)


@pytest.mark.parametrize("path", ["/staff/987654/", "/factor/begin/"])
def test_a_page_that_cannot_show_it_again_gives_the_plain_values(founders, path):
    """What the form was about is gone, or the page only acts: what was typed is not lost, and nothing is done."""
    client = signed_in()
    words = {"key": "k", "staff_id": founders[0].staff_id, "files": 0, "at": datetime.now(SHANGHAI)}
    keep_form(path=path, fields={"why": ["很长的说明<b>"], "_key": ["x"]}, **words)
    session = client.session
    session["kept"] = "k"
    session.save()
    text = client.get(path).content.decode()
    assert "很长的说明&lt;b&gt;" in text and "<dt>_key" not in text and not SecondFactor.objects.exists()


def test_an_old_token_from_another_window_loses_nothing(form):
    """Signing in again in another window changes the anti-forgery token of the first one."""
    client = browser(enforce_csrf_checks=True)
    client.force_login(Staff.objects.get(username="sys"), backend="django.contrib.auth.backends.ModelBackend")
    key = key_of(client.get(form))
    typed = TYPED | {"_key": key, "csrfmiddlewaretoken": "a" * 64}
    assert client.post(form, typed).status_code == 403, "a browser that does not say where it comes from"
    assert client.post(form, typed, headers={"Origin": "https://evil.example"}).status_code == 403
    assert not KeptForm.objects.exists()
    answer = client.post(form, typed, headers={"Origin": "http://127.0.0.1"})
    assert answer["Location"] == form and 'value="2010.12.20"' in client.get(form).content.decode()
    assert not Post.objects.filter(role="town_reviewer").exists()


def test_no_action_runs_while_a_form_is_only_shown(founders):
    with only_showing(), pytest.raises(Refused, match="没有提交成功"):
        actions.create_staff(by=founders[0], on=DAY, username="x", name="x", password="x")
    assert not Staff.objects.filter(username="x").exists()


def test_the_own_password_is_changed_by_its_owner_and_by_nobody_for_another(founders):
    other = Staff.objects.get(pk=make_staff(founders=founders).staff_id)
    with pytest.raises(Refused, match="只能修改本人的密码"):
        actions.change_own_password(by=founders[0], on=DAY, at=NOON, staff=other, old=PASSWORD, new="Linli-taken-2010")
    other.refresh_from_db()
    assert other.check_password(PASSWORD)
