"""The monthly return of 民政统计: what stood, came and went adds up, and the people by sex, age and disability are the people."""

from __future__ import annotations

import re
import secrets
from dataclasses import replace
from datetime import date, timedelta

import pytest
from tests.journeys.walker import Walker
from tests.test_doors import signed_in

from linli.base.money import show_yuan
from linli.domains.assistance import queries
from linli.domains.assistance.samples import DAY, add_income, carry, give_consents, make_application, make_family, make_office
from linli.domains.assistance.tests.life import Cash
from linli.domains.assistance.tests.test_living import held_before, through, verify
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import make_founders, make_staff
from linli.kernel.cases.actions import refuse
from linli.kernel.cases.queries import case_by_id
from linli.kernel.entitlements.rules import Basis
from linli.kernel.figures.actions import draft_report
from linli.kernel.figures.queries import broken_down, checks_of, compose, figure, numbers_of, value
from linli.kernel.figures.rules import read_period
from linli.kernel.registry.actions import recognise_status, record_death

DISTRICT, JUNE = "370404000000", date(2011, 6, 1)


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = "2011-07-05"
    return make_office()


@pytest.fixture
def families(office):
    """One applied and lost a member by June; one of the old ledger was taken over and is stopped in June."""
    one = make_application(office, make_family(office))
    add_income(office, one, 360_000)
    carry(office, one)
    two = make_application(office, held_before(office, head=make_family(office, ("王二", "赵三"))))
    give_consents(office, two)
    through(office, two, DAY)
    words = {"kind": "disabled", "grade": "43", "since": DAY, "source": "残联"}
    recognise_status(by=office.worker, on=DAY, person_id=one.person_id, **words)
    with scoped(office.worker):
        wife = queries.members_of(one)[1].person
    record_death(by=office.worker, on=JUNE, person_id=wife.pk, day=JUNE - timedelta(days=3))
    new = verify(office, one, why="成员去世")
    add_income(office, new, 100_000, JUNE, another=True)
    through(office, new)
    stop = verify(office, two, why="收入增加")
    add_income(office, stop, 3_000_000, JUNE, another=True)
    through(office, stop, to="approval")
    with scoped(office.approver):
        case = case_by_id(stop.case_id)
    refuse(by=office.approver, on=JUNE, case=case, reason="not_qualified", opinion="收入已超过标准。")
    return one, two


def counted(key, period):
    return value(figure(f"assistance.dibao.{key}"), read_period(period), DISTRICT)


def parts(key, period, by):
    return {row.key: row.value for row in broken_down(figure(f"assistance.dibao.{key}"), read_period(period), DISTRICT, by)}


def test_what_stood_and_came_less_what_went_is_what_stands(office, families):
    keys = ("opening", "came", "went", "households", "opening.people", "came.people", "went.people", "grown.people",
            "shrunk.people", "people")  # fmt: skip
    with scoped(office.approver):
        first = {key: counted(key, "2010") for key in keys}
        assert first == dict(zip(keys, (0, 2, 0, 2, 0, 5, 0, 0, 0, 5), strict=True))
        assert parts("came", "2010", "way") == {"applied": 1, "former": 1}
        june = {key: counted(key, "2011-06") for key in keys}
        assert june == dict(zip(keys, (2, 0, 1, 1, 5, 0, 2, 0, 1, 2), strict=True))
        assert parts("went", "2011-06", "way") == {"stopped": 1}
        assert counted("households.year_ago", "2011") == 2 and counted("came.year_ago", "2011") == 2


def test_the_page_of_a_stock_says_who_came_and_who_went(office, families):
    """Two stood before June, one of them went: each number opens to its list, which has as many rows; a leader, to whom one
    family is too few to be told, gets none of them."""
    address = "/figures/assistance.dibao.households/?period=2011-06-01..2011-06-30"
    page = Walker("wang").open(address)
    assert "期初低保家庭2＋低保增加家庭0－低保减少家庭1＝低保家庭（期末）1" in page.text.replace(" ", "")
    went = next(link for link in page.page.iter("a") if "dibao.went/rows" in (link.get("href") or ""))
    assert went.text_content() == "1" and "1 条" in page.open(went.get("href")).text
    make_staff("qin", "秦区长", Role.LEADER, DISTRICT)
    shown = Walker("qin").open(address).text.split("打开这个")[-1].split("本期增减")[-1].split("＝")[0]
    assert shown.count("不显示") == 3 and not re.search(r"[0-9]", shown), shown


def test_the_people_are_counted_one_by_one_by_sex_age_and_disability(office, families):
    with scoped(office.approver):
        assert counted("covered", "2011-05") == 5
        assert parts("covered", "2011-07", "sex") == {"1": 2}, "the wife died, the other family was stopped"
        assert parts("covered", "2011-07", "age") == {"adult": 1, "child": 1}
        assert parts("covered", "2011-07", "disabled") == {"1": 1, "0": 1}
        assert parts("covered", "2011-07", "zone") == {"1": 2}


def test_the_return_checks_its_own_numbers_and_opens_in_the_browser(office, families):
    clerk = signed_in("wang")
    sent = {"template": "assistance.statistics", "period": "2011-06", "_key": secrets.token_hex(8)}
    made = clerk.post("/reports/new/", sent, follow=True)
    shown = re.sub(r"<[^>]+>|\s", "", made.content.decode())
    assert made.status_code == 200 and "民政统计月报" in shown
    assert "期末享受最低生活保障1户、2人（上年同期0户、0人）；期初2户、5人，本期增加0户、0人，" in shown
    assert "减少1户、2人，复核增加0人、减少1人。" in shown
    report = draft_report(
        by=office.approver, on=date(2011, 7, 5), template="assistance.statistics", period=read_period("2011-06"), area=DISTRICT
    )
    with scoped(office.approver):
        checks = checks_of(report, numbers_of(report))
    assert len(checks) == 5 and all(one.holds for one in checks), [one.zh for one in checks if not one.holds]


