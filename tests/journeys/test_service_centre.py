"""The service centre beside its orders: days in communities, meetings of member firms, how well it is known, the account."""

from __future__ import annotations

from datetime import date

import pytest

from linli.base.lots import digest_of_list, draw_lot
from linli.domains.hotline import actions, queries
from linli.domains.hotline.rules import SurveyAnswer
from linli.domains.hotline.samples import make_survey, make_wish
from linli.domains.providers.samples import make_provider
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Refused, Role
from linli.kernel.access.samples import DISTRICT, demo_actor, make_founders, make_staff
from linli.kernel.orders import actions as work
from linli.kernel.orders import tasks
from linli.kernel.orders.queries import checks, draws, order_by_id
from linli.kernel.orders.rules import CallOutcome, Channel, Satisfaction
from linli.kernel.orders.samples import COMMUNITY, HOUR, called, make_centre, make_order, moment, settle
from linli.kernel.registry.actions import register_organisation
from linli.kernel.registry.samples import make_areas, make_person
from tests.journeys.walker import Walker

TODAY = date(2010, 12, 20)


@pytest.fixture
def centre(db, settings):
    settings.BUSINESS_DAY = TODAY.isoformat()
    founders = make_founders()
    make_areas(founders[0])
    made = make_centre(founders)
    make_staff("qin", "秦领导", Role.LEADER, DISTRICT, founders=founders)
    return made


def _calls(centre):
    """Three calls (one of each sort), one visit, one request on the web: two judged, one of them well."""
    at = moment(date(2010, 12, 13))
    for turn, category in enumerate(("101010", "201010", "401010")):
        intake = work.Intake(Channel.PHONE, category, COMMUNITY, "请帮助。", phone=f"1380547009{turn}", caller="孙来电")
        if category == "201010":
            work.answer_at_once(by=centre.operator, at=at, intake=intake, answer="已按口径答复，来电人表示清楚。")
        else:
            work.take(by=centre.operator, at=at, intake=intake)
    make_order(centre.operator, at, channel=Channel.VISIT, phone="13805470081")
    for turn, grade in enumerate((Satisfaction.GOOD, Satisfaction.FAIR)):
        words = {"channel": Channel.WEB, "phone": f"1380547007{turn}", "category": "303010", "text": "楼上夜里很吵。"}
        one = settle(centre.worker, make_order(centre.operator, at, **words), at + HOUR)
        called(centre.operator, one, at + 5 * HOUR, grade)


def _people(centre):
    for turn in range(14):
        name = f"戚{'甲乙丙丁戊己庚辛壬癸子丑寅卯'[turn]}"
        words = {"birth": date(1960, 5, 1) if turn < 12 else date(2001, 5, 1), "phone": f"138054760{turn:02d}"}
        make_person(centre.worker, date(2010, 1, 4), name, COMMUNITY, no_number_reason="lost", **words)


def test_the_centre_goes_out_meets_its_members_asks_how_well_it_is_known_and_reports(centre, settings):
    """HOTLINE-06: activities in communities, meetings of member firms, a sample drawn by lot, its awareness rate, and the whole
    paragraph of the yearly account, whose every figure opens to its rows."""
    _calls(centre)
    _people(centre)
    make_provider(centre.operator, date(2010, 11, 1), "万帮便民服务中心", registrar=centre.worker)
    ming = Walker("ming").open("/records/books/hotline.events/new/")
    event = {"village": COMMUNITY, "day": "2010-12-11", "topic": "热线宣传日", "place": "社区广场", "staff": "明坐席",
             "came": "60", "helped": "22"}  # fmt: skip
    ming.send("登记", expect=422, **event)
    assert "做了什么" in " ".join(ming.faults)
    ming.send("登记", **event, done="介绍热线和加盟服务。")
    meeting = {"day": "2010-12-15", "topic": "规范收费", "place": "中心会议室", "chair": "明坐席", "firms": "1", "persons": "0",
               "decided": "先报价后上门"}  # fmt: skip
    ming.open("/records/books/providers.meetings/new/").send("登记", expect=422, **meeting)
    assert "到会名单" in " ".join(ming.faults)
    ming.send("登记", **meeting, came="万帮便民服务中心")
    _surveyed(centre, ming)
    _reported(centre)


