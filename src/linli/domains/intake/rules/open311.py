"""Open311 GeoReport v2 as data: operations, what they take, what they answer. Requests are read by it and the OpenAPI document
is made from it, so that neither can say what the other does not. Specification: wiki.open311.org/GeoReport_v2.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from linli.base.days import SHANGHAI
from linli.base.named import Named
from linli.kernel.orders.rules import Stage

MOST = 1000
"""Requests in one answer at most (GeoReport v2: "the most recent 1000")."""
SPAN = timedelta(days=90)
"""Dates may not lie further apart (GeoReport v2)."""
READS_PER_HOUR = 3600
"""Questions of one network address in an hour (house rule)."""
FORMATS = {"json": "application/json", "xml": "text/xml"}
PLACE = "place"
"""The attribute that names the community; the service definition lists its values."""
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd\ud800-\udfff]")


class ServiceStatus(Named):
    """The two states of a service request."""

    OPEN = "open", "未办结"
    CLOSED = "closed", "已办结"


class Problem(Exception):
    """What an answer with a fault says."""

    def __init__(self, code: int, description: str) -> None:
        super().__init__(description)
        self.code, self.description = code, description


@dataclass(frozen=True, slots=True)
class Param:
    """Something that is sent. ``kind``: text, whole, moment, number, or list (several with commas between); ``one_of``: what it
    may be; ``pattern``: how a text looks that has a chance of being right.
    """

    name: str
    zh: str
    kind: str = "text"
    required: bool = False
    one_of: tuple[str, ...] = ()
    longest: int = 200
    least: int = 1
    most: int = 0
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """Something that is answered. ``kind``: text, flag, moment, number, or the name of a shape, with [] for several."""

    name: str
    kind: str = "text"
    empty: bool = False


JURISDICTION = Param("jurisdiction_id", "行政区划代码（6位），只有一个辖区时可以不填", longest=60, pattern="^([0-9]{6})?$")
LISTED = (
    JURISDICTION, Param("service_request_id", "诉求编号，可多个；填了它，其他条件不起作用", "list", longest=20_000),
    Param("service_code", "事项代码，可多个", "list", longest=2000),
    Param("start_date", "提交时间自", "moment", longest=40),
    Param("end_date", "提交时间至，与前者相距不超过90天", "moment", longest=40),
    Param("status", "状态，可多个", "list", one_of=("open", "closed"), longest=60),
    Param("page", "第几页", "whole", most=100_000), Param("page_size", "每页件数", "whole", most=MOST),
)  # fmt: skip
SENT = (
    Param("api_key", "密钥", required=True), JURISDICTION,
    Param("service_code", "事项代码", required=True, longest=6, pattern="^[0-9]{6}$"),
    Param("description", "诉求内容", required=True, longest=1000),
    Param(f"attribute[{PLACE}]", "村（社区）代码，见事项说明", longest=12, pattern="^([0-9]{12})?$"),
    Param("address_id", "村（社区）代码，可代替 attribute[place]", longest=12, pattern="^([0-9]{12})?$"),
    Param("address_string", "具体地点"), Param("lat", "纬度（WGS84）", "number", longest=30),
    Param("long", "经度（WGS84）", "number", longest=30), Param("first_name", "名", longest=30),
    Param("last_name", "姓", longest=30),
    Param("phone", "电话", longest=20, pattern="^(1[0-9]{10}|0[0-9]{2,3}-[1-9][0-9]{6,7})?$"),
    Param("email", "不使用、不保存"), Param("device_id", "不使用、不保存"), Param("account_id", "不使用、不保存"),
    Param("media_url", "图片网址，只记下，不打开", longest=300),
)  # fmt: skip
SHAPES: dict[str, tuple[Field, ...]] = {
    "service": (
        Field("service_code"), Field("service_name"), Field("description"), Field("metadata", "flag"), Field("type"),
        Field("keywords"), Field("group"),
    ),
    "value": (Field("key"), Field("name")),
    "attribute": (
        Field("variable", "flag"), Field("code"), Field("datatype"), Field("required", "flag"), Field("datatype_description"),
        Field("order", "number"), Field("description"), Field("values", "value[]"),
    ),
    "service_definition": (Field("service_code"), Field("attributes", "attribute[]")),
    "request": (
        Field("service_request_id"), Field("status"), Field("status_notes"), Field("service_name"), Field("service_code"),
        Field("description", empty=True), Field("agency_responsible", empty=True), Field("service_notice", empty=True),
        Field("requested_datetime", "moment"), Field("updated_datetime", "moment"),
        Field("expected_datetime", "moment", empty=True),
        Field("address"), Field("address_id"), Field("zipcode", empty=True), Field("lat", "number", empty=True),
        Field("long", "number", empty=True), Field("media_url", empty=True),
    ),
    "receipt": (Field("service_request_id"), Field("service_notice"), Field("account_id", empty=True)),
    "token": (Field("service_request_id"), Field("token")),
    "endpoint": (Field("specification"), Field("url"), Field("changeset", "moment"), Field("type"), Field("formats", "text[]")),
    "discovery": (Field("changeset", "moment"), Field("contact"), Field("key_service"), Field("endpoints", "endpoint[]")),
    "error": (Field("code", "number"), Field("description")),
}  # fmt: skip
ROOTS = {"service": "services", "request": "service_requests", "receipt": "service_requests", "token": "service_requests",
         "error": "errors"}  # fmt: skip
"""What the list of a shape is called in XML; a shape that is not here is answered alone."""
ITEMS = {"receipt": "request", "token": "request"}


@dataclass(frozen=True, slots=True)
class Operation:
    """One question: its key, method, path (``{id}`` stands for a name in it), what it takes and answers."""

    key: str
    method: str
    path: str
    zh: str
    answer: str
    params: tuple[Param, ...] = (JURISDICTION,)
    faults: tuple[int, ...] = (400, 404, 429)
    id_zh: str = ""


OPERATIONS = (
    Operation("discovery", "GET", "discovery", "接口在哪里", "discovery", ()),
    Operation("services", "GET", "services", "可以提交哪些事项", "service"),
    Operation("definition", "GET", "services/{id}", "一个事项要填什么", "service_definition", id_zh="事项代码"),
    Operation("requests", "GET", "requests", "查询一批诉求", "request", LISTED),
    Operation("send", "POST", "requests", "提交诉求", "receipt", SENT, (400, 403, 404, 429)),
    Operation("request", "GET", "requests/{id}", "查询一件诉求", "request", id_zh="诉求编号"),
    Operation("token", "GET", "tokens/{id}", "以凭据换取诉求编号", "token", id_zh="凭据，即诉求编号"),
)  # fmt: skip


def find(method: str, what: str) -> tuple[Operation, str, str]:
    """The operation of a path without its beginning, the name in it, and the format. :raises Problem: 404, or 405."""
    path, dot, form = what.rpartition(".")
    if not dot or form not in FORMATS:
        raise Problem(404, "没有这个地址，或不支持这种格式。请以 .json 或 .xml 结尾。")
    head, slash, name = path.partition("/")
    wanted = f"{head}/{{id}}" if slash and name else path
    known = [one for one in OPERATIONS if one.path == wanted]
    if not known:
        raise Problem(404, "没有这个地址，请对照接口说明核对。")
    for one in known:
        if one.method == ("GET" if method == "HEAD" else method):
            return one, name, form
    raise Problem(405, f"这个地址只能用 {'、'.join(one.method for one in known)}。")


def read(params: Sequence[Param], given: Mapping[str, str]) -> dict[str, Any]:
    """The values that were sent, as they are meant. :raises Problem: 400, with the parameter, the fault and the mend."""
    return {one.name: value for one in params if (value := _value(one, given.get(one.name, ""))) is not None}


def _value(one: Param, text: str) -> Any:
    if _BAD.search(text):
        raise Problem(400, f"{one.name}（{one.zh}）含有不能识别的字符，请用 UTF-8 编码重新发送。")
    text = text.strip()
    if not text:
        if one.required:
            raise Problem(403 if one.name == "api_key" else 400, f"没有收到 {one.name}（{one.zh}），请补上。")
        return None
    if len(text) > one.longest:
        raise Problem(400, f"{one.name}（{one.zh}）不能超过{one.longest}个字，请缩短。")
    reader = _READERS.get(one.kind)
    return reader(one, text) if reader else text


def _whole(one: Param, text: str) -> int:
    if not re.fullmatch("[0-9]{1,9}", text) or not one.least <= int(text) <= one.most:
        raise Problem(400, f"{one.name}（{one.zh}）应为{one.least}到{one.most}的整数，请核对。")
    return int(text)


def _number(one: Param, text: str) -> float:
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,20})?", text):
        raise Problem(400, f"{one.name}（{one.zh}）应为小数形式的度数，如 117.59，请核对。")
    return float(text)


def _moment(one: Param, text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text.replace(" ", "+"))  # a plus in an address means a blank
    except ValueError as fault:
        raise Problem(400, f"{one.name}（{one.zh}）应写成 2010-12-01T00:00:00Z 的样子，请核对。") from fault
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    if not 1990 <= found.year <= 2199:
        raise Problem(400, f"{one.name}（{one.zh}）应在1990年到2199年之间，请核对。")
    return found


def _list(one: Param, text: str) -> list[str]:
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if len(parts) > MOST:
        raise Problem(400, f"{one.name}（{one.zh}）一次最多{MOST}个，请分批查询。")
    if one.one_of and (wrong := [part for part in parts if part not in one.one_of]):
        raise Problem(400, f"{one.name}（{one.zh}）没有“{wrong[0][:20]}”，只能是{'、'.join(one.one_of)}。")
    return parts


_READERS = {"whole": _whole, "number": _number, "moment": _moment, "list": _list}


def span_of(first: datetime | None, last: datetime | None, now: datetime) -> tuple[datetime, datetime]:
    """The days that are asked for: the last 90 where nothing is said. :raises Problem: more than 90, or the wrong way round."""
    if first is None and last is None:
        return now - SPAN, now + timedelta(days=1)  # clocks of senders and ours may differ
    if first is None or last is None:
        return (first, first + SPAN) if first else ((last or now) - SPAN, last or now)
    if last < first:
        raise Problem(400, "end_date 早于 start_date，请对调。")
    if last - first > SPAN:
        raise Problem(400, "start_date 和 end_date 相距不能超过90天，请分段查询。")
    return first, last


def stages_of(statuses: Sequence[str] | None) -> list[str] | None:
    """The stages of orders that these states mean; None for all."""
    if statuses is None:
        return None
    ended = {ServiceStatus.CLOSED.value: [Stage.CLOSED.value],
             ServiceStatus.OPEN.value: [stage.value for stage in Stage if stage is not Stage.CLOSED]}  # fmt: skip
    return [stage for status in dict.fromkeys(statuses) for stage in ended[status]]


def status_of(stage: str) -> ServiceStatus:
    """The state of a service request whose order stands at this stage."""
    return ServiceStatus.CLOSED if stage == Stage.CLOSED else ServiceStatus.OPEN


def written(moment: datetime | None) -> str | None:
    """A moment as the specification writes it."""
    return moment.astimezone(SHANGHAI).isoformat(timespec="seconds") if moment else None
