"""The outbox: work to be done after the transaction that asked for it, never lost, never before."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from motcua.kernel.ids import new_id


class Job(models.Model):
    """One piece of work. Open while neither done nor dead; leased until `leased_until`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.TextField()
    payload = models.JSONField(default=dict)
    key = models.TextField(blank=True)  # the same key is enqueued once, ever
    created_at = models.DateTimeField(db_default=Now())
    run_at = models.DateTimeField(db_default=Now())
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True)
    dead_at = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "key"], condition=~Q(key=""), name="job_once_per_key"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(dead_at__isnull=True),
                name="job_done_or_dead",
            ),
        ]
        indexes = [
            models.Index(
                fields=["run_at"],
                condition=Q(done_at__isnull=True, dead_at__isnull=True),
                name="job_open",
            ),
            models.Index(fields=["dead_at"], condition=Q(dead_at__isnull=False), name="job_dead"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.id}"


class Period(models.Model):
    """When a periodic duty ran last; its row lock keeps two workers from doing it together."""

    name = models.TextField(primary_key=True)
    ran_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
