"""A request of the digital registries API: who, which register, for what purpose, which record."""

import re
from typing import Any

import msgspec
from django.http import HttpRequest
from msgspec import Struct

from motcua.identity import api as identity
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers.api import Ask, Record, Register
from motcua.web.doors.callers import caller_with
from motcua.web.doors.govstack import content
from motcua.web.doors.govstack.content import Content

CLIENT = "Information-Mediator-Client"
PURPOSE = "Data-Purpose"
_CLIENT = re.compile(r"[!-.0-~]{1,50}(?:/[!-.0-~]{1,50}){3}")
LARGEST = 256 * 1024


class Asking(Struct, frozen=True, kw_only=True):
    """Who asks of which register, and what for."""

    actor: Actor
    register: Register
    purpose: str

    def read(self, key: str, fields: tuple[str, ...] = ()) -> Record | None:
        """One record, through the door of the registers."""
        ask = Ask(register=self.register.register, key=key, fields=fields)
        return registers.read(self.actor, ask, purpose=self.purpose)


def asking(request: HttpRequest, register: str, version: str) -> Asking:
    """Refusals identity.key-needed, .scope-missing, doors.client, doors.no-register."""
    caller = client_of(request)
    declared = registers.registers().get(register)
    if declared is None or not content.has_version(declared, version):
        raise Refusal("doors.no-register")
    said = request.headers.get(PURPOSE, "")[:100]
    return Asking(
        actor=caller.actor,
        register=declared,
        purpose=said or _purpose(caller.actor, declared),
    )


def client_of(request: HttpRequest) -> identity.Caller:
    """The application of the key; the mediator's header must be there and of its form."""
    caller = caller_with(request, "dci")
    if not _CLIENT.fullmatch(request.headers.get(CLIENT, "")):
        raise Refusal("doors.client")
    return caller


def _purpose(actor: Actor, register: Register) -> str:
    """Who keeps a register reads it to keep it; others read what bodies share."""
    keeps = registers.is_keeper(actor, register)
    return "duty/keep-register" if keeps else "duty/data-sharing"


def body_of(request: HttpRequest, *parts: str) -> dict[str, Any]:
    """The JSON object, with these parts (each {"content": {...}}). Refusal doors.malformed."""
    if len(request.body) > LARGEST:
        raise Refusal("doors.malformed", why="too large")
    try:
        given = msgspec.json.decode(request.body, type=dict[str, Any])
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise Refusal("doors.malformed", why=str(error)[:200]) from None
    for part in parts:
        if not isinstance(given.get(part), dict) or "content" not in given[part]:
            raise Refusal("doors.malformed", why=f"{part}.content is needed")
    return given


def content_of(asked: Asking, given: dict[str, Any], part: str) -> Content:
    return content.read(asked.register, given[part]["content"])


def matching(asked: Asking, wanted: Content, *, most: int) -> list[Record]:
    """The records that say what is wanted: by key, or, in a register that may be leafed through,
    by anything. Refusal doors.key-needed."""
    if wanted.key:
        record = asked.read(wanted.key)
        return [record] if record and content.fits(wanted, record) else []
    if not wanted.facts or not registers.is_listed(asked.actor, asked.register):
        raise Refusal("doors.key-needed", key=content.key_name(asked.register))
    keys = registers.find_keys(asked.actor, asked.register.register, wanted.facts)
    return read_keys(asked, keys[:most])


def read_keys(asked: Asking, keys: tuple[str, ...]) -> list[Record]:
    """Several records at once."""
    asks = [Ask(register=asked.register.register, key=key) for key in keys]
    found = registers.read_many(asked.actor, asks, purpose=asked.purpose) if asks else []
    return [one for one in found if one]
