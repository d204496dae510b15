"""Every aid project is audited and published: drawn, judged, found, mended, concluded, and read by a resident."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from lxml import html

from linli.domains.charity import actions, queries
from linli.domains.charity.models import Audit, AuditFinding
from linli.domains.charity.samples import DAY, carry, make_application, make_campaign, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import Staff
from linli.kernel.access.queries import actor_for
from linli.kernel.access.rules import Forbidden, Refused, Role
from linli.kernel.access.samples import DISTRICT, make_staff
from linli.kernel.figures.queries import figure, value
from linli.kernel.figures.rules import year_period
from tests.journeys.walker import Walker


@pytest.fixture
def office(fresh_database, django_db_blocker, settings):
    """Three families with 500 元 each granted to them, an auditor, and the day of it."""
    with django_db_blocker.unblock():
        office = make_office()
        campaign = make_campaign(office)
        day = DAY
        for names in (("赵大山",), ("钱小妹",), ("孙国强",)):
            day = max(day, carry(office, make_application(office, campaign, make_family(office, names=names))))
        make_campaign(office, "da_bing")
        make_staff("shenji", "郑审计", Role.AUDITOR, DISTRICT)
        make_staff("shenji2", "吴审计", Role.AUDITOR, DISTRICT)
        settings.BUSINESS_DAY = day.isoformat()
        yield office


def counted(office, key, day):
    with scoped(office.clerk):
        return value(figure(key), year_period(day.year), area=DISTRICT)


def test_a_project_is_audited_mended_and_shown_to_the_public(office, settings):
    """CHARITY-18: the auditor draws grants by lot, opens each to its file and its payment order, finds a problem, the
    federation mends it, the audit is concluded with the books' figures, published, and counted: 1 of 2 projects."""
    auditor, clerk = Walker("shenji"), Walker("zhou")
    auditor.open("/charity/audits/")
    assert "0 / 2" in auditor.text
    auditor.follow("情暖万家").follow("审计立项")
    auditor.send("立项", until=settings.BUSINESS_DAY, scope="申请、公示、发放全过程")
    page = re.search(r"/charity/audits/(\d+)/", auditor.address)[0]
    assert "1,500.00" in auditor.text
    auditor.follow("抽样").send("抽样", count="2")
    drawn = sorted(set(re.findall(r"/charity/audits/samples/(\d+)/", _html(auditor))))
    assert len(drawn) == 2
    assert auditor.client.get(re.search(r"/charity/applications/\d+/", _html(auditor))[0]).status_code == 200
    order = auditor.client.get(re.search(r"/ledgers/orders/\d+/", _html(auditor))[0])
    assert "/ledgers/postings/" in order.content.decode()
    auditor.open(f"/charity/audits/samples/{drawn[0]}/").send("保存", result="sound")
    assert "说明" in auditor.open(f"/charity/audits/samples/{drawn[1]}/").send("保存", expect=422, result="fault").text
    auditor.send("保存", result="fault", note="缺少公示照片")
    auditor.open(page).follow("登记发现")
    auditor.send("登记", text="一件申请缺少公示照片", demand="补齐公示照片", due="2011-06-30", sample=drawn[1])
    assert "公示照片" in clerk.open("/charity/audits/").text
    clerk.open(page).follow("登记整改").send("登记整改", mend="照片已补齐归档")
    words = {"conclusion": "资金发放真实。", "summary": "资金按规定发放，发现的问题已整改。"}
    auditor.open(page).follow("作出结论").send("作出结论", **words)
    assert "已作出结论" in auditor.text and "向社会公布" not in auditor.text
    clerk.open(page).send("向社会公布")
    assert "已公布" in clerk.text
    notice = re.search(r"/notices/(\d+)/", _html(clerk))[1]
    words = Client(HTTP_HOST="127.0.0.1").get(f"/bulletin/{notice}/").content.decode()
    assert "发现的问题已整改" in words and "1,500" in words and "赵大山" not in words
    assert "1 / 2" in auditor.open("/charity/audits/").text
    day = date.fromisoformat(settings.BUSINESS_DAY)
    assert [counted(office, key, day) for key in ("charity.projects", "charity.audited", "charity.audits_shown")] == [2, 1, 1]


