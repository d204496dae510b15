"""A resident books at home, comes, is served, brings what was missing, fetches the result and judges: hall, town and home."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client
from lxml import html

from linli.domains.hall.books import HALL_BOOK
from linli.domains.hall.models import Appointment, Handling, Ticket
from linli.domains.hall.samples import PHONE, make_halls, make_resident, make_row
from linli.kernel.access.actions import scoped
from tests.journeys.walker import Walker

MONDAY, TUESDAY = date(2010, 12, 20), date(2010, 12, 21)
HOME, TOWN = "370404001001", "370404001000"


class Home:
    """Somebody at home with a telephone, without an account and without scripts."""

    def __init__(self) -> None:
        self.client, self.text = Client(HTTP_HOST="127.0.0.1"), ""

    def see(self, address: str, status: int = 200, **sent: str) -> str:
        """Open an address, or send words to it; what stands on the page."""
        answer = self.client.post(address, sent) if sent else self.client.get(address)
        assert answer.status_code == status, address
        self.page = html.fromstring(answer.content)
        self.text = re.sub(r"\s+", " ", self.page.text_content())
        return self.text


@pytest.fixture
def halls(fresh_database, django_db_blocker, settings):
    settings.BUSINESS_DAY = MONDAY.isoformat()
    with django_db_blocker.unblock():
        made = make_halls()
        make_row(made.worker, HALL_BOOK, MONDAY, name="和顺社区一站式服务大厅", phone="0632-7710201")
        yield made


def test_from_the_guide_at_home_to_the_result_in_hand(halls, settings):
    """HALL-01, HALL-03, HALL-04, HALL-05, HALL-08, HALL-10: booked, called first, taken, papers, result, judged."""
    person, home = make_resident(halls.worker), Home()
    assert "预约来办" in home.see("/guide/FL02/") and "高龄津贴" in home.text
    assert "09:00 还有 3 个" in home.see(f"/guide/appointments/new/?item=FL02&hall={HOME}&day={TUESDAY}")
    chosen = {"item": "FL02", "hall": HOME, "day": str(TUESDAY), "start": "540", "name": "陈大妈", "phone": PHONE, "agreed": "on"}
    home.see("/guide/appointments/new/", **chosen)
    number = home.page.find_class("big")[0].text_content()
    assert "要带的材料" in home.text and number in home.text

    settings.BUSINESS_DAY = TUESDAY.isoformat()
    counter = Walker("li").open("/hall/queue/draw/").send("取号", window="welfare")
    counter.open("/").follow("今天还有1人预约来办").send("到了，取号")
    counter.open("/hall/queue/").send("叫下一个", desk="1", window="welfare")
    with scoped(halls.worker):
        called = Ticket.objects.get(state="called")
        assert called.appointment_id == Appointment.objects.get().pk, "who booked is called before who came first"
    assert "已到场" in home.see("/guide/appointments/", number=number, secret=PHONE)
    counter.open(f"/hall/counter/{person.pk}/FL02/").send("受理并出具收件单", papers=["identity", "photo"], phone=PHONE)
    assert "还需补交" in counter.text
    with scoped(halls.worker):
        receipt = Handling.objects.get()
    asked = {"number": receipt.number, "phone": PHONE}
    assert "本人银行卡" in home.see("/guide/progress/", **asked) and "0632-7710201" in home.text
    judged = {"stage": "taken", "grade": "5", "words": ""}
    assert "谢谢您的评价" in home.see("/guide/progress/grade/", **asked, **judged)

    counter.open(f"/hall/handlings/{receipt.pk}/papers/").send("收下", papers=["bank"])
    review = Walker("zhao").open(f"/cases/{receipt.case_id}/")
    review.send("通过", opinion="情况属实，同意。")
    assert "领取，电话 0632-7710201" in home.see("/guide/progress/", **asked)
    counter.open(f"/hall/handlings/{receipt.pk}/result/").send("已签收", to="陈大妈")
    assert "谢谢您的评价" in home.see("/guide/progress/grade/", **asked, **(judged | {"stage": "closed"}))
    assert "须告知申请人" not in counter.open("/").text
