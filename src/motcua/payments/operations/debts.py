"""Creditors' books: debts are put and withdrawn in sets, and paid through a bill of their own."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

import msgspec
from django.core import signing
from django.db import connection, transaction

from motcua.acts import api as acts
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.payments.models import Bill, Debt, DebtOnBill
from motcua.payments.operations.bills import open_bill
from motcua.payments.operations.crediting import DEBTS
from motcua.payments.rules.finding import finder
from motcua.payments.shapes import BillLine, DebtDraft, Payer, PutCounts, Text

MAY_PUT = ("treasurer", "lead", "process")
TOKEN_AGE_S = 2 * 3600
BILL_LIVES = timedelta(days=1)
MOST_AT_ONCE = 10_000
MOST_ON_BILL = 50
_SALT = "payments.debt"
_SPACE = UUID("c1f2a5f4-7d3e-4a43-9d0b-0f7c0f7e2b5a")
_PUT = """
INSERT INTO payments_debt AS debt (creditor_id, id, kind, reference, keys, finder, amount_vnd,
    paid_vnd, lines, details, debtor_masked, due_on, version, put_at, changed_at)
SELECT %(creditor)s, r.id, r.kind, r.reference, r.keys, decode(r.finder, 'hex'), r.amount_vnd,
    0, r.lines, r.details, r.debtor_masked, r.due_on, greatest(r.version, 1), %(now)s, %(now)s
FROM jsonb_to_recordset(%(rows)s::jsonb) AS r(id uuid, kind text, reference text, keys jsonb,
    finder text, amount_vnd bigint, lines jsonb, details jsonb, debtor_masked text, due_on date,
    version bigint)
ORDER BY r.kind, r.reference
ON CONFLICT (creditor_id, kind, reference) DO UPDATE SET keys = excluded.keys,
    finder = excluded.finder, amount_vnd = excluded.amount_vnd, lines = excluded.lines,
    details = excluded.details, debtor_masked = excluded.debtor_masked, due_on = excluded.due_on,
    version = CASE WHEN debt.version < excluded.version THEN excluded.version
        ELSE debt.version + 1 END,
    withdrawn_at = NULL, changed_at = %(now)s
WHERE debt.version < excluded.version OR (excluded.version = 1 AND (
    debt.withdrawn_at IS NOT NULL OR (debt.keys, debt.amount_vnd, debt.lines, debt.details,
        debt.debtor_masked, debt.due_on) IS DISTINCT FROM (excluded.keys, excluded.amount_vnd,
        excluded.lines, excluded.details, excluded.debtor_masked, excluded.due_on)))
RETURNING (xmax = 0)
"""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """What a card's token says: which debt, and how it stood when it was shown."""

    debt: UUID
    creditor: UUID
    version: int
    vnd: int


@transaction.atomic
def put_debts(actor: Actor, body_id: UUID, debts: Sequence[DebtDraft]) -> PutCounts:
    """A creditor's books say so: upsert by (body, kind, reference), one statement, one act.

    With `version` an older or equal one changes nothing; without, another content is the next
    version. Each reference once in a call. Refusals: payments.debt-faulty (reference),
    payments.too-many-debts (most), identity.not-allowed.
    """
    _require_creditor(actor, body_id)
    if len(debts) > MOST_AT_ONCE:
        raise Refusal("payments.too-many-debts", most=MOST_AT_ONCE)
    if not debts:
        return PutCounts(new=0, changed=0, same=0)
    rows = [_row(draft) for draft in debts]
    if len({(row["kind"], row["reference"]) for row in rows}) < len(rows):
        raise Refusal("payments.debt-faulty", reference=_doubled(rows))
    text = msgspec.json.encode(rows).decode()
    with connection.cursor() as cursor:
        cursor.execute(_PUT, {"creditor": body_id, "rows": text, "now": clock.now()})
        is_new = [row[0] for row in cursor.fetchall()]
    counts = PutCounts(
        new=sum(is_new), changed=len(is_new) - sum(is_new), same=len(rows) - len(is_new)
    )
    _tell(actor, "debt.put", ("body", body_id), body_id, **msgspec.to_builtins(counts))
    return counts


@transaction.atomic
def withdraw_debt(actor: Actor, body_id: UUID, *, kind: str, reference: str) -> None:
    """Nothing is due any more; repeatable. Refusals: payments.debt-not-found."""
    _require_creditor(actor, body_id)
    rows = Debt.objects.select_for_update().filter(creditor_id=body_id)
    debt = rows.filter(kind=kind, reference=reference).first()
    if debt is None:
        raise Refusal("payments.debt-not-found")
    if debt.withdrawn_at is None:
        debt.withdrawn_at = debt.changed_at = clock.now()
        debt.version += 1
        debt.save(update_fields=["withdrawn_at", "changed_at", "version"])
        _tell(actor, "debt.withdrawn", ("debt", debt.id), body_id, kind=kind, reference=reference)


