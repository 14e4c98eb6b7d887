"""The real sandbox and its real client, joined within this process instead of by a network."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from motcua.kernel import clock
from motcua.payments.gateways.protocol import GatewayFault
from motcua.payments.gateways.sandbox import Sandbox as Client
from motcua.project.sandbox.app import Sandbox
from motcua.project.sandbox.courier import Courier
from motcua.project.sandbox.store import Row, Store
from motcua.project.sandbox.wsgi import Application

SECRET = "only-for-tests"
PATH = "tests.payments.sandbox_world.JoinedClient"
NOTIFY = "http://motcua.example/pay/notice/sandbox/"


class Reply:
    """What the sandbox answered."""

    def __init__(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        self.status = int(status.split(maxsplit=1)[0])
        self.headers = dict(headers)
        self.text = body.decode()

    @property
    def to(self) -> str:
        return self.headers.get("Location", "")


class House:
    """One sandbox; `hear` is who receives its notices."""

    current: "House"

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "sandbox.sqlite3")
        self.sandbox = Sandbox(self.store, secret=SECRET, notify_url=NOTIFY)
        self._application = Application(self.sandbox.handle)
        self.heard: list[dict[str, str]] = []
        self.answers: list[str] = []
        self.courier = Courier(self.store, self._hear)
        House.current = self

    def _hear(self, _method: str, address: str, _body: bytes | None) -> tuple[int, bytes]:
        self.heard.append(dict(parse_qsl(urlsplit(address).query)))
        return self.hear(self.heard[-1])

    def hear(self, _params: dict[str, str]) -> tuple[int, bytes]:
        if not self.answers:
            return 200, b'{"RspCode": "00"}'
        answer = self.answers.pop(0)
        if answer == "silent":
            raise GatewayFault("silent", permanent=False)
        return (500, b"") if answer == "500" else (200, answer.encode())

    def ask(
        self, method: str, address: str, body: bytes = b"", media: str = "", **form: str
    ) -> Reply:
        """One request through WSGI."""
        parts = urlsplit(address)
        sent = body or urlencode(form).encode()
        answer: list[Any] = []
        environ = {
            "REQUEST_METHOD": method,
            "PATH_INFO": parts.path or "/",
            "QUERY_STRING": parts.query,
            "CONTENT_TYPE": media or "application/x-www-form-urlencoded",
            "CONTENT_LENGTH": str(len(sent)),
            "wsgi.input": BytesIO(sent),
        }
        chunks = self._application(environ, lambda *given: answer.extend(given))
        return Reply(answer[0], answer[1], b"".join(chunks))

    def visit(self, address: str) -> Reply:
        """As a browser: follows the sandbox's own redirects."""
        reply = self.ask("GET", address)
        return self.ask("GET", reply.to) if reply.status == 303 else reply

    def do(self, address: str, doing: str, when: str = "now") -> Reply:
        """Open the payment page at `address` and press a button."""
        token = re.search(r'action="(/order/[^"]+)"', self.visit(address).text)
        assert token is not None
        return self.ask("POST", token[1], do=doing, when=when)

    def deliver(self, moment: datetime | None = None) -> int:
        """Send the notices that are due (at a moment)."""
        if moment is None:
            return self.courier.deliver_due()
        with clock.at(moment):
            return self.courier.deliver_due()

    def rows(self, table: str) -> list[Row]:
        with self.store.transaction() as book:
            return book.all(f"SELECT * FROM {table} ORDER BY nth")

    @contextmanager
    def down(self) -> Iterator[None]:
        self.ask("POST", "/down", do="on")
        yield
        self.ask("POST", "/down", do="off")


class JoinedClient(Client):
    """The client, whose requests go to the current house."""

    def __init__(self) -> None:
        super().__init__(_send)


def _send(method: str, address: str, body: bytes | None) -> tuple[int, bytes]:
    media = "application/json" if body else ""
    reply = House.current.ask(method, address, body or b"", media)
    return reply.status, reply.text.encode()
