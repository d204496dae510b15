"""The register of vulnerable people: recognised, listed, counted by type and as a share, on the boundaries of the day."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.http import HttpRequest
from django.test import Client

from linli.kernel.access.actions import scoped
from linli.kernel.access.rules import Role
from linli.kernel.access.samples import PASSWORD, make_founders, make_staff
from linli.kernel.figures.queries import check_relations, figure, relations, rows, value
from linli.kernel.figures.rules import Period
from linli.kernel.registry.actions import merge_areas, merge_persons, recognise_status
from linli.kernel.registry.models import Person, Status
from linli.kernel.registry.queries import vulnerable
from linli.kernel.registry.rules import NEEDS, STATUS_KINDS, VULNERABLE, NewArea, cause_of, need_of
from linli.kernel.registry.samples import make_areas, make_person

DAY, BEFORE = date(2010, 12, 20), date(2010, 12, 19)
HERE, NEXT, FAR = "370404001001", "370404001002", "370404100201"
ROWS = (
    ("赵一", HERE, (("dibao", "urban"),)),
    ("钱二", HERE, (("dibao", "rural"), ("poor_by_illness", ""))),
    ("孙三", NEXT, (("tekun", "home"),)),
    ("李四", NEXT, (("poor_again_by_illness", ""),)),
    ("周五", FAR, (("poor_by_calamity", ""), ("disabled", "11"))),
    ("吴六", FAR, (("laid_off", "older"),)),
    ("郑七", FAR, ()),
    ("王八", HERE, (("student", "junior"),)),
)  # fmt: skip


@pytest.fixture
def office(db, settings):
    settings.BUSINESS_DAY = DAY.isoformat()
    founders = make_founders()
    make_areas(founders[0])
    return make_staff("zhou", "周审批", role=Role.DISTRICT_APPROVER, area="370404000000", founders=founders)


def signed_in(username: str) -> Client:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    client = Client(HTTP_HOST="127.0.0.1")
    assert client.login(username=username, password=PASSWORD, request=request)
    return client


def text(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def enter(client: Client, page: str, **fields):
    key = re.search(r'name="_key" value="([^"]+)"', client.get(page).content.decode())[1]
    answer = client.post(page, fields | {"_key": key})
    assert answer.status_code == 302, text(answer)
    return answer


@pytest.fixture
def people(office):
    """The people of the table, each recognised through the form on the person's page."""
    client, made = signed_in("zhou"), {}
    for name, area, statuses in ROWS:
        made[name] = make_person(office, BEFORE, name, area)
        for kind, grade in statuses:
            words = {"kind": kind, "grade": f"{kind}:{grade}" if grade else "", "since": "2010-12-1", "source": "区民政局"}
            enter(client, f"/people/{made[name].pk}/status/", **words)
    return made


def lines_of(page: str) -> dict[str, list[str]]:
    """The lines of the table of shares: name of the area to its cells."""
    found = re.findall(r'<tr(?: class="sum")?><th scope="row">([^<]+)</th>(.*?)</tr>', page, re.S)
    return {name: re.findall(r">\s*([^<>\s]+)\s*<", cells) for name, cells in found}


def test_the_register_lists_counts_and_opens_every_number(office, people):
    """Mission row RELIEF-02."""
    client = signed_in("zhou")
    listed = text(client.get("/people/vulnerable/"))
    assert "共 6 人" in listed and "郑七" not in listed and "王八" not in listed
    assert "农村低保 因病致贫" in listed and "其他 自然灾害" in listed
    assert "共 1 人" in text(client.get("/people/vulnerable/", {"need": "4"}))
    assert "（致贫原因：因病返贫）" in text(client.get("/people/vulnerable/", {"cause": "2"})).replace(" ", "")
    assert "共 1 人" in text(client.get("/people/vulnerable/", {"group": "laid_off", "area": FAR}))
    answer = client.post("/people/vulnerable/?cause=4&export=1", {"purpose": "上报市局"})
    cells = [str(cell.value) for row in openpyxl.load_workbook(BytesIO(answer.content)).active for cell in row]
    assert "周*" in cells and "自然灾害" in cells and "吴*" not in cells and "周五" not in cells

    page = client.get("/shares/registry.vulnerable/").content.decode()
    lines = lines_of(page)
    assert lines["坛山街道"] == ["5", "4", "1", "1", "0", "1", "1", "80.0%"]
    assert lines["古邵镇"] == ["3", "2", "0", "0", "0", "0", "2", "66.7%"]
    assert lines["合计"] == ["8", "6", "1", "1", "0", "1", "3", "75.0%"]
    opened = 0
    for href, number in re.findall(r'<td class="number"><a href="([^"]+)">(\d+)</a>', page):
        assert f"共 {number} 条记录" in text(client.get(href.replace("&amp;", "&"))), href
        opened += 1
    assert opened > 12
    figure_page = client.get("/figures/registry.vulnerable/").content.decode()
    assert "/shares/registry.vulnerable/" in figure_page and "因病返贫" in figure_page


