"""A receiver of webhooks on this machine, that behaves as badly as a test wants."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import msgspec
from standardwebhooks.webhooks import Webhook


class Got(msgspec.Struct):
    """One request as it arrived."""

    headers: dict[str, str]
    body: str
    path: str = ""

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def said(self) -> dict[str, Any]:
        return dict(msgspec.json.decode(self.body))

    def verified(self, secret: str) -> dict[str, Any]:
        """What a stranger's library makes of it; it raises when the signature is wrong."""
        return dict(Webhook(secret).verify(self.body, self.headers))


Answer = int | bytes
Behaviour = Callable[[Got], Answer]


class Receiver:
    """`got` is all that arrived; `behave` answers with a status, or with raw bytes."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/hook?of=tests"
        self.got: list[Got] = []
        self.behave: Behaviour = lambda _got: 204

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers["Content-Length"])
        headers = {name.lower(): value for name, value in handler.headers.items()}
        got = Got(headers, handler.rfile.read(length).decode(), handler.path)
        self.got.append(got)
        answer = self.behave(got)
        if isinstance(answer, int):
            answer = f"HTTP/1.1 {answer} Said\r\nContent-Length: 0\r\n\r\n".encode()
        try:
            handler.wfile.write(answer)
        except OSError:  # the other side had read enough
            handler.close_connection = True


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver at work until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.take(self)

        def log_message(self, *_about: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    receiver = Receiver(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
