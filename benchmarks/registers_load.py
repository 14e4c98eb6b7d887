"""How fast a population comes into the registers, against raw COPY of the same bytes; its size."""

import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psycopg

from benchmarks import ground, report

EMPTY = "bench_people_none"
RAW = 1_000_000  # people whose bytes are kept for the raw side, at most
NATION = 101_000_000
Progress = Callable[[str], None]
SIZES = """
SELECT c.relname, c.relkind, pg_relation_size(c.oid)
FROM pg_class c WHERE c.relname = ANY(%s)
    OR c.oid IN (SELECT indexrelid FROM pg_index WHERE indrelid::regclass::text = ANY(%s))
ORDER BY 3 DESC
"""
TABLES = [
    "registers_personalnumber", "registers_person", "registers_factversion", "registers_nameform",
]  # fmt: skip


def name_of(persons: int) -> str:
    return f"bench_people_{persons // 1000}k"


def ensure(persons: int, progress: Progress) -> float:
    """The database with that many people; the seconds that its loading took, 0 if it was there."""
    name = name_of(persons)
    if ground.exists(name):
        return 0.0
    _empty(progress)
    making = f"{name}_making"
    ground.drop(making)
    ground.copy(EMPTY, making)
    ground.use(making)
    took = _ours(persons, progress, rebuild=True)
    ground.rename(making, name)
    return took


def measure(persons: int, progress: Progress) -> None:
    """Our loader against raw COPY, both with the indexes built afterwards and with them in place;
    then the size of the result."""
    few = min(persons, RAW)
    _empty(progress)
    files = _keep_bytes(few, progress)
    report.heading(f"Loading people ({few:,} on both sides)")
    for rebuild in (True, False):
        how = "indexes built afterwards" if rebuild else "indexes in place"
        raw = _fresh(partial(_raw, files, rebuild=rebuild))
        ours = _fresh(partial(_ours, few, lambda _text: None, rebuild=rebuild))
        report.line(f"raw COPY, {how}", [few / raw], "people/s", digits=0)
        report.line(f"motcua registers population, {how}", [few / ours], "people/s", digits=0)
        report.line(f"ratio, {how}", [raw / ours], "", aim="aim 0.5")
    for file in files:
        file.unlink()
    ground.drop(name_of(persons))
    took = ensure(persons, progress)
    report.line(f"{persons:,} people", [took], "s", digits=0)
    report.line("of them in a second", [persons / took], "people/s", digits=0)
    _sizes(persons, took)


def _empty(progress: Progress) -> None:
    from django.core.management import call_command

    from motcua.directory import api as directory
    from motcua.kernel.packs import pack_root

    if not ground.exists(EMPTY):
        progress("tables and directory")
        ground.admin(f'CREATE DATABASE "{EMPTY}"')
        ground.use(EMPTY)
        call_command("migrate", verbosity=0, interactive=False)
        directory.load_directory(pack_root())
    ground.use(EMPTY)


def _fresh(work: Callable[[], float]) -> float:
    """Work in a database of its own, which is dropped."""
    name = "bench_people_try"
    ground.drop(name)
    ground.copy(EMPTY, name)
    ground.use(name)
    try:
        return work()
    finally:
        ground.close()
        ground.drop(name)


def _ours(persons: int, progress: Progress, *, rebuild: bool) -> float:
    from motcua.project import population

    started = time.monotonic()
    population.load(progress, persons=persons, seed=1, others=False, rebuild=rebuild)
    return time.monotonic() - started


def _keep_bytes(persons: int, progress: Progress) -> list[Path]:
    from motcua.project import population

    progress("bytes for the raw side")
    paths = [ground.STATE / f"{table}.copy" for table in TABLES]
    files = [path.open("wb") for path in paths]
    forms: set[str] = set()
    for block in population.blocks(
        persons, 1, where=population.places(), loaded_at="2026-01-01 00:00:00+00"
    ):
        for file, table in zip(files, TABLES[:3], strict=False):
            file.write(block.lines[table])
        forms.update(block.forms)
    files[3].write("".join(f"{form}\n" for form in sorted(forms)).encode())
    for file in files:
        file.close()
    return paths


def _raw(files: list[Path], *, rebuild: bool) -> float:
    """The same bytes by COPY alone, one table after the other, and the same ANALYZE."""
    from django.db import connection, transaction

    from motcua.registers.operations.bulk import COLUMNS, _as_it_is, _indexes_later

    columns = COLUMNS | {"registers_nameform": "form"}
    started = time.monotonic()
    with transaction.atomic(), _indexes_later() if rebuild else _as_it_is():
        for table, path in zip(TABLES, files, strict=True):
            statement = f"COPY {table} ({columns[table]}) FROM STDIN"
            with (
                connection.cursor() as cursor,
                cursor.copy(statement) as copy,
                path.open("rb") as file,
            ):
                while part := file.read(1 << 20):
                    copy.write(part)
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ANALYZE {table}")
    return time.monotonic() - started


def _sizes(persons: int, took: float) -> None:
    report.heading(f"Size of {persons:,} people")
    with psycopg.connect(ground.url(name_of(persons))) as connection:
        rows = connection.execute(SIZES, [TABLES, TABLES]).fetchall()
    for name, kind, size in rows:
        what = "table" if kind == "r" else "index"
        report.line(f"{what} {name}", [size / persons], "bytes/person", digits=0)
    total = sum(size for _name, _kind, size in rows)
    report.line("all", [total / persons], "bytes/person", digits=0)
    report.note(
        f"{NATION:,} people, if all grows in proportion (not measured):"
        f" {total / persons * NATION / 1e9:,.0f} GB,"
        f" {took / persons * NATION / 3600:,.1f} hours on one core of generation and one of"
        " loading; partitions by hash of record_id keep each index rebuild below memory."
    )
