"""Writing in the books: one journal with its postings; what is booked once stays booked once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec
from django.db import connection

from motcua.kernel import clock
from motcua.payments.models import Journal, LedgerAccount, Posting, SuspenseItem
from motcua.payments.rules import accounts

_SPACE = UUID("6f0f5c7e-5a0b-4f5e-9d56-0d3a4c1b7e21")
_JOURNAL = """
INSERT INTO payments_journal (id, kind, key, bill_id, payment_id, at, lines, detail)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s::jsonb) ON CONFLICT (id) DO NOTHING RETURNING id
"""
_SUSPENSE = """
INSERT INTO payments_suspenseitem (id, key, why, amount_vnd, means, gateway, transaction, bill_id,
    payment_id, creditor_id, detail, opened_at, how, say)
VALUES (%(id)s, %(key)s, %(why)s, %(amount_vnd)s, %(means)s, %(gateway)s, %(transaction)s,
    %(bill_id)s::uuid, %(payment_id)s::uuid, %(creditor_id)s::uuid, %(detail)s::jsonb, %(now)s,
    '', '')
ON CONFLICT (id) DO NOTHING RETURNING id
"""


def book(
    kind: str,
    key: str,
    postings: Sequence[tuple[str, int]],
    *,
    bill_id: UUID | None = None,
    payment_id: UUID | None = None,
    at: datetime | None = None,
    detail: Mapping[str, Any] | None = None,
) -> bool:
    """Write the journal `key` of (account, đồng; debit positive), in the caller's transaction.

    False when it was written before, whoever wrote it: nothing happens then. Postings of nothing
    are left out; what remains must sum to zero, or the commit fails.
    """
    moving = [(account, vnd) for account, vnd in postings if vnd]
    journal_id = uuid5(_SPACE, f"journal:{key}")
    text = msgspec.json.encode(dict(detail or {})).decode()
    row: list[Any] = [
        journal_id,
        kind,
        key,
        bill_id,
        payment_id,
        at or clock.now(),
        len(moving),
        text,
    ]
    with connection.cursor() as cursor:
        cursor.execute(_JOURNAL, row)
        if cursor.fetchone() is None:
            return False
    # In the order of their codes, so that two journals never wait for each other's new accounts.
    codes = sorted({account for account, _ in moving})
    LedgerAccount.objects.bulk_create(map(_account, codes), ignore_conflicts=True)
    Posting.objects.bulk_create(
        Posting(journal_id=journal_id, nth=nth, account_id=account, vnd=vnd)
        for nth, (account, vnd) in enumerate(moving, start=1)
    )
    return True


def is_booked(key: str) -> bool:
    """Whether the journal `key` was written."""
    return Journal.objects.filter(id=uuid5(_SPACE, f"journal:{key}")).exists()


def suspend(
    key: str,
    *,
    why: str,
    amount_vnd: int,
    means: str,
    gateway: str = "",
    transaction: str = "",
    bill_id: UUID | None = None,
    payment_id: UUID | None = None,
    creditor_id: UUID | None = None,
    detail: Mapping[str, Any] | None = None,
) -> UUID | None:
    """Leave a row for a human about money; None when `key` has one already. Books nothing."""
    row: dict[str, Any] = {
        "id": uuid5(_SPACE, f"suspense:{key}"),
        "key": key,
        "why": why,
        "amount_vnd": amount_vnd,
        "means": means,
        "gateway": gateway,
        "transaction": transaction,
        "bill_id": bill_id,
        "payment_id": payment_id,
        "creditor_id": creditor_id,
        "detail": msgspec.json.encode(dict(detail or {})).decode(),
        "now": clock.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_SUSPENSE, row)
        found = cursor.fetchone()
    return found[0] if found else None


def suspended(key: str) -> bool:
    """Whether money of this key waits, or waited, for a human."""
    return SuspenseItem.objects.filter(id=uuid5(_SPACE, f"suspense:{key}")).exists()


def _account(code: str) -> LedgerAccount:
    kind, owner = accounts.kind_and_owner(code)
    return LedgerAccount(code=code, kind=kind, owner=owner)
