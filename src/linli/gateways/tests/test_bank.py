"""Payment files and the bank's answers: not a fen may differ, and every refusal says which line and why."""

from __future__ import annotations

import dataclasses
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.gateways.bank import (
    BadFile,
    BadLayout,
    BankFile,
    Batch,
    FakeBank,
    FolderBank,
    Layout,
    Payment,
    layouts,
    read_batch,
    read_layout,
    read_return,
    write_batch,
    write_return,
)
from linli.gateways.bank.records import Result, Return

DAY = datetime.date(2026, 1, 5)
LAYOUTS = layouts()
GB18030 = dataclasses.replace(LAYOUTS["fixed_gbk"], key="fixed_gb18030", encoding="GB18030")
ALL = [*LAYOUTS.values(), GB18030]


def payment(
    reference: str = "P1", name: str = "张三", account: str = "6222020000000000000", amount: int = 50_000, **more: str
) -> Payment:
    return Payment(reference, name, account, amount, **more)


def batch(*payments: Payment) -> Batch:
    return Batch("B2026-001", DAY, "临时救助", payments or (payment(), payment("P2", "李四", "6222020000000000001", 123)))


def answer(layout: Layout, *results: Result) -> bytes:
    return write_return(layout, Return("B2026-001", DAY, results))


def result(layout: Layout, number: int = 1, *, code: str = "", amount: int = 500, reason: str = "") -> Result:
    code = code or min(layout.success)
    return Result(number, number, f"P{number}", "6222", amount, code in layout.success, code, reason)


def refused(layout: Layout, content: bytes) -> BadFile:
    with pytest.raises(BadFile) as caught:
        read_return(layout, content)
    return caught.value


def test_three_layouts_are_built_in() -> None:
    assert {layout.kind for layout in LAYOUTS.values()} == {"delimited", "fixed", "xlsx"}


@pytest.mark.parametrize("layout", ALL, ids=lambda layout: layout.key)
def test_a_payment_file_read_back_is_the_batch(layout: Layout) -> None:
    full = batch(payment(memo="一月"), payment("P2", "李四", "6222020000000000001", 123, memo=""))
    assert read_batch(layout, write_batch(layout, full)) == dataclasses.replace(full)


NAMES = st.text(st.characters(categories=("Lo", "Lu", "Nd")), min_size=1, max_size=10)


@given(st.lists(st.tuples(NAMES, st.integers(1, 10**12)), min_size=1, max_size=20))
@settings(max_examples=30, deadline=None)
def test_every_batch_survives_every_layout(lines: list[tuple[str, int]]) -> None:
    full = batch(*(payment(f"P{i}", name, f"62220{i}", amount) for i, (name, amount) in enumerate(lines)))
    for layout in (LAYOUTS["bar_utf8"], LAYOUTS["workbook"], GB18030):
        assert read_batch(layout, write_batch(layout, full)) == full


def test_the_lines_stand_as_the_bank_wants_them() -> None:
    lines = write_batch(LAYOUTS["bar_utf8"], batch()).decode().splitlines()
    assert lines[0] == "B2026-001|20260105|临时救助|2|50123"
    assert lines[1] == "1|P1|张三||6222020000000000000||50000|"
    fixed = write_batch(LAYOUTS["fixed_gbk"], batch()).split(b"\r\n")
    assert fixed[1].startswith(b"D00000001P1 ")
    assert {len(line) for line in fixed[1:3]} == {188}
    assert fixed[3] == b"T00000002000000000000050123"


def test_names_that_gbk_cannot_write_are_all_named_with_their_lines() -> None:
    rare = batch(payment(name="张䶮"), payment("P2", "李四"), payment("P3", "王㛃𠮷", amount=7))
    with pytest.raises(BadFile) as caught:
        write_batch(LAYOUTS["fixed_gbk"], rare)
    assert "第 1 笔户名“张䶮”（䶮）；第 3 笔户名“王㛃𠮷”（㛃𠮷）" in caught.value.message
    assert "GB18030" in caught.value.message
    assert read_batch(GB18030, write_batch(GB18030, rare)) == rare


def test_a_text_that_would_break_the_line_is_refused() -> None:
    with pytest.raises(BadFile, match=r"第 1 笔的“户名”（张\|三）含有"):
        write_batch(LAYOUTS["bar_utf8"], batch(payment(name="张|三")))
    with pytest.raises(BadFile, match="含有"):
        write_batch(LAYOUTS["fixed_gbk"], batch(payment(name="张\n三")))
    with pytest.raises(BadFile, match="超过银行规定的 60 字节"):
        write_batch(LAYOUTS["fixed_gbk"], batch(payment(name="长" * 31)))


