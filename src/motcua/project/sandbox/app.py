"""The sandbox's doors: pages for people, `/pay` and `/api/...` for the merchant."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime

from motcua.kernel import clock
from motcua.payments.rules import signing, vietqr
from motcua.payments.rules.statement_files import as_rows, write_csv
from motcua.project.sandbox import layout, orders, pages, statement
from motcua.project.sandbox.store import Store
from motcua.project.sandbox.texts import TEXTS, say
from motcua.project.sandbox.wsgi import Answer, Asked, as_json, see

_ORDER = re.compile(r"/order/([A-Za-z0-9_-]{10,40})(/closed)?")


class Sandbox:
    """Everything that can be asked; `notify_url` hears of transfers to the merchant's account."""

    def __init__(self, store: Store, *, secret: str, notify_url: str = "") -> None:
        self._store = store
        self._secret = secret
        self._notify_url = notify_url
        self._doors: dict[tuple[str, str], Callable[[Asked], Answer]] = {
            ("GET", "/"): self._home,
            ("GET", "/style.css"): lambda _asked: Answer(kind="text/css", body=layout.STYLE),
            ("POST", "/down"): self._set_down,
            ("GET", "/pay"): self._take_order,
            ("GET", "/bank"): self._bank,
            ("POST", "/bank"): self._transfer,
            ("GET", "/statement"): self._statement,
            ("GET", "/statement.csv"): self._file,
            ("GET", "/statement.json"): self._file,
            ("POST", "/plant"): self._plant,
            ("POST", "/heal"): self._heal,
            ("GET", "/notices"): self._notices,
            ("POST", "/api/query"): self._query,
            ("POST", "/api/refund"): self._refund,
            ("GET", "/api/statement"): self._statement_for_merchant,
        }

    def handle(self, asked: Asked) -> Answer:
        """The answer of the door that was knocked at."""
        if asked.path == "/pay" or asked.path.startswith("/api/"):
            with self._store.transaction() as book:
                if book.switch("down"):
                    return Answer(status=503, body="down", kind="text/plain")
        door = self._doors.get((asked.method, asked.path))
        if door is None and (match := _ORDER.fullmatch(asked.path)):
            if asked.method == "POST":
                return self._do(asked, match[1])
            return self._order(asked, match[1], closed=bool(match[2]))
        if door is None:
            return self._page(
                asked, "error", layout.trouble(*self._no(asked, "not-found")), status=404
            )
        return door(asked)

    # people

    def _home(self, asked: Asked) -> Answer:
        with self._store.transaction() as book:
            down = bool(book.switch("down"))
        return self._page(asked, "name", pages.home(asked.language, down=down))

    def _set_down(self, asked: Asked) -> Answer:
        with self._store.transaction() as book:
            book.set_switch("down", "1" if asked.form.get("do") == "on" else "")
        return see(f"/?lang={asked.language}")

    def _take_order(self, asked: Asked) -> Answer:
        try:
            params = signing.read_query(asked.query_text)
            with self._store.transaction() as book:
                token = orders.take(book, params, self._secret)
        except signing.SigningFault:
            return self._denied(asked, "03")
        except orders.Denied as denied:
            return self._denied(asked, denied.code)
        return see(f"/order/{token}?lang={params.get('pg_Locale', 'vi')}")

    def _order(self, asked: Asked, token: str, *, closed: bool) -> Answer:
        with self._store.transaction() as book:
            found = orders.order(book, token)
            if found is None:
                content = layout.trouble(*self._no(asked, "not-found"))
                return self._page(asked, "error", content, status=404)
            if closed:
                return self._page(asked, "closed-title", pages.closed(asked.language, token))
            last = book.one(
                "SELECT number FROM transactions WHERE token = ? AND kind = 'payment' "
                "ORDER BY nth DESC",
                token,
            )
            back = orders.back(book, found.row, last["number"], secret=self._secret) if last else ""
        return self._page(asked, "pay-title", pages.payment(asked.language, found, back))

    def _do(self, asked: Asked, token: str) -> Answer:
        with self._store.transaction() as book:
            try:
                to = orders.do(
                    book,
                    token,
                    asked.form.get("do", ""),
                    when=asked.form.get("when", "now"),
                    secret=self._secret,
                )
            except orders.Denied as denied:
                return self._denied(asked, denied.code)
        return see(to or f"/order/{token}/closed?lang={asked.language}")

    def _bank(self, asked: Asked) -> Answer:
        payload = asked.query.get("qr", "").strip()
        values, fault = {"qr": payload}, ""
        if payload:
            try:
                qr = vietqr.parse(payload)
                values |= {"bank": qr.bank, "account": qr.account, "content": qr.content}
                values["amount"] = "" if qr.amount_vnd is None else str(qr.amount_vnd)
            except vietqr.VietQRFault:
                fault = "bad-qr"
        return self._page(asked, "bank-title", pages.bank(asked.language, values, fault))

    def _transfer(self, asked: Asked) -> Answer:
        form = {name: value.strip() for name, value in asked.form.items()}
        bank, account = form.get("bank", ""), form.get("account", "")
        amount = re.sub(r"[ .,\u00a0]", "", form.get("amount", ""))
        right = re.fullmatch(r"\d{6}", bank) and re.fullmatch(r"[0-9A-Za-z]{1,19}", account)
        if not right or not re.fullmatch(r"[1-9][0-9]{0,12}", amount, re.ASCII):
            content = pages.bank(asked.language, form, "bad-transfer")
            return self._page(asked, "bank-title", content, status=422)
        when = form.get("when", "now")
        with self._store.transaction() as book:
            number = orders.transfer(
                book,
                bank=bank,
                account=account,
                amount_vnd=int(amount),
                content=form.get("content", ""),
            )
            when = when if when in orders.WHEN else "now"
            orders.tell(book, self._notify_url, number, when=when, secret=self._secret)
            row = book.one("SELECT * FROM transactions WHERE number = ?", number) or {}
        return self._page(asked, "transferred", pages.transferred(asked.language, row))

    def _statement(self, asked: Asked) -> Answer:
        day = _day(asked.query.get("day", ""))
        with self._store.transaction() as book:
            lines = statement.lines_of(book, day)
            faults = book.all("SELECT * FROM faults WHERE day = ? ORDER BY nth", f"{day:%Y%m%d}")
        content = pages.statement(asked.language, day, lines, faults=faults)
        return self._page(asked, "statement-title", content)

    def _file(self, asked: Asked) -> Answer:
        with self._store.transaction() as book:
            lines = statement.lines_of(book, _day(asked.query.get("day", "")))
        if asked.path.endswith("csv"):
            return Answer(kind="text/csv; charset=utf-8", body=write_csv(lines))
        return as_json(as_rows(lines))

    def _plant(self, asked: Asked) -> Answer:
        day, kind = _day(asked.form.get("day", "")), asked.form.get("kind", "")
        if kind not in statement.KINDS:
            return self._denied(asked, "03")
        fault = statement.Fault(kind=kind, number=asked.form.get("number", "").strip())
        with self._store.transaction() as book:
            statement.plant(book, day, fault)
        return see(f"/statement?day={day.isoformat()}&lang={asked.language}")

    def _heal(self, asked: Asked) -> Answer:
        day = _day(asked.form.get("day", ""))
        with self._store.transaction() as book:
            statement.heal(book, day)
        return see(f"/statement?day={day.isoformat()}&lang={asked.language}")

    def _notices(self, asked: Asked) -> Answer:
        with self._store.transaction() as book:
            rows = book.all("SELECT * FROM deliveries ORDER BY nth DESC LIMIT 100")
        return self._page(asked, "notices-title", pages.notices(asked.language, rows))

    # the merchant's machines

    def _query(self, asked: Asked) -> Answer:
        def answer(params: dict[str, str]) -> dict[str, str]:
            with self._store.transaction() as book:
                found = orders.transactions_of(book, params.get("pg_Ref", ""))
            code = "00" if found else "91"
            return {"pg_ResponseCode": code, "pg_Transactions": json.dumps(found)}

        return self._for_merchant({str(k): str(v) for k, v in asked.json.items()}, answer)

    def _refund(self, asked: Asked) -> Answer:
        def answer(params: dict[str, str]) -> dict[str, str]:
            with self._store.transaction() as book:
                return orders.refund(book, params)

        return self._for_merchant({str(k): str(v) for k, v in asked.json.items()}, answer)

    def _statement_for_merchant(self, asked: Asked) -> Answer:
        try:
            params = signing.believed(signing.read_query(asked.query_text), self._secret)
            day = datetime.strptime(params.get("pg_Day", ""), "%Y%m%d").date()  # noqa: DTZ007
        except ValueError:
            return Answer(status=403, kind="text/plain", body="denied")
        with self._store.transaction() as book:
            lines = statement.lines_of(book, day)
        return Answer(kind="text/csv; charset=utf-8", body=write_csv(lines))

    def _for_merchant(
        self, params: dict[str, str], answer: Callable[[dict[str, str]], dict[str, str]]
    ) -> Answer:
        try:
            told = answer(signing.believed(params, self._secret))
        except signing.SigningFault as fault:
            told = {"pg_ResponseCode": "97" if fault.code == "signature" else "03"}
        return as_json(signing.signed(told, self._secret))

    # pages

    def _page(self, asked: Asked, title: str, content: str, *, status: int = 200) -> Answer:
        query = (
            {}
            if asked.method == "POST"
            else {name: value for name, value in asked.query.items() if name in ("qr", "day")}
        )
        whole = layout.page(
            asked.language, say(asked.language, title), content, path=asked.path, query=query
        )
        return Answer(status=status, body=whole)

    def _denied(self, asked: Asked, code: str) -> Answer:
        key = f"denied-{code}" if f"denied-{code}" in TEXTS else "denied-03"
        return self._page(asked, "error", layout.trouble(*self._no(asked, key)), status=422)

    def _no(self, asked: Asked, key: str) -> tuple[str, str]:
        return asked.language, say(asked.language, key)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.now().astimezone(signing.HERE).date()
