"""The demo's hotline: a year of orders, some late, returned, dissatisfied, repeated, urgent or confidential; and articles."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from linli.domains.hotline import actions, queries
from linli.domains.hotline.rules import EVENTS, VACANCIES, WATCH, WISHES, Placing, SurveyAnswer, SurveyWay, Trade
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Actor, DemoPlan
from linli.kernel.access.samples import BEGUN, DISTRICT, FIRST_DAY, demo_actor
from linli.kernel.duties.actions import attend, set_roster
from linli.kernel.duties.actions import plan as write_duties
from linli.kernel.duties.samples import done_before
from linli.kernel.orders import actions as work
from linli.kernel.orders.queries import desks
from linli.kernel.orders.rules import CallOutcome, Channel, Lane, OmissionGround, ReturnGround, Satisfaction, category
from linli.kernel.orders.samples import HOUR, called, make_desks, make_order, moment, read, settle
from linli.kernel.records.actions import add_entry
from linli.kernel.registry.actions import register_organisation
from linli.kernel.registry.queries import people_list
from linli.kernel.registry.samples import TOWNS

ARTICLES = (
    ("低保怎么申请", "201010", "向户籍所在地的社区（村）提出书面申请；镇街审核、区级确认。", "最低生活保障,困难"),
    ("高龄津贴怎么领", "201020", "年满80周岁的本区户籍老人，带身份证到社区登记，每月发放。", "老年人补贴"),
    ("残疾人两项补贴", "201040", "持残疾证到户籍地镇街申请，生活补贴和护理补贴可以同时申请。", "残疾证"),
    ("垃圾清运时间", "4010", "主次干道每天两次，背街小巷每天一次；大件垃圾请提前预约。", "环卫"),
    ("路灯报修", "402010", "请说清路名和灯杆号；一般3天内修复，需要开挖的15个工作日。", "路灯不亮"),
    ("停电查询", "402040", "先看是不是整栋楼停电；计划停电在公告栏公布，故障请报供电所。", "没电"),
    ("走失老人怎么报", "302010", "先报110，再由社区组织邻里和志愿者寻找；问清衣着和最后见到的时间地点。", "走失"),
    ("家政服务怎么预约", "1010", "说明时间、地点和面积，由加盟企业报价，完成后回访。", "保洁"),
)
CALLS = (
    ("401010", "楼下垃圾堆了两天没有人清。"), ("303010", "楼上夜里很吵，说过几次不听。"), ("402010", "巷口的路灯坏了。"),
    ("301010", "老伴住院，家里没有钱买药。"), ("403020", "邻居在院子里搭棚子，堵了过道。"), ("102020", "厨房下水道堵了。"),
    ("501020", "办证跑了三次还没有办成。"), ("402040", "整栋楼都没有电。"), ("601010", "希望广场上多装几张长椅。"),
    ("303020", "物业费涨了没有说明。"),
)  # fmt: skip
ASKED = (
    ("201010", "低保要哪些材料？"), ("203020", "居住证明在哪里开？"), ("204010", "周六上不上班？"),
    ("202020", "新农合怎么报销？"),
)  # fmt: skip
YEAR = 57


def demo_hotline(plan: DemoPlan) -> None:
    """Desks and articles first; then weeks of calls, and what stands on the desks today; last month is frozen."""
    chief, operator = demo_actor("chief", plan.on), demo_actor("operator", plan.on)
    make_desks(chief, BEGUN)
    for title, code, text, words in ARTICLES:
        actions.keep_article(
            by=operator, on=plan.on - timedelta(days=300), title=title, category=code, text=text, owner="区市民服务中心",
            review_on=plan.on + timedelta(days=10 * len(title) - 60), words=words,
        )  # fmt: skip
    names = [f"{post}{town}" for post in ("worker", "town") for town in range(1, len(TOWNS) + 1)]
    year = Year(plan, operator, chief, {name: demo_actor(name, plan.on) for name in (*names, "desk6")})
    for week in range(YEAR, 0, -1):
        plan.tell("热线工单", YEAR - week, YEAR)
        year.week(week)
    year.today()
    _on_the_round(plan, year.hands["worker1"])
    year.watch()
    _freeze(year)
    _outside(plan, operator, year.hands["worker1"])


def _on_the_round(plan: DemoPlan, worker: Actor) -> None:
    """What the first community's worker took down on the round; a department has it now."""
    words = {"place": worker.area, "text": "12号楼前的垃圾桶满了三天，没有清运。", "caller": "马大爷"}
    at = moment(plan.on - timedelta(days=3), 10)
    make_order(worker, at, channel=Channel.ROUND, category="401010", **words)


