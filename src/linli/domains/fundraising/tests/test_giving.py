"""A gift is in the books and has its receipt in one act; what is wrong is answered, never edited."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connections, transaction

from linli.base.areas import WHOLE
from linli.domains.fundraising import actions, queries
from linli.domains.fundraising.actions import DonorFacts
from linli.domains.fundraising.models import Donor, Gift, PublicReceipt, Receipt
from linli.domains.fundraising.rules import MOST, CampaignKind, DonorKind, GiftForm, Plan, Tie
from linli.domains.fundraising.samples import (
    DAY,
    TOWN,
    make_campaign,
    make_contract,
    make_federation,
    make_fundraising_year,
    make_gift,
    make_plan,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Stale
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers import queries as ledgers
from linli.kernel.ledgers.samples import make_payees
from linli.kernel.publicity.queries import items_of, notice


@pytest.fixture
def team(db):
    return make_federation()


@pytest.fixture
def campaign(team):
    return make_campaign(team.clerk)


def balance(actor, gift):
    with scoped(actor):
        held = ledgers.fund_of(gift.fund_id).balance
    return held.received, held.spent, held.free


def numbers(area="370404000"):
    with scoped(WHOLE):
        return list(Receipt.objects.filter(number__startswith=area).order_by("serial").values_list("serial", flat=True))


def test_a_gift_is_money_in_the_campaigns_fund(team, campaign):
    first = make_gift(team.clerk, campaign, 100_00)
    second = make_gift(team.clerk, campaign, 50_50, "李明")
    assert first.fund_id == second.fund_id
    assert balance(team.clerk, first) == (150_50, 0, 150_50)


def test_each_branch_has_books_and_receipts_of_its_own(team, campaign):
    here, there = make_gift(team.clerk, campaign), make_gift(team.town, campaign)
    assert (here.area, there.area) == ("370404000000", TOWN)
    assert here.fund_id != there.fund_id
    assert (numbers(), numbers("370404100")) == ([1], [1])
    with scoped(team.town):
        assert queries.gifts().count() == 1
    with scoped(team.clerk):
        assert queries.gifts().count() == 2


def test_the_receipt_says_what_the_law_asks(team, campaign):
    gift = make_gift(team.town, campaign, 100_00, "䶮㛃")
    with scoped(team.town):
        receipt = queries.gift_of(gift.pk).receipt
    assert (receipt.number, receipt.body, receipt.handler) == ("370404100-2010-000001", "古邵镇慈善分会", team.town.name)
    assert receipt.issued_on == DAY and len(receipt.check_word) == 8


@pytest.mark.parametrize("name", ["䶮", "㛃", "𠮷野", "欧阳·小明"])
def test_rare_names_are_kept(team, campaign, name):
    assert make_gift(team.clerk, campaign, name=name).donor.name == name


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"amount": 0}, "应大于0"),
        ({"amount": -100}, "应大于0"),
        ({"amount": MOST + 1}, "核对单位"),
        ({"day": DAY + timedelta(1)}, "不能晚于今天"),
        ({"day": date(2009, 1, 1)}, "不在这项活动的期限"),
        ({"name": "=1+1"}, "等号"),
        ({"name": "张3"}, "姓名"),
        ({"name": ""}, "请填写捐赠人"),
        ({"donor": DonorFacts("@SUM(A1)", DonorKind.COMPANY)}, "像是公式"),
        ({"donor": DonorFacts("张桂兰", unit="+cmd|' /C calc'!A0")}, "像是公式"),
        ({"donor": DonorFacts("某" * 81, DonorKind.COMPANY)}, "不能超过80个字"),
        ({"designated": "李明", "tie": Tie.DONOR}, "§40"),
        ({"designated": "李明", "tie": Tie.MANAGER}, "§59"),
        ({"purpose": "office.cost"}, "不在“2010年慈心一日捐”的方案之内"),
    ],
)
def test_what_is_wrong_is_refused_and_leaves_nothing(team, campaign, words, message):
    with pytest.raises(Refused, match=message):
        make_gift(team.clerk, campaign, **words)
    with scoped(team.clerk):
        assert not Gift.objects.exists() and not Receipt.objects.exists() and not Donor.objects.exists()
    assert make_gift(team.clerk, campaign) and numbers() == [1]  # nothing was drawn for what was refused


def test_an_anonymous_gift_has_a_receipt_and_no_donor(team, campaign):
    gift = make_gift(team.clerk, campaign, donor=DonorFacts(), anonymous=True)
    assert gift.donor is None and numbers() == [1]


def test_goods_are_counted_in_the_same_books(team, campaign):
    gift = make_gift(team.clerk, campaign, 0, form=GiftForm.GOODS, goods="棉被", measure="床", pieces=250)
    assert (gift.what, balance(team.clerk, gift)) == ("棉被250床", (0, 0, 0))
    with scoped(team.clerk):
        assert [(row.unit, row.amount) for row in ledgers.goods_balances()] == [("棉被/床", 250)]


def test_the_money_is_held_to_the_plan(team, campaign):
    gift = make_gift(team.clerk, campaign, 100_00)
    words = {"by": team.maker, "on": DAY, "fund": gift.fund, "memo": "支出"}
    books.spend(amount=10_00, purpose="charity.da_bing", reference="s:1", **words)
    with pytest.raises(Refused, match="不能用于“管理费用”"):
        books.spend(amount=10_00, purpose="office.cost", reference="s:2", **words)


def test_the_donors_own_word_restricts_further(team, campaign):
    gift = make_gift(team.clerk, campaign, 100_00, purpose="charity.yuan_meng")
    plain = make_gift(team.clerk, campaign, 100_00)
    assert gift.fund_id != plain.fund_id
    words = {"by": team.maker, "on": DAY, "memo": "支出", "amount": 10_00, "purpose": "charity.da_bing"}
    with pytest.raises(Refused, match="限定了用途"):
        books.spend(fund=gift.fund, reference="s:1", **words)
    books.spend(fund=plain.fund, reference="s:2", **words)


def test_a_change_of_use_needs_the_paper_and_spares_what_a_donor_restricted(team, campaign):
    plain = make_gift(team.clerk, campaign)
    bound = make_gift(team.clerk, campaign, purpose="charity.da_bing")
    with pytest.raises(Refused, match="须有依据"):
        actions.allow_use(by=team.clerk, on=DAY, campaign=campaign, purpose="office.cost", basis=" ")
    actions.allow_use(by=team.clerk, on=DAY, campaign=campaign, purpose="office.cost", basis="峄民备〔2010〕8号")
    words = {"by": team.maker, "on": DAY, "memo": "支出", "amount": 1_00, "purpose": "office.cost"}
    books.spend(fund=plain.fund, reference="s:1", **words)
    with pytest.raises(Refused, match="限定了用途"):
        books.spend(fund=bound.fund, reference="s:2", **words)
    actions.allow_gift_use(by=team.clerk, on=DAY, gift=bound, purpose="office.cost", basis="捐赠人同意书")
    books.spend(fund=bound.fund, reference="s:3", **words)
    with pytest.raises(Refused, match="已在方案之内"):
        actions.allow_use(by=team.clerk, on=DAY, campaign=campaign, purpose="office.cost", basis="再来")
    later = make_gift(team.town, campaign)  # a fund that is opened after the change knows it too
    with scoped(team.clerk):
        assert later.fund.purposes.filter(purpose="office.cost").exists()


def test_a_second_person_reverses_and_the_receipt_is_void(team, campaign):
    gift = make_gift(team.clerk, campaign, 100_00)
    with pytest.raises(Forbidden):
        actions.reverse_gift(by=team.clerk, on=DAY, gift=gift, reason="重复登记")
    with pytest.raises(Refused, match="请填写冲正原因"):
        actions.reverse_gift(by=team.checker, on=DAY, gift=gift, reason=" ")
    actions.reverse_gift(by=team.checker, on=DAY, gift=gift, reason="重复登记")
    assert balance(team.clerk, gift) == (0, 0, 0)
    with scoped(team.clerk):
        assert PublicReceipt.objects.get().void_on == DAY
        assert not queries.live_gifts().exists()
    with pytest.raises(Refused, match="已经冲正"):
        actions.reverse_gift(by=team.checker, on=DAY, gift=gift, reason="再来")


def test_the_mended_gift_replaces_the_reversed_one_once(team, campaign):
    wrong = make_gift(team.clerk, campaign, 1_000_00)
    with pytest.raises(Refused, match="还没有冲正"):
        make_gift(team.clerk, campaign, 100_00, replaces=wrong)
    actions.reverse_gift(by=team.checker, on=DAY, gift=wrong, reason="金额有误")
    make_gift(team.clerk, campaign, 100_00, replaces=wrong)
    with pytest.raises(Refused, match="已经重新登记过"):
        make_gift(team.clerk, campaign, 100_00, replaces=wrong)
    assert balance(team.clerk, wrong)[0] == 100_00 and numbers() == [1, 2]


def test_spent_money_cannot_be_reversed(team, campaign):
    gift = make_gift(team.clerk, campaign, 100_00)
    books.spend(by=team.maker, on=DAY, fund=gift.fund, amount=60_00, purpose="charity.da_bing", reference="s", memo="救助")
    with pytest.raises(Refused, match="不足"):
        actions.reverse_gift(by=team.checker, on=DAY, gift=gift, reason="退款")
    with scoped(team.clerk):
        assert queries.live_gifts().count() == 1


@pytest.mark.parametrize("change", ["update fundraising_gift set amount = 1", "update fundraising_receipt set serial = 9",
                                    "delete from fundraising_gift", "delete from fundraising_reversal",
                                    "update fundraising_receiptcounter set last = 0"])  # fmt: skip
def test_the_database_lets_nobody_edit_a_gift_or_a_receipt(team, campaign, change):
    make_gift(team.clerk, campaign)
    with scoped(team.clerk), pytest.raises(DatabaseError), transaction.atomic():
        connections["default"].cursor().execute(change)


def test_a_contract_pays_instalment_by_instalment(team):
    contract = make_contract(team.clerk)
    with scoped(team.clerk):
        first = queries.instalments().filter(contract=contract).first()
        assert (first.day, first.amount, first.left) == (date(2010, 6, 1), 50_000_00, 50_000_00)
        assert [one.number for one in queries.overdue(DAY)] == [1]
    with pytest.raises(Refused, match="分期上登记到款"):
        make_gift(team.clerk, contract.campaign, 100_00)
    make_gift(team.clerk, contract.campaign, 30_000_00, instalment=first)
    with pytest.raises(Refused, match=r"尚欠20,000.00元"):
        make_gift(team.clerk, contract.campaign, 20_000_01, instalment=first)
    make_gift(team.clerk, contract.campaign, 20_000_00, instalment=first)
    with scoped(team.clerk):
        assert not queries.overdue(DAY).exists()
        shown = queries.contract_of(contract.pk, DAY)
        assert (shown.due, shown.paid, shown.next) == (50_000_00, 50_000_00, date(2011, 6, 1))


def test_an_ended_contract_owes_nothing_later(team):
    contract = make_contract(team.clerk)
    actions.end_contract(by=team.clerk, on=DAY, contract=contract, why="企业停产")
    with scoped(team.clerk):
        assert [one.number for one in queries.instalments()] == [1]
    with pytest.raises(Stale):
        actions.end_contract(by=team.clerk, on=DAY, contract=contract, why="再来")


def test_a_named_fund_needs_its_founder_and_its_use(team):
    plan = Plan(CampaignKind.NAMED, date(2010, 1, 1), None)
    with pytest.raises(Refused, match="冠名捐赠人"):
        make_campaign(team.clerk, title="欧宝慈善助学基金", plan=plan)
    founder = actions.register_donor(by=team.clerk, on=DAY, donor=DonorFacts("欧宝公司", DonorKind.COMPANY))
    with pytest.raises(Refused, match="约定的用途"):
        make_campaign(team.clerk, title="欧宝慈善助学基金", plan=plan, purposes=(), founder=founder)
    made = make_campaign(team.clerk, title="欧宝慈善助学基金", plan=plan, purposes=("charity.yuan_meng",), founder=founder)
    gift = make_gift(team.clerk, made, 40_000_00)
    assert gift.fund.restricted


def test_money_from_above_is_of_its_own_kind(team):
    plan = Plan(CampaignKind.UPPER, date(2010, 1, 1), None)
    with pytest.raises(Refused, match="层级"):
        make_campaign(team.clerk, title="市级资金", plan=plan, source="市慈善总会")
    made = make_campaign(team.clerk, title="市级资金", plan=plan, source="市慈善总会", source_level="city")
    gift = make_gift(team.clerk, made, 10_000_00, donor=DonorFacts("市慈善总会", DonorKind.SUPERIOR))
    assert (gift.fund.kind, gift.fund.level, gift.fund.donor) == ("superior", "city", "市慈善总会")


def test_a_campaign_is_refused_with_all_its_faults_and_its_name_is_its_own(team, campaign):
    with pytest.raises(Refused, match=r"没有写明受益人.*没有写明款物用途"):
        make_campaign(team.clerk, title="另一项", plan=make_plan(beneficiary="", use=""))
    with pytest.raises(Refused, match="已有同名"):
        make_campaign(team.clerk)
    with pytest.raises(Refused, match="尚未设立"):
        make_campaign(team.clerk, title="另一项", purposes=("no.such",))


def test_a_closed_campaign_takes_no_further_gift(team, campaign):
    actions.close_campaign(by=team.clerk, on=DAY, campaign=campaign)
    make_gift(team.clerk, campaign, on=DAY + timedelta(3), day=DAY)
    with pytest.raises(Refused, match="已于2010-12-20结束"):
        make_gift(team.clerk, campaign, on=DAY + timedelta(1))
    with pytest.raises(Stale):
        actions.close_campaign(by=team.clerk, on=DAY, campaign=campaign)


def test_a_branch_cannot_change_the_districts_campaign(team, campaign):
    with pytest.raises(Stale):
        actions.close_campaign(by=team.town, on=DAY, campaign=campaign)


def test_a_plan_is_signed_by_another_person_and_stays(team, campaign):
    lines = [("charity.da_bing", 100_00, 2), ("charity.qing_nuan", 50_00, None)]
    plan = actions.draft_plan(by=team.clerk, on=DAY, year=2010, lines=lines[:1])
    plan = actions.draft_plan(by=team.clerk, on=DAY, year=2010, lines=lines)
    gift = make_gift(team.clerk, campaign, 100_00)
    books.spend(by=team.maker, on=DAY, fund=gift.fund, amount=60_00, purpose="charity.da_bing", reference="s", memo="救助")
    actions.sign_plan(by=team.approver, on=DAY, plan=plan)
    with scoped(team.clerk):
        rows = queries.plan_rows(plan)
    assert [(row.purpose, row.planned, row.spent, row.left) for row in rows] == [
        ("大病救助", 100_00, 60_00, 40_00),
        ("情暖万家", 50_00, 0, 50_00),
    ]
    with pytest.raises(Refused, match="已经签批"):
        actions.draft_plan(by=team.clerk, on=DAY, year=2010, lines=lines)
    with pytest.raises(Stale):
        actions.sign_plan(by=team.approver, on=DAY, plan=plan)
    with pytest.raises(Forbidden):
        actions.sign_plan(by=team.clerk, on=DAY, plan=plan)


def test_only_who_agrees_is_named_in_what_is_published(team, campaign):
    make_gift(team.clerk, campaign, 100_00, "张桂兰")
    make_gift(team.clerk, campaign, 200_00, donor=DonorFacts("李明"))
    make_gift(team.clerk, campaign, 300_00, "王小虎", anonymous=True)
    make_gift(team.town, campaign, 400_00, donor=DonorFacts("欧阳小明", minor=True, consents=True))
    done = actions.publish_gifts(by=team.clerk, on=DAY, campaign=campaign, contact="区慈善总会办公室")
    with scoped(team.clerk):
        shown = items_of(notice(done.notice_id))
        rows = [(row["donor"], row["what"]) for row in shown.values_list("row", flat=True)]
    assert rows == [
        ("张桂兰", "100.00元"),
        ("爱心人士", "200.00元"),
        ("爱心人士", "300.00元"),
        ("欧阳某", "400.00元"),
    ]
    with pytest.raises(Refused, match="主办单位"):
        actions.publish_gifts(by=team.town, on=DAY, campaign=campaign, contact="古邵镇")


def test_a_consent_holds_for_earlier_gifts_and_can_be_taken_back(team, campaign):
    gift = make_gift(team.clerk, campaign, donor=DonorFacts("李明"))
    make_gift(team.clerk, campaign, name="李明")
    with scoped(team.clerk):
        assert Donor.objects.get(pk=gift.donor_id).consents
    donor = actions.set_consent(by=team.clerk, on=DAY, donor=gift.donor, consents=False)
    assert not donor.consents and donor.consented_on is None


def test_the_families_of_a_fund_are_counted_once_and_not_named(team, campaign):
    gift = make_gift(team.clerk, campaign, 1_000_00)
    payees = make_payees(3)
    words = {"by": team.maker, "on": DAY, "amount": 100_00, "purpose": "charity.da_bing", "shares": {gift.fund_id: 100_00}}
    orders = [
        books.order_payment(
            source=f"case:{n}", payee="某人", area=payee.area, person=payee.person, account=payee.account, **words
        )
        for n, payee in enumerate([*payees, payees[0]])
    ]
    with scoped(team.clerk):
        use = queries.use_of(gift.fund)
    assert (use.spent, use.families, use.by_purpose) == (400_00, 3, (("大病救助", 400_00),))
    books.cancel_order(by=team.maker, on=DAY, order=orders[1], reason="不符合条件")
    with scoped(team.clerk):
        assert queries.use_of(gift.fund).families == 2


def test_the_workbench_says_what_is_due(team):
    contract = make_contract(team.clerk)
    campaign = make_campaign(team.clerk, plan=make_plan(until=date(2010, 5, 31)))
    plan = actions.draft_plan(by=team.clerk, on=DAY, year=2010, lines=[("charity.da_bing", 100_00, None)])

    def titles(actor):
        with scoped(actor):
            return [(task.title, task.due) for task in queries.waiting(actor, DAY, "waiting")]

    assert titles(team.clerk) == [
        (f"{contract.donor.name}第1期，尚欠50,000.00元", date(2010, 6, 1)),
        (f"公布“{campaign.title}”募捐情况", date(2010, 8, 31)),
    ]
    assert titles(team.approver) == [("签批2010年度支出计划", None)]
    assert titles(team.town) == []
    make_gift(team.clerk, campaign, 1_00, day=date(2010, 5, 2))
    actions.publish_gifts(by=team.clerk, on=DAY, campaign=campaign, contact="区慈善总会办公室")
    actions.sign_plan(by=team.approver, on=DAY, plan=plan)
    assert len(titles(team.clerk)) == 1 and titles(team.approver) == []


def test_two_years_of_a_federation_stand_in_the_books(team):
    for year in (2009, 2010):
        make_fundraising_year(team, year, gifts=4)
    with scoped(team.clerk):
        for year, raised in ((2009, 152), (2010, 156)):
            assert queries.campaigns(kind="one_day", year=year).get().raised == raised * 10_000_00
        given = sum(gift.amount for gift in queries.live_gifts().filter(form="money"))
        assert given == sum(fund.balance.received for fund in ledgers.funds())
        assert [str(one.contract) for one in queries.overdue(DAY)] == ["HT-2009-01"]  # its second year was not collected


def test_receipts_have_no_gap_when_many_clerks_give_at_once(fresh_database, at_once):
    team = make_federation()
    campaign = make_campaign(team.clerk)
    said = []

    def give(number):
        for turn in range(4):
            amount = 0 if (number + turn) % 3 == 0 else 10_00  # every third is refused after the campaign was found
            try:
                make_gift(team.clerk, campaign, amount)
            except Refused:
                said.append("refused")

    at_once(give, times=6)
    found = numbers()
    assert len(found) + len(said) == 24 and found == list(range(1, len(found) + 1))
    with scoped(team.clerk):
        assert queries.gifts().values("fund").distinct().count() == 1
        assert ledgers.fund_of(queries.gifts()[0].fund_id).balance.received == len(found) * 10_00


PLANS = [
    ({"lines": []}, "计划至少要有一个项目，请填写金额"),
    ({"lines": [("office.cost", 1, 1), ("office.cost", 2, 1)]}, "同一个项目写了两次，请合并"),
    ({"lines": [("charity.nothing", 1, 1)]}, "计划中有尚未设立的用途"),
    ({"lines": [("office.cost", 0, 1)]}, "计划金额应大于0"),
    ({"year": 1989}, "年度应在1990年至明年之间"), ({"year": DAY.year + 2}, "年度应在1990年至明年之间"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "said"), PLANS)
def test_what_a_spending_plan_is_refused_for(team, campaign, words, said):
    with pytest.raises(Refused, match=said):
        actions.draft_plan(by=team.clerk, on=DAY, **{"year": DAY.year, "lines": [("office.cost", 1_00, 1)]} | words)


def test_a_contract_has_its_number_and_ends_once_with_a_reason(team):
    contract = make_contract(team.clerk, number="HT-9")
    with pytest.raises(Refused, match="请填写合同编号"):
        make_contract(team.clerk, number=" ", campaign=contract.campaign)
    with pytest.raises(Refused, match="请填写终止原因"):
        actions.end_contract(by=team.clerk, on=DAY, contract=contract, why=" ")
    with pytest.raises(Refused, match="这项活动没有限定用途，无需变更"):
        actions.allow_use(by=team.clerk, on=DAY, campaign=contract.campaign, purpose="office.cost", basis="备案")
    actions.end_contract(by=team.clerk, on=DAY, contract=contract, why="企业歇业")
    with pytest.raises(Stale):
        actions.end_contract(by=team.clerk, on=DAY, contract=contract, why="再终止")
    with scoped(team.town), pytest.raises(Forbidden, match="没有这份合同，或它不在本单位的登记范围内"):
        queries.contract_of(contract.pk, DAY)
