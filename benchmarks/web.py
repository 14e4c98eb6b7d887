"""The web server as the product starts it, a thin load upon it, and what both sides cost."""

import itertools
import os
import selectors
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from benchmarks import ground
from motcua.project.processes import web_command

TICK = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 8
_addresses = itertools.count(7, 13)  # each request from another address


class Request(Struct, frozen=True):
    """An HTTP request in bytes, and the statuses that are right for it."""

    raw: bytes
    expect: tuple[int, ...] = (200,)


class Load(Struct, frozen=True, kw_only=True):
    """What a load has shown: latencies in ms, in order of their ends."""

    seconds: float
    latencies: list[float]

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def quantile(self, share: float) -> float:
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Server(Struct, frozen=True, kw_only=True):
    port: int
    pid: int


@contextmanager
def server() -> Iterator[Server]:
    """granian in a group of its own, on the database in use."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    log = (ground.STATE / "web.log").open("ab")
    env = os.environ | {"MOTCUA_ORIGIN": f"http://127.0.0.1:{port}"}
    process = subprocess.Popen(
        web_command("127.0.0.1", port), env=env, stdout=log, stderr=log, start_new_session=True
    )
    try:
        _until_alive(port)
        yield Server(port=port, pid=process.pid)
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def _until_alive(port: int) -> None:
    """Until every worker answers: a connection taken by one that still starts may be closed."""
    end, good = time.monotonic() + 90, 0
    while time.monotonic() < end:
        try:
            load(port, [get("/livez")] * 32, connections=CONNECTIONS)
            good += 1
        except OSError:
            good = 0
        if good == 3:
            return
        time.sleep(0.3)
    raise SystemExit("The web server did not start: see .state/bench/web.log")


def get(path: str, cookie: str = "", *, expect: tuple[int, ...] = (200,)) -> Request:
    address = f"10.{next(_addresses) % 250}.{next(_addresses) % 250}.1"
    head = (
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Language: vi\r\n"
        f"X-Forwarded-For: {address}\r\n"
    )
    return Request((head + (f"Cookie: {cookie}\r\n" if cookie else "") + "\r\n").encode(), expect)


def post(path: str, cookie: str, form: str, *, port: int) -> Request:
    from benchmarks.cast import TOKEN

    body = f"csrfmiddlewaretoken={TOKEN}&{form}".encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: http://127.0.0.1:{port}\r\n"
        f"Cookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return Request(head.encode() + body, (302, 303))


def load(
    port: int,
    requests: Iterable[Request],
    *,
    connections: int = CONNECTIONS,
    seconds: float = 3600,
) -> Load:
    """Send the requests over persistent connections, each connection one at a time."""
    source, latencies = iter(requests), []
    selector = selectors.DefaultSelector()
    begun = time.perf_counter()
    end = begun + seconds
    busy = sum(_next(_Line(port, selector), source) for _ in range(connections))
    while busy:
        for key, _mask in selector.select(30):
            line: _Line = key.data
            if not line.received():
                continue
            now = time.perf_counter()
            latencies.append((now - line.sent) * 1000)
            if now >= end or not _next(line, source):
                busy -= 1
                line.close()
    return Load(seconds=time.perf_counter() - begun, latencies=latencies)


def _next(line: "_Line", source: Iterator[Request]) -> bool:
    request = next(source, None)
    if request is None:
        return False
    line.send(request)
    return True


class _Line:
    """A persistent connection and the answer that comes over it."""

    def __init__(self, port: int, selector: selectors.BaseSelector) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.selector = selector
        selector.register(self.socket, selectors.EVENT_READ, self)
        self.got, self.sent, self.expect = b"", 0.0, (200,)

    def send(self, request: Request) -> None:
        self.got, self.sent, self.expect = b"", time.perf_counter(), request.expect
        self.socket.sendall(request.raw)

    def received(self) -> bool:
        """Take what came; whether the answer is whole. RuntimeError for a wrong status."""
        part = self.socket.recv(262144)
        if not part:
            raise ConnectionError("the server closed the connection")
        self.got += part
        head, found, body = self.got.partition(b"\r\n\r\n")
        if not found:
            return False
        status = int(head[9:12])
        if status not in self.expect:
            raise RuntimeError(f"{status}: {body[-2000:].decode(errors='replace')}")
        lower = head.lower()
        at = lower.find(b"content-length:")
        if at < 0:
            return status in (204, 304) or body.endswith(b"0\r\n\r\n") or b"chunked" not in lower
        return len(body) >= int(lower[at + 15 :].split(b"\r\n", 1)[0])

    def close(self) -> None:
        self.selector.unregister(self.socket)
        self.socket.close()


def cpu_s(pid: int) -> float:
    """CPU seconds of a process and of all its children, ended ones included."""
    total, children = 0.0, _children()
    waiting = [pid]
    while waiting:
        one = waiting.pop()
        waiting += children.get(one, [])
        try:
            fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(map(int, fields[11:15])) / TICK
    return total


def _children() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        found.setdefault(parent, []).append(int(stat.parent.name))
    return found


def postgres_pid() -> int:
    """The postmaster of the bench."""
    from motcua.project.postgres import Cluster

    lines = (Cluster(ground.STATE / "postgres").data / "postmaster.pid").read_text().splitlines()
    return int(lines[0])
