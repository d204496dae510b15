"""Too many tries at the door: what is locked, for how long, and who lifts it."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from linli.base.areas import WHOLE
from linli.base.days import SHANGHAI
from linli.kernel.access import queries
from linli.kernel.access.actions import begin_try, clear_old_tries, forgive_tries, lift_locks, note_failure, scoped
from linli.kernel.access.models import AuditLine, SignInLock, SignInTry
from linli.kernel.access.rules import LockKind, Refused
from linli.kernel.access.rules.addresses import network_of
from linli.kernel.access.rules.sign_in import words_of_lock
from linli.kernel.access.samples import PASSWORD, make_founders, make_staff

DAY = date(2010, 12, 20)
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=SHANGHAI)
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def business_day(settings):
    settings.BUSINESS_DAY = DAY.isoformat()


@pytest.fixture
def founders(db):
    return make_founders()


@pytest.fixture
def worker(founders):
    return make_staff(founders=founders)


def fail(name: str = "li", address: str = "10.0.0.1", at: datetime = NOON, code: bool = False):
    """One wrong try; the lock that stood in its way or that followed it."""
    words = {"name": name, "address": address, "at": at, "code": code}
    return begin_try(**words) or note_failure(on=DAY, **words)


def blocked(name: str = "li", address: str = "10.0.0.1", at: datetime = NOON) -> str:
    """The kind of the lock before this try, which is taken back again."""
    lock = begin_try(name=name, address=address, at=at)
    if lock is None:
        SignInTry.objects.latest("pk").delete()
    return lock.kind if lock else ""


def test_four_wrong_tries_lock_nothing_and_the_fifth_locks_this_account_from_this_address(worker):
    assert [fail(at=NOON + n * MINUTE) for n in range(4)] == [None] * 4
    lock = fail(at=NOON + 4 * MINUTE)
    assert lock.kind == "pair" and lock.until == NOON + 34 * MINUTE and lock.staff_id == worker.staff_id
    assert blocked(at=NOON + 5 * MINUTE) == "pair"
    assert blocked(address="10.0.0.2", at=NOON + 5 * MINUTE) == ""
    assert blocked(name="sys", at=NOON + 5 * MINUTE) == ""


@pytest.mark.parametrize(("later", "kind"), [(29, "pair"), (30, ""), (31, "")])
def test_the_lock_ends_by_itself_and_counting_begins_anew(worker, later, kind):
    for _ in range(5):
        fail()
    assert blocked(at=NOON + later * MINUTE) == kind
    if not kind:
        assert [bool(fail(at=NOON + later * MINUTE)) for _ in range(5)] == [False] * 4 + [True]


def test_tries_while_locked_are_not_looked_at_and_do_not_prolong_the_lock(worker):
    for _ in range(5):
        fail()
    for minute in range(1, 29):
        fail(at=NOON + minute * MINUTE)
    assert SignInTry.objects.count() == 5 and SignInLock.objects.count() == 1
    assert blocked(at=NOON + 30 * MINUTE) == ""


def test_old_mistakes_do_not_count(worker):
    for minute in (0, 1, 2, 3):
        fail(at=NOON + minute * MINUTE)
    assert fail(at=NOON + 32 * MINUTE) is None


def test_twenty_failures_from_many_addresses_lock_the_account_everywhere(worker):
    answers = [fail(address=f"10.0.{n}.1") for n in range(20)]
    assert answers[:19] == [None] * 19 and answers[19].kind == "account" and answers[19].address == ""
    assert blocked(address="192.168.7.7") == "account"
    assert blocked(name="sys", address="192.168.7.7") == ""


def test_the_owners_success_elsewhere_does_not_wipe_an_attacks_count(worker):
    """Also not from the address of the attack: all tries count against the account, forgiven or not."""
    for n in range(19):
        fail(address=f"10.0.{n}.1")
        if n % 4 == 0:
            assert begin_try(name="li", address="10.0.0.1", at=NOON) is None
            forgive_tries(name="li", address="10.0.0.1", at=NOON)
            SignInTry.objects.latest("pk").delete()
    assert fail(address="10.9.9.9").kind == "account"


def test_a_success_forgives_what_was_mistyped_at_the_same_desk(worker):
    for _ in range(4):
        fail()
    forgive_tries(name="li", address="10.0.0.1", at=NOON)
    assert [fail() for _ in range(4)] == [None] * 4


def test_an_address_that_tries_many_accounts_has_to_wait(worker, settings):
    settings.SIGN_IN_ADDRESS_TRIES = 12
    answers = [fail(name=f"name{n}", at=NOON + 4 * n * MINUTE) for n in range(12)]
    assert answers[:11] == [None] * 11 and answers[11].kind == "address" and answers[11].staff_id is None
    assert blocked(name="li", at=NOON + 45 * MINUTE) == "address"
    assert blocked(name="li", address="10.0.0.2", at=NOON + 45 * MINUTE) == ""


def test_a_bureau_behind_one_address_mistypes_and_signs_in_without_end(worker, settings):
    settings.SIGN_IN_ADDRESS_TRIES = 12
    for n in range(40):
        assert fail(name=f"clerk{n}") is None
        forgive_tries(name=f"clerk{n}", address="10.0.0.1", at=NOON)


def test_what_was_typed_as_a_name_is_nowhere_in_the_table(worker):
    fail(name="My-Password-1")
    with connection.cursor() as cursor:
        cursor.execute("select string_agg(t::text, ' ') from access_signintry t")
        assert "My-Password-1" not in cursor.fetchone()[0]


def test_locks_and_failures_of_known_accounts_are_in_the_trail(worker):
    for _ in range(5):
        fail(at=NOON)
    for _ in range(5):
        fail(name="nobody", at=NOON)
    with scoped(WHOLE):
        refused = AuditLine.objects.filter(verb="access.sign_in", outcome="refused")
        assert refused.count() == 5 and {line.subject for line in refused} == {str(worker.staff_id)}
        assert {line.address for line in refused} == {"10.0.0.1"}
        locks = AuditLine.objects.filter(verb="access.lock_sign_in").order_by("id")
        assert [line.facts["staff"] for line in locks] == [worker.staff_id, None]


def test_sixteen_tries_at_once_get_no_more_than_five(fresh_database, at_once, django_db_blocker):
    with django_db_blocker.unblock():
        make_staff(founders=make_founders())
        answers = at_once(lambda number: begin_try(name="li", address="10.0.0.1", at=NOON), times=16)
        assert sum(answer is None for answer in answers) == 5
        assert SignInTry.objects.count() == 5 and not SignInLock.objects.exists()


def test_old_tries_and_locks_are_forgotten_the_newer_ones_stay(worker):
    for _ in range(5):
        fail()
    assert clear_old_tries(at=NOON + timedelta(days=1)) == 0
    assert clear_old_tries(at=NOON + timedelta(days=3)) == 5 and SignInLock.objects.count() == 1
    assert clear_old_tries(at=NOON + timedelta(days=191)) == 1


@pytest.mark.parametrize("kind", list(LockKind))
def test_the_words_say_until_when_and_whom_to_ask(kind):
    words = words_of_lock(kind, NOON + 30 * MINUTE, 5)
    assert "12:30 以后" in words and "系统管理员" in words
    assert ("暂停登录 30 分钟" if kind is LockKind.ADDRESS else "锁定 30 分钟") in words


def test_lifting_a_lock_lets_the_next_try_through_and_is_a_line(worker, founders):
    for _ in range(5):
        fail()
    lock = SignInLock.objects.get()
    lift_locks(by=founders[0], on=DAY, at=NOON + MINUTE, locks=[lock])
    assert blocked(at=NOON + 2 * MINUTE) == "" and fail(at=NOON + 2 * MINUTE) is None
    with pytest.raises(Refused, match="已由他人解除"):
        lift_locks(by=founders[0], on=DAY, at=NOON + MINUTE, locks=[lock])
    with scoped(WHOLE):
        line = AuditLine.objects.get(verb="access.lift_lock")
    assert line.staff_id == founders[0].staff_id and line.facts["staff"] == worker.staff_id


def test_only_the_system_administrator_lifts(worker, founders):
    fail()
    with pytest.raises(Refused, match="没有“解除登录锁定”的权限"):
        lift_locks(by=founders[1], on=DAY, at=NOON, locks=list(SignInLock.objects.all()))


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.1", "10.0.0.1"), ("::ffff:10.0.0.1", "10.0.0.1"), ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"), ("2001:db8:1:3::1", "2001:db8:1:3::/64"), ("", ""), ("unix:", ""),
    ],
)  # fmt: skip
def test_a_computer_with_many_addresses_counts_as_one(address, network):
    assert network_of(address) == network


# Through the doors.


def browser(address: str = "127.0.0.1") -> Client:
    return Client(HTTP_HOST="127.0.0.1", REMOTE_ADDR=address)


def sign_in(client: Client, username: str, password: str = PASSWORD, **words):
    return client.post("/sign-in/", {"username": username, "password": password, **words})


def key_of(answer) -> str:
    return re.findall(r'name="_key" value="([^"]+)"', answer.content.decode())[-1]


def test_an_account_attacked_from_everywhere_is_locked_for_its_owner_until_the_administrator_lifts_it(worker):
    for n in range(20):
        answer = sign_in(browser(f"10.1.{n}.1"), "li", "wrong")
    assert answer.status_code == 429 and "所有地方锁定 30 分钟" in answer.content.decode()
    owner = browser("10.2.2.2")
    assert sign_in(owner, "li").status_code == 429

    admin = browser("10.3.3.3")
    assert sign_in(admin, "sys").status_code == 302
    page = admin.get("/staff/").content.decode()
    assert "账号（全部地址）" in page and "李社工（li）" in page
    lock = SignInLock.objects.get()
    assert "登录已锁定" in admin.get(reverse("access:staff_page", args=[worker.staff_id])).content.decode()
    address = reverse("access:lift_lock", args=[lock.pk])
    answer = admin.post(address, {"_key": key_of(admin.get(address))})
    assert answer.status_code == 302 and sign_in(owner, "li").status_code == 302
    assert admin.get(address).status_code == 404


def test_changing_the_address_within_a_network_helps_nobody(founders):
    answers = [sign_in(browser(f"2001:db8:1:2::{n}"), "sec", "wrong").status_code for n in range(1, 6)]
    assert answers == [422] * 4 + [429]
    assert sign_in(browser("2001:db8:1:2::99"), "sec").status_code == 429
    assert sign_in(browser("2001:db8:1:3::99"), "sec").status_code == 302


def test_a_name_that_nobody_has_is_locked_with_the_same_words(founders):
    known, unknown = browser("10.4.4.4"), browser("10.4.4.5")
    for _ in range(5):
        first, second = sign_in(known, "sec", "wrong"), sign_in(unknown, "ghost", "wrong")
    assert first.status_code == second.status_code == 429
    strip = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"')
    assert strip.sub("", first.content.decode()) == strip.sub("", second.content.decode())


def test_the_security_administrator_sees_locks_and_cannot_lift_them(worker):
    for _ in range(5):
        sign_in(browser("10.5.5.5"), "li", "wrong")
    client = browser()
    sign_in(client, "sec")
    assert "由系统管理员解除" in client.get("/staff/").content.decode()
    assert client.post(reverse("access:lift_lock", args=[SignInLock.objects.get().pk]), {"_key": "k"}).status_code == 403


def test_locks_of_another_district_are_not_shown_and_not_lifted(worker, founders):
    from linli.kernel.access.models import Post, Staff

    far = Staff.objects.create(username="far", name="远方人", password="!")
    Post.objects.create(staff=far, role="leader", at="370403000000", since=DAY, granted_by_id=founders[1].staff_id)
    for _ in range(5):
        sign_in(browser("10.6.6.6"), "far", "wrong")
    client = browser()
    sign_in(client, "sys")
    assert "远方人" not in client.get("/staff/").content.decode()
    assert client.get(reverse("access:lift_lock", args=[SignInLock.objects.get().pk])).status_code == 404


def test_coming_and_going_are_lines(worker):
    client = browser("10.7.7.7")
    sign_in(client, "li")
    client.post("/sign-out/")
    with scoped(WHOLE):
        lines = AuditLine.objects.filter(staff_id=worker.staff_id, verb__in=["access.sign_in", "access.sign_out"]).order_by("id")
        assert [line.verb for line in lines] == ["access.sign_in", "access.sign_out"]
        assert lines[0].address == "10.7.7.7" and lines[0].facts["factor"] == "none"


def test_a_switched_off_account_does_not_come_in(worker):
    from linli.kernel.access.models import Staff

    Staff.objects.filter(username="li").update(is_active=False)
    assert sign_in(browser(), "li").status_code == 422


def test_at_the_own_desk_nobody_elsewhere_can_lock_one_out(worker):
    desk = browser("10.8.8.8")
    assert sign_in(desk, "li").status_code == 302
    desk.post("/sign-out/")
    for n in range(20):
        sign_in(browser(f"10.1.{n}.1"), "li", "wrong")
    assert SignInLock.objects.get().kind == "account"
    assert sign_in(browser("10.8.8.8"), "li").status_code == 429, "the same address without the mark"
    assert sign_in(desk, "li").status_code == 302


def test_at_the_own_desk_five_wrong_tries_lock_the_desk_and_nothing_else(worker):
    desk = browser("10.8.8.8")
    sign_in(desk, "li")
    answers = [sign_in(desk, "li", "wrong").status_code for _ in range(5)]
    assert answers == [422] * 4 + [429] and sign_in(desk, "li").status_code == 429
    assert sign_in(browser("10.8.8.8"), "li").status_code == 302
    client = browser()
    sign_in(client, "sys")
    assert "本人用过的电脑" in client.get("/staff/").content.decode()
    with scoped(WHOLE):
        refused = AuditLine.objects.filter(verb="access.sign_in", outcome="refused")
        assert {line.address for line in refused} == {"10.8.8.8"}, "the trail keeps the address"


def test_a_mark_serves_its_own_account_only_and_cannot_be_made_up(worker, founders):
    desk = browser("10.8.8.8")
    sign_in(desk, "li")
    marks = desk.cookies["linli_desk"].value
    assert "li" not in marks.split(".")[0] and queries.desk_of(marks, "li")
    nonce, _, seal = marks.partition(".")
    for other in ("", "~", ".", f"{nonce}.", f".{seal}", f"{nonce}.{'0' * 32}", f"x{marks}", f"{nonce}é.{seal}", "~" * 4000):
        assert not queries.desk_of(other, "li"), other
    assert not queries.desk_of(marks, "sys")
    for n in range(20):
        sign_in(browser(f"10.1.{n}.1"), "sys", "wrong")
    assert sign_in(desk, "sys").status_code == 429


def test_a_shared_computer_knows_the_last_six_who_sign_in_there(founders):
    desk = browser("10.8.8.8")
    names = [f"clerk{n}" for n in range(7)]
    for name in names:
        make_staff(name, founders=founders)
        sign_in(desk, name)
    marks = desk.cookies["linli_desk"].value
    assert [bool(queries.desk_of(marks, name)) for name in names] == [False] + [True] * 6
    before = marks
    sign_in(desk, "clerk3")
    assert desk.cookies["linli_desk"].value == before