def test_the_shares_stand_on_the_boundaries_of_the_day_that_is_asked_for(office, people):
    """Mission row RELIEF-02."""
    system, _ = make_founders()
    merge_areas(by=system, on=DAY, olds=[HERE, NEXT], new=NewArea("370404001051", "和泰社区", "community"))
    client = signed_in("zhou")
    town = {"area": "370404001000"}
    now = lines_of(client.get("/shares/registry.vulnerable/", town | {"period": "2010-12-20..2010-12-20"}).content.decode())
    then = client.get("/shares/registry.vulnerable/", town | {"period": "2010-12-19..2010-12-19"}).content.decode()
    assert now["和泰社区"][:2] == ["5", "4"] and "和顺社区" not in now
    assert lines_of(then)["和顺社区"][:2] == ["3", "2"] and "和泰社区" not in lines_of(then)
    for href, number in re.findall(r'<td class="number"><a href="([^"]+)">(\d+)</a>', then):
        assert f"共 {number} 条记录" in text(client.get(href.replace("&amp;", "&"))), href


def test_the_types_sum_to_the_register_and_follow_the_day(office, people):
    whole = ("registry.vulnerable.parts", "registry.vulnerable.fewer")
    for day, count in ((DAY, 6), (date(2010, 11, 30), 0)):
        period = Period(day, day, "某日")
        with scoped(office):
            keys = ["registry.people", "registry.vulnerable", *(f"registry.vulnerable_{code}" for code in NEEDS)]
            values = {key: value(figure(key), period, office.area) for key in keys}
        assert values["registry.vulnerable"] == count
        checks = check_relations(values, [one for one in relations() if one.key in whole])
        assert len(checks) == 2 and all(check.holds for check in checks)


def test_a_merged_person_counts_once_with_the_statuses_of_both_rows(office, people):
    again = make_person(office, BEFORE, "赵乙", HERE, no_number_reason="lost")
    recognise_status(by=office, on=DAY, person_id=again.pk, kind="poor_by_illness", source="区民政局")
    with scoped(office):
        assert vulnerable(DAY).count() == 7
    merge_persons(by=office, on=DAY, survivor_id=people["赵一"].pk, merged_id=again.pk)
    with scoped(office):
        found = vulnerable(DAY)
        assert found.count() == 6
        assert [(one.need, one.cause) for one in found if one.pk == people["赵一"].pk] == [(1, 1)]
        assert rows(figure("registry.vulnerable_1"), Period(DAY, DAY, ""), HERE).count() == 1


def test_the_database_and_the_rule_give_one_type_and_cause(office, people):
    with scoped(office):
        held = {pk: set() for pk in Person.objects.values_list("pk", flat=True)}
        for pk, kind, grade in Status.objects.values_list("person_id", "kind", "grade"):
            held[pk].add((kind, grade))
        for one in vulnerable(DAY):
            assert (one.need, one.cause) == (need_of(held[one.pk]), cause_of(kind for kind, _ in held[one.pk]))


def test_every_kind_of_the_register_is_a_status():
    assert STATUS_KINDS.keys() >= VULNERABLE


@pytest.mark.parametrize(
    ("statuses", "need", "cause"),
    [
        ({("dibao", "urban"), ("tekun", "home")}, 1, 9), ({("dibao", "")}, 3, 9), ({("tekun", "institution")}, 4, 9),
        ({("poor_by_disaster", ""), ("poor_by_illness", "")}, 9, 1), (set(), 9, 9), ({("dibao", "rural"), ("dibao", "")}, 2, 9),
    ],
)  # fmt: skip
def test_one_type_and_one_cause_for_each(statuses, need, cause):
    assert (need_of(statuses), cause_of(kind for kind, _ in statuses)) == (need, cause)


def test_a_leader_sees_shares_without_small_counts_and_cannot_open_them(office, people):
    make_staff("qin", "秦区长", Role.LEADER, "370404000000", founders=make_founders())
    page = signed_in("qin").get("/shares/registry.vulnerable/")
    assert page.status_code == 200 and "少于5" in text(page) and "/rows/" not in page.content.decode()
    assert signed_in("qin").get("/people/vulnerable/").status_code == 403
