"""The sandbox as a process: threads that answer, one thread that delivers notices."""

import threading
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from motcua.project.sandbox.app import Sandbox
from motcua.project.sandbox.courier import Courier
from motcua.project.sandbox.store import Store
from motcua.project.sandbox.wsgi import Application


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    """Writes no line per request: addresses carry references of payments."""

    def log_message(self, *_args: Any) -> None:
        return


def serve(
    folder: Path, *, host: str, port: int, secret: str, notify_url: str, stop: threading.Event
) -> None:
    """Answer and deliver until `stop` is set."""
    store = Store(folder / "sandbox.sqlite3")
    sandbox = Sandbox(store, secret=secret, notify_url=notify_url)
    server = make_server(
        host, port, Application(sandbox.handle), server_class=_Server, handler_class=_Quiet
    )
    courier = threading.Thread(target=Courier(store).run, args=(stop,), daemon=True)
    answering = threading.Thread(target=server.serve_forever, daemon=True)
    courier.start()
    answering.start()
    try:
        stop.wait()
    finally:
        server.shutdown()
        server.server_close()
        courier.join(5)
