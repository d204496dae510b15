"""A firm joins, a resident orders a service, confirms it without an account, and the firm is paid from the books."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from linli.domains.providers import queries
from linli.domains.providers.actions import start_trial
from linli.domains.providers.models import ServiceOrder
from linli.domains.providers.rules import Service
from linli.domains.providers.samples import (
    DAY,
    make_centre,
    make_clerk,
    make_done,
    make_provider,
    make_resident,
    make_service_fund,
    make_trial,
    offer_of,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, FIRST_DAY, make_staff, one_hash
from linli.kernel.ledgers.queries import check_books, order_by_source
from linli.kernel.orders.samples import moment
from linli.kernel.registry.actions import register_organisation
from linli.kernel.registry.queries import clear_number
from tests.journeys.walker import Walker

TRIAL = date(2010, 9, 1)
FIRM, NETWORK, BARBER = "万帮便民服务中心", "百利民生社区网络服务中心", "陶师傅理发"
EDGES = {
    "contact": "陶经理", "phone": "0632-7711001", "licence": "营业执照齐全", "staff": "12", "everywhere": "on", "communities": [],
}  # fmt: skip


@pytest.fixture
def centre(fresh_database, django_db_blocker, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock(), one_hash():
        made = make_centre()
        make_staff("qin", "秦领导", Role.LEADER, DISTRICT, founders=made.founders)
        yield made


def _offered(walker, service, name, measure, fen, department=""):
    walker.follow("登记服务项目").send("登记", service=service, name=name, measure=measure, fen=fen, department_id=department)


def test_a_firm_joins_with_departments_items_and_support_and_is_admitted_by_a_second_person(centre, settings):
    """HOTLINE-07, HOTLINE-08, HOTLINE-09: firms, a network and a skilled individual apply, are tried and admitted; departments,
    items with dated prices, staff, government support and meetings; trial and member providers counted by kind."""
    settings.BUSINESS_DAY = TRIAL.isoformat()
    for name in (FIRM, NETWORK):
        register_organisation(by=centre.worker, on=TRIAL, name=name, kind="company", area=centre.worker.area)
    person = make_resident(centre.worker, "", "陶师傅", date(1970, 1, 1))
    with scoped(centre.worker):
        number = clear_number(person)
    ming = Walker("ming").open("/providers/").follow("登记加盟申请")
    ming.send("登记", expect=422, kind="firm", name=FIRM, **EDGES)
    assert "单位登记中的单位" in " ".join(ming.faults)
    unit = next(one.get("value") for one in ming.page.iter("option") if one.text_content() == FIRM)
    ming.send("登记", kind="firm", name=FIRM, organisation_id=unit, **EDGES)
    ming.follow("登记服务部").send("登记", name="家政服务部", staff="6")
    department = next(one.get("value") for one in ming.follow("登记服务项目").page.iter("option")
                      if one.text_content() == "家政服务部")  # fmt: skip
    ming.send("登记", service="cleaning", name="日常保洁", measure="hour", fen="30", department_id=department)
    _offered(ming, "meals", "午餐配送", "piece", "10")
    firm = ming.address
    ming.open("/providers/new/")
    unit = next(one.get("value") for one in ming.page.iter("option") if one.text_content() == NETWORK)
    ming.send("登记", kind="network", name=NETWORK, organisation_id=unit, **EDGES)
    for service in ("housework", "delivery", "medical", "property", "security"):
        _offered(ming, service, f"{Service(service).zh}一条龙", "time", "20")
    network = ming.address
    ming.open("/providers/new/").send("登记", kind="person", name=BARBER, number=number, **(EDGES | {"staff": "1"}))
    _offered(ming, "haircut", "上门理发", "time", "15")
    barber = ming.address
    assert "同意试用" not in ming.text, "not by the hand that entered it"
    for page in (firm, network, barber):
        Walker("fu").open(page).follow("同意试用").send("同意试用")
    help_ = {"kind": "start", "what": "启动资金", "amount": "50000", "document": "峄政〔2010〕9号"}
    tools = {"day": TRIAL.isoformat(), "provider": FIRM, **help_}
    ming.open("/records/books/providers.support/new/").send("登记", **tools)
    meeting = {
        "day": TRIAL.isoformat(), "topic": "规范收费", "place": "中心会议室", "chair": "明坐席", "firms": "2", "persons": "1",
        "decided": "先报价后上门", "came": "万帮便民服务中心、陶师傅理发",
    }  # fmt: skip
    ming.open("/records/books/providers.meetings/new/").send("登记", **meeting)
    _admitted(ming, firm, centre, settings)
    wang = Walker("fu")
    for key, shown in (("members", "合计 1 个"), ("trials", "合计 2 个"), ("bound", "合计 3 个"), ("items", "合计 8 个"),
                       ("departments", "合计 1 个"), ("staff", "25")):  # fmt: skip
        assert shown in wang.open(f"/figures/providers.{key}/rows/?period=2010").text, (key, wang.text[-400:])


def _admitted(ming, firm, centre, settings):
    provider = int(firm.rstrip("/").split("/")[-1])
    with scoped(centre.chief):
        one = queries.provider(provider)
    for day in range(5):
        make_done(centre, offer_of(one, Service.CLEANING, TRIAL), moment(TRIAL.replace(day=10 + day)))
    ming.open(firm).follow("提请加盟").send("提请加盟", expect=422, why="服务认真")
    assert "期满再提请加盟" in " ".join(ming.faults)
    settings.BUSINESS_DAY = DAY.isoformat()
    ming.open(firm).follow("提请加盟").send("提请加盟", why="服务认真")
    assert "批准加盟" not in ming.text
    fu = Walker("fu").open("/").follow(f"{FIRM}已提请加盟").follow("批准加盟")
    assert "5件" in fu.text and "5/5" in fu.text
    fu.send("批准加盟", opinion="同意")
    assert "加盟" in fu.text and "批准加盟" in fu.text


def test_a_poor_old_resident_has_lunch_brought_confirms_it_by_a_code_and_the_firm_is_paid(centre, settings):
    """HOTLINE-05, ELDER-03: ordered with price and subsidy told before, carried out by the firm's own account, confirmed by the
    resident with number and code, paid from the books with the same sums on all sides; orders by kind."""
    provider = make_provider(centre.operator, FIRST_DAY, FIRM, (Service.MEALS, Service.HAIRCUT), registrar=centre.worker)
    provider = start_trial(by=centre.chief, on=FIRST_DAY, provider=provider)
    make_clerk(centre, provider)
    person = make_resident(centre.worker)
    with scoped(centre.worker):
        number = clear_number(person)
    order, code = _ordered(number)
    _done(order)
    _confirmed(order, code)
    _settled(centre, settings, provider)
    fu = Walker("fu")
    for key, shown in (("orders", "合计 1 件次"), ("old", "合计 1 件次"), ("confirmed", "合计 1 件次"), ("price", "20.00"),
                       ("subsidy", "8.00"), ("settled", "8.00")):  # fmt: skip
        period = "2011" if key == "settled" else "2010"
        text = fu.open(f"/figures/providers.{key}/rows/?period={period}").text
        assert shown in text, (key, text[-500:])


def _ordered(number):
    ming = Walker("ming").open("/providers/services/new/")
    ming.send("查看服务商", expect=422, service="meals", number="990404200001010001")
    assert "本辖区没有登记" in " ".join(ming.faults)
    ming.send("查看服务商", number=number, service="meals", quantity="2", address="和平路12号")
    assert "20.00元，补贴8.00元，自付12.00元" in ming.text
    assert "最低生活保障对象" in ming.text and "服务全区" in ming.text
    ming.send("下单")
    order = ming.text.split("服务单 ")[1][:14]
    return order, ming.text.split("确认码 ")[1][:6]


def _done(order):
    tao = Walker("tao").open("/providers/services/").follow(order)
    assert "孙奶奶" in tao.text and "确认码" not in tao.text
    tao.send("签收").follow("登记上门")
    clock = next(one.get("value") for one in tao.page.iter("input") if one.get("name") == "clock")
    tao.send("登记上门", expect=422, clock="25:99")
    assert any("09:30 的样子" in fault for fault in tao.faults)
    tao.send("登记上门", clock=clock.replace(":", "：")).follow("登记完成").send("登记完成", result="两份午餐已送到。")
    assert "待居民确认" in tao.text


def _confirmed(order, code):
    public = Client(HTTP_HOST="127.0.0.1")
    wrong = public.post("/services/confirm/", {"number": order, "code": "000000", "grade": "5"})
    assert wrong.status_code == 422 and "不相符" in wrong.content.decode()
    as_read = {"number": order.replace("-", "－"), "code": f"{code[:3]} {code[3:]}"}  # a Chinese keyboard, and a code read aloud
    sent = public.post("/services/confirm/", as_read | {"grade": "5", "text": "还热着"})
    assert "谢谢您的确认" in sent.content.decode()
    twice = public.post("/services/confirm/", {"number": order, "code": code, "grade": "1"})
    assert twice.status_code == 422 and "已经确认过" in twice.content.decode()
    ming = Walker("ming").open("/").follow("居民网上确认等待登记").send("全部登记为回访")
    assert "已登记1条" in ming.text
    assert "居民已确认：非常满意" in ming.open("/providers/services/").follow(order).text
    tao = Walker("tao").open("/providers/services/").follow(order)
    assert "孙" in tao.text and "孙奶奶" not in tao.text, "the name is for who handles the order now"


def _settled(centre, settings, provider):
    settings.BUSINESS_DAY = "2011-01-04"
    pan = Walker("pan").open("/providers/settlement/").follow("核定")
    pan.send("核定", expect=422, orders="2", amount="8")
    assert "两者不一致" in " ".join(pan.faults)
    pan.send("核定", orders="1", amount="8")
    fund = make_service_fund(centre.maker)
    money = Walker("caijing").open("/").follow("服务结算单等待开付款单").follow(FIRM).follow("开付款单")
    money.send("开付款单", fund=str(fund.pk))
    with scoped(centre.maker):
        statement = queries.statements().get()
        order = order_by_source(queries.source_of(statement))
        assert order.amount == statement.amount == sum(ServiceOrder.objects.values_list("payable", flat=True)) == 8_00
        assert not [proof for proof in check_books() if proof.faults]
    assert provider.name == order.payee
    money.open(f"/providers/statements/{statement.pk}/")
    assert f"/ledgers/orders/{order.pk}/" in [one.get("href") for one in money.page.iter("a")], "on to the bank file"


def _told(answer):
    """Number and code that stand on the page behind the form."""
    page = answer.content.decode()
    assert answer.status_code == 200 and "已收到您的预约" in page
    found = re.findall(r'class="big">([^<]+)<', page)
    return found[0], found[1].replace(" ", "")


def _way(public, number, secret, expect=200):
    answer = public.post("/ask/progress/", {"number": number, "secret": secret})
    assert answer.status_code == expect, answer.content.decode()[-800:]
    return answer.content.decode()


def test_a_resident_asks_on_the_web_and_an_operator_calls_and_orders(centre):
    """HOTLINE-05: services and prices without an account, a wish that an operator turns into an order, once."""
    make_trial(centre, name=FIRM)
    public = Client(HTTP_HOST="127.0.0.1")
    page = public.get("/services/").content.decode()
    assert "日常保洁" in page and "30.00元/小时" in page and "和顺社区" in page
    wish = {"service": "cleaning", "place": centre.worker.area, "address": "和平路12号", "name": "孙女士", "phone": "13806320009",
            "wanted_on": "2010-12-03"}  # fmt: skip
    number, code = _told(public.post("/services/", wish))
    assert _told(public.post("/services/", wish)) == (number, code), "sent twice it is one wish"
    again = public.post("/services/", wish | {"address": "向阳巷8号"})
    assert again.status_code == 422 and "您已预约过" in again.content.decode()
    assert "服务中心会打电话" in _way(public, number, code) and "服务中心会打电话" in _way(public, number, "138 0632 0009")
    for wrong in ((number, "00000000"), (number, "13806320008"), ("20101201-999999", code)):
        assert "不相符" in _way(public, *wrong, expect=422)
    late = public.post("/services/", wish | {"wanted_on": "2012-01-01"})
    assert late.status_code == 422 and "60天以内" in late.content.decode()
    ming = Walker("ming").open("/").follow("网上预约等待联系").follow("2010-12-01")
    assert "13806320009" in ming.text.replace(" ", "").replace("-", "") or "1380632" in ming.text
    ming.follow("为居民下单").send("查看服务商").send("下单")
    assert "请告知居民单号和确认码" in ming.text
    found = _way(public, number, code)
    assert "约定日期</dt><dd>2010年12月3日" in found
    assert "以前办好" not in found, "no term of the office beside the day agreed"
    assert "已经下单" in found and re.search(r"20101201-\d{5}(?!\d)", found) and "孙女士" not in found
    ming.open(f"/providers/wishes/?words={number}").follow("2010-12-01")
    assert number in ming.text and "没有符合条件" in ming.open("/providers/wishes/?words=20101201-999999").text
    listed = ming.open("/providers/wishes/").text
    assert "已下单" in listed and number in listed


def test_an_equal_service_is_ordered_twice_only_when_it_is_meant(centre):
    """HOTLINE-05: the same resident, provider, service and day: asked once; another day or another kind is not asked about."""
    provider = make_provider(centre.operator, FIRST_DAY, FIRM, (Service.MEALS, Service.HAIRCUT), registrar=centre.worker)
    start_trial(by=centre.chief, on=FIRST_DAY, provider=provider)
    person = make_resident(centre.worker)
    with scoped(centre.worker):
        number = clear_number(person)
    hu = Walker("hu")  # who cannot see orders at the provider's seat
    given = {"number": number, "service": "meals", "address": "和平路12号"}
    hu.open("/providers/services/new/").send("查看服务商", **given).send("下单")
    first = hu.text.split("服务单 ")[1][:14]
    hu.open("/providers/services/new/").send("查看服务商", **given).send("下单", expect=422)
    assert first in " ".join(hu.faults) and "确实要再下一单的请勾选" in " ".join(hu.faults)
    hu.send("下单", again="on")
    assert "已派给" in hu.text and first not in hu.text
    hu.open("/providers/services/new/").send("查看服务商", **given, wanted_on="2010-12-03").send("下单")
    hu.open("/providers/services/new/").send("查看服务商", **given | {"service": "haircut"}).send("下单")
    caller = {"service": "meals", "place": centre.worker.area, "address": "和平路12号", "caller": "孙来电"}
    hu.open("/providers/services/new/").send("查看服务商", **caller, phone="13805470001").send("下单")
    hu.open("/providers/services/new/").send("查看服务商", **caller, phone="138 0547 0001").send("下单", expect=422)
    hu.open("/providers/services/new/").send("查看服务商", **caller, phone="13805470002").send("下单")
    with scoped(centre.chief):
        assert ServiceOrder.objects.count() == 6