@pytest.mark.parametrize("layout", ALL, ids=lambda layout: layout.key)
def test_the_answer_of_each_line_is_read(layout: Layout) -> None:
    failure = sorted(layout.reasons)[0]
    returned = read_return(layout, answer(layout, result(layout), result(layout, 2, code=failure, amount=7)))
    assert (returned.batch, returned.day) == ("B2026-001", DAY)
    assert [(r.sequence, r.reference, r.paid, r.reason) for r in returned.results] == [
        (1, "P1", True, ""),
        (2, "P2", False, layout.reasons[failure]),
    ]
    assert (returned.paid_total, returned.total, len(returned.failed)) == (500, 507, 1)


def test_a_wrong_total_is_refused_with_both_figures() -> None:
    layout = LAYOUTS["bar_utf8"]
    content = answer(layout, result(layout), result(layout, 2)).decode()
    assert "金额（分）是 1001，逐行相加是 1000" in refused(layout, content.replace("|1000|", "|1001|", 1).encode()).message
    assert "笔数是 2，逐行相加是 1" in refused(layout, "\r\n".join(content.split("\r\n")[:2]).encode()).message
    assert "成功笔数是 1" in refused(layout, content.replace("|2|1000\r", "|1|1000\r", 1).encode()).message


def test_a_broken_line_is_named() -> None:
    layout = LAYOUTS["bar_utf8"]
    content = answer(layout, result(layout), result(layout, 2)).decode()
    assert refused(layout, content.replace("1|P1|6222", "1|P1").encode()).line == 2
    assert "“金额（分）”应为整数，实为“5oo”" in refused(layout, content.replace("|500|", "|5oo|", 1).encode()).message
    for day in ("2026-1-5", "2026015", "20260231"):
        assert "8 位日期" in refused(layout, content.replace("20260105", day).encode()).message
    assert "同为“P1”" in refused(layout, content.replace("|P2|", "|P1|").encode()).message
    assert "结果代码“7777”" in refused(layout, content.replace("|0000|", "|7777|", 1).encode()).message
    assert "编码里没有的字节" in refused(layout, content.encode() + b"\xff\xfe\r\n").message
    assert "空" in refused(layout, b"").message
    assert "没有一笔" in refused(layout, content.split("\r\n")[0].encode()).message


def test_a_fixed_line_of_another_width_is_named() -> None:
    layout = LAYOUTS["fixed_gbk"]
    content = answer(layout, result(layout), result(layout, 2))
    lines = content.split(b"\r\n")
    lines[2] = lines[2][:-1]
    assert refused(layout, b"\r\n".join(lines)).message.startswith("第 3 行应为 152 字节，实为 151 字节")
    lines[2] = b"X" + lines[2][1:] + b" "
    assert "标记应为“D”，实为“X”" in refused(layout, b"\r\n".join(lines)).message


def test_a_file_of_another_layout_is_refused() -> None:
    for layout in ALL:
        for other in ALL:
            if layout.kind != other.kind:
                refused(layout, answer(other, result(other)))


def test_an_unknown_code_with_words_of_its_own_is_a_failure() -> None:
    layout = LAYOUTS["bar_utf8"]
    content = answer(layout, result(layout), result(layout, 2, code="8888", reason="账户冻结"))
    assert read_return(layout, content).failed[0].reason == "账户冻结"


def test_account_numbers_in_number_cells_of_a_returned_workbook_are_refused() -> None:
    from linli.gateways.spreadsheets import Sheet, table_bytes

    heads = ["序号", "付款编号", "账号", "金额（元）", "结果", "原因"]
    totals = Sheet("汇总", ["批次号", "日期", "笔数", "金额（元）"], [["B", "20260105", "1", "5.00"]])
    content = table_bytes([Sheet("明细", heads, [["1", "P1", 6222020000000000000, "5.00", "成功", ""]]), totals])
    assert "第 2 行的“账号”是数字格式" in refused(LAYOUTS["workbook"], content).message


@pytest.mark.parametrize(
    "change",
    [
        ('delimiter = "|"', ""),
        ('name = "amount"', 'name = "sum"'),
        ('form = "fen"', 'form = "jiao"'),
        ("kind", "sort"),
        ('encoding = "UTF-8"', 'encoding = "BIG5"'),
        ('name = "code"', 'name = "reason"'),
        ("[pay]", "[pay"),
    ],
)
def test_a_layout_that_contradicts_itself_is_not_taken(change: tuple[str, str]) -> None:
    from importlib import resources

    text = (resources.files("linli.gateways.bank") / "layouts" / "bar_utf8.toml").read_text("utf-8")
    assert read_layout("bar", text).kind == "delimited"
    with pytest.raises(BadLayout):
        read_layout("bar", text.replace(*change))


