"""Questions about an access. Everything else that openness shows is kept by others."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from motcua.kernel.ids import new_id

FINDINGS = ("lawful", "mistake", "unlawful")


class AccessQuestion(models.Model):
    """A person asks a body why it looked at something; the answer stays beside the entry.

    `official_id` is who looked: somebody else answers. `clock` is the computed time limit.
    """

    pk = models.CompositePrimaryKey("person_id", "id")
    person_id = models.UUIDField()
    id = models.UUIDField(default=new_id, editable=False)
    account_id = models.UUIDField()
    act_id = models.UUIDField()
    act_at = models.DateTimeField()
    body_id = models.UUIDField()
    official_id = models.UUIDField(null=True)
    question = models.TextField()
    asked_at = models.DateTimeField()
    acknowledge_by = models.DateTimeField()
    due_at = models.DateTimeField()
    clock: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.UUIDField(null=True)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    answer = models.TextField(blank=True)
    finding = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_id", "act_id"], name="one_question_per_access"),
            models.CheckConstraint(condition=~Q(question=""), name="question_has_words"),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by__isnull=True)
                | Q(acknowledged_at__isnull=False, acknowledged_by__isnull=False),
                name="question_acknowledged_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, finding="")
                | (Q(answered_at__isnull=False, finding__in=FINDINGS) & ~Q(answer="")),
                name="question_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True)
                | Q(official_id__isnull=True)
                | ~Q(answered_by=models.F("official_id")),
                name="question_answered_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["body_id", "due_at"],
                name="question_open",
                condition=Q(answered_at__isnull=True),
            ),
            models.Index(fields=["body_id", "answered_at"], name="question_by_body"),
        ]

    def __str__(self) -> str:
        return f"question {self.id}"


class AccessAlert(models.Model):
    """Whose log is looked after for a daily message; whether they agree is in the register."""

    person_id = models.UUIDField(primary_key=True)
    account_id = models.UUIDField()
    told_until = models.DateField()

    def __str__(self) -> str:
        return f"alert {self.person_id}"
