"""Registers as their declarations tell, and the history of a record."""

from collections.abc import Iterable

from msgspec import Struct

from motcua.registers import api as registers

Text = dict[str, str]


class RegisterRow(Struct, frozen=True, kw_only=True):
    """A register. `owner` is the code of the body that keeps it."""

    register: str
    title: Text
    owner: str
    law: tuple[Text, ...]


class Registers(Struct, frozen=True, kw_only=True):
    items: tuple[RegisterRow, ...]


class DeclaredField(Struct, frozen=True, kw_only=True):
    """A field by its full name; `sensitive`: encrypted at rest."""

    field: str
    kind: str
    title: Text
    sensitive: bool


class DeclaredFact(Struct, frozen=True, kw_only=True):
    fact: str
    title: Text
    fields: tuple[DeclaredField, ...]


class DeclaredGrant(Struct, frozen=True, kw_only=True):
    """Who (roles or relations), at which bodies (any if empty), reads what for which purpose."""

    to: tuple[str, ...]
    at: tuple[str, ...]
    purpose: tuple[str, ...]
    fields: tuple[str, ...]
    law: str


class Declared(Struct, frozen=True, kw_only=True):
    """A register in words; `key` says what a record is asked for by."""

    register: str
    title: Text
    owner: str
    law: tuple[Text, ...]
    key: Text
    facts: tuple[DeclaredFact, ...]
    grants: tuple[DeclaredGrant, ...]


class History(Struct, frozen=True, kw_only=True):
    items: tuple[registers.Held, ...]


def row_of(one: registers.Register) -> RegisterRow:
    """A line of the list."""
    laws = tuple(law.title for law in one.law)
    return RegisterRow(register=one.register, title=one.title, owner=one.owner, law=laws)


def declared_of(one: registers.Register) -> Declared:
    """What its file says, as far as it concerns those who ask."""
    return Declared(
        register=one.register,
        title=one.title,
        owner=one.owner,
        law=tuple(law.title for law in one.law),
        key=one.subject.title,
        facts=tuple(_facts(one)),
        grants=tuple(
            DeclaredGrant(
                to=grant.to, at=grant.at, purpose=grant.purpose, fields=grant.fields, law=grant.law
            )
            for grant in one.grants
        ),
    )


def _facts(one: registers.Register) -> Iterable[DeclaredFact]:
    for fact in one.facts:
        fields = tuple(
            DeclaredField(
                field=f"{fact.fact}.{field.field}",
                kind=field.kind,
                title=field.title,
                sensitive=field.sealed,
            )
            for field in fact.fields
        )
        yield DeclaredFact(fact=fact.fact, title=fact.title, fields=fields)
