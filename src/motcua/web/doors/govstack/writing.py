"""Writes of the digital registries API: facts that begin today, and facts that end today."""

from django.db import transaction

from motcua.directory import api as directory
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers.api import Fact, Record
from motcua.web.doors.govstack.asking import Asking
from motcua.web.doors.govstack.content import Content

GROUND = "GovStack Digital Registries API"


@transaction.atomic
def create(asked: Asking, wanted: Content) -> Record:
    """A new record. Refusals doors.malformed (no key, nothing to write), doors.exists, and those
    of the registers."""
    if not wanted.key or not wanted.facts:
        raise Refusal("doors.malformed", why="content needs its key and something to say")
    if asked.read(wanted.key) is not None:
        raise Refusal("doors.exists")
    _write(asked, wanted.key, wanted)
    return _again(asked, wanted.key)


@transaction.atomic
def change(asked: Asking, record: Record, wanted: Content) -> Record:
    """From today on the record says what is wanted; what it does not name stays. A key cannot be
    changed: doors.read-only."""
    if wanted.key and wanted.key != record.key:
        raise Refusal("doors.read-only", why="a record keeps its key")
    whole: dict[str, dict[str, object]] = {}
    for fact, values in wanted.facts.items():
        held = record.held(fact)
        now = {**(held.values if held else {}), **values}
        if held is None or now != held.values:
            whole[fact] = now
    if whole:
        _write(asked, record.key, Content(key=record.key, facts=whole))
    return _again(asked, record.key)


@transaction.atomic
def end(asked: Asking, key: str) -> None:
    """Nothing is erased: each fact holds until yesterday, and stays readable as of then. Refusal
    doors.no-record."""
    record = asked.read(key)
    if record is None:
        raise Refusal("doors.no-record")
    for held in record.facts:
        registers.end_fact(
            asked.actor,
            register=asked.register.register,
            key=key,
            fact=held.fact,
            item=held.item,
            on=directory.today(),
            ground=GROUND,
        )


def _write(asked: Asking, key: str, wanted: Content) -> None:
    facts = [
        Fact(register=asked.register.register, fact=fact, subject=key, values=dict(values))
        for fact, values in wanted.facts.items()
    ]
    registers.write_facts(asked.actor, facts)


def _again(asked: Asking, key: str) -> Record:
    record = asked.read(key)
    if record is None:
        raise Refusal("doors.no-record")
    return record
