"""Rounds and patients as their users walk them; and what those who do not serve a patient never see."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.http import HttpRequest
from django.test import Client
from tests.journeys.walker import Walker

from linli.domains.treatment import actions, queries
from linli.domains.treatment.models import Patient, Share
from linli.domains.treatment.rules import Bearer, Organiser
from linli.domains.treatment.samples import (
    DAY,
    HEART,
    LAZY_EYE,
    SIGHT,
    carry,
    make_child,
    make_hospital,
    make_lottery_fund,
    make_patient,
    make_round,
    make_team,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import DISTRICT, PASSWORD, make_staff
from linli.kernel.figures.queries import figures, value
from linli.kernel.figures.rules import year_period
from linli.kernel.ledgers import queries as ledgers
from linli.kernel.registry.queries import clear_number
from linli.kernel.registry.samples import make_person

ILL = ("室间隔缺损", "先心病", "先天性心脏病")


@pytest.fixture
def team(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_team()


@pytest.fixture
def hospital(team):
    return make_hospital(team.worker)


@pytest.fixture
def fund(team):
    return make_lottery_fund(team.clerk, 10_000_000)


def client_of(username):
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    client = Client(HTTP_HOST="127.0.0.1")
    assert client.login(username=username, password=PASSWORD, request=request)
    return client


def text(answer):
    return answer.content.decode()


def send(client, address, **words):
    shown = client.get(address)
    found = re.search(r'name="_key" value="([^"]+)"', text(shown))
    return client.post(address, {"_key": found[1] if found else "", **words}, follow=True)


def number_of(team, key, **cell):
    with scoped(team.clerk):
        return value(figures()[f"treatment.{key}"], year_period(2010), team.clerk.area, cell)


def new_round(client, project, number, organiser, hospital, fund=""):
    words = {"project": project, "year": "2010", "number": number, "organiser": organiser, "hospital": hospital.pk, "fund": fund}
    made = send(client, "/treatment/rounds/new/", **words, opens_on="2010-1-1", closes_on="2010-12-31")
    assert made.status_code == 200, text(made)
    return made.redirect_chain[-1][0]


def recommend(team, person, round_page, diagnosis):
    """The worker finds the child by its number and recommends it; the three offices agree."""
    li = client_of("li")
    with scoped(team.worker):
        number = clear_number(person)
    found = send(li, "/treatment/patients/new/", number=number)
    assert person.name in text(found)
    number = int(round_page.rstrip("/").split("/")[-1])
    made = send(li, found.redirect_chain[-1][0], round=number, diagnosis=diagnosis, diagnosed="on")
    assert made.status_code == 200, text(made)
    page = made.redirect_chain[-1][0]
    with scoped(team.clerk):
        one = queries.patient_of(int(page.rstrip("/").split("/")[-1]))
    for username in ("li", "zhao", "wang"):
        Walker(username).open("/").follow(f"{person.name}·医疗康复救助").send("通过", opinion="情况属实，同意。")
    with scoped(team.clerk):
        one.refresh_from_db()
    assert one.state == "granted"
    return page


def agreed(team, round, **words):
    return carry(team, make_patient(team, round, make_child(team, **words)))


def test_a_childs_free_operation_from_the_round_to_the_figure(team, hospital, fund):
    """CHARITY-13: recommended, agreed to, operated; the costs are waived by payer, nothing is paid to the family."""
    fed = client_of("fed")
    round_page = new_round(fed, HEART, "1", "federation", hospital, fund.pk)
    page = recommend(team, make_child(team), round_page, "vsd")
    bill = {"treated_on": "2010-10-20", "cost": "38,600", "insurance": "10,200", "fund_part": "22,000", "result": "恢复良好"}
    assert 'name="family"' not in text(fed.get(f"{page}bill/")), "in a free round the family is not even asked"
    assert "与总费用" in text(send(fed, f"{page}bill/", **bill))
    done = text(send(fed, f"{page}bill/", **bill, hospital_part="6,400"))
    assert "已治疗" in done and "28,400.00" in done and "福彩公益金" in done
    with scoped(team.maker):
        (order,) = ledgers.orders()
        assert (order.organisation_id, order.person_id, order.amount) == (hospital.pk, None, 22_000_00)
        assert not [proof for proof in ledgers.check_books() if proof.faults]
    values = {"heart.patients": 1, "heart.waived": 28_400_00, "heart.money": 22_000_00, "patients": 1}
    assert {key: number_of(team, key) for key in values} == values
    assert number_of(team, "heart.waived", bearer="hospital") == 6_400_00
    rows = text(fed.get("/figures/treatment.heart.waived/rows/?period=2010"))
    assert "福彩公益金 22,000.00元" in rows and "医院减免 6,400.00元" in rows and "李小宝" not in rows


def test_the_red_cross_wins_free_operations_for_two_children(team, hospital):
    """CHARITY-22: two children are operated free of charge by the hospital; counted for the Red Cross."""
    fed = client_of("fed")
    page = new_round(fed, HEART, "1", "red_cross", hospital)
    assert "区红十字会" in text(fed.get(page))
    with scoped(team.clerk):
        round = queries.round_of(int(page.rstrip("/").split("/")[-1]))
    for name in ("赵小一", "钱小二"):
        one = agreed(team, round, name=name)
        assert 'name="fund_part"' not in text(fed.get(f"/treatment/patients/{one.pk}/bill/"))
        words = {"treated_on": "2010-10-20", "cost": "41,000", "insurance": "11,000", "hospital_part": "30,000"}
        assert "已登记" in text(send(fed, f"/treatment/patients/{one.pk}/bill/", **words))
    assert number_of(team, "heart.patients", organiser="red_cross") == 2
    assert number_of(team, "heart.waived", organiser="red_cross") == 60_000_00
    assert number_of(team, "heart.money") == 0


def test_batches_of_sight_and_children_with_weak_eyes(team, hospital, fund):
    """CHARITY-15: the third batch with its hospital, patients and money, 2,000 元 each at most; children with amblyopia."""
    fed = client_of("fed")
    third = new_round(fed, SIGHT, "3", "joint", hospital, fund.pk)
    assert "第3批" in text(fed.get(third)) and "峄城区人民医院" in text(fed.get(third))
    with scoped(team.clerk):
        sight = queries.round_of(int(third.rstrip("/").split("/")[-1]))
    lazy = make_round(team.clerk, hospital, fund, LAZY_EYE)
    for number in range(3):
        elder = make_person(team.worker, name=f"王{'甲乙丙'[number]}", birth=date(1936, 1, 1))
        one = carry(team, make_patient(team, sight, elder))
        bill = {"treated_on": "2010-10-20", "cost": "3,400", "insurance": "900"}
        page = f"/treatment/patients/{one.pk}/bill/"
        assert "最多承担 2000.00 元" in text(send(fed, page, **bill, fund_part="2,500")).replace("2,000.00", "2000.00")
        assert "已登记" in text(send(fed, page, **bill, fund_part="2,000", family="500"))
    child = agreed(team, lazy, birth=date(2002, 5, 1), status="")
    words = {"treated_on": "2010-10-20", "cost": "2,600", "fund_part": "1,800", "hospital_part": "800"}
    assert "已登记" in text(send(fed, f"/treatment/patients/{child.pk}/bill/", **words))
    values = {"sight.patients": 3, "sight.money": 6_000_00, "lazy_eye.patients": 1, "patients": 4, "lazy_eye.waived": 2_600_00}
    assert {key: number_of(team, key) for key in values} == values
    assert number_of(team, "sight.patients", round=sight.title) == 3
    assert "6,000.00" in text(fed.get(third))


def test_the_illness_and_the_name_meet_only_where_the_patient_is_served(team, hospital, fund):
    """Auditors, finance and leaders read numbers; no page of theirs shows who has which illness."""
    for username, role in (("shen", Role.AUDITOR), ("lv", Role.LEADER), ("fuhe", Role.FINANCE_CHECKER)):
        make_staff(username, f"{role.zh}乙", role, DISTRICT)
    round = make_round(team.clerk, hospital, fund)
    one = agreed(team, round)
    with scoped(team.clerk):
        number = one.case.number
    shares = {Bearer.LOTTERY: 20_000_00}
    actions.enter_bill(by=team.clerk, on=DAY, patient=one, treated_on=DAY, cost=20_000_00, shares=shares)
    with scoped(team.maker):
        (order,) = ledgers.orders()
    for username in ("shen", "caijing", "fuhe", "lv"):
        client = client_of(username)
        assert client.get(f"/treatment/patients/{one.pk}/").status_code == 403, username
        assert client.get("/treatment/patients/").status_code == 403, username
        for page in ("/treatment/rounds/", f"/treatment/rounds/{round.pk}/", "/figures/treatment.heart.patients/?period=2010"):
            assert "李小宝" not in text(client.get(page)), (username, page)
    auditor = client_of("shen")
    case = text(auditor.get(f"/cases/{one.case_id}/"))
    assert "李小宝" in case and not [word for word in ILL if word in case]
    assert not [word for word in ILL if word in text(auditor.get(f"/people/{one.person_id}/"))]
    rows = text(auditor.get("/figures/treatment.heart.patients/rows/?period=2010"))
    assert "救助记录" in rows and "李小宝" not in rows and number not in rows
    voucher = text(auditor.get(f"/ledgers/orders/{order.pk}/"))
    assert "李小宝" not in voucher
    assert "少于5" in text(client_of("lv").get(f"/treatment/rounds/{round.pk}/"))
    assert "室间隔缺损" in text(client_of("wang").get(f"/treatment/patients/{one.pk}/"))


def test_nobody_is_helped_medically_twice_in_a_year(team, hospital, fund):
    child = make_child(team, birth=date(2002, 5, 1))
    carry(team, make_patient(team, make_round(team.clerk, hospital, fund), child))
    second = make_patient(team, make_round(team.clerk, hospital, fund, LAZY_EYE), child)
    with scoped(team.worker):
        assert [reason.code for reason in queries.judge(second, DAY)[1].reasons] == ["already_helped"]
    with pytest.raises(Refused):
        carry(team, second)


def test_a_patient_stands_once_in_a_round_and_again_after_being_taken_out(team, hospital, fund):
    round, child = make_round(team.clerk, hospital, fund), make_child(team)
    one = carry(team, make_patient(team, round, child))
    with pytest.raises(Refused, match="已有推荐"):
        make_patient(team, round, child)
    wang = client_of("wang")
    assert "已取消" in text(send(wang, f"/treatment/patients/{one.pk}/withdraw/", why="家长放弃手术"))
    assert carry(team, make_patient(team, round, child)).state == "granted"


def test_the_database_holds_the_bill_together(team, hospital, fund):
    """Parts that do not add up, a family's part in a free round, and a later change are refused by the database itself."""
    one = agreed(team, make_round(team.clerk, hospital, fund))
    with scoped(team.clerk):
        Patient.objects.filter(pk=one.pk).update(state="treated", cost=100, treated_on=DAY)
        for parts in ({"lottery": 99}, {"lottery": 60, "family": 40}):
            with pytest.raises(DatabaseError, match="do not fit"), transaction.atomic():
                Share.objects.bulk_create([Share(patient=one, bearer=name, amount=part) for name, part in parts.items()])
        with pytest.raises(DatabaseError), transaction.atomic():
            Patient.objects.filter(pk=one.pk).update(cost=200)


