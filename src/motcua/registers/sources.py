"""Registers that another node keeps: asked through its door, and believed only as far as declared.

The answer must be what the local declaration of the register says; a source that says anything
else is refused, and that it did so is an act.
"""

import ipaddress
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from msgspec import Struct

from motcua.acts import api as acts
from motcua.kernel import addresses, outgoing
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers.rules import quality
from motcua.registers.rules.declaration import Register
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.shapes import Ask, Held, Record

DEADLINE_S = 3.0


class Question(Struct, frozen=True, kw_only=True):
    """Who asks another node, on which day and for what."""

    actor: Actor
    purpose: str
    today: date
    dossier_id: UUID | None = None
    reason: str = ""
    as_of: date | None = None
    known_at: datetime | None = None


def asked(question: Question, register: Register, ask: Ask) -> Record | None:
    """What the source holds; None for what is not there or may not be seen. Refusals
    registers.closed (down, or it does not let us in), .too-slow, .source-wrong (it lies)."""
    status, body = _called(register, _body(question, ask))
    if status == 404:
        return None
    if status != 200:
        raise Refusal("registers.closed", register=register.register, until="")
    fault = "unreadable"
    try:
        found = msgspec.json.decode(body, type=Record)
        fault = _lie(found, register, ask, today=question.today)
    except (msgspec.MsgspecError, RecursionError, UnicodeError, ValueError):
        found = None
    if fault or found is None:
        _note(question, register, ask, fault=fault)
        raise Refusal("registers.source-wrong", register=register.register)
    return found


def _called(register: Register, body: bytes) -> tuple[int, bytes]:
    base = register.source.rstrip("/")
    networks = [ipaddress.ip_network(one) for one in settings.MOTCUA_WEBHOOK_NETWORKS]
    loopback = any(network.is_loopback for network in networks)
    key = settings.MOTCUA_SOURCE_KEYS.get(register.source, "")
    if not key or addresses.url_fault(base, loopback=loopback):
        raise Refusal("registers.closed", register=register.register, until="")
    headers = {
        "Authorization": f"Bearer {key}",
        "Content-Type": "application/json",
        "Accept": "application/json",
        "User-Agent": "MotCua",
    }
    url = f"{base}/api/v1/registers/{register.register}/read"
    try:
        return outgoing.ask(url, headers, body, networks=networks, deadline_s=DEADLINE_S)
    except outgoing.NotDeliveredError as no:
        if no.fault == "timeout":
            raise Refusal("registers.too-slow") from None
        raise Refusal("registers.closed", register=register.register, until="") from None


def _body(question: Question, ask: Ask) -> bytes:
    said: dict[str, Any] = {
        "key": ask.key,
        "fields": ask.fields,
        "purpose": question.purpose,
        "reason": question.reason,
    }
    if question.dossier_id:
        said["dossier"] = str(question.dossier_id)
    if question.as_of:
        said["as_of"] = question.as_of
    if question.known_at:
        said["known_at"] = question.known_at
    return msgspec.json.encode(said)


def _lie(found: Record, register: Register, ask: Ask, *, today: date) -> str:
    """In what the answer is not what was asked and declared; "" if in nothing."""
    if (found.register, found.key) != (register.register, ask.key):
        return "another-record"
    if found.id != record_id(register.register, ask.key):
        return "another-record"
    if register.subject.kind == "person" and found.holder != ask.key:
        return "another-holder"
    seen: set[tuple[str, str]] = set()
    for held in found.facts:
        if (held.fact, held.item) in seen:
            return "two-at-a-time"
        seen.add((held.fact, held.item))
        if fault := _wrong(held, register, ask, today=today):
            return fault
    return ""


def _wrong(held: Held, register: Register, ask: Ask, *, today: date) -> str:
    kind = register.fact(held.fact)
    if kind is None:
        return "unknown-fact"
    names = {f"{held.fact}.{name}" for name in held.values}
    if ask.fields and names - set(ask.fields):
        return "not-asked"
    if held.valid_until is not None and held.valid_until <= held.valid_from:
        return "no-time"
    absent = {field.field for field in kind.fields} - set(held.values)
    faults = quality.faults(kind, quality.plain(held.values), today, kept=absent)
    return "wrong-value" if faults else ""


def _note(question: Question, register: Register, ask: Ask, *, fault: str) -> None:
    acts.record(
        question.actor,
        "registers.source-wrong",
        object=("record", record_id(register.register, ask.key)),
        dossier_id=question.dossier_id,
        purpose=question.purpose,
        detail={"register": register.register, "fault": fault},
    )
