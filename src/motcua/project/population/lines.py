"""People as the lines that PostgreSQL's COPY reads: no object is made for a row.

Identifiers have the shape of UUIDv7 and come from the seed: the same people have the same ones.
"""

from collections.abc import Iterator
from datetime import date
from hashlib import md5

from motcua.project.population.people import MERGER, SEEN_ON, Household, Soul

_MASK = (1 << 62) - 1
_FIRST_MS = 1_767_225_600_000  # the first millisecond of 2026
PEOPLE, VERSIONS = 0, 1


def _days() -> list[str]:
    first = date(1900, 1, 1).toordinal()
    return [""] * first + [date.fromordinal(n).isoformat() for n in range(first, SEEN_ON + 4000)]


ISO = _days()


class Ids:
    """Identifiers in a row, all different for one seed and `kind`."""

    def __init__(self, seed: int, kind: int) -> None:
        self.count = kind << 40
        self.turn = (seed * 2 + 1) * 0x9E3779B97F4A7C15 & _MASK | 1

    def next(self) -> str:
        self.count += 1
        n = self.count
        tail = (n * self.turn) & _MASK
        stamp = _FIRST_MS + ((n & 0xFFFFFFFFFF) >> 12)
        return f"{stamp:012x}7{n & 0xFFF:03x}{(0b10 << 62) | tail:016x}"


class Lines:
    """Collects the lines of a block of people, one list for each table."""

    def __init__(self, seed: int, loaded_at: str, act_id: str) -> None:
        self.people_ids, self.version_ids = Ids(seed, PEOPLE), Ids(seed, VERSIONS)
        self.loaded_at = loaded_at
        self.act_id = act_id
        self.tail = f'["{loaded_at}",)\t\\N\t\t\\N\t{act_id}\n'
        self.clear()

    def clear(self) -> None:
        self.numbers: list[str] = []
        self.people: list[str] = []
        self.versions: list[str] = []
        self.forms: set[str] = set()

    def household(self, home: Household) -> None:
        """The numbers, cards and versions of all who live there."""
        for one in home.members:
            self.numbers.append(f"{one.number}\t{self.loaded_at}\n")
            self.people.append(self._card(one, home))
            self._facts(one, home)
            self.forms.add(one.name.key)

    def version(
        self, where: tuple[str, str, str, str], values: str, days: str, *, holder: str = ""
    ) -> None:
        """One version. `where`: register, subject, fact, item; `days`: "[2020-01-01,)"."""
        register, subject, fact, item = where
        record = md5(f"{register}/{subject}".encode(), usedforsecurity=False).hexdigest()
        self.versions.append(
            f"{record}\t{self.version_ids.next()}\t{register}\t{subject}\t{fact}\t{item}\t"
            f"{values}\t{holder}\t{days}\t{self.tail}"
        )

    def _card(self, one: Soul, home: Household) -> str:
        died, lives = (ISO[one.died], "\t") if one.died else ("\\N", f"{home.commune}\t{home.code}")
        return (
            f"{self.people_ids.next()}\t{one.number}\t{one.old_number}\t{one.name.text}\t"
            f"{one.name.key}\t{one.name.sorted}\t{ISO[one.born]}\t{one.sex}\t{lives}\t"
            f"{died}\tf\t\\N\n"
        )

    def _facts(self, one: Soul, home: Household) -> None:
        record = md5(f"population/{one.number}".encode(), usedforsecurity=False).hexdigest()
        start, new, add = f"{record}\t", self.version_ids.next, self.versions.append
        said = f"\tpopulation\t{one.number}\t"
        born = ISO[one.born]
        parents = (f', "mother": "{one.mother}"' if one.mother else "") + (
            f', "father": "{one.father}"' if one.father else ""
        )
        add(
            f'{start}{new()}{said}identity\t\t{{"full_name": "{one.name.text}", '
            f'"sex": "{one.sex}", "born_on": "{born}", "birth_area": "{one.birth_area}", '
            f'"home_area": "{home.province_before}", "ethnicity": "{one.group}"{parents}}}\t\t'
            f"[{born},)\t{self.tail}"
        )
        for area, since, until in _stays(one, home):
            days = f"[{ISO[since]},{ISO[until] if until else ''})"
            add(
                f'{start}{new()}{said}residence\t\t{{"address": {{"area": "{area}", '
                f'"line": "{home.line}"}}, "household": "{home.code}", '
                f'"household_relation": "{one.relation}"}}\t\t{days}\t{self.tail}'
            )
        if one.old_number:
            add(
                f'{start}{new()}{said}former-number\t\t{{"number": "{one.old_number}"}}\t\t'
                f"[{born},)\t{self.tail}"
            )
        if one.died:
            died = ISO[one.died]
            add(f'{start}{new()}{said}death\t\t{{"died_on": "{died}"}}\t\t[{died},)\t{self.tail}')


def _stays(one: Soul, home: Household) -> Iterator[tuple[str, int, int]]:
    """Area, since, until: before the merger the old province (the pack has no older communes)."""
    since = max(one.born, home.since)
    if one.died:
        since = min(since, one.died - 1)
    if since < MERGER:
        ends = min(one.died, MERGER) if one.died else MERGER
        yield home.province_before, since, ends
    if not one.died or one.died > MERGER:
        begins = max(since, MERGER)
        yield home.commune, begins, one.died
