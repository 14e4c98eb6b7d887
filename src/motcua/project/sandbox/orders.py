"""What the sandbox does with orders: takes them, lets a person pay or not, tells, gives back."""

import json
import secrets
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import urlsplit

from msgspec import Struct

from motcua.kernel import clock
from motcua.payments.rules import signing
from motcua.project.sandbox.store import Book, Row, moment, stamp

FEE_VND = 1_100
LATE = timedelta(seconds=30)
BETWEEN_TWO = timedelta(seconds=3)
DOINGS = ("pay", "pay-close", "twice", "fail", "cancel", "close")
WHEN = ("now", "late", "twice", "never")
PAID, PENDING, EXPIRED, CANCELLED, FAILED = "00", "01", "11", "24", "51"


class Denied(Exception):
    """The sandbox's own no: its code on the wire."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Order(Struct, frozen=True, kw_only=True):
    """An order as the pages show it; `code` is where it stands."""

    row: Row
    code: str
    paid_times: int


def take(book: Book, params: Mapping[str, str], secret: str) -> str:
    """Keep a signed order and return its token; the same order again is the same token.

    Denied: "97" signature, "03" format, "02" the reference is used for another amount.
    """
    try:
        asked = signing.believed(params, secret)
        amount = signing.amount_read(asked.get("pg_Amount", ""))
        created = signing.moment_read(asked.get("pg_CreateTime", ""))
        expires = signing.moment_read(asked.get("pg_ExpireTime", ""))
    except signing.SigningFault as fault:
        raise Denied("97" if fault.code == "signature" else "03") from None
    addresses = [asked.get("pg_ReturnUrl", ""), asked.get("pg_NotifyUrl", "")]
    right = asked.get("pg_Command") == "pay" and asked.get("pg_Currency") == "VND"
    if not right or not asked.get("pg_Ref") or not all(map(_is_web, addresses)):
        raise Denied("03")
    known = book.one(
        "SELECT * FROM orders WHERE merchant = ? AND reference = ?",
        asked.get("pg_Merchant", ""),
        asked["pg_Ref"],
    )
    if known is not None:
        if known["amount_vnd"] != amount:
            raise Denied("02")
        return str(known["token"])
    token = secrets.token_urlsafe(18)
    language = asked.get("pg_Locale", "vi")
    book.add(
        "orders",
        token=token,
        merchant=asked.get("pg_Merchant", ""),
        reference=asked["pg_Ref"],
        amount_vnd=amount,
        title=asked.get("pg_OrderInfo", "")[:500],
        created_at=stamp(created),
        expires_at=stamp(expires),
        return_url=addresses[0],
        notify_url=addresses[1],
        language=language if language in ("vi", "en", "fr") else "vi",
    )
    return token


def order(book: Book, token: str) -> Order | None:
    """The order of a payment page."""
    row = book.one("SELECT * FROM orders WHERE token = ?", token)
    if row is None:
        return None
    done = book.all(
        "SELECT code FROM transactions WHERE token = ? AND kind = 'payment' ORDER BY nth", token
    )
    paid = sum(each["code"] == PAID for each in done)
    late = moment(row["expires_at"]) <= clock.now()
    code = PAID if paid else done[-1]["code"] if done else EXPIRED if late else PENDING
    return Order(row=row, code=code, paid_times=paid)


def do(book: Book, token: str, doing: str, *, when: str, secret: str) -> str | None:
    """What the person at the payment page does; the address to go back to, or None (closed).

    Denied "11": too late, "02": this order is paid or cancelled, "03": no such choice.
    """
    found = order(book, token)
    if found is None or doing not in DOINGS or when not in WHEN:
        raise Denied("03")
    if doing == "close":
        return None
    if found.code not in (PENDING, FAILED):
        raise Denied(EXPIRED if found.code == EXPIRED else "02")
    row = found.row
    code = {"cancel": CANCELLED, "fail": FAILED}.get(doing, PAID)
    numbers = [_transaction(book, row, code) for _ in range(2 if doing == "twice" else 1)]
    for number in numbers:
        tell(book, row["notify_url"], number, when=when, secret=secret)
    if doing == "pay-close":
        return None
    return back(book, row, numbers[0], secret=secret)


def back(book: Book, row: Row, number: str, *, secret: str) -> str:
    """The signed address by which the browser returns; it proves nothing."""
    query = signing.query_of(notice(book, number), secret)
    mark = "&" if urlsplit(row["return_url"]).query else "?"
    return f"{row['return_url']}{mark}{query}"


def transfer(book: Book, *, bank: str, account: str, amount_vnd: int, content: str) -> str:
    """Money sent by a bank's app; its number."""
    return _add(
        book,
        kind="transfer",
        code=PAID,
        amount_vnd=amount_vnd,
        bank=bank,
        account=account,
        content=content[:200],
    )


