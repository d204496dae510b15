"""A daughter asks on her telephone for her father: the community calls, takes the application, and she sees how far it is."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from tests.journeys.walker import Walker

from linli.domains.assistance import actions, queries
from linli.domains.assistance.models import Wish
from linli.domains.assistance.samples import COMMUNITY, VILLAGE, make_application, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused

DAY = date(2026, 8, 3)
WORDS = {
    "place": COMMUNITY, "name": "李国强", "phone": "13800138000", "address": "向阳巷8号", "text": "患病住院，家里没有收入。",
    "agent": "李大姐", "agent_tie": "女儿",
}  # fmt: skip


@pytest.fixture
def office(fresh_database, django_db_blocker, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        yield make_office()


def home(at, /, **sent):
    client = Client(HTTP_HOST="127.0.0.1")
    answer = client.post(at, sent) if sent else client.get(at)
    return answer.status_code, re.sub(r"\s+", " ", answer.content.decode())


def test_help_is_asked_for_on_the_web_and_followed_until_it_is_decided(office):
    """DIBAO-03, 社会救助法 §63: apply and follow on a telephone, without an account."""
    assert "申请救助" in home("/residents/")[1]
    status, page = home("/assistance/public/", **WORDS | {"agent_tie": ""})
    assert status == 422 and "应同时填写" in page and "患病住院" in page, "nothing typed is lost"
    status, page = home("/assistance/public/", **WORDS)
    number = re.search(r"<strong>([0-9A-Z]{10})</strong>", page)[1]
    assert status == 200 and "上门受理" in page
    assert "已提出过申请" in home("/assistance/public/", **WORDS)[1], "the same telephone is heard once"
    li = Walker("li").open("/").follow("李国强·网上申请救助")
    assert "13800138000" in li.text and "李大姐（女儿）" in li.text and "患病住院" in li.text
    with scoped(office.worker):
        stored = Wish.objects.get()
    assert b"13800138000" not in bytes(stored.phone_sealed)
    li.send("登记结果", expect=422)
    assert "二者填一项" in li.text
    li.send("登记结果", expect=422, case="峄社救〔2026〕000009")
    assert "请核对编号" in li.text
    one = make_application(office, make_family(office), on=DAY)
    li.send("登记结果", case=one.case.number, answer="")
    assert "网上申请救助" not in Walker("li").open("/").text
    assert home("/assistance/public/progress/", number=number, phone="13900139000")[0] == 422
    status, page = home("/assistance/public/progress/", number=number, phone="138 0013 8000")
    assert status == 200 and "已受理" in page and one.case.number in page and "村（社区）初核" in page
    assert "李国强" not in page and "患病" not in page, "whoever asks is told no name and no reason"


def test_who_is_not_taken_up_reads_why_and_another_community_sees_nothing(office):
    actions.ask_on_web(on=DAY, **WORDS | {"place": VILLAGE, "agent": "", "agent_tie": ""})
    with scoped(office.worker):
        assert not queries.wishes().exists(), "it lies with the other community"
    actions.ask_on_web(on=DAY, **WORDS | {"phone": "13900139000", "agent": "", "agent_tie": ""})
    with scoped(office.worker):
        one = queries.wishes().get()
        actions.answer_wish(by=office.worker, on=DAY, wish=one, answer="已在享受低保，情况有变化的请办理复核。")
        with pytest.raises(Refused, match="刚才已经答复"):
            actions.answer_wish(by=office.worker, on=DAY, wish=one, answer="重复")
    assert "已在享受低保" in home("/assistance/public/progress/", number=one.number, phone="13900139000")[1]
