"""Single lines of a bank file: values to text of a given form and width, and back."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

from linli.base.money import parse_yuan
from linli.gateways.bank.layout import Field, Layout
from linli.gateways.faults import BadFile

Value = str | int | datetime.date
Record = Mapping[str, Value]


def texts_of(layout: Layout, fields: Sequence[Field], record: Record, line: int) -> list[str]:
    """The fields of one line; raises BadFile when a value would break the line."""
    return [_checked(layout, field, _text(field, record), line) for field in fields]


def encoded(layout: Layout, fields: Sequence[Field], texts: Sequence[str]) -> bytes:
    """One line without its end. Every character has been found in the encoding beforehand."""
    if layout.kind == "delimited":
        return layout.delimiter.join(texts).encode(layout.encoding)
    return b"".join(_padded(field, text.encode(layout.encoding)) for field, text in zip(fields, texts, strict=True))


def split(layout: Layout, fields: Sequence[Field], content: bytes, line: int) -> list[str]:
    """The fields' texts of one line; raises BadFile naming the line."""
    try:
        if layout.kind == "delimited":
            texts = content.decode(layout.encoding).split(layout.delimiter)
        else:
            texts = [part.decode(layout.encoding) for part in _cut(fields, content, line)]
    except UnicodeDecodeError as fault:
        raise BadFile(f"第 {line} 行有 {layout.encoding} 编码里没有的字节。请向银行重新索取文件。", line=line) from fault
    if len(texts) != len(fields):
        raise BadFile(f"第 {line} 行应有 {len(fields)} 项，实有 {len(texts)} 项。请核对文件格式，或向银行重新索取。", line=line)
    return [text.strip() for text in texts]


def values_of(fields: Sequence[Field], texts: Sequence[str], line: int) -> dict[str, Value]:
    """The line's values by field name; raises BadFile naming line, field and what stands there."""
    found: dict[str, Value] = {}
    for field, text in zip(fields, texts, strict=True):
        if not field.name:
            if text != field.value:
                raise BadFile(f"第 {line} 行开头的标记应为“{field.value}”，实为“{text}”。请核对文件格式。", line=line)
            continue
        try:
            found[field.name] = _value(field, text)
        except ValueError as fault:
            asked = {"day": "8 位日期（如 20260105）", "yuan": "以元为单位的金额"}.get(field.form, "整数")
            raise BadFile(f"第 {line} 行的“{field.heading}”应为{asked}，实为“{text}”。请向银行核实。", line=line) from fault
    return found


def _text(field: Field, record: Record) -> str:
    value = record[field.name] if field.name else field.value
    if isinstance(value, datetime.date):
        return f"{value:%Y%m%d}"
    if field.form == "yuan" and isinstance(value, int):
        return f"{value // 100}.{value % 100:02d}"
    return str(value)


def _checked(layout: Layout, field: Field, text: str, line: int) -> str:
    forbidden = {"\r", "\n", "\0", layout.delimiter} - {""}
    if any(mark in text for mark in forbidden):
        raise BadFile(f"第 {line} 笔的“{field.heading}”（{text}）含有银行文件里不能有的符号。请改正后重新生成。", line=line)
    if layout.kind == "fixed" and len(text.encode(layout.encoding, "replace")) > field.width:
        raise BadFile(
            f"第 {line} 笔的“{field.heading}”（{text}）超过银行规定的 {field.width} 字节。请改短后重新生成。", line=line
        )
    return text


def _padded(field: Field, text: bytes) -> bytes:
    fill = field.pad.encode("ascii") * (field.width - len(text))
    return fill + text if field.right else text + fill


def _cut(fields: Sequence[Field], content: bytes, line: int) -> list[bytes]:
    width = sum(field.width for field in fields)
    if len(content) != width:
        raise BadFile(f"第 {line} 行应为 {width} 字节，实为 {len(content)} 字节。请核对文件格式，或向银行重新索取。", line=line)
    parts: list[bytes] = []
    start = 0
    for field in fields:
        parts.append(content[start : start + field.width])
        start += field.width
    return parts


def _value(field: Field, text: str) -> Value:
    if field.form == "day":
        if len(text) != 8:
            raise ValueError(text)
        return datetime.datetime.strptime(text, "%Y%m%d").date()  # noqa: DTZ007  (a day has no zone)
    if field.form == "yuan":
        return parse_yuan(text)
    if field.form in ("number", "fen"):
        if not (text.isascii() and text.isdigit()):
            raise ValueError(text)
        return int(text)
    return text
