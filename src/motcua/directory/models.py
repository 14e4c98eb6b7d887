"""The state, dated: `valid_from` is inclusive, `valid_until` exclusive, none while it lasts.

Rows come from the pack and are never deleted: what the pack no longer names is closed.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from motcua.kernel.ids import new_id


def _ends_after_it_begins(name: str) -> models.CheckConstraint:
    lasts = Q(valid_until__isnull=True) | Q(valid_until__gte=F("valid_from"))
    return models.CheckConstraint(condition=lasts, name=name)


class Area(models.Model):
    """A province or commune (đơn vị hành chính). Codes are reused: the date is part of the key."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.TextField()
    level = models.TextField()
    kind = models.TextField()
    name = models.TextField()
    parent_code = models.TextField(blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    search_key = models.TextField()
    sort_key = models.TextField()
    number_prefix = models.TextField(blank=True)
    number_confidence = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "level", "valid_from"], name="area_key"),
            models.UniqueConstraint(
                fields=["code", "level"],
                condition=Q(valid_until__isnull=True),
                name="area_code_open_once",
            ),
            _ends_after_it_begins("area_dates"),
            models.CheckConstraint(
                condition=Q(level="province", parent_code="")
                | (Q(level="commune") & ~Q(parent_code="")),
                name="area_level_and_parent",
            ),
            models.CheckConstraint(
                condition=Q(number_prefix="") | Q(number_prefix__regex=r"^[0-9]{3}$"),
                name="area_number_prefix",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class AreaSuccession(models.Model):
    """What an area became when it ended (sáp nhập): one row per successor."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    old = models.ForeignKey(Area, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Area, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="area_succession_key"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="area_succession_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} -> {self.new_id}"


class Calendar(models.Model):
    """A working week with its holidays and swapped days, as data of `WorkingCalendar`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.TextField(unique=True)
    definition = models.JSONField()

    def __str__(self) -> str:
        return self.name


class Role(models.Model):
    """What the holder of a post may do."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.TextField(unique=True)
    title = models.JSONField()
    permissions = models.JSONField()

    def __str__(self) -> str:
        return self.name


class Body(models.Model):
    """A public body (cơ quan). `confidence` says how sure its code is; see the README."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    code = models.TextField()
    kind = models.TextField()
    name = models.JSONField()
    area_code = models.TextField(blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    calendar = models.TextField()
    confidence = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="body_key"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(valid_until__isnull=True), name="body_code_open_once"
            ),
            _ends_after_it_begins("body_dates"),
            models.CheckConstraint(
                condition=Q(code__regex=r"^[0-9A-Z.]{1,35}$"), name="body_code_alphabet"
            ),
            models.CheckConstraint(
                condition=Q(confidence__in=["verified", "seen-in-code", "recalled", "candidate"]),
                name="body_confidence",
            ),
        ]
        indexes = [models.Index(fields=["kind", "area_code"], name="body_by_kind_and_area")]

    def __str__(self) -> str:
        return self.code


class BodySuccession(models.Model):
    """Which body took over from a body that ended."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    old = models.ForeignKey(Body, models.PROTECT, related_name="successions")
    new = models.ForeignKey(Body, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["old", "new"], name="body_succession_key"),
            models.CheckConstraint(condition=~Q(old=F("new")), name="body_succession_moves"),
        ]

    def __str__(self) -> str:
        return f"{self.old_id} -> {self.new_id}"


class Unit(models.Model):
    """A part of a body (phòng, bộ phận), such as its one-stop desk."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="units")
    kind = models.TextField()
    title = models.JSONField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "valid_from"], name="unit_key"),
            models.UniqueConstraint(
                fields=["body", "kind"],
                condition=Q(valid_until__isnull=True),
                name="unit_kind_open_once",
            ),
            _ends_after_it_begins("unit_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.body_id}"


class Post(models.Model):
    """A seat in a unit (vị trí việc làm); `identity` knows who sits there."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey(Body, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    role = models.TextField()
    title = models.JSONField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [_ends_after_it_begins("post_dates")]
        indexes = [models.Index(fields=["body", "role"], name="post_by_body_and_role")]

    def __str__(self) -> str:
        return f"{self.role} in {self.unit_id}"


class Delegation(models.Model):
    """A dated exception to competence (ủy quyền, phân cấp): another body decides for this area."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.TextField()
    area_code = models.TextField()
    body_code = models.TextField()
    law = models.TextField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "area_code", "valid_from"], name="delegation_key"
            ),
            models.CheckConstraint(condition=~Q(law=""), name="delegation_has_a_ground"),
            _ends_after_it_begins("delegation_dates"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.area_code} -> {self.body_code}"


class Load(models.Model):
    """One load of the pack's directory: what it changed, and a sign for caches to renew."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    at = models.DateTimeField()
    fingerprint = models.TextField()
    counts = models.JSONField()

    def __str__(self) -> str:
        return str(self.at)
