"""Connected software and its keys: made, issued, rotated without a break, revoked.

A key is `mc_<prefix>_<secret>`. The prefix finds the row, the secret is kept as SHA-256 only (it is
32 random bytes, so nothing slower is needed). Applications of a body act through a technical
account that holds one of its posts, so every right is decided where it is for officers.
"""

import base64
import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.db.models import QuerySet
from msgspec.structs import replace

from motcua.acts.api import record
from motcua.directory import api as directory
from motcua.identity import queries, rules
from motcua.identity.cards import AccountCard, ApplicationCard, Caller, IssuedKey, KeyCard
from motcua.identity.models import Account, ApiKey, Application
from motcua.identity.operations import create_officer
from motcua.kernel import clock, texts
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal

SECRET = re.compile(r"mc_([a-z2-7]{10})_([A-Za-z0-9_-]{43})")
LONGEST_DAYS = 730
OVERLAP = timedelta(days=7)


@transaction.atomic
def create_application(actor: Actor, *, name: str, post_id: UUID | None = None) -> ApplicationCard:
    """Connect software. A person's (or business's) acts as its owner; with `post_id`, an officer
    who may "lead" connects it to that post of his body. Refusals: identity.not-allowed,
    identity.application-name-needed, identity.post-not-lendable."""
    clean = " ".join(texts.normalise(name).split())
    if not 0 < len(clean) <= 120:
        raise Refusal("identity.application-name-needed")
    row = Application(
        id=new_id(), name=clean, created_at=clock.now(), created_by=_account_id(actor)
    )
    if actor.kind == "officer":
        _act_through_post(actor, row, post_id)
    else:
        queries.require(actor, rules.OWN, owner_id=actor.account_id)
        row.account_id = _account_id(actor)
        row.on_behalf_of = actor.on_behalf_of
        row.kind = "business" if actor.on_behalf_of else "person"
    row.save(force_insert=True)
    _told(actor, "application.created", row, name=clean, kind=row.kind, post=str(post_id or ""))
    return _card(row, ())


def _act_through_post(actor: Actor, row: Application, post_id: UUID | None) -> None:
    queries.require(actor, "lead", actor.body_id)
    posts = {post.id: post for post in directory.posts_in(actor.body_id)} if actor.body_id else {}
    post = posts.get(post_id) if post_id else None
    if post is None:
        raise Refusal("identity.post-not-lendable")
    if not rules.may_lend(actor.permissions, directory.role(post.role).permissions):
        raise Refusal("identity.post-not-lendable")
    account = create_officer(
        SYSTEM, posts=[post.id], full_name=row.name, username=f"app-{row.id.hex}"
    )
    row.kind, row.account_id = "body", account.id
    row.body_id, row.post_id = post.body_id, post.id


@transaction.atomic
def close_application(actor: Actor, application_id: UUID) -> None:
    """Disconnect software for good: all its keys end now."""
    row = _locked(actor, application_id)
    now, by = clock.now(), _account_id(actor)
    row.keys.filter(revoked_at=None).update(revoked_at=now, revoked_by=by)
    row.closed_at, row.closed_by = now, by
    row.save(update_fields=["closed_at", "closed_by"])
    if row.kind == "body":
        Account.objects.filter(id=row.account_id).update(is_active=False)
    _told(actor, "application.closed", row)


@transaction.atomic
def issue_key(
    actor: Actor, application_id: UUID, *, scopes: Iterable[str], days: int = 365
) -> IssuedKey:
    """A new key with these scopes, valid for `days`. Refusals: identity.application-not-found,
    identity.application-closed, identity.scopes-wrong, identity.too-many-keys (two are live)."""
    row = _locked(actor, application_id)
    wanted = tuple(one for one in rules.scopes_for(row.kind) if one in set(scopes))
    if not wanted or set(wanted) != set(scopes):
        raise Refusal("identity.scopes-wrong")
    if _live(row).count() >= rules.MOST_LIVE_KEYS:
        raise Refusal("identity.too-many-keys")
    until = clock.now() + timedelta(days=max(1, min(days, LONGEST_DAYS)))
    issued = _new_key(actor, row, wanted, until=until)
    _told(actor, "key.issued", row, key=issued.key.prefix, scopes=list(wanted))
    return issued