def test_a_bill_beyond_the_fund_changes_nothing(team, hospital):
    poor = make_lottery_fund(team.clerk, 1_000_00)
    one = agreed(team, make_round(team.clerk, hospital, poor))
    words = {"patient": one, "treated_on": DAY, "cost": 1_000_01, "shares": {Bearer.LOTTERY: 1_000_01}}
    with pytest.raises(Refused, match="资金不足"):
        actions.enter_bill(by=team.clerk, on=DAY, **words)
    with scoped(team.clerk):
        one.refresh_from_db()
        assert one.state == "granted" and not Share.objects.exists()


def test_what_cannot_be_is_said(team, hospital, fund):
    round, child = make_round(team.clerk, hospital, fund), make_child(team)
    with pytest.raises(Refused, match="病种不属于"):
        make_patient(team, round, child, diagnosis="amblyopia")
    with pytest.raises(Refused, match="已经建立"):
        make_round(team.clerk, hospital, fund)
    one = carry(team, make_patient(team, round, child))
    words = {"patient": one, "cost": 1, "shares": {Bearer.HOSPITAL: 1}}
    with pytest.raises(Refused, match="治疗日期"):
        actions.enter_bill(by=team.clerk, on=DAY, treated_on=DAY + timedelta(days=1), **words)
    fed = client_of("fed")
    assert "已截止" in text(fed.post(f"/treatment/rounds/{round.pk}/close/", {"_key": "once"}, follow=True))
    with scoped(team.clerk):
        round.refresh_from_db()
    with pytest.raises(Refused, match="推荐时间"):
        make_patient(team, round, make_child(team, name="周小三"))
    assert Organiser.RED_CROSS.zh in text(fed.get("/treatment/rounds/new/"))
