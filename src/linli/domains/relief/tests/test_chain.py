"""Requests along both ways, and everything that must stop them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.journeys.walker import Walker

from linli.domains.relief import actions, queries
from linli.domains.relief.models import Helped, Request
from linli.domains.relief.samples import (
    COMMUNITY,
    DAY,
    PAPERS,
    make_family,
    make_office,
    make_relief_fund,
    make_request,
    make_stock,
    make_stranger,
    papers,
    post,
    step,
    survey,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Refused, Stale
from linli.kernel.cases.actions import refuse, return_case
from linli.kernel.cases.queries import case_by_id, decision
from linli.kernel.figures.queries import figure, relations, value
from linli.kernel.figures.rules import year_period
from linli.kernel.ledgers import queries as ledgers
from linli.kernel.publicity.actions import answer_objection, receive_objection, take_down_due
from linli.kernel.publicity.queries import items_of, notice
from linli.kernel.registry.actions import recognise_status
from linli.law import Degree, Zone

DISTRICT, YEAR = "370404000000", year_period(2026)


@pytest.fixture
def office(db):
    return make_office()


def count(key, **cell):
    return value(figure(f"relief.{key}"), YEAR, DISTRICT, cell)


def helped_at_once(office, person, day=DAY, **words):
    return step(office.reviewer, make_request(office, person, day, fast=True, **words), day, opinion="情况紧急，先行救助。")


def test_help_comes_first_and_the_papers_afterwards(office):
    """2026: a month's urban standard is 980; light, three people, one month: 980 × 3 × 50 % = 1,470, at once at most 980."""
    one = helped_at_once(office, make_family(office))
    assert (one.state, one.amount, one.decider, one.case.state, one.case.step) == ("granted", 98_000, "town", "open", "papers")
    with pytest.raises(Refused, match="还缺必需的材料"):
        step(office.reviewer, one, opinion="手续已补齐。")
    papers(office, one)
    one = step(office.reviewer, one, DAY + timedelta(days=2), opinion="手续已补齐。")
    assert (one.state, one.case.outcome) == ("granted", "granted")
    with scoped(office.approver):
        stored = decision(one.case)
        assert [reason["code"] for reason in stored.outcome["reasons"]] == ["emergency"]
        assert "小额快救限额" in [row["label"] for row in stored.outcome["steps"]]
        expected = {"people": 3, "people.local": 3, "people.others": 0, "requests": 1, "fast": 1, "money": 98_000}
        assert {key: count(key) for key in expected} == expected
        for relation in [one for one in relations() if one.key.startswith("relief.")]:
            assert relation.check({key: count(key.removeprefix("relief.")) for key in (*relation.left, *relation.right)}).holds


def test_somebody_from_another_province_is_helped_where_the_emergency_is(office):
    one = helped_at_once(office, make_stranger(office), event="stranded")
    assert (one.local, one.people, one.amount, one.area) == (False, 1, 49_000, COMMUNITY)
    with scoped(office.approver):
        assert (count("people.others"), count("people.local")) == (1, 0)


def test_help_without_papers_is_revoked_and_counts_no_more(office):
    person = make_stranger(office)
    one = helped_at_once(office, person)
    with scoped(office.reviewer):
        refuse(by=office.reviewer, on=DAY, case=case_by_id(one.case_id), reason="untrue", opinion="没有发生事故。")
        one = queries.request(one.pk)
    assert (one.state, one.case.outcome) == ("revoked", "revoked")
    with scoped(office.approver):
        assert (count("people"), count("money")) == (0, 0)
    make_fund = make_relief_fund(office.maker)
    with scoped(office.maker), pytest.raises(Refused, match="只有已决定救助"):
        actions.order_money(by=office.maker, on=DAY, request=one, fund_id=make_fund.pk)
    assert helped_at_once(office, person).state == "granted", "what was revoked stands against nothing"


