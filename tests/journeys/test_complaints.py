"""Somebody complains of an office, and another body answers for all to read; petitions by their rules; receptions and talks."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connections
from django.db.utils import ProgrammingError
from django.test import Client
from typer.testing import CliRunner

from linli.base.areas import WHOLE
from linli.base.crypto import Keyring, new_keys
from linli.domains.complaints.actions import take_letter
from linli.domains.complaints.models import Letter
from linli.domains.complaints.queries import content_of_letter
from linli.domains.complaints.samples import desk_at, make_complaint
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_founders, make_staff
from linli.kernel.duties.actions import plan
from linli.kernel.figures.queries import broken_down, figures, share_lines, shares, value
from linli.kernel.figures.rules import year_period
from linli.kernel.orders import actions as work
from linli.kernel.orders.models import Order
from linli.kernel.orders.rules import Channel
from linli.kernel.orders.samples import AT, COMMUNITY, DAY, make_centre, make_order
from linli.kernel.registry.samples import make_areas
from linli.site.commands.keys import keys as command
from tests.journeys.walker import Walker

WROTE = {
    "kind": "complaint", "unit": "和顺社区", "staff": "颜窗口", "name": "邢网友", "phone": "13805479003",
    "text": "颜窗口让我跑了三趟还没有开出证明，态度也不好。",
}  # fmt: skip


@pytest.fixture
def centre(fresh_database, django_db_blocker, settings):
    """Real commits: the pages for residents have a connection of their own."""
    settings.BUSINESS_DAY = DAY.isoformat()
    with django_db_blocker.unblock():
        founders = make_founders()
        make_areas(founders[0])
        made = make_centre(founders)
        for words in (("lu", "陆领导", Role.LEADER, DISTRICT), ("yan", "颜窗口", Role.COMMUNITY_WORKER, COMMUNITY)):
            make_staff(*words, founders=founders)
        yield made


def write(visitor: Client, **words):
    page = visitor.get("/complaints/public/write/")
    key = re.search(r'name="_key" value="([^"]+)"', page.content.decode())[1]
    return visitor.post("/complaints/public/write/", {"_key": key} | WROTE | words)


def progress(visitor: Client, receipt: str) -> str:
    return visitor.post("/complaints/public/progress/", {"_key": "k", "receipt": receipt}).content.decode()


def test_a_complaint_is_handled_by_another_body_answered_and_published(centre):
    """HOTLINE-04, HOTLINE-14: by the web, about a member of staff; not seen there; answered in seven working days; redacted, let
    out by a second person, read by everybody, taken down."""
    visitor = Client(HTTP_HOST="127.0.0.1")
    sent = write(visitor)
    receipt = sent["Location"].rstrip("/").split("/")[-1]
    assert "等待受理" in progress(visitor, receipt) and "没有这个回执号" in progress(visitor, "2222222222")
    number = _taken(receipt)
    told = progress(visitor, receipt)
    assert re.search(r"最迟办结</dt><dd>\d{4}年\d+月\d+日", told) and "看办理结果" not in told
    _kept_from_whom_it_is_about(number)
    _answered_by_the_street(number)
    _let_out(number)
    shown = visitor.get("/complaints/public/?words=证明").content.decode()
    assert "关于开证明往返多次的投诉" in shown and "邢网友" not in shown and "颜窗口" not in shown
    page = visitor.get(re.search(r"/complaints/public/\d+/", shown)[0])
    assert "已向居民道歉" in page.content.decode()
    told = progress(visitor, receipt)
    assert "等待回访" in told and "最迟办结" not in told
    assert "已向居民道歉" in visitor.get(re.search(r'href="(/complaints/public/\d+/)">看办理结果', told)[1]).content.decode()
    _counted_and_taken_down(visitor)


def _taken(receipt: str) -> str:
    """The operator opens the letter, finds who is meant, and sends it elsewhere."""
    page = Walker("ming").open("/complaints/letters/").follow(receipt)
    assert "颜窗口让我跑了三趟" in page.text
    unit = next(one.get("value") for one in page.page.iter("option") if one.text_content() == "坛山街道和顺社区便民服务中心")
    assert "和顺社区" in page.text and "邢网友" in page.text
    page.send("受理并分办", expect=422, category="501010", about=unit, about_staff="颜没有", place=COMMUNITY)
    assert any("没有登记叫“颜没有”" in fault for fault in page.faults)
    page.send("受理并分办", category="501010", about=unit, about_staff="颜窗口", place=COMMUNITY)
    with scoped(WHOLE):
        order = Order.objects.select_related("about_staff").get()
        letter = Letter.objects.get()
    assert (order.area[:9], order.about_staff.name, order.text) == ("370404001", "颜窗口", "") and order.area.endswith("000")
    assert (letter.order, letter.content) == (order.number, None)
    return order.number


def _kept_from_whom_it_is_about(number: str) -> None:
    with scoped(WHOLE):
        pk = Order.objects.get(number=number).pk
    for username in ("yan", "hu"):  # the person, and a colleague of the community that is complained of
        there = Walker(username)
        assert number not in there.open("/complaints/").text and number not in there.open("/hotline/inbox/").text
        assert there.client.get(f"/complaints/{pk}/").status_code == 403
    leader = Walker("lu").open("/complaints/")
    assert number in leader.text and "还剩" in leader.text
    assert "内容保密" in leader.follow(number).text and "颜窗口" not in leader.text


def _answered_by_the_street(number: str) -> None:
    page = Walker("bai").open("/complaints/").follow(number).follow("办理工单")
    page.send("签收").follow("联系来电人").send("登记联系结果", note="已电话联系，了解经过。")
    page.follow("填写办理结果").send("提交办理结果", result="已当面道歉，当日补开证明，窗口公开清单。")
    page.follow("投诉和信访手续").follow("写公开反馈")
    words = {"title": "关于开证明往返多次的投诉", "question": "居民反映开证明跑了三趟。", "text": "颜窗口已向邢网友道歉。"}
    page.send("写好，送审", expect=422, **words)
    assert any("姓名“邢网友”" in fault and "姓名“颜窗口”" in fault for fault in page.faults)
    page.send("写好，送审", **words | {"text": "窗口已向居民道歉，当日补开证明。"})
    assert "待审核" in page.text


def _let_out(number: str) -> None:
    page, other = (Walker(name).open("/complaints/answers/").follow("关于开证明往返多次的投诉") for name in ("fu", "pan"))
    other.send("审核", agreed="no", why="请写明补办的日期")
    page.send("审核", expect=422, agreed="yes")
    assert any("已审核" in fault for fault in page.faults), "whoever comes second is told so"
    _written_again()
    page = page.open("/").follow("审核公开反馈：关于开证明往返多次的投诉")
    page.send("审核", agreed="yes")
    assert "已公开" in page.text


def _written_again() -> None:
    """What was given back is a task of the desk that wrote it, and nothing is typed twice."""
    page = Walker("bai").open("/").follow("修改退回的公开反馈：关于开证明往返多次的投诉")
    assert "请写明补办的日期" in page.text and "窗口已向居民道歉，当日补开证明。" in page.text
    page.send("写好，送审", text="窗口已向居民道歉，12月1日补开证明。")
    assert "待审核" in page.text and "修改退回的公开反馈" not in page.open("/").text


def _counted_and_taken_down(visitor: Client) -> None:
    with scoped(WHOLE):
        for key, count in (("received", 1), ("in_time", 1), ("public", 1)):
            assert value(figures()[f"complaints.{key}"], year_period(2010), DISTRICT) == count, key
        assert share_lines(shares()["complaints.in_time"], year_period(2010), DISTRICT)[1][-1].ratio == 1
        assert [one.zh for one in broken_down(figures()["complaints.received"], year_period(2010), DISTRICT, "unit")] == [
            "坛山街道和顺社区便民服务中心"
        ]
    page = Walker("pan").open("/complaints/answers/").follow("关于开证明往返多次的投诉").follow("撤下")
    page.send("撤下", why="当事人要求删除")
    assert "关于开证明往返多次的投诉" not in visitor.get("/complaints/public/").content.decode()


def test_a_letter_about_the_centre_is_opened_by_the_district_only(centre):
    write(Client(HTTP_HOST="127.0.0.1"), centre="on", text="打了三次热线，接听的人都挂断了电话。")
    with scoped(WHOLE):
        receipt = Letter.objects.get().receipt
    assert Walker("ming").client.get(f"/complaints/letters/{receipt}/").status_code == 403
    chief = Walker("fu").open(f"/complaints/letters/{receipt}/")
    assert "挂断了电话" in chief.text
    chief.follow("不予受理").send("不予受理", why="请向区监察局反映，电话0632-7712345。")
    assert "请向区监察局反映" in progress(Client(HTTP_HOST="127.0.0.1"), receipt)
    assert Walker("fu").client.get(f"/complaints/letters/{receipt}/aside/").status_code in (403, 409, 422)


def test_a_taken_letter_about_the_centre_is_read_by_the_named_alone(centre):
    """HOTLINE-07: those who read all orders do not read what is said of them there either."""
    write(Client(HTTP_HOST="127.0.0.1"), centre="on", text="打了三次热线，接听的人都挂断了电话。")
    with scoped(WHOLE):
        letter = Letter.objects.get()
    words = "打了三次热线，接听的人都挂断了电话。"
    intake = work.Intake(Channel.WEB, "501010", COMMUNITY, words, about=desk_at(centre.chief, COMMUNITY).pk)
    taken = take_letter(by=centre.chief, at=AT, letter=letter, intake=intake)
    assert "挂断了电话" in Walker("fu").open(f"/hotline/orders/{taken.id}/").text
    assert "挂断了电话" not in Walker("ming").open(f"/hotline/orders/{taken.id}/").text


def test_a_public_form_under_attack_stays_bounded_and_says_what_is_wrong(centre):
    visitor = Client(HTTP_HOST="127.0.0.1")
    for words, said in (
        ({"text": "太短"}, "至少写10个字"), ({"text": "㐀㐁㐂" * 1000}, "1500"), ({"phone": "12"}, "电话"),
        ({"unit": ""}, "哪个单位"),
    ):  # fmt: skip
        answer = write(visitor, **words)
        assert answer.status_code == 422 and said in answer.content.decode(), words
    page = visitor.get("/complaints/public/write/")
    key = re.search(r'name="_key" value="([^"]+)"', page.content.decode())[1]
    twice = [visitor.post("/complaints/public/write/", {"_key": key} | WROTE)["Location"] for _ in range(2)]
    assert twice[0] == twice[1]
    answers = [write(visitor) for _ in range(12)]
    assert [one.status_code for one in answers].count(302) == 8 and "太频繁" in answers[-1].content.decode()
    with scoped(WHOLE):
        assert Letter.objects.count() == 9  # one twice, eight more, then no more
        assert WROTE["text"].encode() not in bytes(Letter.objects.first().content)
    with connections["public"].cursor() as cursor, pytest.raises(ProgrammingError):
        cursor.execute("select count(*) from bulletin.complaint_letter")


def test_a_letter_is_sealed_anew_with_a_new_key(centre, settings):
    write(Client(HTTP_HOST="127.0.0.1"))
    both = new_keys(settings.KEYRING._keys)
    settings.KEYRING = Keyring(both)
    renewed = CliRunner().invoke(command, ["renew"])
    assert renewed.exit_code == 0, renewed.output
    settings.KEYRING = Keyring({2: both[2]})
    with scoped(WHOLE):
        assert content_of_letter(Letter.objects.get())["name"] == WROTE["name"]


def test_a_leader_finds_what_is_overdue_and_urges(centre):
    """HOTLINE-04: overdue complaints are visible to the leader, on the first page, without looking for them."""
    late = make_complaint(centre.operator, desk_at(centre.chief, COMMUNITY), AT - timedelta(days=30))
    page = Walker("lu").open("/").follow("1件投诉信访超期没有办结")
    assert late.number in page.text
    assert "超期未办结 1 件" in page.open("/complaints/").text
    page.open("/complaints/?late=yes&stage=open").follow(late.number).follow("督办").send("发出督办", why="请三日内办结。")
    assert "已发出督办" in page.text and "请三日内办结" in page.text


def test_a_petition_is_taken_accepted_answered_in_writing_and_reviewed(centre):
    """HOTLINE-10: a petition of several people with their representatives, its letter, its articles, the report to whoever
    assigned it, and its remedies."""
    page = Walker("ming").open("/complaints/new/")
    words = {"channel": "visit", "category": "701010", "text": "工钱欠了半年。", "caller": "狄求决", "place": COMMUNITY}
    page.send("受理并分办", expect=422, **words | {"handing": "assign"})
    assert "报告结果的期限" in " ".join(page.faults)
    words |= {"handing": "assign", "report_due": "2011-02-28", "people": "12"}
    page.send("受理并分办", expect=422, **words)
    assert "应当推选代表" in " ".join(page.faults)
    page.send("受理并分办", expect=422, **words, representatives="狄一、狄二、狄三、狄四、狄五、狄六")
    assert "不得超过5人，现填了6人" in " ".join(page.faults)
    page.send("受理并分办", expect=422, **words | {"people": "2", "representatives": "狄一、狄二、狄三"})
    assert "多于信访人数" in " ".join(page.faults)
    page.send("受理并分办", **words, representatives="狄一、狄二、狄三")
    with scoped(WHOLE):
        number = Order.objects.get().number
    street = Walker("bai").open("/complaints/").follow(number).follow("办理工单").send("签收")
    street.follow("投诉和信访手续").follow("告知受理").send("登记告知", note="当面送达告知书。")
    assert "交办" in street.text and "2011-01-30" in street.text
    assert "信访条例 §33" in street.follow("打印文书").text and "受理告知书" in street.text
    street.follow(number).follow("处理意见")
    street.send("作出处理意见", outcome="explained", basis="支付暂行规定第七条", text="已督促施工单位与工人结算。")
    letter = street.follow("打印文书").text
    assert "处理意见书" in letter and "信访条例 §34" in letter and "2010年12月31日" in letter and "支付暂行规定第七条" in letter
    seen = Walker("lu").open("/complaints/").follow(number).text
    assert "狄一" not in seen and "狄*、狄*、狄*" in seen, "the names are for whoever handles it"
    street.open("/").follow(f"{number}报告办理结果").follow("办结报告").send("提交报告", expect=422, text="办完了")
    assert "至少10个字" in " ".join(street.faults)
    street.send("提交报告", text="已督促施工单位与工人结算，信访人表示满意。")
    assert "已提交办结报告" in street.text and "12人" in street.text
    for key, count in (("assigned", 0), ("joint", 1), ("joint_people", 12)):
        assert f"合计 {count} " in Walker("fu").open(f"/figures/complaints.{key}/rows/?period=2010").text, key
    chief = Walker("fu").open("/complaints/").follow(number).follow("登记复查复核")
    chief.send("登记请求", kind="review", body="区政府", asked_on="2010-12-01", why="不服")
    chief.follow("出具复查意见").send("出具意见", outcome="upheld", opinion="原意见事实清楚。")
    assert "维持" in chief.text


def test_a_petition_from_the_console_shows_its_people_and_the_day_of_its_report(centre):
    """HOTLINE-10: taken at the console, where nobody asks how many they are; entered later, shown on both pages."""
    given = {"category": "701010", "text": "工钱欠了半年。", "caller": "狄求决", "phone": "13805470011"}
    one = make_order(centre.operator, AT, channel=Channel.VISIT, **given)
    town = Walker("bai").open(f"/hotline/orders/{one.pk}/").send("签收")
    assert "信访手续" in town.text and "信访代表" not in town.text
    town.follow("登记信访人数和交办期限")
    assert "报告结果的期限" not in town.text, "the desk sets no day for itself"
    town.send("登记", expect=422, people="12")
    assert "应当推选代表" in " ".join(town.faults)
    town.send("登记", expect=422, people="12人", representatives="狄一")
    assert "信访人数" in " ".join(town.faults)
    town.send("登记", people="12", representatives="狄一、狄二大")
    again = Walker("bai").open(f"/complaints/{one.pk}/joint/").send("登记", expect=422, people="12")
    assert "和已登记的一样" in " ".join(again.faults)
    ming = Walker("ming").open(f"/hotline/orders/{one.pk}/")
    assert "12人" in ming.text and "狄*、狄**" in ming.text and "狄一" not in ming.text
    ming.follow("登记信访人数和交办期限").send("登记", expect=422, people="12", report_due="2010-12-01")
    assert "晚于今天" in " ".join(ming.faults)
    ming.send("登记", people="13", report_due="2011-01-20")
    town.open(f"/hotline/orders/{one.pk}/")
    assert "13人" in town.text and "狄一、狄二大" in town.text and "交办" in town.text
    assert "2011年1月20日" in town.text or "2011-01-20" in town.text
    assert "还没有报告" in town.text and "告知受理" in town.text
    town.follow("不予受理").send("登记不予受理", ground="not_ours", note="请向劳动监察大队反映。")
    town.open(f"/hotline/orders/{one.pk}/").follow("办结报告").send("提交报告", text="已书面告知应当反映的部门，信访人知晓。")
    assert "还没有报告" not in town.open(f"/hotline/orders/{one.pk}/").text and "信访人知晓" in town.text


def test_receptions_and_talks_have_their_matters_and_no_month_is_forgotten(centre):
    """HOTLINE-10, HOTLINE-12: a room, a roster, a reception that does the month's duty, a talk, a matter as an order."""
    plan(by=machine_actor("duties.plan", DISTRICT), on=DAY)
    worker = Walker("hu").open("/records/books/complaints.rooms/new/")
    room = {"village": COMMUNITY, "since": "2010-12-01", "place": "居委会一楼", "hours": "每月10日", "phone": "0632-7700001"}
    worker.send("登记", **room)
    worker.open("/records/books/complaints.roster/new/")
    worker.send("登记", village=COMMUNITY, day="2010-12-01", receiver="deputy", name="史代表")
    for occasion, host in (("deputy", "史代表"), ("talk", "社区书记")):
        worker.open("/complaints/receptions/").follow("登记接待或聊天")
        worker.send("登记", village=COMMUNITY, day="2010-12-01", occasion=occasion, host=host, came="5", said="出行和环境")
        worker.open("/complaints/receptions/").follow("登记反映的事项")
        worker.send("登记", what=f"{host}听到：巷口积水。", result="open")
    worker.follow("转为投诉、信访或工单").send("转办", category="401010", place=COMMUNITY)
    worker.open("/complaints/receptions/")
    assert "已转工单" in worker.text and "正在办理" in worker.text
    chief = Walker("fu").open("/complaints/receptions/").follow("完成情况")
    assert "按期已办" in chief.text and "待办" in chief.text
    with scoped(WHOLE):
        for key, count in (("receptions", 1), ("talks", 1), ("raised", 2), ("settled", 0)):
            assert value(figures()[f"complaints.{key}"], year_period(2010), DISTRICT) == count, key
