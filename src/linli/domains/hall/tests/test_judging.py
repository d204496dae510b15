"""Progress and judgement without an account, by receipt and telephone; nothing can be listed or read beyond that."""

from __future__ import annotations

import re

import pytest
from django.db import DatabaseError, connections, transaction
from django.test import Client
from lxml import html
from tests.journeys.walker import Walker

from linli.domains.hall import actions, queries
from linli.domains.hall.books import HALL_BOOK
from linli.domains.hall.models import Rating
from linli.domains.hall.rules import Grade, Stage
from linli.domains.hall.samples import DAY, PHONE, decide, make_halls, make_handling, make_resident, make_row
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Role
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.cases.actions import withdraw
from linli.kernel.cases.queries import case_by_id
from linli.kernel.figures.queries import figure, value
from linli.kernel.figures.rules import month_period


@pytest.fixture
def resident():
    return Client(HTTP_HOST="127.0.0.1")


def asked(client, number, phone, status=200):
    answer = client.post("/guide/progress/", {"number": number, "phone": phone})
    assert answer.status_code == status, answer.status_code
    return html.fromstring(answer.content).text_content()


def test_a_resident_follows_a_handling_by_receipt_and_telephone_and_judges_it(
    fresh_database, django_db_blocker, settings, resident
):
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        halls = make_halls()
        person = make_resident(halls.worker)
        make_row(halls.worker, HALL_BOOK, name="和顺社区一站式服务大厅", phone="0632-7710201")
        one = make_handling(halls.worker, person, "FL02", papers=["identity"])
        assert re.search("材料送到.{2,8}(街道|镇)和顺社区一站式服务大厅，电话 0632-7710201", asked(resident, one.number, PHONE))
        said = asked(resident, one.number, PHONE)
        assert "等待您补交材料" in said and "本人银行卡" in said and "近期免冠照片" in said and "陈大妈" not in said
        wide = one.number.translate({ord(str(n)): ord("０") + n for n in range(10)})
        for typed in (wide, f"{one.number[:4]} {one.number[4:]}"):
            assert "等待您补交材料" in asked(resident, typed, PHONE), "a keyboard for Chinese, and a number read in groups"
        for number, phone in ((one.number, "13806320002"), ("1012999999", PHONE)):
            assert "不相符" in asked(resident, number, phone, 422)
        with scoped(halls.worker):
            actions.bring_papers(by=halls.worker, on=DAY, handling=queries.handling(one.pk), papers=["bank", "photo"])
        said = asked(resident, one.number, PHONE)
        assert "镇街决定" in said and "还有10个工作日" in said and "2011年1月4日" in said
        decide(halls.reviewer, one)
        assert "请凭收件单领取结果" in asked(resident, one.number, PHONE)
        sent = {"number": one.number, "phone": PHONE, "stage": "closed", "grade": "2", "words": "等得太久"}
        assert "谢谢您的评价" in resident.post("/guide/progress/grade/", sent).content.decode()
        blank = resident.post("/guide/progress/grade/", sent | {"stage": "taken", "grade": ""})
        kept = html.fromstring(blank.content).text_content()
        assert blank.status_code == 422 and "请选择您的评价" in kept and "请凭收件单领取结果" in kept, "what was looked up stays"
        again = resident.post("/guide/progress/grade/", sent)
        assert again.status_code == 422 and "已经评价过" in again.content.decode()
        wrong = resident.post("/guide/progress/grade/", sent | {"phone": "13806320009", "stage": "taken"})
        assert wrong.status_code == 422
        with scoped(halls.worker):
            assert [(row.stage, row.grade, row.web) for row in queries.ratings()] == [("closed", "2", True)]
        _nothing_else_for_the_public(one.number)
        for _ in range(40):
            last = resident.post("/guide/progress/", {"number": "1", "phone": PHONE})
        assert "太频繁" in last.content.decode()


