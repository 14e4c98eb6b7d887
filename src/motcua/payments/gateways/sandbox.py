"""The client of our sandbox gateway: a redirect with signed parameters, questions by JSON.

It speaks as the gateways of Vietnam do (sorted parameters, HMAC-SHA512, amounts times a hundred),
so that connecting a real one is another class of this size and nothing else.
"""

import json
import logging
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings

from motcua.kernel import clock
from motcua.payments.gateways.protocol import (
    BadNotice,
    GatewayFault,
    Notice,
    Order,
    RefundAnswer,
    RefundOrder,
)
from motcua.payments.rules import signing
from motcua.payments.rules.reconciling import StatementLine
from motcua.payments.rules.statement_files import StatementFault, read_statement

log = logging.getLogger("motcua.payments")

TIMEOUT_S = 10
LARGEST_ANSWER = 20_000_000
MERCHANT = "MOTCUA"
# Codes of a transaction on the wire -> what it means to us.
STATES = {"00": "paid", "01": "pending", "11": "expired", "24": "cancelled", "51": "failed"}
ANSWERS = {
    "taken": ("00", "Confirmed"),
    "unknown-order": ("01", "Order not found"),
    "taken-before": ("02", "Already confirmed"),
    "wrong-amount": ("04", "Wrong amount"),
    "bad-signature": ("97", "Wrong signature"),
    "trouble": ("99", "Try again later"),
}

Send = Callable[[str, str, bytes | None], tuple[int, bytes]]