@transaction.atomic
def rotate_key(actor: Actor, key_id: UUID, *, overlap: timedelta = OVERLAP) -> IssuedKey:
    """A new key with the scopes and the length of life of the old one, which stays valid for
    `overlap` more, so that software changes over without a break. Refusals: identity.key-ended,
    identity.too-many-keys (it is being rotated already), identity.application-not-found."""
    row, key = _locked_key(actor, key_id)
    now = clock.now()
    if key.revoked_at or key.valid_until <= now:
        raise Refusal("identity.key-ended")
    if _live(row).count() >= rules.MOST_LIVE_KEYS:
        raise Refusal("identity.too-many-keys")
    length = key.valid_until - key.valid_from
    key.valid_until = min(key.valid_until, now + max(overlap, timedelta(0)))
    key.save(update_fields=["valid_until"])
    issued = _new_key(actor, row, tuple(key.scopes), until=now + length)
    _told(actor, "key.rotated", row, key=issued.key.prefix, before=key.prefix)
    return issued


@transaction.atomic
def revoke_key(actor: Actor, key_id: UUID) -> None:
    """End a key now; a second time changes nothing."""
    row, key = _locked_key(actor, key_id)
    if key.revoked_at:
        return
    key.revoked_at, key.revoked_by = clock.now(), _account_id(actor)
    key.save(update_fields=["revoked_at", "revoked_by"])
    _told(actor, "key.revoked", row, key=key.prefix)


def applications_of(actor: Actor) -> list[ApplicationCard]:
    """The software that the actor may manage, newest first, with all its keys."""
    rows = _managed(actor).prefetch_related("keys").order_by("closed_at", "-id")
    return [_card(row, row.keys.all()) for row in rows]


def application(actor: Actor, application_id: UUID) -> ApplicationCard:
    """One of them; Refusal identity.application-not-found."""
    row = _managed(actor).prefetch_related("keys").filter(id=application_id).first()
    if row is None:
        raise Refusal("identity.application-not-found")
    return _card(row, row.keys.all())


def lendable_posts(actor: Actor) -> list[directory.Post]:
    """The posts of the officer's body that he may connect software to, one for each role."""
    if actor.kind != "officer" or actor.body_id is None or "lead" not in actor.permissions:
        return []
    posts = {post.role: post for post in reversed(directory.posts_in(actor.body_id))}
    return [
        post
        for post in posts.values()
        if rules.may_lend(actor.permissions, directory.role(post.role).permissions)
    ]


def actor_of_key(secret: str) -> Caller:
    """Who sends this key: (actor, scopes, application_id). One statement for the key of a body
    or a person. Refusals: identity.key-unknown, identity.key-ended, and of `actor_of`."""
    found = SECRET.fullmatch(secret)
    row = _found_key(found[1]) if found else None
    digest = _digest(secret)
    if row is None or not hmac.compare_digest(row.digest, digest):
        raise Refusal("identity.key-unknown")
    if not row.is_live:
        raise Refusal("identity.key-ended")
    actor = _actor_of_key(row)
    if row.last_used_day != (day := directory.today()):  # one write a day, no trail of requests
        ApiKey.objects.filter(id=row.id).update(last_used_day=day)
    return Caller(actor, frozenset(row.scopes), row.application_id)


# Asked at every request of a machine: by hand, with whether the post is held today.
_KEY = """
SELECT k.id, k.digest, k.scopes, k.last_used_day, k.revoked_at IS NULL AND a.closed_at IS NULL
        AND k.valid_from <= t.now AND k.valid_until > t.now,
    a.id, a.kind, a.name, a.post_id, a.on_behalf_of, c.id, c.username, c.full_name, c.person_id,
    c.level, c.is_active, EXISTS (
        SELECT FROM identity_appointment p WHERE p.account_id = c.id AND p.post_id = a.post_id
            AND p.valid_from <= t.today AND (p.valid_until IS NULL OR p.valid_until > t.today))
FROM (SELECT %s::timestamptz AS now, %s::date AS today) t, identity_apikey k
JOIN identity_application a ON a.id = k.application_id
JOIN identity_account c ON c.id = a.account_id WHERE k.prefix = %s
"""


class _Key(NamedTuple):
    """A key with its application and account."""

    id: UUID
    digest: str
    scopes: list[str]
    last_used_day: date | None
    is_live: bool
    application_id: UUID
    kind: str
    name: str
    post_id: UUID | None
    on_behalf_of: str
    account_id: UUID
    username: str
    full_name: str
    person_id: UUID | None
    level: int
    is_active: bool
    is_post_held: bool


def _found_key(prefix: str) -> _Key | None:
    with connection.cursor() as cursor:
        cursor.execute(_KEY, [clock.now(), directory.today(), prefix])
        row = cursor.fetchone()
    return _Key(*row)._replace(scopes=msgspec.json.decode(row[2])) if row else None


