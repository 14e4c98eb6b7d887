"""The population register as a snapshot, the facts it grew from, and the numbers given so far."""

from __future__ import annotations

from typing import Any

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
    """Somebody in the population register (cơ sở dữ liệu quốc gia về dân cư), as known now."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    personal_number = models.TextField(unique=True)
    full_name = models.TextField()
    search_key = models.TextField()
    sort_key = models.TextField()
    born_on = models.DateField()
    sex = models.TextField()
    old_number = models.TextField(blank=True)
    birth_area = models.TextField()
    home_area = models.TextField(blank=True)
    residence_area = models.TextField(blank=True)
    residence_line = models.TextField(blank=True)
    ethnicity = models.TextField(blank=True)
    mother_number = models.TextField(blank=True)
    father_number = models.TextField(blank=True)
    died_on = models.DateField(null=True)
    marks: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)

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

    def __str__(self) -> str:
        return f"person {self.id}"


class Entry(models.Model):
    """A fact of a register, written once and never changed (a trigger sees to it).

    Its distribution column is `subject`: every key of the table contains it.
    """

    pk = models.CompositePrimaryKey("subject", "id")
    subject = models.TextField()
    id = models.UUIDField(default=new_id, editable=False)
    register = models.TextField()
    fact = models.TextField()
    values: models.JSONField[dict[str, Any], dict[str, Any]] = models.JSONField(default=dict)
    valid_from = models.DateField()
    recorded_at = models.DateTimeField()
    dossier_id = models.UUIDField(null=True)
    act_id = models.UUIDField()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "dossier_id", "register", "fact"],
                name="entry_once_per_dossier",
            ),
            models.CheckConstraint(
                condition=~Q(register="") & ~Q(fact="") & ~Q(subject=""), name="entry_is_complete"
            ),
        ]
        indexes = [models.Index(fields=["dossier_id"], name="entry_by_dossier")]

    def __str__(self) -> str:
        return f"{self.register} {self.fact} {self.id}"