def tell(book: Book, url: str, number: str, *, when: str, secret: str) -> None:
    """Plan the notices of a transaction: now, late, twice or never."""
    if when == "never" or not url:
        return
    now = clock.now()
    first = now + LATE if when == "late" else now
    moments = [first, first + BETWEEN_TWO] if when == "twice" else [first]
    params = json.dumps(signing.signed(notice(book, number), secret))
    for due in moments:
        book.add("deliveries", url=url, params=params, due_at=stamp(due))


def notice(book: Book, number: str) -> dict[str, str]:
    """The fields that tell of a transaction, not signed yet."""
    row = book.one("SELECT * FROM transactions WHERE number = ?", number)
    if row is None:
        raise Denied("91")
    return {
        "pg_Command": row["kind"],
        "pg_Ref": row["reference"],
        "pg_TransactionNo": row["number"],
        "pg_Amount": signing.amount_sent(row["amount_vnd"]),
        "pg_Currency": "VND",
        "pg_ResponseCode": row["code"],
        "pg_PayTime": signing.moment_sent(moment(row["at"])),
        "pg_BankCode": row["bank"],
        "pg_Account": row["account"],
        "pg_Content": row["content"],
    }


def transactions_of(book: Book, reference: str) -> list[dict[str, str]]:
    """What `query` answers: every transaction of the order, or one that it waits or is too late."""
    row = book.one("SELECT * FROM orders WHERE reference = ?", reference)
    if row is None:
        return []
    numbers = book.all(
        "SELECT number FROM transactions WHERE token = ? AND kind = 'payment' ORDER BY nth",
        row["token"],
    )
    if numbers:
        return [notice(book, each["number"]) for each in numbers]
    return [
        {
            "pg_Command": "payment",
            "pg_Ref": reference,
            "pg_Amount": signing.amount_sent(row["amount_vnd"]),
            "pg_Currency": "VND",
            "pg_ResponseCode": EXPIRED if moment(row["expires_at"]) <= clock.now() else PENDING,
        }
    ]


def refund(book: Book, params: Mapping[str, str]) -> dict[str, str]:
    """Give money back from a paid transaction, once per key; never more than it brought."""
    key, number = params.get("pg_RefundKey", ""), params.get("pg_TransactionNo", "")
    amount = signing.amount_read(params.get("pg_Amount", ""))
    before = book.one("SELECT * FROM transactions WHERE refund_key = ?", key)
    if before is not None:
        same = before["amount_vnd"] == amount and before["refund_of"] == number
        return _refunded(before["number"]) if same else {"pg_ResponseCode": "94"}
    paid = book.one("SELECT * FROM transactions WHERE number = ?", number)
    if not key or paid is None or paid["code"] != PAID or paid["kind"] == "refund":
        return {"pg_ResponseCode": "91"}
    given = book.one(
        "SELECT coalesce(sum(amount_vnd), 0) AS vnd FROM transactions WHERE refund_of = ?", number
    )
    if given is None or given["vnd"] + amount > paid["amount_vnd"]:
        return {"pg_ResponseCode": "95"}
    made = _add(
        book,
        kind="refund",
        code=PAID,
        token=paid["token"],
        reference=key,
        amount_vnd=amount,
        refund_key=key,
        refund_of=number,
    )
    return _refunded(made)


def _refunded(number: str) -> dict[str, str]:
    return {"pg_ResponseCode": PAID, "pg_TransactionNo": number}


def _transaction(book: Book, row: Row, code: str) -> str:
    return _add(
        book,
        kind="payment",
        token=row["token"],
        reference=row["reference"],
        amount_vnd=row["amount_vnd"],
        code=code,
        fee_vnd=min(FEE_VND, row["amount_vnd"]) if code == PAID else 0,
        bank="MOTBANK",
    )


def _add(book: Book, **values: object) -> str:
    now = clock.now()
    day = now.astimezone(signing.HERE).strftime("%Y%m%d")
    # Unlike a counter, a random part stays different when the sandbox's file is thrown away.
    number = f"{day[2:]}{secrets.randbelow(10**10):010d}"
    book.add("transactions", number=number, at=stamp(now), day=day, **values)
    return number


def _is_web(address: str) -> bool:
    parts = urlsplit(address)
    return parts.scheme in ("http", "https") and bool(parts.hostname)
