"""A family is known, applies, is checked, shown to the public, approved and counted: through the doors, role by role."""

from __future__ import annotations

from datetime import timedelta

import pytest

from linli.domains.charity import queries
from linli.domains.charity.samples import DAY, make_campaign, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.registry.queries import clear_number
from tests.journeys.walker import Walker


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    return make_office()


@pytest.fixture
def campaign(office):
    return make_campaign(office)


def test_one_application_from_the_door_to_the_figure(office, campaign, settings):
    """CHARITY-07: applicant, village check, town survey and notice, district federation; then the figure opens to her."""
    head = make_family(office)
    with scoped(office.worker):
        number = clear_number(head)
    li = Walker("li").open("/charity/applications/new/")
    li.send("查找家庭", number=number)
    assert "最低生活保障" in li.text, "what is known is shown, not asked"
    li.send("受理申请", need="hardship", statement="丈夫患病，收入中断")
    assert "办理中" in li.text and "500.00" in li.text
    application = int(li.address.rstrip("/").split("/")[-1])

    li.open("/").follow("李小明·情暖万家")
    li.send("通过", opinion="入户核实，情况属实，同意上报。")
    zhao = Walker("zhao").open("/").follow("李小明·情暖万家")
    zhao.send("通过", opinion="经调查摸底，符合条件，提请公示。")
    zhao.open(f"/charity/campaigns/{campaign.pk}/").send("拟公示稿")
    notice = int(zhao.address.rstrip("/").split("/")[-1])
    assert "李*明" in zhao.text or "李**" in zhao.text or "李*" in zhao.text, "the preview hides the given name"
    assert number not in zhao.text
    zhao.client.post(f"/charity/notices/{notice}/show/")

    settings.BUSINESS_DAY = (DAY + timedelta(days=5)).isoformat()
    zhao.open(f"/charity/campaigns/{campaign.pk}/").send("上报期满的申请", expect=422)
    assert "还没有公示期满" in zhao.text
    settings.BUSINESS_DAY = (DAY + timedelta(days=8)).isoformat()
    zhao.open(f"/charity/campaigns/{campaign.pk}/").send("上报期满的申请")

    wang = Walker("wang").open("/").follow("李小明·情暖万家")
    assert "500.00" in wang.text and "每户救助金500元" in wang.text, "the amount with the formula and the article"
    wang.send("通过", opinion="同意救助。")
    with scoped(office.approver):
        assert queries.application(application).state == "granted"

    wang.open("/figures/charity.qing_nuan.households/?period=2010").follow("打开这个数字所统计的记录")
    wang.follow("峄慈助")
    assert "已批准" in wang.text and "李小明" in wang.text


def test_the_approver_refuses_in_words_and_the_family_can_be_told_why(office, campaign, settings):
    """CHARITY-07: a refusal names its reason, and the stored decision explains it."""
    from linli.domains.charity.samples import carry, make_application

    one = make_application(office, campaign, make_family(office))
    day = carry(office, one, to="approval")
    settings.BUSINESS_DAY = day.isoformat()
    wang = Walker("wang").open(f"/cases/{one.case_id}/")
    wang.send("驳回", expect=422)
    wang.send("驳回", reason="beyond_plan", opinion="本批名额已满。")
    with scoped(office.approver):
        assert queries.application(one.pk).state == "refused"


def test_what_somebody_else_did_first_is_said(office, campaign, settings):
    from linli.domains.charity.samples import make_application

    one = make_application(office, campaign, make_family(office))
    first, second = Walker("li").open(f"/cases/{one.case_id}/"), Walker("li").open(f"/cases/{one.case_id}/")
    first.send("通过", opinion="属实，同意上报。")
    second.send("通过", opinion="属实，同意上报。")
    assert "已由其他人办理，本次操作没有生效" in second.text
