"""A community's fund: residents give, their deliberation decides, finance pays, and everybody reads the account."""

from __future__ import annotations

import pytest
from django.test import Client
from lxml import html

from linli.domains.mutual.samples import COUNCIL, DAY, RECORD, make_team
from linli.kernel.access.actions import scoped
from linli.kernel.ledgers.queries import orders
from linli.kernel.registry.queries import clear_number
from linli.kernel.registry.samples import make_person
from tests.journeys.walker import Walker

FUND = "天津新村社区帮困基金"
PUBLIC = "田小禾", "孙议长", "刘家三口", "手术"


@pytest.fixture
def team(fresh_database, django_db_blocker, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        yield make_team()


def test_residents_give_decide_and_read_what_became_of_it(team):
    """RELIEF-15: a fund of one community; gifts count when finance saw the money; the council decides on an orphan's schooling
    and on an operation, not everything carries; each decision is paid once by another hand; the account is public without
    names, and balance, gifts and payments open to their rows."""
    numbers = [_number(team, name) for name in ("田小禾", "许老伯", "何大姐")]
    area = team.worker.area
    clerk = Walker("zhou").open("/mutual/").follow("设立基金")
    clerk.send("设立", expect=422, area=area, name="", charter="居民会议通过的办法")
    assert "名称" in " ".join(clerk.faults) or "填写" in " ".join(clerk.faults)
    assert FUND in clerk.send("设立", area=area, name=FUND, charter="居民会议通过的办法").text
    _gifts()
    _asked(numbers)
    _decided()
    _paid(team)
    _told(team)
    _counted()


def _number(team, name):
    person = make_person(team.worker, name=name, area=team.worker.area)
    with scoped(team.worker):
        return clear_number(person)


def _gifts():
    li = Walker("li").open("/mutual/").follow(FUND)
    for name, amount in (("刘家三口", "4000"), ("爱心居民", "6500"), ("写错的人", "99999")):
        li.follow("登记捐款").send("登记", name=name, amount=amount).follow(FUND)
    li.follow("逐笔查看居民捐款").follow("作废").send("作废", why="金额写错")
    maker = Walker("caijing").open("/").follow("2笔居民捐款等待到账").follow("确认到账")
    assert "10,500.00" in maker.text and "写错的人" not in maker.text
    page = maker.address
    maker.send("确认到账", expect=422, gifts=[])
    assert "10,500.00" in maker.open(page).send("确认到账").follow(FUND).text


def _asked(numbers):
    li = Walker("li").open("/mutual/").follow(FUND)
    unknown = {"number": "990404200001010001", "what": "学费", "amount": "1000", "need": "school"}
    wrong = li.follow("登记用款申请").send("登记", expect=422, **unknown)
    assert "学费" in html.tostring(wrong.page, encoding="unicode"), "what was typed stays"
    wanted = (("school", "孤儿上初中的学费", "1500"), ("illness", "手术费用", "8000"), ("living", "过冬取暖", "900"))
    for number, (need, what, amount) in zip(numbers, wanted, strict=True):
        li.open("/mutual/").follow(FUND).follow("登记用款申请")
        li.send("登记", number=number, need=need, what=what, amount=amount)
        assert "还没有议定" in li.text
    assert "许老伯" in li.follow(FUND).send("筛选", need="illness").text and "田小禾" not in li.text


def _decided():
    li = Walker("li").open("/").follow("3份用款申请等待议事").follow("登记议事会")
    words = {"place": "社区议事园", "chair": "孙议长", "called": "、".join(COUNCIL), "record": RECORD}
    li.send("登记", expect=422, came="、".join([*COUNCIL[:6], "路人甲"]), **words)
    assert "路人甲不在通知名单上" in " ".join(li.faults)
    meeting = li.send("登记", came="、".join(COUNCIL[:8]), **words).address
    li.follow("登记田小禾的表决").send("登记表决", expect=422, agreed="9")
    assert "与到会8人不一致" in " ".join(li.faults)
    assert "赞成8，反对0" in li.send("登记表决", agreed="8").text
    assert "决定金额 7,800.00 元" in li.follow("登记许老伯的表决").send("登记表决", agreed="7", abstained="1", amount="7800").text
    refused = li.open(meeting).follow("登记何大姐的表决").send("登记表决", agreed="4", against="4")
    assert "赞成的人没有达到规定的人数" in refused.text and "须超过到会人数的1/2，即5人以上通过" in refused.text


def _paid(team):
    maker = Walker("caijing").open("/").follow("2项决议等待开付款单")
    for name in ("田", "许"):  # in a list of the district names are masked
        maker.open("/mutual/").follow(FUND).send("筛选", state="carried").follow(name).send("开付款单")
        assert "已开付款单" in maker.text
    assert "1,200.00" in maker.follow(FUND).text, "10,500 less 1,500 and 7,800"
    with scoped(team.maker):
        assert sorted(orders().values_list("amount", flat=True)) == [150_000, 780_000]
    assert "开付款单" not in maker.follow("何").text


def _told(team):
    li = Walker("li").open("/mutual/").follow(FUND).follow("拟收支公布稿").send("拟稿", contact="社区居民委员会")
    draft = li.address
    notice = Walker("zhao").open(draft)
    notice.send("发布", looked="on")
    public = Client(HTTP_HOST="127.0.0.1").get(f"/bulletin/{draft.rstrip('/').split('/')[-1]}/").content.decode()
    for words in (FUND, "居民捐款", "2笔", "10,500.00", "用于助学", "1,500.00", "用于就医", "7,800.00", "期末结余", "1,200.00"):
        assert words in public, words
    assert not [words for words in PUBLIC if words in public]


def _counted():
    clerk = Walker("zhou")
    for key, shown in (
        ("funds", "合计 1 个"), ("given", "10,500"), ("balance", "1,200"), ("decisions", "合计 3 件次"),
        ("helped", "合计 2 人次"), ("used", "9,300"),
    ):  # fmt: skip
        text = clerk.open(f"/figures/mutual.{key}/rows/?period=2010").text
        assert shown in text, (key, text[:500])
    assert "许老伯" in clerk.open("/figures/mutual.used/rows/?period=2010").follow("基金　就医").text
