"""A complaint goes to another body, is answered, made public by two people and taken down; a petition runs by its rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.domains.complaints import actions, queries
from linli.domains.complaints.models import Answer, Letter, Petition, PublicAnswer, Remedy
from linli.domains.complaints.queries import desk_tasks
from linli.domains.complaints.rules import (
    SESSIONS,
    Handing,
    MatterResult,
    Paper,
    PetitionOutcome,
    RefusalGround,
    RemedyKind,
    RemedyOutcome,
)
from linli.domains.complaints.samples import desk_at, make_answer, make_complaint, make_letters, make_petition, make_session
from linli.domains.complaints.tasks import forget
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Refused, Stale
from linli.kernel.access.samples import DISTRICT
from linli.kernel.duties.actions import plan
from linli.kernel.duties.models import Occurrence
from linli.kernel.orders import actions as work
from linli.kernel.orders.models import Order
from linli.kernel.orders.rules import Channel, ReturnGround
from linli.kernel.orders.samples import AT, COMMUNITY, DAY, HOUR, TOWN, moment, read, settle
from linli.kernel.records.actions import add_entry

DAYS = timedelta(days=1)
RARE = "㐀㐁㐂" * 1000


@pytest.fixture
def here(centre):
    return desk_at(centre.chief, COMMUNITY)


def answered(centre, here):
    return settle(centre.reviewer, make_complaint(centre.operator, here, AT), AT + HOUR)


def test_a_complaint_says_about_whom_it_is_and_goes_elsewhere(centre, here):
    order = make_complaint(centre.operator, here, AT)
    assert order.desk.area == TOWN and order.handle_due.date().isoformat() == "2010-12-10"  # seven working days
    with scoped(centre.worker):
        assert not Order.objects.filter(pk=order.pk).exists()
    with pytest.raises(Refused) as fault:
        actions.take_complaint(by=centre.operator, at=AT, intake=work.Intake(order.channel, "501010", COMMUNITY, "态度不好"))
    assert fault.value.field == "about"
    with pytest.raises(Refused, match="受理台"):
        actions.take_complaint(by=centre.operator, at=AT, intake=work.Intake(order.channel, "401010", COMMUNITY, "垃圾"))


def test_a_member_of_staff_is_found_by_name_at_the_unit(centre, here):
    with scoped(centre.operator):
        assert queries.staff_of_unit(here.pk, "颜窗口", DAY)
        assert queries.staff_of_unit(here.pk, "", DAY) is None
        for name, unit, field in (("颜无此人", here.pk, "about_staff"), ("颜窗口", None, "about")):
            with pytest.raises(Refused) as fault:
                queries.staff_of_unit(unit, name, DAY)
            assert fault.value.field == field


def test_a_text_of_three_thousand_rare_characters_loses_nothing_that_fits(centre, here):
    order = make_complaint(centre.operator, here, AT, text=RARE)
    assert order.text == RARE[:2000]


def test_what_belongs_to_somebody_is_refused_in_the_public_text_with_its_place(centre, here):
    order = answered(centre, here)
    for field, text, found in (
        ("title", "邢来电的投诉", "姓名“邢来电”"), ("text", "已电话13805479001告知", "手机号"),
        ("question", "和平路15号反映", "门牌地址"),
    ):  # fmt: skip
        words = {"title": "关于窗口的投诉", "question": "反映窗口拖延办理", "text": "已经道歉并补办"} | {field: text}
        with scoped(centre.reviewer), pytest.raises(Refused, match=found) as fault:
            actions.write_answer(by=centre.reviewer, on=DAY, order=order, **words)
        assert fault.value.field == field


def test_an_answer_goes_out_with_a_second_person_and_comes_down_with_a_reason(centre, here):
    order = answered(centre, here)
    with scoped(centre.chief):
        draft = make_answer(centre.chief, order, DAY)
        with pytest.raises(Refused, match="自己写的"):
            actions.judge_answer(by=centre.chief, on=DAY, answer=draft, agreed=True)
        with pytest.raises(Refused, match="原稿"):
            make_answer(centre.chief, order, DAY)
    with pytest.raises(DatabaseError), transaction.atomic(), scoped(WHOLE):
        PublicAnswer.objects.create(
            id=draft.pk, title=draft.title, unit=draft.unit, matter="", question=draft.question, text=draft.text, received_on=DAY,
            replied_on=DAY, published_on=DAY,
        )  # fmt: skip
    with scoped(centre.second):
        up = actions.judge_answer(by=centre.second, on=DAY, answer=draft, agreed=True)
        assert PublicAnswer.objects.get(pk=up.pk).text == draft.text
        with pytest.raises(Stale):
            actions.judge_answer(by=centre.second, on=DAY, answer=draft, agreed=False, why="再改改")
        actions.take_down(by=centre.second, on=DAY, answer=up, why="当事人要求")
        assert not PublicAnswer.objects.filter(pk=up.pk).exists() and Answer.objects.get(pk=up.pk).state == "down"


def test_an_answer_that_is_given_back_can_be_written_again(centre, here):
    order = answered(centre, here)
    draft = make_answer(centre.reviewer, order, DAY)
    with scoped(centre.chief):
        with pytest.raises(Refused, match="退回的理由"):
            actions.judge_answer(by=centre.chief, on=DAY, answer=draft, agreed=False)
        assert actions.judge_answer(by=centre.chief, on=DAY, answer=draft, agreed=False, why="写明改正措施").state == "refused"
    assert make_answer(centre.reviewer, order, DAY).state == "draft"


def petition(centre, **words):
    return work.sign(by=centre.reviewer, at=AT, order=make_petition(centre.operator, COMMUNITY, AT, **words))


def test_a_petition_is_accepted_answered_reviewed_and_rechecked_by_others_in_its_days(centre):
    order, street = petition(centre), centre.reviewer
    with pytest.raises(Refused, match="是否受理"):
        actions.reply(by=street, at=AT, order=order, outcome=PetitionOutcome.REJECTED, basis="规定", text="不符合条件。")
    actions.accept(by=street, at=moment(DAY + 5 * DAYS), order=order, note="当面送达。")
    assert order.handle_due.date() == DAY + 70 * DAYS  # 60 days end within the Spring Festival of 2011
    with pytest.raises(Stale):
        actions.accept(by=street, at=AT, order=order, note="又一次")
    words = {"outcome": PetitionOutcome.REJECTED, "basis": "规定", "text": "不符合条件。"}
    made = actions.reply(by=street, at=moment(DAY + 9 * DAYS), order=order, **words)
    assert (made.outcome, read(order.pk).stage) == ("rejected", "handled")
    told = DAY + 9 * DAYS
    asks = {"by": centre.chief, "order": order, "body": "区政府", "why": "不服"}
    with scoped(centre.chief):
        for kind, asked_on, on, said in (
            (RemedyKind.RECHECK, told, told, "请先复查"), (RemedyKind.REVIEW, told - DAYS, told, "答复日"),
            (RemedyKind.REVIEW, told + 3 * DAYS, told, "今天"),
            (RemedyKind.REVIEW, told + 40 * DAYS, told + 40 * DAYS, "已经超过"),
        ):  # fmt: skip
            with pytest.raises(Refused, match=said):
                actions.ask_remedy(**asks, kind=kind, asked_on=asked_on, on=on)
        own = asks | {"body": order.desk.name, "kind": RemedyKind.REVIEW}
        with pytest.raises(Refused, match="上一级"):
            actions.ask_remedy(**own, asked_on=told, on=told)
        review = actions.ask_remedy(**asks, kind=RemedyKind.REVIEW, asked_on=told, on=told)
        assert review.due == told + 31 * DAYS  # the thirtieth day is a Sunday
        with pytest.raises(Refused, match="不能重复"):
            actions.ask_remedy(**asks, kind=RemedyKind.REVIEW, asked_on=told, on=told)
        decides = {"outcome": RemedyOutcome.UPHELD, "opinion": "原答复事实清楚。"}
        actions.decide_remedy(by=centre.chief, on=told + DAYS, remedy=review, **decides)
        again = {"kind": RemedyKind.RECHECK, "asked_on": told + 2 * DAYS, "on": told + 2 * DAYS}
        with pytest.raises(Refused, match="区政府已经作出过意见"):
            actions.ask_remedy(**asks, **again)
        recheck = actions.ask_remedy(**(asks | {"body": "市政府"}), **again)
        with pytest.raises(Refused, match="自己作出"):
            actions.decide_remedy(by=centre.chief, on=told + 3 * DAYS, remedy=recheck, **decides)
        done = actions.decide_remedy(by=centre.second, on=told + 3 * DAYS, remedy=recheck, **decides)
        assert done.outcome == "upheld" and Remedy.objects.count() == 2


def test_a_petition_is_finished_by_its_paper_alone_or_nobody_could_ask_for_a_review(centre):
    order = petition(centre)
    street = Walker("bai").open(f"/hotline/orders/{order.pk}/")
    assert "投诉和信访手续" in street.text and "填写办理结果" not in street.text
    work.contact(by=centre.reviewer, at=AT + HOUR, order=order, note="已电话联系信访人。")
    answer = street.client.post(f"/hotline/orders/{order.pk}/handle/", {"result": "已经处理完毕。", "_key": "k1"})
    assert answer.status_code == 422 and "作出处理意见" in answer.content.decode()
    assert read(order.pk).stage == "working"
    actions.accept(by=centre.reviewer, at=AT + HOUR, order=order, note="当面送达。")
    words = {"outcome": PetitionOutcome.EXPLAINED, "basis": "规定", "text": "没有政策依据。"}
    actions.reply(by=centre.reviewer, at=AT + HOUR, order=order, **words)
    assert read(order.pk).stage == "handled"


def test_a_letter_that_names_no_office_says_nothing_of_one(centre):
    letter = next(one for one in make_letters(DAY) if one.kind == "petition")
    page = Walker("ming").open(f"/complaints/letters/{letter.pk}/")
    page.send("受理并分办", category="701010", place=COMMUNITY)
    with scoped(WHOLE):
        assert "反映的单位" not in Order.objects.get(number=Letter.objects.get(pk=letter.pk).order).text


def test_a_petition_that_is_not_accepted_ends_with_its_ground_and_way(centre):
    order = petition(centre)
    actions.refuse(by=centre.reviewer, at=AT + HOUR, order=order, ground=RefusalGround.LEGAL_WAY, note="请向人民法院起诉。")
    with scoped(centre.reviewer):
        assert Petition.objects.get(order=order).ground == "legal_way"
        assert "诉讼" in Order.objects.get(pk=order.pk).result and order.stage == "handled"


def test_a_matter_of_a_reception_becomes_an_order_once_and_the_month_is_done(centre):
    plan(by=machine_actor("duties.plan", DISTRICT), on=DAY)
    make_session(centre.worker, DAY)
    with scoped(centre.worker):
        assert Occurrence.objects.get(duty="complaints.reception", subject=COMMUNITY, first=DAY).state == "done"
        matter = queries.open_matters().get()
    intake = work.Intake(Channel.VISIT, "401010", COMMUNITY, matter.values["what"])
    taken = actions.pass_matter(by=centre.worker, at=AT, matter=matter, intake=intake)
    with scoped(centre.worker):
        again = queries.matter(matter.pk, centre.worker)
        assert (again.values["result"], again.values["number"]) == (MatterResult.ORDER.value, taken.number)
        assert not queries.open_matters().exists()
    with pytest.raises(Stale):
        actions.pass_matter(by=centre.worker, at=AT, matter=again, intake=intake)


def test_a_matter_of_a_reception_is_entered_once(centre):
    session = make_session(centre.worker, DAY)
    with scoped(centre.worker), pytest.raises(Refused, match="已经登记过") as fault:
        actions.add_matter(
            by=centre.worker, on=DAY, session=session, what="巷口积水，雨后出不了门。 ", result=MatterResult.EXPLAINED
        )
    assert fault.value.field == "what"


def test_a_reception_of_tomorrow_is_refused_at_its_day(centre):
    values = {"village": COMMUNITY, "day": (DAY + DAYS).isoformat(), "occasion": "talk", "host": "书记", "came": 3}
    with pytest.raises(Refused, match="不能晚于办理当日") as fault:
        add_entry(by=centre.worker, on=DAY, book=SESSIONS, values=values)
    assert fault.value.field == "day"


def test_a_wrongly_handed_petition_is_objected_to_within_five_working_days(centre):
    """Monday the 6th of December 2010 is the third working day after the 1st; the 8th is the fifth, the 9th is too late."""
    words = {"ground": ReturnGround.NOT_OURS, "why": "属于劳动监察职权，请转劳动保障部门。"}
    for day, late in ((8, False), (9, True)):
        order = make_petition(centre.operator, COMMUNITY, AT, phone=f"1380547900{day}")
        if late:
            with pytest.raises(Refused, match="异议应在2010-12-08以前提出"):
                work.give_back(by=centre.reviewer, at=moment(date(2010, 12, day)), order=order, **words)
        else:
            work.give_back(by=centre.reviewer, at=moment(date(2010, 12, day), 23), order=order, **words)


def test_who_was_assigned_a_petition_reports_in_time_and_once(centre):
    """交办: the day of the report is a task of the desk, afterwards of the district, and a figure."""
    due = DAY + timedelta(days=20)
    intake = work.Intake(Channel.LETTER, "701010", COMMUNITY, "工钱欠了半年。")
    taken = actions.take_complaint(by=centre.operator, at=AT, intake=intake, paper=Paper(Handing.ASSIGN, due))
    order = work.sign(by=centre.reviewer, at=AT + HOUR, order=read(taken.id))
    with pytest.raises(Refused, match="先作出处理意见"), scoped(centre.reviewer):
        actions.report_result(by=centre.reviewer, at=AT, order=order, text="已督促施工单位与工人结算。")
    with scoped(centre.chief):
        assert not [one for one in desk_tasks(centre.chief, due, "waiting") if one.kind == "交办信访"]
        assert [one for one in desk_tasks(centre.chief, due + timedelta(days=1), "waiting") if one.kind == "交办信访"]
    with scoped(centre.reviewer):
        assert [one.due for one in desk_tasks(centre.reviewer, DAY, "waiting") if one.kind == "交办信访"] == [due]
        actions.accept(by=centre.reviewer, at=AT + HOUR, order=order, note="当面送达告知书。")
        words = {"outcome": PetitionOutcome.SUPPORTED, "basis": "有关规定", "text": "已督促施工单位与工人结算。"}
        actions.reply(by=centre.reviewer, at=AT + 2 * HOUR, order=order, **words)
        actions.report_result(by=centre.reviewer, at=AT + 3 * HOUR, order=order, text="已督促施工单位与工人结算。")
        with pytest.raises(Stale):
            actions.report_result(by=centre.reviewer, at=AT + 3 * HOUR, order=order, text="已督促施工单位与工人结算。")
        assert not [one for one in desk_tasks(centre.reviewer, DAY, "waiting") if one.kind == "交办信访"]


def test_no_form_is_shown_that_can_only_be_refused(centre):
    """The result of a petition that was only passed on, or not answered yet; a matter of which something has come."""
    passed_on = make_petition(centre.operator, COMMUNITY, AT)
    assigned = make_petition(centre.operator, COMMUNITY, AT, Paper(Handing.ASSIGN, DAY + timedelta(days=20)), phone="13805479011")
    with scoped(centre.worker):
        make_session(centre.worker, DAY)
        settled = next(one for one in queries.recent_sessions()[0][1] if one.values["result"] != MatterResult.OPEN)
    street, worker = Walker("bai").client, Walker("hu").client
    assert "转送的，不需要报告" in street.get(f"/complaints/{passed_on.pk}/report/").content.decode()
    assert "请先作出处理意见" in street.get(f"/complaints/{assigned.pk}/report/").content.decode()
    assert "已经有结果" in worker.get(f"/complaints/matters/{settled.pk}/order/").content.decode()


def test_of_a_letter_that_was_not_taken_receipt_and_reason_are_left_after_a_year(centre, settings):
    """个人信息保护法 §19, §47: the content goes; one that waits is owed an answer and is kept."""
    aside, waits = make_letters(DAY)[:2]
    with scoped(centre.operator):
        actions.set_letter_aside(by=centre.operator, on=DAY, letter=aside, why="请向有权处理的机关反映。")
    for days, left in ((365, True), (366, False)):
        settings.BUSINESS_DAY = (DAY + timedelta(days=days)).isoformat()
        forget()
        with scoped(WHOLE):
            assert bool(Letter.objects.get(pk=aside.pk).content) == left and Letter.objects.get(pk=waits.pk).content
    page = Walker("ming").open(f"/complaints/letters/{aside.pk}/")
    assert "请向有权处理的机关反映" in page.text and "按规定清除" in page.text