class Sandbox:
    """The gateway of the demo; `send` carries requests (method, address, body)."""

    name = "sandbox"

    def __init__(self, send: Send | None = None) -> None:
        self._send = send or send_http

    def start(self, order: Order) -> str:
        """The signed address of the payment page."""
        params = {
            "pg_Version": "1",
            "pg_Command": "pay",
            "pg_Merchant": MERCHANT,
            "pg_Ref": order.reference,
            "pg_Amount": signing.amount_sent(order.amount_vnd),
            "pg_Currency": "VND",
            "pg_OrderInfo": order.title,
            "pg_CreateTime": signing.moment_sent(order.created_at),
            "pg_ExpireTime": signing.moment_sent(order.expires_at),
            "pg_ReturnUrl": order.return_url,
            "pg_NotifyUrl": order.notify_url,
            "pg_Locale": order.language,
            "pg_IpAddr": order.ip,
        }
        return f"{_url()}/pay?{signing.query_of(params, _secret())}"

    def read_notice(self, params: Mapping[str, str]) -> Notice:
        """A signed notice or return as we understand it, or BadNotice."""
        try:
            return self._notice(signing.believed(params, _secret()))
        except signing.SigningFault as fault:
            raise BadNotice(fault.code) from None

    def answer(self, verdict: str) -> dict[str, Any]:
        code, message = ANSWERS[verdict]
        return {"RspCode": code, "Message": message}

    def ask(self, reference: str) -> tuple[Notice, ...]:
        """POST /api/query: every transaction of the order."""
        told = self._call("query", {"pg_Ref": reference})
        try:
            listed = json.loads(told.get("pg_Transactions", "[]"))
            return tuple(self._notice(each) for each in listed)
        except (ValueError, AttributeError, TypeError):
            raise GatewayFault("nonsense", permanent=False) from None

    def refund(self, order: RefundOrder) -> RefundAnswer:
        """POST /api/refund; the gateway knows the key and gives back once."""
        told = self._call(
            "refund",
            {
                "pg_RefundKey": order.key,
                "pg_Ref": order.reference,
                "pg_TransactionNo": order.transaction,
                "pg_Amount": signing.amount_sent(order.amount_vnd),
                "pg_OrderInfo": order.reason,
            },
        )
        code = told.get("pg_ResponseCode", "")
        state = {"00": "made", "01": "pending"}.get(code, "refused")
        return RefundAnswer(state=state, transaction=told.get("pg_TransactionNo", ""), code=code)

    def statement(self, day: date) -> tuple[StatementLine, ...]:
        """GET /api/statement: the lines of the gateway and of its bank."""
        params = {"pg_Command": "statement", "pg_Merchant": MERCHANT, "pg_Day": f"{day:%Y%m%d}"}
        query = signing.query_of(params | self._request_time(), _secret())
        body = self._request("GET", f"{_url()}/api/statement?{query}", None)
        try:
            return read_statement(body)
        except StatementFault:
            raise GatewayFault("nonsense", permanent=False) from None

    def _notice(self, params: Mapping[str, str]) -> Notice:
        """The one place where wire fields become a Notice; SigningFault "format"."""
        kind = params.get("pg_Command", "payment")
        state = STATES.get(params.get("pg_ResponseCode", ""))
        known = kind == "transfer" or (kind == "payment" and params.get("pg_Ref"))
        if not known or state is None:
            raise signing.SigningFault("format")
        paid = params.get("pg_PayTime")
        return Notice(
            gateway=self.name,
            kind=kind,
            reference=params.get("pg_Ref", ""),
            transaction=params.get("pg_TransactionNo", ""),
            amount_vnd=signing.amount_read(params.get("pg_Amount", "")),
            currency=params.get("pg_Currency", ""),
            state=state,
            paid_at=signing.moment_read(paid) if paid else None,
            bank=params.get("pg_BankCode", ""),
            content=params.get("pg_Content", ""),
            account=params.get("pg_Account", ""),
        )

    def _call(self, command: str, params: dict[str, str]) -> dict[str, str]:
        """A signed question by JSON, and its signed answer."""
        params = {"pg_Command": command, "pg_Merchant": MERCHANT, **params}
        asked = signing.signed(params | self._request_time(), _secret())
        body = json.dumps(asked).encode()
        told = self._request("POST", f"{_url()}/api/{command}", body)
        try:
            answer = json.loads(told)
            return signing.believed({str(k): str(v) for k, v in answer.items()}, _secret())
        except (ValueError, AttributeError):
            raise GatewayFault("nonsense", permanent=False) from None

    def _request_time(self) -> dict[str, str]:
        return {"pg_RequestTime": signing.moment_sent(clock.now())}

    def _request(self, method: str, address: str, body: bytes | None) -> bytes:
        status, told = self._send(method, address, body)
        if status == 200:
            return told
        log.warning("gateway_refused", extra={"gateway": self.name, "status": status})
        permanent = 400 <= status < 500 and status not in (408, 429)
        raise GatewayFault(f"http-{status}", permanent=permanent)


class _NoRedirects(HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_options: Any) -> None:
        return None


_opener = build_opener(_NoRedirects)


def send_http(method: str, address: str, body: bytes | None) -> tuple[int, bytes]:
    """One request, with a time limit, following no redirects. GatewayFault when nobody answers."""
    if urlsplit(address).scheme not in ("http", "https"):
        raise GatewayFault("address", permanent=True)
    headers = {"Content-Type": "application/json"} if body is not None else {}
    request = Request(address, data=body, method=method, headers=headers)  # noqa: S310 - see above
    try:
        with _opener.open(request, timeout=TIMEOUT_S) as answer:
            return answer.status, answer.read(LARGEST_ANSWER)
    except HTTPError as error:
        with error:
            return error.code, b""
    except (URLError, OSError, TimeoutError) as error:
        log.warning("gateway_silent", extra={"error": type(error).__name__})
        raise GatewayFault("silent", permanent=False) from None


def _url() -> str:
    return str(settings.MOTCUA_GATEWAY_URL).rstrip("/")


def _secret() -> str:
    return str(settings.MOTCUA_GATEWAY_SECRET)


def day_is_over(day: date) -> bool:
    """Whether the gateway has closed the day (in Vietnam's time)."""
    return clock.now().astimezone(signing.HERE).date() >= day + timedelta(days=1)