class Year:
    """The hotline's year, call by call."""

    def __init__(self, plan: DemoPlan, operator: Actor, chief: Actor, hands: dict[str, Actor]) -> None:
        self.on, self.operator, self.chief, self.hands = plan.on, operator, chief, hands
        self.people: dict[str, list[Any]] = {}
        for town in range(len(TOWNS)):
            with scoped(self.worker(town)):
                self.people[self.worker(town).area] = list(people_list(on=plan.on)[:20])
        self.number = 0

    def worker(self, turn: int) -> Actor:
        """The communities of the demo, one of each town, in turn."""
        return self.hands[f"worker{turn % len(TOWNS) + 1}"]

    def take(self, at: datetime, which: int, **words: Any) -> Any:
        """A call; which desk handles it depends on where it comes from and what it is about."""
        self.number += 1
        code, text = CALLS[which % len(CALLS)]
        worker = self.worker(which)
        people = self.people[worker.area] if which % 3 != 1 else []  # every third caller is nobody whom the registry knows
        person = people[self.number % len(people)] if people else None
        given = {
            "channel": list(Channel)[self.number % 4], "category": code, "text": text, "place": worker.area,
            "address": f"和平路{which + 1}号", "caller": person.name if person else "王来电",
            "person": person.pk if person else None, "phone": f"1380547{self.number:04d}",
            "about": _accused(code, worker, self.on),
        }  # fmt: skip
        made = work.take(by=self.operator, at=at, intake=work.Intake(**(given | words)))
        return read(made.id)

    def hand_of(self, order: Any) -> Actor | None:
        """Who of the demo's staff sits at the desk of an order."""
        return next((one for one in self.hands.values() if order.desk and one.area == order.desk.area), None)

    def week(self, week: int) -> None:
        """Two questions answered at once and one order that goes its whole way; now and then something goes wrong."""
        at = moment(self.on - timedelta(days=7 * week), 9 + week % 8)
        for turn in range(4):
            code, text = ASKED[(week + turn) % len(ASKED)]
            intake = work.Intake(Channel.PHONE, code, self.worker(week + turn).area, text, phone=f"1390547{week:02d}{turn:02d}")
            said = "已按知识库口径答复，来电人表示清楚。"
            work.answer_at_once(by=self.operator, at=at + turn * HOUR, intake=intake, answer=said)
        order = self.take(at, week)
        hand = self.hand_of(order)
        if hand is None:
            return
        slow = timedelta(days=12) if week % 9 == 4 else HOUR
        order = settle(hand, order, at + slow)
        if week % 11 == 3:
            work.call_back(by=self.operator, at=at + slow + 5 * HOUR, order=order, outcome=CallOutcome.SILENT)
        for again in range({5: 1, 7: 3}.get(week % 8, 0)):
            then = at + slow + (6 + 3 * again) * HOUR
            called(self.operator, order, then, Satisfaction.BAD, solved=False)
            if order.stage == "working":
                work.contact(by=hand, at=then + HOUR, order=order, note="再次上门，当面说明。")
                work.handle(by=hand, at=then + 2 * HOUR, order=order, result="重新处理，来电人在场确认。")
        if order.stage == "handled":
            called(self.operator, order, at + slow + 20 * HOUR, list(Satisfaction)[week % 3])

    def today(self) -> None:
        """What stands on the desks: to be sent out, signed, ruled on, called back about; a repeat, an urgent and a secret one."""
        at = moment(self.on, 8)
        place = self.hands["worker1"].area
        waiting = work.Intake(Channel.WEB, "403030", place, "工地夜里施工，睡不着觉。", caller="周网友", phone="13905470001")
        work.take(by=self.operator, at=at, intake=waiting, send=False)
        first, second = (self.take(at, 0, phone=f"1390547110{turn}", place=place, address="和平路12号") for turn in (1, 2))
        work.merge(by=self.operator, at=at, order=second, main=first)
        self.take(at, 1, lane=Lane.URGENT, place=place, person=None)
        self.take(at, 3, category="302030", text="夜里被打，孩子在哭。", place=place, person=None)
        back = self.take(at - timedelta(days=3), 1, place=place, person=None)
        work.give_back(
            by=self.hands["worker1"], at=at, order=back, ground=ReturnGround.NOT_OURS, why="房屋漏水属物业维修，请派给镇街协调。"
        )
        asked = work.sign(by=self.hands["worker1"], at=at, order=self.take(at, 3, place=place, person=None))
        work.ask_time(by=self.hands["worker1"], at=at, order=asked, days=3, why="要和医院核对费用，需要几天。")
        old = self.take(at - timedelta(days=21), 9, place=place, person=None)
        work.sign(by=self.hands["worker1"], at=at - timedelta(days=20), order=old)
        settle(self.hands["desk6"], self.take(at - timedelta(days=1), 0, place=place), at - timedelta(days=1) + HOUR)


    def watch(self) -> None:
        """Two were there on every day since it is a duty, and two are today; tomorrow one is still to be found."""
        mate = demo_actor("operator2", self.on)
        since = max(WATCH.since, self.on.replace(day=1))
        write_duties(by=machine_actor("duties.plan", DISTRICT), on=self.on, duty=WATCH.key)
        done_before(by=self.chief, on=self.on, keys=(WATCH.key,))
        for number in range((self.on - since).days):
            self._stood(since + timedelta(days=number), (self.operator, mate))
        for ahead, staff in ((0, [self.operator.own_hand, mate.own_hand]), (1, [mate.own_hand])):
            day = self.on + timedelta(days=ahead)
            set_roster(by=self.chief, on=self.on, duty=WATCH.key, area=self.chief.area, day=day, staff=staff)


    def _stood(self, day: date, pair: tuple[Actor, ...]) -> None:
        staff = [one.own_hand for one in pair]
        for shift in set_roster(by=self.chief, on=day, duty=WATCH.key, area=self.chief.area, day=day, staff=staff):
            attend(by=next(one for one in pair if one.own_hand == shift.staff_id), on=day, shift_id=shift.pk)


