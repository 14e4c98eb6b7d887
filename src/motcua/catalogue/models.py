"""What was loaded from packs: loads, versions of services, and the rows that search reads."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from motcua.kernel.clock import now
from motcua.kernel.ids import new_id


class PackLoad(models.Model):
    """One time that a pack was loaded and changed something."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    loaded_at = models.DateTimeField(default=now)
    loaded_by = models.CharField(max_length=120)  # label of the actor
    digest = models.CharField(max_length=64)  # of the whole pack
    country = models.JSONField()  # pack.yaml: names, languages, audiences, life events

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(loaded_by=""), name="catalogue_load_has_author"),
        ]

    def __str__(self) -> str:
        return f"{self.loaded_at:%Y-%m-%d %H:%M} {self.digest[:8]}"


class ProcedureVersion(models.Model):
    """A service as it was compiled at a load; dossiers keep the version they began with."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    load = models.ForeignKey(PackLoad, on_delete=models.PROTECT, related_name="versions")
    service = models.SlugField(max_length=80)
    version = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    compiled = models.JSONField()
    source = models.TextField()
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("service", "version", name="catalogue_version_once"),
            models.UniqueConstraint(
                "service", condition=Q(is_current=True), name="catalogue_one_current_version"
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="catalogue_version_from_1"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from"))
                | Q(valid_until=None)
                | Q(valid_from=None),
                name="catalogue_version_valid_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service}@{self.version}"


class SearchEntry(models.Model):
    """What people may type to find a service, in one language, folded (without diacritics)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.SlugField(max_length=80)
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=300)
    summary = models.TextField()
    life_event = models.SlugField(max_length=80)
    audience = models.JSONField()  # ["citizen", "business"]
    title_key = models.TextField()
    keywords_key = models.TextField()
    summary_key = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint("service", "language", name="catalogue_search_entry_once"),
        ]
        indexes = [
            GinIndex(
                fields=["title_key", "keywords_key"],
                opclasses=["gin_trgm_ops", "gin_trgm_ops"],
                name="catalogue_search_trigrams",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service} ({self.language})"
