"""The books: double entry, append-only, each journal zero (triggers of the first migration)."""

from django.db import models
from django.db.models import Q


class LedgerAccount(models.Model):
    """An account of the books: "gateway:sandbox", "payable:<body>", "suspense"."""

    code = models.TextField(primary_key=True)
    kind = models.TextField()
    owner = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    kind__in=["gateway", "bank", "till", "payable", "fees", "suspense", "refunds"]
                ),
                name="ledger_account_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Journal(models.Model):
    """One movement of money, written once; `lines` says how many postings it has, for ever."""

    id = models.UUIDField(primary_key=True, editable=False)  # made from `key`
    kind = models.TextField()
    key = models.TextField()  # what moved: the same is never booked twice
    bill_id = models.UUIDField(null=True)
    payment_id = models.UUIDField(null=True)
    at = models.DateTimeField()
    lines = models.PositiveSmallIntegerField()
    detail = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(lines__gte=2), name="journal_two_sides"),
        ]
        indexes = [
            models.Index(
                fields=["bill_id"], condition=Q(bill_id__isnull=False), name="journal_of_bill"
            ),
            models.Index(fields=["at"], name="journal_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class Posting(models.Model):
    """One side of a journal: positive is debit, negative is credit."""

    pk = models.CompositePrimaryKey("journal_id", "nth")
    journal = models.ForeignKey(Journal, on_delete=models.PROTECT, db_index=False)
    nth = models.PositiveSmallIntegerField()
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="+")
    vnd = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(vnd=0), name="posting_moves_money"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.vnd}"


class SuspenseItem(models.Model):
    """Money, or word of money, that nobody can place yet: a human settles it.

    `amount_vnd` stands in the suspense account until then; 0 where no money can be booked
    (a currency that we do not keep).
    """

    id = models.UUIDField(primary_key=True, editable=False)  # made from `key`
    key = models.TextField()  # where it came from: the same is never opened twice
    why = models.TextField()
    amount_vnd = models.BigIntegerField()
    means = models.TextField()
    gateway = models.TextField(blank=True)
    transaction = models.TextField(blank=True)
    bill_id = models.UUIDField(null=True)
    payment_id = models.UUIDField(null=True)
    creditor_id = models.UUIDField(null=True)
    detail = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)  # empty: the system, by a refund
    how = models.TextField(blank=True)
    say = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_vnd__gte=0), name="suspense_amount"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, how="")
                | Q(settled_at__isnull=False) & ~Q(how=""),
                name="suspense_settled_how",
            ),
        ]
        indexes = [
            models.Index(
                fields=["opened_at"], condition=Q(settled_at__isnull=True), name="suspense_open"
            ),
            models.Index(fields=["bill_id"], name="suspense_of_bill"),
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.amount_vnd}"
