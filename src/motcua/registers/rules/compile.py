"""From the words of a file to a declaration; faults are those of msgspec, with their place."""

from collections.abc import Mapping
from typing import Any

import msgspec

from motcua.registers.rules.declaration import Duty, Register


def compile_register(words: Mapping[str, Any]) -> Register:
    """The declaration that a register's file makes. Raises msgspec.ValidationError."""
    return msgspec.convert(_named(words), Register)


def compile_duties(words: Mapping[str, Mapping[str, Any]]) -> dict[str, Duty]:
    """The duties of duties.yaml, by name. Raises msgspec.ValidationError."""
    return {name: msgspec.convert({"duty": name, **duty}, Duty) for name, duty in words.items()}


def _named(words: Mapping[str, Any]) -> dict[str, Any]:
    """`facts` and `fields` are mappings in files: their keys become names; `or` has its own."""
    plain = dict(words)
    facts = plain.get("facts")
    if isinstance(facts, Mapping):
        plain["facts"] = [{"fact": name, **_fielded(fact)} for name, fact in facts.items()]
    return plain


def _fielded(fact: Any) -> dict[str, Any]:
    plain = dict(fact) if isinstance(fact, Mapping) else {"fields": fact}
    fields = plain.get("fields")
    if isinstance(fields, Mapping):
        plain["fields"] = [_field(name, words) for name, words in fields.items()]
    return plain


def _field(name: str, words: Any) -> dict[str, Any]:
    plain = dict(words) if isinstance(words, Mapping) else {"kind": words}
    if "or" in plain:
        plain["otherwise"] = plain.pop("or")
    return {"field": name, **plain}
