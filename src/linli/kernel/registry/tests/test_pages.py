"""The pages, driven as their users drive them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from linli.base.areas import WHOLE
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine, RequestKey
from linli.kernel.access.samples import PASSWORD
from linli.kernel.registry.actions import add_bank_account, recognise_status
from linli.kernel.registry.models import Household, Person, Status
from linli.kernel.registry.queries import area_on, areas_on, household_of, members_of, people
from linli.kernel.registry.samples import make_household, make_number, make_person

DAY = date(2010, 12, 20)
FAR = "370404100201"


@pytest.fixture(autouse=True)
def the_day(settings):
    settings.BUSINESS_DAY = DAY.isoformat()


def signed_in(username: str) -> Client:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    client = Client(HTTP_HOST="127.0.0.1")
    assert client.login(username=username, password=PASSWORD, request=request)
    return client


@pytest.fixture
def client(worker):
    return signed_in("li")


def key_of(answer) -> str:
    return re.search(r'name="_key" value="([^"]+)"', answer.content.decode())[1]


def send(client: Client, page: str, **fields) -> object:
    """Open the page of a form, fill it in and send it."""
    return client.post(page, fields | {"_key": key_of(client.get(page))})


def text_of(answer) -> str:
    return re.sub(r"<[^>]+>|\s+", " ", answer.content.decode())


def test_all_residents_are_entered_and_looked_up_at_any_time(client, worker):
    """Mission row HALL-16: a worker registers a family through the forms, finds it in the box, and reads it on one page."""
    number = make_number()
    facts = {"name": "李小明", "number": number, "ethnic": "01", "area": worker.area, "address": "和平路12号"}
    answer = send(client, reverse("registry:register"), **facts)
    assert answer.status_code == 302, text_of(answer)
    with scoped(worker):
        person = people().get()
    wife = make_number(date(1962, 7, 9), "2")
    send(client, reverse("registry:register"), **facts | {"name": "王芳", "number": wife})
    answer = send(client, reverse("registry:found", args=[person.pk]), kind="family")
    with scoped(worker):
        household = Household.objects.get()
    assert answer["location"] == reverse("registry:household", args=[household.pk])
    send(client, reverse("registry:join", args=[household.pk]), number=wife, kin="12")
    words = client.post(reverse("registry:search"), {"q": "lxm"})
    assert words["location"] == reverse("registry:search") + "?q=lxm"
    found = client.get(words["location"])
    assert found["location"] == reverse("registry:person", args=[person.pk])
    shown = text_of(client.get(found["location"]))
    assert "李小明" in shown and "王芳" in shown and "和平路12号" in shown
    assert number not in shown
    assert "王芳" in text_of(client.get(reverse("registry:household", args=[household.pk])))
    units = client.get(reverse("registry:people"), {"name": "李"})
    assert "共 1 人" in " ".join(text_of(units).split())


def test_the_register_of_vulnerable_people(client, worker):
    """Mission row RELIEF-02: statuses are recognised on the page of a person and listed by kind and area."""
    person = make_person(worker, DAY)
    make_person(worker, DAY, "王五")
    form = reverse("registry:status", args=[person.pk])
    words = {"kind": "dibao", "grade": "dibao:urban", "since": "2010.12.1", "source": "区民政局"}
    assert send(client, form, **words).status_code == 302
    again = send(client, form, **words)
    assert again.status_code == 422 and "已认定为“最低生活保障”" in again.content.decode()
    listed = client.get(reverse("registry:people"), {"status": "dibao", "area": worker.area}).content.decode()
    assert "李小明" in listed and "王五" not in listed
    with scoped(worker):
        status = Status.objects.get()
    assert send(client, reverse("registry:end_status", args=[status.pk]), day="2010-12-20", reason="收入提高").status_code == 302
    assert "李小明" not in client.get(reverse("registry:people"), {"status": "dibao"}).content.decode()


def test_a_town_is_turned_into_a_street_on_the_page(district, neighbour):
    """Mission row AFFAIRS-08."""
    household = make_household(neighbour, date(2010, 12, 1))
    page = signed_in("sys")
    words = {"code": "370404003000", "name": "古邵街道", "kind": "street", "document": "鲁政字〔2010〕9号"}
    assert send(page, reverse("registry:turn_area", args=["370404100000"]), **words).status_code == 302
    assert area_on(FAR, DAY) == ("370404003201",)
    with scoped(WHOLE):
        assert Household.objects.get(pk=household.pk).area == "370404003201"
    shown = text_of(page.get(reverse("registry:areas")))
    assert "古邵镇 改设为" not in shown and "古邵镇改设为古邵街道" in shown
    assert "古邵街道" not in text_of(page.get(reverse("registry:areas"), {"day": "2010-6-1"})).split("沿革")[0]


def test_streets_are_merged_on_the_page(district):
    """Mission row AFFAIRS-09: two streets become one, with all their communities."""
    page = signed_in("sys")
    new = {"code": "370404003000", "name": "新城街道", "kind": "street", "document": "1号"}
    words = new | {"olds": "370404001000\n 370404002000 "}
    assert send(page, reverse("registry:merge_areas"), **words).status_code == 302
    assert areas_on(DAY).filter(parent="370404003000").count() == 24
    assert "坛山街道" in text_of(page.get(reverse("registry:area", args=["370404003000"])))


def test_committees_are_merged_and_split_on_the_page(district, worker):
    """Mission row AFFAIRS-10."""
    household = make_household(worker, date(2010, 12, 1))
    page = signed_in("sys")
    new = {"code": "370404001050", "name": "和泰社区", "kind": "community", "document": "2号"}
    words = new | {"olds": "370404001001\n370404001002"}
    assert send(page, reverse("registry:merge_areas"), **words).status_code == 302
    with scoped(WHOLE):
        assert Household.objects.get(pk=household.pk).area == "370404001050"
    words = {"parts": "370404001061 东社区\n370404001062 西社区", "kind": "community", "homes": f"{household.pk} 370404001062",
             "rest": "370404001061", "document": "3号"}  # fmt: skip
    split = reverse("registry:split_area", args=["370404001003"])
    assert "1户不在" in send(page, split, **words).content.decode()
    assert send(page, split, **words | {"homes": "甲 370404001062"}).status_code == 422


def test_an_id_of_another_area_is_not_found_at_every_address(client, neighbour):
    household = make_household(neighbour, DAY)
    status = recognise_status(by=neighbour, on=DAY, person_id=household.head_id, kind="ill", source="医院")
    person = ("person", "correct", "death", "status", "account", "found", "leave", "move_alone", "undo")
    addresses = [reverse(f"registry:{name}", args=[household.head_id]) for name in person]
    addresses += [reverse(f"registry:{name}", args=[household.pk]) for name in ("household", "join", "head", "move")]
    addresses += [reverse("registry:end_status", args=[status.pk])]
    for address in addresses:
        assert client.get(address).status_code == 404, address
        assert client.post(address, {"_key": "x"}).status_code in (404, 405), address
    reveal = reverse("registry:reveal", args=[household.head_id])
    assert client.post(reveal, {"field": "number", "purpose": "看看"}).status_code == 404
    join = reverse("registry:join", args=[make_own(client).pk])
    assert send(client, join, person_id=household.head_id, kin="99").status_code == 422


def make_own(client: Client) -> Household:
    from linli.kernel.access.models import Staff
    from linli.kernel.access.queries import actor_for

    worker = actor_for(Staff.objects.get(username="li"), on=DAY)
    return make_household(worker, DAY, names=("赵一",))


def test_a_reveal_shows_the_number_once_and_keeps_it_nowhere(client, worker):
    number = make_number()
    person = make_person(worker, DAY, number=number)
    add_bank_account(by=worker, on=DAY, person_id=person.pk, bank="农商行", number="6223190012345678")
    address = reverse("registry:reveal", args=[person.pk])
    shown = re.sub(r"<[^>]+>", "", client.post(address, {"field": "number", "purpose": "核对证件"}).content.decode())
    assert number in shown
    assert "6223190012345678" in re.sub(
        r"<[^>]+>", "", client.post(address, {"field": "account", "purpose": "发放"}).content.decode()
    )
    assert number not in text_of(client.get(reverse("registry:person", args=[person.pk])))
    refused = client.post(address, {"field": "number", "purpose": ""})
    assert refused.status_code == 422 and "请填写用途" in refused.content.decode()
    with scoped(WHOLE):
        lines = AuditLine.objects.filter(verb="registry.reveal", outcome="done").order_by("id")
        assert [(line.purpose, line.facts["field"]) for line in lines] == [("核对证件", "number"), ("发放", "account")]
        assert not any(number in str(line.facts) for line in AuditLine.objects.all())
    assert not any(number in kept.answer for kept in RequestKey.objects.all())


def test_opening_a_person_and_a_search_leave_lines_without_words(client, worker):
    person = make_person(worker, DAY)
    client.get(reverse("registry:search"), {"q": "李小明"})
    client.get(reverse("registry:person", args=[person.pk]))
    with scoped(WHOLE):
        seen = list(AuditLine.objects.filter(outcome="seen").order_by("id").values_list("verb", "subject", "facts"))
    assert seen == [("registry.search", "", {"found": 1}), ("registry.open", str(person.pk), {})]
    shown = text_of(client.get(reverse("registry:person", args=[person.pk])))
    assert "谁查看、更正过（最近2次）" in shown and "打开档案 李社工" in shown


def test_a_correction_keeps_hidden_numbers_that_were_not_typed(client, worker):
    number = make_number()
    person = make_person(worker, DAY, number=number, phone="13805471234")
    address = reverse("registry:correct", args=[person.pk])
    words = {"name": "李晓明", "ethnic": "03", "sex": "1", "birth": "1960-5-1", "version": "1"}
    assert send(client, address, **words).status_code == 302
    stale = send(client, address, **words | {"name": "李大明"})
    assert stale.status_code == 422 and "其他人办理" in stale.content.decode()
    with scoped(worker):
        from linli.kernel.registry.queries import facts_of

        facts = facts_of(Person.objects.get())
    assert (facts.name, facts.number, facts.phone, facts.ethnic) == ("李晓明", number, "13805471234", "03")


def test_a_wrong_number_is_refused_with_everything_kept(client, worker):
    number = make_number()
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    answer = send(client, reverse("registry:register"), name="䶮㛃𠮷", number=wrong, ethnic="01", area=worker.area)
    page = answer.content.decode()
    assert answer.status_code == 422 and "末位与前17位对不上" in page and "䶮㛃𠮷" in page


def test_an_area_outside_of_the_own_one_cannot_be_posted(client):
    answer = send(client, reverse("registry:register"), name="李四", number=make_number(), ethnic="01", area=FAR)
    assert answer.status_code == 422 and "不在可选范围内" in answer.content.decode()


def test_the_intake_check_names_the_town_only(client, neighbour):
    number = make_number()
    make_person(neighbour, DAY, "秘密", number=number)
    page = send(client, reverse("registry:elsewhere"), number=number).content.decode()
    assert "已在古邵镇登记" in page and "秘密" not in page and "上河村" not in page


def test_a_household_moves_away_on_the_page(client, worker):
    household = make_household(worker, date(2010, 12, 1))
    address = reverse("registry:move", args=[household.pk])
    answer = send(client, address, to=FAR, address="3组8号", since="2010-12-20")
    assert answer["location"] == reverse("registry:people")
    assert "已转往古邵镇古上河村。" in text_of(client.get(answer["location"]))
    assert client.get(reverse("registry:household", args=[household.pk])).status_code == 404


def test_the_head_is_changed_on_the_page(client, worker):
    household = make_household(worker, date(2010, 12, 1))
    with scoped(worker):
        head, wife, son = members_of(household, DAY)
    address = reverse("registry:head", args=[household.pk])
    incomplete = send(client, address, head=wife.pk, day="2010-12-20")
    assert incomplete.status_code == 422 and "每位成员" in incomplete.content.decode()
    words = {"head": wife.pk, f"kin_{head.pk}": "11", f"kin_{son.pk}": "20"}
    assert send(client, address, **words).status_code == 302
    with scoped(worker):
        assert members_of(Household.objects.get(), DAY)[0] == wife
        assert len(members_of(household, DAY)) == 3
        assert members_of(household, date(2010, 12, 10))[0].pk in {head.pk, wife.pk}


def test_a_pair_is_decided_and_undone_on_the_pages(client, worker):
    one = make_person(worker, DAY, "李小明", phone="13805471234")
    other = make_person(worker, DAY, "李晓明", phone="13805471234", no_number_reason="lost")
    assert client.post(reverse("registry:find_duplicates"), {"_key": "find"}).status_code == 302
    queue = client.get(reverse("registry:duplicates")).content.decode()
    pair = re.search(r'href="(/duplicates/\d+/)"', queue)[1]
    assert "不同" in client.get(pair).content.decode()
    assert send(client, pair, answer=str(one.pk), note="同一身份证").status_code == 302
    assert client.get(reverse("registry:person", args=[other.pk]))["location"] == reverse("registry:person", args=[one.pk])
    assert "同一人，已合并" in client.get(reverse("registry:duplicates"), {"decided": "1"}).content.decode()
    assert "李晓明" in client.get(reverse("registry:person", args=[one.pk])).content.decode()
    assert send(client, reverse("registry:undo", args=[other.pk]), note="看错").status_code == 302
    assert client.get(reverse("registry:person", args=[other.pk])).status_code == 200


def test_pages_cost_the_same_for_small_and_large_families(client, worker, django_assert_max_num_queries):
    small = make_household(worker, DAY, names=("赵一", "钱二"))
    large = make_household(worker, DAY, names=("李小明", "王芳", "李强", "李兰", "李宁"))
    with scoped(worker):
        for person in members_of(large, DAY):
            recognise_status(by=worker, on=DAY, person_id=person.pk, kind="ill", source="医院")
    counts = []
    for address in (
        reverse("registry:household", args=[small.pk]), reverse("registry:household", args=[large.pk]),
        reverse("registry:person", args=[small.head_id]), reverse("registry:person", args=[large.head_id]),
    ):  # fmt: skip
        client.get(address)
        with django_assert_max_num_queries(40) as spent:
            assert client.get(address).status_code == 200
        counts.append(len(spent))
    assert counts[0] == counts[1] and counts[2] == counts[3]
    people_page = reverse("registry:people")
    with django_assert_max_num_queries(14):
        client.get(people_page)


def test_the_export_hides_numbers_and_asks_for_a_purpose(client, worker):
    from io import BytesIO

    import openpyxl

    number = make_number()
    make_person(worker, DAY, number=number, phone="13805471234")
    address = reverse("registry:people") + "?export=1"
    assert client.post(address, {"purpose": ""}).status_code == 422
    answer = client.post(address, {"purpose": "上报市局"})
    assert answer.status_code == 200
    cells = [str(cell.value) for row in openpyxl.load_workbook(BytesIO(answer.content)).active for cell in row]
    assert "李小明" in cells and "*" * 14 + number[-4:] in cells and "138****1234" in cells and number not in cells
    with scoped(WHOLE):
        line = AuditLine.objects.get(verb="registry.export")
    assert (line.purpose, line.facts) == ("上报市局", {"rows": 1})


def test_a_leader_has_no_pages_of_people(district):
    from linli.kernel.access.rules import Role
    from linli.kernel.access.samples import make_staff

    make_staff("wu", "吴领导", role=Role.LEADER, area="370404000000", founders=district)
    leader = signed_in("wu")
    assert leader.get(reverse("registry:people")).status_code == 403
    assert leader.get(reverse("registry:search"), {"q": "李"}).status_code == 403
    assert leader.get(reverse("registry:areas")).status_code == 200


def test_a_person_left_without_a_household_says_so(client, worker):
    household = make_household(worker, date(2010, 12, 1))
    with scoped(worker):
        son = members_of(household, DAY)[2]
    assert send(client, reverse("registry:leave", args=[son.pk]), because="分户", day="2010-12-20").status_code == 302
    with scoped(worker):
        assert household_of(son, DAY) is None
    assert "不属于任何一户" in client.get(reverse("registry:person", args=[son.pk])).content.decode()
