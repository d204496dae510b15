"""The chain as its users walk it: pages, forms, and what they say when something is wrong."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import HttpRequest
from django.test import Client

from linli.domains.charity import queries
from linli.domains.charity.samples import DAY, carry, make_application, make_campaign, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.access.samples import PASSWORD
from linli.kernel.registry.queries import clear_number


@pytest.fixture
def office(db):
    return make_office()


@pytest.fixture
def campaign(office):
    return make_campaign(office)


@pytest.fixture(autouse=True)
def december(settings):
    settings.BUSINESS_DAY = DAY.isoformat()


def client_of(username: str) -> Client:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    client = Client(HTTP_HOST="127.0.0.1")
    assert client.login(username=username, password=PASSWORD, request=request)
    return client


def text_of(answer) -> str:
    return answer.content.decode()


def key_in(answer) -> str:
    return text_of(answer).split('name="_key" value="')[1].split('"')[0]


def number_of(office, person) -> str:
    with scoped(office.worker):
        return clear_number(person)


def apply_at_the_door(office, campaign, head, **words):
    li = client_of("li")
    found = li.post("/charity/applications/new/", {"words": number_of(office, head)})
    assert found["location"] == f"/charity/applications/new/{head.pk}/"
    address = f"{found['location']}{campaign.pk}/"
    form = li.get(address)
    return li.post(address, {"_key": key_in(form), "need": "hardship", "got_form": "on"} | words), form


def test_the_worker_finds_the_family_and_is_not_asked_what_is_known(office, campaign):
    """CHARITY-07: the application at the door: number, then only what the registry cannot know."""
    answer, form = apply_at_the_door(office, campaign, make_family(office))
    assert "李小明" in text_of(form) and "最低生活保障" in text_of(form)
    assert answer.status_code == 302
    page = client_of("li").get(answer["location"])
    assert "办理中" in text_of(page) and "500.00" in text_of(page)


def test_an_application_begins_on_the_page_of_the_person(office, campaign):
    head = make_family(office)
    begin = f'href="/charity/applications/new/{head.pk}/"'
    assert begin in client_of("li").get(f"/people/{head.pk}/").content.decode()
    assert begin not in client_of("zhou").get(f"/people/{head.pk}/").content.decode()  # the federation takes none


def test_the_reviewer_drafts_shows_and_passes_the_notice_by_buttons(office, campaign, settings):
    """CHARITY-07: town notice from draft to report."""
    one = make_application(office, campaign, make_family(office))
    day = carry(office, one, to="notice")
    settings.BUSINESS_DAY = day.isoformat()
    zhao = client_of("zhao")
    key = key_in(zhao.get(f"/charity/campaigns/{campaign.pk}/"))
    drafted = zhao.post(f"/charity/campaigns/{campaign.pk}/notice/", {"_key": key})
    assert drafted.status_code == 302
    here = drafted["location"]
    assert zhao.post(here, {"_key": key_in(zhao.get(here)), "looked": "on"}).status_code == 302
    settings.BUSINESS_DAY = (day + timedelta(days=9)).isoformat()
    page = zhao.get(f"/charity/campaigns/{campaign.pk}/")
    key = key_in(page)
    assert zhao.post(f"/charity/campaigns/{campaign.pk}/pass/", {"_key": key, "opinion": "公示无异议"}).status_code == 302
    with scoped(office.approver):
        assert queries.application(one.pk).case.step == "approval"


def test_every_page_of_the_office_opens_for_those_who_may(office, campaign):
    one = make_application(office, campaign, make_family(office))
    carry(office, one)
    for username, addresses in {
        "li": ["/charity/campaigns/", "/charity/applications/", f"/charity/applications/{one.pk}/",
               f"/charity/applications/{one.pk}/print/", f"/charity/campaigns/{campaign.pk}/missed/"],
        "zhou": ["/charity/campaigns/new/", f"/charity/campaigns/{campaign.pk}/", "/figures/", "/overview/"],
        "wang": [f"/charity/applications/{one.pk}/", "/figures/charity.money/?period=2010",
                 "/figures/charity.money/rows/?period=2010&area=370404000000", "/reports/"],
    }.items():
        client = client_of(username)
        for address in addresses:
            assert client.get(address).status_code == 200, f"{username} {address}"


def test_a_town_reviewer_of_elsewhere_sees_nothing_of_it(office, campaign):
    from linli.kernel.access.rules import Role
    from linli.kernel.access.samples import make_staff

    one = make_application(office, campaign, make_family(office))
    make_staff("wai", "外镇周", Role.TOWN_REVIEWER, "370404102000")
    client = client_of("wai")
    for address in (f"/charity/applications/{one.pk}/", f"/charity/applications/{one.pk}/print/"):
        assert client.get(address).status_code in {403, 404, 422}
    assert one.case.number not in text_of(client.get("/charity/applications/"))


def test_lists_cost_the_same_number_of_queries_for_more_rows(office, campaign, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = client_of("li"), []
    for names in (("赵一",), ("钱二",), ("孙三",), ("李四",)):
        make_application(office, campaign, make_family(office, names=names))
        with CaptureQueriesContext(connection, ) as caught:
            assert client.get("/charity/applications/").status_code == 200
        counts.append(len(caught))
    assert len(set(counts[1:])) == 1, counts


def test_the_approver_reads_on_the_case_page_what_is_asked_for(office, campaign):
    one = make_application(office, campaign, make_family(office), statement="丈夫长期患病")
    carry(office, one, to="approval")
    page = text_of(client_of("wang").get(f"/cases/{one.case_id}/"))
    assert "申请内容" in page and "丈夫长期患病" in page and "生活困难" in page


def test_a_granted_application_says_in_words_how_far_the_money_is_and_counts_a_household_once(office, campaign):
    one = make_application(office, campaign, make_family(office))
    carry(office, one)
    page = text_of(client_of("wang").get(f"/charity/applications/{one.pk}/"))
    assert "待发放" in page and "ready" not in page
    assert page.count("2010年　情暖万家　500.00 元") == 1 and "charity.qing_nuan" not in page


def test_a_leader_sees_no_names_and_no_small_numbers(office, campaign):
    """House rule: counts of fewer than five families are not shown to those who read numbers only."""
    from linli.kernel.access.rules import Role
    from linli.kernel.access.samples import DISTRICT, make_staff

    carry(office, make_application(office, campaign, make_family(office, names=("欧阳国庆",))))
    make_staff("lv", "吕区长", Role.LEADER, DISTRICT)
    leader, clerk = client_of("lv"), client_of("zhou")
    for address in (f"/charity/campaigns/{campaign.pk}/", "/figures/charity.households/?period=2010", "/overview/?period=2010"):
        page = text_of(leader.get(address))
        assert "少于5" in page and "欧阳" not in page, address
        assert "少于5" not in text_of(clerk.get(address)), address
    assert leader.get("/figures/charity.households/rows/?period=2010").status_code == 403


def test_missed_families_are_found_by_name_and_status_and_exported_with_a_purpose(office, campaign):
    make_family(office, names=("欧阳国庆",))
    make_family(office, status="edge", names=("吴德海",))
    li, address = client_of("li"), f"/charity/campaigns/{campaign.pk}/missed/"
    assert all(name in text_of(li.get(address)) for name in ("欧阳国庆", "吴德海"))
    by_name, by_kind = text_of(li.get(address + "?words=欧阳")), text_of(li.get(address + "?kind=edge"))
    assert "欧阳国庆" in by_name and "吴德海" not in by_name
    assert "吴德海" in by_kind and "欧阳国庆" not in by_kind
    assert li.post(address + "?export=1", {"purpose": ""}).status_code == 422
    file = li.post(address + "?export=1", {"purpose": "上门走访"})
    assert file.status_code == 200 and "spreadsheet" in file["content-type"]


def test_lists_of_families_in_need_name_them_in_full_to_their_own_town_only(office, campaign):
    make_family(office, names=("欧阳国庆",))
    address = f"/charity/campaigns/{campaign.pk}/missed/"
    assert "欧阳国庆" in text_of(client_of("li").get(address))
    district = text_of(client_of("wang").get(address))
    assert "欧阳**" in district and "欧阳国庆" not in district


def test_the_rows_behind_a_number_are_listed_with_their_sum_and_exported(office, campaign):
    carry(office, make_application(office, campaign, make_family(office)))
    wang, address = client_of("wang"), "/figures/charity.money/rows/?period=2010&by=need&cell=hardship"
    page = text_of(wang.get(address))
    assert "生活困难" in page and page.count("500.00") == 2
    assert wang.post(address + "&export=1", {"purpose": "核对报表"})["content-type"].endswith("sheet")


def test_the_catalogue_is_searched_by_words_and_owner(office):
    wang = client_of("wang")
    found = text_of(wang.get("/figures/?words=善款支出&kind=flow"))
    assert "善款支出" in found and "慈善救助户数" not in found
    assert "慈善救助户数" in text_of(wang.get("/figures/?owner=区慈善总会"))


def test_a_campaign_asks_to_pass_on_only_when_something_waits_for_it(office, campaign):
    one = make_application(office, campaign, make_family(office))
    zhao, address = client_of("zhao"), f"/charity/campaigns/{campaign.pk}/"
    assert "上报期满的申请" not in text_of(zhao.get(address))
    carry(office, one, to="notice")
    assert "上报期满的申请" in text_of(zhao.get(address))


def test_a_withdrawal_without_a_reason_asks_for_it_again(office, campaign):
    from linli.kernel.figures.actions import draft_report, sign_report
    from linli.kernel.figures.rules import year_period

    words = {"template": "charity.circular", "period": year_period(2010), "area": office.clerk.area, "title": ""}
    report = draft_report(by=office.clerk, on=DAY, **words)
    with scoped(office.approver):
        sign_report(by=office.approver, on=DAY, report=report)
    wang, address = client_of("wang"), f"/reports/{report.pk}/withdraw/"
    key = key_in(wang.get(f"/reports/{report.pk}/"))
    answer = wang.post(address, {"_key": key, "why": ""})
    assert answer.status_code == 422 and "请填写撤回原因" in text_of(answer)
    assert wang.post(address, {"_key": key_in(answer), "why": "数字有误"}).status_code == 302
    assert "已撤回" in text_of(wang.get(f"/reports/{report.pk}/"))
