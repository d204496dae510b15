"""The pages of aid, figures and reports with an office's work on them: accessible, and no wider than the window."""

from __future__ import annotations

from typing import Any

import pytest

from linli.domains.charity.actions import apply_at_the_door
from linli.domains.charity.rules import Need
from linli.domains.charity.samples import DAY, carry, make_application, make_campaign, make_family, make_office
from linli.kernel.access.models import Staff
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_staff
from linli.kernel.cases.rules import Received
from linli.kernel.figures.actions import draft_report
from linli.kernel.figures.rules import year_period
from tests.browser.sizes import AT_NIGHT

PAGES = {
    "find": ("li", "/charity/applications/new/"),
    "choose": ("li", "/charity/applications/new/{free}/"),
    "apply": ("li", "/charity/applications/new/{free}/{campaign}/"),
    "apply-ill": ("li", "/charity/applications/new/{free}/{ill}/"),
    "told": ("li", "/charity/applications/{told}/"),
    "missed": ("li", "/charity/campaigns/{campaign}/missed/"),
    "campaign-of-town": ("zhao", "/charity/campaigns/{campaign}/"),
    "campaign": ("zhou", "/charity/campaigns/{campaign}/"),
    "case": ("wang", "/cases/{case}/"),
    "application": ("wang", "/charity/applications/{granted}/"),
    "application-form": ("wang", "/charity/applications/{granted}/print/"),
    "figure": ("zhou", "/figures/charity.money/?period=2010"),
    "rows": ("zhou", "/figures/charity.money/rows/?period=2010"),
    "period-fault": ("zhou", "/overview/?period=abc"),
    "report-words": ("zhou", "/reports/{report}/edit/"),
    "report": ("wang", "/reports/{report}/"),
    "overview-of-leader": ("lv", "/overview/?period=2010"),
}


@pytest.fixture
def work(site: str, settings: Any) -> dict[str, int]:
    """Applications at three steps, a family that was missed, and a report's draft."""
    settings.BUSINESS_DAY = DAY.isoformat()
    office = make_office()
    campaign = make_campaign(office)
    granted, waiting = (make_application(office, campaign, make_family(office, names=(name,))) for name in ("赵一", "钱二"))
    carry(office, granted)
    carry(office, waiting, to="approval")
    free, namesake = (make_family(office, names=("欧阳国庆", wife)) for wife in ("司马玉兰", "上官秀英"))
    ill = make_campaign(office, "da_bing")
    told = apply_at_the_door(
        by=office.worker, on=DAY, campaign=ill, person_id=namesake.pk, papers=[Received("form", original=True)], photos={},
        need=Need.ILLNESS, illness="tumour", own_cost=30_000_00,
    )  # fmt: skip
    make_staff("lv", "吕区长", Role.LEADER, DISTRICT)
    Staff.objects.update(must_change_password=False)
    words = {"template": "charity.circular", "period": year_period(2010), "area": DISTRICT, "title": ""}
    report = draft_report(by=office.clerk, on=DAY, **words)
    return {
        "free": free.pk, "campaign": campaign.pk, "granted": granted.pk, "case": waiting.case_id, "report": report.pk,
        "ill": ill.pk, "told": told.pk,
    }  # fmt: skip


@pytest.mark.parametrize("size", AT_NIGHT)
def test_every_page_of_aid_and_its_report_is_accessible_and_fits(visit: Any, work: dict[str, int], size: str) -> None:
    for name, (username, path) in PAGES.items():
        window = visit(username, size=size)
        assert window.go(path.format(**work)).status == 200, name
        window.settle()
        window.picture(f"aid-{name}-{size}")
        assert window.faults() == [], name
        assert window.too_wide() <= 0, f"{name} is wider than the window"
        assert window.said == [], name


def test_an_act_opens_its_form_with_and_without_scripts(visit: Any, work: dict[str, int]) -> None:
    for javascript in (True, False):
        window = visit("wang", javascript=javascript)
        window.go("/cases/{case}/".format(**work))
        assert window.page.locator("#act-pass").is_visible() and window.page.locator("form#act-return").count() == 0
        window.page.locator("summary", has_text="退回").click()
        if not javascript:
            window.page.get_by_role("link", name="填写“退回”").click()
        window.page.locator("form#act-return textarea").fill("请补充说明。")
        window.picture(f"act-opened-{'with' if javascript else 'without'}-scripts")
        assert window.said == [] and (not javascript or window.faults() == [])


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_an_application_is_taken_by_keyboard_and_without_scripts(visit: Any, work: dict[str, int], size: str) -> None:
    window = visit("li", size=size, javascript=False)
    window.go("/charity/applications/new/")
    page = window.page
    page.locator("#id_words").fill("欧阳国庆")
    page.locator("#id_words").press("Enter")
    assert "请选择申请人" in page.content() and "欧阳" not in page.url
    window.picture(f"aid-several-{size}")
    page.get_by_role("link", name="欧阳国庆").first.press("Enter")
    page.get_by_role("link", name="2010年大病救助").press("Enter")
    page.get_by_role("button", name="受理申请").press("Enter")
    assert page.locator(".faults li").count() == 3
    window.picture(f"aid-faults-{size}")
    page.get_by_label("重大疾病", exact=True).press("Space")
    page.get_by_label("尿毒症").press("Space")
    page.locator("#id_own_cost").fill("35000")
    page.locator("#id_got_diagnosis").press("Space")
    page.get_by_role("button", name="受理申请").press("Enter")
    assert "还缺：医疗费用结算单" in page.content()
    assert window.too_wide() <= 0
