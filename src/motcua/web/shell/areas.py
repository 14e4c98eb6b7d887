"""Provinces and communes for the area picker, as of a day (today where it is None)."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct

from motcua.directory import api as directory
from motcua.web.shell.sentences import pick


class AreaChoice(Struct, frozen=True):
    code: str
    name: str


def provinces(on: date | None = None) -> tuple[AreaChoice, ...]:
    return _choices(directory.areas("province", on))


def communes(province: str, on: date | None = None) -> tuple[AreaChoice, ...]:
    """The communes of a province; none for an unknown code."""
    return _choices(directory.areas("commune", on, province)) if province else ()


def province_of(code: str, on: date | None = None) -> str:
    """The code of the province that holds `code`, "" when it is not known on that day."""
    found = directory.province_of(code, on) if code else None
    return found.code if found is not None else ""


def _choices(found: Iterable[directory.Area]) -> tuple[AreaChoice, ...]:
    return tuple(AreaChoice(area.code, pick(area.name)) for area in found)