def test_whoever_took_the_matter_back_is_not_sent_for_a_result_nor_asked_for_papers(
    fresh_database, django_db_blocker, settings, resident
):
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        halls = make_halls()
        one = make_handling(halls.worker, make_resident(halls.worker), "FL02", papers=["identity"])
        with scoped(halls.worker):
            withdraw(by=halls.worker, on=DAY, case=case_by_id(one.case_id), opinion="本人不办了")
        said = asked(resident, one.number, PHONE)
        assert "申请人撤回" in said and "取回原件" in said
        assert "领取结果" not in said and "还需要您补交" not in said and "停止计算时限" not in said


def _nothing_else_for_the_public(number):
    """The public's own connection reads no table of the hall, and the functions list nothing."""
    with connections["public"].cursor() as cursor:
        for table in ("hall_handling", "hall_rating", "cases_case"):
            with pytest.raises(DatabaseError, match="permission denied"):
                cursor.execute(f"select count(*) from public.{table}")
        cursor.execute("select bulletin.hall_progress(%s, %s)", [number, []])
        assert cursor.fetchone()[0] is None


def _stages(at):
    return {box.get("value") for box in at.page.iter("input") if box.get("name") == "stage"}


def test_the_counter_asks_for_a_judgement_after_each_stage_once(halls):
    one = make_handling(halls.worker, make_resident(halls.worker), "FL02")
    at = Walker("li").open(f"/hall/handlings/{one.pk}/").follow("请居民评价")
    assert _stages(at) == {"taken"}, "what cannot be judged yet is not offered"
    at.send("提交评价", stage="taken", grade="5")
    with scoped(halls.worker), pytest.raises(Refused, match="还没有办结"):
        actions.grade_here(by=halls.worker, on=DAY, handling=queries.handling(one.pk), stage=Stage.CLOSED, grade=Grade.GOOD)
    one = decide(halls.reviewer, one)
    at.open(f"/hall/handlings/{one.pk}/grade/")
    assert _stages(at) == {"closed"}
    at.send("提交评价", stage="closed", grade="3")
    with scoped(halls.worker), pytest.raises(Refused, match="每个环节评价一次"):
        actions.grade_here(by=halls.worker, on=DAY, handling=one, stage=Stage.CLOSED, grade=Grade.BAD)
    with scoped(halls.approver):
        found = [figure(f"hall.{key}") for key in ("rated", "satisfied", "poor")]
        assert [value(one, month_period(2010, 12), "370404000000", {}) for one in found] == [2, 2, 0]


def test_a_poor_judgement_is_followed_up_by_another_hand(halls):
    one = make_handling(halls.worker, make_resident(halls.worker), "FL02")
    made = actions.grade_here(by=halls.worker, on=DAY, handling=one, stage=Stage.TAKEN, grade=Grade.BAD, words="排队太久")
    desk = Walker("zhao").open("/")
    assert "1条不满意的评价等待回访" in desk.text and "剩5个工作日" in desk.text
    desk.follow("1条不满意的评价等待回访").open(f"/hall/ratings/{made.pk}/").send("登记回访", answer="电话致歉，增开一个窗口。")
    assert "已回访" in desk.text
    with scoped(halls.reviewer):
        made = queries.rating(made.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            Rating.objects.filter(pk=made.pk).update(grade="5")


def test_whoever_took_the_item_does_not_answer_the_judgement(halls):
    founders = make_founders()
    both = make_staff("both", "兼任", Role.TOWN_REVIEWER, "370404001000", on=FIRST_DAY, founders=founders)
    one = make_handling(halls.worker, make_resident(halls.worker), "FL02")
    made = actions.grade_here(by=halls.worker, on=DAY, handling=one, stage=Stage.TAKEN, grade=Grade.VERY_BAD)
    with scoped(both):
        row = queries.rating(made.pk)
        row.handling.taken_by_id = both.staff_id
        with pytest.raises(Forbidden, match="未经办的人"):
            actions.answer_rating(by=both, on=DAY, rating=row, answer="没有问题")
        good = Rating(handling=row.handling, grade="4")
        with pytest.raises(Refused, match="不需要回访"):
            actions.answer_rating(by=both, on=DAY, rating=good, answer="谢谢")
