"""The pages of fundraising, as clerks, checkers, approvers and donors meet them."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from linli.domains.fundraising import actions, queries
from linli.domains.fundraising.actions import DonorFacts
from linli.domains.fundraising.actions.importing import COLUMNS
from linli.domains.fundraising.models import Campaign, Contract, Gift, SpendingPlan
from linli.domains.fundraising.rules import DonorKind
from linli.domains.fundraising.samples import (
    DAY,
    make_campaign,
    make_federation,
    make_fundraising_year,
    make_gift,
    make_purposes,
)
from linli.gateways.spreadsheets import Sheet, open_table, table_bytes
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import Staff
from linli.kernel.figures import queries as figures
from linli.kernel.figures.rules import year_period
from linli.kernel.jobs.samples import work_off
from linli.kernel.ledgers import actions as books
from linli.kernel.ledgers.rules import FundLevel
from linli.kernel.ledgers.samples import make_fund

DISTRICT, TOWN, YEAR = "370404000000", "370404001000", year_period(2010)


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(settings, "BUSINESS_DAY", DAY.isoformat())


@pytest.fixture
def team(db, today):
    return make_federation()


def signed_in(username):
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(Staff.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def at(name, *args):
    return reverse(f"fundraising:{name}", args=args)


def send(client, address, **words):
    """Fill in the form of the page as a browser does: what it begins with, and these words."""
    page = client.get(address).content.decode()
    key = re.search(r'name="_key" value="([^"]+)"', page)
    return client.post(address, {"_key": key[1] if key else ""} | words)


def text(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def value(actor, key, **cell):
    with scoped(actor):
        return figures.value(figures.figure(key), YEAR, actor.area, cell or None)


PLAN = {
    "since": "2010-05-01", "until": "2010-12-31", "aim": "扶贫济困", "place": "峄城区", "responsible": "周慈善",
    "account": "捐赠专户",
    "beneficiary": "困难家庭", "use": "大病救助", "surplus": "转入下年", "filed_on": "2010-04-10", "filing": "峄慈备2010-01",
}  # fmt: skip
GIFT = {"form": "money", "kind": "person", "day": "2010-12-20", "donor": "张桂兰", "amount": "100"}


def open_by_hand(client, kind, title, **words):
    make = {"kind": kind, "title": title, "purposes": ["charity.da_bing"]} | PLAN | words
    answer = send(client, at("new_campaign"), **make)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    return Campaign.objects.all(), int(answer["location"].split("/")[-2])


def test_one_day_donation_from_the_filed_plan_to_the_receipt(team):
    """CHARITY-02: a campaign over the whole district; district and branch enter gifts, each with its receipt."""
    make_purposes(team.clerk)
    clerk, branch = signed_in("fed"), signed_in("fed1")
    _, number = open_by_hand(clerk, "one_day", "2010年慈心一日捐", target="1,500,000")
    for client, donor, amount in ((clerk, "张桂兰", "100"), (branch, "䶮㛃", "２００.５０"), (branch, "𠮷野", "1,000")):
        answer = send(client, at("enter"), **(GIFT | {"campaign": number, "donor": donor, "amount": amount}))
        assert answer.status_code == 302, answer.content.decode()[:3000]
        page = text(client, answer["location"])
        assert donor in page
        receipt = text(client, answer["location"] + "receipt/")
        assert "公益事业捐赠票据" in receipt and "人民币" in receipt and donor in receipt
    assert "壹仟元整" in receipt and "古邵镇慈善分会" in receipt and "370404100-2010-000002" in receipt
    page = text(clerk, at("campaign", number))
    assert "募集最多的是古邵镇" in page and "1,300.50" in page and "完成0%" in page
    assert "张桂兰" in page and "䶮㛃" in page
    assert "张桂兰" not in text(branch, at("campaign", number))  # a branch sees its own gifts only
    assert value(team.clerk, "fundraising.raised", level="town") == 1_200_50
    assert value(team.clerk, "fundraising.raised", year="2010") == 1_300_50


def test_two_levels_enter_and_see_their_own(team):
    """CHARITY-01: the district federation and its branches, each with books, receipts and gifts of its own."""
    campaign = make_campaign(team.clerk)
    make_gift(team.clerk, campaign, 100_00)
    town = make_gift(team.town, campaign, 50_00, "李明")
    assert "李明" in text(signed_in("fed"), at("gifts"))
    seen = text(signed_in("fed1"), at("gifts"))
    assert "李明" in seen and "张桂兰" not in seen
    with scoped(team.clerk):
        parts = figures.broken_down(figures.figure("fundraising.raised"), YEAR, DISTRICT, "level")
    assert [(part.zh, part.value) for part in parts] == [("区级", 100_00), ("镇街级", 50_00)]
    signed_in("fed1").get(at("gift", town.pk))
    assert "不在本辖区" in text(signed_in("fed1"), at("gift", town.pk - 1), 403)


def test_money_and_goods_of_the_warmth_and_disaster_campaigns(team):
    """CHARITY-03: gifts in money and goods; an emergency may be filed within ten days after its start."""
    make_purposes(team.clerk)
    clerk = signed_in("fed")
    late = {"since": "2010-12-05", "filed_on": "2010-12-16"}
    made = {"kind": "disaster", "title": "抗震救灾", "purposes": ["charity.da_bing"]} | PLAN
    answer = send(clerk, at("new_campaign"), **(made | late))
    assert answer.status_code == 422 and "10日内补办备案" in answer.content.decode()
    _, number = open_by_hand(clerk, "disaster", "抗震救灾", since="2010-12-05", filed_on="2010-12-15")
    goods = {
        "campaign": number,
        "form": "goods",
        "amount": "",
        "goods": "棉被",
        "measure": "床",
        "pieces": "250",
        "donor": "红十字会",
    }
    answer = send(clerk, at("enter"), **(GIFT | goods | {"kind": "society"}))
    assert answer.status_code == 302, answer.content.decode()[:3000]
    assert "棉被250床" in text(clerk, answer["location"] + "receipt/")
    send(clerk, at("enter"), **(GIFT | {"campaign": number, "amount": "3501.00"}))
    assert value(team.clerk, "fundraising.goods", goods="棉被") == 250
    assert value(team.clerk, "fundraising.raised", kind="disaster") == 3_501_00
    assert "2010-12-10以前公布" in text(clerk, at("campaign", number))


def test_a_donation_contract_due_and_paid(team):
    """CHARITY-04: principal kept, interest paid by instalments; what is due, paid and overdue."""
    make_purposes(team.clerk)
    clerk = signed_in("fed")
    _, number = open_by_hand(clerk, "contract", "留本付息捐赠", until="", purposes=[])
    words = {
        "number": "HT-2010-01",
        "kind": "interest",
        "campaign": number,
        "donor": "福星纺织有限公司",
        "signed_on": "2009-06-01",
    }
    words |= {"sum": "1,000,000", "rate": "4.35", "since": "2009-06-01", "every": "6", "count": "6"}
    answer = send(clerk, at("new_contract"), **words)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    page = text(clerk, answer["location"])
    assert "21,750.00" in page and "逾期" in page and "4.35%" in page
    assert (value(team.clerk, "fundraising.contract_due"), value(team.clerk, "fundraising.contract_overdue")) == (
        43_500_00,
        65_250_00,
    )
    assert "福星纺织有限公司第1期，尚欠21,750.00元" in _tasks(team.clerk)
    with scoped(team.clerk):
        first = queries.instalments().first()
    paid = send(clerk, at("pay", first.pk), amount="21750", day="2010-12-20")
    assert paid.status_code == 302, paid.content.decode()[:3000]
    over = send(clerk, at("pay", first.pk), amount="1", day="2010-12-20")
    assert over.status_code == 422 and "尚欠0.00元" in over.content.decode()
    assert value(team.clerk, "fundraising.contract_paid") == 21_750_00
    assert value(team.clerk, "fundraising.contract_overdue") == 43_500_00
    with scoped(team.clerk):
        contract = Contract.objects.get()
    assert send(clerk, at("end", contract.pk), why="企业停产").status_code == 302
    assert "已终止" in text(clerk, at("contracts"))


def _tasks(actor):
    with scoped(actor):
        return [task.title for task in queries.waiting(actor, DAY, "waiting")]


def test_the_donation_month_has_its_own_sum(team):
    """CHARITY-05: one month of public giving; the final account is public within three months."""
    make_purposes(team.clerk)
    clerk = signed_in("fed")
    _, number = open_by_hand(clerk, "month", "慈善捐赠活动月", since="2010-11-01", until="2010-11-30")
    for amount in ("100", "250.5"):
        assert send(clerk, at("enter"), **(GIFT | {"campaign": number, "day": "2010-11-15", "amount": amount})).status_code == 302
    refused = send(clerk, at("enter"), **(GIFT | {"campaign": number, "day": "2010-12-01"}))
    assert refused.status_code == 422 and "不在这项活动的期限" in refused.content.decode()
    assert value(team.clerk, "fundraising.raised", kind="month") == 350_50
    assert value(team.clerk, "fundraising.raised", month="11") == 350_50
    assert "2011-02-28以前公布" in text(clerk, at("campaign", number))
    assert send(clerk, at("publish", number), contact="区慈善总会办公室").status_code == 302
    page = text(clerk, at("campaign", number))
    assert "公示第" in page and "以前公布" not in page


def test_a_named_fund_with_its_donor_balance_and_use(team):
    """CHARITY-06: the fund, its founder, its balance and what was spent of it."""
    make_purposes(team.clerk)
    clerk = signed_in("fed")
    named = {"kind": "named", "founder": "欧宝食品有限公司", "founder_kind": "company", "purposes": ["charity.yuan_meng"]}
    words = {"title": "欧宝慈善助学基金", "since": "2010-01-01", "until": ""} | named
    answer = send(clerk, at("new_campaign"), **words)
    assert answer.status_code == 302, answer.content.decode()[:3000]
    number = int(answer["location"].split("/")[-2])
    send(clerk, at("enter"), **(GIFT | {"campaign": number, "kind": "company", "donor": "欧宝食品有限公司", "amount": "400000"}))
    with scoped(team.clerk):
        gift = queries.gifts().select_related("fund").get()
    books.spend(by=team.maker, on=DAY, fund=gift.fund, amount=2_000_00, purpose="charity.yuan_meng", reference="s", memo="助学")
    page = text(clerk, at("campaign", number))
    assert "欧宝食品有限公司" in page and "398,000.00" in page
    statement = text(clerk, at("statement", gift.fund_id))
    assert "圆梦工程" in statement and "2,000.00" in statement


def test_money_from_above_by_project(team):
    """CHARITY-20: grants of a superior body, by project and level."""
    make_purposes(team.clerk)
    clerk = signed_in("fed")
    words = {"kind": "upper", "title": "大病救助上级资金", "since": "2010-01-01", "until": "", "source": "市慈善总会"}
    assert "请选择拨款单位的层级" in send(clerk, at("new_campaign"), **words).content.decode()
    answer = send(clerk, at("new_campaign"), **words, source_level="city", purposes=["charity.da_bing"])
    number = int(answer["location"].split("/")[-2])
    send(clerk, at("enter"), **(GIFT | {"campaign": number, "kind": "superior", "donor": "市慈善总会", "amount": "3,000,000"}))
    assert value(team.clerk, "fundraising.upper") == 3_000_000_00
    assert value(team.clerk, "fundraising.upper", level="city") == 3_000_000_00
    assert value(team.clerk, "fundraising.raised") == 0 and value(team.clerk, "fundraising.income") == 3_000_000_00


def test_goods_from_outside_are_received_and_given_out(team):
    """CHARITY-22: quilts and nets of a federation above, received, handed out, counted by kind."""
    campaign = make_campaign(team.clerk)
    clerk = signed_in("fed")
    for goods, measure, pieces in (("蚊帐", "顶", "1000"), ("棉被", "床", "250")):
        words = {"campaign": campaign.pk, "form": "goods", "amount": "", "goods": goods, "measure": measure, "pieces": pieces}
        answer = send(clerk, at("enter"), **(GIFT | words | {"kind": "superior", "donor": "国际联合会"}))
        assert answer.status_code == 302, answer.content.decode()[:3000]
    with scoped(team.clerk):
        fund = queries.gifts()[0].fund_id
    assert "蚊帐：1,000顶" in text(clerk, at("statement", fund))
    too_many = send(clerk, at("hand_out", fund), goods="棉被/床", pieces="251", receiver="古邵镇敬老院")
    assert too_many.status_code == 422 and "不够" in too_many.content.decode()
    assert send(clerk, at("hand_out", fund), goods="棉被/床", pieces="100", receiver="古邵镇敬老院").status_code == 302
    assert "棉被：150床" in text(clerk, at("statement", fund))
    assert value(team.clerk, "fundraising.goods", goods="蚊帐") == 1000
    assert value(team.clerk, "fundraising.goods_given", goods="棉被/床") == 100
    slip = re.search(r'href="(/ledgers/slips/\d+/)"', text(clerk, reverse("ledgers:slips")))[1]
    with scoped(team.clerk):
        quilts = queries.gifts().get(goods="棉被")
    assert at("gift", quilts.pk) in text(clerk, slip)


def test_money_that_is_handed_to_a_town_is_spent_once(team):
    gift = make_gift(team.clerk, make_campaign(team.clerk), 1_000_00)
    branch = make_fund(team.clerk, code="ZHEN-1", area=TOWN, level=FundLevel.TOWN, on=DAY)
    words = {"by": team.maker, "on": DAY, "purpose": "charity.da_bing"}
    books.transfer(fund=gift.fund, to=branch, amount=400_00, reference="t", memo="拨付", **words)
    books.spend(fund=branch, amount=150_00, reference="s", memo="救助", **words)
    assert value(team.clerk, "fundraising.spent") == 150_00


def test_the_lists_cost_the_same_reads_however_long_they_are(team, django_assert_max_num_queries):
    make_fundraising_year(team, 2010, gifts=12)
    client = signed_in("fed")
    with scoped(team.clerk):
        campaign = queries.campaigns(kind="one_day").get()
    for name, args, most in (("gifts", (), 20), ("donors", (), 20), ("campaigns", (), 20), ("campaign", (campaign.pk,), 45)):
        with django_assert_max_num_queries(most):
            text(client, at(name, *args) + "?size=100")


def test_the_spending_plan_and_how_far_it_is_fulfilled(team):
    """CHARITY-21: drafted, signed by another person, and its completion rate from the books."""
    campaign = make_campaign(team.clerk)
    gift = make_gift(team.clerk, campaign, 1_000_00)
    clerk, approver = signed_in("fed"), signed_in("fedsign")
    page = text(clerk, at("draft_plan"))
    fields = dict(re.findall(r'for="id_(amount_\d+)"[^>]*>\s*([^<：]+)：', page))
    by_name = {name.strip(): field for field, name in fields.items()}
    assert "大病救助" in by_name, fields
    answer = send(clerk, at("draft_plan"), year="2010", **{by_name["大病救助"]: "600", by_name["情暖万家"]: "400"})
    assert answer.status_code == 302, answer.content.decode()[:3000]
    plan = answer["location"]
    assert text(approver, at("plans")).count("待签批") >= 1
    assert value(team.clerk, "fundraising.planned") == 0  # a draft counts nothing
    with scoped(team.clerk):
        number = SpendingPlan.objects.get().pk
    assert send(approver, at("sign_plan", number)).status_code == 302
    books.spend(by=team.maker, on=DAY, fund=gift.fund, amount=450_00, purpose="charity.da_bing", reference="s", memo="救助")
    page = text(clerk, plan)
    assert "75.00%" in page and "45.00%" in page and "已签批" in page and "基金会管理条例 §29" in page
    assert (value(team.clerk, "fundraising.planned"), value(team.clerk, "fundraising.plan_spent")) == (1_000_00, 450_00)
    assert clerk.get(at("sign_plan", number)).status_code == 403
    town = make_fund(team.clerk, code="ZHEN-1", area=TOWN, level=FundLevel.TOWN, on=DAY)
    books.transfer(
        by=team.maker, on=DAY, fund=gift.fund, to=town, amount=150_00, purpose="charity.da_bing", reference="t", memo="拨付"
    )
    assert value(team.clerk, "fundraising.plan_spent") == 450_00, "what a town got it has yet to spend"
    assert "75.00%" in text(clerk, plan)


def test_the_report_says_what_the_books_say(team):
    """CHARITY-19: the announcement of gifts, drafted from the figures, with its relations."""
    make_fundraising_year(team, 2010, gifts=5)
    approver = signed_in("fedsign")
    clerk = signed_in("fed")
    answer = send(clerk, reverse("figures:new"), template="fundraising.report", period="2010")
    assert answer.status_code == 302, answer.content.decode()[:3000]
    report = text(approver, answer["location"])
    total = value(team.clerk, "fundraising.income")
    assert total > 1_000_000_00 and f"{total // 1_000_000}" in report and "不成立" not in report


@pytest.mark.parametrize("key", ["fundraising.raised", "fundraising.income", "fundraising.gifts", "fundraising.donors",
                                 "fundraising.upper", "fundraising.goods", "fundraising.contract_due"])  # fmt: skip
def test_every_breakdown_sums_to_the_figure_and_its_rows(team, key):
    make_fundraising_year(team, 2010, gifts=6)
    one = figures.figure(key)
    with scoped(team.clerk):
        whole = figures.value(one, YEAR, DISTRICT)
        counted = list(figures.rows(one, YEAR, DISTRICT))
        assert whole > 0
        if one.measure.startswith("sum:"):
            assert whole == sum(getattr(row, one.measure.removeprefix("sum:")) for row in counted)
        for way in ["town", *(breakdown.key for breakdown in one.breakdowns)]:
            parts = figures.broken_down(one, YEAR, DISTRICT, way)
            if not one.measure.startswith("distinct:") or way in {"town", "level", "donor", "year"}:
                assert sum(part.value for part in parts) == whole, way
            for part in parts[:4]:
                assert figures.value(one, YEAR, DISTRICT, {way: part.key}) == part.value, (way, part)
        assert all(one.describe(row)[0] for row in counted[:3])


def test_the_checker_reverses_and_the_clerk_enters_anew(team):
    campaign = make_campaign(team.clerk)
    gift = make_gift(team.clerk, campaign, 1_000_00)
    checker, clerk = signed_in("fedcheck"), signed_in("fed")
    assert clerk.get(at("reverse", gift.pk)).status_code == 403
    assert send(checker, at("reverse", gift.pk), reason="金额有误").status_code == 302
    page = text(clerk, at("gift", gift.pk))
    assert "票据作废" in page and "重新登记" in page
    assert "（作废）" in text(clerk, at("receipt", gift.pk))
    again = f"{at('enter')}?replaces={gift.pk}"
    assert "1,000.00" in text(clerk, again)
    done = send(clerk, again, **(GIFT | {"campaign": campaign.pk, "amount": "100"}))
    assert done.status_code == 302
    assert "更正后的票据" in text(clerk, at("gift", gift.pk))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        ({"amount": "-1"}, "负数"),
        ({"amount": "1.005"}, "小数超过两位"),
        ({"amount": "100000000001"}, "不能大于"),
        ({"amount": "一百"}, "不是以元为单位的金额"),
        ({"amount": ""}, "应大于0"),
        ({"day": "2010-12-21"}, "不能晚于今天"),
        ({"day": "2010-02-30"}, "不存在"),
        ({"donor": "=HYPERLINK(1)"}, "等号"),
        ({"donor": "x" * 81}, "不能超过80个字"),
        ({"campaign": "999999"}, "没有“999999”这一项"),
        ({"designated": "李明"}, "核实并选择"),
        ({"designated": "李明", "tie": "donor"}, "慈善法 §40"),
    ],
)
def test_what_was_typed_wrongly_is_named_and_kept(team, words, message):
    campaign = make_campaign(team.clerk)
    answer = send(signed_in("fed"), at("enter"), **(GIFT | {"campaign": campaign.pk, "wish": "给孩子们"} | words))
    page = answer.content.decode()
    assert answer.status_code == 422 and message in page, page[:4000]
    assert "给孩子们" in page
    with scoped(team.clerk):
        assert not Gift.objects.exists()


def test_one_form_sent_twice_is_one_gift(team):
    campaign = make_campaign(team.clerk)
    client = signed_in("fed")
    key = re.search(r'name="_key" value="([^"]+)"', text(client, at("enter")))[1]
    sent = GIFT | {"campaign": campaign.pk, "_key": key}
    assert client.post(at("enter"), sent)["location"] == client.post(at("enter"), sent)["location"]
    with scoped(team.clerk):
        assert Gift.objects.count() == 1


def test_the_clerk_goes_on_with_the_next_gift(team):
    campaign = make_campaign(team.clerk)
    client = signed_in("fed")
    answer = send(client, at("enter"), **(GIFT | {"campaign": campaign.pk, "again": "1", "day": "2010-11-11"}))
    page = text(client, answer["location"])
    assert "已登记：票据370404000-2010-000001" in page and 'value="2010-11-11"' in page


def test_a_list_is_filtered_and_exported_as_typed_text(team):
    campaign = make_campaign(team.clerk)
    make_gift(team.clerk, campaign, 100_00, "张桂兰")
    make_gift(team.clerk, campaign, 200_00, donor=DonorFacts("福星公司", DonorKind.COMPANY))
    client = signed_in("fed")
    page = text(client, at("gifts") + "?kind=company")
    assert "福星公司" in page and "张桂兰" not in page
    answer = client.post(at("gifts") + "?kind=company&export=1", {"purpose": "年终核对"})
    table = open_table(answer.content, "捐赠.xlsx", expected=("捐赠人",))
    assert table.column("捐赠人") == ["福星公司"]


def test_donors_have_their_history_and_their_consent(team):
    campaign = make_campaign(team.clerk)
    gift = make_gift(team.clerk, campaign, 100_00, donor=DonorFacts("李明"))
    client = signed_in("fed")
    assert "李明" in text(client, at("donors") + "?consents=no")
    assert gift.receipt.number in text(client, at("donor", gift.donor_id))
    assert send(client, at("consent", gift.donor_id), consents="yes").status_code == 302
    assert "同意（2010-12-20）" in text(client, at("donor", gift.donor_id))


def book(rows):
    return table_bytes(Sheet("名册", [column.heading for column in COLUMNS], rows))


def test_a_collected_list_is_imported_row_by_row(team):
    make_campaign(team.clerk)
    name = "2010年慈心一日捐"
    day = "2010-12-01"
    good = [
        ["张桂兰", "区实验小学", "", "100", day, name, "", "是"],
        ["", "区供电所", "", "5,000.00", "2010.12.2", name, "否", ""],
        ["𠮷野", "", "个人", "20", "2010年12月3日", name, "是", ""],
    ]
    bad = [
        ["李明", "", "", "-5", day, name, "", ""],
        ["李明", "", "", "5.001", day, name, "", ""],
        ["李明", "", "", "5", "2010-12-31", name, "", ""],
        ["李明", "", "", "5", day, "没有的活动", "", ""],
        ["", "", "", "5", day, name, "", ""],
        ["=1+1", "", "", "5", day, name, "", ""],
        ["李明", "", "外星", "5", day, name, "", ""],
    ]
    client = signed_in("fed")
    new = reverse("imports:new", args=["fundraising.gifts"])
    there = send(client, new, file=SimpleUploadedFile("名册.xlsx", book(good + bad)))["location"]
    work_off()
    page = text(client, there)
    for words in ("是负数", "小数超过两位", "不能晚于今天", "没有这个名称的活动", "请填写捐赠人", "像是公式", "应填写：个人"):
        assert words in page, words
    assert client.post(there.rstrip("/") + "/confirm/", {"_key": "confirm"}).status_code == 302
    work_off()
    run = int(there.rstrip("/").rsplit("/", 1)[-1])
    assert "已入账，须由财务复核冲正" in _taken_back(client, there)
    with scoped(team.clerk):
        assert queries.gifts(run=run, state="live").count() == 3  # a receipt is never taken back in silence
        found = queries.gifts().order_by("id")
        told = [(gift.donor.name, gift.donor.kind, gift.amount, gift.anonymous, gift.receipt.serial) for gift in found]
    assert told == [
        ("张桂兰", "person", 100_00, False, 1), ("区供电所", "office", 5_000_00, False, 2), ("𠮷野", "person", 20_00, True, 3),
    ]  # fmt: skip


def _taken_back(client, there):
    send(client, there.rstrip("/") + "/take-back/")
    return text(client, there)


def test_a_donor_sees_the_use_with_the_receipt_and_nobody_else_does(fresh_database, today):
    """CHARITY-06: the donor sees what became of the gift, through the public's connection and without names."""
    team = make_federation()
    campaign = make_campaign(team.clerk)
    gift = make_gift(team.clerk, campaign, 500_00)
    books.spend(by=team.maker, on=DAY, fund=gift.fund, amount=120_00, purpose="charity.da_bing", reference="s", memo="张三救助")
    actions.tell_donors(by=team.clerk, on=DAY)
    public = Client(HTTP_HOST="127.0.0.1")
    with scoped(team.clerk):
        receipt = queries.gift_of(gift.pk).receipt
    answer = send(public, at("query"), number=receipt.number, word=receipt.check_word.lower())
    page = answer.content.decode()
    assert (
        answer.status_code == 200
        and "支出 120.00 元" in page
        and "大病救助" in page
        and "张三" not in page
        and "张桂兰" not in page
    )
    for number, word in ((receipt.number, "22222222"), ("370404000-2010-000999", receipt.check_word)):
        answer = send(public, at("query"), number=number, word=word)
        assert answer.status_code == 422 and "不相符" in answer.content.decode()
    answer = send(public, at("query"), number="'; drop table--", word="x")
    assert answer.status_code == 422 and "请对照票据填写" in answer.content.decode()


def test_an_auditor_sees_and_does_not_enter_and_a_leader_has_the_figures_only(team):
    from linli.kernel.access.rules import Role
    from linli.kernel.access.samples import make_founders, make_staff

    founders = make_founders()
    make_staff("auditor", "冯审计", Role.AUDITOR, DISTRICT, founders=founders)
    make_staff("leader", "陈领导", Role.LEADER, DISTRICT, founders=founders)
    campaign = make_campaign(team.clerk)
    auditor, leader = signed_in("auditor"), signed_in("leader")
    assert "登记捐赠</a>" not in text(auditor, at("campaign", campaign.pk))
    assert auditor.get(at("enter")).status_code == 403
    for name in ("campaigns", "gifts", "donors", "contracts", "plans"):
        text(auditor, at(name))
        assert leader.get(at(name)).status_code == 403, "donors' names are not for leaders' screens"