def test_a_firm_seeks_a_resident_is_introduced_and_placed_and_all_read_the_notice(centre, settings):
    """HOTLINE-01: job notices published for a term, a resident's wish, the introduction, and its result by whoever made it."""
    make_staff("yan", "颜社工", Role.COMMUNITY_WORKER, "370404001002", founders=make_founders())
    firm = register_organisation(by=centre.reviewer, on=TODAY, name="万顺物业公司", kind="company", area="370404001002")
    persons = [make_person(centre.worker, TODAY, name, COMMUNITY) for name in ("戚求职", "谢求职")]
    yan = Walker("yan").open("/hotline/jobs/").follow("登记招聘信息")
    vacancy = {"unit": firm.pk, "day": "2010-12-20", "post": "保洁员", "trade": "cleaning", "heads": "1", "pay": "月薪1200元",
               "closes": "2011-01-20"}  # fmt: skip
    yan.send("登记", expect=422, **(vacancy | {"heads": "0"}))
    assert "招聘人数" in " ".join(yan.faults)
    yan.send("登记", expect=422, **(vacancy | {"closes": "2010-12-19"}))
    assert "招聘截止日期不能早于登记日期2010-12-20" in " ".join(yan.faults)
    yan.send("登记", **vacancy)
    hu = Walker("hu")
    for person in persons:
        hu.open(f"/records/books/hotline.wishes/new/?person={person.pk}").send("登记", day="2010-12-20", trade="cleaning")
    for name in ("戚求职", "谢求职"):
        hu.open("/hotline/jobs/").follow(name)
        assert "万顺物业公司" in hu.text, "a vacancy of another community is offered, too"
        vacant = next(one.get("value") for one in hu.page.iter("input") if one.get("name") == "vacancy")
        hu.send("登记介绍", vacancy=vacant)
    hu.open("/hotline/jobs/").follow("戚求职").send("登记介绍", expect=422, vacancy=vacant)
    assert "已经向这位居民介绍过" in " ".join(hu.faults)
    assert "填写介绍结果" not in yan.open("/").text, "the result is entered by whoever made the introduction"
    hu.open("/").follow("介绍戚求职").send("填写", expect=422, result="declined", result_on="2010-12-20")
    assert "写明原因" in " ".join(hu.faults)
    hu.send("填写", expect=422, result="placed", result_on="2010-12-19")
    assert "介绍之日" in " ".join(hu.faults)
    fu = Walker("fu").open("/hotline/jobs/").send("公布招聘信息")
    assert "万顺物业公司" in fu.text and "保洁员" in fu.text
    fu.send("发布", looked="on")
    hu.send("填写", result="placed", result_on="2010-12-20")
    hu.open("/").follow("介绍谢求职").send("填写", expect=422, result="placed", result_on="2010-12-20")
    assert "已经招满" in " ".join(hu.faults), "one place is filled once"
    hu.send("填写", result="refused", result_on="2010-12-20", note="已招满")
    assert "正在招聘（0个岗位）" in hu.text and "正在求职（1人）" in hu.text
    for key, count in (("book.hotline.vacancies.new", 1), ("hotline.introduced", 2), ("hotline.placed", 1)):
        assert f"合计 {count} " in fu.open(f"/figures/{key}/rows/?period=2010").text, key


