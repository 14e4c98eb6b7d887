"""The tables of exchange: answers kept for callers that ask twice, webhooks, and partners.

Three families, no foreign key between them: answers (distributed by application), an endpoint
with its deliveries (distributed by endpoint), and a partner with its messages and subscriptions
(distributed by partner).
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


class Partner(models.Model):
    """A system that asks registers in the language of the registry standard: who it is, which keys
    sign for it, and below which address it may be called back. It belongs to an application."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application_id = models.UUIDField()
    body_id = models.UUIDField(null=True)
    sender_id = models.CharField(max_length=100)
    callback = models.CharField(max_length=400)  # ends in "/": nothing outside is ever called
    keys = models.JSONField(default=list)  # its public keys (JWK)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application_id"],
                condition=Q(closed_at__isnull=True),
                name="partner_of_application",
            ),
            models.UniqueConstraint(
                fields=["sender_id"], condition=Q(closed_at__isnull=True), name="partner_by_name"
            ),
            models.CheckConstraint(
                condition=Q(callback__endswith="/") & ~Q(sender_id=""), name="partner_is_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sender_id} {self.id}"


class PartnerMessage(models.Model):
    """What a partner asked for and is answered later, or what it is told of.

    What was asked and what is answered are encrypted while they wait, and wiped once delivered:
    only states remain, for who asks after them.
    """

    class State(models.TextChoices):
        RECEIVED = "received"
        ANSWERED = "answered"
        DELIVERED = "delivered"
        FAILED = "failed"

    pk = models.CompositePrimaryKey("partner_id", "id")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="messages")
    id = models.UUIDField(default=new_id, editable=False)  # the correlation_id
    service = models.CharField(max_length=20)
    action = models.CharField(max_length=20)
    transaction_id = models.CharField(max_length=99)
    uri = models.CharField(max_length=500)
    asked = models.TextField(blank=True)  # sealed, until it is answered
    answer = models.TextField(blank=True)  # sealed, until it is delivered
    outcome = models.JSONField(default=dict)  # states by reference, nothing personal
    references = ArrayField(models.TextField(), default=list)
    state = models.CharField(max_length=10, choices=State, default=State.RECEIVED)
    attempts = models.PositiveIntegerField(default=0)
    received_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True)
    fault = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="delivered")
                | Q(delivered_at__isnull=False, asked="", answer=""),
                name="partner_message_forgets",
            )
        ]
        indexes = [
            models.Index(fields=["partner_id", "transaction_id"], name="partner_message_by_txn"),
            models.Index(fields=["received_at"], name="partner_message_age"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.id} {self.state}"


class PartnerSubscription(models.Model):
    """A partner wants to hear of events of a register: of one person, or of those that a filter
    lets through (sealed: it may hold names)."""

    pk = models.CompositePrimaryKey("partner_id", "id")
    partner = models.ForeignKey(Partner, models.CASCADE, related_name="subscriptions")
    id = models.UUIDField(default=new_id, editable=False)
    service = models.CharField(max_length=20)
    event = models.CharField(max_length=40)  # "birth", "death", "register", ...
    facts = ArrayField(models.TextField(), default=list)  # "civil-status.birth"
    record_type = models.CharField(max_length=60)
    person_id = models.UUIDField(null=True)
    criteria = models.TextField(blank=True)  # sealed JSON as it was asked; "" with person_id
    purpose = models.CharField(max_length=100)
    locale = models.CharField(max_length=3, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["service"],
                condition=Q(ended_at__isnull=True),
                name="partner_subscription_open",
            )
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.id}"
