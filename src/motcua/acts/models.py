"""The ledger of administrative acts: append-only, partitioned by month, read in commit order."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from motcua.kernel.ids import new_id


class Act(models.Model):
    """One act of the administration. Rows are written by `record`, never changed, never deleted.

    `xact` is the writing transaction: readers follow (xact, id) below the oldest transaction still
    running, so that a row committed late is never skipped. `leaf` is SHA-256 over a random salt and
    the act's content; it is what the verifiable log will publish, so no personal data leaves here.
    """

    pk = models.CompositePrimaryKey("at", "id")
    id = models.UUIDField(default=new_id, editable=False)
    at = models.DateTimeField()
    verb = models.TextField()
    actor_kind = models.TextField()
    actor_id = models.UUIDField(null=True)
    actor_label = models.TextField(blank=True)
    post_id = models.UUIDField(null=True)
    body_id = models.UUIDField(null=True)
    object_kind = models.TextField()
    object_id = models.UUIDField()
    dossier_id = models.UUIDField(null=True)
    subjects = ArrayField(models.UUIDField(), default=list)
    basis = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    detail = models.JSONField(default=dict)
    salt = models.BinaryField(max_length=16)
    leaf = models.BinaryField(max_length=32)
    # xact xid8 DEFAULT pg_current_xact_id(): known to the database only, read in raw SQL

    class Meta:
        managed = False  # partitioned: made in SQL by the first migration
        db_table = "acts_act"

    def __str__(self) -> str:
        return f"{self.verb} {self.object_kind} {self.object_id}"


class ReaderCursor(models.Model):
    """How far a named reader has followed the ledger."""

    name = models.TextField(primary_key=True)
    xact = models.BigIntegerField(default=0)
    act_id = models.UUIDField(null=True)

    def __str__(self) -> str:
        return self.name
