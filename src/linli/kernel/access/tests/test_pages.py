"""The pages of sign-in, staff, posts and the trail, for every role and for whoever has none."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.urls import reverse
from django.utils.html import escape

from linli.base.areas import WHOLE
from linli.kernel.access.actions import create_post, create_staff, record_refusal, scoped, seal_audit
from linli.kernel.access.models import AuditLine, Post, Staff
from linli.kernel.access.rules import Role
from linli.kernel.access.rules.actors import LEVELS
from linli.kernel.access.samples import DISTRICT, PASSWORD, make_founders, make_staff

DAY = date(2010, 12, 20)
HOSTILE = '<script>alert(1)</script>"\'><img src=x onerror=alert(1)>'


@pytest.fixture(autouse=True)
def business_day(settings):
    settings.BUSINESS_DAY = DAY.isoformat()


@pytest.fixture
def founders(db):
    return make_founders()


def place_of(role: Role) -> str:
    level = min(LEVELS[role])
    return DISTRICT if level.name == "DISTRICT" else "370404001000" if level.name == "TOWN" else "370404001001"


@pytest.fixture
def as_role(client, founders):
    """A client signed in as somebody in this role."""

    def sign_in(role: Role):
        names = {Role.SYSTEM_ADMIN: "sys", Role.SECURITY_ADMIN: "sec"}
        if role not in names:
            make_staff(role.value, "某人", role, place_of(role), founders=founders)
        client.force_login(
            Staff.objects.get(username=names.get(role, role.value)), backend="django.contrib.auth.backends.ModelBackend"
        )
        client.defaults["HTTP_HOST"] = "127.0.0.1"
        return client

    return sign_in


ADMINISTRATORS = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}
PAGES = {
    "/": set(Role),
    "/password/": set(Role),
    "/design/": set(Role),
    "/staff/": ADMINISTRATORS,
    "/staff/new/": {Role.SYSTEM_ADMIN},
    "/audit/": {Role.AUDITOR, Role.AUDIT_ADMIN},
    "/audit/?export=1": {Role.AUDITOR, Role.AUDIT_ADMIN},
    "/audit/verify/": {Role.AUDITOR, Role.AUDIT_ADMIN},
}


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.MACHINE])
def test_each_role_opens_its_pages_and_no_others(as_role, role):
    client = as_role(role)
    for path, roles in PAGES.items():
        answer = client.get(path)
        assert answer.status_code == (200 if role in roles else 403), path
        page = answer.content.decode()
        assert page.count("<h1>") == 1 and 'lang="zh-CN"' in page and 'href="#main"' in page
        assert re.search(r"<title>\s*\S+.* - 邻里</title>", page), path
        assert not re.search(r'\son[a-z]+="|\sstyle="|javascript:|<script(?![^>]*\b(?:src=|type="application/json"))', page), path


@pytest.mark.parametrize("path", ["/", "/staff/", "/audit/", "/design/"])
def test_whoever_is_not_signed_in_comes_to_the_door_and_returns(client, db, path):
    answer = client.get(path, HTTP_HOST="127.0.0.1")
    assert answer.status_code == 302 and answer["Location"] == f"/sign-in/?next={path}"


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, founders):
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    said = []
    for username in ("sys", "nobody"):
        answer = client.post("/sign-in/", {"username": username, "password": "wrong"})
        assert answer.status_code == 422
        page = answer.content.decode()
        assert f'value="{username}"' in page and "<title>错误：登录 - 邻里</title>" in page and "wrong" not in page
        said.append(re.findall(r'<div class="faults".*?</div>', page, re.S))
    assert said[0] == said[1] != []


def test_after_five_wrong_tries_the_door_says_when_to_come_back(client, founders):
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    for _ in range(5):
        answer = client.post("/sign-in/", {"username": "sys", "password": "wrong"})
    assert answer.status_code == 429
    assert "锁定 30 分钟" in answer.content.decode() and "请稍后再试" in answer.content.decode()
    assert client.post("/sign-in/", {"username": "sys", "password": PASSWORD}).status_code == 429


@pytest.mark.parametrize("wanted", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_the_door_leads_only_into_the_house(client, founders, wanted):
    answer = client.post("/sign-in/", {"username": "sys", "password": PASSWORD, "next": wanted}, HTTP_HOST="127.0.0.1")
    assert answer["Location"] == "/"


def test_an_account_without_a_post_is_told_what_it_waits_for(client, founders):
    new = create_staff(by=founders[0], on=DAY, username="new", name="吴新人", password=PASSWORD)
    create_post(by=founders[0], on=DAY, staff=new, role=Role.TOWN_REVIEWER, at="370404001000", since=DAY)
    client.force_login(new, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/", HTTP_HOST="127.0.0.1", follow=True)
    assert "待安全管理员授权" in answer.content.decode() and "街道审核员" in answer.content.decode()


def test_a_first_password_must_be_changed_before_anything_else(as_role):
    client = as_role(Role.LEADER)
    Staff.objects.filter(username="leader").update(must_change_password=True)
    answer = client.get("/", follow=True)
    assert "首次登录，请先修改初始密码" in answer.content.decode()


def key_of(answer) -> str:
    return re.findall(r'name="_key" value="([^"]+)"', answer.content.decode())[-1]


def test_an_account_is_made_with_a_post_that_another_person_grants(as_role, client):
    as_role(Role.SYSTEM_ADMIN)
    form = client.get("/staff/new/")
    typed = {"_key": key_of(form), "username": "zhao", "name": "赵审核", "phone": "", "password": "Linli-first-1"}
    answer = client.post("/staff/new/", typed)
    person = Staff.objects.get(username="zhao")
    address = reverse("access:staff_page", args=[person.pk])
    assert answer["Location"] == address
    again = client.post("/staff/new/", typed)
    assert again["Location"] == address and Staff.objects.filter(username="zhao").count() == 1
    page = client.get(address)
    words = {"_key": key_of(page), "role": "town_reviewer", "at": "370404001000", "since": "2010-12-20", "until": ""}
    assert client.post(address, words)["Location"] == address
    post = Post.objects.get(staff=person)
    assert client.get(reverse("access:grant", args=[post.pk])).status_code == 403

    as_role(Role.SECURITY_ADMIN)
    check = client.get(reverse("access:grant", args=[post.pk]))
    assert "授权后，这个岗位立即生效" in check.content.decode()
    assert Post.objects.get(pk=post.pk).granted_by_id is None
    client.post(reverse("access:grant", args=[post.pk]), {"_key": key_of(check)})
    assert Post.objects.get(pk=post.pk).granted_by.username == "sec"
    refused = client.post(reverse("access:grant", args=[post.pk]), {"_key": "another"})
    assert refused.status_code == 422 and "已经授权" in refused.content.decode()
    end = client.get(reverse("access:end", args=[post.pk]))
    client.post(reverse("access:end", args=[post.pk]), {"_key": key_of(end)})
    assert Post.objects.get(pk=post.pk).until == DAY


def test_a_refused_post_keeps_what_was_typed_and_says_where_the_fault_is(as_role, client):
    as_role(Role.SYSTEM_ADMIN)
    person = Staff.objects.get(username="sec")
    address = reverse("access:staff_page", args=[person.pk])
    words = {"_key": "k", "role": "community_worker", "at": "370404001000", "since": "2010.12.20", "until": "2010-1-1"}
    answer = client.post(address, words)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#id_until"' in page and "结束日期应晚于开始日期" in page and 'value="2010.12.20"' in page


def test_an_account_is_switched_off_and_given_a_new_first_password(as_role, client, founders):
    worker = make_staff(founders=founders)
    as_role(Role.SYSTEM_ADMIN)
    off = reverse("access:active", args=[worker.staff_id])
    stale, sent = client.get(off), {"_key": key_of(client.get(off)), "active": "no"}
    client.post(off, sent)
    assert not Staff.objects.get(pk=worker.staff_id).is_active
    late = client.post(off, sent | {"_key": key_of(stale)})
    assert late.status_code == 422 and not Staff.objects.get(pk=worker.staff_id).is_active, "a stale page switches nothing on"
    address = reverse("access:first_password", args=[worker.staff_id])
    weak = client.post(address, {"_key": "w", "password": "short"})
    assert weak.status_code == 422 and "short" not in weak.content.decode()
    client.post(address, {"_key": key_of(weak), "password": "Linli-first-2"})
    person = Staff.objects.get(pk=worker.staff_id)
    assert person.must_change_password and person.check_password("Linli-first-2")


def test_nobody_switches_off_the_own_account_or_takes_a_new_password_without_the_old(as_role, client):
    as_role(Role.SYSTEM_ADMIN)
    own = Staff.objects.get(username="sys")
    off = client.get(reverse("access:active", args=[own.pk]))
    assert client.post(off.request["PATH_INFO"], {"_key": key_of(off), "active": "no"}).status_code == 422
    asked = client.get(reverse("access:first_password", args=[own.pk]))
    said = client.post(asked.request["PATH_INFO"], {"_key": key_of(asked), "password": "Linli-taken-2010"})
    assert said.status_code == 422 and "须填写原密码" in said.content.decode()
    still = Staff.objects.get(pk=own.pk)
    assert still.is_active and still.password == own.password
    assert "重设初始密码" not in client.get(reverse("access:staff_page", args=[own.pk])).content.decode()


def test_an_account_of_another_district_does_not_exist_here(as_role, client, founders):
    far = Staff.objects.create(username="far", name="远方人", password="!")
    Post.objects.create(staff=far, role="leader", at="370403000000", since=DAY, granted_by_id=founders[1].staff_id)
    as_role(Role.SYSTEM_ADMIN)
    assert client.get(reverse("access:staff_page", args=[far.pk])).status_code == 404
    assert "远方人" not in client.get("/staff/").content.decode()


def test_hostile_names_and_addresses_are_shown_and_never_run(as_role, client):
    Staff.objects.create(username="evil", name=HOSTILE[:50], password="!")
    as_role(Role.SYSTEM_ADMIN)
    for answer in (client.get("/staff/", {"words": HOSTILE}), client.get("/staff/"), client.get(f"/{HOSTILE}/")):
        page = answer.content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page
    assert escape(HOSTILE[:50]) in client.get("/staff/").content.decode()


def test_the_trail_is_filtered_and_its_export_is_a_line_with_a_purpose(as_role, client):
    as_role(Role.AUDIT_ADMIN)
    page = client.get("/audit/", {"verb": "access.grant_post", "outcome": "done"}).content.decode()
    assert "事项：授予岗位" in page and "管理账号与岗位</td>" not in page
    answer = client.post("/audit/?export=1&outcome=done", {"purpose": "季度检查"})
    assert answer["Content-Type"].endswith("spreadsheetml.sheet") and ".xlsx" in answer["Content-Disposition"]
    with scoped(WHOLE):
        line = AuditLine.objects.filter(verb="access.read_audit", outcome="seen").latest("id")
    assert line.purpose == "季度检查" and line.facts["exported"] > 0


def test_a_list_page_costs_the_same_with_more_rows(as_role, client, founders, django_assert_max_num_queries):
    as_role(Role.AUDIT_ADMIN)
    for at in range(120):
        record_refusal(by=founders[0], verb="access.manage_staff", kind="page", subject=at, why="试")
    with django_assert_max_num_queries(22) as few:
        client.get("/audit/?size=20")
    with django_assert_max_num_queries(len(few)):
        client.get("/audit/?size=100")


def test_the_chain_check_finds_what_a_superuser_changed(as_role, client):
    as_role(Role.AUDIT_ADMIN)
    form = client.get("/audit/verify/")
    answer = client.post("/audit/verify/", {"_key": key_of(form), "number": "", "digest": ""})
    assert "未发现改动" in answer.content.decode()
    half = client.post("/audit/verify/", {"_key": "x", "number": "3", "digest": ""})
    assert half.status_code == 422 and "须一并填写" in half.content.decode()
    with scoped(WHOLE):
        seal_audit()
    wrong = client.post("/audit/verify/", {"_key": "x", "number": "1", "digest": "0" * 64})
    assert "尾部被截断或整链被重建" in wrong.content.decode()


def test_another_post_is_chosen_and_foreign_posts_are_ignored(client, founders):
    worker = make_staff(founders=founders)
    staff = Staff.objects.get(pk=worker.staff_id)
    second = Post.objects.create(
        staff=staff, role="community_worker", at="370404001002", since=DAY, granted_by_id=founders[1].staff_id
    )
    client.force_login(staff, backend="django.contrib.auth.backends.ModelBackend")
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    assert 'name="post"' in client.get("/").content.decode()
    client.post("/post/", {"post": second.pk})
    assert client.session["post"] == second.pk
    client.post("/post/", {"post": founders[0].post_id})
    assert "系统管理员" not in client.get("/").content.decode()


def test_large_type_is_kept_in_a_cookie_and_leads_back_into_the_house(client, db):
    client.defaults["HTTP_HOST"] = "127.0.0.1"
    answer = client.post("/type/", {"size": "large", "next": "//example.org/"})
    assert answer["Location"] == "/" and answer.cookies["linli_type"].value == "large"
    assert 'class="office door large"' in client.get("/sign-in/").content.decode()


def test_a_page_that_is_not_there_says_so_and_keeps_the_headers(client, db):
    answer = client.get("/nothing/", HTTP_HOST="127.0.0.1")
    assert answer.status_code == 404 and "没有找到" in answer.content.decode()
    assert "default-src 'self'" in answer["Content-Security-Policy"] and answer["Cache-Control"] == "no-store"
    assert "unsafe" not in answer["Content-Security-Policy"]
