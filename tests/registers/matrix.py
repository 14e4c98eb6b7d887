"""Who may see what, read from the words of the pack's files by the simplest means.

Written without the code that it judges: YAML, loops and comparisons of words.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

PACK = Path(__file__).parents[2] / "packs" / "vietnam"
RELATIONS = ["self", "parent", "spouse", "representative", "proxy"]
# Kinds of bodies, and the bodies that grants name by code, each with its kind.
KINDS = [
    "ministry", "national-agency", "province-committee", "commune-committee", "province-police",
    "commune-police", "tax-office", "social-insurance", "customs-office", "power-company",
    "water-company",
]  # fmt: skip


class Who(NamedTuple):
    """kind: "officer", "system", "person" or "guest"; the rest as far as it means something."""

    kind: str
    role: str = ""
    body_kind: str = ""
    body_code: str = ""
    relation: str = ""


class Cell(NamedTuple):
    """One square of the matrix: may `who` see the field of the register for the purpose?"""

    register: str
    who: Who
    purpose: str
    field: str
    visible: bool


@cache
def words_of(name: str) -> Any:
    return yaml.safe_load((PACK / name).read_text())


@cache
def registers() -> dict[str, Any]:
    files = sorted((PACK / "registers").glob("*.yaml"))
    return {words["register"]: words for words in (words_of(f"registers/{f.name}") for f in files)}


@cache
def fields_of(register: str) -> list[str]:
    facts = registers()[register]["facts"]
    return [f"{fact}.{field}" for fact in facts for field in facts[fact]["fields"]]


@cache
def purposes() -> list[str]:
    """Every procedure of the pack and one that nobody declared, every duty and one more, more."""
    slugs = sorted(file.stem for file in (PACK / "services").rglob("*.yaml"))
    found = [f"procedure/{slug}" for slug in [*slugs, "never-heard-of"]]
    found += [f"duty/{duty}" for duty in [*words_of("duties.yaml"), "never-heard-of"]]
    return [*found, "own", "emergency", "", "procedure/", "duty", "*"]


@cache
def codes() -> dict[str, str]:
    """The codes of bodies that any grant names, with a kind that no grant names."""
    named = {
        at
        for words in registers().values()
        for grant in words["grants"]
        for at in grant.get("at", [])
    }
    return {at: "ministry" for at in sorted(named) if at not in KINDS}


def everybody() -> list[Who]:
    """Every role at every kind of body and each body with a code, relations, jobs, guests."""
    seats = [(kind, "X1") for kind in KINDS] + [(kind, code) for code, kind in codes().items()]
    found = [Who("officer", role, *seat) for role in words_of("roles.yaml") for seat in seats]
    # Names that mean something else must open nothing: a role called like a relation.
    found += [Who("officer", name, *seats[0]) for name in [*RELATIONS, "system", ""]]
    found += [Who("person", relation=relation) for relation in [*RELATIONS, ""]]
    found += [Who("system"), *(Who("system", "", *seat) for seat in seats), Who("guest")]
    return found


@cache
def grants_for(register: str, purpose: str) -> list[Any]:
    """The grants that speak of a purpose."""
    if purpose.startswith("duty/") and purpose[5:] not in words_of("duties.yaml"):
        return []
    return [grant for grant in registers()[register]["grants"] if _says_why(grant, purpose)]


def visible_fields(register: str, who: Who, purpose: str) -> set[str]:
    """What the files say. (An emergency that is open opens everything to an officer; none is.)"""
    seen: set[str] = set()
    for grant in grants_for(register, purpose):
        if not _says_who(grant, who):
            continue
        for path in fields_of(register):
            fact = path.split(".")[0]
            if "*" in grant["fields"] or path in grant["fields"] or fact + ".*" in grant["fields"]:
                seen.add(path)
    return seen


def cells() -> Iterator[Cell]:
    """All squares: register x who x purpose x field."""
    people, reasons = everybody(), purposes()
    for register in registers():
        fields = fields_of(register)
        for who in people:
            for purpose in reasons:
                seen = visible_fields(register, who, purpose)
                for field in fields:
                    yield Cell(register, who, purpose, field, field in seen)


def _says_who(grant: Any, who: Who) -> bool:
    if who.kind == "person":
        return who.relation != "" and who.relation in grant["to"]
    if who.kind == "system":
        named = "system" in grant["to"]
    elif who.kind == "officer":
        named = who.role in grant["to"] and who.role in words_of("roles.yaml")
    else:
        return False
    at = grant.get("at", [])
    return named and (at == [] or who.body_kind in at or who.body_code in at)


def _says_why(grant: Any, purpose: str) -> bool:
    for words in grant["purpose"]:
        if words == purpose and not words.endswith("*"):
            return True
        if words == "procedure/*" and purpose.startswith("procedure/") and purpose != "procedure/":
            return True
    return False
