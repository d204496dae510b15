"""What all commands share: Django switched on, and faults said in one line."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any

import typer


def django_ready(*, pool: bool = False) -> None:
    """Load the settings and packages. Commands call it first, so that --help needs no database.

    A command of one thread needs no pool, and without one it hears at once when the database cannot be reached.
    """
    import django
    from django.conf import settings

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.site.settings")
    if not pool:
        for words in settings.DATABASES.values():
            words["OPTIONS"].pop("pool", None)
    django.setup()


def say(words: str) -> None:
    """A line about how it goes; answers go to the standard output, these do not."""
    typer.echo(words, err=True)


def run(app: Callable[[], Any]) -> None:
    """Run the command line. A fault ends it with one clear line and exit status 1; ``LINLI_DEBUG=1`` shows everything."""
    try:
        app()
    except Exception as fault:
        if os.environ.get("LINLI_DEBUG") == "1":
            raise
        say(f"错误：{in_one_line(fault)}")
        sys.exit(1)


def in_one_line(fault: BaseException) -> str:
    """What is wrong and, where it is known, how to mend it."""
    name = type(fault).__name__
    text = " ".join(str(getattr(fault, "message", None) or fault).split())
    if name == "OperationalError":
        return f"连不上数据库，请检查数据库服务和连接地址。（{text[:300]}）"
    if type(fault).__module__.startswith("linli.") or isinstance(fault, LookupError):
        return text or name
    return f"{name}: {text[:400]}（设置 LINLI_DEBUG=1 后重试可看到全部经过）"
