"""Accounts and what hangs on them; notifications and their deliveries.

Two families of tables, no foreign key between them: an account with its representations and
appointments, and a recipient's notifications (distributed by `recipient_id`).
"""

from typing import ClassVar
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from motcua.kernel.clock import now
from motcua.kernel.ids import new_id

# `level_by` when no officer checked the identity: an import, or the electronic identity provider.
NOBODY = UUID(int=0)


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=(username or "").lower())


class Account(AbstractBaseUser):
    """Somebody who can sign in: a citizen, a business's representative or an officer."""

    class Language(models.TextChoices):
        VIETNAMESE = "vi", "Tiếng Việt"
        ENGLISH = "en", "English"
        FRENCH = "fr", "Français"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    username = models.CharField(max_length=60, unique=True)  # kept in small letters
    full_name = models.CharField(max_length=120)
    sort_key = models.CharField(max_length=250, default="", editable=False)
    search_key = models.CharField(max_length=250, default="", editable=False)
    personal_number = models.CharField(max_length=12, default="", blank=True)
    phone = models.CharField(max_length=20, default="", blank=True)
    email = models.EmailField(max_length=254, default="", blank=True)
    language = models.CharField(max_length=2, choices=Language, default=Language.VIETNAMESE)
    level = models.PositiveSmallIntegerField(default=1)
    level_evidence = models.CharField(max_length=200, default="", blank=True)
    level_at = models.DateTimeField(null=True, blank=True)
    level_by = models.UUIDField(null=True, blank=True)
    person_id = models.UUIDField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=now, editable=False)

    objects: ClassVar[AccountManager] = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(username=Lower("username")), name="account_username_small_letters"
            ),
            # A declared number proves nothing and must block nobody: verified ones are unique.
            models.UniqueConstraint(
                fields=["personal_number"],
                condition=Q(level=2) & ~Q(personal_number=""),
                name="account_personal_number_once",
            ),
            models.CheckConstraint(
                condition=Q(personal_number="") | Q(personal_number__regex=r"^[0-9]{12}$"),
                name="account_personal_number_shape",
            ),
            models.CheckConstraint(condition=~Q(username=""), name="account_username_given"),
            models.CheckConstraint(condition=Q(level__lte=2), name="account_level_known"),
            models.CheckConstraint(
                condition=Q(
                    level=2, level_at__isnull=False, level_by__isnull=False, level_evidence__gt=""
                )
                | Q(level__lt=2, level_at__isnull=True, level_by__isnull=True, level_evidence=""),
                name="account_level_has_evidence",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["email"], name="account_email"),
            models.Index(fields=["personal_number"], name="account_personal_number"),
            models.Index(fields=["person_id"], name="account_person"),
            models.Index(fields=["sort_key", "id"], name="account_sorted"),
        ]

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        return self.full_name


class Representation(models.Model):
    """Who may act for a business, and from when until when."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="representations")
    business_number = models.CharField(max_length=14)
    business_name = models.CharField(max_length=200)
    role = models.CharField(max_length=40, default="legal-representative")
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                "account", "business_number", "valid_from", name="representation_once"
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="representation_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.business_number} {self.role}"


class Appointment(models.Model):
    """An account holds a post of the directory (`directory.Post`), from a day until a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="appointments")
    post_id = models.UUIDField()
    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("account", "post_id", "valid_from", name="appointment_once"),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")),
                name="appointment_ends_after_start",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["post_id"], name="appointment_post"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.post_id}"


class SignInAttempt(models.Model):
    """A failed sign-in, under a digest of who was tried: counts towards the lockout."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    login_digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["login_digest", "at"], name="sign_in_attempt_recent"),
            models.Index(fields=["at"], name="sign_in_attempt_age"),
        ]

    def __str__(self) -> str:
        return f"{self.login_digest[:8]} {self.at:%Y-%m-%d %H:%M}"


class Notification(models.Model):
    """Something told to somebody: a template's name and what fills it, worded when it is read.

    `recipient_id` is the account's id, or a digest of the contact of somebody without an account.
    """

    pk = models.CompositePrimaryKey("recipient_id", "id")
    id = models.UUIDField(default=new_id, editable=False)
    recipient_id = models.UUIDField()
    account_id = models.UUIDField(null=True, blank=True)
    contact = models.JSONField(default=dict)
    template = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    dossier_id = models.UUIDField(null=True, blank=True)
    key = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint("recipient_id", "key", name="notification_once"),
            models.CheckConstraint(
                condition=Q(account_id__isnull=True) | Q(account_id=F("recipient_id")),
                name="notification_recipient_is_account",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["recipient_id", "-created_at"], name="notification_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.template} {self.id}"


class Delivery(models.Model):
    """One notification on one channel. `sending` is written before the message leaves the house."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENDING = "sending"
        SENT = "sent"
        UNSURE = "unsure"  # a process died while sending and the channel cannot tell: never resent
        GIVEN_UP = "given-up"

    pk = models.CompositePrimaryKey("recipient_id", "notification_id", "channel")
    recipient_id = models.UUIDField()
    notification_id = models.UUIDField()
    channel = models.CharField(max_length=8)
    address = models.CharField(max_length=254)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    fault = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(channel__in=["mail", "sms"]), name="delivery_channel_known"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="delivery_sent_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.notification_id} {self.state}"


class Application(models.Model):
    """Software that acts as somebody: a person, a business, or a body's post.

    `account` is whom it acts as: its owner, or a technical account that nobody can sign in to.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        BUSINESS = "business"
        BODY = "body"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=8, choices=Kind)
    account = models.ForeignKey(Account, models.CASCADE, related_name="applications")
    body_id = models.UUIDField(null=True, blank=True)
    post_id = models.UUIDField(null=True, blank=True)
    on_behalf_of = models.CharField(max_length=40, default="", blank=True)
    created_at = models.DateTimeField()
    created_by = models.UUIDField()
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(kind="person", body_id=None, post_id=None, on_behalf_of="")
                | (Q(kind="business", body_id=None, post_id=None) & ~Q(on_behalf_of=""))
                | Q(kind="body", body_id__isnull=False, post_id__isnull=False, on_behalf_of=""),
                name="application_acts_as_one",
            ),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None)
                | Q(closed_at__isnull=False, closed_by__isnull=False),
                name="application_closed_by_somebody",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["body_id"], name="application_body"),
            models.Index(fields=["on_behalf_of"], name="application_business"),
        ]

    def __str__(self) -> str:
        return self.name


class ApiKey(models.Model):
    """A key of an application: shown once, kept as SHA-256 of 32 random bytes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    application = models.ForeignKey(Application, models.CASCADE, related_name="keys")
    prefix = models.CharField(max_length=10, unique=True)
    digest = models.CharField(max_length=64)
    scopes = models.JSONField(default=list)
    created_by = models.UUIDField()
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.UUIDField(null=True, blank=True)
    last_used_day = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from")), name="api_key_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at=None, revoked_by=None)
                | Q(revoked_at__isnull=False, revoked_by__isnull=False),
                name="api_key_revoked_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.prefix
