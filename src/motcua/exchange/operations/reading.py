"""From the ledger to deliveries: the reader "webhooks" looks at each act once, in order."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import Q

from motcua.acts import api as acts
from motcua.acts.api import ActRow
from motcua.exchange import describing
from motcua.exchange.models import Endpoint, WebhookDelivery
from motcua.exchange.rules import webhooks
from motcua.exchange.shapes import Parties
from motcua.kernel import clock

BATCH, MOST_BATCHES = 500, 20


def read_ledger() -> int:
    """Make the deliveries of all new acts; how many."""
    made = 0
    for _ in range(MOST_BATCHES):
        read, some = _read_some()
        made += some
        if read < BATCH:
            break
    return made


@transaction.atomic
def _read_some() -> tuple[int, int]:
    reader = acts.Reader("webhooks")
    reader.skip()  # before looking for endpoints: who comes after this moment misses nothing
    if not Endpoint.objects.exists():
        reader.advance()
        return 0, 0
    rows = reader.read(BATCH)
    made = make_deliveries(rows)
    reader.advance()
    return len(rows), made


def make_deliveries(rows: Sequence[ActRow]) -> int:
    """One delivery for each endpoint that hears of each act, in the order of the acts."""
    parties = describing.parties_of(rows)
    endpoints = _endpoints_of(parties)
    counters = {endpoint.id: endpoint.made for endpoint in endpoints}
    made, now = [], clock.now()
    for act in rows:
        if act.id not in parties:
            continue
        for endpoint in endpoints:
            if _hears(endpoint, act, parties[act.id]):
                counters[endpoint.id] += 1
                made.append(_delivery(endpoint, act, parties[act.id], now=now))
                made[-1].place = counters[endpoint.id]
    WebhookDelivery.objects.bulk_create(made)
    for endpoint in endpoints:
        if counters[endpoint.id] != endpoint.made:
            Endpoint.objects.filter(id=endpoint.id).update(made=counters[endpoint.id])
    return len(made)


def _endpoints_of(parties: Mapping[UUID, Parties]) -> list[Endpoint]:
    """Those of anybody concerned; nobody makes deliveries beside us, the reader takes turns."""
    several = parties.values()
    bodies = set[UUID]().union(*(one.bodies for one in several))
    accounts = {one.account_id for one in several if one.account_id and not one.on_behalf_of}
    businesses = {one.on_behalf_of for one in several if one.on_behalf_of}
    theirs = Q(body_id__in=bodies) | Q(account_id__in=accounts, on_behalf_of="")
    return list(Endpoint.objects.filter(theirs | Q(on_behalf_of__in=businesses)).order_by("id"))


def _hears(endpoint: Endpoint, act: ActRow, parties: Parties) -> bool:
    if act.at < endpoint.created_at or not webhooks.wants(endpoint.kinds, act.verb):
        return False
    if endpoint.body_id:
        return endpoint.body_id in parties.bodies
    if describing.is_internal(act.verb):
        return False
    if endpoint.on_behalf_of or parties.on_behalf_of:
        return endpoint.on_behalf_of == parties.on_behalf_of
    return endpoint.account_id == parties.account_id


def _delivery(
    endpoint: Endpoint, act: ActRow, parties: Parties, *, now: datetime
) -> WebhookDelivery:
    return WebhookDelivery(
        endpoint_id=endpoint.id,
        id=webhooks.delivery_id(act.id, endpoint.id),
        act_id=act.id,
        kind=act.verb,
        dossier_id=act.dossier_id,
        lane=act.dossier_id or act.object_id,
        body=_payload(act, parties),
        created_at=now,
        next_at=now,
    )


def _payload(act: ActRow, parties: Parties) -> str:
    """Thin: what happened to what. Who it is about is asked through the API, with its rights."""
    data: dict[str, Any] = {
        "act_id": act.id,
        "verb": act.verb,
        "object": {"kind": act.object_kind, "id": act.object_id},
        "dossier_id": act.dossier_id,
    }
    if parties.code:
        data["dossier_code"] = parties.code
    if parties.status is not None:
        data["status"] = parties.status
    return msgspec.json.encode({"type": act.verb, "timestamp": act.at, "data": data}).decode()