@transaction.atomic
def pay_debts(
    actor: Actor,
    tokens: Sequence[str],
    payer: Payer,
    *,
    key: str = "",
    language: str = "vi",
    title: Text | None = None,
) -> str:
    """The code of one bill for these debts of one creditor; the same tokens and `key`, the same.

    `title` says what a debt is for whose creditor gave it no lines: "Road fine: 1001/QĐ-XPHC".

    Refusals: payments.debt-token (too old, or not ours), payments.several-creditors,
    payments.debt-changed (total_vnd: the new sum, 0 when nothing is due any more).
    """
    claims = _read(tokens)
    creditor_id = claims[0].creditor
    bill_id = uuid5(_SPACE, "|".join([key, str(actor.account_id), *sorted(tokens)]))
    known = Bill.objects.filter(id=bill_id).values_list("code", flat=True).first()
    if known:
        return known
    debts = _debts(creditor_id, [claim.debt for claim in claims])
    if any(not _stands(debts.get(claim.debt), claim.version, claim.vnd) for claim in claims):
        raise Refusal("payments.debt-changed", total_vnd=sum(map(left_of, debts.values())))
    lines = [line for claim in claims for line in _lines(debts[claim.debt], claim.vnd, title)]
    open_bill(
        actor,
        bill_id=bill_id,
        creditor_id=creditor_id,
        lines=lines,
        payer=payer,
        object=(DEBTS, bill_id),
        due_at=clock.now() + BILL_LIVES,
        language=language,
    )
    _put_on(bill_id, creditor_id, claims)
    return Bill.objects.values_list("code", flat=True).get(id=bill_id)


def _put_on(bill_id: UUID, creditor_id: UUID, claims: Sequence[Claim]) -> None:
    """Which debts a bill pays, as they stood when it was made."""
    DebtOnBill.objects.bulk_create(
        [
            DebtOnBill(
                bill_id=bill_id,
                debt_id=claim.debt,
                creditor_id=creditor_id,
                nth=nth,
                version=claim.version,
                vnd=claim.vnd,
            )
            for nth, claim in enumerate(claims, start=1)
        ],
        ignore_conflicts=True,
    )


def refuse_changed(bill: Bill) -> None:
    """Refusal payments.debt-changed when a debt of the bill is not what it was when it was made."""
    if bill.object_kind != DEBTS:
        return
    claims = DebtOnBill.objects.filter(bill_id=bill.id)
    debts = _debts(bill.creditor_id, [claim.debt_id for claim in claims])
    if any(
        not _stands(debts.get(claim.debt_id), claim.version, claim.vnd - claim.paid_vnd)
        for claim in claims
        if claim.paid_vnd < claim.vnd
    ):
        raise Refusal("payments.debt-changed", total_vnd=sum(map(left_of, debts.values())))


def token_of(debt: Debt) -> str:
    """Proof, for two hours, that somebody found this debt as it stands."""
    claim = [str(debt.id), str(debt.creditor_id), debt.version, left_of(debt)]
    return signing.dumps(claim, salt=_SALT, compress=False)


def left_of(debt: Debt) -> int:
    """What is still due."""
    return 0 if debt.withdrawn_at else max(0, debt.amount_vnd - debt.paid_vnd)


def _read(tokens: Sequence[str]) -> list[Claim]:
    """The claims of these tokens, each debt once, all of one creditor."""
    try:
        read = [signing.loads(one, salt=_SALT, max_age=TOKEN_AGE_S) for one in tokens]
    except signing.BadSignature:
        raise Refusal("payments.debt-token") from None
    named = [
        Claim(debt=UUID(debt), creditor=UUID(creditor), version=version, vnd=vnd)
        for debt, creditor, version, vnd in read
    ]
    claims = list({claim.debt: claim for claim in named}.values())
    if not 0 < len(claims) <= MOST_ON_BILL:
        raise Refusal("payments.debt-token")
    if len({claim.creditor for claim in claims}) > 1:
        raise Refusal("payments.several-creditors")
    return claims


def _stands(debt: Debt | None, version: int, vnd: int) -> bool:
    return debt is not None and debt.version == version and left_of(debt) == vnd


def _debts(creditor_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Debt]:
    return {row.id: row for row in Debt.objects.filter(creditor_id=creditor_id, id__in=ids)}


def _lines(debt: Debt, vnd: int, service: Text | None) -> list[BillLine]:
    """The creditor's own lines while they make up the sum; else one line for what is left."""
    lines = msgspec.convert(debt.lines, list[BillLine])
    if lines and sum(line.vnd for line in lines) == vnd:
        return lines
    named = {language: f"{said}: {debt.reference}" for language, said in (service or {}).items()}
    title = lines[0].title if len(lines) == 1 else named or {"vi": debt.reference}
    return [BillLine(code=debt.kind, title=title, vnd=vnd)]


def _row(draft: DebtDraft) -> dict[str, Any]:
    try:
        digest = finder(draft.kind, draft.keys).hex()
    except ValueError:
        raise Refusal("payments.debt-faulty", reference=draft.reference) from None
    if draft.amount_vnd <= 0 or draft.version < 0 or not draft.reference or not draft.kind:
        raise Refusal("payments.debt-faulty", reference=draft.reference)
    values: dict[str, Any] = msgspec.to_builtins(draft)
    return values | {"id": str(new_id()), "finder": digest}


def _doubled(rows: Sequence[dict[str, Any]]) -> str:
    references = [str(row["reference"]) for row in rows]
    return next(one for one in references if references.count(one) > 1)


def _require_creditor(actor: Actor, body_id: UUID) -> None:
    if not any(identity.may(actor, right, body_id) for right in MAY_PUT):
        identity.require(actor, MAY_PUT[0], body_id)


def _tell(
    actor: Actor, verb: str, about: tuple[str, UUID], body_id: UUID, **detail: object
) -> None:
    acts.record(actor, verb, object=about, body_id=body_id, detail=detail)
