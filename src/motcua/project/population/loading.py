"""Fills the registers with people of the maker, in blocks and in constant memory."""

import csv
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from motcua.directory import api as directory
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.packs import pack_root
from motcua.project.population.lines import Lines
from motcua.project.population.others import Others
from motcua.project.population.people import Household, Maker, Place
from motcua.registers import api as registers

BLOCK = 20_000
ANALYSED = (
    "registers_personalnumber", "registers_person", "registers_factversion", "registers_nameform",
)  # fmt: skip
Progress = Callable[[str], None]
More = Callable[[Lines, Household], None]


def load(
    progress: Progress,
    *,
    persons: int,
    seed: int = 1,
    others: bool = True,
    rebuild: bool | None = None,
) -> int:
    """Make and load at least `persons` people (the last household is whole); how many it were.

    The same seed gives the same people. With `others` a share of them also has entries in the
    other registers. `rebuild` drops the indexes meanwhile; left out, it does so into an empty
    register and for many.
    """
    started = time.monotonic()
    if rebuild is None:
        rebuild = persons >= BLOCK and _is_small()
    made = blocks(persons, seed, where=places(), more=Others(seed) if others else None)

    def tell(people: int) -> None:
        progress(f"{people:,} people ({people / (time.monotonic() - started):,.0f}/s)")

    people = registers.load_people(SYSTEM, _ahead(made), rebuild=rebuild, told=tell)
    with connection.cursor() as cursor:
        for table in ANALYSED:
            cursor.execute(f"ANALYZE {table}")
    if others:
        registers.look_for_duplicates()
    return people


def blocks(
    persons: int,
    seed: int,
    *,
    where: Sequence[Place],
    more: More | None = None,
    loaded_at: str = "",
) -> Iterator[registers.PeopleBlock]:
    """The population in blocks of about 20,000 people, without a database."""
    lines = Lines(seed, loaded_at or clock.now().isoformat(), registers.ACT_TO_COME)
    people = 0
    for home in Maker(seed, where).households():
        lines.household(home)
        if more is not None:
            more(lines, home)
        if len(lines.people) >= BLOCK or people + len(lines.people) >= persons:
            people += len(lines.people)
            yield _block(lines)
            lines.clear()
            if people >= persons:
                return


def places() -> list[Place]:
    """The communes of the pack, with the provinces that their province was before the merger.

    The pack has no older communes: of a merged province, any of its parts may be drawn.
    """
    before: dict[str, list[tuple[str, str]]] = {}
    with (pack_root() / "areas" / "provinces_before.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for code in row["successors"].split():
                before.setdefault(code, []).append((row["code"], row["number_prefix"]))
    found = []
    for province in directory.areas("province"):
        same = [(province.code, province.number_prefix)]
        for commune in directory.areas("commune", parent_code=province.code):
            place = Place(
                commune=commune.code,
                prefix=province.number_prefix,
                before=tuple(before.get(province.code, same)),
            )
            found += [place] * (3 if "Phường" in commune.name else 1)
    return sorted(found, key=lambda place: place.commune)


def _block(lines: Lines) -> registers.PeopleBlock:
    return registers.PeopleBlock(
        people=len(lines.people),
        lines={
            "registers_personalnumber": "".join(lines.numbers).encode(),
            "registers_person": "".join(lines.people).encode(),
            "registers_factversion": "".join(lines.versions).encode(),
        },
        forms=sorted(lines.forms),
    )


def _ahead(made: Iterator[registers.PeopleBlock]) -> Iterator[registers.PeopleBlock]:
    """The next block is made while the database reads this one."""
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, made, None)
        while (block := coming.result()) is not None:
            coming = pool.submit(next, made, None)
            yield block


def _is_small() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_table_size('registers_factversion') < 50000000")
        return bool(cursor.fetchone()[0])
