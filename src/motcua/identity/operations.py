"""Writes on accounts: one transaction each, with the act that tells it."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from motcua.acts.api import ActDraft, record, record_many
from motcua.directory.api import today
from motcua.identity import queries
from motcua.identity.cards import AccountCard, CitizenDraft, RepresentationCard
from motcua.identity.models import NOBODY, Account, Appointment, Representation
from motcua.kernel import texts
from motcua.kernel.actors import Actor
from motcua.kernel.clock import now
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal

PERSONAL_NUMBER = re.compile(r"[0-9]{12}")


def named(row: Account) -> Account:
    """Put the name of `row` in its normal form, with the keys to sort and to search by."""
    row.full_name = texts.normalise(row.full_name)
    row.sort_key = texts.sort_key(row.full_name)
    row.search_key = texts.fold(row.full_name)
    row.username = row.username.lower()
    row.email = row.email.lower()
    return row


def _built(actor: Actor, draft: CitizenDraft, password: str) -> Account:
    """An unsaved account; `password` is a hash already."""
    if draft.personal_number and not PERSONAL_NUMBER.fullmatch(draft.personal_number):
        raise Refusal("identity.personal-number-wrong")
    if draft.level == 2 and not draft.evidence:
        raise Refusal("identity.evidence-missing")
    row = named(
        Account(
            username=draft.username or draft.personal_number or new_id().hex,
            full_name=draft.full_name,
            personal_number=draft.personal_number,
            phone=draft.phone,
            email=draft.email,
            language=draft.language,
            level=min(draft.level, 1),
            person_id=draft.person_id,
            joined_at=now(),
            password=password,
        )
    )
    if draft.level == 2:
        _verify(row, actor, draft.evidence)
    return row


def _verify(row: Account, actor: Actor, evidence: str) -> None:
    """Level 2, with how, when and by whom."""
    row.level, row.level_evidence = 2, evidence
    row.level_at, row.level_by = now(), actor.account_id or NOBODY


@transaction.atomic
def create_citizens(
    actor: Actor, drafts: Iterable[CitizenDraft], *, password: str | None = None
) -> list[AccountCard]:
    """Many citizens' accounts at once, for an import: one password, hashed once (None: passkey or
    reset only). Only the system, or who may "manage-accounts". Refusals: identity.not-allowed,
    identity.personal-number-wrong, identity.evidence-missing, identity.username-taken."""
    queries.require(actor, "manage-accounts")
    hashed = make_password(password)
    rows = [_built(actor, draft, hashed) for draft in drafts]
    _save(rows)
    record_many(actor, [_created(row) for row in rows])
    return [queries.card(row) for row in rows]


def _save(rows: Sequence[Account]) -> None:
    try:
        with transaction.atomic():
            Account.objects.bulk_create(rows, batch_size=1000)
    except IntegrityError as fault:
        raise _taken(fault, rows) from fault
    EmailAddress.objects.bulk_create(
        [
            EmailAddress(user=row, email=row.email, verified=True, primary=True)
            for row in rows
            if row.email
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )


def _taken(fault: IntegrityError, rows: Sequence[Account]) -> Exception:
    """The refusal behind a broken unique constraint; any other fault is a bug and stays one."""
    if "personal_number_once" in str(fault):
        return Refusal("identity.personal-number-taken")
    if "username" in str(fault) and len(rows) == 1:
        return Refusal("identity.username-taken", username=rows[0].username)
    if "username" in str(fault):
        return Refusal("identity.username-taken", username="…")
    return fault


def _created(row: Account) -> ActDraft:
    return ActDraft(
        verb="account.created",
        object=("account", row.id),
        subjects=(row.person_id or row.id,),
        detail={"level": row.level},
    )


def create_citizen(actor: Actor, *, password: str | None = None, **fields: Any) -> AccountCard:
    """One citizen's account; `fields` are those of `CitizenDraft`. As `create_citizens`."""
    return create_citizens(actor, [CitizenDraft(**fields)], password=password)[0]


@transaction.atomic
def create_officer(
    actor: Actor,
    *,
    posts: Iterable[UUID] = (),
    since: date | None = None,
    password: str | None = None,
    **fields: Any,
) -> AccountCard:
    """An officer's account, appointed to `posts` from `since` (today). `fields` as `CitizenDraft`.
    An officer's identity is verified on appointment, so the level is 2."""
    fields = {"level": 2, "evidence": "appointment", **fields}
    created = create_citizen(actor, password=password, **fields)
    for post_id in posts:
        appoint(actor, account_id=created.id, post_id=post_id, since=since or today())
    return created


