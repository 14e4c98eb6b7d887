"""From a query to mapped records: through the door of the registers, which decides and logs."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from motcua.directory import api as directory
from motcua.kernel.actors import Actor
from motcua.kernel.packs import pack_root, read_yaml
from motcua.registers import api as registers
from motcua.registers.api import Ask
from motcua.web.doors.dci import queries, records
from motcua.web.doors.dci.queries import Way

MOST_FOUND = 100
SHARING = "duty/data-sharing"


class TooManyError(ValueError):
    """More fit than may be handed out."""


class Reading(Struct, frozen=True, kw_only=True):
    """Who reads, what for, and in which words."""

    actor: Actor
    purpose: str = SHARING
    reason: str = ""


def purpose_of(*blocks: Any) -> tuple[str, str]:
    """The purpose (and its words) that an authorize or consent block states; sharing of data
    between bodies when none does. A code is a duty of the pack, or "procedure/<slug>"."""
    for block in blocks:
        stated = block.get("purpose") if isinstance(block, Mapping) else None
        code = stated.get("code") if isinstance(stated, Mapping) else None
        if isinstance(stated, Mapping) and isinstance(code, str) and code:
            words = stated.get("text")
            known = f"duty/{code}" if code in registers.duties() else code
            return known[:100], words[:500] if isinstance(words, str) else ""
    return SHARING, ""


def find(reading: Reading, kind: str, ways: Sequence[Way]) -> list[dict[str, Any]]:
    """The mapped records ("person", "member", "group") that fit, each once. Refusals of the
    registers; TooManyError."""
    found: dict[str, dict[str, Any]] = {}
    for way in ways:
        for one in _candidates(reading, kind, way):
            flat = records.flat(one)
            if all(condition.holds(flat) for condition in way):
                found.setdefault(flat["group_identifier"] or flat["identifier"], one)
    if len(found) > MOST_FOUND:
        raise TooManyError
    return list(found.values())


def mapped(reading: Reading, kind: str, numbers: Sequence[str]) -> list[dict[str, Any]]:
    """These people, as far as the registers let the reader see them."""
    asked = _ASKED["person" if kind == "person" else "member"]
    asks = [
        Ask(register=register, key=number, fields=fields)
        for number in numbers
        for register, fields in asked
    ]
    held = registers.read_many(reading.actor, asks, purpose=reading.purpose, reason=reading.reason)
    country = str(read_yaml(pack_root() / "pack.yaml")[0].get("country", ""))
    made = []
    for place, number in enumerate(numbers):
        mine = held[place * len(asked) : (place + 1) * len(asked)]
        found = {register: one for (register, _fields), one in zip(asked, mine, strict=True)}
        if any(found.values()):
            write = records.person if kind == "person" else records.member
            made.append(write(number, found, places, country=country))
    return made


_ASKED: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "person": (("population", records.POPULATION), ("civil-status", records.CIVIL_STATUS)),
    "member": (("population", records.HOUSEHOLD), ("insurance", records.INSURANCE)),
}


def _candidates(reading: Reading, kind: str, way: Way) -> list[dict[str, Any]]:
    numbers = _numbers(reading, way)
    if kind != "group":
        return mapped(reading, kind, numbers)
    code = queries.value_of(way, "group_identifier")
    return _groups(reading, [code] if code else _households(reading, numbers))


def _numbers(reading: Reading, way: Way) -> list[str]:
    if number := queries.value_of(way, "identifier"):
        return [number]
    wanted = registers.FindPeople(
        name=queries.name_of(way),
        born_on=queries.day_of(way, "birth_date"),
        area=queries.value_of(way, "sub_region_code"),
    )
    if not wanted.name:
        return []
    people = registers.find_people(
        reading.actor, wanted, purpose=reading.purpose, reason=reading.reason, limit=MOST_FOUND
    )
    if people.too_many:
        raise TooManyError
    return [one.person.personal_number for one in people]


def _households(reading: Reading, numbers: Sequence[str]) -> list[str]:
    asks = [
        Ask(register="population", key=number, fields=("residence.household",))
        for number in numbers
    ]
    found = registers.read_many(reading.actor, asks, purpose=reading.purpose, reason=reading.reason)
    codes = (one.get("residence.household") for one in found if one)
    return list(dict.fromkeys(str(code) for code in codes if code))


def _groups(reading: Reading, codes: Sequence[str]) -> list[dict[str, Any]]:
    made = []
    for code in codes:
        numbers = registers.household_numbers(reading.actor, code, purpose=reading.purpose)
        if members := mapped(reading, "member", numbers):
            made.append(records.group(code, members))
    return made


def places(code: str) -> tuple[str, str]:
    """What an area is called in full, and the code of its province."""
    province = directory.province_of(code)
    return directory.area_path(code), province.code if province else ""
