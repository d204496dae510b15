"""Messages to many: one meeting told to village heads, read or not; to residents by two persons; each telephone once."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connections, transaction
from django.test import Client
from lxml import html
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.domains.broadcast import actions, queries
from linli.domains.broadcast.models import Delivery, Message
from linli.domains.broadcast.rules import ConsentWay, Group, Office
from linli.domains.broadcast.samples import TEXT, deliver_all, make_consents, make_message, make_receiver, moment
from linli.gateways.messages import FakeSms, NotSent, Receipt, pause_after
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Forbidden, Refused, Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.figures.queries import figure, value
from linli.kernel.figures.rules import month_period
from linli.kernel.orders.samples import DAY, make_centre
from linli.kernel.registry.samples import make_areas, make_person

AT = moment(DAY)


@pytest.fixture
def provider(monkeypatch):
    """A provider that can be told to be silent, or to refuse numbers."""
    class Provider(FakeSms):
        silent, dies = 0, False

        def send(self, message) -> Receipt:
            if self.silent:
                self.silent -= 1
                raise NotSent("短信平台没有答复。", again=True)
            answer = super().send(message)
            if self.dies:
                self.dies = False
                raise Killed
            return answer

    found = Provider()
    monkeypatch.setattr(actions, "gateway", lambda: found)
    return found


def office():
    founders = make_founders()
    make_areas(founders[0])
    centre = make_centre(founders)
    other = make_staff("he2", "贺主任", Role.COMMUNITY_WORKER, "370404001002", founders=founders)
    return centre, other


@pytest.fixture
def centre(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return office()


def test_a_meeting_is_told_to_the_heads_of_villages_and_who_has_not_read_is_a_task(
    fresh_database, django_db_blocker, settings, provider
):
    """HOTLINE-03, HOTLINE-13: receivers given out, one message, sent once to each, read by link or page; the rest is a task."""
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        centre, other = office()
        desk = Walker("fu").open("/broadcast/receivers/").follow("登记接收机")
        holder = f"{centre.worker.own_hand}:{centre.worker.area}"
        desk.send("登记", staff=holder, office="secretary", phone="13606320001", device="JSJ-1")
        assert "胡社工" in desk.text and "13606320001" not in desk.text
        make_receiver(centre.chief, DAY, other, 2, Office.HEAD)
        desk.open("/broadcast/").follow("拟写短信").send("保存", text=TEXT, group="heads", place="370404000000")
        assert "接收人数 2" in desk.text or "接收人数2" in desk.text
        desk.send("发送")
        assert deliver_all(AT + timedelta(days=1), centre.chief.area) == 2
        assert sorted(one.to for one in provider.sent) == ["13606320001", "13606320002"]
        assert {one.values["text"] for one in provider.sent} == {TEXT}
        links = {one.to: re.sub("^https?://[^/]*", "", one.values["link"]) for one in provider.sent}
        _by_link(links["13606320002"])
        mine = Walker("hu").open("/")
        assert "阅读短信" in mine.text
        mine.open("/broadcast/mine/")
        assert TEXT in mine.text
        assert "1人未读短信" in _next_day(settings).text
        mine.open("/broadcast/mine/").send("我已阅读")
        assert "未读短信" not in Walker("fu").open("/").text
        with scoped(WHOLE):
            assert not Delivery.objects.filter(read_at=None).exists()
            assert not Delivery.objects.exclude(phone_sealed=None, code=None).exists(), "what went out keeps no number"
            found = [figure(f"broadcast.{key}") for key in ("messages", "received", "read", "receivers")]
            assert [value(one, month_period(2010, 12), "370404000000", {}) for one in found] == [1, 2, 2, 2]


def _next_day(settings):
    settings.BUSINESS_DAY = (DAY + timedelta(days=2)).isoformat()
    return Walker("fu").open("/")


def _by_link(address):
    """Opening the address says nothing yet; the button does. A wrong code is answered alike for everybody."""
    phone = Client(HTTP_HOST="127.0.0.1")
    shown = phone.get(address)
    assert TEXT in shown.content.decode()
    with scoped(WHOLE):
        assert not Delivery.objects.exclude(read_at=None).exists()
    assert "已确认阅读" in html.fromstring(phone.post(address).content).text_content()
    assert phone.get("/m/AAAAAAAAAAAA/").status_code == 404
    with connections["public"].cursor() as cursor:
        with pytest.raises(DatabaseError, match="permission denied"):
            cursor.execute("select * from public.broadcast_delivery")


def test_to_residents_goes_what_another_person_sends(centre, provider):
    """HOTLINE-13: the platform speaks to the public, after a second person has looked."""
    chief = centre[0].chief
    known = [make_person(centre[0].worker, DAY, name, phone="13806320101") for name in ("钱大妈", "孙大爷")]
    known.append(make_person(centre[0].worker, DAY, "李大哥", phone="13806320102"))
    make_person(centre[0].worker, DAY, "周不要", phone="13806320103")
    make_consents(centre[0].worker, known, DAY)
    one = make_message(chief, DAY, Group.RESIDENTS, text="近期气温骤降，请注意防寒防火。")
    with pytest.raises(Forbidden, match="拟稿人以外"):
        actions.send(by=chief, on=DAY, at=AT, message=one)
    with pytest.raises(DatabaseError), transaction.atomic(), scoped(chief):
        Message.objects.filter(pk=one.pk).update(sent_by_id=chief.own_hand, sent_at=AT, state="sending")
    assert "审发短信" in Walker("pan").open("/").text
    assert actions.send(by=centre[0].second, on=DAY, at=AT, message=one) == 2, "one telephone of a family gets one message"
    deliver_all(AT, chief.area)
    assert sorted(sent.to for sent in provider.sent) == ["13806320101", "13806320102"]
    page = Walker("pan").open(f"/broadcast/{one.pk}/")
    assert "李**" in page.text or "李＊＊" in page.text or "李大哥" not in page.text


@pytest.mark.parametrize("text", [
    "请张某某（13806320001）来领款", "370404195001011234 请来社区", "账号6222029900000000019已汇款",
    "和平路12号院3号楼停水", "短", "长" * 301,
])  # fmt: skip
def test_a_text_with_personal_data_or_without_words_is_refused(centre, text):
    with pytest.raises(Refused) as fault:
        make_message(centre[0].chief, DAY, text=text)
    assert fault.value.field == "text"


def test_a_silent_provider_is_asked_again_and_nobody_gets_it_twice(centre, provider):
    chief, worker = centre[0].chief, centre[0].worker
    make_receiver(chief, DAY, worker, 1)
    make_receiver(chief, DAY, centre[1], 2)
    one = make_message(chief, DAY)
    actions.send(by=chief, on=DAY, at=AT, message=one)
    with pytest.raises(Refused):
        actions.send(by=chief, on=DAY, at=AT, message=one)
    provider.silent = 2
    assert deliver_all(AT, chief.area) == 0 and deliver_all(AT, chief.area) == 0, "not before its time"
    with scoped(chief):
        assert [row.tries for row in queries.deliveries(one)] == [1, 1]
    assert deliver_all(AT + pause_after(1), chief.area) == 2 and deliver_all(AT + timedelta(days=1), chief.area) == 0
    with scoped(chief):
        assert queries.message_by_id(one.pk).state == "sent"
    _cut_off(chief, provider)


class Killed(BaseException):
    """The worker dies between the provider's answer and our own line."""