def test_a_wish_is_read_by_those_who_introduce_in_its_area_and_by_nobody_else(centre):
    """HOTLINE-01: that somebody seeks work is told to the own community and the centre, not to everybody who opens the person."""
    near, far = "370404001000", "370404001002"
    others = (("yan", Role.COMMUNITY_WORKER, far), ("xie", Role.HALL_CLERK, near), ("tong", Role.AUDITOR, DISTRICT))
    for username, role, area in others:
        make_staff(username, "外人员", role, area, founders=make_founders())
    person = make_person(centre.worker, TODAY, "戚求职", COMMUNITY)
    wish = make_wish(centre.worker, person.pk, TODAY)
    person_page, page = f"/people/{person.pk}/", f"/records/entries/{wish.pk}/"
    hu = Walker("hu").open(person_page)
    assert "记入求职登记" in hu.text and "保洁" in hu.open(page).text
    assert Walker("ming").client.get(page).status_code == 200, "the centre introduces, too"
    for username in ("xie", "tong", "bai"):
        reader = Walker(username)
        assert "戚" in reader.open(person_page).text and "求职登记" not in reader.text, username
        assert reader.client.get(page).status_code in {403, 404}, username
        assert reader.client.get("/records/books/hotline.wishes/").status_code in {403, 404}, username
    assert Walker("yan").client.get(page).status_code in {403, 404}, "of another community"
    assert "戚求职" not in Walker("yan").open("/hotline/jobs/").text


def test_closed_orders_are_drawn_by_lot_and_called_back_about(centre, settings):
    """HOTLINE-06: besides those who must be called, a share of what was closed, by matter and desk; who is not content is served
    again."""
    at = moment(date(2010, 12, 15))
    for turn in range(12):
        given = {"phone": f"138054700{turn:02d}", "caller": "孙来电"}
        intake = work.Intake(Channel.PHONE, "201010", COMMUNITY, "低保要哪些材料？", **given)
        work.answer_at_once(by=centre.operator, at=at, intake=intake, answer="已按口径答复，来电人表示清楚。")
    machine = machine_actor("orders.call_back", DISTRICT)
    judged = settle(centre.worker, make_order(centre.operator, at, category="303010", text="楼上夜里很吵。"), at + HOUR)
    called(machine, judged, at + 5 * HOUR)
    spoken = settle(centre.worker, make_order(centre.operator, at, category="303010", phone="13805470088"), at + HOUR)
    called(centre.operator, spoken, at + 5 * HOUR)
    make_staff("ning", "宁坐席", Role.HOTLINE_OPERATOR, DISTRICT, founders=make_founders())
    ning = Walker("ning").open("/hotline/calls/").follow("抽样记录")
    assert "每周一起系统自动抽上一周办结的工单" in ning.text and "10%" in ning.text and "还没有抽样" in ning.text
    assert "补抽一周（8周没有抽）" in ning.text
    tasks.draw_week()
    tasks.draw_week()
    ning.open("/hotline/calls/draws/").follow("2010-12-13至2010-12-19")
    assert "系统每周抽样" in ning.text and "按种子和抽样框重抽，结果一致" in ning.text and "可抽工单13" in ning.text
    with scoped(centre.chief):
        (drawing,) = draws()
    assert drawing.seed in ning.text and drawing.digest in ning.text and drawing.size == 3
    ning.open("/hotline/calls/draws/").follow("补抽一周（7周没有抽）")
    ning.send("抽样", expect=422, week="2010-12-13")
    assert "办结的一周" in " ".join(ning.faults)
    ning.send("抽样", week="2010-12-06")
    assert "这一周没有可抽的工单" in ning.text, "a week of nothing is settled, too"
    with pytest.raises(Refused, match="已经抽过样"):
        work.draw_calls(by=centre.operator, at=moment(date(2010, 12, 20)), week=date(2010, 12, 16))
    with pytest.raises(Refused, match="还没有结束"):
        work.draw_calls(by=centre.operator, at=moment(date(2010, 12, 20)), week=date(2010, 12, 20))
    ning.open("/hotline/calls/")
    drawn = [one.text_content() for one in ning.page.iter("a") if "/calls/checks/" in (one.get("href") or "")]
    assert len(drawn) == 3 and any(judged.number in words for words in drawn), "two of twelve, one of one; not who was spoken to"
    ming = Walker("ming").open("/hotline/calls/").follow("低保")
    assert "这件由您答复或承办，请由其他坐席回访" in ming.text and "登记回访" not in ming.text
    with pytest.raises(Refused, match="答复和承办以外的人"), scoped(centre.operator):
        answered = next(one for one in checks() if one.order.category == "201010")
        work.check_call(by=centre.operator, at=at, check=answered, outcome=CallOutcome.SILENT)
    ning.open("/hotline/calls/").follow(judged.number).send("登记回访", expect=422, outcome="reached")
    assert "是否解决和评价" in " ".join(ning.faults)
    ning.send("登记回访", outcome="reached", solved="no", grade="2", words="晚上还是吵")
    assert judged.number not in ning.text
    with scoped(centre.chief):
        assert order_by_id(judged.pk).stage == "working"
    ning.follow("低保").send("登记回访", outcome="silent")
    assert "已拨打1次" in ning.text
    ning.open("/hotline/calls/").follow("低保").send("登记回访", outcome="reached", solved="yes", grade="4")
    fu = Walker("fu")
    for key, count in (("hotline.checked", 2), ("hotline.checked_content", 1)):
        assert f"合计 {count} " in fu.open(f"/figures/{key}/rows/?period=2010").text, key


