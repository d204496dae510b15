"""The list of the helped, from the federation's desk to the residents and back."""

from __future__ import annotations

import re

import pytest
from django.http import HttpRequest
from django.test import Client

from linli.domains.charity import queries
from linli.domains.charity.samples import carry, make_application, make_campaign, make_family, make_office
from linli.kernel.access.actions import scoped
from linli.kernel.access.samples import PASSWORD
from linli.kernel.cases.queries import case_by_id, timeline
from linli.kernel.cases.rules import Kind
from linli.kernel.publicity.queries import objections, published, published_items


def signed_in(username: str) -> Client:
    client, request = Client(HTTP_HOST="127.0.0.1"), HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    assert client.login(username=username, password=PASSWORD, request=request)
    return client


def send(client: Client, address: str, to: str = "", **words: str):
    """Fill in the last form of this page and send it (``to`` an address below)."""
    page = client.get(address)
    assert page.status_code == 200, page.content.decode()
    key = re.findall(r'name="_key" value="([^"]+)"', page.content.decode())[-1]
    answer = client.post(address + to, {"_key": key, **words})
    assert answer.status_code == 302, answer.content.decode()
    return answer["location"]


@pytest.fixture
def office(fresh_database, django_db_blocker, settings):
    with django_db_blocker.unblock():
        yield make_office()


def test_the_list_is_published_a_resident_objects_and_who_does_not_qualify_loses_the_aid(office, settings):
    """CHARITY-17: 救助名单向社会公开，接受群众监督，对不符合条件的一律取消救助资格。"""
    campaign = make_campaign(office)
    one = make_application(office, campaign, make_family(office))
    other = make_application(office, campaign, make_family(office, names=("赵大", "钱二")))
    carry(office, one)
    on = carry(office, other)
    settings.BUSINESS_DAY = on.isoformat()

    clerk = signed_in("zhou")
    look = clerk.post(f"/charity/campaigns/{campaign.pk}/publish/", {"_key": "list"})["location"]
    page = clerk.get(look).content.decode()
    assert "公示名单（共 2 条）" in page and not published(on=on).exists()
    send(clerk, look, looked="on")

    resident = Client(HTTP_HOST="127.0.0.1")
    shown = published(on=on).get(kind="charity.list")
    assert f"/bulletin/{shown.pk}/" in resident.get("/bulletin/").content.decode()
    page = resident.get(f"/bulletin/{shown.pk}/").content.decode()
    assert "990404" not in page and "500.00" in page
    send(resident, f"/bulletin/{shown.pk}/message/", kind="objection", item_number="1", text="该户在城里有两套商品房。")

    assert clerk.post("/objections/collect/", {"_key": "collect"}).status_code == 302
    with scoped(office.clerk):
        objection = objections(state="open").get()
    address = f"/objections/{objection.pk}/"
    assert "该户在城里有两套商品房" in clerk.get(address).content.decode()
    send(clerk, address, decision="accept")
    send(clerk, address, decision="upheld", outcome="经核查属实，取消救助资格。")
    assert [line.number for line in published_items(shown)] == [2]

    approver = signed_in("wang")
    send(approver, f"/charity/applications/{one.pk}/", to="cancel/", why="公开后查实有商品房两套")
    with scoped(office.approver):
        assert [queries.application(row.pk).state for row in (one, other)] == ["cancelled", "granted"]
        assert Kind.OBJECTION in {item.kind for item in timeline(case_by_id(one.case_id))}