def _cut_off(chief, provider):
    provider.dies = True
    one = make_message(chief, DAY, text="会议改到下午两点。")
    actions.send(by=chief, on=DAY, at=AT, message=one)
    before = len(provider.sent)
    with pytest.raises(Killed), transaction.atomic():
        deliver_all(AT, chief.area)
    assert len(provider.sent) == before + 1
    assert deliver_all(AT, chief.area) == 2 and len(provider.sent) == before + 2, "tried again it is the same message there"


def test_a_provider_that_never_answers_or_refuses_ends_with_the_reason(centre, provider):
    chief = centre[0].chief
    make_receiver(chief, DAY, centre[0].worker, 1)
    make_receiver(chief, DAY, centre[1], 2)
    provider.refuse["13606320002"] = "空号"
    actions.send(by=chief, on=DAY, at=AT, message=(one := make_message(chief, DAY)))
    for turn in range(12):
        provider.silent = 1
        deliver_all(AT + turn * timedelta(hours=2), chief.area)
    with scoped(chief):
        found = {row.staff_id: (row.state, row.reason) for row in queries.deliveries(one)}
        assert found[centre[1].own_hand] == ("refused", "空号")
        assert found[centre[0].worker.own_hand][0] in {"sent", "failed"}


def test_nobody_to_receive_and_a_receiver_given_twice_are_said(centre):
    chief, worker = centre[0].chief, centre[0].worker
    with pytest.raises(Refused, match="没有可接收的人"):
        actions.send(by=chief, on=DAY, at=AT, message=make_message(chief, DAY))
    first = make_receiver(chief, DAY, worker, 1)
    for holder, number in ((worker, 2), (centre[1], 1)):
        with pytest.raises(Refused, match="已有在用|登记给别人"):
            make_receiver(chief, DAY, holder, number)
    actions.end_receiver(by=chief, on=DAY, receiver=first)
    assert make_receiver(chief, DAY, centre[1], 1).pk != first.pk