def _surveyed(centre, ming):
    words = {"title": "2010年第四季度热线知晓率调查", "place": "370404001000"}
    ming.open("/hotline/surveys/").follow("抽样调查").send("抽样", expect=422, **words, size="13")
    assert "只有12人" in " ".join(ming.faults), "children are not in the frame"
    ming.send("抽样", expect=422, **words, size="3")
    assert "样本量" in " ".join(ming.faults)
    ming.send("抽样", **words, size="10")
    page = ming.address
    with scoped(centre.operator):
        one = queries.surveys().get()
        drawn, people = [row.person_id for row in queries.sample_of(one)], queries.frame(one.place, TODAY)
    assert drawn == draw_lot(one.seed, people, 10) and one.frame_digest == digest_of_list(people) and one.framed == 12
    hu = Walker("hu").open("/").follow("还有10人没有问到")
    hu.follow("1").send("登记", expect=422)
    assert len(hu.faults) >= 1
    hu.send("查看电话")
    assert "138054760" in hu.text
    hu.send("登记", way="visit", answer="silent")
    assert "1次没有联系上" in hu.text
    answers = ["knows"] * 6 + ["unknown"] * 2 + ["refused"]
    with scoped(centre.operator):
        sample = [row.pk for row in queries.sample_of(one)]
    for pk, answer in zip(sample, answers, strict=False):
        ming.open(f"/hotline/surveys/people/{pk}/").send("登记", way="phone", answer=answer)
    assert "75.0%" in ming.text and "6/8人" in ming.text and "8/10人" in ming.text and "40.9%至92.9%" not in ming.text
    again = ming.client.post(f"/hotline/surveys/people/{sample[0]}/", {"way": "phone", "answer": "unknown", "_key": "k" * 32})
    assert "6/8人" in ming.open(page).text and again.status_code in {200, 409, 422}, "an answer stands as it was entered"
    _mended(centre, ming, sample, page)
    ming.open(page).send("结束调查")
    assert "已结束" in ming.text or "结束" in ming.text
    late = ming.open(f"/hotline/surveys/people/{sample[9]}/")
    assert "登记" not in [button.text_content().strip() for button in late.page.iter("button")]


