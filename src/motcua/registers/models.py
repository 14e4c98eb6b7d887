"""The versions of facts on two time axes, the cards of persons, and what watches over both."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from motcua.kernel.ids import new_id

_TWELVE = r"^[0-9]{12}$"


class PersonalNumber(models.Model):
    """Every personal number that was ever given; its primary key is what makes a number unique."""

    number = models.TextField(primary_key=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(number__regex=_TWELVE), name="personal_number_form")
        ]

    def __str__(self) -> str:
        return "personal number"


class Person(models.Model):
    """The card of a person: how somebody is found. Everything else is in the versions of facts.

    It mirrors what the population register holds now, and is written in the same transaction.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    personal_number = models.TextField(unique=True)
    old_number = models.TextField(blank=True)
    full_name = models.TextField()
    search_key = models.TextField()
    sort_key = models.TextField()
    born_on = models.DateField()
    sex = models.TextField()
    residence_area = models.TextField(blank=True)
    household = models.TextField(blank=True)
    died_on = models.DateField(null=True)
    is_watched = models.BooleanField(default=False)
    merged_into = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(personal_number__regex=_TWELVE), name="person_number_form"
            ),
            models.CheckConstraint(
                condition=Q(old_number="") | Q(old_number__regex=r"^[0-9]{9}$"),
                name="person_old_number_form",
            ),
            models.CheckConstraint(condition=Q(sex__in=["male", "female"]), name="person_sex"),
            models.CheckConstraint(condition=~Q(full_name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(died_on__isnull=True) | Q(died_on__gte=models.F("born_on")),
                name="person_dies_after_birth",
            ),
        ]
        indexes = [
            models.Index(fields=["search_key", "born_on", "residence_area"], name="person_by_name"),
            models.Index(fields=["old_number"], name="person_by_old", condition=~Q(old_number="")),
            models.Index(fields=["household"], name="person_by_house", condition=~Q(household="")),
        ]

    def __str__(self) -> str:
        return f"person {self.id}"


class NameForm(models.Model):
    """A distinct name without diacritics: the dictionary in which spelling slips are found."""

    form = models.TextField(primary_key=True)

    class Meta:
        indexes = [GinIndex(fields=["form"], name="name_by_likeness", opclasses=["gin_trgm_ops"])]

    def __str__(self) -> str:
        return "a name"


class FactVersion(models.Model):
    """What a register says of one thing, for a span of days, as believed for a span of moments.

    Never changed but to close `recorded` (a trigger sees to it), never deleted but by retention.
    Its distribution column is `record_id`, made of register and subject: every key contains it.
    """

    pk = models.CompositePrimaryKey("record_id", "id")
    record_id = models.UUIDField()
    id = models.UUIDField(default=new_id, editable=False)
    register = models.TextField()
    subject = models.TextField()
    fact = models.TextField()
    item = models.TextField(blank=True)
    values: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    holder = models.TextField(blank=True)  # empty: the subject is the person
    valid = DateRangeField()
    recorded = DateTimeRangeField()
    corrects = models.UUIDField(null=True)
    ground = models.TextField(blank=True)
    dossier_id = models.UUIDField(null=True)
    act_id = models.UUIDField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="one_version_at_a_time",
                expressions=[
                    ("record_id", RangeOperators.EQUAL),
                    ("fact", RangeOperators.EQUAL),
                    ("item", RangeOperators.EQUAL),
                    ("valid", RangeOperators.OVERLAPS),
                    ("recorded", RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=~Q(register="") & ~Q(fact="") & ~Q(subject=""), name="version_is_complete"
            ),
            models.CheckConstraint(
                condition=Q(valid__isempty=False) & Q(recorded__isempty=False),
                name="version_has_time",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True) | ~Q(ground=""), name="correction_has_ground"
            ),
        ]
        indexes = [
            models.Index(fields=["holder"], name="version_by_holder", condition=~Q(holder="")),
            models.Index(
                fields=["dossier_id"],
                name="version_by_dossier",
                condition=Q(dossier_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} {self.fact} {self.id}"


class Dispute(models.Model):
    """A person contests a version; while it is open nothing adverse may rest on it by itself."""

    pk = models.CompositePrimaryKey("record_id", "id")
    record_id = models.UUIDField()
    id = models.UUIDField(default=new_id, editable=False)
    version_id = models.UUIDField()
    register = models.TextField()
    subject = models.TextField()
    field = models.TextField(blank=True)  # "identity.full_name"
    claim = models.TextField()
    person_id = models.UUIDField(null=True)
    dossier_id = models.UUIDField(null=True)  # the case in which it is answered, with its clock
    due_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True)  # "upheld" or "dismissed"
    answer = models.TextField(blank=True)
    closed_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, outcome="")
                | Q(closed_at__isnull=False, outcome__in=["upheld", "dismissed"]),
                name="dispute_ends_with_an_outcome",
            ),
            models.UniqueConstraint(
                fields=["record_id", "version_id"],
                condition=Q(closed_at__isnull=True),
                name="one_open_dispute_per_version",
            ),
        ]
        indexes = [
            models.Index(
                fields=["register"], name="dispute_open", condition=Q(closed_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"dispute {self.id}"


class EmergencyAccess(models.Model):
    """Break-glass: somebody opened a record that no grant gives, says why, until a moment; somebody
    else reviews it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account_id = models.UUIDField()
    post_id = models.UUIDField()
    body_id = models.UUIDField()
    register = models.TextField()
    subject = models.TextField()
    person_id = models.UUIDField(null=True)
    why = models.TextField()
    opened_at = models.DateTimeField()
    until = models.DateTimeField()
    reviewed_by = models.UUIDField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    verdict = models.TextField(blank=True)  # "justified" or "not-justified"
    remark = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True, verdict="")
                | Q(
                    reviewed_by__isnull=False,
                    reviewed_at__isnull=False,
                    verdict__in=["justified", "not-justified"],
                ),
                name="emergency_review_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=models.F("account_id")),
                name="emergency_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(until__gt=models.F("opened_at")), name="emergency_ends"
            ),
        ]
        indexes = [
            models.Index(
                fields=["body_id", "opened_at"],
                name="emergency_to_review",
                condition=Q(reviewed_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"emergency access {self.id}"


class Merge(models.Model):
    """Two cards are one person, or are not: proposed by one officer, decided by another, undone by
    two again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kept = models.UUIDField()
    merged = models.UUIDField()
    kind = models.TextField()  # "merge" or "keep-apart"
    ground = models.TextField()
    proposed_by = models.UUIDField()
    proposed_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)  # "approved" or "declined"
    undo_asked_by = models.UUIDField(null=True)
    undo_asked_at = models.DateTimeField(null=True)
    undone_by = models.UUIDField(null=True)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(kept=models.F("merged")), name="merge_is_of_two"),
            models.CheckConstraint(
                condition=Q(kind__in=["merge", "keep-apart"]), name="merge_kind"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("proposed_by")),
                name="merge_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by__isnull=True, decision="")
                | Q(
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                    decision__in=["approved", "declined"],
                ),
                name="merge_decision_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(undone_by__isnull=True)
                | (Q(undo_asked_by__isnull=False) & ~Q(undone_by=models.F("undo_asked_by"))),
                name="merge_undone_by_two",
            ),
            models.UniqueConstraint(
                fields=["kept", "merged"],
                condition=Q(undone_at__isnull=True) & ~Q(decision="declined"),
                name="one_merge_of_two",
            ),
        ]

    def __str__(self) -> str:
        return f"merge {self.id}"


