"""The shape of a bank's files, as data: no national standard exists, so each bank's layout is a TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

KINDS = ("delimited", "fixed", "xlsx")
FORMS = ("text", "number", "fen", "yuan", "day")
ENCODINGS = ("UTF-8", "GBK", "GB18030")
PAYMENT_FIELDS = frozenset({"sequence", "reference", "name", "identity", "account", "bank", "amount", "memo"})
RESULT_FIELDS = frozenset({"sequence", "reference", "name", "account", "amount", "code", "reason"})
ORDER_TOTALS = frozenset({"batch", "day", "item", "count", "total"})
RESULT_TOTALS = ORDER_TOTALS | {"paid_count", "paid_total"}


class BadLayout(ValueError):
    """A layout that contradicts itself; told to whoever sets it up."""


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    """One of the words above, or "" for a constant."""
    heading: str
    """What people call it; the column's head in a workbook."""
    form: str = "text"
    width: int = 0
    """Bytes in the file's encoding; only in files of fixed width."""
    right: bool = False
    pad: str = " "
    value: str = ""
    """The text of a constant, for example the mark of a header line."""


@dataclass(frozen=True, slots=True)
class Form:
    """One file: a header line, a line for each payment, a trailer line; header and trailer may be missing."""

    header: tuple[Field, ...]
    line: tuple[Field, ...]
    trailer: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Layout:
    key: str
    title: str
    kind: str
    encoding: str
    delimiter: str
    extension: str
    pay: Form
    back: Form
    success: frozenset[str]
    reasons: Mapping[str, str]
    """The bank's codes of failure in words."""


def layouts(folder: Path | None = None) -> dict[str, Layout]:
    """The built-in layouts by key, and those of the office's own folder, which may replace them."""
    found: dict[str, Layout] = {}
    built_in = resources.files("linli.gateways.bank") / "layouts"
    texts = {p.name: p.read_text("utf-8") for p in built_in.iterdir() if p.name.endswith(".toml")}
    if folder is not None:
        texts |= {path.name: path.read_text("utf-8") for path in folder.glob("*.toml")}
    for name, text in sorted(texts.items()):
        key = name.removesuffix(".toml")
        found[key] = read_layout(key, text)
    return found


def read_layout(key: str, text: str) -> Layout:
    """Raises BadLayout naming what is wrong."""
    try:
        data = tomllib.loads(text)
        layout = Layout(
            key=key,
            title=data["title"],
            kind=data["kind"],
            encoding=data.get("encoding", "UTF-8"),
            delimiter=data.get("delimiter", ""),
            extension=data["extension"],
            pay=_form(data["pay"]),
            back=_form(data["back"]),
            success=frozenset(data["success"]),
            reasons=dict(data["reasons"]),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise BadLayout(f"银行文件格式“{key}”写得不对：{fault}") from fault
    for complaint in _complaints(layout):
        raise BadLayout(f"银行文件格式“{key}”写得不对：{complaint}")
    return layout


def _form(data: Mapping[str, Any]) -> Form:
    return Form(*(tuple(Field(**field) for field in data.get(part, ())) for part in ("header", "line", "trailer")))


def _complaints(layout: Layout) -> list[str]:
    found: list[str] = []
    if layout.kind not in KINDS or layout.encoding not in ENCODINGS:
        found.append(f"种类 {layout.kind}、编码 {layout.encoding}")
    if layout.kind == "delimited" and len(layout.delimiter) != 1:
        found.append("缺少一个字符的分隔符")
    found += _form_complaints(layout.kind, layout.pay, PAYMENT_FIELDS, ORDER_TOTALS)
    found += _form_complaints(layout.kind, layout.back, RESULT_FIELDS, RESULT_TOTALS)
    if not {"account", "name", "amount"} <= {field.name for field in layout.pay.line}:
        found.append("付款行要有 account、name、amount")
    results = {field.name for field in layout.back.line}
    if not results & {"sequence", "reference"} or not {"amount", "code"} <= results:
        found.append("回盘行要有 amount、code，以及 sequence 或 reference")
    return found


def _form_complaints(kind: str, form: Form, own: frozenset[str], totals: frozenset[str]) -> list[str]:
    found: list[str] = []
    for fields, names in ((form.header, totals), (form.line, own), (form.trailer, totals)):
        for field in fields:
            if field.name not in names | {""}:
                found.append(f"不认识的字段 {field.name}")
            if field.form not in FORMS:
                found.append(f"{field.heading}的形式 {field.form}")
            if kind == "fixed" and (field.width <= 0 or len(field.pad) != 1):
                found.append(f"{field.heading}没有宽度")
    return found
