"""An order from the ringing of the telephone to the last call, and everything that may go wrong on its way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, ProgrammingError
from django.test.utils import CaptureQueriesContext

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import audit_trail, machine_actor
from linli.kernel.access.rules import Forbidden, Refused, Role, Stale
from linli.kernel.access.samples import DISTRICT, make_staff
from linli.kernel.files.samples import PNG
from linli.kernel.orders import actions
from linli.kernel.orders.models import Ask, Desk, Help, Order, OrderEvent, Reader
from linli.kernel.orders.queries import (
    clocks_of,
    cohorts,
    content_of,
    events_of,
    is_late,
    left_out,
    members,
    omissions,
    order_by_id,
    orders,
    ranking,
    rates,
    repeats,
)
from linli.kernel.orders.rules import (
    CallOutcome,
    Channel,
    DeskKind,
    Lane,
    Move,
    OmissionGround,
    ReturnGround,
    Satisfaction,
    StopGround,
)
from linli.kernel.orders.samples import AT, COMMUNITY, DAY, HOUR, TOWN, UNIT, called, make_order, moment, read, settle

DAYS = timedelta(days=1)


def desk_at(area: str) -> Desk:
    with scoped(WHOLE):
        return Desk.objects.get(area=area, until=None)


def seen_by(by) -> set[str]:
    with scoped(by):
        return set(Order.objects.values_list("number", flat=True))


def moves(order: Order) -> list[str]:
    with scoped(WHOLE):
        return list(OrderEvent.objects.filter(order=order).order_by("id").values_list("move", flat=True))


def test_an_order_is_taken_numbered_and_sent_with_its_reasons_in_one_go(centre):
    one, two = make_order(centre.operator), make_order(centre.operator)
    assert (one.number, two.number) == ("20101201-00001", "20101201-00002")
    assert one.desk.name == "区环卫所" and one.stage == "sent" and one.area == UNIT and one.place == COMMUNITY
    assert moves(one) == ["received", "dispatched"]
    with scoped(WHOLE):
        kept = OrderEvent.objects.get(order=one, move="dispatched").facts["proposal"]
    chosen = next(line for line in kept if line["chosen"])
    assert chosen["zh"] == "区环卫所" and "职责清单列有这类事项" in chosen["reasons"]


def test_intake_takes_few_statements(centre):
    make_order(centre.operator)
    words = {"channel": Channel.PHONE, "category": "401010", "place": COMMUNITY, "text": "垃圾", "phone": "13805470001"}
    with CaptureQueriesContext(connection) as sent:
        actions.take(by=centre.operator, at=AT, intake=actions.Intake(**words))
    told = [one["sql"] for one in sent.captured_queries if "SAVEPOINT" not in one["sql"] and "set_config" not in one["sql"]]
    assert len(told) == 3, told  # the number with the candidates, the order with its events, the line in the trail
    assert [one.text for one in connection.posted if one.effect] == told[1:], "order and line go with the commit"


def test_a_failed_attempt_gives_its_number_back(centre):
    with pytest.raises(RuntimeError), transaction.atomic():
        make_order(centre.operator)
        raise RuntimeError("the power went")
    assert make_order(centre.operator).number == "20101201-00001"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"category": "4010"}, "category"), ({"text": " "}, "text"), ({"place": DISTRICT}, "place"),
     ({"place": "370502001001"}, "place"), ({"phone": "12"}, "phone"), ({"person": 987654321}, "caller")],
)  # fmt: skip
def test_what_cannot_be_taken_names_the_field(centre, wrong, field):
    with pytest.raises(Refused) as fault:
        make_order(centre.operator, **wrong)
    assert fault.value.field == field


def test_a_caller_without_number_and_name_is_taken_too(centre):
    assert make_order(centre.operator, caller="", phone="").phone_digest is None


def test_a_desk_sees_its_own_orders_and_no_others(centre):
    cleaning = make_order(centre.operator)
    quarrel = make_order(centre.operator, category="303010", text="邻居吵架")
    waiting = make_order(centre.operator, send=False)
    every = {cleaning.number, quarrel.number, waiting.number}
    assert seen_by(centre.clerk) == {cleaning.number}
    assert seen_by(centre.worker) == {quarrel.number} and seen_by(centre.reviewer) == {quarrel.number}
    assert seen_by(centre.operator) == every == seen_by(centre.chief)
    with pytest.raises(Forbidden):
        actions.sign(by=centre.worker, at=AT, order=cleaning)


def test_a_desk_never_handles_a_complaint_about_itself(centre):
    own = desk_at(COMMUNITY)
    order = make_order(centre.operator, category="502010", text="社区不公开账目", about=own.pk)
    assert order.desk.area == TOWN and order.number not in seen_by(centre.worker)
    waiting = make_order(centre.operator, category="502010", text="社区不公开账目", about=own.pk, send=False)
    with pytest.raises(Refused, match="被投诉"):
        actions.dispatch(by=centre.operator, at=AT, order=waiting, desk_id=own.pk, why="就近办理")


def test_a_complaint_of_nobody_knows_whom_goes_to_the_district_alone(centre):
    """A resident wrote 社区小王态度不好 and named no office: who would be asked first may be the one who is meant."""
    order = make_order(centre.operator, category="501010", text="社区小王态度不好")
    assert order.desk.fallback and order.number not in seen_by(centre.worker) | seen_by(centre.reviewer)
    waiting = make_order(centre.operator, category="502020", text="低保评给了熟人", send=False)
    for desk in (desk_at(COMMUNITY), desk_at(TOWN)):
        with pytest.raises(Refused, match="登记被投诉对象"):
            actions.dispatch(by=centre.operator, at=AT, order=waiting, desk_id=desk.pk, why="就近办理")
    signed = actions.sign(by=centre.chief, at=AT, order=order)
    with pytest.raises(Refused, match="登记被投诉对象"):
        actions.ask_help(by=centre.chief, at=AT, order=signed, desk_id=desk_at(COMMUNITY).pk, what="请说明当天的情况。")
    named = actions.set_accused(by=centre.chief, at=AT, order=waiting, about=desk_at(COMMUNITY).pk, why="来电人说明")
    assert actions.dispatch(by=centre.operator, at=AT, order=named).desk.area == TOWN
    sent = actions.dispatch(by=centre.operator, at=AT, order=make_order(centre.operator, category="501010", send=False))
    assert sent.desk.fallback and not sent.final, "the district keeps it until the office is known, and has decided nothing"
    named = actions.set_accused(by=centre.chief, at=AT, order=sent, about=desk_at(COMMUNITY).pk, why="来电人说明")
    assert not actions.dispatch(by=centre.operator, at=AT, order=named).final, "who gets it next may say that it is not its own"


def test_the_database_keeps_a_complaint_from_the_body_and_from_what_lies_below_it(centre):
    street, below = desk_at(TOWN), desk_at(COMMUNITY)
    order = make_order(centre.operator, category="501010", text="窗口态度生硬", about=street.pk)
    assert order.desk.fallback and order.number not in seen_by(centre.reviewer) | seen_by(centre.worker)
    for desk in (street, below):
        with pytest.raises(DatabaseError), transaction.atomic(), scoped(WHOLE):
            Order.objects.filter(pk=order.pk).update(desk=desk, area=desk.area)
    with pytest.raises(Refused, match="下级"):
        actions.dispatch(by=centre.operator, at=AT, order=order, desk_id=below.pk, why="就近办理")
    helped = actions.sign(by=centre.chief, at=AT, order=order)
    with pytest.raises(Refused, match="被投诉的单位"):
        actions.ask_help(by=centre.chief, at=AT, order=helped, desk_id=below.pk, what="请说明当天的情况。")


def test_who_is_complained_of_neither_reads_nor_handles(centre):
    """The clerk sits at the desk that would handle it, and is named by nobody."""
    order = make_order(centre.operator, text="清运工收了钱", about_staff=centre.clerk.staff_id)
    assert order.confidential and order.text == "" and order.desk.area == UNIT
    with scoped(WHOLE):
        assert not Reader.objects.filter(order=order, staff=centre.clerk.staff_id).exists()
        assert content_of(centre.operator, order).text == "清运工收了钱" and content_of(centre.clerk, order).hidden
    for act in (actions.sign, actions.note_opened):
        with pytest.raises((Refused, Forbidden)), transaction.atomic(), scoped(centre.clerk):
            act(by=centre.clerk, order=order, **({"at": AT} if act is actions.sign else {}))
    for model, words in ((Reader, {"staff_id": centre.clerk.staff_id, "why": "x"}), (OrderEvent, {"by_id": centre.clerk.staff_id,
                         "move": "signed"})):
        with pytest.raises(DatabaseError), transaction.atomic(), scoped(WHOLE):
            model.objects.create(order=order, at=AT, area=order.area, **words)
    with pytest.raises(Refused, match="投诉对象"):
        actions.name_reader(by=centre.operator, at=AT, order=order, staff_id=centre.clerk.staff_id, why="请其说明")
    with pytest.raises(Refused, match="其他人员受理"):
        make_order(centre.operator, about_staff=centre.operator.staff_id)


def test_an_order_leaves_the_body_that_turns_out_to_be_complained_of(centre):
    order = actions.sign(by=centre.worker, at=AT, order=make_order(centre.operator, category="303010", text="社区主任骂人"))
    moved = actions.set_accused(
        by=centre.operator, at=AT + HOUR, order=order, about=desk_at(COMMUNITY).pk, about_staff=centre.worker.staff_id,
        why="来电人补充说明",
    )  # fmt: skip
    assert (moved.stage, moved.desk.area, moved.confidential, moved.text) == ("sent", TOWN, True, "")
    assert moved.number not in seen_by(centre.worker) and moves(moved)[-1] == "recalled"
    with scoped(WHOLE):
        assert content_of(centre.operator, read(moved.pk)).text == "社区主任骂人"
    waiting = make_order(centre.operator, category="501010", text="态度不好", send=False)
    assert actions.set_accused(by=centre.chief, at=AT, order=waiting, about=desk_at(TOWN).pk, why="来电人说明").stage == "new"
    with pytest.raises(Refused, match="没有变化"):
        actions.set_accused(by=centre.chief, at=AT, order=read(waiting.pk), about=desk_at(TOWN).pk, why="来电人说明")


def test_a_petition_begins_its_days_when_it_is_accepted(centre):
    order = make_order(centre.operator, category="701010", text="要求补发工资")
    order = actions.sign(by=centre.reviewer, at=AT, order=order)
    later_on = moment(DAY + 10 * DAYS)
    order = actions.contact(by=centre.reviewer, at=later_on, order=order, note="已书面告知受理。", begin=True)
    assert order.handle_due.date() == date(2011, 2, 9) and order.contact_due.date() == date(2010, 12, 16)
    with pytest.raises(Refused, match="1至30日"):
        actions.ask_time(by=centre.reviewer, at=later_on, order=order, days=31, why="情况复杂，需要调查。")
    ask = actions.ask_time(by=centre.reviewer, at=later_on, order=order, days=30, why="情况复杂，需要调查。")
    ask.order = read(order.pk)
    order = actions.rule_time(by=centre.chief, at=later_on, ask=ask, granted=True, opinion="同意")
    assert order.handle_due.date() == date(2011, 3, 11)


def test_nobody_fits_and_the_district_takes_it(centre):
    with scoped(WHOLE):
        for one in Desk.objects.exclude(fallback=True).exclude(area=UNIT):
            Desk.objects.filter(pk=one.pk).update(until=DAY)
    order = make_order(centre.operator, category="302010", text="老人走失")
    assert order.desk.fallback and order.final and order.lane == Lane.EMERGENCY


def test_an_operator_chooses_another_desk_with_a_reason(centre):
    waiting = make_order(centre.operator, send=False)
    with pytest.raises(Refused, match="改派的理由"):
        actions.dispatch(by=centre.operator, at=AT, order=waiting, desk_id=desk_at(TOWN).pk)
    order = actions.dispatch(by=centre.operator, at=AT, order=waiting, desk_id=desk_at(TOWN).pk, why="街道已在现场")
    with scoped(centre.operator):
        assert order.area == TOWN and events_of(centre.operator, order)[-1].text == "街道已在现场"


def test_the_whole_way_of_an_order(centre):
    order = settle(centre.clerk, make_order(centre.operator), AT + HOUR)
    assert order.stage == "handled" and order.first_desk_id == order.desk_id
    with scoped(centre.operator):
        order = order_by_id(order.pk)
        assert [clock.late for clock in clocks_of(order, AT + 9 * HOUR)] == [False] * 4
    order = called(centre.operator, order, AT + 6 * HOUR)
    assert (order.stage, order.grade, order.solved) == ("closed", "4", True)
    assert moves(order) == ["received", "dispatched", "signed", "contacted", "handled", "closed"]


def test_whoever_settled_it_does_not_call_back(centre):
    order = settle(centre.worker, make_order(centre.operator, category="303010"), AT + HOUR)
    with pytest.raises(Forbidden):
        called(centre.worker, order, AT + 4 * HOUR)
    with pytest.raises(Refused, match="还没有|联系"):
        other = actions.sign(by=centre.clerk, at=AT, order=make_order(centre.operator))
        actions.handle(by=centre.clerk, at=AT + HOUR, order=other, result="已经清运完毕")


def test_a_dissatisfied_caller_has_it_handled_again_three_times_at_most(centre):
    order = settle(centre.clerk, make_order(centre.operator), AT + HOUR)
    for round_ in (1, 2):
        order = called(centre.operator, order, AT + round_ * DAYS, Satisfaction.WORST, solved=False)
        assert (order.stage, order.round, order.attempts) == ("working", round_ + 1, 0)
        actions.contact(by=centre.clerk, at=AT + round_ * DAYS, order=order, note="再次上门。")
        order = actions.handle(by=centre.clerk, at=AT + round_ * DAYS, order=order, result="又清运了一次。")
    order = called(centre.operator, order, AT + 3 * DAYS, Satisfaction.BAD, solved=False)
    assert (order.stage, order.round, order.grade) == ("closed", 3, "2")


def test_nobody_answers_three_times_and_the_order_closes_without_a_grade(centre):
    order = settle(centre.clerk, make_order(centre.operator), AT + HOUR)
    for attempt in (1, 2, 3):
        assert order.stage == "handled"
        order = actions.call_back(by=centre.operator, at=AT + attempt * HOUR, order=order, outcome=CallOutcome.SILENT)
    assert (order.stage, order.grade, order.solved, order.attempts) == ("closed", "", None, 3)


def test_a_wrong_order_goes_back_with_a_ruling_twice_and_then_stays(centre):
    order = make_order(centre.operator)
    why = "不是生活垃圾，请派给街道。"
    ask = actions.give_back(by=centre.clerk, at=AT, order=order, ground=ReturnGround.NOT_OURS, why=why)
    assert read(order.pk).stage == "disputed"
    order = actions.rule_return(by=centre.chief, at=AT + HOUR, ask=fresh(ask), granted=True, opinion="同意")
    assert order.area in {COMMUNITY, TOWN} and (order.bounces, order.final) == (1, False)
    holder = centre.worker if order.area == COMMUNITY else centre.reviewer
    ask = actions.give_back(by=holder, at=AT + HOUR, order=read(order.pk), ground=ReturnGround.NOT_OURS, why=why)
    clean = desk_at(UNIT)
    words = {"granted": True, "opinion": "区级决定", "desk_id": clean.pk}
    order = actions.rule_return(by=centre.chief, at=AT + 2 * HOUR, ask=fresh(ask), **words)
    assert (order.bounces, order.final, order.desk_id) == (2, True, clean.pk)
    with pytest.raises(Refused, match="不能再退"):
        actions.give_back(by=centre.clerk, at=AT + 3 * HOUR, order=read(order.pk), ground=ReturnGround.NOT_OURS, why=why)


def fresh(ask: Ask) -> Ask:
    with scoped(WHOLE):
        return Ask.objects.select_related("order__desk", "desk").get(pk=ask.pk)


def test_a_return_without_ground_stays_where_it_was_and_is_final(centre):
    ask = actions.give_back(
        by=centre.clerk, at=AT, order=make_order(centre.operator), ground=ReturnGround.OTHER_PLACE, why="不在我们辖区。"
    )
    order = actions.rule_return(by=centre.chief, at=AT + HOUR, ask=fresh(ask), granted=False, opinion="就是你们的职责")
    assert (order.stage, order.desk.area, order.final, order.bounces) == ("sent", UNIT, True, 0)
    with pytest.raises(Stale):
        actions.rule_return(by=centre.second, at=AT + HOUR, ask=ask, granted=True, opinion="同意")


def test_nobody_rules_on_what_they_asked(centre):
    with scoped(WHOLE):
        Desk.objects.exclude(fallback=True).update(until=DAY)
    order = actions.sign(by=centre.chief, at=AT, order=make_order(centre.operator))
    ask = actions.ask_time(by=centre.chief, at=AT, order=order, days=2, why="要等施工队到场")
    with pytest.raises(Refused, match="自己提出"):
        actions.rule_time(by=centre.chief, at=AT, ask=fresh(ask), granted=True, opinion="同意")


def test_more_time_is_granted_once_and_before_the_end(centre):
    order = actions.sign(by=centre.clerk, at=AT, order=make_order(centre.operator))
    before = order.handle_due
    with pytest.raises(Refused, match="1至5"):
        actions.ask_time(by=centre.clerk, at=AT, order=order, days=6, why="要等施工队到场")
    ask = actions.ask_time(by=centre.clerk, at=AT, order=order, days=3, why="要等施工队到场")
    order = actions.rule_time(by=centre.chief, at=AT + HOUR, ask=fresh(ask), granted=True, opinion="同意")
    assert (order.handle_due - before).days == 5, "three working days over a weekend"
    with pytest.raises(Refused, match="已经延期"):
        actions.ask_time(by=centre.clerk, at=AT + HOUR, order=order, days=1, why="还要再等一等")
    other = actions.sign(by=centre.clerk, at=AT, order=make_order(centre.operator))
    with pytest.raises(Refused, match="时限已过"):
        actions.ask_time(by=centre.clerk, at=AT + 30 * DAYS, order=other, days=1, why="还要再等一等")


def test_a_standstill_moves_the_clocks_and_late_is_never_hidden(centre):
    order = actions.sign(by=centre.clerk, at=AT, order=make_order(centre.operator))
    due = order.handle_due
    ask = actions.ask_stop(by=centre.clerk, at=AT, order=order, ground=StopGround.WEATHER, why="大雪封路，车辆进不去。")
    order = actions.rule_time(by=centre.chief, at=AT, ask=fresh(ask), granted=True, opinion="同意")
    assert order.stage == "suspended"
    with scoped(centre.operator):
        assert not orders(at=AT + 60 * DAYS, late="yes").exists()
    order = actions.resume(by=centre.clerk, at=AT + 5 * DAYS, order=order, why="路已通")
    assert order.handle_due > due and order.stopped_at is None
    late_at = AT + 60 * DAYS
    with scoped(centre.operator):
        assert orders(at=late_at, late="yes").get() == order
    assert actions.supervise_late(by=machine_actor("orders.supervise", DISTRICT), at=late_at) == 1
    assert actions.supervise_late(by=machine_actor("orders.supervise", DISTRICT), at=late_at) == 0
    assert moves(order)[-1] == "supervised"


def test_a_helper_sees_what_it_is_asked_and_not_the_order(centre):
    order = actions.sign(by=centre.worker, at=AT, order=make_order(centre.operator, category="303010"))
    clean = desk_at(UNIT)
    actions.ask_help(by=centre.worker, at=AT, order=order, desk_id=clean.pk, what="请清走楼道里的旧家具。")
    with pytest.raises(Refused, match="还没有答复"):
        actions.ask_help(by=centre.worker, at=AT, order=order, desk_id=clean.pk, what="请清走楼道里的旧家具。")
    with scoped(centre.clerk):
        asked = Help.objects.get()
    assert asked.what == "请清走楼道里的旧家具。" and order.number not in seen_by(centre.clerk)
    actions.give_help(by=centre.clerk, at=AT + HOUR, help_id=asked.pk, answer="已清走。")
    order = read(order.pk)
    assert order.desk.area == COMMUNITY, "the first receiver stays in the lead"
    with scoped(centre.worker):
        assert events_of(centre.worker, order)[-1].text == "已清走。"
    with pytest.raises(Stale):
        actions.give_help(by=centre.clerk, at=AT + HOUR, help_id=asked.pk, answer="已清走。")


def test_repeats_are_proposed_a_person_merges_and_each_caller_is_called(centre):
    main = make_order(centre.operator)
    same, other = make_order(centre.operator, AT + HOUR, caller="钱邻居", phone="13805470002"), make_order(
        centre.operator, AT + HOUR, phone="13805470009", address="另一条街", category="401020"
    )
    with scoped(centre.operator):
        assert [one.number for one in repeats(same, DAY)] == [main.number] and not repeats(other, DAY)
    merged = actions.merge(by=centre.operator, at=AT + HOUR, order=same, main=main)
    assert merged.stage == "merged"
    with pytest.raises(Refused, match="已办理完毕|并入"):
        actions.merge(by=centre.operator, at=AT + HOUR, order=main, main=read(same.pk))
    settle(centre.clerk, read(main.pk), AT + 2 * HOUR)
    assert read(same.pk).stage == "handled"
    again = called(centre.operator, read(same.pk), AT + 9 * HOUR, Satisfaction.BAD, solved=False)
    assert (again.stage, again.main_id, read(main.pk).stage) == ("working", None, "handled")


def test_what_the_caller_of_a_merged_order_adds_reaches_the_desk_that_deals_with_it(centre):
    main = make_order(centre.operator)
    same = make_order(centre.operator, AT + HOUR, caller="钱邻居", phone="13805470002")
    actions.merge(by=centre.operator, at=AT + HOUR, order=same, main=main)
    same = read(same.pk)
    actions.supplement(by=centre.operator, at=AT + HOUR, order=same, text="又堆高了，堵住了楼门。")
    picture = actions.add_picture(by=centre.operator, at=AT + HOUR, order=same, name="楼道.png", content=PNG)
    assert picture.order_id == main.pk
    with scoped(centre.operator):
        assert events_of(centre.operator, same)[-1].text == "又堆高了，堵住了楼门。"
        assert events_of(centre.operator, main)[-1].text == f"{same.number}的来电人补充：又堆高了，堵住了楼门。"


def test_an_order_that_was_handled_with_another_is_not_late_and_spoils_no_rate(centre):
    main = make_order(centre.operator)
    same = make_order(centre.operator, AT + HOUR, caller="钱邻居", phone="13805470002")
    actions.merge(by=centre.operator, at=AT + HOUR, order=same, main=main)
    settle(centre.clerk, read(main.pk), AT + 2 * HOUR)
    same = read(same.pk)
    assert same.signed_at and same.contacted_at and same.signed_at >= same.received_at
    with scoped(centre.operator):
        assert not is_late(same, AT + timedelta(days=20)), "nobody signs what went along with another"
    at = AT + timedelta(days=40)
    for one in (main, same):
        called(centre.operator, read(one.pk), AT + 9 * HOUR, Satisfaction.GOOD, solved=True)
    cohort = actions.freeze(by=centre.chief, at=at, first=DAY, last=DAY.replace(day=31))
    with scoped(centre.chief):
        assert [one.answered for one in members(cohort)] == [True, True]


def test_a_confidential_order_is_merged_into_none_and_takes_none_in(centre):
    open_one, secret = make_order(centre.operator), make_order(centre.operator, category="302030", text="丈夫动手打人")
    for order, main in ((secret, open_one), (open_one, secret)):
        with pytest.raises(Refused, match="保密工单不能并单"):
            actions.merge(by=centre.operator, at=AT + HOUR, order=order, main=main)
    assert read(secret.pk).main_id is None and read(open_one.pk).main_id is None


def test_confidential_content_opens_to_those_named_only(centre):
    order = make_order(centre.operator, category="302030", text="丈夫动手打人", caller="李某")
    assert order.confidential and not (order.text or order.caller or order.person_id)
    for by in (centre.operator, centre.worker):
        with scoped(by):
            assert content_of(by, order).text == "丈夫动手打人"
    with scoped(centre.reviewer):
        assert content_of(centre.reviewer, order).hidden
        assert not any(one.text for one in events_of(centre.reviewer, order))
    late_comer = make_staff("ma", "马新来", Role.COMMUNITY_WORKER, COMMUNITY)
    with scoped(late_comer):
        assert content_of(late_comer, order).hidden
    with pytest.raises(Refused, match="保密"):
        actions.sign(by=late_comer, at=AT, order=order)
    with pytest.raises(Forbidden, match="知情人"):
        actions.name_reader(by=centre.chief, at=AT, order=order, staff_id=late_comer.staff_id, why="换人办理")
    actions.name_reader(by=centre.operator, at=AT, order=order, staff_id=late_comer.staff_id, why="换人办理")
    with scoped(late_comer):
        assert content_of(late_comer, order).caller == "李某"
    with scoped(WHOLE):
        assert Reader.objects.filter(order=order).count() == 3


def test_the_number_is_shown_to_whoever_handles_it_and_the_trail_says_so(centre):
    order = actions.sign(by=centre.clerk, at=AT, order=make_order(centre.operator))
    assert actions.reveal_phone(by=centre.clerk, at=AT, order=order) == "13805470001"
    for by in (centre.chief, centre.operator):
        with pytest.raises(Forbidden):
            actions.reveal_phone(by=by, at=AT, order=order)
    with scoped(WHOLE):
        assert audit_trail(verb="orders.reveal").get().purpose == f"办理工单{order.number}"


def test_rates_come_from_members_that_stay_as_they_were(centre):
    good = called(centre.operator, settle(centre.clerk, make_order(centre.operator), AT + HOUR), AT + 6 * HOUR)
    bad = settle(centre.worker, make_order(centre.operator, category="303010"), AT + 20 * DAYS)
    called(centre.operator, bad, AT + 21 * DAYS, Satisfaction.FAIR, solved=True)
    at = moment(DAY.replace(month=12, day=31)) + DAYS
    cohort = actions.freeze(by=centre.chief, at=at, first=DAY, last=DAY.replace(day=31))
    with pytest.raises(Refused, match="已经冻结"):
        actions.freeze(by=centre.chief, at=at, first=DAY, last=DAY.replace(day=31))
    with scoped(centre.chief):
        found = rates(cohort)
        assert (found.orders, found.answered, found.solved, found.content) == (2, 1, 2, 2)
        assert next(iter(ranking(cohort, "desk"))).zh == "区环卫所"
        assert len(ranking(cohort, "town")) == 1 and ranking(cohort, "community")[0].key == COMMUNITY
        late_one = members(cohort).get(order=bad)
    actions.reopen(by=centre.chief, at=at, order=read(good.pk), why="来电人说垃圾又堆起来了")
    words = {"member": late_one, "ground": OmissionGround.UNREASONABLE, "why": "要求不合理的理由"}
    asked = actions.ask_omission(by=centre.operator, at=at, **words)
    with scoped(centre.chief):
        assert rates(cohort) == found, "asked is not agreed, and a cohort does not follow its orders"
        waiting = omissions(cohort, waiting=True).get()
    with pytest.raises(Forbidden):
        actions.rule_omission(by=centre.operator, at=at, omission=asked, agreed=True)
    actions.rule_omission(by=centre.second, at=at, omission=waiting, agreed=True)
    with scoped(centre.chief):
        assert rates(cohort).orders == 1 and left_out(cohort) == 1 and cohorts().get().count == 2


def test_a_period_is_frozen_when_it_is_over(centre):
    with pytest.raises(Refused, match="还没有结束"):
        actions.freeze(by=centre.chief, at=AT, first=DAY, last=DAY)


def test_what_happened_cannot_be_rewritten(centre):
    order = make_order(centre.operator)
    with pytest.raises(ProgrammingError), transaction.atomic(), scoped(centre.chief):
        OrderEvent.objects.filter(order=order).update(text="改写")
    with pytest.raises(DatabaseError), transaction.atomic(), scoped(centre.chief), connection.cursor() as cursor:
        cursor.execute("update orders_ordernumber set taken = false")


def test_a_desk_with_work_in_hand_stays_open(centre):
    make_order(centre.operator)
    clean = desk_at(UNIT)
    with pytest.raises(Refused, match="1件工单"):
        actions.close_desk(by=centre.chief, on=DAY, desk=clean)
    with pytest.raises(Refused, match="没有这个事项分类"):
        actions.keep_desk(by=centre.chief, on=DAY, name="新单位", kind=DeskKind.FIRM, area=COMMUNITY, codes=("999999",))
    assert actions.open_area_desks(by=centre.chief, on=DAY) == 0


def test_desks_of_one_name_are_told_apart_by_their_street(centre):
    """Two streets have a community of one name, and an order must not go to the wrong one."""
    with scoped(WHOLE):
        names = list(Desk.objects.filter(kind="community").values_list("name", flat=True))
    assert "坛山街道和顺社区便民服务中心" in names and len(names) == len(set(names))
    with pytest.raises(Refused, match="别处已有同名"):
        actions.keep_desk(by=centre.chief, on=DAY, name=" 坛山街道和顺社区便民服务中心", kind=DeskKind.FIRM, area=UNIT)


def test_answered_at_once_is_closed_and_told(centre):
    words = {"channel": Channel.PHONE, "category": "201010", "place": COMMUNITY, "text": "低保怎么申请"}
    taken = actions.answer_at_once(by=centre.operator, at=AT, intake=actions.Intake(**words), answer="到社区提出书面申请。")
    order = read(taken.id)
    assert order.stage == "closed" and order.desk_id is None and moves(order) == [Move.RECEIVED, Move.ANSWERED]
    with pytest.raises(Refused, match="新建工单"):
        actions.reopen(by=centre.chief, at=AT, order=order, why="来电人又问起这件事")


def test_a_firm_is_asked_where_its_agreement_says_and_not_while_it_is_paused(centre):
    words = {"name": "洁万家", "kind": DeskKind.FIRM, "area": "370404901005", "codes": ("1010",)}
    firm = actions.keep_desk(by=centre.chief, on=DAY, **words)
    call = {"category": "101010", "text": "家里要打扫"}
    assert make_order(centre.operator, **call).desk_id != firm.pk, "its seat serves nobody"
    actions.fit_desk(by=centre.operator, on=DAY, desk=firm, codes=("1010",), everywhere=False, reaches=(TOWN,))
    taken = make_order(centre.operator, **call)
    assert taken.desk_id == firm.pk
    with pytest.raises(Refused, match="没有这些镇街村居"):
        actions.fit_desk(by=centre.operator, on=DAY, desk=firm, codes=(), everywhere=False, reaches=("370405001000",))
    with pytest.raises(Refused, match="只能暂停企业"):
        actions.pause_desk(by=centre.chief, on=DAY, desk=desk_at(UNIT), paused=True)
    actions.pause_desk(by=centre.chief, on=DAY, desk=firm, paused=True)
    assert make_order(centre.operator, **call).desk_id != firm.pk
    waiting = make_order(centre.operator, send=False, **call)
    with pytest.raises(Refused, match="已暂停派单"):
        actions.dispatch(by=centre.operator, at=AT, order=waiting, desk_id=firm.pk, why="它做得好")


def test_an_order_of_a_firm_that_never_comes_goes_to_another_desk(centre):
    words = {"name": "洁万家", "kind": DeskKind.FIRM, "area": "370404901005", "everywhere": True, "codes": ("1010",)}
    firm = actions.keep_desk(by=centre.chief, on=DAY, **words)
    order = make_order(centre.operator, category="101010", text="家里要打扫", desk_id=firm.pk)
    with pytest.raises(Forbidden):
        actions.sign(by=centre.reviewer, at=AT, order=order)
    order = actions.sign(by=centre.chief, at=AT, order=order)
    assert order.stage == "working", "who has no account is entered for"
    order = actions.withdraw(by=centre.operator, at=AT, order=order, desk_id=desk_at(COMMUNITY).pk, why="约好两次都没有来")
    assert order.stage == "sent" and order.area == COMMUNITY and order.signed_at is None
    with pytest.raises(Refused, match="只能收回企业或志愿者"):
        actions.withdraw(by=centre.operator, at=AT, order=read(order.pk), desk_id=firm.pk, why="换一家")
