"""What residents see and send: through the public role, and through nothing else."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.apps import apps
from django.db import connections
from django.db.utils import ProgrammingError
from django.test import Client
from lxml import html

from linli.kernel.access.actions import scoped
from linli.kernel.access.actions.secure import guarded_models
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import READ, Rights, Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.publicity import actions, queries, tasks
from linli.kernel.publicity.models import Bucket, Inbox, Objection, PublishedItem, PublishedNotice
from linli.kernel.publicity.rules import MessageKind, Place
from linli.kernel.publicity.samples import make_draft, make_entries, make_notice
from linli.kernel.publicity.tests.conftest import DAY
from linli.kernel.registry.samples import make_areas

HERE, THERE = "370404001001", "370404002001"

NEXT = date(2010, 12, 18)


@pytest.fixture
def office(fresh_database, django_db_blocker, kinds, settings):
    """A reviewer in a database with real commits, on the day after publication."""
    settings.BUSINESS_DAY = "2010-12-11"
    with django_db_blocker.unblock():
        yield make_staff("liu", "刘审核", Role.TOWN_REVIEWER, "370404001000")


@pytest.fixture
def visitor():
    return Client(HTTP_HOST="127.0.0.1", enforce_csrf_checks=False)


def full_name(model) -> str:
    name = model._meta.db_table
    return f'"{name}"' if '"."' in name else f'public."{name}"'


def message(visitor, shown, **words):
    page = visitor.get(f"/bulletin/{shown.pk}/message/")
    key = re.search(r'name="_key" value="([^"]+)"', page.content.decode())[1]
    sent = {"_key": key, "kind": "objection", "item_number": "1", "text": "他家有轿车，不符合条件。"} | words
    return visitor.post(f"/bulletin/{shown.pk}/message/", {name: value for name, value in sent.items() if value is not None})


def collect(on=DAY):
    return actions.receive_inbox(by=machine_actor("receive_inbox", "370404000000"), on=on)


def test_the_public_role_can_read_nothing_but_the_copies(office):
    make_notice(office, DAY)
    with connections["public"].cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            look = f"select count(*) from {full_name(model)}"
            if READ in getattr(model, "public_rights", Rights.NONE):
                assert model._meta.db_table.startswith('bulletin"."'), model
                cursor.execute(look)
                assert cursor.fetchone()[0] > 0 or model not in (PublishedNotice, PublishedItem)
                continue
            with pytest.raises(ProgrammingError, match="permission denied"):
                cursor.execute(look)


def test_the_public_role_can_change_nothing_and_add_to_the_inbox_only(office):
    make_notice(office, DAY)
    with connections["public"].cursor() as cursor:
        for model in guarded_models():
            table = full_name(model)
            column = model._meta.pk.column
            statements = [f"update {table} set {column} = {column}", f"delete from {table}", f"truncate {table}"]
            if model is not Inbox:
                statements.append(f"insert into {table} default values")
            for statement in statements:
                with pytest.raises(ProgrammingError, match="permission denied"):
                    cursor.execute(statement)


def test_the_public_role_cannot_even_call_a_function_of_the_inner_schema(office):
    with connections["public"].cursor() as cursor:
        cursor.execute("select has_schema_privilege('linli_public', 'public', 'usage')")
        assert cursor.fetchone() == (False,)
        for statement in ("set role linli_app", "set role linli_guard", "create table bulletin.mine (a int)"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                cursor.execute(statement)


def test_a_resident_finds_the_notices_from_the_first_page_for_residents(office, visitor):
    assert 'href="/bulletin/"' in visitor.get("/residents/").content.decode()


def test_the_list_shows_what_is_on_show_by_area_and_kind(office, visitor):
    shown = make_notice(office, DAY)
    make_draft(office, DAY, entries=make_entries(start=20))
    board = make_notice(office, DAY, entries=make_entries(start=30), places=[Place.BOARD])
    page = visitor.get("/bulletin/")
    text = page.content.decode()
    assert page.status_code == 200 and f"/bulletin/{shown.pk}/" in text and f"/bulletin/{board.pk}/" not in text
    assert "共 <strong>1</strong> 份" in text
    assert f"/bulletin/{shown.pk}/" in visitor.get("/bulletin/?area=370404001000&kind=sample.aid&words=情暖").content.decode()
    assert "没有符合条件的公示" in visitor.get("/bulletin/?words=没有的").content.decode()
    assert "没有“370404002000”这一项" in visitor.get("/bulletin/?area=370404002000").content.decode()


def test_two_communities_of_one_name_are_chosen_by_their_street_and_each_once(office, visitor):
    """The same community signs one notice with its street and another without; a namesake of another street is another."""
    make_areas(make_founders()[0])
    other = make_staff("lin", "林审核", Role.TOWN_REVIEWER, "370404002000")
    signed = ((office, HERE, "和顺社区"), (office, HERE, "坛山街道和顺社区"), (other, THERE, "和顺社区"))
    for start, (by, area, name) in zip((40, 50, 60), signed, strict=True):
        make_notice(by, DAY, area=area, area_name=name, entries=make_entries(start=start))
    page = html.fromstring(visitor.get("/bulletin/").content)
    offered = [one.text_content().strip() for one in page.xpath("//select[@name='area']/option")]
    assert offered == ["全部", "坛山街道和顺社区", "吴林街道和顺社区"]


def test_a_notice_page_shows_the_lawful_fields_and_forgets_soon(office, visitor):
    shown = make_notice(office, DAY)
    page = visitor.get(f"/bulletin/{shown.pk}/")
    text = page.content.decode()
    assert "<caption>公示名单（共 3 条）</caption>" in text
    assert "张桂兰" in text and "500.00" in text and "2010年12月11日至2010年12月17日" in text
    assert "sample:1" not in text
    assert int(re.fullmatch(r"private, max-age=(\d+)", page["Cache-Control"])[1]) <= 300
    assert page["X-Robots-Tag"] == "noindex, noarchive"


def test_nothing_is_shown_after_the_last_day_even_before_the_machine_takes_it_down(office, visitor, settings):
    shown = make_notice(office, DAY)
    settings.BUSINESS_DAY = "2010-12-17"
    assert visitor.get(f"/bulletin/{shown.pk}/").status_code == 200
    settings.BUSINESS_DAY = "2010-12-18"
    for address in (f"/bulletin/{shown.pk}/", f"/bulletin/{shown.pk}/message/"):
        page = visitor.get(address)
        assert page.status_code == 404 and "期满撤下" in page.content.decode() and "张桂兰" not in page.content.decode()
    assert "目前没有正在公示的事项" in visitor.get("/bulletin/").content.decode()


def test_after_take_down_the_public_role_finds_no_row(office):
    make_notice(office, DAY)
    actions.take_down_due(by=machine_actor("take_down", "370404000000"), on=NEXT)
    assert not PublishedItem.objects.using("public").exists() and not PublishedNotice.objects.using("public").exists()
    tasks.take_down()  # nothing is due any more


def test_the_machine_takes_down_what_is_over_and_takes_in_what_was_sent(office, visitor, settings):
    shown = make_notice(office, DAY)
    message(visitor, shown)
    tasks.receive_inbox()
    with scoped(office):
        assert queries.objections().count() == 1
    settings.BUSINESS_DAY = "2010-12-18"
    tasks.take_down()
    with scoped(office):
        assert queries.notice(shown.pk).state == "down"
    assert not PublishedNotice.objects.using("public").exists()


def test_an_objection_through_the_public_page_holds_the_case_and_reaches_the_staff(office, visitor, heard):
    shown = make_notice(office, DAY)
    answer = message(visitor, shown, name="赵六", contact="13812345678")
    assert answer.status_code == 302
    receipt = answer["location"].split("/")[-2]
    page = visitor.get(answer["location"]).content.decode()
    assert receipt in re.sub(r"<[^>]+>", "", page) and "回执号" in page
    with scoped(office):  # it holds the case even before it is taken in
        assert not queries.notice_passed("sample:1", NEXT) and queries.notice_passed("sample:2", NEXT)
    assert collect() == 1 and collect() == 0
    with scoped(office):
        objection = queries.objections().get()
        assert (objection.receipt, objection.item.number, objection.channel) == (receipt, 1, "site")
        assert b"13812345678" not in bytes(objection.sender) and "赵六".encode() not in bytes(objection.sender)
        assert queries.sender_of(objection, by=office, purpose="电话核实") == ("赵六", "13812345678")
        assert not queries.notice_passed("sample:1", NEXT) and queries.notice_passed("sample:2", NEXT)
    assert [event.cases for event in heard] == [("sample:1",)]


def test_an_enquiry_holds_no_case(office, visitor):
    shown = make_notice(office, DAY)
    message(visitor, shown, kind="enquiry", item_number="")
    with scoped(office):
        assert queries.notice_passed("sample:1", NEXT)
    collect()
    with scoped(office):
        assert queries.objections().get().kind == MessageKind.ENQUIRY and queries.notice_passed("sample:1", NEXT)


def test_an_anonymous_objection_is_taken(office, visitor):
    shown = make_notice(office, DAY)
    message(visitor, shown, item_number="")
    collect()
    with scoped(office):
        objection = queries.objections().get()
        assert objection.sender is None and objection.item is None
        assert not queries.notice_passed("sample:3", NEXT)


def test_the_same_form_sent_twice_is_one_message(office, visitor):
    shown = make_notice(office, DAY)
    sent = {"_key": "a-key-of-the-form", "kind": "objection", "text": "不符合条件。"}
    first, second = (visitor.post(f"/bulletin/{shown.pk}/message/", sent) for _ in range(2))
    assert first["location"] == second["location"]
    assert collect() == 1
    visitor.post(f"/bulletin/{shown.pk}/message/", sent)
    assert collect() == 0
    with scoped(office):
        assert Objection.objects.count() == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"text": ""}, "请填写内容"),
        ({"item_number": "99"}, "这份公示没有第99号"),
        ({"item_number": "99999999999999999999"}, "公示序号不能大于"),
        ({"text": "长" * 1001}, "内容不能超过1000个字"),
        ({"contact": "abc"}, "电话应为 11 位手机号码"),
        ({"kind": "other"}, "重新选择"),
        ({"_key": None}, "页面停留过久"),
        ({"text": "a\0b"}, "不能识别的字符"),
    ],
)
def test_a_faulty_message_is_told_how_to_be_mended_and_nothing_is_sent(office, visitor, words, said):
    shown = make_notice(office, DAY)
    page = message(visitor, shown, **words)
    assert page.status_code == 422 and said in page.content.decode()
    with scoped(office):
        assert not Inbox.objects.exists()


def test_one_address_may_send_twenty_messages_an_hour_and_the_next_address_its_own(office, visitor):
    shown = make_notice(office, DAY)
    answers = [message(visitor, shown, text=f"第{number}次").status_code for number in range(20)]
    assert answers == [302] * 20
    refused = message(visitor, shown, text="第21次")
    assert refused.status_code == 422 and "提交得太频繁" in refused.content.decode() and "第21次" in refused.content.decode()
    other = Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR="10.1.2.3")
    assert message(other, shown).status_code == 302
    with scoped(office):
        assert Inbox.objects.count() == 21
        assert all(b"10.1.2.3" not in bytes(bucket.key) for bucket in Bucket.objects.all())


def test_an_allowance_refills_and_is_forgotten_after_a_day(office, visitor):
    shown = make_notice(office, DAY)
    for number in range(21):
        message(visitor, shown, text=f"第{number}次")
    with connections["owner"].cursor() as cursor:
        cursor.execute("update bulletin.bucket set at = at - interval '4 minutes'")
    assert message(visitor, shown, text="又一次").status_code == 302
    assert message(visitor, shown, text="再一次").status_code == 422
    assert actions.forget_senders() == 0
    with connections["owner"].cursor() as cursor:
        cursor.execute("update bulletin.bucket set at = at - interval '25 hours'")
    tasks.forget_senders()
    assert actions.forget_senders() == 0 and not Bucket.objects.exists()


def test_hostile_text_is_shown_as_text_and_never_run(office, visitor):
    shown = make_notice(office, DAY)
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ settings.SECRET_KEY }}"
    message(visitor, shown, text=hostile)
    collect()
    staff = Client(HTTP_HOST="127.0.0.1")
    sign_in(staff, "liu")
    with scoped(office):
        objection = queries.objections().get()
    page = staff.get(f"/objections/{objection.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page and "<img src=x" not in page


def sign_in(client: Client, username: str) -> None:
    from django.http import HttpRequest

    from linli.kernel.access.samples import PASSWORD

    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    assert client.login(username=username, password=PASSWORD, request=request)


def test_a_page_for_residents_may_not_touch_the_applications_connection(office, visitor, monkeypatch):
    from linli.kernel.publicity.views import public

    def leak(*args, **words):
        return list(queries.notices())

    monkeypatch.setattr(public.queries, "published_notice", leak)
    with scoped(office), pytest.raises(LookupError, match="public connection only"):
        visitor.get("/bulletin/1/")


def test_pages_cost_a_fixed_number_of_queries(office, visitor, django_assert_num_queries):
    first = make_notice(office, DAY, entries=make_entries(2))
    for start in (10, 20, 30):
        many = make_notice(office, DAY, entries=make_entries(9, start=start))
    public = connections["public"]
    with django_assert_num_queries(3, connection=public):
        visitor.get("/bulletin/")
    for shown in (first, many):
        with django_assert_num_queries(3, connection=public):
            visitor.get(f"/bulletin/{shown.pk}/")


@pytest.mark.parametrize(
    "address",
    ["/bulletin/987654321/", "/bulletin/9999999999999999999999/", "/bulletin/received/x'<b>/", "/bulletin/987/message/"],
)
def test_what_is_not_there_is_said_plainly(office, visitor, address):
    page = visitor.get(address)
    assert page.status_code == 404 and "<b>" not in page.content.decode().split("</head>")[1].split("<main")[1]


def test_a_long_notice_is_paged(office, visitor):
    shown = make_notice(office, DAY, entries=make_entries(205))
    assert "第 1 页，共 2 页" in visitor.get(f"/bulletin/{shown.pk}/").content.decode()
    text = visitor.get(f"/bulletin/{shown.pk}/?page=2").content.decode()
    assert ">205</td>" in text and ">200</td>" not in text
