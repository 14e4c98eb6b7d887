"""The tables of exchange: answers kept for callers that ask twice."""

from django.db import models
from django.db.models import Q


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
