"""A record as the digital registries API writes one: flat when a register has one fact, else a
part for each fact. Pure."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from motcua.kernel.refusals import Refusal
from motcua.registers.api import Record, Register

VERSIONS = frozenset({"1", "1.0", "1.0.0"})


class Content(Struct, frozen=True, kw_only=True):
    """What a body's `content` says: the key ("" when it does not), and values by fact."""

    key: str
    facts: dict[str, dict[str, Any]]

    def paths(self) -> tuple[str, ...]:
        """The full names of the fields that it names."""
        return tuple(f"{fact}.{name}" for fact, values in self.facts.items() for name in values)


def has_version(register: Register, version: str) -> bool:
    """A register is spoken of as version 1.0, and as what its file says besides."""
    return version in VERSIONS or version == register.notes.get("govstack-version")


def key_name(register: Register) -> str:
    """What its key is called."""
    return register.notes.get("govstack-key", "id")


def read(register: Register, content: Any) -> Content:
    """Refusal doors.malformed for what the register does not know."""
    if not isinstance(content, Mapping):
        raise Refusal("doors.malformed", why="content is an object")
    rest = {name: value for name, value in content.items() if value is not None}
    key = rest.pop(key_name(register), "")
    if not isinstance(key, str | int) or isinstance(key, bool) or len(str(key)) > 100:
        raise Refusal("doors.malformed", why=key_name(register))
    if len(register.facts) == 1:
        rest = {register.facts[0].fact: rest} if rest else {}
    facts: dict[str, dict[str, Any]] = {}
    for name, values in rest.items():
        kind = register.fact(name)
        if kind is None or not isinstance(values, Mapping):
            raise Refusal("doors.malformed", why=f"unknown part {name[:50]}")
        known = {field.field for field in kind.fields}
        if strange := set(values) - known:
            raise Refusal("doors.malformed", why=f"unknown field {min(strange)[:50]}")
        facts[name] = dict(values)
    return Content(key=str(key), facts=facts)


def write(register: Register, record: Record) -> dict[str, Any]:
    """The content of a record, as far as it was read."""
    made: dict[str, Any] = {key_name(register): record.key}
    for held in record.facts:
        values = {name: value for name, value in held.values.items() if value not in (None, "")}
        if len(register.facts) == 1:
            made |= values
        elif is_many(register, held.fact):
            made.setdefault(held.fact, []).append(values)
        else:
            made[held.fact] = values
    return made


def is_many(register: Register, fact: str) -> bool:
    """Whether a record has several of that fact at a time."""
    kind = register.fact(fact)
    return bool(kind and kind.many)


def fits(content: Content, record: Record) -> bool:
    """Whether the record says all that the content says."""
    return all(
        str(record.get(f"{fact}.{name}")).casefold() == str(value).casefold()
        for fact, values in content.facts.items()
        for name, value in values.items()
    )
