"""Run a replay in a fresh database and print what was published beside what was computed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

from django.conf import settings
from rich.console import Console
from rich.table import Table

from linli.gateways import postgres
from linli.kernel.access.rules import Refused
from linli.site import database
from linli.site.replays.compare import Row, compare, judge_published
from linli.site.replays.yicheng_2010 import play

NAME = "linli_replay"


def run_replay(name: str, *, out: str, keep: bool, say: Callable[[str], None]) -> int:
    """The exit status: 0 only when every figure is equal."""
    if name != "yicheng-2010":
        say(f"没有名为“{name}”的重演，可用：yicheng-2010")
        return 2
    if not database.owns_server():
        say("重演会新建和删除数据库，只在自带的数据库服务上运行；请不要设置 DATABASE_URL。")
        return 2
    before = settings.DATABASES["default"]["NAME"]
    try:
        database.make_fresh(NAME)
        stage, report = play(say)
        rows = compare(stage)
    except Refused as fault:
        say(f"重演中止：{fault.message}")
        return 1
    finally:
        if not keep:
            database.use_database(before)
            database.drop_database(postgres.embedded(settings.CHECKOUT), NAME)
    if out:
        Path(out).write_bytes(report)
        say(f"情况通报已写入 {out}")
    return show(rows)


def show(rows: list[Row]) -> int:
    """Print the table and the relations that the published texts break; 0 when all figures are equal."""
    console, table = Console(width=110), Table(title="峄城区 2010：公布数与重演数")
    for head in ("指标", "名称", "公布", "重演", ""):
        table.add_column(head)
    for row in rows:
        mark = "相等" if row.equal else "不等"
        told = _told(row)
        table.add_row(row.published.id, row.published.zh, told, _plain(row.computed), mark)
    console.print(table)
    for check in judge_published():
        if not check.holds:
            console.print(f"公布的文字自身不成立：{check.zh}（左 {_plain(check.left)}，右 {_plain(check.right)}）")
    equal = sum(row.equal for row in rows)
    console.print(f"{equal} 项相等，{len(rows) - equal} 项不等")
    return 0 if equal == len(rows) else 1


def _told(row: Row) -> str:
    """The published figure as the text has it: 350余人, 2万元以上."""
    number, unit, approx = _plain(row.published.value), row.published.unit, row.published.approx or ""
    return f"{number}{unit}{approx}" if approx == "以上" else f"{number}{approx}{unit}"


def _plain(value: Fraction | None) -> str:
    if value is None:
        return "—"
    return str(value.numerator) if value.denominator == 1 else f"{float(value):g}"
