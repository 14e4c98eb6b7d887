"""What a payment means for the debts on its bill: they are credited, in order, with what they
still want. A creditor who lowered one meanwhile gets no more than it; the rest goes back."""

from motcua.acts import api as acts
from motcua.payments.models import Bill, Debt, DebtOnBill, Payment
from motcua.payments.operations import refunding
from motcua.payments.rules import settling

DEBTS = "debts"  # the object kind of a bill that pays debts


def credit_debts(bill: Bill, payment: Payment) -> list[acts.ActDraft]:
    """Spread what the payment applied to the bill over its debts; the acts of it."""
    if bill.object_kind != DEBTS:
        return []
    claims = list(DebtOnBill.objects.filter(bill_id=bill.id).order_by("nth"))
    debts = _locked_debts(bill, claims)
    shares = settling.spread(payment.applied_vnd, [one.vnd - one.paid_vnd for one in claims])
    done, unwanted = [], 0
    for claim, share in zip(claims, shares, strict=True):
        if not share:
            continue
        debt = debts[claim.debt_id]
        wanted = 0 if debt.withdrawn_at else max(0, debt.amount_vnd - debt.paid_vnd)
        taken = min(share, wanted)
        unwanted += share - taken
        claim.paid_vnd += share
        debt.paid_vnd += taken
        claim.save(update_fields=["paid_vnd"])
        debt.save(update_fields=["paid_vnd"])
        if taken:
            done.append(_paid(bill, debt, taken))
    if unwanted:
        refunding.by_system(bill, payment, unwanted, source="bill", reason="debt-changed")
    return done


def _locked_debts(bill: Bill, claims: list[DebtOnBill]) -> dict[object, Debt]:
    rows = Debt.objects.select_for_update().filter(
        creditor_id=bill.creditor_id, id__in=[claim.debt_id for claim in claims]
    )
    return {row.id: row for row in rows.order_by("id")}


def _paid(bill: Bill, debt: Debt, vnd: int) -> acts.ActDraft:
    left = max(0, debt.amount_vnd - debt.paid_vnd)
    detail = {"kind": debt.kind, "reference": debt.reference, "vnd": vnd, "left_vnd": left}
    return acts.ActDraft(
        verb="debt.paid",
        object=("debt", debt.id),
        body_id=bill.creditor_id,
        detail={**detail, "bill": str(bill.id)},
    )
