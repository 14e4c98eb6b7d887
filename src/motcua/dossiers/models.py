"""Tables of drafts and dossiers. Everything of one dossier lives under its id (see ADR 2).

A dossier has the id of the draft it was made from: what hangs on the draft (uploads) stays where
it is, and a second submit meets the first one's primary key.
"""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from motcua.kernel.ids import new_id

Json = dict[str, Any]


class Draft(models.Model):
    """A form being filled in. `account_id` is the applicant, or the clerk when `assisted`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account_id = models.UUIDField(null=True)  # empty: a guest, who holds the draft's id
    service = models.TextField()
    procedure = models.TextField()
    answers = models.JSONField(default=dict)
    typed = models.JSONField(default=dict)  # page -> as typed, if wrong
    done = ArrayField(models.TextField(), default=list)
    assisted = models.BooleanField(default=False)
    desk_id = models.UUIDField(null=True)  # the desk of the clerk
    applicant = models.JSONField(default=dict)
    applicant_id = models.UUIDField(null=True)
    sources = models.JSONField(default=dict)  # answer path -> the register it was taken from
    asked = models.JSONField(default=dict)  # record -> what its register said, asked only once
    on_behalf_of = models.TextField(blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(assisted=False) | Q(account_id__isnull=False, desk_id__isnull=False),
                name="draft_assisted_has_clerk",
            )
        ]
        indexes = [
            models.Index(fields=["account_id", "-updated_at"], name="draft_of_account"),
            models.Index(fields=["expires_at"], name="draft_expiry"),
        ]

    def __str__(self) -> str:
        return f"{self.service} {self.id}"


class Upload(models.Model):
    """A file given as evidence, of a draft or of the dossier made from it (the same id)."""

    pk = models.CompositePrimaryKey("dossier_id", "id")
    dossier_id = models.UUIDField()
    id = models.UUIDField(default=new_id, editable=False)
    paper = models.TextField()
    file_id = models.UUIDField()
    name = models.TextField()
    size_bytes = models.BigIntegerField(default=0)
    media_type = models.TextField(blank=True)
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("dossier_id", "file_id", "paper", name="upload_once"),
        ]

    def __str__(self) -> str:
        return f"{self.paper} {self.file_id}"


class Dossier(models.Model):
    """An application on its way. Columns are what is searched; `state` is the engine's rest."""

    id = models.UUIDField(primary_key=True, editable=False)
    code = models.TextField(blank=True)
    procedure = models.TextField()
    service = models.TextField()
    status = models.PositiveSmallIntegerField()
    at = models.TextField()
    channel = models.PositiveSmallIntegerField()
    body_id = models.UUIDField()
    desk_id = models.UUIDField()
    applicant_id = models.UUIDField(null=True)
    on_behalf_of = models.TextField(blank=True)  # the business whose dossier it is
    filed_by = models.UUIDField(null=True)
    search_key = models.TextField(blank=True)  # the applicant's name, folded
    submitted_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    returned_at = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)  # when a tick may have something to do
    version = models.PositiveIntegerField(default=0)
    state = models.JSONField(default=dict)
    before = models.JSONField(default=dict)  # until the last supplement

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status__gte=1, status__lte=10), name="dossier_status_known"
            ),
            models.CheckConstraint(
                condition=Q(channel__gte=1, channel__lte=3), name="dossier_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(code="", accepted_at__isnull=True)
                | (~Q(code="") & Q(accepted_at__isnull=False)),
                name="dossier_code_on_acceptance",
            ),
        ]
        indexes = [
            models.Index(fields=["applicant_id", "-submitted_at"], name="dossier_of_applicant"),
            models.Index(
                fields=["on_behalf_of", "-submitted_at"],
                condition=~Q(on_behalf_of=""),
                name="dossier_of_business",
            ),
            models.Index(fields=["body_id", "-submitted_at"], name="dossier_of_body"),
            models.Index(fields=["desk_id", "-submitted_at"], name="dossier_of_desk"),
            # Work in progress, for what a desk waits for: never the whole archive.
            models.Index(fields=["body_id"], condition=~Q(at="end"), name="dossier_open_of_body"),
            models.Index(fields=["desk_id"], condition=~Q(at="end"), name="dossier_open_of_desk"),
            models.Index(
                fields=["wake_at"], condition=Q(wake_at__isnull=False), name="dossier_to_wake"
            ),
        ]

    def __str__(self) -> str:
        return self.code or str(self.id)