def _mended(centre, ming, sample, page):
    """A slip is mended while the survey runs, by the hand that made it or the centre; the rate follows and goes back."""
    wrong = f"/hotline/surveys/people/{sample[0]}/"
    assert "更正回答" not in Walker("hu").open(wrong).text, "another's answer"
    Walker("hu").open(f"{wrong}mend/").send("更正", expect=422, answer="unknown", way="phone", why="点错了行，请更正。")
    ming.open(wrong).follow("更正回答").send("更正", expect=422, answer="unknown", way="phone", why="错")
    assert "写明怎么登记错的" in " ".join(ming.faults)
    ming.send("更正", expect=422, answer="knows", way="phone", why="点错了行，请更正。")
    assert "和原来登记的一样" in " ".join(ming.faults)
    ming.send("更正", answer="silent", way="phone", why="点错了行，其实没有问到。")
    assert "知道（电话回访）（明坐席登记）更正为没有问到" in ming.text
    assert "5/7人" in ming.open(page).text
    ming.open(wrong).send("登记", way="phone", answer="unknown")
    ming.open(wrong).follow("更正回答").send("更正", answer="knows", way="visit", why="上门核对，本人说知道。")
    assert "6/8人" in ming.open(page).text
    ming.open(wrong).follow("更正回答").send("更正", answer="knows", way="phone", why="是电话问的，不是上门。")


def test_an_answer_of_a_finished_survey_is_mended_by_two_people(centre):
    """HOTLINE-06: its rate was told already, so another person looks at it; the old answer stays readable."""
    for number in range(12):
        make_person(centre.worker, TODAY, "调查甲乙丙丁戊己庚辛壬癸子丑"[number + 2] + "居民", COMMUNITY, no_number_reason="lost")
    hand = demo_actor("ming", TODAY)
    one = make_survey(hand, hand, TODAY, place="370404001000")
    with scoped(hand):
        row = queries.sample_of(one, answer=SurveyAnswer.KNOWS)[0]
    actions.close_survey(by=hand, on=TODAY, survey=one)
    page = f"/hotline/surveys/people/{row.pk}/"
    ming = Walker("ming").open(page).follow("更正回答")
    ming.send("更正", expect=422, answer="silent", way="phone", why="点错了行，请更正。")
    assert "不能改为没有问到" in " ".join(ming.faults)
    rate = queries.awareness_of
    with scoped(hand):
        before = rate([one.pk])[one.pk].knows
    ming.send("更正", answer="unknown", way="phone", why="点错了行，请更正。")
    assert "等待审定" in ming.text and "更正回答" not in ming.text
    with scoped(hand):
        assert rate([one.pk])[one.pk].knows == before
        (waiting,) = queries.mends_of(row)
    with pytest.raises(Refused, match="不能审定自己"):
        actions.decide_mend(by=hand, on=TODAY, mend=waiting, agreed=True)
    fu = Walker("fu").open("/").follow("审定更正").send("审定", agreed="yes")
    with scoped(hand):
        assert rate([one.pk])[one.pk].knows == before - 1
    assert "傅" in fu.open(page).text and "更正为不知道（电话回访）" in fu.text
    ming.open(page).follow("更正回答").send("更正", answer="knows", way="phone", why="听了录音，本人说知道。")
    fu.open("/").follow("审定更正").send("审定", agreed="no")
    with scoped(hand):
        assert rate([one.pk])[one.pk].knows == before - 1
    assert "保留原回答" in ming.open(page).text


def _reported(centre):
    fu = Walker("fu").open("/reports/new/").send("起草", template="hotline.report", period="2010")
    told = (
        "中心共接到市民求助电话3个，其中生活服务类1个，事务咨询类1个，其他类1个。总体回访满意率达到100.00%，处理网上求助件2件，"
        "上门来访1批次，进社区活动1次，召开加盟会议1次。",
        "中心目前共有加盟企业0家，试用0家。加盟一技之长服务者0人，试用0人。",
        "发布招聘信息0条，介绍0次，0名居民经介绍上岗。", "8名作出回答的居民中6名知道市民服务热线，知晓率75.00%。",
    )
    for words in told:
        assert words in fu.text, (words, fu.text)
    opened = (("hotline.phoned", 3), ("hotline.content", 2), ("hotline.graded", 2), ("book.hotline.events.count", 1),
              ("book.providers.meetings.count", 1), ("hotline.aware", 6), ("hotline.surveyed", 8))  # fmt: skip
    for key, count in opened:
        fu.open(f"/figures/{key}/rows/?period=2010")
        assert f"合计 {count} " in fu.text, (key, fu.text[-300:])