def test_only_the_auditor_audits_and_only_the_federation_mends_and_publishes(office, settings):
    one, day = open_one(office, settings)
    for name in ("zhou", "wang"):
        assert Walker(name).client.get(f"/charity/audits/{one.pk}/draw/").status_code == 403
    assert Walker("shenji").client.post(f"/charity/audits/{one.pk}/publish/").status_code == 403
    for name in ("li", "zhao", "qian"):
        assert Walker(name).client.get("/charity/audits/").status_code == 403
    other = actor("shenji2", day)
    with pytest.raises(Forbidden, match="另一位审计员"):
        actions.draw_samples(by=other, on=day, audit=one, count=1)


def test_nothing_is_concluded_before_every_drawn_grant_is_judged(office, settings):
    one, day = open_one(office, settings)
    auditor = actor("shenji", day)
    words = {"by": auditor, "on": day, "audit": one, "conclusion": "真实。", "summary": "已审计。"}
    with pytest.raises(Refused, match="还没有抽样"):
        actions.conclude_audit(**words)
    assert actions.draw_samples(by=auditor, on=day, audit=one, count=200) == 3
    assert actions.draw_samples(by=auditor, on=day, audit=one, count=5) == 0
    with pytest.raises(Refused, match="还有 3 件抽样没有查完"):
        actions.conclude_audit(**words)
    with pytest.raises(Refused, match="没有作出结论"):
        actions.publish_audit(by=office.clerk, on=day, audit=one)
    with pytest.raises(Refused, match="有一份审计还没有作出结论"):
        open_one(office, settings)


def test_a_concluded_audit_says_for_ever_what_it_said(office, settings):
    one, day = open_one(office, settings)
    auditor = actor("shenji", day)
    actions.draw_samples(by=auditor, on=day, audit=one, count=1)
    with scoped(auditor):
        (sample, order), = queries.samples_of(one)
        assert order.amount == sample.application.amount == 500_00
    actions.judge_sample(by=auditor, on=day, sample=sample, sound=True)
    made = actions.find(by=auditor, on=day, audit=one, text="缺照片", demand="补齐", due=day)
    done = actions.conclude_audit(by=auditor, on=day, audit=one, conclusion="真实。", summary="已审计。")
    assert (done.households, done.granted, done.paid) == (3, 1_500_00, 0)
    with pytest.raises(Refused, match="已经作出结论"):
        actions.find(by=auditor, on=day, audit=done, text="x", demand="x", due=day)
    changes = ({"conclusion": "改"}, {"paid": 5}, {"scope": "改"})
    for words in changes:
        with scoped(auditor), pytest.raises(DatabaseError), transaction.atomic():
            Audit.objects.filter(pk=one.pk).update(**words)
    with scoped(auditor), pytest.raises(DatabaseError, match="concluded"), transaction.atomic():
        AuditFinding.objects.create(audit=one, text="x", demand="x", due=day, found_on=day, area=one.area)
    mended = actions.mend_finding(by=office.clerk, on=day, finding=made, mend="已补齐")
    assert mended.mended_on == day


def open_one(office, settings):
    day = date.fromisoformat(settings.BUSINESS_DAY)
    with scoped(office.clerk):
        campaign = queries.campaigns_to_audit(words="情暖万家").get()
    made = actions.open_audit(
        by=actor("shenji", day), on=day, campaign=campaign, since=date(2010, 1, 1), until=day, scope="全过程"
    )
    return made, day


def actor(username, day):
    return actor_for(Staff.objects.get(username=username), on=day)


def _html(walker):
    return html.tostring(walker.page, encoding="unicode")
