"""What must be true of all money: bills, payments, receipts, refunds and the books."""

from motcua.project.audit.shapes import Invariant

MONEY = (
    Invariant(
        "a journal sums to zero and has all its postings",
        "SELECT j.id FROM payments_journal j LEFT JOIN payments_posting p ON p.journal_id = j.id"
        " GROUP BY j.id, j.lines HAVING coalesce(sum(p.vnd), 1) <> 0 OR count(p.nth) <> j.lines",
    ),
    Invariant(
        "a bill has been paid what its payments put on it",
        "SELECT b.id FROM payments_bill b LEFT JOIN (SELECT bill_id,"
        " sum(applied_vnd) AS put FROM payments_payment WHERE status = 'confirmed'"
        " GROUP BY 1) p ON p.bill_id = b.id WHERE b.paid_vnd <> coalesce(p.put, 0)",
    ),
    Invariant(
        "a payment is applied, or its surplus is kept apart",
        "SELECT id FROM payments_payment WHERE status = 'confirmed'"
        " AND applied_vnd + surplus_vnd <> paid_vnd",
    ),
    Invariant(
        "nobody gets back more than was paid",
        "SELECT id FROM payments_payment WHERE applied_back_vnd > applied_vnd"
        " OR surplus_back_vnd > surplus_vnd",
    ),
    Invariant(
        "a receipt is for a confirmed payment",
        "SELECT r.id FROM payments_receipt r LEFT JOIN payments_payment p"
        " ON p.bill_id = r.bill_id AND p.id = r.payment_id AND p.status = 'confirmed'"
        " WHERE p.id IS NULL",
    ),
    Invariant(
        "a bill of a dossier leads to it",
        "SELECT b.id FROM payments_bill b LEFT JOIN dossiers_dossier d ON d.id = b.dossier_id"
        " WHERE b.dossier_id IS NOT NULL AND d.id IS NULL",
    ),
)
