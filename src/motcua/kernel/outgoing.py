"""One POST to a stranger's server: a deadline for all of it, no redirect, no private address.

`post` reads only the first line of the answer, `ask` the whole of it up to a limit. The name is
resolved once, every address that it has is checked, and the connection goes to the address that
was checked.
"""

import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from http.client import HTTPException, HTTPResponse
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

from motcua.kernel.addresses import Address, Network, may_connect, status_of

DEADLINE_S = 10.0
MOST_READ = 16 * 1024
MOST_ANSWERED = 1024 * 1024

T = TypeVar("T")
Talk = Callable[[socket.socket, bytes, float], T]


class NotDeliveredError(Exception):
    """`fault`: timeout, unreachable, private, tls, nonsense, redirect, gone, status."""

    def __init__(self, fault: str, answer: int | None = None) -> None:
        super().__init__(fault)
        self.fault = fault
        self.answer = answer


def post(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    networks: Sequence[Network] = (),
    deadline_s: float = DEADLINE_S,
) -> int:
    """Send; the status when it is 2xx, else NotDeliveredError."""
    end = time.monotonic() + deadline_s
    status = _called(
        lambda: _exchange(urlsplit(url), headers, body, networks=networks, end=end, talk=_talk)
    )
    if 200 <= status < 300:
        return status
    fault = {0: "nonsense", 410: "gone"}.get(status, "redirect" if status // 100 == 3 else "status")
    raise NotDeliveredError(fault, status or None)


def ask(
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    networks: Sequence[Network] = (),
    deadline_s: float = DEADLINE_S,
    most: int = MOST_ANSWERED,
) -> tuple[int, bytes]:
    """Send, and read what is answered: the status, whatever it is, and the body. NotDeliveredError
    when nobody answers in time, or not in HTTP, or with more than `most` bytes ("nonsense")."""
    end = time.monotonic() + deadline_s

    def talk(line: socket.socket, request: bytes, end: float) -> tuple[int, bytes]:
        return _read_all(line, request, end, most=most)

    return _called(
        lambda: _exchange(urlsplit(url), headers, body, networks=networks, end=end, talk=talk)
    )


def _called(call: Callable[[], T]) -> T:
    try:
        return call()
    except TimeoutError:
        raise NotDeliveredError("timeout") from None
    except ssl.SSLError:
        raise NotDeliveredError("tls") from None
    except (OSError, UnicodeError):
        raise NotDeliveredError("unreachable") from None


def _exchange(
    to: SplitResult,
    headers: Mapping[str, str],
    body: bytes,
    *,
    networks: Sequence[Network],
    end: float,
    talk: Talk[T],
) -> T:
    host, port = to.hostname or "", to.port or (443 if to.scheme == "https" else 80)
    with _connected(_resolved(host, port, networks), port, end) as plain:
        if to.scheme == "https":
            with ssl.create_default_context().wrap_socket(plain, server_hostname=host) as line:
                return talk(line, _request(to, headers, body), end)
        if not ipaddress.ip_address(plain.getpeername()[0]).is_loopback:
            raise NotDeliveredError("private")
        return talk(plain, _request(to, headers, body), end)


def _resolved(host: str, port: int, networks: Sequence[Network]) -> list[Address]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(one[4][0]).partition("%")[0]) for one in found]
    if not all(may_connect(one, networks) for one in addresses):
        raise NotDeliveredError("private")
    return list(dict.fromkeys(addresses))


def _connected(addresses: list[Address], port: int, end: float) -> socket.socket:
    """To the first address that takes us."""
    for address in addresses[:-1]:
        try:
            half = _left(end) / 2
            return socket.create_connection((str(address), port), timeout=half)
        except OSError:
            continue
    line = socket.create_connection((str(addresses[-1]), port), timeout=_left(end))
    line.settimeout(_left(end))
    return line


def _request(to: SplitResult, headers: Mapping[str, str], body: bytes) -> bytes:
    target = (to.path or "/") + (f"?{to.query}" if to.query else "")
    lines = [f"POST {target} HTTP/1.1", f"Host: {to.netloc}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    lines += [f"Content-Length: {len(body)}", "Connection: close", "", ""]
    return "\r\n".join(lines).encode("ascii") + body


def _talk(line: socket.socket, request: bytes, end: float) -> int:
    line.settimeout(_left(end))
    line.sendall(request)
    read = b""
    while True:
        first, newline, _rest = read.partition(b"\n")
        status = status_of(first + newline) if newline else None
        if status == 0 or (status is not None and status >= 200):
            return status
        head_ends = read.find(b"\r\n\r\n")
        if status is not None and head_ends >= 0:  # 1xx: the real answer follows
            read = read[head_ends + 4 :]
            continue
        line.settimeout(_left(end))
        more = line.recv(4096)
        read += more
        if not more or len(read) > MOST_READ:
            return 0


def _read_all(line: socket.socket, request: bytes, end: float, *, most: int) -> tuple[int, bytes]:
    """Until the other side closes, which it was asked to do."""
    line.settimeout(_left(end))
    line.sendall(request)
    read = bytearray()
    while True:
        line.settimeout(_left(end))
        more = line.recv(65536)
        if not more:
            break
        read += more
        if len(read) > most + MOST_READ:
            raise NotDeliveredError("nonsense")
    answer = HTTPResponse(_Heard(bytes(read)), method="POST")  # type: ignore[arg-type]
    try:
        answer.begin()
        return answer.status, answer.read()
    except (HTTPException, ValueError):
        raise NotDeliveredError("nonsense") from None


class _Heard:
    """What was read, in the shape of the socket that HTTPResponse wants."""

    def __init__(self, read: bytes) -> None:
        self.read = read

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self.read)


def _left(end: float) -> float:
    left = end - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