def test_small_spending_relief_is_posted_and_decided_by_the_town(office):
    """Own burden 1,500: within the town's two months of the standard; the notice shows name, people, amount and nothing else."""
    one = make_request(office, make_family(office), event="illness", burden=150_000, papers=PAPERS)
    with pytest.raises(Refused, match="入户核实"):
        step(office.worker, one, to="notice")
    survey(office, one)
    with pytest.raises(Refused, match="应当先公示"):
        step(office.worker, one, to="town")
    one = step(office.worker, one, to="notice")
    with pytest.raises(Refused, match="尚未公示"):
        step(office.reviewer, one, to="town")
    day = post(office)
    with scoped(office.reviewer):
        (item,) = items_of(notice(queries.request(one.pk).posted["notice"]))
        assert set(item.row) == {"name", "people", "amount"}
        assert notice(queries.request(one.pk).posted["notice"]).issuer == "坛山街道办事处"
        (line,) = actions.pass_posted(by=office.reviewer, on=day, opinion="公示期满无异议。")
        assert line.done
        one = queries.request(one.pk)
    assert one.case.step == "town"
    one = step(office.reviewer, one, day)
    assert (one.state, one.amount, one.decider) == ("granted", 147_000, "town")
    letter = Walker("zhao").open(f"/cases/{one.case_id}/decision/1/").text
    assert "坛山街道办事处" in letter and "民政部门" not in letter, "who decided is a body that one can appeal against"


def test_large_relief_is_decided_by_the_district_and_only_as_posted(office):
    """Medium, three people, three months: 980 × 3 × 3 = 8,820, above the town's limit."""
    one = make_request(office, make_family(office), event="illness", degree=Degree.MEDIUM, months=3, papers=PAPERS)
    survey(office, one)
    step(office.worker, one, to="notice")
    day = post(office)
    with pytest.raises(Refused, match="报区民政局决定"):
        step(office.reviewer, one, day, to="town")
    one = step(office.reviewer, one, day, to="approval")
    with scoped(office.approver):
        Request.objects.filter(pk=one.pk).update(posted={"amount": 1})
    with pytest.raises(Refused, match="与公示的不一致"):
        step(office.approver, one, day)
    with scoped(office.approver):
        return_case(by=office.approver, on=day, case=case_by_id(one.case_id), to="survey", reason="unclear", opinion="再核实。")
        assert queries.request(one.pk).posted == {}
    survey(office, one, day)
    step(office.worker, one, day, to="notice")
    with scoped(office.reviewer):
        assert not queries.waiting(), "the former notice still hangs out"
        take_down_due(by=machine_actor("publicity.take_down", DISTRICT), on=day)
    day = post(office, on=day)
    step(office.reviewer, one, day, to="approval")
    one = step(office.approver, one, day)
    assert "峄城区民政局" in Walker("wang").open(f"/cases/{one.case_id}/decision/1/").text
    assert (one.state, one.amount, one.decider) == ("granted", 882_000, "district")


def test_a_family_recognised_as_poor_is_not_checked_again(office):
    head = make_family(office)
    with scoped(office.worker):
        words = {"kind": "dibao", "grade": "urban", "since": DAY, "source": "sample"}
        recognise_status(by=office.worker, on=DAY, person_id=head.pk, **words)
    one = make_request(office, head, event="illness")
    with scoped(office.worker):
        assert not queries.judge(one, DAY).means_checked


def test_an_upheld_objection_sends_the_request_back_to_be_surveyed_anew(office):
    one = make_request(office, make_family(office), event="study", burden=100_000, papers=PAPERS)
    survey(office, one)
    step(office.worker, one, to="notice")
    post(office)
    with scoped(office.reviewer):
        shown = notice(queries.request(one.pk).posted["notice"])
        said = receive_objection(by=office.reviewer, on=DAY, notice=shown, item_number=1, text="该户在外地有生意。")
        answer_objection(by=office.reviewer, on=DAY, objection=said, upheld=True, outcome="属实，重新核实。")
        one = queries.request(one.pk)
    assert (one.case.step, one.posted, one.found_on) == ("survey", {}, None)


def test_after_help_at_once_the_ordinary_way_supplements_and_takes_off_what_was_given(office):
    """Medium, three people, two months: 5,880 less the 980 given at once; the same hardship counts once."""
    head = make_family(office)
    first = helped_at_once(office, head, degree=Degree.MEDIUM, months=2)
    papers(office, first)
    step(office.reviewer, first, opinion="手续已补齐。")
    words = {"degree": Degree.MEDIUM, "months": 2, "former_id": first.pk, "papers": PAPERS}
    one = survey(office, make_request(office, head, **words))
    with pytest.raises(Refused, match="已在补充救助中"):
        make_request(office, head, **words)
    step(office.worker, one, to="approval")
    one = step(office.approver, one)
    assert (one.amount, one.decider) == (490_000, "district")
    with scoped(office.approver):
        assert (count("people"), count("requests"), count("money")) == (3, 2, 588_000)
    with pytest.raises(Refused, match="已在补充救助中"):
        make_request(office, head, **words)


