"""Reads: accounts, posts held, businesses represented."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from motcua.directory import api as directory
from motcua.directory.api import Post, today
from motcua.identity import rules
from motcua.identity.cards import AccountCard, RepresentationCard
from motcua.identity.models import Account, Appointment, Representation
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal


def card(row: Account) -> AccountCard:
    return AccountCard(
        id=row.id,
        username=row.username,
        full_name=row.full_name,
        personal_number=row.personal_number,
        phone=row.phone,
        email=row.email,
        language=row.language,
        level=row.level,
        person_id=row.person_id,
        is_active=row.is_active,
    )


def account(account_id: UUID) -> AccountCard:
    """One account; Refusal("identity.account-not-found")."""
    row = Account.objects.filter(id=account_id).first()
    if row is None:
        raise Refusal("identity.account-not-found")
    return card(row)


def accounts(ids: Sequence[UUID]) -> dict[UUID, AccountCard]:
    """Those of `ids` that exist, in one statement."""
    return {row.id: card(row) for row in Account.objects.filter(id__in=ids)}


def account_by_username(username: str) -> AccountCard | None:
    row = Account.objects.filter(username=username.lower()).first()
    return card(row) if row else None


def _valid(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_until__isnull=True) | Q(valid_until__gt=on))


def _appointments(on: date) -> QuerySet[Appointment]:
    return Appointment.objects.filter(_valid(on))


def current_posts(account_id: UUID) -> list[Post]:
    """The posts (`directory.Post`) that the account holds today, oldest first."""
    held = _appointments(today()).filter(account_id=account_id).order_by("valid_from", "id")
    return [directory.post(post_id) for post_id in held.values_list("post_id", flat=True)]


def officers_of(body_id: UUID, role: str | None = None) -> list[tuple[AccountCard, Post]]:
    """Who holds a post in `body_id` today (in that role only, if given), by name."""
    posts = {post.id: post for post in directory.posts_in(body_id, role or "")}
    held = (
        _appointments(today())
        .filter(post_id__in=list(posts), account__is_active=True)
        .select_related("account")
        .order_by("account__sort_key", "account_id")
    )
    return [(card(row.account), posts[row.post_id]) for row in held]


def representations(account_id: UUID) -> list[RepresentationCard]:
    """The businesses that the account may act for today, by name."""
    rows = Representation.objects.filter(_valid(today()), account_id=account_id)
    return [
        RepresentationCard(
            id=row.id,
            business_number=row.business_number,
            business_name=row.business_name,
            role=row.role,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row in rows.order_by("business_name", "id")
    ]


def actor_of(
    account: Account | AccountCard, post_id: UUID | None = None, on_behalf_of: str = ""
) -> Actor:
    """The actor for a signed-in account: an officer through the post `post_id`, else a person.

    `on_behalf_of` "business:<number>" acts for a business represented today. Refusals:
    identity.account-inactive, identity.post-not-held, identity.not-representative.
    """
    if not account.is_active:
        raise Refusal("identity.account-inactive")
    if post_id is not None:
        return _officer(account, _post_id(post_id))
    if on_behalf_of and on_behalf_of not in {
        one.on_behalf_of for one in representations(account.id)
    }:
        raise Refusal("identity.not-representative")
    return Actor(
        kind="person",
        account_id=account.id,
        person_id=account.person_id,
        level=account.level,
        label=account.full_name,
        on_behalf_of=on_behalf_of,
    )


def _post_id(given: object) -> UUID:
    """However a session or a form holds it."""
    try:
        return UUID(str(given))
    except ValueError:
        raise Refusal("identity.post-not-held") from None


def _officer(account: Account | AccountCard, post_id: UUID) -> Actor:
    if not _appointments(today()).filter(account_id=account.id, post_id=post_id).exists():
        raise Refusal("identity.post-not-held")
    return officer_at(account, post_id)


def officer_at(account: Account | AccountCard, post_id: UUID) -> Actor:
    """The actor of an account that is known to hold the post today."""
    post = directory.post(post_id)
    return Actor(
        kind="officer",
        account_id=account.id,
        person_id=account.person_id,
        post_id=post.id,
        body_id=post.body_id,
        unit_id=post.unit_id,
        role=post.role,
        permissions=frozenset(directory.role(post.role).permissions),
        level=account.level,
        label=account.full_name,
    )


def require(
    actor: Actor, permission: str, body_id: UUID | None = None, *, owner_id: UUID | None = None
) -> None:
    """Nothing when `may(...)`; else Refusal("identity.not-allowed")."""
    if not rules.may(actor, permission, body_id, owner_id=owner_id):
        raise Refusal("identity.not-allowed", permission=permission)


def require_level(actor: Actor, level: int) -> None:
    """Refusal("identity.level-too-low") when the identity is less assured than `level`."""
    if actor.kind != "system" and actor.level < level:
        raise Refusal("identity.level-too-low", level=level)
