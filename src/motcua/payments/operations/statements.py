"""Taking in statements: what a gateway and its bank say of a day, from a file or their door."""

import hashlib
from collections.abc import Sequence
from datetime import date

import msgspec
from django.db import transaction

from motcua.acts import api as acts
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.payments import gateways
from motcua.payments.gateways.protocol import GatewayFault
from motcua.payments.models import Statement, StatementEntry
from motcua.payments.rules.reconciling import StatementLine
from motcua.payments.rules.statement_files import StatementFault, read_statement

SOURCES = ("gateway", "bank")


def import_statement(
    actor: Actor,
    gateway: str,
    day: date,
    data: bytes | Sequence[StatementLine],
    *,
    sources: Sequence[str] = (),
) -> int:
    """Keep what others say of a day; how many lines were not known before.

    `data` is a CSV or JSON file (docs/guides/payments.md) or lines. `sources` are those for which
    it speaks: those of its lines when none is named, both when it is empty. The same statement
    again changes nothing; another one for the same day and source takes its place. Permission
    "treasurer". Refusals: payments.statement-unreadable (with every fault as a Problem),
    payments.no-such-gateway.
    """
    identity.require(actor, "treasurer")
    gateways.gateway(gateway)
    try:
        lines = read_statement(data) if isinstance(data, bytes) else tuple(data)
    except StatementFault as fault:
        raise Refusal("payments.statement-unreadable", fault.problems) from None
    named = sources or sorted({line.source for line in lines}) or SOURCES
    with transaction.atomic():
        return sum(
            _keep(
                actor, gateway, day, source, lines=[line for line in lines if line.source == source]
            )
            for source in named
        )


def fetch_statement(actor: Actor, gateway: str, day: date) -> int:
    """Ask the gateway for its statement of a day and keep it. Call it outside a transaction.

    Refusals: payments.gateway-unavailable, and those of `import_statement`.
    """
    try:
        lines = gateways.gateway(gateway).statement(day)
    except GatewayFault as fault:
        raise Refusal("payments.gateway-unavailable") from fault
    return import_statement(actor, gateway, day, lines, sources=SOURCES)


def lines_of(gateway: str, day: date) -> tuple[StatementLine, ...]:
    """The lines of the statements that hold for a day."""
    rows = StatementEntry.objects.filter(
        statement__gateway=gateway, statement__day=day, statement__is_current=True
    ).order_by("statement__source", "nth")
    return tuple(
        StatementLine(
            source=row.statement.source,
            kind=row.kind,
            number=row.number,
            reference=row.reference,
            amount_vnd=row.amount_vnd,
            fee_vnd=row.fee_vnd,
            status=row.status,
            at=row.at,
            content=row.content,
            account=row.account,
        )
        for row in rows.select_related("statement")
    )


def _keep(
    actor: Actor, gateway: str, day: date, source: str, *, lines: Sequence[StatementLine]
) -> int:
    """One source of one day; the number of its new lines."""
    said = sorted(lines, key=_in_order)
    about = Statement.objects.select_for_update().filter(gateway=gateway, day=day, source=source)
    before = about.filter(is_current=True).first()
    fingerprint = hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()
    if before is not None and before.fingerprint == fingerprint:
        return 0
    about.update(is_current=False)
    again = about.filter(fingerprint=fingerprint).first()
    if again is not None:
        again.is_current = True
        again.save(update_fields=["is_current"])
        return 0
    statement = Statement.objects.create(
        gateway=gateway,
        day=day,
        source=source,
        fingerprint=fingerprint,
        imported_at=clock.now(),
        imported_by=actor.account_id,
    )
    StatementEntry.objects.bulk_create(
        StatementEntry(
            statement=statement,
            nth=nth,
            kind=line.kind,
            number=line.number,
            reference=line.reference,
            amount_vnd=line.amount_vnd,
            fee_vnd=line.fee_vnd,
            status=line.status,
            at=line.at,
            content=line.content,
            account=line.account,
        )
        for nth, line in enumerate(said, start=1)
    )
    detail = {"gateway": gateway, "day": day.isoformat(), "source": source, "lines": len(said)}
    acts.record(actor, "statement.imported", object=("statement", statement.id), detail=detail)
    return len(said) - (_known(before, said) if before else 0)


def _known(before: Statement, said: Sequence[StatementLine]) -> int:
    numbers = set(before.entries.values_list("kind", "number"))
    return sum((line.kind, line.number) in numbers for line in said)


def _in_order(line: StatementLine) -> tuple[str, ...]:
    amounts = (f"{line.amount_vnd:020d}", f"{line.fee_vnd:020d}")
    return (line.kind, line.number, line.reference, *amounts, line.status, line.content)