class Task(models.Model):
    """A piece of work that somebody owes. `body_id` empty: the applicant owes it."""

    pk = models.CompositePrimaryKey("dossier_id", "id")
    dossier_id = models.UUIDField()
    id = models.UUIDField(default=new_id, editable=False)
    kind = models.TextField()
    step = models.TextField()
    role = models.TextField(blank=True)
    body_id = models.UUIDField(null=True)
    officer_id = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    verb = models.TextField(blank=True)
    state = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__isnull=False) | Q(closed_by__isnull=True, verb=""),
                name="task_closed_by_and_at",
            )
        ]
        indexes = [
            models.Index(
                fields=["body_id", "role", "due_at"],
                condition=Q(closed_at__isnull=True),
                name="task_queue_of_body",
            ),
            models.Index(
                fields=["officer_id", "due_at"],
                condition=Q(closed_at__isnull=True, officer_id__isnull=False),
                name="task_queue_of_officer",
            ),
            models.Index(fields=["dossier_id", "opened_at"], name="task_of_dossier"),
            models.Index(fields=["body_id", "closed_at"], name="task_done_by_body"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.step} {self.id}"


class DossierCode(models.Model):
    """The code that people read, unique in the node: a look-up table of its own (ADR 2)."""

    code = models.TextField(primary_key=True)
    dossier_id = models.UUIDField()

    def __str__(self) -> str:
        return self.code


class SubmissionKey(models.Model):
    """A form page's own key: a double click or a retry gives the first dossier again."""

    key = models.TextField(primary_key=True)
    dossier_id = models.UUIDField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class DayCounter(models.Model):
    """The order of the day in dossier codes of one receiving body; its row lock gives each once."""

    pk = models.CompositePrimaryKey("body_code", "day")
    body_code = models.TextField()
    day = models.DateField()
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.body_code} {self.day} {self.last}"


class DossierPaper(models.Model):
    """A paper made on the way: a slip or the result."""

    pk = models.CompositePrimaryKey("dossier_id", "id")
    dossier_id = models.UUIDField()
    id = models.UUIDField(default=new_id, editable=False)
    kind = models.TextField()  # "slip" or "outcome"
    form = models.TextField()  # "01".."06", or the template of the result
    paper_id = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("dossier_id", "paper_id", name="dossier_paper_once"),
            models.CheckConstraint(
                condition=Q(kind__in=["slip", "outcome"]), name="dossier_paper_kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.form} {self.paper_id}"


class Message(models.Model):
    """A word on a dossier: between applicant and officers, or (not `visible`) among officers."""

    pk = models.CompositePrimaryKey("dossier_id", "id")
    dossier_id = models.UUIDField()
    id = models.UUIDField(default=new_id, editable=False)
    at = models.DateTimeField()
    author = models.TextField()  # "applicant" or "officer"
    author_id = models.UUIDField()
    body_id = models.UUIDField(null=True)
    visible = models.BooleanField(default=True)
    text = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(author="applicant", body_id__isnull=True, visible=True)
                | Q(author="officer", body_id__isnull=False),
                name="message_author_known",
            )
        ]
        indexes = [models.Index(fields=["dossier_id", "at"], name="message_thread")]

    def __str__(self) -> str:
        return f"{self.author} {self.id}"


class Extract(models.Model):
    """What a register says in place of a paper, fetched for the body that decides; or that it was
    asked for and did not answer. `asked_*`: an officer wanted the paper all the same."""

    pk = models.CompositePrimaryKey("dossier_id", "id")
    dossier_id = models.UUIDField()
    id = models.UUIDField(default=new_id, editable=False)
    paper = models.TextField()
    register = models.TextField()
    key = models.TextField(blank=True)
    # [{"field", "value", "since", "version", "disputed"?}] in the order in which they are shown
    values = models.JSONField(default=list)
    law = models.TextField(blank=True)
    state = models.TextField(default="waiting")
    fetched_at = models.DateTimeField(null=True)
    retry_at = models.DateTimeField(null=True)  # empty: nothing to try again
    attempts = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField(null=True)
    asked_by = models.UUIDField(null=True)
    asked_body = models.UUIDField(null=True)
    asked_reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["dossier_id", "paper"], name="extract_once_per_paper"),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "fetched", "nothing", "unavailable", "disputed"]),
                name="extract_state",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "unavailable"]) | Q(fetched_at__isnull=False),
                name="extract_fetched_at",
            ),
            models.CheckConstraint(
                condition=Q(
                    asked_at__isnull=True,
                    asked_by__isnull=True,
                    asked_body__isnull=True,
                    asked_reason="",
                )
                | (
                    Q(asked_at__isnull=False, asked_by__isnull=False, asked_body__isnull=False)
                    & ~Q(asked_reason="")
                ),
                name="extract_asked_is_whole",
            ),
        ]
        indexes = [
            models.Index(
                fields=["retry_at"],
                condition=Q(retry_at__isnull=False),
                name="extract_to_try_again",
            ),
            models.Index(
                fields=["asked_body", "asked_at"],
                condition=Q(asked_at__isnull=False),
                name="extract_asked_in_spite",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.register} for {self.paper} {self.id}"


class Rating(models.Model):
    """What the applicant thought of it, once per dossier."""

    dossier_id = models.UUIDField(primary_key=True)
    stars = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stars__gte=1, stars__lte=5), name="rating_one_to_five"
            )
        ]

    def __str__(self) -> str:
        return f"{self.stars} {self.dossier_id}"
