"""What people owe public bodies by the bodies' own books, and who may ask about it how often.

A debt lives under its creditor's id (the distribution column). `finder` is a digest of the kind
and of all keys together: a debt is found by all of them or not at all.
"""

from django.db import models
from django.db.models import F, Q

from motcua.kernel.ids import new_id


class Debt(models.Model):
    """An amount due (khoản phải nộp) as the creditor's books have it, and what was paid here."""

    pk = models.CompositePrimaryKey("creditor_id", "id")
    creditor_id = models.UUIDField()
    id = models.UUIDField(default=new_id, editable=False)
    kind = models.TextField()
    reference = models.TextField()
    keys = models.JSONField()
    finder = models.BinaryField(max_length=32)
    amount_vnd = models.BigIntegerField()
    paid_vnd = models.BigIntegerField(default=0)
    lines = models.JSONField(default=list)
    details = models.JSONField(default=dict)
    debtor_masked = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    version = models.PositiveBigIntegerField()
    withdrawn_at = models.DateTimeField(null=True)
    put_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["creditor_id", "kind", "reference"], name="debt_reference"
            ),
            models.CheckConstraint(
                condition=Q(amount_vnd__gt=0, paid_vnd__gte=0), name="debt_amount"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="debt_version"),
        ]
        indexes = [
            models.Index(fields=["finder"], name="debt_by_finder"),
            models.Index(fields=["creditor_id", "-changed_at"], name="debt_of_creditor"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}"


class DebtOnBill(models.Model):
    """A debt that a bill pays, as it stood when the bill was made."""

    pk = models.CompositePrimaryKey("bill_id", "debt_id")
    bill_id = models.UUIDField()
    debt_id = models.UUIDField()
    creditor_id = models.UUIDField()
    nth = models.PositiveSmallIntegerField()
    version = models.PositiveBigIntegerField()
    vnd = models.BigIntegerField()
    paid_vnd = models.BigIntegerField(default=0)  # of the bill's money; the debt may take less

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(vnd__gt=0, paid_vnd__gte=0, paid_vnd__lte=F("vnd")),
                name="debt_on_bill_paid_within",
            ),
        ]
        indexes = [models.Index(fields=["debt_id"], name="bills_of_debt")]

    def __str__(self) -> str:
        return f"{self.debt_id} {self.vnd}"


class LookupCount(models.Model):
    """How often one asker, or anybody about one key, looked up debts in one hour or day."""

    pk = models.CompositePrimaryKey("subject", "span")
    subject = models.TextField()  # a digest that changes every day, never an address
    span = models.TextField()  # "2026-03-03T10" or "2026-03-03"
    times = models.PositiveIntegerField()
    forget_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["forget_at"], name="lookup_count_to_forget")]

    def __str__(self) -> str:
        return f"{self.span} {self.times}"
