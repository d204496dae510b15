"""A family that cannot come: applied for on a neighbour's telephone, taken up, carried on, and followed on that telephone."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from lxml import html

from linli.domains.assistance import queries
from linli.domains.assistance.samples import COMMUNITY, DAY, make_family, make_office, post, step, survey
from linli.kernel.access.actions import scoped
from linli.kernel.registry.queries import clear_number
from tests.journeys.walker import Walker

PHONE = "0632-7711288"


class Home:
    """A telephone without an account."""

    def __init__(self) -> None:
        self.client = Client(HTTP_HOST="127.0.0.1")

    def see(self, address: str, **words: str) -> str:
        """What stands on a page, or on the answer to what is sent."""
        answer = self.client.post(address, words) if words else self.client.get(address)
        self.page = html.fromstring(answer.content)
        return re.sub(r"\s+", " ", self.page.text_content())


@pytest.fixture
def office(fresh_database, django_db_blocker, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        yield make_office()


def test_a_family_that_cannot_come_applies_through_a_neighbour_and_follows_it_to_the_notice(office):
    """DIBAO-03, 社会救助法 §63: at the door or online, alone or through somebody; nothing is typed twice, nothing leaks."""
    head = make_family(office)
    with scoped(office.worker):
        number = clear_number(head)
    home = Home()
    assert "申请社会救助" in home.see("/residents/") and "网上申请" in home.see("/guide/JZ01/")
    who = {"teller": "agent", "agent": "何大姐", "agent_tie": "邻居"}
    family = {"name": "李国强", "identity": number, "phone": PHONE, "place": COMMUNITY, "home": "向阳巷8号"}
    assert "申请人身份证号" in home.see("/assistance/public/", step="0", **who)
    assert "家里有什么困难" in home.see("/assistance/public/", step="1", **who, **family)
    hard = {"text": "他瘫在床上，妻子照顾他，没有收入。", "agreed": "on"}
    assert "已经收到您的申请" in home.see("/assistance/public/", step="2", **who, **family, **hard)
    wish, code = (one.text_content().replace(" ", "") for one in home.page.find_class("big"))
    li = Walker("li").open("/").follow("李国强·网上申请救助").follow("受理申请")
    assert "何大姐" in li.content.decode() and number not in li.content.decode()
    li.send("受理申请", papers=["form"])
    assert "何大姐（邻居）" in li.text
    one = _carried(office)
    shown = home.see("/assistance/public/progress/", number=wish, secret=code)
    assert "正在公示" in shown and one.case.number in shown
    assert "李国强" not in shown and "何大姐" not in shown and number not in shown
    assert home.see("/assistance/public/progress/", number=wish, secret=PHONE) == shown


def _carried(office):
    """Surveyed by the community and posted in the village."""
    with scoped(office.worker):
        one = queries.applications().get()
    survey(office, one)
    step(office.worker, one, DAY)
    assert post(office, one, "first", DAY) > DAY + timedelta(days=1)
    return one