@transaction.atomic
def appoint(
    actor: Actor, *, account_id: UUID, post_id: UUID, since: date, until: date | None = None
) -> UUID:
    """Give an account a post of the directory from `since` on (`until`: the first day without)."""
    queries.require(actor, "manage-accounts")
    row, is_new = Appointment.objects.get_or_create(
        account_id=account_id,
        post_id=post_id,
        valid_from=since,
        defaults={"id": new_id(), "valid_until": until},
    )
    if is_new:
        record(
            actor,
            "officer.appointed",
            object=("account", account_id),
            detail={"post": str(post_id), "since": since.isoformat()},
        )
    return row.id


@transaction.atomic
def add_representation(
    actor: Actor,
    *,
    account_id: UUID,
    business_number: str,
    business_name: str,
    since: date,
    role: str = "legal-representative",
    until: date | None = None,
) -> RepresentationCard:
    """Register that an account may act for a business from `since`."""
    queries.require(actor, "manage-accounts")
    row = Representation.objects.create(
        account_id=account_id,
        business_number=business_number,
        business_name=texts.normalise(business_name),
        role=role,
        valid_from=since,
        valid_until=until,
    )
    record(
        actor,
        "representation.added",
        object=("account", account_id),
        detail={"business": business_number, "role": role},
    )
    return RepresentationCard(
        id=row.id,
        business_number=row.business_number,
        business_name=row.business_name,
        role=row.role,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
    )


@transaction.atomic
def raise_level(
    actor: Actor, *, account_id: UUID, evidence: str, personal_number: str = ""
) -> AccountCard:
    """Level 2 after an officer who may "verify-identity" saw the person and the identity card.

    The personal number is set when the account had none; a different one is refused, so nobody's
    account changes hands. Refusals: identity.not-allowed (also for one's own account),
    identity.evidence-missing, identity.personal-number-missing|-wrong|-taken,
    identity.level-already-reached, identity.account-not-found. Legal source: Decree 69/2024.
    """
    queries.require(actor, "verify-identity", owner_id=account_id)
    if not evidence.strip():
        raise Refusal("identity.evidence-missing")
    row = Account.objects.select_for_update().filter(id=account_id).first()
    if row is None:
        raise Refusal("identity.account-not-found")
    if row.level == 2:
        raise Refusal("identity.level-already-reached")
    number = personal_number or row.personal_number
    if not number:
        raise Refusal("identity.personal-number-missing")
    if not PERSONAL_NUMBER.fullmatch(number) or row.personal_number not in ("", number):
        raise Refusal("identity.personal-number-wrong")
    row.personal_number = number
    _verify(row, actor, evidence.strip())
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as fault:
        raise _taken(fault, [row]) from fault
    record(
        actor,
        "account.level-raised",
        object=("account", row.id),
        subjects=(row.person_id or row.id,),
        basis="69/2024/NĐ-CP",
        detail={"level": 2},
    )
    return queries.card(row)


@transaction.atomic
def switch_post(account: Account | AccountCard, post_id: UUID | None) -> Actor:
    """The actor for the post chosen (None: as a private person); the caller keeps the choice in
    the session under "post". Refusal("identity.post-not-held")."""
    actor = queries.actor_of(account, post_id)
    record(
        actor,
        "account.post-switched",
        object=("account", account.id),
        detail={"post": str(post_id or "")},
    )
    return actor


@transaction.atomic
def find_accounts(
    actor: Actor, personal_number: str, *, purpose: str, dossier_id: UUID | None = None
) -> list[AccountCard]:
    """Accounts with this personal number, the verified one first, for an officer who may "receive"
    and files for somebody at the counter. Each look-up is an act, found or not.
    Refusals: identity.not-allowed, identity.purpose-missing, identity.personal-number-wrong."""
    queries.require(actor, "receive")
    if not purpose.strip():
        raise Refusal("identity.purpose-missing")
    if not PERSONAL_NUMBER.fullmatch(personal_number):
        raise Refusal("identity.personal-number-wrong")
    rows = list(
        Account.objects.filter(personal_number=personal_number, is_active=True).order_by(
            "-level", "id"
        )
    )
    record(
        actor,
        "account.looked-up",
        object=("account", rows[0].id if rows else NOBODY),
        subjects=tuple(row.person_id or row.id for row in rows),
        purpose=purpose,
        dossier_id=dossier_id,
        detail={"found": len(rows)},
    )
    return [queries.card(row) for row in rows]


@transaction.atomic
def change_contact(
    actor: Actor, *, phone: str | None = None, language: str | None = None
) -> AccountCard:
    """One's own telephone number and language (the e-mail address changes on its own page, with
    confirmation)."""
    queries.require(actor, "own", owner_id=actor.account_id)
    row = Account.objects.select_for_update().get(id=actor.account_id or NOBODY)
    changed: list[str] = []
    if phone is not None and phone != row.phone:
        row.phone = phone
        changed.append("phone")
    if language in Account.Language.values and language != row.language:
        row.language = str(language)
        changed.append("language")
    if changed:
        row.save(update_fields=changed)
        record(actor, "account.changed", object=("account", row.id), detail={"fields": changed})
    return queries.card(row)
