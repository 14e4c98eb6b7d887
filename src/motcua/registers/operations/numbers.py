"""Gives personal numbers; the database makes sure that none is given twice."""

import secrets
from collections.abc import Callable, Sequence
from datetime import date

from django.db import connection, transaction

from motcua.directory import api as directory
from motcua.kernel import clock
from motcua.kernel.refusals import Refusal
from motcua.registers.rules.numbers import FIRST_YEAR, LAST_YEAR, SERIALS, compose

ROUNDS = 30
_TAKE = """
INSERT INTO registers_personalnumber (number, given_at)
SELECT number, %s FROM unnest(%s::text[]) AS number ORDER BY number
ON CONFLICT DO NOTHING RETURNING number
"""
Spec = tuple[str, date, str]


def allot_personal_number(place: str, born_on: date | str, sex: str) -> str:
    """A new personal number, taken from now on: 12 digits, unique for ever.

    `place` is the code of the commune or province of birth registration, read as of the birth;
    `born_on` a date or its ISO text; `sex` "male" or "female". The prefix is that of the old
    province; for provinces of 2025 that of the code that survived, which is recalled and not
    confirmed. Refusals: registers.unknown-place, .year-not-covered, .numbers-exhausted.
    """
    day = date.fromisoformat(born_on) if isinstance(born_on, str) else born_on
    return allot_numbers([(place, day, sex)])[0]


@transaction.atomic(savepoint=False)
def allot_numbers(
    specs: Sequence[Spec], draw: Callable[[int], int] = secrets.randbelow
) -> list[str]:
    """Numbers for several people, in order; a statement or two for thousands."""
    prefixes = [prefix_of(place, born_on) for place, born_on, _ in specs]
    given: dict[int, str] = {}
    for _ in range(ROUNDS):
        waiting = [n for n in range(len(specs)) if n not in given]
        if not waiting:
            return [given[n] for n in range(len(specs))]
        wanted = {_candidate(prefixes[n], specs[n], draw(SERIALS)): n for n in waiting}
        given |= {wanted[number]: number for number in take_numbers(list(wanted))}
    raise Refusal("registers.numbers-exhausted")


def take_numbers(numbers: Sequence[str]) -> list[str]:
    """Mark numbers as given; returns those that were still free."""
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [clock.now(), list(numbers)])
        return [row[0] for row in cursor.fetchall()]


def prefix_of(place: str, born_on: date) -> str:
    """The first three digits for a place of birth registration on the day of birth."""
    area = directory.nearest_area(place, born_on)
    if area is None:
        raise Refusal("registers.unknown-place", place=place)
    day = born_on if area.holds(born_on) else area.valid_from
    province = directory.province_of(place, day)
    if province is None or not province.number_prefix:
        raise Refusal("registers.unknown-place", place=place)
    return province.number_prefix


def _candidate(prefix: str, spec: Spec, serial: int) -> str:
    _, born_on, sex = spec
    if not FIRST_YEAR <= born_on.year <= LAST_YEAR:
        raise Refusal("registers.year-not-covered")
    return compose(prefix, born_on, sex, serial=serial)
