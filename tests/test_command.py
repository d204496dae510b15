"""The command line: every command explains itself, and a fault is one clear line and not a trace."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import typer
from typer.main import get_command

from linli.site.command import app
from linli.site.commands import common

ROOT = Path(__file__).parents[1]


def _paths(command, before: tuple[str, ...] = ()) -> list[tuple[str, ...]]:
    found = [before] if before else []
    for name, below in getattr(command, "commands", {}).items():
        found += _paths(below, (*before, name))
    return found


COMMANDS = _paths(get_command(app))


def run(*words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command line in a process of its own, without the harness's settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("LINLI_", "DATABASE_URL"))}
    return subprocess.run(
        [sys.executable, "-m", "linli", *words], capture_output=True, text=True, timeout=60, cwd=ROOT,
        env=kept | environment, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    if words == ("manage",):
        pytest.skip("manage hands --help to Django")
    with pytest.raises(SystemExit) as ended:
        app([*words, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert "Usage:" in said
    command = get_command(app)
    for word in words:
        command = command.commands[word]
    assert command.help, f"{' '.join(words)} does not say what it does"


def test_a_database_that_cannot_be_reached_is_said_in_one_line(tmp_path: Path) -> None:
    nowhere = "postgresql://nobody@127.0.0.1:1/none"
    addresses = {name: nowhere for name in ("DATABASE_URL", "DATABASE_URL_APP", "DATABASE_URL_PUBLIC")}
    done = run("explain", "X-1", LINLI_HOME=str(tmp_path), **addresses)
    assert done.returncode == 1
    assert "连不上数据库" in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_half_a_set_of_addresses_is_said_in_one_line(tmp_path: Path) -> None:
    done = run("audit", "verify", LINLI_HOME=str(tmp_path), DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 1
    assert "DATABASE_URL_APP must be set" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_said_before_anything_is_loaded(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        done = run("demo", "--port", port, LINLI_HOME=str(tmp_path))
    assert done.returncode == 1
    assert f"Port {port} is in use" in done.stderr
    assert not (tmp_path / "cluster").exists()


def test_a_wrong_head_is_a_fault_of_the_words(tmp_path: Path) -> None:
    done = run("audit", "verify", "--head", "nonsense", LINLI_HOME=str(tmp_path))
    assert done.returncode == 2
    assert "number:digest" in done.stderr


def test_an_unforeseen_fault_names_itself_and_the_way_to_see_more(capsys: pytest.CaptureFixture[str]) -> None:
    broken = typer.Typer(pretty_exceptions_enable=False)

    @broken.command()
    def fall() -> None:
        raise ZeroDivisionError("nothing to share")

    with pytest.raises(SystemExit) as ended:
        common.run(lambda: broken([]))
    said = capsys.readouterr().err
    assert ended.value.code == 1
    assert "ZeroDivisionError: nothing to share" in said
    assert "LINLI_DEBUG=1" in said
    assert len(said.strip().splitlines()) == 1


def test_roles_sql_is_ready_to_run(tmp_path: Path) -> None:
    done = run("roles-sql", LINLI_HOME=str(tmp_path))
    assert done.returncode == 0
    for role in ("linli_owner", "linli_app", "linli_public", "linli_guard"):
        assert f"create role {role} " in done.stdout
