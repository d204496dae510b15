"""Open311 GeoReport v2: one door that reads a question by the definitions, asks, and writes JSON or XML."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from linli import VERSION
from linli.domains.intake import actions, queries
from linli.domains.intake.rules.open311 import (
    FORMATS,
    ITEMS,
    MOST,
    PLACE,
    READS_PER_HOUR,
    ROOTS,
    Operation,
    Problem,
    find,
    read,
    span_of,
    written,
)
from linli.domains.intake.rules.openapi import document
from linli.kernel.access.rules import Refused, public_page
from linli.kernel.publicity.actions import address_of, take_turn
from linli.kernel.publicity.queries import communities
from linli.kernel.registry.rules import read_phone
from linli.kernel.ui.queries import moment

CONTACT = "区市民服务中心"
NOTICE = "已收到，工作人员看过以后转给承办单位。"
NO_PLACE = f"没有收到 attribute[{PLACE}] 或 address_id（村、社区代码），只有经纬度不能转办。可用的代码见事项说明。"
OTHER_PLACE = "jurisdiction_id（行政区划代码）不是本区，请核对。"


@public_page
@require_safe
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document, from the same definitions by which questions are read."""
    return HttpResponse(json.dumps(document(VERSION), ensure_ascii=False), content_type="application/json")


@public_page
@csrf_exempt
def open311(request: HttpRequest, what: str) -> HttpResponse:
    """A program's question. It carries no session, so no token of a form guards it: sending needs a key of its own."""
    form = what.rpartition(".")[2]
    try:
        operation, name, form = find(request.method or "", what)
        given = read(operation.params, _sent(request, operation))
        _same_place(request, given.get("jurisdiction_id", ""))
        if operation.method == "GET":
            _count(request)
        return _written(operation.answer, _ANSWERS[operation.key](request, name, given), form)
    except Problem as fault:
        answer = _written("error", [{"code": fault.code, "description": fault.description}], form, fault.code)
        if fault.code == 405:
            answer["Allow"] = "GET, HEAD, POST" if what.startswith("requests.") else "GET, HEAD"
        return answer


def _sent(request: HttpRequest, operation: Operation) -> dict[str, str]:
    try:
        given = request.POST if operation.method == "POST" else request.GET
        return {name: value if isinstance(value, str) else "" for name, value in given.items()}
    except (MultiPartParserError, RequestDataTooBig, SuspiciousOperation) as fault:
        raise Problem(400, "发送的内容读不懂或太大，请用 application/x-www-form-urlencoded 重新发送。") from fault


def _count(request: HttpRequest) -> None:
    try:
        take_turn(on=request.today, address=address_of(request), per_hour=READS_PER_HOUR, page="intake.open311")
    except Refused as fault:
        raise Problem(429, "查询太频繁，请过几分钟再试。") from fault


def _same_place(request: HttpRequest, given: str) -> None:
    if given and given not in {code[:6] for code, _, _ in communities(request.today)}:
        raise Problem(404, OTHER_PLACE)


def _discovery(request: HttpRequest, name: str, given: dict[str, Any]) -> Any:
    at = written(moment(request).replace(hour=0, minute=0, second=0, microsecond=0))
    address = request.build_absolute_uri(reverse("intake:open311", args=["x"])).removesuffix("/x")
    endpoint = {
        "specification": "http://wiki.open311.org/GeoReport_v2", "url": address, "changeset": at, "type": "production",
        "formats": [f"{kind}; charset=utf-8" for kind in FORMATS.values()],
    }  # fmt: skip
    return {"changeset": at, "contact": CONTACT, "key_service": f"密钥请向{CONTACT}申请", "endpoints": [endpoint]}


def _services(request: HttpRequest, name: str, given: dict[str, Any]) -> Any:
    return queries.told_services()


def _definition(request: HttpRequest, name: str, given: dict[str, Any]) -> Any:
    return queries.told_definition(name, request.today)