def test_the_same_event_is_not_taken_again_without_something_new(office):
    person = make_stranger(office)
    first = helped_at_once(office, person)
    papers(office, first)
    step(office.reviewer, first, opinion="手续已补齐。")
    later = DAY + timedelta(days=40)
    with pytest.raises(Refused, match="已在坛山街道因同一情形"):
        make_request(office, person, later, fast=True)
    second = helped_at_once(office, person, later, renewed="伤口感染，再次住院。")
    assert second.state == "granted"
    papers(office, second, later)
    step(office.reviewer, second, later, opinion="手续已补齐。")
    with pytest.raises(Refused, match="因同一情形"):
        make_request(office, person, later, event="fire", fast=True)
    last = later + timedelta(days=11)
    third = make_request(office, person, last, event="fire", fast=True)
    with pytest.raises(Refused, match="每年不超过2次"):
        step(office.reviewer, third, last)
    with scoped(office.reviewer):
        refuse(by=office.reviewer, on=last, case=case_by_id(third.case_id), reason="not_qualified", opinion="本年已救助两次。")
        assert queries.request(third.pk).refused_for == "year_times"
    next_year = date(2027, 1, 4)
    assert helped_at_once(office, person, next_year, event="fire").state == "granted"


def test_the_database_itself_holds_the_limits(office):
    person = make_stranger(office)
    one = helped_at_once(office, person)
    with scoped(office.reviewer):
        row = Helped.objects.get(request=one)
        again = {"person_id": row.person_id, "happened_on": DAY, "helped_on": DAY, "times_most": 2, "area": one.area}
        other = make_request(office, make_stranger(office, "另一人"), event="fire")
        for event, most, code in (("accident", 2, "same event"), ("fire", 1, "often enough")):
            words = again | {"request": other, "event": event, "times_most": most, "renewed": event == "fire"}
            with pytest.raises(DatabaseError, match=code), transaction.atomic():
                Helped.objects.create(**words)
        with pytest.raises(DatabaseError), transaction.atomic():
            Request.objects.filter(pk=one.pk).update(amount=1)
        with pytest.raises(DatabaseError), transaction.atomic():
            Helped.objects.filter(pk=row.pk).update(event="fire")


def test_money_goes_out_of_the_books_once_and_only_for_its_purpose(office):
    one, fund = helped_at_once(office, make_family(office)), make_relief_fund(office.maker, 100_000)
    with scoped(office.maker):
        actions.order_money(by=office.maker, on=DAY, request=one, fund_id=fund.pk)
        order = queries.order_of(one)
        assert (order.amount, order.account_id, order.purpose_id, order.memo) == (98_000, None, "relief.aid", "临时救助")
        with pytest.raises(Stale):
            actions.order_money(by=office.maker, on=DAY, request=one, fund_id=fund.pk)
        assert not [proof for proof in ledgers.check_books() if proof.faults]
    other = helped_at_once(office, make_stranger(office))
    with scoped(office.maker), pytest.raises(Refused, match="资金不足"):
        actions.order_money(by=office.maker, on=DAY, request=other, fund_id=fund.pk)
    with scoped(office.maker):
        assert queries.request(other.pk).ordered_on is None


