"""What the registers answer and what a visit found: nothing is lost, nothing is smoothed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.journeys.walker import Walker

from linli.domains.assistance import actions, queries
from linli.domains.assistance.rules import FIVE, Source, VisitKind
from linli.domains.assistance.samples import (
    give_consents,
    make_application,
    make_family,
    make_office,
    make_son_and_mother,
    make_three_generations,
    visit,
)
from linli.gateways.checking import FakeCheck, Finding
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Refused
from linli.kernel.access.samples import FIRST_DAY
from linli.kernel.cases.actions import ask_papers
from linli.kernel.cases.queries import case_by_id
from linli.kernel.registry.actions import join_household
from linli.kernel.registry.queries import clear_number, household_of
from linli.kernel.registry.samples import make_person
from linli.law import Item

DAY = date(2026, 8, 3)


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_office()


class Silent(FakeCheck):
    def fetch(self, key):
        return replace(super().fetch(key), silent=("securities", "bank"))


def checked(office, *findings, platform=FakeCheck):
    one = make_application(office, make_family(office), on=DAY)
    give_consents(office, one, DAY)
    with scoped(office.reviewer):
        number = clear_number(queries.members_of(one)[0].person)
    with actions.answering(platform({number: findings}, on=DAY, until=date(2027, 2, 3))):
        asked = actions.ask_check(by=office.reviewer, on=DAY, application=one)
        actions.fetch_check(by=office.reviewer, on=DAY, inquiry=asked)
    with scoped(office.reviewer):
        return one, list(queries.answers_of(one).order_by("id"))


def test_a_draft_that_was_begun_twice_is_struck_by_who_began_it_and_stays_readable(office):
    """Sent once more after the browser's 后退, a visit was there twice as a draft, for ever."""
    one = make_application(office, make_family(office), DAY)
    kept, twice = (visit(office.worker, one, DAY, done=False, key=f"form-{n}", signer="") for n in (1, 2))
    zhao = Walker("zhao").open(f"/assistance/visits/{twice.pk}/")
    assert "划去草稿" not in zhao.text
    with pytest.raises(Refused, match="只能由登记人本人划去"):
        actions.strike_visit(by=office.reviewer, on=DAY, visit=twice, why="重复登记")
    li = Walker("li").open(f"/assistance/visits/{twice.pk}/").follow("划去草稿").send("划去", expect=422)
    li.send("划去", why="重复登记")
    assert "已划去" in li.text and "重复登记" in li.open(f"/assistance/visits/{twice.pk}/").text
    with scoped(office.worker):
        assert [row.pk for row in queries.visits_of(one)] == [kept.pk]
        twice.refresh_from_db()
    with pytest.raises(Refused, match="已经划去"):
        visit(office.worker, one, DAY, key="form-2")
    done = visit(office.worker, one, DAY, key="form-1")
    with pytest.raises(Refused, match="已经完成"):
        actions.strike_visit(by=office.worker, on=DAY, visit=done, why="重复登记")


def test_two_banks_are_two_deposits(office):
    one, answers = checked(office, Finding("", "bank", "deposit", DAY, 300_000), Finding("", "bank", "deposit", DAY, 200_000))
    for row in answers:
        actions.take_answer(by=office.reviewer, on=DAY, answer=row)
    with scoped(office.reviewer):
        assert sorted(line.amount for line in queries.lines_of(one)) == [200_000, 300_000]


def test_money_that_nobody_stated_is_not_noted_as_stated(office):
    """Else a deposit above the limit would stay out of the judgement with one press."""
    one, (deposit,) = checked(office, Finding("", "bank", "deposit", DAY, 5_000_000))
    with pytest.raises(Refused, match="不一致，不能注明与申报一致"):
        actions.note_answer(by=office.reviewer, on=DAY, answer=deposit)
    words = {"source": Source.DECLARED, "amount": 5_000_000, "kind": Item.DEPOSIT, "person": one.person_id}
    actions.add_line(by=office.worker, on=DAY, application=one, **words)
    actions.note_answer(by=office.reviewer, on=DAY, answer=deposit)