def _requests(request: HttpRequest, name: str, given: dict[str, Any]) -> Any:
    size = given.get("page_size", MOST)
    past = (given.get("page", 1) - 1) * size
    if numbers := given.get("service_request_id"):
        return queries.told_requests(numbers=numbers, most=size, past=past)
    first, last = span_of(given.get("start_date"), given.get("end_date"), moment(request))
    return queries.told_requests(
        codes=given.get("service_code"), statuses=given.get("status"), first=first, last=last, most=size, past=past
    )


def _request(request: HttpRequest, name: str, given: dict[str, Any]) -> Any:
    found = queries.told_requests(numbers=[_plain(name)])
    if not found:
        raise Problem(404, "没有这个诉求编号，请核对。")
    return found


def _token(request: HttpRequest, name: str, given: dict[str, Any]) -> Any:
    """A request has its number at once, so the number is its own token."""
    (found,) = _request(request, name, given)
    return [{"service_request_id": found["service_request_id"], "token": found["service_request_id"]}]


def _plain(name: str) -> str:
    return name if name.isascii() and name.isprintable() and len(name) <= 40 else ""


def _send(request: HttpRequest, name: str, given: dict[str, Any]) -> Any:
    client = queries.client_of(actions.digest_of(given["api_key"]))
    if client is None:
        _count(request)
        raise Problem(403, "api_key（密钥）不对或已停用，请向签发单位核对。")
    if given["service_code"] not in queries.services():
        raise Problem(404, "service_code（事项代码）没有这一项，请先查询 services。")
    place = given.get(f"attribute[{PLACE}]") or given.get("address_id")
    if not place:
        raise Problem(400, NO_PLACE)
    try:
        sent = actions.send(
            at=moment(request), address=f"client {client['id']}", per_hour=client["per_hour"], client=client["id"],
            name=f"{given.get('last_name', '')}{given.get('first_name', '')}", phone=_phone(given.get("phone", "")),
            text=_text(given), category=given["service_code"], place=place, where=_where(given),
        )  # fmt: skip
    except Refused as fault:
        raise Problem(400 if fault.field else 429, fault.message) from fault
    return [{"service_request_id": sent.number, "service_notice": NOTICE, "account_id": None}]


def _text(given: dict[str, Any]) -> str:
    said: str = given["description"]
    if len(said) < 2:
        raise Problem(400, "description（诉求内容）至少要有2个字，请补全。")
    return f"{said}\n附图网址：{given['media_url']}" if given.get("media_url") else said


def _where(given: dict[str, Any]) -> str:
    point = f"（北纬{given['lat']:.6f}，东经{given['long']:.6f}）" if {"lat", "long"} <= given.keys() else ""
    return f"{given.get('address_string', '')[:160]}{point}"


def _phone(typed: str) -> str:
    if not typed:
        return ""
    try:
        return read_phone(typed)
    except ValueError as fault:
        raise Problem(400, f"phone（电话）：{fault}") from fault


_ANSWERS = {
    "discovery": _discovery, "services": _services, "definition": _definition, "requests": _requests, "request": _request,
    "token": _token, "send": _send,
}  # fmt: skip


def _written(shape: str, content: Any, form: str, status: int = 200) -> HttpResponse:
    """The answer as JSON, or as XML where that was asked for."""
    if form != "xml":
        text = json.dumps(content, ensure_ascii=False)
        return HttpResponse(text, content_type="application/json; charset=utf-8", status=status)
    root = _element(ROOTS[shape], content, ITEMS.get(shape, shape)) if shape in ROOTS else _element(shape, content)
    body = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(body, content_type="text/xml; charset=utf-8", status=status)


def _element(name: str, content: Any, item: str = "") -> ElementTree.Element:
    found = ElementTree.Element(name)
    if isinstance(content, dict):
        found.extend(_element(key, value, key.removesuffix("s")) for key, value in content.items())
    elif isinstance(content, list):
        found.extend(_element(item, value) for value in content)
    elif isinstance(content, bool):
        found.text = "true" if content else "false"
    else:
        found.text = "" if content is None else str(content)
    return found