def _actor_of_key(row: _Key) -> Actor:
    card = AccountCard(
        id=row.account_id,
        username=row.username,
        full_name=row.full_name,
        person_id=row.person_id,
        level=row.level,
        is_active=row.is_active,
    )
    if row.post_id is not None and row.is_active and row.is_post_held:
        actor = queries.officer_at(card, row.post_id)
    else:
        actor = queries.actor_of(card, row.post_id, row.on_behalf_of)
    label = actor.label if row.kind == "body" else f"{actor.label} ({row.name})"
    return replace(actor, label=label, application_id=row.application_id)


def actor_of_application(application_id: UUID) -> Actor:
    """As whom an application acts when it is not asking itself (an answer sent later). Refusals
    identity.application-closed, and of `actor_of`."""
    row = Application.objects.select_related("account").filter(id=application_id).first()
    if row is None or row.closed_at:
        raise Refusal("identity.application-closed")
    actor = queries.actor_of(row.account, row.post_id, row.on_behalf_of)
    return replace(actor, application_id=row.id)


def _new_key(
    actor: Actor, row: Application, scopes: tuple[str, ...], *, until: datetime
) -> IssuedKey:
    prefix = base64.b32encode(secrets.token_bytes(10)).decode().lower()[:10]
    secret = f"mc_{prefix}_{secrets.token_urlsafe(32)}"
    key = ApiKey.objects.create(
        id=new_id(),
        application=row,
        prefix=prefix,
        digest=_digest(secret),
        scopes=list(scopes),
        created_by=_account_id(actor),
        valid_from=clock.now(),
        valid_until=until,
    )
    return IssuedKey(key=_key_card(key), application_id=row.id, secret=secret)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def _managed(actor: Actor) -> QuerySet[Application]:
    """An officer who leads: his body's. A person: his own, or the business's he acts for."""
    if actor.kind == "officer" and rules.may(actor, "lead", actor.body_id):
        return Application.objects.filter(body_id=actor.body_id)
    if actor.kind != "person" or actor.account_id is None:
        return Application.objects.none()
    if actor.on_behalf_of:
        return Application.objects.filter(on_behalf_of=actor.on_behalf_of)
    return Application.objects.filter(account_id=actor.account_id, kind="person")


def _locked(actor: Actor, application_id: UUID) -> Application:
    """Locked, so that two at once cannot issue a third key."""
    row = _managed(actor).select_for_update().filter(id=application_id).first()
    if row is None:
        raise Refusal("identity.application-not-found")
    if row.closed_at:
        raise Refusal("identity.application-closed")
    return row


def _locked_key(actor: Actor, key_id: UUID) -> tuple[Application, ApiKey]:
    known = ApiKey.objects.filter(id=key_id).values_list("application_id", flat=True).first()
    if known is None:
        raise Refusal("identity.application-not-found")
    row = _locked(actor, known)
    return row, row.keys.get(id=key_id)


def _live(row: Application) -> QuerySet[ApiKey]:
    return row.keys.filter(revoked_at=None, valid_until__gt=clock.now())


def _card(row: Application, keys: Iterable[ApiKey]) -> ApplicationCard:
    return ApplicationCard(
        id=row.id,
        name=row.name,
        kind=row.kind,
        account_id=row.account_id,
        created_at=row.created_at,
        body_id=row.body_id,
        post_id=row.post_id,
        on_behalf_of=row.on_behalf_of,
        closed_at=row.closed_at,
        keys=tuple(_key_card(key) for key in sorted(keys, key=lambda one: one.id, reverse=True)),
    )


def _key_card(key: ApiKey) -> KeyCard:
    ended = "ended" if key.valid_until <= clock.now() else "live"
    return KeyCard(
        id=key.id,
        prefix=key.prefix,
        scopes=tuple(key.scopes),
        valid_from=key.valid_from,
        valid_until=key.valid_until,
        state="revoked" if key.revoked_at else ended,
        revoked_at=key.revoked_at,
        last_used_day=key.last_used_day,
    )


def _account_id(actor: Actor) -> UUID:
    if actor.account_id is None:
        raise Refusal("identity.not-allowed", permission=rules.OWN)
    return actor.account_id


def _told(actor: Actor, verb: str, row: Application, **detail: Any) -> None:
    """Never a secret in the ledger: a key is named by its prefix."""
    record(actor, verb, object=("application", row.id), body_id=row.body_id, detail=detail)
