"""The OpenAPI document of the interface, made from its definitions (:mod:`linli.domains.intake.rules.open311`)."""

from __future__ import annotations

from typing import Any

from linli.domains.intake.rules.open311 import FORMATS, MOST, OPERATIONS, SHAPES, Field, Operation, Param

CLEAN = r"^[^\u0000-\u001f\u007f\ufffd]*$"
SAID = {
    400: "内容有误，说明里写明哪一项、错在哪里、怎么改", 403: "没有密钥，或密钥已停用", 404: "没有这个地址、事项或诉求",
    405: "这个地址不能这样用", 429: "太频繁，请稍后再试",
}  # fmt: skip


def document(version: str) -> dict[str, Any]:
    """The whole document; each format is a path of its own, as clients ask for it."""
    paths: dict[str, Any] = {}
    for one in OPERATIONS:
        for form in FORMATS:
            paths.setdefault(f"/open311/v2/{one.path}.{form}", {})[one.method.lower()] = _operation(one, form)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "邻里 Open311 GeoReport v2", "version": version,
            "description": "按 Open311 GeoReport v2 提交和查询诉求。查询的答复不含任何人的姓名、电话和原话；保密事项不在其中。",
        },
        "paths": paths, "components": {"schemas": {name: _shape(fields) for name, fields in SHAPES.items()}},
    }  # fmt: skip


def _operation(one: Operation, form: str) -> dict[str, Any]:
    found: dict[str, Any] = {"operationId": f"{one.key}_{form}", "summary": one.zh, "responses": _answers(one, form)}
    named = [_named(one.id_zh)] if one.id_zh else []
    if one.method == "POST":
        found["requestBody"] = _body(one.params)
        return found
    found["parameters"] = [*named, *(_query(param) for param in one.params)]
    return found


def _named(zh: str) -> dict[str, Any]:
    text = {"type": "string", "pattern": "^[0-9A-Za-z-]{1,40}$"}
    return {"name": "id", "in": "path", "required": True, "description": zh, "schema": text}


def _query(one: Param) -> dict[str, Any]:
    return {"name": one.name, "in": "query", "description": one.zh, "required": one.required, "schema": _sent(one)}


def _sent(one: Param) -> dict[str, Any]:
    """What a parameter may be; a list is one text with commas."""
    if one.kind == "whole":
        return {"type": "integer", "minimum": one.least, "maximum": one.most}
    found: dict[str, Any] = {"type": "string", "maxLength": one.longest, "pattern": one.pattern or CLEAN}
    if one.kind == "moment":
        found = {"type": "string", "maxLength": one.longest, "format": "date-time"}
    if one.kind == "number":
        found["pattern"] = r"^-?[0-9]{1,3}(\.[0-9]{1,20})?$"
    if one.kind == "list" and one.one_of:
        choice = "|".join(one.one_of)
        found["pattern"] = f"^({choice})(,({choice}))*$"
    if one.kind == "list":
        found["description"] = f"以逗号分隔，最多{MOST}个"
    if one.required:
        found["minLength"] = 1
    return found


def _body(params: tuple[Param, ...]) -> dict[str, Any]:
    words = {"type": "object", "properties": {one.name: _sent(one) for one in params},
             "required": [one.name for one in params if one.required]}  # fmt: skip
    return {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": words}}}


def _answers(one: Operation, form: str) -> dict[str, Any]:
    whole = {"$ref": f"#/components/schemas/{one.answer}"}
    alone = one.answer in {"discovery", "service_definition"}
    good = whole if alone else {"type": "array", "items": whole, "maxItems": MOST}
    bad = {"type": "array", "items": {"$ref": "#/components/schemas/error"}, "minItems": 1}
    faults = {str(code): _answer(SAID[code], bad, form) for code in (*one.faults, 405)}
    moved = {"302": {"description": "地址里的身份证号、电话和账号已去掉"}} if one.method == "GET" else {}
    return {"200": _answer(one.zh, good, form)} | faults | moved


def _answer(zh: str, schema: dict[str, Any], form: str) -> dict[str, Any]:
    """XML is described by its words alone: the same names, as elements."""
    return {"description": zh, "content": {FORMATS[form]: {"schema": schema if form == "json" else {}}}}


def _shape(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        "type": "object", "additionalProperties": False, "required": [one.name for one in fields],
        "properties": {one.name: _kind(one) for one in fields},
    }  # fmt: skip


def _kind(one: Field) -> dict[str, Any]:
    if one.kind.endswith("[]"):
        return {"type": "array", "items": _plain(one.kind.removesuffix("[]"))}
    found = _plain(one.kind)
    return found | {"type": [found["type"], "null"]} if one.empty else found


def _plain(kind: str) -> dict[str, Any]:
    known: dict[str, dict[str, Any]] = {
        "text": {"type": "string"}, "flag": {"type": "boolean"}, "number": {"type": "number"},
        "moment": {"type": "string", "format": "date-time"},
    }  # fmt: skip
    return known.get(kind, {"$ref": f"#/components/schemas/{kind}"})
