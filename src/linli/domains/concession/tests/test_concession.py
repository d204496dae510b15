"""Cards and their uses: what the office refuses, what the database refuses, and what is counted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from linli.domains.concession import actions, queries
from linli.domains.concession.models import Agreement, Card, Line, Visit
from linli.domains.concession.rules import Item
from linli.domains.concession.samples import DAY, make_agreement, make_card, make_desk, make_holder, make_visit
from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Forbidden, Refused, Role, Stale
from linli.kernel.access.samples import FIRST_DAY, make_founders, make_staff
from linli.kernel.figures.queries import figure, relations, value
from linli.kernel.figures.rules import year_period
from linli.kernel.registry.actions import record_death

YEAR = year_period(DAY.year)


@pytest.fixture
def desk(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_desk()


def count(key):
    return value(figure(f"concession.{key}"), YEAR, "370404000000", {})


def test_a_hospital_has_one_agreement_at_a_time(desk):
    one = make_agreement(desk)
    place = one.organisation
    words = {"organisation_id": place.pk, "paper": "2号", "since": DAY, "percents": {Item.BED: 10}}
    with pytest.raises(Refused, match="已有优惠协议"):
        actions.agree(by=desk.clerk, on=DAY, **words)
    actions.end_agreement(by=desk.clerk, on=DAY, agreement=one)
    with pytest.raises(Stale):
        actions.end_agreement(by=desk.clerk, on=DAY, agreement=one)
    assert actions.agree(by=desk.clerk, on=DAY, **words)
    for since in (date(1899, 1, 1), date(2099, 1, 1)):
        with pytest.raises(Refused, match="核对年份"):
            actions.agree(by=desk.clerk, on=DAY, **(words | {"since": since}))
    with pytest.raises(Refused, match="至少填写一个"):
        actions.agree(by=desk.clerk, on=DAY, **(words | {"percents": {}}))
    with pytest.raises(Refused, match="登记中的医院"):
        actions.agree(by=desk.clerk, on=DAY, **(words | {"organisation_id": 0}))


def test_a_card_runs_for_a_year_and_is_one_for_a_person(desk):
    person = make_holder(desk)
    card = make_card(desk, person)
    assert (card.ground, card.expires_on) == ("dibao", DAY.replace(year=2011))
    with pytest.raises(Refused, match="已持有有效的优惠卡"):
        make_card(desk, person, "YH-0002")
    with pytest.raises(Refused, match="这个卡号已经发出"):
        make_card(desk, make_holder(desk, name="钱持卡"))
    assert make_card(desk, person, "YH-0003", DAY + timedelta(days=400)), "a year later the old one is over"


def test_who_is_in_no_difficulty_or_has_died_gets_none(desk):
    with pytest.raises(Refused, match="没有低保"):
        make_card(desk, make_holder(desk, ""))
    dead = make_holder(desk)
    record_death(by=desk.worker, on=DAY, person_id=dead.pk, day=DAY)
    with pytest.raises(Refused, match="已登记死亡"):
        make_card(desk, dead)
    with pytest.raises(Forbidden):
        actions.issue(by=desk.worker, on=DAY, person_id=make_holder(desk, name="孙持卡").pk, number="1", proof="签领")


def test_a_lost_card_is_replaced_and_cannot_be_used_any_more(desk):
    card, agreement = make_card(desk), make_agreement(desk)
    new = actions.replace_card(by=desk.clerk, on=DAY, card=card, number="YH-9", proof="本人签领")
    assert (new.replaces_id, new.expires_on) == (card.pk, DAY.replace(year=2011))
    with pytest.raises(Stale):
        actions.replace_card(by=desk.clerk, on=DAY, card=card, number="YH-10", proof="本人签领")
    with scoped(desk.clerk):
        old = queries.card_of(card.pk, DAY)
    later = DAY + timedelta(days=1)
    with pytest.raises(Refused, match="不能使用"):
        make_visit(desk, old, agreement, day=later, on=later)
    with scoped(desk.clerk):
        assert (count("cards"), count("issued")) == (1, 1)


def test_a_paper_is_lowered_by_the_agreement_and_counts_once(desk):
    card, agreement = make_card(desk), make_agreement(desk)
    visit = make_visit(desk, card, agreement)
    assert (visit.price, visit.reduced) == (343_33, 76_66)
    with pytest.raises(Refused, match="已经登记过"):
        make_visit(desk, card, agreement)
    with pytest.raises(Refused, match="没有约定护理费"):
        make_visit(desk, card, agreement, "MZ-2", nursing=10_00)
    with scoped(desk.clerk):
        found = {key: count(key) for key in ("hospitals", "cards", "issued", "visits", "price", "reduced")}
        assert found == {"hospitals": 1, "cards": 1, "issued": 1, "visits": 1, "price": 343_33, "reduced": 76_66}
        for relation in [one for one in relations() if one.key.startswith("concession.")]:
            keys = (*relation.left, *relation.right)
            assert relation.check({key: count(key.removeprefix("concession.")) for key in keys}).holds
    actions.cancel_visit(by=desk.clerk, on=DAY, visit=visit, why="金额录错")
    with pytest.raises(Stale):
        actions.cancel_visit(by=desk.clerk, on=DAY, visit=visit, why="再撤")
    assert make_visit(desk, card, agreement, check=100_00).reduced == 20_00
    with scoped(desk.clerk):
        assert (count("visits"), count("reduced")) == (1, 20_00)


def test_nobody_who_is_entitled_is_missed_and_who_is_no_longer_is_found(desk):
    holder, waiting = make_holder(desk), make_holder(desk, "tekun", "钱等卡")
    make_holder(desk, "", "孙富人")
    make_card(desk, holder)
    with scoped(desk.worker):
        assert [one.name for one in queries.without_card(DAY)] == [waiting.name]
        assert not queries.no_longer(DAY).exists()
    record_death(by=desk.worker, on=DAY, person_id=holder.pk, day=DAY)
    with scoped(desk.clerk):
        (card,) = queries.no_longer(DAY)
        assert [task.title for task in queries.desk_tasks(desk.clerk, DAY, "waiting")] == ["1张优惠卡的持卡人不再符合条件"]
    actions.end_card(by=desk.clerk, on=DAY, card=card, why="持卡人去世")
    with scoped(desk.clerk):
        assert not queries.desk_tasks(desk.clerk, DAY, "waiting") and count("cards") == 0


def test_the_database_refuses_what_the_agreement_does_not_give(desk):
    card, agreement = make_card(desk), make_agreement(desk)
    visit = make_visit(desk, card, agreement)
    late = {"day": DAY - timedelta(days=1), "receipt": "X"}
    usual = {
        "card": card, "agreement": agreement, "receipt": "Y", "day": DAY, "price": 100, "reduced": 20, "entered_on": DAY,
        "entered_by_id": desk.clerk.staff_id, "area": card.area,
    }  # fmt: skip
    with scoped(desk.clerk):
        with pytest.raises(DatabaseError), transaction.atomic():
            Visit.objects.create(**(usual | late))
        for line in ({"percent": 30, "reduced": 30}, {"reduced": 21}, {"price": 90, "reduced": 18}, {"item": "nursing"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                one = Visit.objects.create(**usual)
                words = {"item": "check", "price": 100, "percent": 20, "reduced": 20}
                Line.objects.create(visit=one, area=card.area, **(words | line))
        for change in (
            lambda: Visit.objects.filter(pk=visit.pk).update(reduced=1),
            lambda: Card.objects.filter(pk=card.pk).update(expires_on=DAY.replace(year=2020)),
            lambda: Agreement.objects.filter(pk=agreement.pk).update(since=DAY),
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


def test_another_town_sees_no_card(desk):
    card = make_card(desk)
    other = make_staff("far", "郑慈善", Role.FEDERATION_CLERK, "370404100000", on=FIRST_DAY, founders=make_founders())
    with scoped(other):
        assert not queries.cards(on=DAY).exists() and not queries.visits().exists()
        with pytest.raises(Refused, match="不在本辖区"):
            queries.card_of(card.pk, DAY)
