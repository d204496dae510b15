"""The network of two levels, its money, its bulletins and its models, through the doors as its users go through them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.domains.federation import queries
from linli.domains.federation.actions import close_body, publish_honours, record_consent
from linli.domains.federation.books import BODIES, HONOURS, KEEPING_IN_TOUCH, MEDIA, STAFF
from linli.domains.federation.figures import RELATIONS
from linli.domains.federation.rules import BodyLevel, Consent, is_link, pieces
from linli.domains.federation.samples import (
    SEAT,
    make_body,
    make_branch,
    make_bulletin,
    make_contact,
    make_honour,
    make_officer,
    make_paper,
    make_question,
    make_signed_report,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff
from linli.kernel.duties.queries import occurrences
from linli.kernel.figures.actions import withdraw_report
from linli.kernel.figures.queries import broken_down, check_relations, figure, value
from linli.kernel.figures.rules import year_period
from linli.kernel.files.samples import PNG
from linli.kernel.ledgers.actions import move_money, open_purpose, receive, spend, transfer
from linli.kernel.ledgers.actions import reverse as reverse_posting
from linli.kernel.ledgers.rules import FundLevel
from linli.kernel.ledgers.samples import make_fund
from linli.kernel.publicity.queries import items_of
from linli.kernel.publicity.queries import notice as notice_row
from linli.kernel.records.actions import add_entry, correct_entry, end_entry, strike_entry
from linli.kernel.records.queries import standing
from linli.kernel.registry.actions import merge_areas, register_organisation
from linli.kernel.registry.queries import clear_number
from linli.kernel.registry.rules import NewArea
from linli.kernel.registry.samples import make_areas, make_person

DAY, TOWN, OTHER = date(2010, 12, 20), "370404001000", "370404100000"
HERE, THERE = "370404001001", "370404100201"


@pytest.fixture(autouse=True)
def the_day(settings):
    settings.BUSINESS_DAY = DAY.isoformat()


@pytest.fixture
def office(db):
    founders = make_founders()
    make_areas(founders[0])
    posts = {
        "clerk": ("wu", Role.FEDERATION_CLERK, DISTRICT), "approver": ("zhou", Role.DISTRICT_APPROVER, DISTRICT),
        "town": ("zheng", Role.TOWN_REVIEWER, TOWN), "far": ("sun", Role.TOWN_REVIEWER, OTHER),
        "auditor": ("shen", Role.AUDITOR, DISTRICT), "leader": ("chen", Role.LEADER, DISTRICT),
        "maker": ("qian", Role.FINANCE_MAKER, DISTRICT), "checker": ("feng", Role.FINANCE_CHECKER, DISTRICT),
        "worker": ("li", Role.COMMUNITY_WORKER, HERE),
    }  # fmt: skip
    return {key: make_staff(name, f"{name}同志", role, area, founders=founders) for key, (name, role, area) in posts.items()}


def signed_in(username: str) -> Client:
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(Staff.objects.get(username=username), backend="django.contrib.auth.backends.ModelBackend")
    return client


def text_of(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def send(client: Client, page: str, **fields):
    """Fill in the form of a page and send it; one that is not offered any more is sent nevertheless."""
    key = re.search(r'name="_key" value="([^"]+)"', client.get(page).content.decode())
    return client.post(page, fields | {"_key": key[1] if key else "a" * 24})


def amount(key: str, area: str = DISTRICT, year: int = 2010) -> int:
    return value(figure(f"federation.{key}"), year_period(year), area)


FOUND = {
    "level": "town", "name": "坛山街道慈善分会", "seat": HERE, "address": "承水中路8号", "founded": "2007-3-10",
    "approval": "峄民字〔2007〕21号", "approver": "区民政局", "person": "褚德厚", "phone": "0632-7711236",
}  # fmt: skip
OFFICER = {"name": "褚德厚", "office": "president", "engagement": "part", "since": "2007-03-10", "term_until": "2011-01-31"}


def test_the_network_is_founded_staffed_and_seen_with_its_money_by_level(office):
    """Mission row CHARITY-01: federation and branches, people, papers, terms that end, money by level down to vouchers."""
    clerk, town = signed_in("wu"), signed_in("zheng")
    assert "7个镇街尚未建立慈善分会" in text_of(clerk.get(reverse("federation:network")))
    top = FOUND | {"level": "district", "seat": SEAT, "name": "峄城区慈善总会", "founded": "2006-05-18"}
    made = send(clerk, reverse("federation:found"), **top)
    assert made.status_code == 302
    federation = made["location"]
    assert "还没有登记章程" in text_of(clerk.get(federation))
    made = send(town, reverse("federation:found"), **FOUND)
    branch = made["location"]
    assert send(town, f"{branch}people/new/", **OFFICER).status_code == 302
    second = OFFICER | {"name": "刘明礼", "office": "staff", "engagement": "full", "term_until": ""}
    assert send(town, f"{branch}people/new/", **second).status_code == 302
    statute = {"kind": "statute", "title": "峄城区慈善总会章程", "edition": "1", "passed": "2006-05-18"}
    statute["meeting"] = "会员代表大会"
    assert send(clerk, f"{federation}papers/new/", **statute, valid_from="2006-06-01").status_code == 302
    amended = statute | {"edition": "2", "passed": "2009-03-12"}
    assert send(clerk, f"{federation}papers/new/", **amended).status_code == 302
    measures = statute | {"kind": "measures", "title": "慈善救助工作暂行办法"}
    assert send(clerk, f"{federation}papers/new/", **measures).status_code == 302
    shown = text_of(clerk.get(federation))
    assert "《峄城区慈善总会章程》第2版" in shown and "会员代表大会通过" in shown and "还没有登记章程" not in shown
    bench = text_of(town.get("/", {"kind": "换届"}))
    assert "坛山街道慈善分会换届：会长褚德厚任期至2011-01-31" in bench

    fund = make_fund(office["clerk"], amount=500_00, code="QU-1", on=DAY)
    own = make_fund(office["clerk"], amount=80_00, code="ZHEN-1", area=TOWN, level=FundLevel.TOWN, on=DAY)
    open_purpose(by=office["clerk"], on=DAY, key="charity.da_bing", name="大病救助")
    words = {"by": office["maker"], "on": DAY, "purpose": "charity.da_bing"}
    transfer(fund=fund, to=own, amount=200_00, reference="T1", memo="拨付坛山街道", **words)
    spend(fund=own, amount=50_00, reference="S1", memo="慰问困难家庭", **words)
    overview = text_of(clerk.get(reverse("federation:network")))
    assert "6个镇街尚未建立慈善分会" in overview and "1 / 7" in overview
    lines = text_of(town.get(f"{branch}money/"))
    assert "慰问困难家庭" in lines and "拨付坛山街道" in lines and "期末结存 230.00 元" in lines
    with scoped(office["clerk"]):
        assert (amount("received"), amount("town.received"), amount("district.received")) == (580_00, 80_00, 500_00)
        assert (amount("moved"), amount("granted"), amount("paid"), amount("balance")) == (0, 50_00, 50_00, 530_00)
        assert (amount("bodies"), amount("town.bodies"), amount("staff"), amount("towns_without")) == (2, 1, 2, 6)
        keys = {key for relation in RELATIONS for key in (*relation.left, *relation.right)}
        values = {key: value(figure(key), year_period(2010), DISTRICT) for key in keys}
        assert [check.zh for check in check_relations(values, RELATIONS) if not check.holds] == []
        parts = {cell.key: cell.value for cell in broken_down(figure("federation.staff"), year_period(2010), DISTRICT, "office")}
        assert parts == {"president": 1, "staff": 1}
    opened = clerk.get(reverse("figures:rows", args=["federation.granted"]), {"period": "2010", "area": DISTRICT})
    assert "慰问困难家庭" in text_of(opened) and "/ledgers/postings/" in opened.content.decode()


def test_money_that_was_reversed_counts_nowhere(office):
    make_branch(office["town"], DAY)
    own = make_fund(office["clerk"], code="ZHEN-1", area=TOWN, level=FundLevel.TOWN, on=DAY)
    wrong = receive(by=office["clerk"], on=DAY, fund=own, amount=70_00, reference="R1", memo="误记")
    reverse_posting(by=office["checker"], on=DAY, posting=wrong, reason="误记")
    fund = make_fund(office["clerk"], amount=500_00, code="QU-1", on=DAY)
    move_money(by=office["maker"], on=DAY, fund=fund, amount=10_00, account="1002", to="1001", reference="M1", memo="提现")
    with scoped(office["clerk"]):
        assert [amount(key) for key in ("received", "town.received", "moved", "granted", "paid", "balance")] == [
            500_00, 0, 0, 0, 0, 500_00,
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "请填写名称"), ({"founded": "2030-1-1"}, "成立日期不能晚于今天"), ({"founded": "昨天"}, "成立日期"),
        ({"seat": "370404901001"}, "分会和工作站应设在镇街的村（居）"), ({"seat": ""}, "办公地点"),
        ({"level": "district"}, "区慈善总会应设在区直单位"),
        ({"approval": ""}, "批准文件"),
        ({"level": "county"}, "层级"), ({"phone": "1" * 30}, "办公电话"),
    ],
)  # fmt: skip
def test_a_wrong_founding_is_refused_in_plain_words_and_what_was_typed_stays(office, change, said):
    answer = send(signed_in("wu"), reverse("federation:found"), **FOUND | change)
    assert answer.status_code == 422 and said in text_of(answer)
    assert change.get("approval", FOUND["approval"]) in answer.content.decode()


def test_a_town_has_one_branch_and_an_office_one_holder(office):
    body = make_branch(office["town"], DAY)
    with pytest.raises(Refused, match="已有坛山街道慈善分会"):
        make_body(office["clerk"], DAY, level=BodyLevel.TOWN, name="坛山街道第二慈善分会", seat="370404001003")
    make_officer(office["town"], DAY, body, "褚德厚")
    with pytest.raises(Refused, match="现任会长是褚德厚"):
        make_officer(office["town"], DAY, body, "孙广仁")
    with pytest.raises(Refused, match="早于坛山街道慈善分会的成立日期"):
        make_officer(office["town"], DAY, body, "孙广仁", "vice", since=date(2001, 1, 1))
    with pytest.raises(Refused, match="任期届满日应晚于任职日期"):
        make_officer(office["town"], DAY, body, "孙广仁", "vice", term_until=date(2007, 1, 1))
    with scoped(office["town"]):
        [held] = standing(STAFF)
    end_entry(by=office["town"], on=DAY, entry_id=held.pk, version=1, until=date(2010, 12, 1), why="换届")
    make_officer(office["town"], DAY, body, "孙广仁", since=date(2010, 12, 1))
    make_paper(office["town"], DAY, body, "工作制度", "rule")
    with pytest.raises(Refused, match="类别、名称、版次相同"):
        make_paper(office["town"], DAY, body, "工作制度", "rule")


def test_a_town_keeps_its_own_branch_and_neither_another_nor_the_federation(office):
    top, here = make_body(office["clerk"], DAY), make_branch(office["town"], DAY)
    there = make_branch(office["far"], DAY, THERE, "古邵镇")
    town = signed_in("zheng")
    shown = text_of(town.get(reverse("federation:network")))
    assert "坛山街道慈善分会" in shown and "古邵镇" not in shown
    assert town.get(reverse("federation:body", args=[there.pk])).status_code == 403
    assert town.get(reverse("federation:appoint", args=[top.pk])).status_code == 403
    assert "峄城区慈善总会" not in shown and "区本级" not in shown
    assert send(town, reverse("federation:appoint", args=[here.pk]), **OFFICER).status_code == 302
    assert [town.get(reverse(f"federation:{page}")).status_code for page in ("hold", "bulletins", "honours")] == [403] * 3
    for name, page in (("chen", "network"), ("chen", "honours"), ("li", "network"), ("shen", "found"), ("zhou", "award")):
        assert signed_in(name).get(reverse(f"federation:{page}")).status_code == 403, (name, page)
    assert signed_in("shen").get(reverse("federation:network")).status_code == 200
    assert "慈善组织收入" in text_of(signed_in("chen").get(reverse("figures:figure", args=["federation.received"])))


def test_what_is_registered_is_amended_and_a_closed_branch_ends_with_its_people(office):
    body = make_branch(office["town"], DAY)
    make_officer(office["town"], DAY, body, "褚德厚")
    town, page = signed_in("zheng"), reverse("federation:body", args=[body.pk])
    fields = {"founded": "2006-05-18", "approval": "峄民字〔2006〕19号", "approver": "区民政局", "person": "孙广仁", "phone": ""}
    late = send(town, f"{page}amend/", **fields | {"founded": "2009-01-01"}, why="更正", version=1)
    assert late.status_code == 422 and "已有人任职" in text_of(late)
    assert send(town, f"{page}amend/", **fields, why="文号有误", version=1).status_code == 302
    stale = send(town, f"{page}amend/", **fields, why="文号有误", version=1)
    assert stale.status_code == 422 and "刚才已有其他人办理" in text_of(stale)
    assert "文号有误" in text_of(town.get(page))
    nameless = send(town, f"{page}close/", what="ended", why="并入", version=2)
    assert nameless.status_code == 422 and "请填写撤销日期" in text_of(nameless)
    assert send(town, f"{page}close/", what="ended", until="2010-12-01", why="并入区慈善总会", version=2).status_code == 302
    shown = text_of(town.get(page))
    assert "2010-12-01撤销" in shown and "历任人员（1人次）" in shown and "登记任职" not in shown
    with pytest.raises(Refused, match="已经撤销"):
        make_officer(office["town"], DAY, body, "孙广仁")
    again = make_branch(office["town"], DAY, founded=date(2010, 12, 5))
    paper = make_paper(office["town"], DAY, again, "工作制度", "rule", passed=DAY)
    mistaken = {"by": office["town"], "on": DAY, "body_id": again.pk, "version": 1, "until": DAY, "mistaken": True}
    with pytest.raises(Refused, match="请先作废这些记录"):
        close_body(**mistaken, why="重复登记")
    strike_entry(by=office["town"], on=DAY, entry_id=paper.pk, version=1, why="重复登记")
    close_body(**mistaken, why="重复登记")
    with scoped(office["town"]):
        assert list(queries.bodies_on(DAY)) == []
        assert [row.until for row in standing(BODIES)] == [date(2010, 12, 1)]


def test_a_branch_follows_when_towns_merge_and_its_books_stay_with_it(office):
    for actor, seat, name, code in ((office["town"], HERE, "坛山街道", "A"), (office["far"], THERE, "古邵镇", "B")):
        make_branch(actor, DAY, seat, name)
        make_fund(office["clerk"], amount=100_00, code=code, area=seat[:9] + "000", level=FundLevel.TOWN, on=DAY)
    new = NewArea("370404005000", "承水街道", "street")
    merge_areas(by=office["approver"], on=DAY, olds=[TOWN, OTHER], new=new, document="枣政发1号")
    page = signed_in("wu").get(reverse("federation:network"))
    assert "承水街道现有2个分会（区划合并所致）" in text_of(page)
    with scoped(office["clerk"]):
        lines = [line for line in queries.bodies(DAY, queries.money_of(DAY, DAY)) if line.level is BodyLevel.TOWN]
        assert [(line.town, line.money.balance) for line in lines] == [("370404005000", 100_00)] * 2
        assert amount("towns") == amount("towns_with") + amount("towns_without") == 6
        assert value(figure("federation.towns_without"), year_period(2009), DISTRICT) == 0  # no area existed then
    assert "合并：坛山街道→承水街道" in text_of(signed_in("wu").get(reverse("federation:body", args=[lines[0].id])))
    with pytest.raises(Refused, match="承水街道已有"):
        make_body(office["clerk"], DAY, level=BodyLevel.TOWN, name="承水街道慈善分会", seat=lines[0].area)


@pytest.fixture
def told(office):
    """The federation with a signed report and a press conference on it."""
    make_body(office["clerk"], DAY)
    report = make_signed_report(office["clerk"], office["approver"], DAY)
    return make_bulletin(office["clerk"], DAY, report)


def test_results_are_told_on_a_signed_report_asked_about_covered_and_models_are_honoured(office):
    """Mission row CHARITY-19: bulletin of frozen figures on the public pages, questions, media, honours with consent, contact."""
    make_body(office["clerk"], DAY)
    make_fund(office["clerk"], amount=12_3456_00, code="QU-1", on=DAY)
    clerk = signed_in("wu")
    assert "没有可以发布的报表" in text_of(clerk.get(reverse("federation:hold")))
    report = make_signed_report(office["clerk"], office["approver"], DAY)
    make_fund(office["clerk"], amount=99_00, code="QU-2", on=DAY)
    fields = {
        "report": report.pk, "kind": "conference", "day": "2010-12-20", "title": "慈善救助新闻发布会", "place": "区政府会议中心",
        "host": "吴善行", "speaker": "周善堂", "media": "枣庄日报、峄城电视台", "guests": "捐赠单位代表", "heads": "46",
    }  # fmt: skip
    made = send(clerk, reverse("federation:hold"), **fields)
    assert made.status_code == 302
    page = made["location"]
    question = {
        "day": "2010-12-20", "asker": "枣庄日报", "question": "善款怎样监督？", "answer": "接受审计，向社会公布。",
        "answered_by": "周善堂",
    }  # fmt: skip
    assert send(clerk, f"{page}questions/new/", **question).status_code == 302
    assert "12.3456万元" in text_of(clerk.get(f"{page}publish/"))
    assert send(clerk, f"{page}publish/", contact="区慈善总会办公室 0632-7711234").status_code == 302
    shown = text_of(clerk.get(page))
    assert "公布至2011-01-19" in shown and "善款怎样监督" in shown and "12.3456万元" in shown
    notice = re.search(r'href="(/notices/\d+/)"', clerk.get(page).content.decode())[1]
    public = text_of(clerk.get(notice))
    assert "全区慈善组织收入12.3456万元" in public and "问：善款怎样监督" in public and "枣庄日报" not in public
    cover = {"day": "2010-12-20", "outlet": "峄城慈善网", "kind": "web", "title": "新闻发布会召开"}
    cover["link"] = "http://www.example.cn/1.html"
    assert send(clerk, f"{page}coverage/new/", **cover).status_code == 302
    assert "峄城慈善网（网络）" in text_of(clerk.get(page))

    award = {
        "unit": "0", "name": "梁志远", "minor": "0", "title": "慈善爱民模范", "body": "区人民政府", "day": "2010-05-12",
        "consent": "unasked", "served": "1", "phone": "06327711235",
    }  # fmt: skip
    honour = send(clerk, reverse("federation:award"), **award)["location"]
    assert "06327711235" not in text_of(clerk.get(honour))
    nobody = text_of(clerk.get(reverse("federation:publish_honours")))
    assert "没有可以公布的表彰" in nobody and "尚未征询" in nobody
    refused = send(clerk, reverse("federation:publish_honours"), year="2010", contact="区慈善总会办公室")
    assert refused.status_code == 422 and "不同意公布和正在公布的不列入" in text_of(refused)
    assert send(clerk, f"{honour}consent/", consent="named", asked_on="2010-12-01", version=1).status_code == 302
    assert "列入2010年名单（1项）" in text_of(clerk.get(reverse("federation:publish_honours")))
    assert send(clerk, reverse("federation:publish_honours"), year="2010", contact="区慈善总会办公室").status_code == 302
    assert "正在公布" in text_of(clerk.get(reverse("federation:honours")))
    bench = clerk.get("/", {"kind": "典型联系服务"})
    task = re.search(r'href="(/duties/\d+/)"', bench.content.decode())[1]
    contact = re.search(r'href="(/federation/honours/\d+/contact/)"', clerk.get(task).content.decode())[1]
    for day in ("2010-06-18", "2010-08-18", "2010-11-18"):
        assert send(clerk, contact, day=day, way="visit", heard="身体健康").status_code == 302
    assert "本期已联系" in text_of(clerk.get(reverse("federation:honours")))
    with scoped(office["clerk"]):
        year = year_period(2010)
        assert value(figure("book.federation.bulletins.count"), year, DISTRICT) == 1
        kinds = {cell.key: cell.value for cell in broken_down(figure("book.federation.media.count"), year, DISTRICT, "kind")}
        titles = {cell.zh: cell.value for cell in broken_down(figure("federation.honours"), year, DISTRICT, "title")}
        assert (kinds, titles) == ({"web": 1}, {"慈善爱民模范": 1})
        assert value(figure("book.federation.contacts.count"), year, DISTRICT) == 3


def test_a_bulletin_needs_a_signed_report_of_its_own_and_a_withdrawn_one_is_not_published(office, told):
    with scoped(office["clerk"]):
        report = queries.report_of(told)
    with pytest.raises(Refused, match="已用于另一次发布"):
        make_bulletin(office["clerk"], DAY, report)
    fresh = make_signed_report(office["clerk"], office["approver"], DAY)
    clerk, page = signed_in("wu"), reverse("federation:bulletin", args=[told.pk])
    early = {"report": fresh.pk, "kind": "circular", "day": "2010-12-19", "title": "通报", "place": "区政府", "host": "吴善行"}
    answer = send(clerk, reverse("federation:hold"), **early)
    assert answer.status_code == 422 and "才签发，发布日期不能更早" in text_of(answer)
    withdraw_report(by=office["approver"], on=DAY, report=report, why="数字有误")
    assert "所依据的报表已于 2010-12-20 撤回" in text_of(clerk.get(page))
    refused = send(clerk, f"{page}publish/", contact="区慈善总会办公室")
    assert refused.status_code == 422 and "报表已经撤回，不能公布" in text_of(refused)


def test_a_published_bulletin_is_not_published_again_nor_struck_out(office, told):
    clerk, page = signed_in("wu"), reverse("federation:bulletin", args=[told.pk])
    make_question(office["clerk"], DAY, told, "联系人电话是13805471234吗？")
    private = send(clerk, f"{page}publish/", contact="区慈善总会办公室")
    assert private.status_code == 422 and "手机号" in text_of(private)
    with scoped(office["clerk"]):
        [asked] = queries.questions_of(told)
    strike_entry(by=office["clerk"], on=DAY, entry_id=asked.pk, version=1, why="含有个人电话")
    assert send(clerk, f"{page}publish/", contact="区慈善总会办公室").status_code == 302
    again = send(clerk, f"{page}publish/", contact="区慈善总会办公室")
    assert again.status_code == 422 and "已经公布" in text_of(again)
    with pytest.raises(Refused, match="请先撤回公布"):
        strike_entry(by=office["clerk"], on=DAY, entry_id=told.pk, version=1, why="登记有误")


def test_coverage_can_be_found_again(office):
    values = {"day": "2010-12-18", "outlet": "枣庄日报", "kind": "newspaper", "title": "情暖万家"}
    clerk, new = signed_in("wu"), reverse("records:new", args=[MEDIA.key])
    for link, said in (("", "请填写网址，或上传剪报"), ("www.example.cn", "网址应以 http://"), ("http://x y.cn/", "网址应以 http://")):
        answer = send(clerk, new, **values, link=link)
        assert answer.status_code == 422 and said in text_of(answer)
    assert send(clerk, new, **values, clipping=SimpleUploadedFile("1.png", PNG)).status_code == 302
    assert f"records.{MEDIA.key}" in clerk.get("/imports/").content.decode()


def test_only_those_who_agreed_are_published_and_as_they_agreed(office):
    make_body(office["clerk"], DAY)
    person = make_person(office["worker"], name="李小英", birth=date(1996, 5, 1), sex="2")
    with scoped(office["worker"]):
        number = {"number": clear_number(person)}
    clerk = signed_in("wu")
    award = {"unit": "0", "name": "李晓英", "minor": "0", "title": "慈善小天使", "body": "区人民政府", "day": "2010-05-12",
             "consent": "named", "asked_on": "2010-05-01", "served": "0", **number}  # fmt: skip
    wrong = send(clerk, reverse("federation:award"), **award)
    assert wrong.status_code == 422 and "姓名与居民登记不一致" in text_of(wrong)
    assert send(clerk, reverse("federation:award"), **award | {"name": "李小英"}).status_code == 302
    unasked = send(clerk, reverse("federation:award"), **award | {"name": "王芳", "number": "", "asked_on": ""})
    assert unasked.status_code == 422 and "请填写征询日期" in text_of(unasked)
    make_honour(office["clerk"], DAY, "孔令仪", "慈善之星", consent="unnamed")
    make_honour(office["clerk"], DAY, "曾繁星", "慈善之星", consent="refused")
    make_honour(office["clerk"], DAY, "丁一山", "慈善之星", consent="unasked")
    notice = publish_honours(by=office["clerk"], on=DAY, year=2010, contact="区慈善总会办公室")
    with scoped(office["clerk"]):
        names = [item.row["name"] for item in items_of(notice)]
    assert names == ["李某", "爱心人士"]


def test_consent_that_is_taken_back_takes_the_list_down_at_once(office):
    make_body(office["clerk"], DAY)
    honour, other = make_honour(office["clerk"], DAY), make_honour(office["clerk"], DAY, "马和平")
    published = publish_honours(by=office["clerk"], on=DAY, year=2010, contact="区慈善总会办公室")
    words = {"by": office["clerk"], "on": DAY}
    correct_entry(**words, entry_id=other.pk, version=1, values={"deeds": "捐建希望小学"}, why="补充事迹")
    with scoped(office["clerk"]):
        assert notice_row(published.pk).state == "up"
    record_consent(**words, honour_id=honour.pk, version=1, consent=Consent.REFUSED, asked_on=DAY)
    with scoped(office["clerk"]):
        assert notice_row(published.pk).state == "withdrawn"
    fresh = publish_honours(**words, year=2010, contact="区慈善总会办公室")
    with scoped(office["clerk"]):
        assert [item.row["name"] for item in items_of(fresh)] == ["马和平"]
    end_entry(**words, entry_id=other.pk, version=2, until=DAY, why="撤销称号")
    with scoped(office["clerk"]):
        assert notice_row(fresh.pk).state == "withdrawn"
        assert queries.to_show(2010, DAY)[0] == []


def test_contact_is_owed_each_quarter_until_the_honour_ends(office):
    honour = make_honour(office["clerk"], DAY, day=date(2010, 5, 12))

    def owed():
        with scoped(office["clerk"]):
            rows = occurrences([KEEPING_IN_TOUCH.key], on=DAY).order_by("first")
            return [row.state for row in rows if row.first <= DAY]

    assert owed() == ["owed", "owed", "owed"]
    made = make_contact(office["clerk"], DAY, honour, date(2010, 8, 3))
    assert owed() == ["owed", "done", "owed"]
    strike_entry(by=office["clerk"], on=DAY, entry_id=made.pk, version=1, why="没有去过")
    assert owed() == ["owed", "owed", "owed"]
    with pytest.raises(Refused, match="早于授予日期"):
        make_contact(office["clerk"], DAY, honour, date(2010, 5, 1))
    correct_entry(by=office["clerk"], on=DAY, entry_id=honour.pk, version=1, values={"served": False}, why="不再列入")
    assert "owed" not in owed()
    assert "典型联系服务" not in text_of(signed_in("zhou").get("/")).split("我的待办")[-1]


def test_lists_cost_as_many_queries_for_many_as_for_one(office, told):
    client = signed_in("wu")

    def cost(name: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(f"federation:{name}")).status_code == 200
        return len(asked)

    make_branch(office["town"], DAY)
    make_honour(office["clerk"], DAY)
    pages = ("network", "bulletins", "honours")
    [cost(name) for name in pages]
    one = [cost(name) for name in pages]
    make_officer(office["far"], DAY, make_branch(office["far"], DAY, THERE, "古邵镇"), "鲍长林")
    make_bulletin(office["clerk"], DAY, make_signed_report(office["clerk"], office["approver"], DAY), "第二次发布")
    for name in ("马和平", "孙广仁"):
        make_honour(office["clerk"], DAY, name)
    assert [cost(name) for name in pages] == one


def test_a_paragraph_is_parted_after_sentences_and_nothing_is_lost():
    text = "全区共救助一千户。" * 9 + "长" * 100
    parts = pieces(text, 40)
    assert "".join(parts) == text and max(map(len, parts)) <= 40 and parts[0].endswith("。")
    assert pieces("", 40) == []


GOOD, BAD = ("http://a.cn/x", "https://a.cn"), ("ftp://a.cn", "a.cn", "http://a b.cn", "http://[", "javascript:alert(1)")


@pytest.mark.parametrize(("text", "good"), [(one, True) for one in GOOD] + [(one, False) for one in BAD])
def test_a_link_is_the_address_of_a_web_page(text, good):
    assert is_link(text) is good


def test_books_of_the_network_are_written_through_their_own_pages(office):
    body = make_branch(office["town"], DAY)
    clerk = signed_in("wu")
    for book, target in ((BODIES, "found"), (STAFF, "network"), (HONOURS, "award")):
        assert clerk.get(reverse("records:new", args=[book.key]))["location"] == reverse(f"federation:{target}")
    assert clerk.post(reverse("records:strike", args=[body.pk]), {"why": "重复", "version": 1}).status_code == 403
    with pytest.raises(Refused, match="不在慈善组织网络中"):
        stranger = {"name": "某某", "office": "staff", "engagement": "full", "since": "2010-01-01"}
        unit = register_organisation(by=office["worker"], on=DAY, name="某公司", kind="company", area=HERE)
        add_entry(by=office["clerk"], on=DAY, book=STAFF.key, values=stranger | {"organisation": unit.pk})
