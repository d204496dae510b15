"""A provider's way: nobody admits what the own hand entered or proposed, and the bar of the trial is told."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.domains.providers import actions, queries
from linli.domains.providers.models import Price
from linli.domains.providers.rules import Ground, Measure, Service, Standing
from linli.domains.providers.samples import AT, DAY, make_done, make_provider, make_service, make_trial, offer_of
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Role
from linli.kernel.access.samples import FIRST_DAY, make_staff
from linli.kernel.orders.samples import make_order
from linli.kernel.registry.actions import register_organisation

DAYS = timedelta(days=1)


def test_a_trial_begins_with_a_price_by_another_hand_at_a_seat_of_its_own(centre):
    bare = make_provider(centre.chief, name="空手家政", services=(), registrar=centre.worker)
    with pytest.raises(Refused, match="另一人同意"):
        actions.start_trial(by=centre.chief, on=FIRST_DAY, provider=bare)
    with pytest.raises(Refused, match="项目和价格"):
        actions.start_trial(by=centre.second, on=FIRST_DAY, provider=bare)
    with pytest.raises(Forbidden):
        actions.start_trial(by=centre.operator, on=FIRST_DAY, provider=bare)
    one, other = make_trial(centre), make_trial(centre, name="好帮手家政", services=(Service.REPAIR,))
    assert one.area[6:9] == "902" and one.area != other.area
    assert one.desk.categories == ["101010"] and other.desk.categories == ["1020"]
    assert one.trial_until == FIRST_DAY + 89 * DAYS


def test_units_of_one_name_are_told_apart_by_where_they_are(centre, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    far = make_staff("yuan", "袁社工", Role.COMMUNITY_WORKER, "370404002002")
    for by, name in ((centre.worker, "康乐药房"), (far, "康乐药房"), (centre.worker, "和顺粮油店")):
        register_organisation(by=by, on=DAY, name=name, kind="company", area=by.area)
    offered = [one.text_content() for one in Walker("ming").open("/providers/new/").page.iter("option")]
    assert "和顺粮油店" in offered and "康乐药房" not in offered
    assert len([one for one in offered if one.startswith("康乐药房（") and one.endswith("社区）")]) == 2


def test_admission_needs_the_term_the_bar_and_a_second_person(centre):
    one = make_trial(centre, DAY - 89 * DAYS)
    with pytest.raises(Refused, match="期满再提请"):
        actions.propose(by=centre.chief, on=DAY - DAYS, provider=one, why="服务认真")
    for hour in range(4):
        make_done(centre, offer_of(one), AT - (20 - hour) * DAYS)
    with pytest.raises(Refused, match="完成工单不足5件"):
        actions.propose(by=centre.chief, on=DAY, provider=one, why="服务认真")
    make_done(centre, offer_of(one), AT - 5 * DAYS)
    actions.propose(by=centre.chief, on=DAY, provider=one, why="服务认真")
    with pytest.raises(Refused, match="不能批准自己提请"):
        actions.admit(by=centre.chief, on=DAY, provider=one, opinion="同意")
    assert actions.admit(by=centre.second, on=DAY, provider=one, opinion="同意").standing == Standing.MEMBER
    with scoped(centre.chief):
        kept = queries.events_of(one).filter(step="proposed").get().facts
    assert kept["granted"] and kept["steps"][0]["value"] == "5件"


def test_a_trial_is_extended_once_and_may_fail(centre):
    one = make_trial(centre)
    extended = actions.extend_trial(by=centre.chief, on=FIRST_DAY + 90 * DAYS, provider=one, why="工单还少")
    assert extended.trial_until == FIRST_DAY + 179 * DAYS
    with pytest.raises(Refused, match="只能延长一次"):
        actions.extend_trial(by=centre.chief, on=DAY, provider=one, why="再延")
    assert actions.refuse(by=centre.chief, on=DAY, provider=one, why="没有达到条件").standing == Standing.REFUSED
    with scoped(WHOLE):
        assert not queries.offers(DAY, provider=one.pk).exists()
    with pytest.raises(Refused, match="不在册"):
        actions.add_offer(by=centre.operator, on=DAY, provider=one, service=Service.CLEANING, name="擦窗", fen=1,
                          measure=Measure.TIME)  # fmt: skip


def test_who_is_removed_gets_nothing_more_and_leaves_nothing_behind(centre):
    one = make_trial(centre)
    asked = make_service(centre.operator, offer_of(one))
    words = {"ground": Ground.QUALITY, "why": "多次被投诉，查实"}
    with pytest.raises(Refused, match=f"1件工单没有办结（{asked.order.number}）"):
        actions.remove(by=centre.chief, on=DAY, provider=one, **words)
    page = Walker("fu").open(f"/providers/{one.pk}/").follow("办理退出")
    assert f"1件工单没有办结（{asked.order.number}）" in page.text, "said before the press"
    idle = make_trial(centre, name="好帮手家政")
    actions.remove(by=centre.chief, on=DAY, provider=idle, **words)
    assert make_order(centre.operator, AT + DAYS, category="101010", text="打扫").desk_id != idle.desk_id
    with pytest.raises(Refused, match="不在册"):
        actions.remove(by=centre.chief, on=DAY, provider=idle, **words)


def test_departments_and_items_as_the_source_counts_them(centre):
    one = make_provider(centre.operator, name="万帮便民服务中心", services=(), registrar=centre.worker)
    for rank in range(10):
        made = actions.add_department(by=centre.operator, on=FIRST_DAY, provider=one, name=f"第{rank + 1}服务部", staff=3)
        for item in range(4):
            actions.add_offer(
                by=centre.operator, on=FIRST_DAY, provider=one, service=list(Service)[(rank + item) % len(Service)],
                name=f"项目{rank}-{item}", measure=Measure.TIME, fen=10_00, department_id=made.pk,
            )  # fmt: skip
    one = actions.start_trial(by=centre.chief, on=FIRST_DAY, provider=one)
    with scoped(centre.worker):
        assert (queries.departments_of(one).count(), queries.offers(DAY, provider=one.pk).count()) == (10, 40)
    with pytest.raises(Refused, match="先停止这些项目"):
        actions.end_department(by=centre.operator, on=DAY, department=made)
    with pytest.raises(Refused, match="同名的项目"):
        actions.add_offer(by=centre.operator, on=DAY, provider=one, service=Service.CLEANING, name="项目0-0", fen=1,
                          measure=Measure.TIME)  # fmt: skip


def test_prices_are_dated_lines_that_nobody_rewrites(centre):
    offer = offer_of(make_trial(centre))
    actions.set_price(by=centre.operator, on=DAY, offer=offer, fen=35_00, since=DAY + 9 * DAYS)
    with scoped(centre.worker):
        assert (queries.price_on(offer, DAY + 8 * DAYS), queries.price_on(offer, DAY + 9 * DAYS)) == (30_00, 35_00)
    with pytest.raises(Refused, match="已经登记过"):
        actions.set_price(by=centre.operator, on=DAY, offer=offer, fen=36_00, since=DAY + 9 * DAYS)
    with pytest.raises(DatabaseError), transaction.atomic(), scoped(centre.chief):
        Price.objects.filter(offer=offer).update(fen=1)
    actions.end_offer(by=centre.operator, on=DAY, offer=offer)
    with pytest.raises(Refused, match="不提供服务"):
        make_service(centre.operator, offer)


def test_somebody_applies_once(centre):
    made = make_provider(centre.operator, registrar=centre.worker)
    with pytest.raises(Refused, match="已有同名") as told:
        make_provider(centre.operator, name="另一个名字", organisation_id=made.organisation_id)
    assert told.value.field == "name"
    with pytest.raises(Refused, match="单位登记中的单位"):
        make_provider(centre.operator, name="没有登记", organisation_id=None)
    for words, field in (({"everywhere": False}, "towns"), ({"everywhere": False, "reaches": ("370405001000",)}, "towns")):
        with pytest.raises(Refused) as told:
            make_provider(centre.operator, name="新家政", organisation_id=made.organisation_id, **words)
        assert told.value.field == field
