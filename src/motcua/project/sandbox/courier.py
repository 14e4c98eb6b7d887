"""Delivers notices: again and again, further and further apart, until the merchant has heard."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlencode

from motcua.kernel import clock
from motcua.payments.gateways.protocol import GatewayFault
from motcua.payments.gateways.sandbox import send_http
from motcua.project.sandbox.store import Row, Store, stamp

# Seconds until the next attempt; after the last one the sandbox gives up, as real gateways do.
PAUSES_S = (2, 5, 15, 60, 300, 900, 1800, 3600, 3600)
# "Try again" is the only answer that asks for another attempt.
HEARD = ("00", "01", "02", "04", "97")

Send = Callable[[str, str, bytes | None], tuple[int, bytes]]


class Courier:
    """The one who delivers; `send` carries a GET, `deliver_due` does what is due now."""

    def __init__(self, store: Store, send: Send = send_http) -> None:
        self._store = store
        self._send = send

    def run(self, stop: threading.Event, *, idle_s: float = 0.3) -> None:
        """Deliver until told to stop."""
        while not stop.wait(idle_s):
            self.deliver_due()

    def deliver_due(self) -> int:
        """Every notice whose time has come, once each; how many were tried."""
        with self._store.transaction() as book:
            due = book.all(
                "SELECT * FROM deliveries WHERE ended_at IS NULL AND due_at <= ? ORDER BY nth",
                stamp(clock.now()),
            )
        for row in due:
            self._note(row, self._try(row))
        return len(due)

    def _try(self, row: Row) -> str:
        """The merchant's answer code, or why there is none."""
        mark = "&" if "?" in row["url"] else "?"
        address = f"{row['url']}{mark}{urlencode(json.loads(row['params']))}"
        try:
            status, body = self._send("GET", address, None)
        except GatewayFault as fault:
            return fault.code
        if status != 200:
            return f"http-{status}"
        try:
            return str(json.loads(body)["RspCode"])[:20]
        except (ValueError, KeyError, TypeError):
            return "nonsense"

    def _note(self, row: Row, answer: str) -> None:
        now = clock.now()
        attempts = row["attempts"] + 1
        ended = answer in HEARD or attempts > len(PAUSES_S)
        pause = timedelta(seconds=0 if ended else PAUSES_S[attempts - 1])
        with self._store.transaction() as book:
            book.run(
                "UPDATE deliveries SET attempts = ?, answer = ?, due_at = ?, ended_at = ? "
                "WHERE nth = ?",
                attempts,
                answer,
                stamp(now + pause),
                stamp(now) if ended else None,
                row["nth"],
            )
