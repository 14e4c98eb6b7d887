"""Telling people: a row in the account and, once each, a mail and a text message.

What is promised: the row is written with the change that it tells of. A message leaves at most
once: `sending` is committed before the channel is called, so a crash in between leaves a delivery
whose fate is asked of the channel. A channel that cannot tell (SMTP) makes it "unsure", and it is
never sent again: the reader still finds it in the account. Faults that surely came before the
hand-over are retried with the back-off of the job.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import get_language, override

from motcua.identity import channels, wording
from motcua.identity.cards import Contact, Notice
from motcua.identity.models import Account, Delivery, Notification
from motcua.kernel import jobs
from motcua.kernel.clock import now
from motcua.kernel.ids import new_id

GIVE_UP_AFTER = 9  # one less than the attempts of a job
STILL_SENDING = timedelta(minutes=2)
JOB = "identity.deliver"


class StillSending(Exception):
    """Another worker may be sending this at the moment."""


def templates() -> frozenset[str]:
    """The names that `notify` takes."""
    return frozenset(wording.WORDINGS)


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
    return notify_all([recipient], template, params, key=key, dossier_id=dossier_id)[0]


@transaction.atomic(savepoint=False)
def notify_all(
    recipients: Sequence[UUID | Contact],
    template: str,
    params: Mapping[str, Any],
    *,
    key: str,
    dossier_id: UUID | None = None,
) -> list[UUID]:
    """The same words to several, as `notify`, in three statements however many they are."""
    words = wording.WORDINGS[template]
    rows, deliveries = [], []
    for account_id, to in _addressed(recipients):
        row: dict[str, Any] = {
            "id": new_id(),
            "recipient_id": account_id or uuid5(NAMESPACE_URL, f"contact:{to.email}|{to.phone}"),
            "account_id": account_id,
            "contact": {} if account_id else to,
        }
        rows.append(row)
        ways = {"mail": to.email, "sms": to.phone if words.sms else ""}
        deliveries += [
            {"told": row["id"], "channel": channel, "address": address}
            for channel, address in ways.items()
            if address
        ]
    told = {
        "rows": _json(rows),
        "deliveries": _json(deliveries),
        "template": template,
        "params": _json(dict(params)),
        "dossier_id": dossier_id,
        "key": key,
        "now": now(),
    }
    written = _write(told)
    _hand_out([one for one in deliveries if one["told"] in written], rows)
    return _ids(rows, written, key)


_TELL = """
WITH told AS (
    INSERT INTO identity_notification
        (id, recipient_id, account_id, contact, template, params, dossier_id, key, created_at)
    SELECT r.id, r.recipient_id, r.account_id, r.contact, %(template)s, %(params)s::jsonb,
        %(dossier_id)s::uuid, %(key)s, %(now)s::timestamptz
    FROM jsonb_to_recordset(%(rows)s::jsonb)
        AS r(id uuid, recipient_id uuid, account_id uuid, contact jsonb)
    ON CONFLICT (recipient_id, key) DO NOTHING
    RETURNING id, recipient_id
), handed_out AS (
    INSERT INTO identity_delivery
        (recipient_id, notification_id, channel, address, state, attempts, fault)
    SELECT told.recipient_id, told.id, d.channel, d.address, 'waiting', 0, ''
    FROM jsonb_to_recordset(%(deliveries)s::jsonb) AS d(told uuid, channel text, address text)
    JOIN told ON told.id = d.told
)
SELECT id FROM told
"""


def _json(value: Any) -> str:
    return msgspec.json.encode(value).decode()


def _write(told: Mapping[str, Any]) -> set[UUID]:
    """Write notifications and their deliveries; the ids of those that were not told before."""
    with connection.cursor() as cursor:
        cursor.execute(_TELL, told)
        return {row[0] for row in cursor.fetchall()}


def _addressed(
    recipients: Sequence[UUID | Contact],
) -> list[tuple[UUID | None, Contact]]:
    ids = [one for one in recipients if not isinstance(one, Contact)]
    found = _contacts(ids) if ids else {}
    return [(None, one) if isinstance(one, Contact) else (one, found[one]) for one in recipients]


def _contacts(ids: list[UUID]) -> dict[UUID, Contact]:
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS, [ids])
        return {row[0]: Contact(email=row[1], phone=row[2]) for row in cursor.fetchall()}


_CONTACTS = "SELECT id, email, phone FROM identity_account WHERE id = ANY(%s)"


def _hand_out(deliveries: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> None:
    recipients = {row["id"]: str(row["recipient_id"]) for row in rows}
    payloads = {
        f"{one['told']}:{one['channel']}": {
            "recipient": recipients[one["told"]],
            "notification": str(one["told"]),
            "channel": one["channel"],
        }
        for one in deliveries
    }
    if payloads:
        jobs.enqueue_many(JOB, payloads)


def _ids(rows: Sequence[Mapping[str, Any]], written: set[UUID], key: str) -> list[UUID]:
    """The notification of each row: its own, or the one by which it was told before."""
    ids = {row["recipient_id"]: row["id"] for row in rows if row["id"] in written}
    before = [row["recipient_id"] for row in rows if row["recipient_id"] not in ids]
    if before:
        known = Notification.objects.filter(recipient_id__in=before, key=key)
        ids |= dict(known.values_list("recipient_id", "id"))
    return [ids[row["recipient_id"]] for row in rows]


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
