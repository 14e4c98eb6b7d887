"""Stored files, issued papers and the books that number them.

Files and papers are root tables (one key, the distribution column). Numbers belong to a body:
their uniqueness lives in the issue book, distributed by body, not in a constraint of Paper.
"""

from django.db import models
from django.db.models import Q

from motcua.kernel.ids import new_id

PENDING, SEALED, FAILED, SUPERSEDED = "pending", "sealed", "failed", "superseded"


class StoredFile(models.Model):
    """One file as it was given; the bytes lie in the store under their SHA-256, written once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.TextField()
    name = models.TextField()
    purpose = models.TextField()
    owner_id = models.UUIDField(null=True)  # the account that gave it; empty for our own papers
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="stored_file_sha256"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="stored_file_not_empty"),
        ]
        indexes = [models.Index(fields=["sha256"], name="stored_file_by_sha256")]

    def __str__(self) -> str:
        return f"{self.media_type} {self.id}"


class Paper(models.Model):
    """An issued paper: what it says, who issues it, and the one sealed file made from it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    template = models.TextField()
    template_digest = models.CharField(max_length=64)
    language = models.CharField(max_length=5)
    data = models.JSONField()
    object_kind = models.TextField()
    object_id = models.UUIDField()
    dossier_id = models.UUIDField(null=True)
    body_id = models.UUIDField()
    number = models.TextField(blank=True)
    code = models.CharField(max_length=19)
    to_sign = models.BooleanField(default=True)
    then = models.TextField(blank=True)  # the job to enqueue when it is sealed
    state = models.TextField(default=PENDING)
    fault = models.TextField(blank=True)  # why the last attempt failed, in a word
    issued_at = models.DateTimeField()
    sealed_at = models.DateTimeField(null=True)
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    signer_serial = models.TextField(blank=True)
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[PENDING, SEALED, FAILED, SUPERSEDED]), name="paper_state"
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[PENDING, FAILED],
                    file__isnull=True,
                    sealed_at__isnull=True,
                    sha256="",
                )
                | Q(state__in=[SEALED, SUPERSEDED], file__isnull=False, sealed_at__isnull=False),
                name="paper_sealed_has_its_file",
            ),
            models.CheckConstraint(
                condition=Q(state=SUPERSEDED, superseded_at__isnull=False)
                | (~Q(state=SUPERSEDED) & Q(superseded_at__isnull=True)),
                name="paper_superseded_at",
            ),
            models.CheckConstraint(
                condition=Q(to_sign=False, signer_serial="")
                | Q(to_sign=True, sealed_at__isnull=True)
                | ~Q(signer_serial=""),
                name="paper_signed_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(code__regex="^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$"),
                name="paper_code",
            ),
        ]
        indexes = [
            # Unique by 80 random bits: a unique constraint would need the distribution column.
            models.Index(fields=["code"], name="paper_by_code"),
            models.Index(fields=["object_kind", "object_id"], name="paper_by_object"),
            models.Index(fields=["dossier_id"], name="paper_by_dossier"),
            models.Index(fields=["sha256"], condition=~Q(sha256=""), name="paper_by_sha256"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.id}"


class IssueBook(models.Model):
    """The counter of a body's papers of one series in one year (số văn bản, from 01)."""

    pk = models.CompositePrimaryKey("body_id", "series", "year")
    body_id = models.UUIDField()
    series = models.TextField()
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.series} {self.year}"


class IssueEntry(models.Model):
    """A line of the issue book: which paper bears this number. The key keeps numbers unique."""

    pk = models.CompositePrimaryKey("body_id", "series", "year", "ordinal")
    body_id = models.UUIDField()
    series = models.TextField()
    year = models.PositiveSmallIntegerField()
    ordinal = models.PositiveIntegerField()
    paper_id = models.UUIDField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(ordinal__gte=1), name="issue_entry_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.ordinal:02d}/{self.year}/{self.series}"