class LikelyPair(models.Model):
    """Two cards that are likely one person, as the last search found them; `first` < `second`."""

    pk = models.CompositePrimaryKey("first", "second")
    first = models.UUIDField()
    second = models.UUIDField()
    score = models.FloatField()
    reasons: models.JSONField[list[str], list[str]] = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(first__lt=models.F("second")), name="likely_pair_in_order"
            )
        ]
        indexes = [models.Index(fields=["-score"], name="likely_pair_by_score")]

    def __str__(self) -> str:
        return f"likely {self.first} {self.second}"


class ImportRun(models.Model):
    """A file of facts on its way into a register: resumable, repeatable without doubling."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    register = models.TextField()
    fact = models.TextField()
    file_name = models.TextField()
    digest = models.TextField()  # SHA-256 of the file: the same file again is the same run
    path = models.TextField()  # where the file lies, below the folder of files
    format = models.TextField()  # "csv" or "xlsx"
    account_id = models.UUIDField(null=True)
    body_id = models.UUIDField(null=True)
    ground = models.TextField(blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    state = models.TextField(default="waiting")  # waiting, running, done, stopped, failed
    rows = models.BigIntegerField(default=0)  # as far as known
    done = models.BigIntegerField(default=0)  # rows dealt with: where to go on
    offset = models.BigIntegerField(default=0)  # bytes dealt with
    written = models.BigIntegerField(default=0)
    same = models.BigIntegerField(default=0)
    faulty = models.BigIntegerField(default=0)
    why = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["register", "fact", "digest"], name="one_run_per_file"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running", "done", "stopped", "failed"]),
                name="import_state",
            ),
        ]

    def __str__(self) -> str:
        return f"import {self.id}"


class ImportFault(models.Model):
    """A row that was not taken, and why: in words, with no personal data but the row's number."""

    pk = models.CompositePrimaryKey("run_id", "row")
    run_id = models.UUIDField()
    row = models.BigIntegerField()
    field = models.TextField(blank=True)
    code = models.TextField()
    params: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"row {self.row}"


class Closure(models.Model):
    """A register that does not answer for a while, as its owner announced or as it was found."""

    register = models.TextField(primary_key=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    why = models.TextField()

    def __str__(self) -> str:
        return self.register


class RetentionRun(models.Model):
    """A certificate: what retention took away from a register by which rule, and how many."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    register = models.TextField()
    fact = models.TextField()
    rule = models.TextField()
    law = models.TextField(blank=True)
    ran_at = models.DateTimeField()
    count = models.BigIntegerField()
    digest = models.TextField()  # SHA-256 over the identifiers taken away, in order
    act_id = models.UUIDField()

    def __str__(self) -> str:
        return f"retention {self.id}"


class AccessFinding(models.Model):
    """What came of asking about an unusual look: a false alarm, or an abuse. Never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    act_id = models.UUIDField(unique=True)
    body_id = models.UUIDField()
    account_id = models.UUIDField()  # whose look it was
    finding = models.TextField()  # "explained" or "abuse"
    remark = models.TextField()
    found_by = models.UUIDField()
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__in=["explained", "abuse"]), name="finding_is_known"
            ),
            models.CheckConstraint(condition=~Q(remark=""), name="finding_has_a_remark"),
            models.CheckConstraint(
                condition=~Q(found_by=models.F("account_id")), name="finding_by_another"
            ),
        ]

    def __str__(self) -> str:
        return f"finding {self.id}"
