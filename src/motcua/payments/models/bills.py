"""Bills and what hangs on them, all under the bill's id (the distribution column).

A payment is a row before the person leaves for the gateway. One row is one sum of money: a second
transaction for the same order is a second row. What came in is `applied` to the bill or `surplus`.
"""

from django.db import models
from django.db.models import F, Q

from motcua.kernel.ids import new_id

OPEN, PARTLY, PAID, CANCELLED = "open", "partly", "paid", "cancelled"
STARTED, CONFIRMED, FAILED, EXPIRED = "started", "confirmed", "failed", "expired"
UNEXPLAINED = "unexplained"
ASKED, APPROVED, DECLINED, SENT, MADE = "asked", "approved", "declined", "sent", "made"
MEANS = ["gateway", "transfer", "card", "cash"]


class Bill(models.Model):
    """What somebody owes a public body for one matter; paid when `paid_vnd` reaches the amount."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.CharField(max_length=19)  # 80 random bits: who holds it may look and pay
    creditor_id = models.UUIDField()
    desk_id = models.UUIDField(null=True)  # a desk that may take the money too
    lines = models.JSONField()
    amount_vnd = models.BigIntegerField()
    paid_vnd = models.BigIntegerField(default=0)
    status = models.TextField(default=OPEN)
    payer_account_id = models.UUIDField(null=True)
    payer = models.JSONField(default=dict)
    object_kind = models.TextField()
    object_id = models.UUIDField()
    dossier_id = models.UUIDField(null=True)
    then = models.TextField(blank=True)  # the job to enqueue when it is paid
    language = models.CharField(max_length=5, default="vi")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_for = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="bill_amount"),
            models.CheckConstraint(
                condition=Q(paid_vnd__gte=0, paid_vnd__lte=F("amount_vnd")), name="bill_paid_within"
            ),
            models.CheckConstraint(
                condition=Q(status=OPEN, paid_vnd=0)
                | Q(status=PARTLY, paid_vnd__gt=0, paid_vnd__lt=F("amount_vnd"))
                | Q(status=PAID, paid_vnd=F("amount_vnd"))
                | Q(status=CANCELLED, paid_vnd__lt=F("amount_vnd")),
                name="bill_status_as_paid",
            ),
            models.CheckConstraint(
                condition=Q(status=PAID, paid_at__isnull=False)
                | (~Q(status=PAID) & Q(paid_at__isnull=True)),
                name="bill_paid_at",
            ),
            models.CheckConstraint(
                condition=Q(status=CANCELLED, cancelled_at__isnull=False) & ~Q(cancelled_for="")
                | (~Q(status=CANCELLED) & Q(cancelled_at__isnull=True, cancelled_for="")),
                name="bill_cancelled_at",
            ),
            models.CheckConstraint(
                condition=Q(code__regex="^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$"),
                name="bill_code",
            ),
        ]
        indexes = [
            # Unique by 80 random bits: a unique constraint would need the distribution column.
            models.Index(fields=["code"], name="bill_by_code"),
            models.Index(
                fields=["dossier_id"], condition=Q(dossier_id__isnull=False), name="bill_of_dossier"
            ),
            models.Index(
                fields=["payer_account_id", "-opened_at"],
                condition=Q(payer_account_id__isnull=False),
                name="bill_of_payer",
            ),
            models.Index(fields=["creditor_id", "-opened_at"], name="bill_of_creditor"),
            models.Index(
                fields=["due_at"],
                condition=Q(status__in=[OPEN, PARTLY], due_at__isnull=False),
                name="bill_to_expire",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.status}"


class Payment(models.Model):
    """One attempt to pay, and the one sum of money that it became."""

    pk = models.CompositePrimaryKey("bill_id", "id")
    bill_id = models.UUIDField()
    id = models.UUIDField(default=new_id, editable=False)
    nth = models.PositiveSmallIntegerField()  # of the bill, from 1; part of the reference
    key = models.TextField()  # the same key is one attempt
    means = models.TextField()
    gateway = models.TextField(blank=True)
    transaction = models.TextField(blank=True)  # the number that the gateway or bank gave
    amount_vnd = models.BigIntegerField()
    status = models.TextField(default=STARTED)
    account_id = models.UUIDField(null=True)  # who started it
    received_by = models.UUIDField(null=True)  # the officer, at a counter
    received_body_id = models.UUIDField(null=True)
    url = models.TextField(blank=True)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    paid_vnd = models.BigIntegerField(default=0)
    applied_vnd = models.BigIntegerField(default=0)
    surplus_vnd = models.BigIntegerField(default=0)
    applied_back_vnd = models.BigIntegerField(default=0)  # refunds, asked for or made
    surplus_back_vnd = models.BigIntegerField(default=0)
    asked_times = models.PositiveSmallIntegerField(default=0)  # by the poll
    ask_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bill_id", "key"], name="payment_once_per_key"),
            models.UniqueConstraint(fields=["bill_id", "nth"], name="payment_nth"),
            models.UniqueConstraint(
                fields=["bill_id", "means", "gateway", "transaction"],
                condition=~Q(transaction=""),
                name="payment_once_per_transaction",
            ),
            models.CheckConstraint(condition=Q(means__in=MEANS), name="payment_means"),
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="payment_amount"),
            models.CheckConstraint(
                condition=Q(
                    status__in=[STARTED, CONFIRMED, FAILED, CANCELLED, EXPIRED, UNEXPLAINED]
                ),
                name="payment_status",
            ),
            models.CheckConstraint(
                condition=Q(status=CONFIRMED, confirmed_at__isnull=False, paid_vnd__gt=0)
                | (~Q(status=CONFIRMED) & Q(confirmed_at__isnull=True, paid_vnd=0)),
                name="payment_confirmed_with_money",
            ),
            models.CheckConstraint(
                condition=Q(
                    paid_vnd=F("applied_vnd") + F("surplus_vnd"),
                    applied_vnd__gte=0,
                    surplus_vnd__gte=0,
                ),
                name="payment_applied_or_surplus",
            ),
            models.CheckConstraint(
                condition=Q(
                    applied_back_vnd__gte=0,
                    applied_back_vnd__lte=F("applied_vnd"),
                    surplus_back_vnd__gte=0,
                    surplus_back_vnd__lte=F("surplus_vnd"),
                ),
                name="payment_never_refunded_twice",
            ),
            models.CheckConstraint(
                condition=Q(means="gateway") & ~Q(gateway="")
                | Q(means="transfer")
                | Q(means__in=["card", "cash"], gateway=""),
                name="payment_gateway_named",
            ),
            models.CheckConstraint(
                condition=Q(received_by__isnull=True, received_body_id__isnull=True)
                | Q(received_by__isnull=False, received_body_id__isnull=False),
                name="payment_received_by",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="payment_by_id"),
            models.Index(
                fields=["ask_at"], condition=Q(ask_at__isnull=False), name="payment_to_ask"
            ),
            models.Index(
                fields=["gateway", "confirmed_at"],
                condition=Q(status=CONFIRMED),
                name="payment_confirmed_on",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.means} {self.status} {self.id}"


class Receipt(models.Model):
    """A receipt (biên lai): numbered in the creditor's issue book, where a counter's row lock
    leaves no gap; its paper is signed after the commit."""

    pk = models.CompositePrimaryKey("bill_id", "id")
    bill_id = models.UUIDField()
    id = models.UUIDField(default=new_id, editable=False)
    payment_id = models.UUIDField()
    creditor_id = models.UUIDField()
    number = models.TextField()
    paper_id = models.UUIDField()
    amount_vnd = models.BigIntegerField()
    issued_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bill_id", "payment_id"], name="receipt_per_payment"),
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="receipt_amount"),
            models.CheckConstraint(condition=~Q(number=""), name="receipt_number"),
        ]

    def __str__(self) -> str:
        return self.number


class Refund(models.Model):
    """Money going back: asked for by one, approved by another; or by the system, where what came
    in was surely not due."""

    pk = models.CompositePrimaryKey("bill_id", "id")
    bill_id = models.UUIDField()
    id = models.UUIDField(default=new_id, editable=False)
    payment_id = models.UUIDField()
    creditor_id = models.UUIDField()
    key = models.TextField()  # the same key is one refund
    source = models.TextField()  # "bill" or "surplus"
    amount_vnd = models.BigIntegerField()
    reason = models.TextField()
    say = models.TextField(blank=True)
    status = models.TextField(default=ASKED)
    asked_by = models.UUIDField(null=True)  # empty: the system
    asked_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(null=True)
    transaction = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bill_id", "key"], name="refund_once_per_key"),
            models.CheckConstraint(condition=Q(amount_vnd__gt=0), name="refund_amount"),
            models.CheckConstraint(
                condition=Q(status__in=[ASKED, APPROVED, DECLINED, SENT, MADE, FAILED]),
                name="refund_status",
            ),
            models.CheckConstraint(
                condition=Q(source__in=["bill", "surplus"]), name="refund_source"
            ),
            models.CheckConstraint(
                condition=Q(asked_by__isnull=True)
                | Q(decided_by__isnull=True)
                | ~Q(asked_by=F("decided_by")),
                name="refund_by_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(status=ASKED, decided_at__isnull=True, decided_by__isnull=True)
                | (~Q(status=ASKED) & Q(decided_at__isnull=False)),
                name="refund_decided_at",
            ),
            # Only the system's own demand goes without a second person.
            models.CheckConstraint(
                condition=Q(status=ASKED) | Q(asked_by__isnull=True) | Q(decided_by__isnull=False),
                name="refund_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(status=MADE, made_at__isnull=False)
                | (~Q(status=MADE) & Q(made_at__isnull=True)),
                name="refund_made_at",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="refund_by_id"),
            models.Index(
                fields=["creditor_id", "asked_at"],
                condition=Q(status__in=[ASKED, FAILED]),
                name="refund_to_decide",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.id}"
