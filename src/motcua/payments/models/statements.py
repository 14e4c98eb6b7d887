"""What gateways and banks say of a day, how often we compared it with our books, and what differs.

A statement that says the same is kept once; a corrected one takes the place of the one before,
which stays. A difference is one row per day and key, however often it is found.
"""

from django.db import models
from django.db.models import F, Q

from motcua.kernel.ids import new_id
from motcua.payments.rules.reconciling import KINDS

SETTLED_HOW = ["asked", "taken-in", "to-bill", "give-back", "explained", "agreed"]


class Statement(models.Model):
    """The statement of one day by one source: the gateway itself or its bank."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    gateway = models.TextField()
    day = models.DateField()
    source = models.TextField()
    fingerprint = models.CharField(max_length=64)
    is_current = models.BooleanField(default=True)
    imported_at = models.DateTimeField()
    imported_by = models.UUIDField(null=True)  # empty: the system

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gateway", "day", "source", "fingerprint"], name="statement_said_once"
            ),
            models.UniqueConstraint(
                fields=["gateway", "day", "source"],
                condition=Q(is_current=True),
                name="statement_one_current",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["gateway", "bank"]), name="statement_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gateway} {self.source} {self.day}"


class StatementEntry(models.Model):
    """One line of a statement, as it was written, even when it stands there twice."""

    pk = models.CompositePrimaryKey("statement_id", "nth")
    statement = models.ForeignKey(
        Statement, on_delete=models.PROTECT, related_name="entries", db_index=False
    )
    nth = models.PositiveIntegerField()
    kind = models.TextField()
    number = models.TextField()
    reference = models.TextField(blank=True)
    amount_vnd = models.BigIntegerField()
    fee_vnd = models.BigIntegerField(default=0)
    status = models.TextField()
    at = models.DateTimeField(null=True)
    content = models.TextField(blank=True)
    account = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["payment", "refund", "transfer", "settlement"]),
                name="statement_entry_kind",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["done", "failed", "pending"]), name="statement_entry_status"
            ),
        ]
        indexes = [models.Index(fields=["number"], name="statement_entry_by_number")]

    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Reconciliation(models.Model):
    """One comparison of a day: what each side had, and what was booked as settled until then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    gateway = models.TextField()
    day = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)  # empty: the system
    ours = models.PositiveIntegerField()
    theirs = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    owed_vnd = models.BigIntegerField()
    credited_vnd = models.BigIntegerField()
    fees_vnd = models.BigIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(fees_vnd__gte=0), name="reconciliation_fees"),
        ]
        indexes = [models.Index(fields=["gateway", "day", "-at"], name="reconciliation_of_day")]

    def __str__(self) -> str:
        return f"{self.gateway} {self.day}: {self.found}"


class Difference(models.Model):
    """Something that does not agree, owed to the treasurer of a body until somebody settles it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    gateway = models.TextField()
    day = models.DateField()
    key = models.TextField()
    kind = models.TextField()
    source = models.TextField()
    about = models.TextField()
    number = models.TextField(blank=True)
    reference = models.TextField(blank=True)
    ours_vnd = models.BigIntegerField()
    theirs_vnd = models.BigIntegerField()
    ours_status = models.TextField(blank=True)
    theirs_status = models.TextField(blank=True)
    bill_id = models.UUIDField(null=True)
    owner_body_id = models.UUIDField(null=True)  # empty: whoever keeps the common books
    owner_role = models.TextField(default="treasurer")
    found_at = models.DateTimeField()
    due_on = models.DateField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.UUIDField(null=True)  # empty: the system
    how = models.TextField(blank=True)
    say = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gateway", "day", "key"], name="difference_once"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="difference_kind"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by__isnull=True, how="")
                | Q(settled_at__isnull=False, how__in=SETTLED_HOW),
                name="difference_settled_how",
            ),
            models.CheckConstraint(
                condition=~Q(how="explained") | ~Q(say=""), name="difference_explained_in_words"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("day")), name="difference_due_after_day"
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner_body_id", "due_on"],
                condition=Q(settled_at__isnull=True),
                name="difference_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.number or self.reference} {self.day}"