def test_the_page_names_the_registers_that_did_not_answer_and_the_months_of_an_income(office):
    wage = Finding("", "tax", "wage", DAY, 1_200_000, 0, date(2025, 8, 1), date(2026, 7, 1))
    one, _ = checked(office, wage, platform=Silent)
    page = Walker("zhao").open(f"/assistance/applications/{one.pk}/")
    assert "没有答复" in page.text and "证券、银行存款" in page.text
    assert "2025-08 至 2026-07" in page.text


def test_a_finished_visit_is_read_and_no_later_change_is_said_to_be_kept(office):
    one = make_application(office, make_family(office), on=DAY)
    done = visit(office.worker, one, DAY, key="from-the-phone")
    page = Walker("li").open(f"/assistance/visits/{done.pk}/edit/")
    assert "完成调查" not in page.text and "五清" in page.text
    same = {
        "by": office.worker, "on": DAY, "application": one, "key": "from-the-phone", "kind": VisitKind.HOME, "visited_on": DAY,
        "visitors": done.visitors, "done": True, "five": dict.fromkeys(FIVE, "与申报一致"), "cause": done.cause,
        "found": done.found, "signer": done.signer,
    }  # fmt: skip
    assert actions.save_visit(**same).pk == done.pk, "sent twice it is one"
    with pytest.raises(Refused, match="已经完成，不能再改"):
        actions.save_visit(**same | {"found": "另有门面房一间。"})


def test_a_consent_says_what_it_covers_how_long_it_holds_and_who_signed(office):
    """社会救助法 §40: the family reads and signs it on paper; the page says until when each signature holds."""
    one = make_application(office, make_family(office), on=DAY)
    page = Walker("li").open(f"/assistance/applications/{one.pk}/consents/")
    assert "不动产、车辆" in page.text and "自签字之日起12个月" in page.text and "打印授权书" in page.text
    page.send("登记", **{f"signer_{one.person_id}": "李国强"})
    assert "由 李国强 签名，有效期至 2027-08-03" in page.text


def test_a_paper_that_the_register_shows_is_not_asked_of_the_family(office):
    """社会救助法 §62: the father's disability stands in the registry; a paper of somebody else is named as such."""
    head = make_son_and_mother(office)
    one = make_application(office, head, on=DAY)
    with scoped(office.worker):
        case = case_by_id(one.case_id)
        with pytest.raises(Refused, match="郑大成的残疾类别和等级在居民登记中已有"):
            ask_papers(by=office.worker, on=DAY, case=case, papers=("illness", "disability"))
        assert not case_by_id(one.case_id).papers.exclude(asked_on=None).exists(), "nothing half asked"
        ask_papers(by=office.worker, on=DAY, case=case_by_id(one.case_id), papers=("illness",), others=("郑周氏的残疾人证",))


def test_a_mother_who_lives_with_the_family_is_one_of_it_and_a_grown_son_is_asked_about(office):
    """57号 §7: the law itself binds a grown child to the mother; whether a grown son supports the house, the survey finds."""
    head = make_three_generations(office)
    son = make_person(office.worker, FIRST_DAY, "刘大勇", birth=date(1993, 3, 1), address="同上")
    with scoped(office.worker):
        home = household_of(head, FIRST_DAY)
        join_household(by=office.worker, on=FIRST_DAY, household_id=home.pk, person_id=son.pk, kin="20")
    one = make_application(office, head, on=DAY)
    give_consents(office, one, DAY)
    page = Walker("li").open(f"/assistance/applications/{one.pk}/")
    assert "刘大勇、刘晓丽没有计入家庭" in page.text or "刘晓丽、刘大勇没有计入家庭" in page.text
    with scoped(office.worker):
        members = {row.person.name: row for row in queries.members_of(one)}
        assert queries.judge(one.pk, DAY).people == 3, "the couple and the mother"
    words = {"duty": True, "why": "入户核实，共同生活并供养父母"}
    actions.correct_member(by=office.worker, on=DAY, member=members["刘大勇"], **words)
    actions.correct_member(by=office.worker, on=DAY, member=members["周秀兰"], long_together=False, why="随另一子女生活")
    with scoped(office.worker):
        assert queries.judge(one.pk, DAY).people == 3, "the couple and the son"
