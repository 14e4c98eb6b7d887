"""Subscriptions of partners to events of the registers, and the reader that finds the events."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import Q

from motcua.acts import api as acts
from motcua.acts.api import ActRow
from motcua.exchange import sealing
from motcua.exchange.models import PartnerSubscription
from motcua.exchange.operations.messages import tell_partner
from motcua.exchange.queries import partner_view
from motcua.exchange.shapes import NewSubscription, PartnerView, SubscriptionView
from motcua.kernel import clock
from motcua.kernel.ids import new_id

MOST = 1000


@transaction.atomic
def add_subscription(partner: PartnerView, wanted: NewSubscription) -> SubscriptionView | None:
    """Tell the partner of these events from now on; None when it has the same one already, or too
    many of them."""
    open_ = PartnerSubscription.objects.filter(partner_id=partner.id, ended_at=None)
    same = open_.filter(
        service=wanted.service, event=wanted.event, person_id=wanted.person_id
    ).filter(Q(person_id__isnull=False))
    if same.exists() or open_.count() >= MOST:
        return None
    sealed = sealing.seal(msgspec.json.encode(wanted.criteria).decode()) if wanted.criteria else ""
    row = PartnerSubscription.objects.create(
        partner_id=partner.id,
        id=new_id(),
        service=wanted.service,
        event=wanted.event,
        facts=list(wanted.facts),
        record_type=wanted.record_type,
        person_id=wanted.person_id,
        criteria=sealed,
        purpose=wanted.purpose,
        locale=wanted.locale,
        since=wanted.since or clock.now(),
        until=wanted.until,
        created_at=clock.now(),
    )
    return _view(row)


@transaction.atomic
def end_subscription(partner: PartnerView, service: str, code: str) -> str:
    """ "ended", "ended-before" or "unknown"; nothing more is told under it."""
    try:
        known = UUID(code)
    except ValueError:
        return "unknown"
    rows = PartnerSubscription.objects.select_for_update()
    row = rows.filter(partner_id=partner.id, service=service, id=known).first()
    if row is None:
        return "unknown"
    if row.ended_at:
        return "ended-before"
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    return "ended"


def subscription(partner: PartnerView, code: UUID) -> SubscriptionView | None:
    """An open one of the partner's."""
    rows = PartnerSubscription.objects.filter(partner_id=partner.id, ended_at=None)
    row = rows.filter(id=code).first()
    return _view(row) if row else None


def read_events(*, limit: int = 500, most: int = 20) -> int:
    """New facts in the registers become notifications; how many."""
    told = 0
    for _ in range(most):
        with transaction.atomic():
            reader = acts.Reader("subscriptions")
            if not PartnerSubscription.objects.filter(ended_at=None).exists():
                reader.skip()
                reader.advance()
                return told
            rows = reader.read(limit)
            told += tell_of(rows)
            reader.advance()
        if len(rows) < limit:
            break
    return told


def tell_of(rows: Sequence[ActRow]) -> int:
    """Notifications of these acts, for the subscriptions that want them."""
    told = 0
    for act in rows:
        if act.verb != "registers.fact-recorded" or not act.subjects:
            continue
        fact = f"{act.detail.get('register')}.{act.detail.get('fact')}"
        for row in _wanting(fact, act):
            asked = {
                "subscription": str(row.id),
                "person": str(act.subjects[0]),
                "fact": fact,
                "at": act.at.isoformat(),
            }
            told += tell_partner(
                partner_view(row.partner),
                service=row.service,
                event_id=act.id,
                subscription_id=row.id,
                asked=asked,
            )
    return told


def _wanting(fact: str, act: ActRow) -> Iterator[PartnerSubscription]:
    rows = PartnerSubscription.objects.select_related("partner").filter(
        ended_at=None, facts__contains=[fact], since__lte=act.at, partner__closed_at=None
    )
    rows = rows.filter(Q(until=None) | Q(until__gt=act.at))
    yield from rows.filter(Q(person_id=None) | Q(person_id__in=act.subjects)).order_by("id")


def _view(row: PartnerSubscription) -> SubscriptionView:
    criteria: Any = msgspec.json.decode(sealing.unseal(row.criteria)) if row.criteria else None
    return SubscriptionView(
        id=row.id,
        service=row.service,
        event=row.event,
        record_type=row.record_type,
        person_id=row.person_id,
        criteria=criteria,
        purpose=row.purpose,
        locale=row.locale,
        since=row.since,
        until=row.until,
        created_at=row.created_at,
    )
