"""Relief all year: help at once with the papers afterwards, money and goods, goods for all towns, and the figures of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from linli.domains.relief.samples import DAY, make_family, make_office, make_relief_fund, make_stock, make_stranger
from linli.kernel.access.actions import scoped
from linli.kernel.registry.actions import recognise_status
from linli.kernel.registry.queries import clear_number
from tests.journeys.walker import Walker

SAID = "骑车被撞，住院没有钱。"


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_office()


def number_of(office, person):
    with scoped(office.worker):
        return clear_number(person)


def asked(office, person, **words):
    """The worker takes a request; gives the walker on its page."""
    li = Walker("li").open("/relief/requests/").follow("受理临时救助").send("查找申请人", number=number_of(office, person))
    return li.send("受理", statement=SAID, **words)


def test_relief_from_the_door_to_the_books_and_the_figures(office, settings):
    """RELIEF-07: a stranger is helped at once with money and goods, a family with a large bill is posted and helped,
    goods go to the towns by the number of their poor; persons-times, money and pieces are counted and open to the cases."""
    fund = make_relief_fund(office.maker)
    make_stock(office.maker, 50)
    _at_once(office, fund)
    _ordinary(office, settings, fund)
    _goods(office)
    wang = Walker("wang")
    for key, shown in (("people", "4"), ("people.others", "1"), ("money", "1,960.00"), ("goods", "2"), ("consigned", "40")):
        rows = wang.open(f"/figures/relief.{key}/rows/?period=2026").text
        assert shown in rows, (key, rows[:600])
    wang.open("/figures/relief.people/rows/?period=2026").follow("峄急救〔2026〕000001")
    assert "外乡人" in wang.text and "490.00" in wang.text


def _at_once(office, fund):
    stranger = make_stranger(office)
    li = asked(office, stranger, fast="on", whole="no", event="accident", degree="light", wants="棉被2床")
    assert "外地" in li.text and "镇街3日内决定" in li.text and "490.00" in li.text, li.text
    page = li.address
    zhao = Walker("zhao").open("/").follow("外乡人·急难先行救助").send("通过", opinion="情况紧急，先行救助。")
    maker = Walker("caijing").open("/").follow("临时救助等待开付款单")
    assert SAID not in maker.text and "棉被2床" in maker.text
    maker.follow("开付款单").send("开付款单", fund=str(fund.pk), cash="on")
    assert "没有等待开付款单" in maker.text
    maker.follow("发放物资").send("发放", pieces="2", proof="本人签字")
    assert "没有申请物资的家庭" in maker.text
    zhao.open("/").follow("外乡人·急难先行救助").send("通过", expect=422, opinion="手续已补齐。")
    assert "还缺必需的材料" in zhao.text
    assert "棉被 2" in Walker("li").open(page).text


def _ordinary(office, settings, fund):
    head = make_family(office)
    li = asked(office, head, event="illness", degree="light", burden="1500", papers=["form", "identity"])
    page = li.address
    assert "1,500.00" in li.text and "公示后由乡镇（街道）决定" in li.text, li.text
    li.follow("登记入户核实").send("登记", found="两人入户，家中无存款。", burden="1500")
    assert "须核对家庭经济状况" in li.text
    checked = {"consent": "on", "means": "fits", "means_report": "核对报告第12号"}
    li.follow("登记入户核实").send("登记", found="两人入户，家中无存款。", burden="1500", **checked)
    assert "符合本地规定，核对报告第12号" in li.text
    li.follow("材料与办理过程").send("通过", to="notice", opinion="情况属实。")
    zhao = Walker("zhao").open("/relief/postings/").send("拟公示稿")
    assert number_of(office, head) not in zhao.text and SAID not in zhao.text
    zhao.send("发布公示", looked="on")
    day = DAY + timedelta(days=8)
    settings.BUSINESS_DAY = day.isoformat()
    zhao.open("/relief/postings/").send("办理期满的申请")
    assert "已办理1件" in zhao.text
    zhao.open("/").follow("李国强·临时救助").send("通过", opinion="同意救助。")
    case = zhao.open(page).follow("材料与办理过程")
    assert "1,470.00" in case.text
    assert "临时救助决定书" in case.follow("打印决定书").text and "行政复议" in case.text
    Walker("caijing").open("/relief/payments/").follow("开付款单").send("开付款单", fund=str(fund.pk))


def _goods(office):
    for name in ("王五保", "赵五保"):
        person, day = make_stranger(office, name), date(2026, 8, 1)
        words = {"kind": "tekun", "grade": "home", "since": day, "source": "sample"}
        recognise_status(by=office.worker, on=DAY, person_id=person.pk, **words)
    maker = Walker("caijing").open("/relief/goods/").follow("按人数分配")
    assert "2人，1个镇街" in maker.text
    maker.send("分配", title="2026年冬令救济", pieces="40", proof="各镇街签收单")
    assert "2026年冬令救济" in maker.text and "40" in maker.text
    assert "2026年冬令救济" in Walker("zhao").open("/relief/goods/").text