def test_goods_leave_the_store_for_a_family_and_for_all_towns(office):
    one = make_request(office, make_family(office), wants="棉被2床", fast=True)
    stock = make_stock(office.maker, 12)
    with scoped(office.maker):
        actions.give_goods(by=office.maker, on=DAY, request=one, stock=stock, pieces=2, proof="本人签字")
        with pytest.raises(Refused, match="没有五保和农村低保"):
            actions.share_goods(by=office.maker, on=DAY, title="冬令第一批", stock=stock, pieces=10, proof="各镇签收")
    with scoped(office.worker):
        person = make_stranger(office, "王五保")
        recognise_status(by=office.worker, on=DAY, person_id=person.pk, kind="tekun", grade="home", since=DAY, source="sample")
    with scoped(office.maker):
        (sent,) = actions.share_goods(by=office.maker, on=DAY, title="冬令第一批", stock=stock, pieces=10, proof="各镇签收")
        assert (sent.area, sent.people, sent.pieces) == ("370404001000", 1, 10)
        with pytest.raises(Refused, match="已经分配"):
            actions.share_goods(by=office.maker, on=DAY, title="冬令第一批", stock=stock, pieces=1, proof="各镇签收")
    with scoped(office.approver):
        assert (count("goods"), count("consigned")) == (2, 10)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"happened_on": DAY + timedelta(days=1)}, "不能晚于今天"), ({"event": "flood"}, "请选择困难情形"),
        ({"event": "illness", "burden": None}, "自己负担的支出"), ({"event": "illness", "fast": True}, "只适用于突发急难"),
        ({"former_id": 999_999}, "只有本人已给予的先行救助"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_said(office, words, said):
    with pytest.raises(Refused, match=said):
        make_request(office, make_family(office), **words)


def test_where_the_law_of_the_day_has_no_rule_the_missing_value_is_named(office):
    day = date(2022, 5, 10)
    with pytest.raises(Refused, match="小额快救规定"):
        helped_at_once(office, make_stranger(office), day)


def test_who_took_a_request_does_not_decide_it(office):
    person, words = make_stranger(office), {"event": "fire", "happened_on": DAY, "degree": Degree.LIGHT, "zone": Zone.URBAN}
    one = actions.apply(by=office.reviewer, on=DAY, person_id=person.pk, fast=True, statement="房屋失火。", **words)
    with pytest.raises(Refused, match="应当回避"):
        step(office.reviewer, one)


def test_finance_reads_the_amount_and_not_what_happened(office, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    one = helped_at_once(office, make_family(office), event="sudden_illness", wants="棉被1床")
    maker, own = Walker("caijing"), f"/relief/requests/{one.pk}/"
    for page in ("/relief/payments/", f"{own}pay/", f"{own}goods/", f"/cases/{one.case_id}/"):
        text = maker.open(page).text
        assert "李国强" in text and "骑车" not in text and "疾病" not in text, page
    assert maker.client.get(own).status_code == 403
    assert "突发重大疾病" in Walker("wang").open(own).text


def test_a_person_has_one_open_request_at_a_time(office):
    person = make_stranger(office)
    make_request(office, person)
    with pytest.raises(Refused, match="正在办理的临时救助申请"):
        make_request(office, person, event="fire")


def test_what_the_law_does_not_grant_is_refused_and_not_passed(office):
    """Income or property above the place's line: the town may only refuse, and the letter gives the law's reason."""
    one = make_request(office, make_family(office), event="illness", burden=150_000, papers=PAPERS)
    survey(office, one, means="over")
    with pytest.raises(Refused, match="应当报镇街决定"):
        step(office.worker, one, to="notice")
    one = step(office.worker, one, to="town")
    with pytest.raises(Refused, match="按规则不能救助：经核对，家庭收入或财产超过本地规定.+。请驳回并选择理由"):
        step(office.reviewer, one)
    with scoped(office.reviewer):
        assert decision(queries.request(one.pk).case) is None, "what was not passed left no decision"
        refuse(by=office.reviewer, on=DAY, case=case_by_id(one.case_id), reason="not_qualified", opinion="超过规定。")
        one = queries.request(one.pk)
        assert (one.state, decision(one.case).granted) == ("refused", False)


def test_the_fund_of_a_payment_is_chosen_by_hand(office, settings):
    """The first of all funds stood in the form, and one press paid from a gift that was given for something else."""
    settings.BUSINESS_DAY = DAY.isoformat()
    one, fund = helped_at_once(office, make_stranger(office)), make_relief_fund(office.maker)
    cashier = Walker("caijing").open(f"/relief/requests/{one.pk}/pay/")
    cashier.send("开付款单", expect=422)
    assert "请选择资金" in cashier.text
    cashier.send("开付款单", fund=str(fund.pk))
    assert "付款单已开" in cashier.text
