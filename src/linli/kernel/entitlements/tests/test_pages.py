"""The pages of entitlements and of the monthly run, through the doors, by role, with bad input."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import date

import pytest
from tests.test_doors import signed_in

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff
from linli.kernel.entitlements import queries
from linli.kernel.entitlements.actions import end
from linli.kernel.entitlements.models import Entitlement, Run
from linli.kernel.entitlements.rules import Ground
from linli.kernel.entitlements.samples import (
    CARE,
    LIVING,
    MONTH,
    make_entitlement,
    make_funding,
    make_month,
    make_payee,
    make_why,
    sample_programmes,
)
from linli.kernel.ledgers.models import Batch, Fund
from linli.kernel.registry.samples import make_household

DAY = date(2010, 12, 5)


@pytest.fixture
def home(office):
    home = make_household(office.worker, names=("张桂英", "张小军"))
    make_payee(office.worker, home.head_id)
    return home


@pytest.fixture
def row(office, home):
    return make_entitlement(by=office.approver, household=home, amounts={"basic": 312_00}, grade="A", number="峄低0001")


@pytest.fixture
def page():
    clients = {}

    def ask(who, address, **data):
        client = clients.get(who) or clients.setdefault(who, signed_in(who))
        if not data:
            return client.get(address)
        return client.post(address, data | {"_key": secrets.token_hex(8)}, follow=True)

    return ask


def text(answer) -> str:
    return answer.content.decode()


def test_the_worker_finds_the_family_and_why_it_gets_so_much(office, row, page):
    """DIBAO-01: why 312 元 in December opens to the formula, the article, the decision."""
    listed = text(page("li", "/entitlements/?words=张桂英&programme=sample_living&state=standing&grade=A"))
    assert "张桂英" in listed and "312.00" in listed and "在享" in listed
    shown = text(page("li", f"/entitlements/{row.pk}/"))
    for word in ("基本补助", "312.00", "《示例办法》第四条", "核定金额", "峄民助〔2010〕1号", "批准享受", "张小军"):
        assert word in shown


def test_a_neighbouring_community_sees_nothing_of_it(office, row, page):
    assert "张桂英" not in text(page("li2", "/entitlements/"))
    assert page("li2", f"/entitlements/{row.pk}/").status_code == 403


@pytest.mark.parametrize("words", ["张", "峄低0001"])
def test_the_list_is_searched_by_name_and_number(office, row, page, words):
    assert "张桂英" in text(page("zhao", f"/entitlements/?words={words}"))
    assert "张桂英" not in text(page("zhao", "/entitlements/?words=李四"))


def test_the_list_is_exported_for_a_purpose(office, row, page):
    answer = page("zhou", "/entitlements/?export=1", purpose="上报月报")
    assert answer["Content-Type"].startswith("application/vnd")


def test_the_town_holds_back_and_resumes(office, row, page):
    answer = page("zhao", f"/entitlements/{row.pk}/suspend/", since="2010-13", ground="unreachable")
    assert answer.status_code == 422 and "自哪个月起暂停" in text(answer)
    for act in ("suspend", "end"):  # as it stands, with the month that the page proposes
        answer = page("zhao", f"/entitlements/{row.pk}/{act}/", since="2010-12", ground="")
        assert answer.status_code == 422 and "请选择原因" in text(answer), "nobody's money stops for the first reason of a list"
    page("zhao", f"/entitlements/{row.pk}/suspend/", since="2010-12", ground="unreachable", words="电话不通")
    assert "暂停发放" in text(page("zhao", f"/entitlements/{row.pk}/"))
    answer = page("zhao", f"/entitlements/{row.pk}/resume/", since="2010-11", pay_back="yes", words="已回")
    assert answer.status_code == 422 and "不能早于享受起始月" in text(answer)
    page("zhao", f"/entitlements/{row.pk}/resume/", since="2011-01", pay_back="yes", words="已回")
    assert "已决定补发" in text(page("zhao", f"/entitlements/{row.pk}/"))


def test_the_district_ends_it_with_a_ground(office, row, page):
    assert page("li", f"/entitlements/{row.pk}/end/").status_code == 403
    words = {"since": "2011-01", "ground": "own_wish", "words": "本人来电", "paper": "峄民助〔2010〕9号"}
    answer = page("zhou", f"/entitlements/{row.pk}/end/", **words)
    assert "本人申请退出" in text(answer)
    with scoped(office.approver):
        assert Entitlement.objects.get(pk=row.pk).until == date(2011, 1, 1)


def test_what_only_the_domain_may_end_is_not_ended_from_the_list(office, row, page):
    """§48: the family is heard in the domain's own procedure; the page says where, and an address typed by hand ends nothing."""
    with sample_programmes(replace(LIVING, ended_by="停发请办理复核。"), CARE):
        assert "停发请办理复核" in text(page("zhou", f"/entitlements/{row.pk}/"))
        words = {"since": "2011-01", "ground": "unfit", "words": "收入提高", "paper": ""}
        assert "停发请办理复核" in text(page("zhou", f"/entitlements/{row.pk}/end/", **words))
    with scoped(office.approver):
        assert Entitlement.objects.get(pk=row.pk).until is None


