"""Whole bank files: a header, lines, a trailer, and control totals that must agree with the lines."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from linli.gateways import spreadsheets
from linli.gateways.bank import lines
from linli.gateways.bank.layout import Field, Form, Layout
from linli.gateways.bank.lines import Record, Value
from linli.gateways.bank.records import Batch, Payment, Result, Return
from linli.gateways.faults import BadFile
from linli.gateways.spreadsheets import Kind

_TOTALS_SHEET = "汇总"
_LINES_SHEET = "明细"


class _Parsed(NamedTuple):
    totals: dict[str, Value]
    rows: list[tuple[int, dict[str, Value]]]
    """Line number and values."""


def write_batch(layout: Layout, batch: Batch) -> bytes:
    """The payment file. Raises BadFile, naming lines and names, when the layout cannot hold the batch."""
    records: list[Record] = [
        {
            "sequence": number,
            "reference": payment.reference,
            "name": payment.name,
            "identity": payment.identity,
            "account": payment.account,
            "bank": payment.bank,
            "amount": payment.amount,
            "memo": payment.memo,
        }
        for number, payment in enumerate(batch.payments, 1)
    ]
    totals: Record = {
        "batch": batch.number,
        "day": batch.day,
        "item": batch.item,
        "count": batch.count,
        "total": batch.total,
    }
    return _write(layout, layout.pay, totals, records)


def read_batch(layout: Layout, content: bytes) -> Batch:
    """Reads a payment file back, as the bank does, to check what was sent."""
    totals, rows = _read(layout, layout.pay, content)
    names = ("name", "account", "identity", "bank", "memo")
    payments = [
        Payment(
            reference=str(values.get("reference") or number),
            amount=_number(values["amount"]),
            **{name: str(values.get(name, "")) for name in names},
        )
        for number, (_, values) in enumerate(rows, 1)
    ]
    day = totals.get("day")
    return Batch(
        str(totals.get("batch", "")),
        day if isinstance(day, datetime.date) else datetime.date.min,
        str(totals.get("item", "")),
        tuple(payments),
    )


def write_return(layout: Layout, returned: Return) -> bytes:
    """The file that a bank answers with; for the fake bank and for tests."""
    records: list[Record] = [
        {
            "sequence": result.sequence or 0,
            "reference": result.reference or "",
            "name": "",
            "account": result.account,
            "amount": result.amount,
            "code": result.code,
            "reason": result.reason,
        }
        for result in returned.results
    ]
    totals: Record = {
        "batch": returned.batch or "",
        "day": returned.day or datetime.date.min,
        "item": "",
        "count": len(returned.results),
        "total": returned.total,
        "paid_count": len(returned.paid),
        "paid_total": returned.paid_total,
    }
    return _write(layout, layout.back, totals, records)


def read_return(layout: Layout, content: bytes) -> Return:
    """The bank's answers, each a known code; raises BadFile naming line, fault and mend.

    Whether the batch and its payments are ours is for the books to judge.
    """
    totals, rows = _read(layout, layout.back, content)
    results = tuple(_result(layout, line, values) for line, values in rows)
    for key in ("sequence", "reference"):
        _check_once(key, [(result.line, getattr(result, key)) for result in results])
    day = totals.get("day")
    batch = totals.get("batch")
    returned = Return(str(batch) if batch else None, day if isinstance(day, datetime.date) else None, results)
    _check_total(totals, "paid_count", len(returned.paid), "成功笔数")
    _check_total(totals, "paid_total", returned.paid_total, "成功金额（分）")
    return returned


def _result(layout: Layout, line: int, values: dict[str, Value]) -> Result:
    code = str(values["code"])
    paid = code in layout.success
    told = str(values.get("reason", ""))
    if not paid and code not in layout.reasons and not told:
        raise BadFile(f"第 {line} 行的结果代码“{code}”不在该银行的代码表里，又没有写明原因。请向银行核实。", line=line)
    sequence = values.get("sequence")
    reference = values.get("reference")
    return Result(
        line=line,
        sequence=_number(sequence) if sequence is not None else None,
        reference=str(reference) if reference else None,
        account=str(values.get("account", "")),
        amount=_number(values["amount"]),
        paid=paid,
        code=code,
        reason="" if paid else layout.reasons.get(code, told),
    )


def _check_once(key: str, places: Sequence[tuple[int, object]]) -> None:
    seen: dict[object, int] = {}
    for line, value in places:
        if value is not None and value in seen:
            word = "序号" if key == "sequence" else "付款编号"
            raise BadFile(f"第 {line} 行与第 {seen[value]} 行的{word}同为“{value}”。请向银行核实。", line=line)
        seen[value] = line


def _number(value: Value) -> int:
    return value if isinstance(value, int) else int(str(value))


def _write(layout: Layout, form: Form, totals: Record, records: Sequence[Record]) -> bytes:
    header = lines.texts_of(layout, form.header, totals, 0)
    trailer = lines.texts_of(layout, form.trailer, totals, 0)
    body = [lines.texts_of(layout, form.line, record, number) for number, record in enumerate(records, 1)]
    if layout.kind == "xlsx":
        return _write_workbook(form, header, body)
    _check_characters(layout, form.line, header, body)
    content = chain(
        [lines.encoded(layout, form.header, header)] if form.header else [],
        (lines.encoded(layout, form.line, texts) for texts in body),
        [lines.encoded(layout, form.trailer, trailer)] if form.trailer else [],
    )
    return b"".join(line + b"\r\n" for line in content)


def _check_characters(layout: Layout, fields: Sequence[Field], header: list[str], body: list[list[str]]) -> None:
    """GBK lacks rare characters of names (䶮, 㛃, 𠮷): all of them are named at once, and nothing is replaced."""
    found: list[str] = []
    for number, texts in enumerate([header, *body]):
        for heading, text in zip([f.heading for f in fields] if number else [""] * len(header), texts, strict=True):
            lacking = "".join(c for c in text if not _holds(layout.encoding, c))
            if lacking:
                found.append(f"第 {number} 笔{heading}“{text}”（{lacking}）" if number else f"首行“{text}”（{lacking}）")
    if found:
        more = f"等 {len(found)} 处" if len(found) > 10 else ""
        raise BadFile(
            f"该银行的文件编码 {layout.encoding} 写不出下列文字：{'；'.join(found[:10])}{more}。"
            "请改用 GB18030 编码的文件格式，或与银行商定账户名的写法。"
        )


def _holds(encoding: str, character: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _write_workbook(form: Form, header: list[str], body: list[list[str]]) -> bytes:
    sheets = [spreadsheets.Sheet(_LINES_SHEET, [field.heading for field in form.line], body)]
    if form.header:
        sheets.append(spreadsheets.Sheet(_TOTALS_SHEET, [field.heading for field in form.header], [header]))
    return spreadsheets.table_bytes(sheets)


def _read(layout: Layout, form: Form, content: bytes) -> _Parsed:
    parsed = _read_workbook(form, content) if layout.kind == "xlsx" else _read_text(layout, form, content)
    if not parsed.rows:
        raise BadFile("文件里没有一笔明细。请向银行核实后重新取回。")
    _check_total(parsed.totals, "count", len(parsed.rows), "笔数")
    _check_total(parsed.totals, "total", sum(_number(values["amount"]) for _, values in parsed.rows), "金额（分）")
    return parsed


def _read_text(layout: Layout, form: Form, content: bytes) -> _Parsed:
    if layout.encoding == "UTF-8":
        content = content.removeprefix(b"\xef\xbb\xbf")
    numbered = [(number, line.removesuffix(b"\r")) for number, line in enumerate(content.split(b"\n"), 1)]
    while numbered and not numbered[-1][1].strip(b" \x1a"):
        numbered.pop()  # the end of the file, with or without the old end mark
    if len(numbered) < bool(form.header) + bool(form.trailer):
        raise BadFile("文件是空的，或缺少首行、末行。请向银行重新索取文件。")
    parts: list[tuple[tuple[Field, ...], list[tuple[int, bytes]]]] = []
    if form.header:
        parts.append((form.header, [numbered.pop(0)]))
    if form.trailer:
        parts.append((form.trailer, [numbered.pop()]))
    totals: dict[str, Value] = {}
    for fields, ends in parts:
        for values in (values for _, values in _values(layout, fields, ends)):
            for key in totals.keys() & values.keys():
                if totals[key] != values[key]:
                    raise BadFile("文件首行与末行的合计不一致。请向银行核实后重新取回。")
            totals |= values
    return _Parsed(totals, list(_values(layout, form.line, numbered)))


def _values(
    layout: Layout, fields: Sequence[Field], numbered: Sequence[tuple[int, bytes]]
) -> Iterator[tuple[int, dict[str, Value]]]:
    for number, line in numbered:
        yield number, lines.values_of(fields, lines.split(layout, fields, line, number), number)


def _read_workbook(form: Form, content: bytes) -> _Parsed:
    rows = _sheet_values(form.line, content, _LINES_SHEET)
    totals = _sheet_values(form.header, content, _TOTALS_SHEET) if form.header else []
    if form.header and len(totals) != 1:
        raise BadFile(f"工作表“{_TOTALS_SHEET}”应有一行合计，实有 {len(totals)} 行。请向银行核实。")
    return _Parsed(totals[0][1] if totals else {}, rows)


def _sheet_values(fields: Sequence[Field], content: bytes, sheet: str) -> list[tuple[int, dict[str, Value]]]:
    headings = [field.heading for field in fields]
    table = spreadsheets.open_table(content, "银行文件.xlsx", expected=headings, sheet=sheet)
    if table.missing:
        raise BadFile(f"工作表“{sheet}”缺少列：{'、'.join(table.missing)}。请核对文件格式，或向银行重新索取。")
    for number, heading in table.places(Kind.FORMULA, Kind.ERROR):
        raise BadFile(f"第 {number} 行的“{heading}”是公式或错误值。请向银行索取只有数值的文件。", line=number)
    for field in fields:
        if field.form == "text" and Kind.NUMBER in table.kinds(field.heading):
            number = table.numbers[table.kinds(field.heading).index(Kind.NUMBER)]
            raise BadFile(f"第 {number} 行的“{field.heading}”是数字格式，长号码会丢失末位。请改为文本格式。", line=number)
    columns = [table.column(heading) for heading in headings]
    return [
        (number, lines.values_of(fields, [column[index] or "" for column in columns], number))
        for index, number in enumerate(table.numbers)
    ]


def _check_total(totals: Record, key: str, counted: int, word: str) -> None:
    if key in totals and totals[key] != counted:
        raise BadFile(
            f"文件合计行的{word}是 {totals[key]}，逐行相加是 {counted}，两者不符。文件可能缺行或被改动，请向银行核实后重新取回。"
        )
