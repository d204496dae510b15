"""The pages of aid, figures and reports with an office's work on them: accessible, and no wider than the window."""

from __future__ import annotations

from typing import Any

import pytest

from linli.domains.charity.samples import DAY, carry, make_application, make_campaign, make_family, make_office
from linli.kernel.access.models import Staff
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import DISTRICT, make_staff
from linli.kernel.figures.actions import draft_report
from linli.kernel.figures.rules import year_period

PAGES = {
    "apply": ("li", "/charity/applications/new/{free}/"),
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
    free = make_family(office, names=("欧阳国庆", "司马玉兰"))
    make_staff("lv", "吕区长", Role.LEADER, DISTRICT)
    Staff.objects.update(must_change_password=False)
    words = {"template": "charity.circular", "period": year_period(2010), "area": DISTRICT, "title": ""}
    report = draft_report(by=office.clerk, on=DAY, **words)
    return {
        "free": free.pk, "campaign": campaign.pk, "granted": granted.pk, "case": waiting.case_id, "report": report.pk,
    }  # fmt: skip


@pytest.mark.parametrize("size", ["phone", "desktop"])
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