def run_pages(page, office, home):
    """From the draft to the batch, by the pages; gives the run."""
    funds = make_funding(office.maker)
    words = {"programme": "sample_living", "month": "2010-12", "basis": "standing", "per": "household"}
    page("qian", "/entitlements/runs/new/", **words)
    with scoped(office.maker):
        run = Run.objects.get()
    return run, funds


def test_a_towns_cashier_sees_the_districts_run_and_is_told_that_it_is_not_hers_to_order(office, home, row, page):
    run, _ = run_pages(page, office, home)
    make_staff("zhen", "镇会计", Role.FINANCE_MAKER, "370404001000", founders=make_founders())
    shown = page("zhen", f"/entitlements/runs/{run.pk}/")
    assert shown.status_code == 200 and "重新试算" not in text(shown) and "作废" not in text(shown)
    for act in ("redraft", "order"):
        answer = page("zhen", f"/entitlements/runs/{run.pk}/{act}/", layout="bar_utf8")
        assert "由上级办理" in text(answer), act


def test_a_month_through_the_pages(office, home, row, page):
    """DIBAO-06: drafted by the maker, confirmed by the approver, ordered, with the batch for the bank; totals agree."""
    run, _ = run_pages(page, office, home)
    shown = text(page("qian", f"/entitlements/runs/{run.pk}/"))
    assert "待核定" in shown and "312.00" in shown and "新增" in shown and "坛山街道" in shown
    assert "张**" in text(page("qian", f"/entitlements/runs/{run.pk}/?difference=new&ground=approved"))
    assert "没有符合条件的" in text(page("qian", f"/entitlements/runs/{run.pk}/?ground=death"))
    assert page("qian", f"/entitlements/runs/{run.pk}/confirm/").status_code == 403
    for there in ("/", "/entitlements/runs/", f"/entitlements/runs/{run.pk}/", f"/entitlements/runs/{run.pk}/sheet/"):
        told = text(page("zhou", there)).partition("增减名单")[0]
        assert f"{run.month:%Y-%m}" in told and "312" not in told and "叁佰" not in told, f"{there}: who confirms adds up himself"
    assert "分镇街" in text(page("qian", f"/entitlements/runs/{run.pk}/")), "its sums are for the maker"
    assert "分镇街" not in text(page("zhou", f"/entitlements/runs/{run.pk}/"))
    answer = page("zhou", f"/entitlements/runs/{run.pk}/confirm/", count="1", amount="300")
    assert answer.status_code == 422 and "填写的金额与示例生活补助2010年12月发放名单不一致" in text(answer)
    with scoped(WHOLE):
        tried = AuditLine.objects.get(verb="ConfirmRun", outcome="refused")
    assert "填写为 1 份、300.00 元" in tried.facts["why"] and "312" not in tried.facts["why"]
    page("zhou", f"/entitlements/runs/{run.pk}/confirm/", count="1", amount="312")
    shown = text(page("zhou", f"/entitlements/runs/{run.pk}/"))
    assert "已核定" in shown and "叁佰" in shown
    assert "312.00" in text(page("zhou", "/entitlements/runs/"))
    answer = page("qian", f"/entitlements/runs/{run.pk}/order/", layout="bar_utf8")
    assert "已开单" in text(answer) and "控制总数" in text(answer)
    with scoped(office.maker):
        assert Batch.objects.get().amount == 312_00
    sheet = text(page("sun", f"/entitlements/runs/{run.pk}/sheet/"))
    assert "叁佰壹拾贰元整" in sheet and "核定人" in sheet
    listed = text(page("zhao", "/entitlements/runs/?programme=sample_living&month=2010-12"))
    assert f"/entitlements/runs/{run.pk}/" in listed
    assert "以下是本辖区的部分" in text(page("zhao", f"/entitlements/runs/{run.pk}/"))
    assert "发放中" in text(page("zhao", f"/entitlements/{row.pk}/"))


