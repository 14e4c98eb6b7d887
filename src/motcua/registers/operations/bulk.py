"""The first filling of the population: blocks of prepared lines straight into the tables.

Only for many people at once who were checked where they were made (a synthetic population, a
migration): everything that the database itself forbids stays forbidden. All is one transaction:
what is killed in the middle has never been, indexes included.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection, transaction
from msgspec import Struct

from motcua.acts import api as acts
from motcua.kernel.actors import Actor
from motcua.registers.rules.ids import record_id

ACT_TO_COME = str(UUID(int=0))  # in the lines: replaced by the act of the block
COLUMNS = {
    "registers_personalnumber": "number, given_at",
    "registers_person": (
        "id, personal_number, old_number, full_name, search_key, sort_key, born_on, sex,"
        " residence_area, household, died_on, is_watched, merged_into"
    ),
    "registers_factversion": (
        'record_id, id, register, subject, fact, item, "values", holder, valid, recorded,'
        " corrects, ground, dossier_id, act_id"
    ),
}
_DEFINED = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid),
    CASE contype WHEN 'p' THEN 0 WHEN 'u' THEN 1 ELSE 2 END
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('p', 'u', 'x')
ORDER BY 4, 2
"""
_INDEXED = """
SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)
FROM pg_index i WHERE i.indrelid = ANY(%s::regclass[])
AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = i.indexrelid)
ORDER BY 1
"""


class Block(Struct, frozen=True, kw_only=True):
    """Lines in COPY's text form by table, and the names among them without diacritics."""

    people: int
    lines: dict[str, bytes]
    forms: list[str]


def load_people(
    actor: Actor,
    blocks: Iterable[Block],
    *,
    rebuild: bool,
    told: Callable[[int], None] = lambda _people: None,
) -> int:
    """Put blocks of people into the registers; how many people there were.

    One act "registers.people-created" for each block, with the count and without subjects. With
    `rebuild` the indexes are dropped and built again at the end, which is faster for a first
    filling and keeps everybody else out of these tables until it is done. Raises IntegrityError
    when a number is taken, or a version overlaps another.
    """
    people = 0
    with transaction.atomic(), _indexes_later() if rebuild else _as_it_is():
        forms: set[str] = set()
        for block in blocks:
            _copy(actor, block)
            forms.update(block.forms)
            people += block.people
            told(people)
        _add_forms(sorted(forms))
    return people


def _copy(actor: Actor, block: Block) -> None:
    act = acts.record(
        actor,
        "registers.people-created",
        object=("register", record_id("population", "")),
        detail={"register": "population", "people": block.people},
    )
    for table, lines in block.lines.items():
        _copy_lines(table, lines.replace(ACT_TO_COME.encode(), str(act).encode()))


def _copy_lines(table: str, lines: bytes) -> None:
    statement = f"COPY {table} ({COLUMNS[table]}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        copy.write(lines)


def _add_forms(forms: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO registers_nameform (form) SELECT unnest(%s::text[])"
            " ON CONFLICT DO NOTHING",
            [forms],
        )


@contextmanager
def _as_it_is() -> Iterator[None]:
    yield


@contextmanager
def _indexes_later() -> Iterator[None]:
    """Without the indexes of these tables; in the end they are as they were."""
    tables = list(COLUMNS)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(_DEFINED, [tables])
        constraints = cursor.fetchall()
        cursor.execute(_INDEXED, [tables])
        indexes = cursor.fetchall()
        for name, _definition in indexes:
            cursor.execute(f"DROP INDEX {name}")
        for table, name, _definition, _order in reversed(constraints):
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    yield
    with connection.cursor() as cursor:
        for table, name, definition, _order in constraints:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        for _name, definition in indexes:
            cursor.execute(definition)
