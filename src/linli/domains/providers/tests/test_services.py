"""Ordering, serving, confirming, sending elsewhere, cancelling: what holds of a service at home."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from lxml import html
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.domains.providers import actions, forms, queries
from linli.domains.providers.models import Lapse, ServiceOrder
from linli.domains.providers.rules import Ground, ProviderKind, Service
from linli.domains.providers.samples import (
    AT,
    DAY,
    HOUR,
    confirm,
    make_clerk,
    make_done,
    make_resident,
    make_service,
    make_trial,
    offer_of,
    read,
    serve,
)
from linli.kernel.access.actions import scoped
from linli.kernel.access.queries import machine_actor
from linli.kernel.access.rules import Forbidden, Refused
from linli.kernel.access.samples import DISTRICT
from linli.kernel.orders import actions as work
from linli.kernel.orders.queries import order_by_id
from linli.kernel.orders.rules import Channel, Satisfaction
from linli.kernel.orders.samples import TOWN
from linli.kernel.orders.samples import read as order_of

DAYS = timedelta(days=1)


def test_a_service_is_ordered_signed_done_and_confirmed_by_its_provider_alone(centre):
    provider, other = make_trial(centre), make_trial(centre, name="好帮手家政")
    clerk, stranger = make_clerk(centre, provider), make_clerk(centre, other, "liu", "刘经理")
    one = make_service(centre.worker, offer_of(provider), person=make_resident(centre.worker))
    assert one.area == provider.area != other.area and one.place == centre.worker.area
    with scoped(stranger), pytest.raises(Refused, match="没有这张服务单"):
        queries.service(one.pk)
    with scoped(clerk):
        assert [each.pk for each in queries.services()] == [one.pk]
    with pytest.raises(Refused, match="请先签收"):
        actions.begin(by=clerk, at=AT + HOUR, service=one, started_at=AT + HOUR)
    serve(clerk, one, AT + HOUR)
    with pytest.raises(Forbidden):
        confirm(clerk, one, AT + 4 * HOUR)
    done = confirm(centre.operator, one, AT + 4 * HOUR)
    assert queries.is_confirmed(done) and done.ended_at == AT + 3 * HOUR
    with pytest.raises(Refused, match="不需要回访"):
        confirm(centre.operator, one, AT + 5 * HOUR)


def test_times_that_cannot_be_are_refused_at_their_field(centre):
    one = make_service(centre.operator, offer_of(make_trial(centre)))
    actions.accept(by=centre.chief, at=AT, service=one)
    for wrong in (AT - HOUR, AT + HOUR):
        with pytest.raises(Refused, match="上门时间") as told:
            actions.begin(by=centre.chief, at=AT + HOUR / 2, service=read(one), started_at=wrong)
        assert told.value.field == "started_at"
    actions.begin(by=centre.chief, at=AT + HOUR, service=read(one), started_at=AT + HOUR)
    with pytest.raises(Refused, match="已经登记过上门"):
        actions.begin(by=centre.chief, at=AT + HOUR, service=read(one), started_at=AT + HOUR)
    with pytest.raises(Refused, match="结束时间"):
        actions.finish(by=centre.chief, at=AT + 2 * HOUR, service=read(one), ended_at=AT, result="已做完整理")


def test_the_price_that_was_told_stays_and_one_that_changed_meanwhile_must_be_told_again(centre):
    provider = make_trial(centre)
    offer = offer_of(provider)
    one = make_service(centre.operator, offer, quantity=2)
    actions.set_price(by=centre.operator, on=DAY + DAYS, offer=offer, fen=50_00, since=DAY + DAYS)
    assert (read(one).price, read(one).unit_price) == (60_00, 30_00)
    with pytest.raises(Refused, match="先告知居民") as told:
        make_service(centre.operator, offer, AT + DAYS)
    assert told.value.field == "offer"
    with pytest.raises(DatabaseError), transaction.atomic(), scoped(centre.chief):
        ServiceOrder.objects.filter(pk=one.pk).update(unit_price=1, quantity=1, price=1)
    with pytest.raises(Refused, match="过去的日子"):
        actions.set_price(by=centre.operator, on=DAY + DAYS, offer=offer, fen=1, since=DAY)


def test_a_provider_is_asked_where_it_comes_and_the_choice_says_why(centre):
    wide, near = make_trial(centre), make_trial(centre, name="和顺家政", everywhere=False, reaches=(TOWN,), price=20_00)
    make_done(centre, offer_of(near))
    with scoped(centre.worker):
        first, second = queries.choices(centre.worker.area, Service.CLEANING, AT, DAY)
        away = queries.choices("370404100201", Service.CLEANING, AT, DAY)
    assert (first.one.provider, second.one.provider) == (near.pk, wide.pk)
    assert "服务本镇街" in first.reasons and "20.00元/小时，同类最低" in first.reasons
    assert [each.one.provider for each in away] == [wide.pk]
    with pytest.raises(Refused, match="现在不接这里"):
        make_service(centre.operator, offer_of(near), place="370404100201")


def test_the_poor_and_the_old_are_helped_to_pay_and_nobody_twice(centre):
    haircut = offer_of(make_trial(centre, services=(Service.HAIRCUT,)))
    poor, old = make_resident(centre.worker), make_resident(centre.worker, "", "周爷爷")
    stranger = make_resident(centre.worker, "", "吴青年", date(1985, 1, 1))
    given = [make_service(centre.operator, haircut, person=person) for person in (poor, old, stranger, None)]
    assert [one.subsidy for one in given] == [7_50, 7_50, 0, 0]
    assert given[0].payee == "dibao", "of two grounds one counts, never both"
    again = make_service(centre.operator, haircut, AT + DAYS, poor)
    assert again.subsidy == 0 and again.outcome["reasons"][0]["code"] == "times"
    actions.cancel(by=centre.operator, on=DAY, service=given[0], why="孩子回家给理了")
    assert make_service(centre.operator, haircut, AT + 2 * DAYS, poor).subsidy == 7_50, "what was cancelled counts no more"


def test_a_service_cancelled_before_anybody_came_is_closed_by_the_desk(centre):
    one = make_service(centre.operator, offer_of(make_trial(centre)))
    actions.cancel(by=centre.operator, on=DAY, service=one, why="临时有事")
    with pytest.raises(Refused, match="已取消"):
        actions.accept(by=centre.chief, at=AT, service=read(one))
    actions.close_cancelled(by=centre.chief, at=AT + HOUR, service=read(one))
    assert order_of(one.order_id).stage == "handled"
    with pytest.raises(Refused, match="已经开始或已经取消"):
        actions.cancel(by=centre.operator, on=DAY, service=read(one), why="再取消")


def test_what_is_cancelled_or_lies_there_already_is_sent_to_nobody(centre):
    one, other = make_service(centre.operator, offer_of(make_trial(centre))), make_trial(centre, name="好帮手家政")
    words = {"offer_id": offer_of(other).pk, "agreed": 30_00, "why": "改约"}
    actions.cancel(by=centre.operator, on=DAY, service=one, why="临时有事")
    with pytest.raises(Refused, match="不能改派"):
        actions.send_elsewhere(by=centre.operator, at=AT, service=read(one), **words)
    again = make_service(centre.operator, offer_of(other))
    with pytest.raises(Refused, match="已在这个服务商"):
        actions.send_elsewhere(by=centre.operator, at=AT, service=read(again), **words)
    assert read(one).provider_id != other.pk


def test_who_was_dissatisfied_is_served_again_and_the_new_visit_counts(centre):
    one = make_service(centre.operator, offer_of(make_trial(centre)))
    serve(centre.chief, one, AT + HOUR)
    confirm(centre.operator, one, AT + 5 * HOUR, Satisfaction.BAD, solved=False)
    assert not queries.is_confirmed(read(one)) and order_of(one.order_id).round == 2
    with pytest.raises(Refused, match="请先登记上门"):
        actions.finish(by=centre.chief, at=AT + DAYS, service=read(one), ended_at=AT + DAYS, result="重新做过")
    serve(centre.chief, one, AT + DAYS)
    assert queries.is_confirmed(confirm(centre.operator, one, AT + 2 * DAYS)) and read(one).round == 2


def test_a_firm_that_takes_and_never_comes_is_counted_warned_paused_and_its_orders_go_elsewhere(centre):
    bad, good = make_trial(centre), make_trial(centre, name="好帮手家政", price=28_00)
    machine = machine_actor("providers.watch", DISTRICT)
    first, *rest = [make_service(centre.operator, offer_of(bad), AT + n * HOUR) for n in range(3)]
    actions.accept(by=centre.chief, at=AT, service=first)
    assert actions.watch(by=machine, at=AT) == 0
    late = AT + 10 * DAYS
    assert actions.watch(by=machine, at=late) == 3 and actions.watch(by=machine, at=late) == 0
    with scoped(WHOLE):
        bad = queries.provider(bad.pk)
        kinds = sorted(Lapse.objects.values_list("kind", flat=True))
        steps = [event.step for event in queries.events_of(bad)]
    assert kinds == ["absent", "unsigned", "unsigned"] and bad.standing == "suspended" and steps[0] == "suspended"
    with scoped(centre.worker):
        left = queries.choices(centre.worker.area, Service.CLEANING, late, late.date())
    assert [each.one.provider for each in left] == [good.pk]
    for one in (first, rest[0]):
        words = {"offer_id": offer_of(good).pk, "agreed": 28_00, "why": "约好没有来"}
        moved = actions.send_elsewhere(by=centre.operator, at=late, service=read(one), **words)
        assert (moved.provider_id, moved.price, read(one).area) == (good.pk, 28_00, good.area)
    serve(centre.chief, first, late)
    actions.restore(by=centre.chief, on=late.date(), provider=bad, why="已更换负责人")
    assert actions.watch(by=machine, at=late + DAYS) == 0, "what was before the restoration was answered for"


def test_what_lies_with_a_paused_firm_without_a_service_order_is_a_task_and_named_on_its_page(centre):
    firm = make_trial(centre)
    taken = work.Intake(Channel.PHONE, "101010", centre.worker.area, "请人打扫", caller="戚来电", phone="13805470003")
    order = work.take(by=centre.operator, at=AT, intake=taken)
    assert order_of(order.id).desk_id == firm.desk_id, "sent by what it is about, without a service order"
    said = "还有1件工单没有办，请改派"
    assert said not in Walker("ming").open("/").text
    actions.suspend(by=centre.chief, on=DAY, provider=firm, ground=Ground.ABSENT, why="三次没有上门")
    page = Walker("ming").open("/").follow(f"{firm.name}已暂停派单")
    assert "等待改派的工单" in page.text and order.number in page.text
    assert "请人打扫" in page.follow(order.number).text
    other = make_trial(centre, name="好帮手家政")
    work.dispatch(by=centre.operator, at=AT + HOUR, order=order_of(order.id), desk_id=other.desk_id, why="已暂停")
    assert said not in Walker("ming").open("/").text


def test_where_nobody_else_serves_the_page_says_what_to_do_instead(centre):
    one = make_service(centre.operator, offer_of(make_trial(centre)))
    walk = Walker("ming").open(f"/providers/services/{one.pk}/resend/")
    assert "没有其他服务商提供这项服务" in walk.text and not walk.page.xpath("//*[@name='why']")


def test_an_order_that_somebody_sent_on_by_hand_is_followed_before_anything_is_entered(centre):
    one, other = make_service(centre.operator, offer_of(make_trial(centre))), make_trial(centre, name="好帮手家政")
    with scoped(centre.chief):
        order = order_by_id(one.order_id)
    work.dispatch(by=centre.operator, at=AT, order=order, desk_id=other.desk_id, why="居民要求换一家")
    with pytest.raises(Refused, match="改选服务商和价格"):
        actions.accept(by=centre.chief, at=AT, service=read(one))
    actions.send_elsewhere(by=centre.operator, at=AT, service=read(one), offer_id=offer_of(other).pk, agreed=30_00, why="随工单")
    actions.accept(by=centre.chief, at=AT, service=read(one))
    assert read(one).provider_id == other.pk


def test_an_order_returned_for_ever_stays_when_the_district_has_ruled(centre):
    from linli.kernel.orders.rules import ReturnGround

    provider = make_trial(centre)
    clerk, one = make_clerk(centre, provider), make_service(centre.operator, offer_of(provider))
    words = {"ground": ReturnGround.OTHER_PLACE, "why": "路太远，请派给近处的服务商。"}
    ask = work.give_back(by=clerk, at=AT, order=order_of(one.order_id), **words)
    with scoped(centre.chief):
        ask.order = order_by_id(one.order_id)
    work.rule_return(by=centre.chief, at=AT, ask=ask, granted=False, opinion="申请加盟时承诺服务全区。")
    with pytest.raises(Refused, match="不能再退"):
        work.give_back(by=clerk, at=AT, order=order_of(one.order_id), **words)


def test_a_provider_of_one_kind_is_a_desk_as_any_other(centre):
    person = make_resident(centre.worker, "", "陶师傅", date(1970, 1, 1))
    words = {"kind": ProviderKind.PERSON, "person_id": person.pk, "staff": 1}
    with pytest.raises(Refused, match="登记的居民"):
        make_trial(centre, name="无名师傅", kind=ProviderKind.PERSON)
    made = make_trial(centre, name="陶师傅理发", services=(Service.HAIRCUT,), **words)
    assert made.desk.kind == "volunteer" and made.desk.categories == ["104030"]
    actions.suspend(by=centre.chief, on=DAY, provider=made, ground=Ground.OWN, why="本人住院")
    with pytest.raises(Refused, match="另一人恢复"):
        actions.restore(by=centre.chief, on=DAY, provider=made, why="已出院")


def test_a_resident_chooses_a_day_and_hears_of_all_faults_at_once():
    """HOTLINE-05: days are chosen, not typed; one that is over stands beside the other faults, not after them."""
    days = [DAY + number * DAYS for number in range(61)]
    words = {"services": [("cleaning", "保洁")], "places": [("370404001001", "和顺社区")], "days": days}
    form = forms.WebWish({"service": "cleaning", "wanted_on": (DAY - DAYS).isoformat(), "phone": "1"}, **words)
    told = str(form)
    assert f'<option value="{DAY}">12月1日 星期三</option>' in told and "2010-11-30" not in told
    assert {"wanted_on", "phone", "name", "place", "address"} <= set(form.errors)
    assert "只能预约今天到60天以内的日子" in str(form.errors["wanted_on"])


@pytest.mark.parametrize("page", ["/hotline/", "/hotline/orders/", "/providers/services/new/", "/complaints/new/"])
def test_the_seat_of_a_firm_is_no_place_where_something_happens(centre, page):
    """HOTLINE-05: an operator chooses among towns and communities; seats of firms and offices are not offered."""
    made = make_trial(centre, name="和顺家政")
    answer = Walker("ming").client.get(page)
    fields = html.fromstring(answer.content).xpath("//select[@name='place' or @name='area']")
    options = [option.text_content() for one in fields for option in one.xpath("option")]
    assert any("和顺社区" in one for one in options)
    assert not [one for one in options if made.name in one or "加盟服务单位" in one or "区直单位" in one], options


def test_an_operator_finds_the_resident_by_telephone_or_name_and_says_which_of_two(centre):
    """HOTLINE-05: who rings says a name, no identity number; subsidy, address and telephone come along all the same."""
    make_trial(centre, name="和顺家政")
    first = make_resident(centre.worker, "", "孙奶奶", birth=date(1930, 3, 1))
    second = make_resident(centre.worker, "dibao", "孙奶奶", birth=date(1950, 3, 1))
    page = Walker("ming").open("/providers/services/new/")
    page.send("查看服务商", expect=422, service="cleaning", find="孙奶奶")
    assert "请选择是哪一位居民" in " ".join(page.faults) and "请填写联系人" not in page.text
    page.send("查看服务商", person=str(second.pk))
    assert "孙奶奶" in page.text and "服务商和价格" in page.text
    page.send("下单")
    with scoped(WHOLE):
        assert ServiceOrder.objects.latest("id").person_id == second.pk != first.pk
    unknown = Walker("ming").open("/providers/services/new/").send("查看服务商", expect=422, service="cleaning", find="查无此人")
    assert "本辖区没有查到这位居民" in " ".join(unknown.faults)
    by_phone = Walker("ming").open("/providers/services/new/")
    by_phone.send("查看服务商", expect=422, service="cleaning", find="138 0632 0001")
    assert "孙奶奶，60岁" in by_phone.text and "孙奶奶，80岁" in by_phone.text