def _accused(code: str, worker: Actor, on: date) -> int | None:
    """Who complains means the window of the community, so that the street answers."""
    known = category(code)
    if known is None or not known.accuses:
        return None
    with scoped(worker):
        return desks(on=on).filter(area=worker.area).values_list("id", flat=True).first()


def _freeze(year: Year) -> None:
    """Last month's cohort, with one order that somebody wants to leave out."""
    last = year.on.replace(day=1) - timedelta(days=1)
    cohort = work.freeze(by=year.chief, at=moment(year.on), first=last.replace(day=1), last=last)
    with scoped(year.chief):
        member = cohort.members.first()
    if member is not None:
        words = {"ground": OmissionGround.UNREASONABLE, "why": "要求拆除有合法手续的建筑，已书面解释。"}
        work.ask_omission(by=year.operator, at=moment(year.on), member=member, **words)


def _outside(plan: DemoPlan, operator: Actor, worker: Actor) -> None:
    """Days in the communities, and a survey that has still to be ended."""
    for number, topic in enumerate(("家电义务维修", "热线宣传日", "冬季保洁咨询")):
        make_event(operator, worker.area, plan.on - timedelta(days=15 + 60 * number), topic)
    make_survey(operator, worker, plan.on - timedelta(days=6), size=40)
    _demo_jobs(worker, plan.on)
    for weeks in (3, 2):  # last week's is left to the job
        work.draw_calls(by=operator, at=moment(plan.on), week=plan.on - timedelta(days=7 * weeks))


def _demo_jobs(worker: Actor, on: date) -> None:
    """Two vacancies; one resident was placed, one awaits the result, one still seeks."""
    day = on - timedelta(days=20)
    firm = register_organisation(by=worker, on=day, name="和顺物业服务公司", kind="company", area=worker.area)
    first = make_vacancy(worker, firm.pk, day)
    make_vacancy(worker, firm.pk, day, "夜班保安", 1, Trade.GUARD)
    with scoped(worker):
        people = list(people_list(on=on, age_from=20, age_to=50)[:3])
    wishes = [make_wish(worker, one.pk, day) for one in people]
    made = [actions.introduce(by=worker, on=day, wish=wish, vacancy=first.pk) for wish in wishes[:2]]
    if made:  # in a demo of few people there may be nobody of this age
        actions.enter_result(by=worker, on=on, introduction=made[0], result=Placing.PLACED, result_on=day + timedelta(days=2))


