"""The made-up district 峄城区: load it, serve it, say what to open."""

from __future__ import annotations

import os
import time
from datetime import date
from typing import Annotated

import typer

from linli.site.commands.common import django_ready, say
from linli.site.commands.running import Port


def demo(
    people: Annotated[
        int | None, typer.Option(help="How many people (default 37000; the whole district has 370000).", min=100)
    ] = None,
    port: Port = 8000,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve the pages when all is loaded.")] = True,
    fresh: Annotated[bool, typer.Option("--fresh", help="Drop the demo's database first, and begin anew.")] = False,
) -> None:
    """Load the made-up district 峄城区 and serve it with the worker. A second run continues with what is there."""
    began = time.monotonic()
    from linli.site import serving

    if serve:
        serving.check_port(port)
    day = _choose_database()
    django_ready()
    if fresh:
        _drop()
    _load(people, day)
    if serve:
        raise typer.Exit(serving.run(port, worker=True, ready=lambda: _what_to_open(port, day, began)))
    _what_to_open(0, day, began)


def _choose_database() -> date:
    """The demo has a database and a business day of its own, unless the environment names others."""
    from linli.site.kept import DATABASE, DAY

    os.environ.setdefault("LINLI_DATABASE", DATABASE)
    os.environ.setdefault("LINLI_BUSINESS_DAY", DAY.isoformat())
    os.environ.setdefault("LINLI_SECOND_FACTOR", "offered")  # settings are read before the demo has left its mark
    return date.fromisoformat(os.environ["LINLI_BUSINESS_DAY"])


def _drop() -> None:
    from django.conf import settings

    from linli.gateways import postgres
    from linli.site import database
    from linli.site.kept import forget_kept

    if not database.owns_server():
        raise LookupError("数据库由外部服务器提供（DATABASE_URL），请由其管理员删除后重建；本命令不删除它。")
    name = settings.DATABASES["default"]["NAME"]
    say(f"删除数据库 {name}")
    server = postgres.embedded(settings.CHECKOUT)
    postgres.ensure(server)
    database.drop_database(server, name)
    forget_kept(settings.HOME)


def _load(people: int | None, day: date) -> None:
    from django.conf import settings
    from django.db import connections
    from rich.console import Console

    from linli.kernel.access.rules import DemoPlan
    from linli.site import database, demo
    from linli.site.assets import collect_static
    from linli.site.commands.progress import Steps
    from linli.site.kept import Kept, write_kept

    with Steps(Console(stderr=True)) as steps:
        database.prepare(steps.begin)
        steps.begin("收集页面文件")
        collect_static()
        plan = DemoPlan(on=day, people=people or demo.kept_people(), tell=steps.tell)
        demo.load(
            plan,
            begin=lambda step, needed: steps.begin(f"载入{step.zh}") if needed else None,
            after=lambda step: database.analyze(),
        )
    write_kept(settings.HOME, Kept(settings.DATABASES["default"]["NAME"], day.isoformat()))
    connections.close_all()


def _what_to_open(port: int, day: date, began: float) -> None:
    from rich.console import Console
    from rich.table import Table

    from linli.base.areas import WHOLE
    from linli.kernel.access.actions import scoped
    from linli.kernel.access.samples import PASSWORD
    from linli.kernel.ui.queries import area_name
    from linli.site.demo import accounts

    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in ("岗位", "姓名", "区域", "用户名"):
        table.add_column(heading)
    with scoped(WHOLE):
        for role, username, name, at in accounts(day):
            table.add_row(role.zh, name, area_name(at), username)
    screen = Console()
    screen.print(f"\n演示区已就绪，用时 {time.monotonic() - began:.0f} 秒。人员均为虚构；业务日期固定为 {day.isoformat()}。\n")
    screen.print(table)
    screen.print(f"\n以上账号的密码都是  {PASSWORD}", highlight=False)
    if port:
        screen.print(f"请打开  http://127.0.0.1:{port}/    （按 Ctrl-C 结束）", highlight=False)
        screen.print(f"居民首页 http://127.0.0.1:{port}/residents/ （不用登录）\n", highlight=False)
    else:
        screen.print("打开页面：script/linli serve --with-worker\n", highlight=False)
