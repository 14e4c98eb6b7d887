"""Real processes on a copy of the test database, to be killed without a warning."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection

from motcua.project.processes import web_command

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def copied_database(name: str) -> Iterator[None]:
    """The test's connection leads to a committed copy of the test database, dropped at the end."""
    original = connection.settings_dict["NAME"]
    connection.close()
    _admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    # Threads of earlier tests may have left a connection; a template must have none.
    _admin(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{original}'")
    _admin(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = original
        _admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _admin(sql: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(sql)


def environment(state: Path, port: int) -> dict[str, str]:
    """What the processes are told: the copied database and one folder for their state."""
    db = connection.settings_dict
    user = quote(str(db["USER"])) + (f":{quote(str(db['PASSWORD']))}" if db["PASSWORD"] else "")
    url = f"postgresql://{user}@{'' if str(db['HOST']).startswith('/') else db['HOST']}"
    url += f":{db['PORT']}" if db["PORT"] else ""
    return {
        **os.environ,
        "DATABASE_URL": f"{url}/{db['NAME']}?{urlencode({'host': db['HOST']})}",
        "DJANGO_SETTINGS_MODULE": "tests.simulation.settings_processes",
        "MOTCUA_SECRET_KEY": "only-for-tests",
        "MOTCUA_STATE": str(state),
        "MOTCUA_KEYS": str(settings.MOTCUA_KEYS),
        "MOTCUA_ORIGIN": f"http://127.0.0.1:{port}",
        "PYTHONPATH": str(ROOT),
    }


class Running:
    """A program with its children in a group of its own; `kill` is SIGKILL to all of them."""

    def __init__(self, command: list[str], env: dict[str, str], log: Path) -> None:
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                command, env=env, cwd=ROOT, stdout=out, stderr=out, start_new_session=True
            )

    def kill(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(10)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def start_web(env: dict[str, str], port: int, log: Path) -> Running:
    """The web server as `motcua serve` starts it; waits until it answers."""
    running = Running(web_command("127.0.0.1", port), env, log)
    until(lambda: _is_alive(port), 30, f"the web server: {log.read_text()[-2000:]}")
    return running


def _is_alive(port: int) -> bool:
    try:
        return ask(port, "GET", "/livez")[0] == 200
    except OSError:
        return False


def ask(port: int, method: str, path: str, **more: Any) -> tuple[int, str]:
    """One request; status and Location. OSError when the server dies before its answer."""
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        line.request(method, path, **more)
        answer = line.getresponse()
        answer.read()
        return answer.status, answer.headers.get("Location", "")
    except http.client.HTTPException as broken:
        raise ConnectionError from broken
    finally:
        line.close()


def until(is_so: Callable[[], bool], seconds: float, what: str) -> None:
    """Wait for something; AssertionError when it does not come."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"waited {seconds} s for {what}"
        time.sleep(0.05)