def make_event(by: Actor, village: str, day: date, topic: str = "热线宣传日") -> Any:
    """A day of the centre in a community."""
    values = {
        "village": village, "day": day.isoformat(), "topic": topic, "place": "社区广场", "staff": "明坐席；万帮家政2人",
        "came": 60, "helped": 22, "done": "介绍热线和加盟服务，现场修理小家电。",
    }  # fmt: skip
    return add_entry(by=by, on=day, book=EVENTS, values=values)


def make_survey(operator: Actor, worker: Actor, on: date, *, size: int = 10, place: str = "", title: str = "") -> Any:
    """A survey of which most have been asked by telephone, and some of the worker's community at their door."""
    words = {
        "title": title or f"{on:%Y年%-m月}热线知晓率调查", "question": "您知道市民服务热线96777吗？",
        "place": place or operator.area, "size": size,
    }  # fmt: skip
    one = actions.draw_survey(by=operator, on=on, **words)
    with scoped(operator):
        sample = list(queries.sample_of(one))
    for row in sample[: size * 4 // 5]:
        near = worker.covers(row.area)
        answer = (SurveyAnswer.KNOWS, SurveyAnswer.KNOWS, SurveyAnswer.UNKNOWN, SurveyAnswer.KNOWS, None)[row.rank % 5]
        way = SurveyWay.VISIT if near else SurveyWay.PHONE
        actions.enter_answer(by=worker if near else operator, on=on, sampled=row, way=way, answer=answer)
    return one


def make_vacancy(
    by: Actor, organisation: int, on: date, post: str = "保洁员", heads: int = 2, trade: Trade = Trade.CLEANING
) -> Any:
    """A firm seeks so many."""
    values = {
        "unit": organisation, "day": on.isoformat(), "post": post, "trade": trade.value, "heads": heads,
        "pay": "月薪1200元，缴社会保险", "closes": (on + timedelta(days=30)).isoformat(),
    }  # fmt: skip
    return add_entry(by=by, on=on, book=VACANCIES, values=values)


def make_wish(by: Actor, person: int, on: date, trade: Trade = Trade.CLEANING) -> Any:
    """A resident seeks work."""
    return add_entry(by=by, on=on, book=WISHES, values={"person": person, "day": on.isoformat(), "trade": trade.value})


def make_survey_files(office: Any, number: int, on: date) -> None:
    """A survey in the office's town that is under way, and a day in its community."""
    operator = demo_actor("he", FIRST_DAY)
    make_event(operator, office.worker.area, on, f"热线宣传日第{number}场")
    _job_files(office, number, on)
    one = make_survey(operator, office.worker, on, place=office.reviewer.area, title=f"第{number}镇热线知晓率调查")
    with scoped(operator):
        left = queries.sample_of(one, answer="open").count()
    assert left, "somebody is still to be asked"
    over = make_survey(operator, office.worker, on, place=office.reviewer.area, title=f"第{number}镇上季度热线知晓率调查")
    with scoped(operator):
        told = list(queries.sample_of(over, answer=SurveyAnswer.KNOWS)[:2])
    actions.close_survey(by=operator, on=on, survey=over)
    for row in told:
        words = {"way": SurveyWay.VISIT, "answer": SurveyAnswer.UNKNOWN, "why": "点错了行，本人回答是不知道。"}
        actions.mend_answer(by=operator, on=on, sampled=row, **words)


def _job_files(office: Any, number: int, on: date) -> None:
    """A vacancy, a resident who was introduced to it, and one who still seeks."""
    worker, name = office.worker, f"第{number}物业公司"
    firm = register_organisation(by=worker, on=on, name=name, kind="company", area=worker.area)
    vacancy = make_vacancy(worker, firm.pk, on)
    with scoped(worker):
        one, other = people_list(on=on, age_from=18).order_by("-pk")[:2]  # the office's newest, who seek nothing yet
    wish = make_wish(worker, one.pk, on)
    make_wish(worker, other.pk, on)
    actions.introduce(by=worker, on=on, wish=wish, vacancy=vacancy.pk)


def make_articles(by: Actor, on: date) -> Any:
    """One article of the knowledge base."""
    title, category, text, words = ARTICLES[0]
    given = {"title": title, "category": category, "text": text, "words": words, "owner": "区市民服务中心"}
    return actions.keep_article(by=by, on=on, review_on=on + timedelta(days=90), **given)


