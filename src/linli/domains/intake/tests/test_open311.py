"""Open311 GeoReport v2 as programs use it: the public client for Python reads, what it cannot do is sent by plain HTTP."""

from __future__ import annotations

import threading
from datetime import timedelta
from importlib import import_module
from typing import Any
from xml.etree import ElementTree

import pytest
import requests
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client as Browser
from georeport import GeoReport
from tests.journeys.walker import Walker

from linli.base.areas import WHOLE
from linli.domains.intake.models import Client, Post
from linli.domains.intake.rules.openapi import document
from linli.domains.intake.samples import make_client, make_post, receive_all
from linli.kernel.access.actions import scoped
from linli.kernel.access.models import AuditLine
from linli.kernel.access.samples import make_founders
from linli.kernel.orders import actions as work
from linli.kernel.orders.models import Order
from linli.kernel.orders.samples import AT, COMMUNITY, DAY, HOUR, settle

SENT = {
    "service_code": "402010", "description": "三号楼门口的路灯不亮", "attribute[place]": COMMUNITY,
    "address_string": "和平路12号院",
    "last_name": "田", "first_name": "晓光", "phone": "13906320071", "lat": "34.77", "long": "117.59",
}  # fmt: skip


@pytest.fixture
def site(centre, monkeypatch):
    """The address of a running server, and the key of a program."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    class Quiet(WSGIRequestHandler):
        def log_message(self, *words: Any) -> None:
            pass

    class Server(ThreadedWSGIServer):
        def close_request(self, request: Any) -> None:
            connections.close_all()
            super().close_request(request)

    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    server = Server(("127.0.0.1", 0), Quiet)
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/open311/v2", make_client(make_founders()[0], DAY)[1]
    server.shutdown()
    server.server_close()
    thread.join()
    connections.close_all()


def test_the_public_client_reads_what_a_program_sent(site, centre):
    """HOTLINE-01: another platform sends a request with its key, and follows it with the client that cities use."""
    address, key = site
    made = requests.post(f"{address}/requests.json", data=SENT | {"api_key": key}, timeout=20)
    assert made.status_code == 200
    number = made.json()[0]["service_request_id"]
    again = requests.post(f"{address}/requests.json", data=SENT | {"api_key": key}, timeout=20)
    assert again.json()[0]["service_request_id"] == number, "sent twice is one request"
    city, plain = GeoReport(address, jurisdiction="370404"), GeoReport(address, output_format="xml")
    listed = city.get_service_list()
    assert next(one["service_name"] for one in listed if one["service_code"] == "402010") == "路灯不亮"
    assert not [one for one in listed if one["service_name"] == "家庭暴力"], "confidential matters are no services"
    assert plain.get_service_list()[0]["service_code"] == listed[0]["service_code"]
    asked = city.get_service_definition("402010")["attributes"][0]
    assert (asked["code"], asked["required"]) == ("place", True) and COMMUNITY in [one["key"] for one in asked["values"]]
    assert city.get_service_request(number)["status"] == "open"
    receive_all(AT)
    with scoped(WHOLE):
        order = Order.objects.get(number=number)
    assert (order.caller, order.channel, order.address) == ("田晓光", "web", "和平路12号院（北纬34.770000，东经117.590000）")
    order = work.dispatch(by=centre.operator, at=AT, order=order)
    settle(centre.worker, order, AT + HOUR)
    shown = city.get_service_requests(service_code="402010,401010", status="open")
    assert [one["service_request_id"] for one in shown] == [number]
    assert shown[0]["agency_responsible"] == order.desk.name and shown[0]["status_notes"] == "已经答复，请您评价"
    assert not city.get_service_requests(status="closed") and not city.get_service_requests(service_code="301010")
    assert plain.get_service_request(number)["service_request_id"] == number
    said = str(shown) + str(plain.get_service_request(number))
    assert not [one for one in ("田", "1390632", "三号楼", "和平路") if one in said]
    _a_key_ends(address, key)


def _a_key_ends(address, key):
    """The system administrator revokes the key; both acts are lines of the trail, and the key stands in none."""
    Walker("sys").open("/intake/clients/").follow("市政府热线平台").send("停用", why="不再接入")
    gone = requests.post(f"{address}/requests.json", data=SENT | {"api_key": key}, timeout=20)
    assert gone.status_code == 403 and "已停用" in gone.json()[0]["description"]
    with scoped(WHOLE):
        lines = AuditLine.objects.filter(verb="intake.keep_clients")
        assert lines.count() == 2 and key not in str(list(lines.values()))


def test_a_key_is_shown_once_and_kept_as_a_hash(centre):
    page = Walker("sys").open("/intake/clients/").follow("签发密钥").send("签发", name="市平台", per_hour="2")
    key = page.page.xpath("//code")[0].text_content()
    assert key not in page.open(page.address).text
    with scoped(WHOLE):
        one = Client.objects.get()
        assert one.tail == key[-4:] and key.encode() not in bytes(one.digest)
    page.open("/intake/clients/new/").send("签发", 422, name="市平台", per_hour="2")
    assert "已有在用的密钥" in page.text
    program = Browser(HTTP_HOST="127.0.0.1")
    codes = [_post(program, api_key=key, description=f"第{turn}件事").status_code for turn in range(3)]
    assert codes == [200, 200, 429], "each key has its own limit"
    with scoped(WHOLE):
        assert {post.client_id for post in Post.objects.all()} == {one.pk}


def _post(program, form="json", **words):
    return program.post(f"/open311/v2/requests.{form}", {k: v for k, v in (SENT | words).items() if v is not None})


def test_what_is_wrong_is_answered_as_the_specification_says(centre):
    program = Browser(HTTP_HOST="127.0.0.1")
    key = make_client(make_founders()[0], DAY)[1]
    for code, said, words in (
        (403, "api_key", {}), (403, "已停用", {"api_key": "ll-wrong"}), (400, "service_code", {"service_code": None}),
        (404, "没有这一项", {"service_code": "999999"}), (404, "没有这一项", {"service_code": "302030"}),
        (400, "description", {"description": None}), (400, "attribute[place]", {"attribute[place]": None}),
        (400, "没有这个村", {"attribute[place]": "370404999999"}), (404, "jurisdiction_id", {"jurisdiction_id": "110101"}),
        (400, "lat", {"lat": "north"}), (400, "phone", {"phone": "12"}), (400, "UTF-8", {"description": "坏\x00字"}),
        (400, "1000个字", {"description": "长" * 1001}),
    ):  # fmt: skip
        answer = _post(program, **({"api_key": key} if code != 403 else {}) | words)
        assert answer.status_code == code and said in answer.json()[0]["description"], (words, answer.content.decode())
        assert answer.json()[0]["code"] == code
    for code, path in (
        (400, "requests.json?start_date=2010-01-01T00:00:00Z&end_date=2010-06-01T00:00:00Z"), (400, "requests.json?status=done"),
        (400, "requests.json?start_date=yesterday"), (400, "requests.json?page_size=1001"), (404, "requests/20101201-99999.json"),
        (404, "services/302030.json"), (404, "services.txt"), (404, "nothing.json"), (404, "tokens/x.json"),
        (400, "requests.json?start_date=2010-12-02&end_date=2010-12-01"), (404, "requests/%00.json"),
    ):  # fmt: skip
        answer = program.get(f"/open311/v2/{path}")
        assert (answer.status_code, answer.json()[0]["code"]) == (code, code), path
    wrong = program.get("/open311/v2/services/0.xml")
    assert ElementTree.fromstring(wrong.content).find("error/code").text == "404"
    assert program.delete("/open311/v2/requests.json").status_code == 405
    raw = program.post("/open311/v2/requests.json", b"--x\r\nbroken", content_type="multipart/form-data; boundary=x")
    assert raw.status_code in (400, 403) and raw.json()
    _lists(program)


def _lists(program):
    """Pages, days, tokens; by default the last 90 days."""
    numbers = [make_post(AT - timedelta(days=turn * 40), text=f"第{turn}件：路灯坏了").number for turn in range(4)]
    listed = [one["service_request_id"] for one in program.get("/open311/v2/requests.json").json()]
    assert listed == numbers[:3]
    paged = [program.get(f"/open311/v2/requests.json?page_size=2&page={page}").json() for page in (1, 2, 3)]
    assert [[one["service_request_id"] for one in page] for page in paged] == [listed[:2], listed[2:], []]
    old = program.get("/open311/v2/requests.json?end_date=2010-09-01T00:00:00Z").json()
    assert [one["service_request_id"] for one in old] == numbers[3:]
    several = program.get(f"/open311/v2/requests.json?service_request_id={','.join(numbers)}&status=closed").json()
    assert len(several) == 4, "numbers override everything else"
    token = program.get(f"/open311/v2/tokens/{numbers[0]}.json").json()
    assert token == [{"service_request_id": numbers[0], "token": numbers[0]}]
    found = program.get("/open311/v2/discovery.xml")
    assert ElementTree.fromstring(found.content).find("endpoints/endpoint/url").text.endswith("/open311/v2")


def test_the_document_names_every_parameter_that_is_read_and_every_field_that_is_answered(centre):
    told = document("1")
    body = told["paths"]["/open311/v2/requests.json"]["post"]["requestBody"]["content"]
    assert body["application/x-www-form-urlencoded"]["schema"]["required"] == ["api_key", "service_code", "description"]
    shown = Browser(HTTP_HOST="127.0.0.1").get("/open311/openapi.json").json()
    assert shown["paths"].keys() == told["paths"].keys()
    sent = make_post(AT)
    one = Browser(HTTP_HOST="127.0.0.1").get(f"/open311/v2/requests/{sent.number}.json").json()[0]
    assert list(one) == told["components"]["schemas"]["request"]["required"]


@pytest.mark.nightly
def test_no_question_is_answered_with_a_fault_of_ours_or_beside_the_document(centre, monkeypatch):
    """schemathesis asks everything that the document allows, and much that it does not."""
    import schemathesis
    from hypothesis import HealthCheck, given, settings

    door = import_module("linli.domains.intake.views.open311")
    monkeypatch.setattr(door, "READS_PER_HOUR", 10_000_000)
    key = make_client(make_founders()[0], DAY)[1]
    with scoped(WHOLE):
        Client.objects.update(per_hour=100_000)
    for turn in range(5):
        make_post(AT, text=f"第{turn}件：路灯坏了", phone=f"1390632{turn:04d}")
    schema = schemathesis.openapi.from_wsgi("/open311/openapi.json", get_wsgi_application())
    for found in schema.get_all_operations():
        operation = found.ok()
        modes = schemathesis.GenerationMode
        for mode in (modes.POSITIVE, modes.NEGATIVE):
            _ask_all(operation, mode, key, given, settings, HealthCheck)


def _ask_all(operation, mode, key, given, settings, checks):
    """What two fields must be to each other (days apart) no schema says; and an empty field, or a day without its hour, is
    taken kindly: whether a question is accepted is not judged, what it is answered is.
    """
    from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

    beside = [positive_data_acceptance, negative_data_rejection]
    spoilable = operation.body or operation.query or operation.path_parameters
    if mode is mode.NEGATIVE and not spoilable:
        return
    cases = operation.as_strategy(generation_mode=mode)

    @given(case=cases)
    @settings(max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(checks))
    def ask(case):
        if isinstance(case.body, dict) and "api_key" in case.body and len(str(case.body)) % 2:
            case.body["api_key"] = key
        case.call_and_validate(excluded_checks=beside)

    ask()