def test_the_office_may_bring_its_own_layout(tmp_path) -> None:
    from importlib import resources

    text = (resources.files("linli.gateways.bank") / "layouts" / "bar_utf8.toml").read_text("utf-8")
    (tmp_path / "own.toml").write_text(text.replace("竖线分隔文本（UTF-8）", "本地农商行"), "utf-8")
    assert layouts(tmp_path)["own"].title == "本地农商行"


def test_a_batch_pays_nobody_twice_and_nothing_below_one_fen() -> None:
    with pytest.raises(ValueError):
        batch(payment(), payment())
    with pytest.raises(ValueError):
        batch(payment(amount=0))
    with pytest.raises(ValueError):
        Batch("B", DAY, "x", ())


class _Real:
    """A drop folder with a bank behind it that answers when told."""

    def __init__(self, folder, layout: Layout) -> None:
        self.bank = FolderBank(folder / "out", folder / "in")
        self.layout, self.folder = layout, folder

    def work(self) -> None:
        fake = FakeBank(self.folder / "behind", self.layout)
        for path in (self.folder / "out").iterdir():
            fake.submit(BankFile(path.name, path.read_bytes()))
        for file in fake.collect():
            (self.folder / "in" / f"{file.name}.part").write_bytes(b"half")
            (self.folder / "in" / file.name).write_bytes(file.content)


class _Fake:
    def __init__(self, folder, layout: Layout) -> None:
        self.bank = FakeBank(folder, layout)

    def work(self) -> None:
        """It has answered already."""


@pytest.fixture(params=[_Real, _Fake])
def desk(request, tmp_path):
    return request.param(tmp_path, LAYOUTS["bar_utf8"])


def test_what_is_submitted_comes_back_answered_until_it_is_acknowledged(desk) -> None:
    file = BankFile("B1.txt", write_batch(LAYOUTS["bar_utf8"], batch()))
    assert desk.bank.collect() == []
    desk.bank.submit(file)
    desk.work()
    (returned,) = desk.bank.collect()
    assert desk.bank.collect() == [returned]
    assert read_return(LAYOUTS["bar_utf8"], returned.content).paid_total == 50_123
    desk.bank.acknowledge(returned.name)
    desk.bank.acknowledge(returned.name)
    assert desk.bank.collect() == []
    desk.work()
    assert desk.bank.collect() == []


def test_the_same_file_twice_is_one_file_and_another_under_its_name_is_refused(desk) -> None:
    file = BankFile("B1.txt", write_batch(LAYOUTS["bar_utf8"], batch()))
    desk.bank.submit(file)
    desk.bank.submit(file)
    desk.work()
    assert len(desk.bank.collect()) == 1
    with pytest.raises(FileExistsError):
        desk.bank.submit(BankFile("B1.txt", write_batch(LAYOUTS["bar_utf8"], batch(payment(amount=1)))))


@pytest.mark.parametrize("name", ["../B1.txt", "/etc/x", ".hidden", ""])
def test_no_file_is_dropped_elsewhere(desk, name: str) -> None:
    with pytest.raises(ValueError):
        desk.bank.submit(BankFile(name, b"x"))
    with pytest.raises(ValueError):
        desk.bank.acknowledge(name)


def test_another_answer_under_a_used_name_is_not_overlooked(tmp_path) -> None:
    bank = FolderBank(tmp_path / "out", tmp_path / "in")
    for content in (b"one", b"two", b"two"):
        (tmp_path / "in" / "R1.txt").write_bytes(content)
        bank.acknowledge("R1.txt")
    (tmp_path / "in" / "R1.txt").write_bytes(b"three")
    assert [file.content for file in bank.collect()] == [b"three"]
    assert sorted(path.read_bytes() for path in bank.done.iterdir()) == [b"one", b"two"]


def test_the_fake_bank_fails_the_accounts_it_was_told_to(tmp_path) -> None:
    layout = LAYOUTS["fixed_gbk"]
    bank = FakeBank(tmp_path, layout, {"6222020000000000001": "12"})
    bank.submit(BankFile("B1.dat", write_batch(layout, batch())))
    returned = read_return(layout, bank.collect()[0].content)
    assert [(r.reference, r.reason) for r in returned.failed] == [("P2", "账号不存在")]
    assert returned.paid_total == 50_000
