"""Too many wrong passwords close an account's door for a while, counted by all processes together.

Counted per account when the name typed is somebody's, else per name, so an answer tells nothing
about which names exist. Only a digest is kept.
"""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac

from motcua.identity.models import Account, SignInAttempt
from motcua.identity.rules import is_locked
from motcua.kernel.clock import now


def account_named(login: str) -> Account | None:
    """Whose user name, e-mail address or verified personal number was typed."""
    name = login.strip().lower()
    meant = Q(username=name) | Q(email=name) & ~Q(email="") | Q(personal_number=name, level=2)
    return Account.objects.filter(meant).order_by("-level", "id").first() if name else None


def digest_of(login: str) -> str:
    found = account_named(login)
    who = str(found.id) if found else login.strip().lower()
    return salted_hmac("identity.lockout", who, algorithm="sha256").hexdigest()


def is_closed(login: str) -> bool:
    since = now() - timedelta(minutes=settings.LOCKOUT_MINUTES)
    failures = SignInAttempt.objects.filter(login_digest=digest_of(login), at__gt=since).count()
    return is_locked(failures, settings.LOCKOUT_FAILURES)


def count_failure(login: str) -> None:
    SignInAttempt.objects.create(login_digest=digest_of(login), at=now())


def forget(account_id: UUID) -> None:
    """After a sign-in: earlier mistakes count no more."""
    digest = salted_hmac("identity.lockout", str(account_id), algorithm="sha256").hexdigest()
    SignInAttempt.objects.filter(login_digest=digest).delete()


def forget_old() -> None:
    """Drop what no longer counts (a daily duty)."""
    SignInAttempt.objects.filter(at__lt=now() - timedelta(days=1)).delete()