def test_the_money_for_each_person_does_not_give_away_how_few_they_are(office, families):
    with scoped(office.approver):
        money = value(figure("entitlement.dibao.monthly"), read_period("2011-07"), DISTRICT)
    each = show_yuan(money // 2)
    make_staff("qin", "秦区长", Role.LEADER, DISTRICT)
    address = "/shares/assistance.dibao.average/?period=2011-07"
    told, seen = (signed_in(name).get(address).content.decode() for name in ("wang", "qin"))
    assert each in told and show_yuan(money).removesuffix(".00") in seen
    assert "少于5" in seen and each not in seen


def test_a_family_whose_money_was_held_back_came_once(office):
    """Granted in December without an account, paid in February with what was due: the return counts it in December alone."""
    cash, one = Cash(make_founders()), make_application(office, make_family(office))
    two = make_application(office, make_family(office, ("王二", "赵三")))
    cash.account(office, two.person)
    for each in (one, two):
        add_income(office, each, 360_000)
        carry(office, each)
    cash.pay(date(2011, 1, 5), Basis.STANDING, 0)
    cash.account(office, one.person)
    run = cash.pay(date(2011, 2, 5), Basis.STANDING, 0)
    with scoped(office.approver):
        assert set(run.lines.values_list("payee", "difference")) == {(one.person_id, "back"), (two.person_id, "same")}
        months = {month: [counted(key, month) for key in ("opening", "came", "went", "households")]
                  for month in ("2010-12", "2011-01", "2011-02")}  # fmt: skip
    assert [row[1] for row in months.values()] in ([2, 0, 0], [0, 2, 0])
    assert all(opening + came - went == end for opening, came, went, end in months.values())


def test_a_leader_cannot_take_a_small_town_from_the_sum_of_the_others(office):
    """Three people in one town and six in the other: neither is shown to a leader, on any page and in no report."""
    far = replace(office, worker=make_staff("gu", "古社工", Role.COMMUNITY_WORKER, "370404100201"),
                  reviewer=make_staff("guy", "古审核", Role.TOWN_REVIEWER, "370404100000"))  # fmt: skip
    homes = [(office, ("王二", "赵三", "王四")), (far, ("孙大", "钱五", "孙六")), (far, ("周一", "吴二", "周三"))]
    for desk, names in homes:
        one = make_application(desk, make_family(desk, names))
        add_income(desk, one, 100_000)
        carry(desk, one)
    make_staff("qin", "秦区长", Role.LEADER, DISTRICT)
    address = "/figures/assistance.dibao.people/?period=2011"

    def towns(who):
        page = re.sub(r"[|\s]+", "|", re.sub(r"<[^>]+>", "|", signed_in(who).get(address).content.decode()))
        return dict(re.findall(r"(坛山街道|古邵镇)\|(\d+|少于5|不显示)\|", page))

    assert towns("wang") == {"坛山街道": "3", "古邵镇": "6"}
    assert towns("qin") == {"坛山街道": "少于5", "古邵镇": "不显示"}
    assert "不显示" in signed_in("qin").get(f"{address}&area=370404100000").content.decode(), "the town's own page hides it, too"
    with scoped(office.approver):
        words = {"template": "assistance.statistics", "period": read_period("2011"), "area": DISTRICT}
        report = draft_report(by=office.approver, on=date(2011, 7, 5), **words)
        documents = [compose(report, None, role) for role in (Role.DISTRICT_APPROVER, Role.LEADER)]
    for document, shown in zip(documents, ({"3", "6"}, {"少于5", "不显示"}), strict=True):
        (table,) = [block for block in document.blocks if getattr(block, "caption", "") == "城乡低保人数和上年同期"]
        assert {row[1] for row in table.rows if row[0] in ("坛山街道", "古邵镇")} == shown


def test_the_overview_keeps_back_what_the_page_behind_it_keeps_back(office, monkeypatch):
    """Four people in each of two towns: eight would say how many "fewer than five" are in both."""
    far = replace(office, worker=make_staff("gu", "古社工", Role.COMMUNITY_WORKER, "370404100201"),
                  reviewer=make_staff("guy", "古审核", Role.TOWN_REVIEWER, "370404100000"))  # fmt: skip
    homes = ((office, ("王二", "赵三", "王四")), (office, ("李独",)), (far, ("孙大", "钱五", "孙六")), (far, ("周独",)))
    for desk, names in homes:
        one = make_application(desk, make_family(desk, names))
        add_income(desk, one, 100_000)
        carry(desk, one)
    make_staff("qin", "秦区长", Role.LEADER, DISTRICT)
    shown = replace(figure("assistance.dibao.people"), dashboard=1)
    monkeypatch.setattr("linli.kernel.figures.queries.figures", lambda: {shown.key: shown})
    overview, own = (
        signed_in("qin").get(f"{address}?period=2011").content.decode() for address in ("/overview/", f"/figures/{shown.key}/")
    )
    for page in (overview, own):
        value = re.search(r'class="number-value">(.*?)</p>', page)[1]
        assert "不显示" in value and not re.search(r">8<|>人<", value), "and no unit stands behind words"
        assert "为保护个人信息" in page
