"""Telling people: a row in the account and, once each, a mail and a text message.

What is promised: the row is written with the change that it tells of. A message leaves at most
once: `sending` is committed before the channel is called, so a crash in between leaves a delivery
whose fate is asked of the channel. A channel that cannot tell (SMTP) makes it "unsure", and it is
never sent again: the reader still finds it in the account. Faults that surely came before the
hand-over are retried with the back-off of the job.
"""

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from django.conf import settings
from django.db import transaction
from django.utils.translation import get_language, override

from motcua.identity import channels, wording
from motcua.identity.cards import Contact, Notice
from motcua.identity.models import Account, Delivery, Notification
from motcua.kernel import jobs
from motcua.kernel.clock import now

GIVE_UP_AFTER = 9  # one less than the attempts of a job
STILL_SENDING = timedelta(minutes=2)
JOB = "identity.deliver"


class StillSending(Exception):
    """Another worker may be sending this at the moment."""


def templates() -> frozenset[str]:
    """The names that `notify` takes."""
    return frozenset(wording.WORDINGS)


@transaction.atomic
def notify(
    recipient: UUID | Contact,
    template: str,
    params: Mapping[str, Any],
    *,
    key: str,
    dossier_id: UUID | None = None,
) -> UUID:
    """Tell an account (its id) or a contact; the same `key` for the same recipient tells once.

    `params` fill the template's lines; a line whose parameter is missing or empty is left out.
    Values: text, number, a text in several languages {"vi", "en", "fr"}, an ISO date or moment, or
    a list of these. Returns the notification's id. KeyError for an unknown template.
    """
    words = wording.WORDINGS[template]
    account_id, to = _addressed(recipient)
    row = Notification(
        recipient_id=account_id or uuid5(NAMESPACE_URL, f"contact:{to.email}|{to.phone}"),
        account_id=account_id,
        contact={} if account_id else msgspec.to_builtins(to),
        template=template,
        params=msgspec.to_builtins(dict(params)),
        dossier_id=dossier_id,
        key=key,
        created_at=now(),
    )
    Notification.objects.bulk_create([row], ignore_conflicts=True)
    written = Notification.objects.get(recipient_id=row.recipient_id, key=key)
    if written.id == row.id:
        _hand_out(row, {"mail": to.email, "sms": to.phone if words.sms else ""})
    return written.id


def _addressed(recipient: UUID | Contact) -> tuple[UUID | None, Contact]:
    if isinstance(recipient, Contact):
        return None, recipient
    row = Account.objects.only("email", "phone", "language").get(id=recipient)
    return row.id, Contact(email=row.email, phone=row.phone, language=row.language)


def _hand_out(row: Notification, addresses: Mapping[str, str]) -> None:
    for name, address in addresses.items():
        if not address:
            continue
        Delivery.objects.create(
            recipient_id=row.recipient_id, notification_id=row.id, channel=name, address=address
        )
        ids = {"recipient": str(row.recipient_id), "notification": str(row.id), "channel": name}
        jobs.enqueue(JOB, ids, key=f"{row.id}:{name}")


def deliver(*, recipient: UUID, notification: UUID, channel: str) -> None:
    """Send one delivery, unless it went out already. Called outside any transaction."""
    where = {"recipient_id": recipient, "notification_id": notification, "channel": channel}
    way = channels.channel(channel)
    attempt = _begin(where, way)
    if attempt is None:
        return
    try:
        way.send(_message(attempt))
    except channels.NotSent as fault:
        _failed(where, fault, attempt.attempts)
        if not fault.permanent and not fault.unsure and attempt.attempts < GIVE_UP_AFTER:
            raise
    else:
        _close(where, Delivery.State.SENT)


def _begin(where: dict[str, Any], way: channels.Channel) -> Delivery | None:
    """Commit that we are about to send; None when there is nothing left to do."""
    moment = jobs.clock_of_database()
    with transaction.atomic():
        row = Delivery.objects.select_for_update().get(**where)
        if row.state == Delivery.State.SENDING:
            if row.tried_at is not None and moment - row.tried_at < STILL_SENDING:
                raise StillSending
            known = way.was_sent(_message_id(row))
            if known is not False:
                _close(where, Delivery.State.SENT if known else Delivery.State.UNSURE)
                return None
        elif row.state != Delivery.State.WAITING:
            return None
        row.attempts += 1
        Delivery.objects.filter(**where).update(
            state=Delivery.State.SENDING, attempts=row.attempts, tried_at=moment, fault=""
        )
    return row


def _close(where: dict[str, Any], state: str) -> None:
    sent_at = jobs.clock_of_database() if state == Delivery.State.SENT else None
    Delivery.objects.filter(**where).update(state=state, sent_at=sent_at)


def _failed(where: dict[str, Any], fault: channels.NotSent, attempts: int) -> None:
    state = Delivery.State.WAITING
    if fault.unsure:
        state = Delivery.State.UNSURE
    elif fault.permanent or attempts >= GIVE_UP_AFTER:
        state = Delivery.State.GIVEN_UP
    Delivery.objects.filter(**where).update(state=state, fault=str(fault))


def _message_id(row: Delivery) -> str:
    return f"{row.notification_id}.{row.channel}"


def _message(row: Delivery) -> channels.Outgoing:
    told = Notification.objects.get(recipient_id=row.recipient_id, id=row.notification_id)
    language = told.contact.get("language")
    if told.account_id:
        language = Account.objects.values_list("language", flat=True).get(id=told.account_id)
    with override(language or settings.LANGUAGE_CODE):
        words = wording.WORDINGS[told.template]
        text = wording.short if row.channel == "sms" else wording.letter
        return channels.Outgoing(
            id=_message_id(row),
            address=row.address,
            title=wording.title(words, told.params),
            body=text(words, told.params),
        )


def notifications_of(
    account_id: UUID, *, unread_only: bool = False, before: Any = None, limit: int = 50
) -> list[Notice]:
    """What the account was told, newest first, in the active language. `before`: a `created_at`
    to page on from."""
    rows = Notification.objects.filter(recipient_id=account_id)
    if unread_only:
        rows = rows.filter(read_at__isnull=True)
    if before is not None:
        rows = rows.filter(created_at__lt=before)
    return [_notice(row) for row in rows.order_by("-created_at", "-id")[:limit]]


def _notice(row: Notification) -> Notice:
    words = wording.WORDINGS[row.template]
    with override(get_language() or settings.LANGUAGE_CODE):
        return Notice(
            id=row.id,
            template=row.template,
            title=wording.title(words, row.params),
            body=wording.body(words, row.params),
            created_at=row.created_at,
            read_at=row.read_at,
            dossier_id=row.dossier_id,
        )


def unread_count(account_id: UUID) -> int:
    return Notification.objects.filter(recipient_id=account_id, read_at__isnull=True).count()


def mark_read(account_id: UUID, ids: Iterable[UUID] | None = None) -> int:
    """Mark these (None: all) of the account's own notifications as read; how many were unread."""
    rows = Notification.objects.filter(recipient_id=account_id, read_at__isnull=True)
    if ids is not None:
        rows = rows.filter(id__in=list(ids))
    return rows.update(read_at=now())