def test_a_second_draft_waits_for_the_first(office, home, row, page):
    run, _ = run_pages(page, office, home)
    words = {"programme": "sample_living", "month": "2010-12", "basis": "standing", "per": "household"}
    answer = page("qian", "/entitlements/runs/new/", **words)
    assert answer.status_code == 422 and "还没有办完" in text(answer)
    page("qian", f"/entitlements/runs/{run.pk}/discard/", reason="重做")
    assert "已作废" in text(page("qian", f"/entitlements/runs/{run.pk}/"))


def test_a_missing_account_is_told_and_mended(office, page):
    home = make_household(office.worker, names=("吴五",))
    make_entitlement(by=office.approver, household=home)
    run, _ = run_pages(page, office, home)
    shown = text(page("qian", f"/entitlements/runs/{run.pk}/?fault=any"))
    assert "收款人没有在用的银行账户" in shown and "暂缓" in shown
    make_payee(office.worker, home.head_id)
    answer = page("qian", f"/entitlements/runs/{run.pk}/redraft/", go="1")
    assert "收款人没有在用的银行账户：" not in text(answer)


def test_who_bears_it_is_set_on_a_page(office, row, page):
    """WUBAO-02: province, city, district and town bear it in their shares."""
    make_funding(office.maker, programme="sample_care")
    with scoped(office.maker):
        first, second, third = Fund.objects.order_by("id").values_list("pk", flat=True)
    words = {"since": "2010-12", "paper": "鲁财社〔2010〕5号", "fund1": first, "kind1": "amount", "value1": "100.00"}
    words["fund2"] = second
    address = "/entitlements/programmes/sample_living/funding/"
    answer = page("qian", address, **words)
    assert answer.status_code == 422 and "资金和份额要一起填写" in text(answer)
    answer = page("qian", address, **words | {"value2": "3", "kind2": "ratio", "fund3": third, "kind3": "ratio", "value3": "1"})
    shown = text(answer)
    assert "每份 100.00 元" in shown and "75%" in shown and "25%" in shown
    run = make_month(office.maker, office.approver)
    with scoped(office.maker):
        from linli.kernel.ledgers.queries import payers_of

        assert [payer.amount for payer in payers_of(run.batch)] == [100_00, 159_00, 53_00]


def test_what_was_paid_too_much_is_listed(office, row, page):
    make_funding(office.maker)
    make_month(office.maker, office.approver)
    end(by=office.approver, on=DAY, entitlement=row, since=MONTH, why=make_why(Ground.DEATH))
    shown = text(page("qian", "/entitlements/overpaid/"))
    assert "张**" in shown and "312.00" in shown


def test_the_programmes_stand_in_numbers(office, row, page):
    shown = text(page("zhou", "/entitlements/programmes/"))
    assert "示例生活补助" in shown and "312.00" in shown
    assert "示例供养" in text(page("zhou", "/entitlements/programmes/sample_living/"))
    assert "没有“nothing”这个待遇项目" in text(page("zhou", "/entitlements/programmes/nothing/"))


def test_the_person_and_the_household_show_what_they_receive(office, home, row, page):
    shown = text(page("li", f"/people/{home.head_id}/"))
    assert "示例生活补助（2人）" in shown and "批准享受" in shown


def test_leaders_see_no_names(office, row):
    make_staff("qin", "秦领导", Role.LEADER, DISTRICT, founders=make_founders())
    client = signed_in("qin")
    for address in ("/entitlements/", f"/entitlements/{row.pk}/", "/entitlements/runs/", "/entitlements/programmes/"):
        assert client.get(address).status_code == 403
    with scoped(office.approver):
        assert queries.programme_rows(MONTH)[0].count == 1
