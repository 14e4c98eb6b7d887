"""Looking up debts: by all keys or not at all, counted per asker and per key."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.utils.crypto import salted_hmac

from motcua.acts import api as acts
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.payments.models import Debt, LookupCount
from motcua.payments.operations.debts import left_of, token_of
from motcua.payments.rules import finding
from motcua.payments.shapes import DebtCard

MOST_FOUND = 50
_COUNT = """
INSERT INTO payments_lookupcount AS known (subject, span, times, forget_at)
SELECT * FROM unnest(%s::text[], %s::text[], %s::int[], %s::timestamptz[])
ORDER BY 1, 2
ON CONFLICT (subject, span) DO UPDATE SET times = known.times + 1
RETURNING subject, span, times
"""


def find_debts(
    actor: Actor, kind: str, keys: Mapping[str, str], *, by: str = "", shows: Sequence[str] = ()
) -> tuple[DebtCard, ...]:
    """Debts that all these keys name and that are still due, the oldest due first.

    `by` is the asker's network address, counted when he has no account (as a digest that changes
    daily); `shows` names the details to be shown. Nothing found and nothing due look the same.
    Refusals: payments.too-many-lookups. Call it outside a transaction: the count is kept.
    """
    now = clock.now()
    _count(actor, kind, keys, by=by, now=now)
    try:
        digest = finding.finder(kind, keys)
    except ValueError:
        return ()
    rows = Debt.objects.filter(finder=digest, kind=kind, withdrawn_at__isnull=True)
    due = [row for row in rows.order_by("due_on", "creditor_id", "reference") if left_of(row)]
    found = due[:MOST_FOUND]
    acts.record_many(actor, [_looked(row) for row in found])
    return tuple(_card(row, shows) for row in found)


def forget_counts() -> int:
    """Counters whose hour or day is over."""
    return LookupCount.objects.filter(forget_at__lte=clock.now()).delete()[0]


def _count(actor: Actor, kind: str, keys: Mapping[str, str], *, by: str, now: datetime) -> None:
    """Count this look-up, then refuse it when it is one too many of anything."""
    own = finding.OF_ACCOUNT if actor.account_id else finding.OF_ADDRESS
    asker = f"account:{actor.account_id}" if actor.account_id else f"address:{by}"
    counted = {_digest(asker, now): own}
    for name, value in keys.items():
        counted[_digest(f"key:{kind}:{name}:{finding.key_value(value)}", now)] = finding.OF_KEY
    if actor.kind == "system":
        return
    rows = [
        (subject, span, forget_at, most)
        for subject, limits in counted.items()
        for span, most, forget_at in finding.spans(now, limits)
    ]
    most_of = {(subject, span): most for subject, span, _, most in rows}
    for subject, span, times in _add(rows):
        if times > most_of[subject, span]:
            raise Refusal("payments.too-many-lookups")


def _add(rows: Sequence[tuple[str, str, datetime, int]]) -> Iterable[tuple[str, str, int]]:
    subjects, spans, forget_at, _ = zip(*rows, strict=True)
    ones = [1] * len(rows)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [list(subjects), list(spans), ones, list(forget_at)])
        found: list[tuple[str, str, int]] = cursor.fetchall()
    return found


def _digest(subject: str, now: datetime) -> str:
    return salted_hmac("payments.lookups", f"{now:%Y-%m-%d}|{subject}").hexdigest()


def _card(row: Debt, shows: Sequence[str]) -> DebtCard:
    return DebtCard(
        id=row.id,
        token=token_of(row),
        creditor_id=row.creditor_id,
        kind=row.kind,
        reference=row.reference,
        amount_vnd=left_of(row),
        due_on=row.due_on,
        details={name: row.details[name] for name in shows if name in row.details},
    )


def _looked(row: Debt) -> acts.ActDraft:
    return acts.ActDraft(
        verb="debt.looked-up", object=("debt", row.id), body_id=row.creditor_id, purpose="payment"
    )
