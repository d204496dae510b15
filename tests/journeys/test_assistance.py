"""A family applies once; the law says the category: visit, meeting, two notices, decision and letter, through the doors."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.domains.assistance import queries
from linli.domains.assistance.samples import DAY, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.registry.queries import clear_number
from tests.journeys.walker import Walker

FIVE = {f"five_{key}": "与申报一致" for key in ("members", "income", "cause", "hardship", "work")}


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_office()


def test_a_family_from_the_door_to_the_letter_by_the_law_of_2010(office, settings):
    """DIBAO-03, DIBAO-04, DIBAO-10: application, survey of the community with the five things clear, one meeting, two notices,
    the decision of the district with its letter; then the figure opens to the family."""
    walk_to_the_letter(office, settings)


def primary(walker):
    return [one.text_content() for one in walker.page.xpath("//main//*[contains(@class, 'btn-primary')]")]


def walk_to_the_letter(office, settings):
    """Gives the application's address, the head of the family and the day of the decision."""
    head = make_family(office)
    with scoped(office.worker):
        number = clear_number(head)
    li = Walker("li").open("/assistance/applications/new/").send("查找家庭", number=number)
    assert "张桂英" in li.text and "李小宝" in li.text, "the family is shown, not asked"
    li.send("受理申请", statement="夫妻二人打零工，收入不稳定，孩子上学。")
    page = li.address
    assert "张桂英、李国强还没有签署" in li.text or "李国强、张桂英还没有签署" in li.text
    li.follow("材料与办理过程")
    owed = li.page.xpath("//details[summary='通过']//div[contains(@class, 'note-warning')]//li")
    told = "；".join(row.text_content().rstrip("。") for row in owed) + "。"
    assert primary(li) == ["登记授权、收入、调查和评议"], "not the button that would be refused"
    li.send("通过", expect=422, opinion="情况属实。")
    assert told in li.text and primary(li) == ["登记授权、收入、调查和评议"], "known before the press, word for word"
    li.follow("登记授权、收入、调查和评议")
    assert li.address == page, "and the case says where that is done"
    people = {int(name.split("_")[1]) for name in _names(li.follow("登记核对授权"), "signer_")}
    li.send("登记", **{f"signer_{person}": "本人" for person in people})
    li.open(page).follow("登记一条").send("登记", expect=422, kind="2", amount="3600")
    assert "没有写明属于哪几个月" in li.text
    li.send("登记", kind="2", amount="3600", first="2009-12", last="2010-11")
    li.open(page).follow("入户调查").send("完成调查", expect=422, visitors="李社工")
    assert "2名以上" in li.text
    li.send("存为草稿", visitors="李社工、陈协管")
    assert "草稿" in li.text
    li.follow("2010-12-01").follow("继续填写")
    li.send("完成调查", visitors="李社工、陈协管", cause="no_labour", found="房屋三间。", signer="李国强", **FIVE)
    votes = {"present": 18, "representatives": 12, "agreed": 17, "against": 0, "abstained": 1}
    li.open(page).follow("民主评议").send("登记", place="居委会会议室", chair="吴主任", record="逐户介绍后举手表决。", **votes)
    assert "过半数同意" in li.text and "已经齐备" in li.text
    assert "每月234.00元" in li.follow("怎样计算").text
    assert primary(li.open("/").follow("李国强·社会救助")) == ["通过，转村居张榜公布"]
    li.send("通过", opinion="入户核实，情况属实，同意上报。")

    zhao, day = Walker("zhao"), DAY
    for post, opinion in (("first", "公布期满无异议。"), ("notice", "公示期满无异议。")):
        zhao.open("/assistance/postings/").send("拟公示稿")
        assert number not in zhao.text
        zhao.send("发布公示", looked="on")
        zhao.open("/assistance/postings/").send("办理期满的家庭", expect=422)
        day += timedelta(days=8)
        settings.BUSINESS_DAY = day.isoformat()
        zhao.open("/assistance/postings/").send("办理期满的家庭", opinion=opinion)
        assert "已办理1件" in zhao.text
        if post == "first":
            zhao.open("/").follow("李国强·社会救助").send("通过", to="notice", opinion="经调查，符合条件，提请公示。")

    assert "等待区级确认，现在不用您办理" in li.open(page).text
    wang = Walker("wang").open("/").follow("李国强·社会救助")
    assert "按现有事实符合条件" in wang.text
    wang.send("通过", opinion="同意确认。")
    with scoped(office.approver):
        one = queries.application(int(page.rstrip("/").split("/")[-1]))
        assert (one.state, one.amount) == ("granted", 23_400)
    wang.follow("打印决定书")
    assert "每月发给 234.00 元" in wang.text and "3个月内向人民法院" in wang.text and "§2" in wang.text
    wang.open(page).follow("怎样计算")
    assert "怎样算出来的" in wang.text and "尚待核对的依据" in wang.text, "a number from memory is said to be one"
    wang.open("/figures/assistance.households/?period=2010").follow("打开这个数字所统计的记录")
    wang.follow("峄救〔2010〕")
    assert "救助中" in wang.text
    return page, head, day


def _names(walker: Walker, prefix: str) -> list[str]:
    return [one.get("name") for one in walker.page.iter("input") if (one.get("name") or "").startswith(prefix)]


def test_a_refusal_tells_the_family_why_and_what_they_can_do(office, settings):
    """DIBAO-03: nobody is posted who does not qualify; the district refuses in writing with the reason and the remedy."""
    from linli.domains.assistance.samples import add_income, carry, make_application

    one = make_application(office, make_family(office))
    add_income(office, one, 3_000_000)
    day = carry(office, one, to="survey")
    settings.BUSINESS_DAY = day.isoformat()
    zhao = Walker("zhao").open("/").follow("李国强·社会救助")
    assert "不低于最低生活保障标准" in zhao.text
    zhao.send("通过", expect=422, to="notice", opinion="提请公示。")
    assert "不能公示" in zhao.text
    zhao.send("通过", to="approval", opinion="收入超过标准，报区局决定。")
    wang = Walker("wang").open(f"/cases/{one.case_id}/?act=refuse")
    wang.send("驳回", reason="not_qualified", opinion="经核定收入超过标准。")
    wang.follow("打印决定书")
    assert "不予确认" in wang.text and "家庭人均月收入不低于最低生活保障标准" in wang.text and "行政复议" in wang.text