def test_a_resident_agrees_and_withdraws_and_nothing_goes_out_without(centre, provider):
    """HOTLINE-13: consent is a dated fact, looked at once more when the message goes out."""
    office = centre[0]
    person = make_person(office.worker, DAY, "郑大爷", phone="13806320104")
    worker = Walker("hu").open(f"/people/{person.pk}/").follow("短信同意")
    worker.send("登记同意", expect=422, way="paper", since="2030-01-01")
    assert "不能晚于今天" in " ".join(worker.faults)
    worker.send("登记同意", way="paper", since=DAY.isoformat())
    with pytest.raises(Refused, match="已经同意"):
        actions.give_consent(by=office.worker, on=DAY, person=person, way=ConsentWay.PHONE, since=DAY)
    one = make_message(office.chief, DAY, Group.RESIDENTS, text="近期气温骤降，请注意防寒防火。")
    assert actions.send(by=office.second, on=DAY, at=AT, message=one) == 1
    worker.open(f"/people/{person.pk}/").follow("短信同意").send("撤回同意")
    deliver_all(AT, office.chief.area)
    assert provider.sent == ()
    assert "没有同意接收短信，或已经撤回" in Walker("pan").open(f"/broadcast/{one.pk}/").text
    other = make_message(office.chief, DAY, Group.RESIDENTS, text="元旦放假三天，窗口停止办公。")
    with pytest.raises(Refused, match="没有可接收的人"):
        actions.send(by=office.second, on=DAY, at=AT, message=other)


def test_what_became_of_each_message_is_asked_and_kept(centre, provider):
    """HOTLINE-13: delivered, not delivered, or nobody knows."""
    office = centre[0]
    people = [make_person(office.worker, DAY, f"吴居民{mark}", phone=f"1380632020{turn}") for turn, mark in enumerate("甲乙丙")]
    make_consents(office.worker, people, DAY)
    provider.lost["13806320201"] = "关机"
    one = make_message(office.chief, DAY, Group.RESIDENTS, text="近期气温骤降，请注意防寒防火。")
    actions.send(by=office.second, on=DAY, at=AT, message=one)
    deliver_all(AT, office.chief.area)
    by = machine_actor("broadcast.deliver", office.chief.area)
    with scoped(by):
        assert queries.unreported(AT) == []
        rows = queries.unreported(AT + timedelta(minutes=2))
        Delivery.objects.filter(person=people[2].pk).update(provider="lost-id")
    told = [actions.hear_arrival(by=by, at=AT + timedelta(minutes=2), delivery_id=pk) for pk, _ in rows]
    assert sorted(told) == [False, True, True]
    with scoped(by):
        assert queries.unreported(AT + timedelta(minutes=3)) == [], "asked again after twice as long"
        ((left, _),) = queries.unreported(AT + timedelta(hours=73))
    assert actions.hear_arrival(by=by, at=AT + timedelta(hours=73), delivery_id=left)
    page = Walker("pan").open(f"/broadcast/{one.pk}/")
    assert all(words in page.text for words in ("已到手机", "没有送到", "关机", "平台不知道"))
    assert not actions.hear_arrival(by=by, at=AT + timedelta(hours=74), delivery_id=left), "once known it does not change"
