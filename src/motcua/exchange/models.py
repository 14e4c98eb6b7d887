"""The tables of exchange: answers kept for callers that ask twice, and webhooks.

Two families, no foreign key between them: answers (distributed by application), and an endpoint
with its deliveries (distributed by endpoint).
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.kernel.ids import new_id


class StoredAnswer(models.Model):
    """What a caller was answered under an Idempotency-Key; kept some days, then forgotten.

    The row is written before the work and completed after it, in the one transaction of the work:
    a second caller waits at the primary key, and nobody ever sees it without a status.
    """

    pk = models.CompositePrimaryKey("application_id", "key")
    application_id = models.UUIDField()
    key = models.TextField()
    fingerprint = models.TextField()
    status = models.PositiveSmallIntegerField(null=True)
    body = models.BinaryField(default=b"")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(fingerprint=""), name="stored_answer_key_given"
            ),
            models.CheckConstraint(
                condition=Q(status__isnull=True) | Q(status__gte=200, status__lte=599),
                name="stored_answer_status_known",
            ),
        ]
        indexes = [models.Index(fields=["at"], name="stored_answer_age")]

    def __str__(self) -> str:
        return f"{self.application_id} {self.key}"


class Endpoint(models.Model):
    """Where the software of a body, a person or a business wants to hear of acts.

    Secrets are encrypted (`sealing.py`). `made` counts the deliveries, so that each has its place.
    """

    class Why(models.TextChoices):
        ASKED = "asked"
        FAILING = "failing"
        GONE = "gone"
        UNREADABLE = "unreadable"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body_id = models.UUIDField(null=True)
    account_id = models.UUIDField(null=True)
    on_behalf_of = models.TextField(blank=True)  # "business:<number>", with account_id
    application_id = models.UUIDField(null=True)  # the application that added it, if one did
    title = models.CharField(max_length=100)
    url = models.CharField(max_length=500)
    kinds = ArrayField(models.TextField(), default=list)  # "dossier.accepted", "bill.*"; empty: all
    secret = models.TextField()
    former_secret = models.TextField(blank=True)
    former_until = models.DateTimeField(null=True)
    made = models.BigIntegerField(default=0)
    failures = models.PositiveIntegerField(default=0)  # without a success between them
    failing_since = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    succeeded_at = models.DateTimeField(null=True)
    paused_at = models.DateTimeField(null=True)
    paused_why = models.CharField(max_length=10, choices=Why, blank=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(body_id__isnull=False, account_id__isnull=True, on_behalf_of="")
                | Q(body_id__isnull=True, account_id__isnull=False),
                name="endpoint_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(paused_at__isnull=True, paused_why="")
                | (Q(paused_at__isnull=False) & ~Q(paused_why="")),
                name="endpoint_paused_at_and_why",
            ),
            models.CheckConstraint(
                condition=Q(former_secret="", former_until__isnull=True)
                | (~Q(former_secret="") & Q(former_until__isnull=False)),
                name="endpoint_former_secret_ends",
            ),
            models.CheckConstraint(
                condition=Q(failures=0, failing_since__isnull=True)
                | Q(failures__gt=0, failing_since__isnull=False),
                name="endpoint_failing_since_first_failure",
            ),
        ]
        indexes = [
            models.Index(fields=["body_id"], name="endpoint_of_body"),
            models.Index(fields=["account_id"], name="endpoint_of_account"),
            models.Index(fields=["on_behalf_of"], name="endpoint_of_business"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.id}"


class WebhookDelivery(models.Model):
    """One act to be told to one endpoint. Those of one lane (a dossier) go out one by one."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"

    pk = models.CompositePrimaryKey("endpoint_id", "id")
    endpoint = models.ForeignKey(Endpoint, models.CASCADE, related_name="deliveries")
    id = models.UUIDField(editable=False)  # made of endpoint and act: one act is told once
    act_id = models.UUIDField()
    kind = models.TextField()
    dossier_id = models.UUIDField(null=True)
    lane = models.UUIDField()
    place = models.BigIntegerField()
    body = models.TextField()  # exactly what is signed and sent
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    tried_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    answer = models.PositiveSmallIntegerField(null=True)  # the HTTP status of the last attempt
    fault = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("endpoint_id", "place", name="webhook_delivery_place"),
            models.CheckConstraint(
                condition=Q(state="delivered", delivered_at__isnull=False)
                | Q(state="waiting", delivered_at__isnull=True),
                name="webhook_delivery_delivered_has_time",
            ),
        ]
        indexes = [
            models.Index(
                fields=["endpoint_id", "lane", "place"],
                condition=Q(state="waiting"),
                name="webhook_delivery_lane",
            ),
            models.Index(
                fields=["endpoint_id", "next_at"],
                condition=Q(state="waiting"),
                name="webhook_delivery_due",
            ),
            models.Index(
                fields=["delivered_at"],
                condition=Q(state="delivered"),
                name="webhook_delivery_age",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id} {self.state}"
