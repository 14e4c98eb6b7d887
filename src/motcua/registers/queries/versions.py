"""The versions of records as rows: with whom each concerns, and whether somebody contests it.

Written by hand: this is read at every look at a record, in one statement.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import psycopg.errors
from django.db import OperationalError, connection

from motcua.kernel import clock
from motcua.kernel.refusals import Refusal
from motcua.registers.declared import registers
from motcua.registers.rules.shapes import Held

# Whatever clock wrote it: what is believed now has no end.
NOW = datetime(9999, 12, 31, tzinfo=UTC)
# Registers whose key is a person's number, so that the subject is whom the record concerns.
KEYED_BY_PERSON = ("person", "business")
_RESTRICTED = """EXISTS (
    SELECT FROM registers_factversion r
    WHERE r.record_id = md5('personal-data/' || h.number)::uuid AND r.fact = 'restriction'
        AND r.item IN (v.register, 'all') AND r.valid @> {today} AND upper_inf(r.recorded))"""
_SELECT = """
SELECT v.record_id, v.register, v.subject, v.id, v.fact, v.item, v.values::text, h.number,
    lower(v.valid), upper(v.valid), lower(v.recorded)::text, upper(v.recorded)::text, v.corrects,
    v.ground, v.dossier_id, p.id, p.merged_into, d.field, c.register IS NOT NULL, {restricted}
FROM (SELECT %s::timestamptz AS now) t CROSS JOIN registers_factversion v
CROSS JOIN LATERAL (SELECT CASE WHEN v.holder <> '' THEN v.holder
    WHEN v.register IN ({{personal}}) AND length(v.subject) = 12 THEN v.subject
    ELSE '' END AS number) h
LEFT JOIN registers_person p ON p.personal_number = h.number
LEFT JOIN registers_dispute d
    ON d.record_id = v.record_id AND d.version_id = v.id AND d.closed_at IS NULL
LEFT JOIN registers_closure c ON c.register = v.register AND c.since <= t.now
    AND (c.until IS NULL OR c.until > t.now)
WHERE {which}
ORDER BY v.fact, v.item, v.id
"""
# "IS TRUE" keeps the planner off the exclusion's GiST index: a record has few versions, and the
# primary key finds them in as many pages at ten million people as at one.
_HOLDS = "(v.valid @> %s::date) IS TRUE AND (v.recorded @> %s::timestamptz) IS TRUE"
_PLAIN = {"restricted": "false"}
_ONE = _SELECT.format(which=f"v.record_id = %s AND {_HOLDS}", **_PLAIN)
_MANY = _SELECT.format(which=f"v.record_id = ANY(%s::uuid[]) AND {_HOLDS}", **_PLAIN)
_WATCHED = _SELECT.format(
    which=f"v.record_id = ANY(%s::uuid[]) AND {_HOLDS}",
    restricted=_RESTRICTED.format(today="%s::date"),
)
_EVER = _SELECT.format(which="v.record_id = %s", restricted=_RESTRICTED.format(today="%s::date"))
_MINE = """v.record_id IN (SELECT unnest(%s::uuid[]) UNION
    SELECT o.record_id FROM registers_factversion o WHERE o.holder = %s AND o.holder <> ''
        AND o.valid @> %s::date AND o.recorded @> %s::timestamptz) AND """
_OF_HOLDER = _SELECT.format(which=_MINE + _HOLDS, **_PLAIN)
_CLOSED = """
SELECT register, until FROM registers_closure WHERE register = ANY(%s) AND since <= %s
    AND (until IS NULL OR until > %s) LIMIT 1
"""


class Row(NamedTuple):
    """A version, the number of its holder ("" if unknown) and that person's card."""

    record_id: UUID
    register: str
    subject: str
    id: UUID
    fact: str
    item: str
    stored: str
    holder: str
    since: date
    until: date | None
    recorded: str  # moments as text: the driver's own way is slow, and not all are looked at
    replaced: str | None
    corrects: UUID | None
    ground: str
    dossier_id: UUID | None
    person_id: UUID | None
    merged_into: UUID | None
    contested: str | None  # the field in dispute, "" for all of it; None: nobody contests it
    closed: bool  # the register does not answer now
    restricted: bool

    @property
    def recorded_at(self) -> datetime:
        """Since when it is believed."""
        return datetime.fromisoformat(self.recorded)

    @property
    def replaced_at(self) -> datetime | None:
        """Until when it was believed."""
        return datetime.fromisoformat(self.replaced) if self.replaced else None

    @property
    def values(self) -> dict[str, Any]:
        """As they are stored; sensitive ones still sealed."""
        found: dict[str, Any] = msgspec.json.decode(self.stored)
        return found


def holding(records: Sequence[UUID], day: date, moment: datetime) -> list[Row]:
    """What holds on a day, as believed at a moment."""
    if len(records) == 1:
        return _open(_rows(_ONE, clock.now(), records[0], day, moment))
    return _open(_rows(_MANY, clock.now(), _listed(records), day, moment))


def holding_unless_restricted(
    records: Sequence[UUID], day: date, moment: datetime, *, today: date
) -> list[Row]:
    """The same, each row saying whether its person has restricted the register as of today."""
    return _open(_rows(_WATCHED, today, clock.now(), _listed(records), day, moment))


def ever(record: UUID, *, today: date) -> list[Row]:
    """All versions of a record on both axes."""
    return _open(_rows(_EVER, today, clock.now(), record))


def of_holder(number: str, records: Sequence[UUID], *, day: date, moment: datetime) -> list[Row]:
    """What holds in these records, and in all whose holder bears the number on that day; rows of
    registers that do not answer now are among them, and say so."""
    return _rows(_OF_HOLDER, clock.now(), _listed(records), number, day, moment, day, moment)


def refuse_closed(names: Iterable[str]) -> None:
    """Refusal "registers.closed" when one of the registers does not answer now."""
    with connection.cursor() as cursor:
        cursor.execute(_CLOSED, [list(names), clock.now(), clock.now()])
        found = cursor.fetchone()
    if found:
        raise closed(found[0], found[1])


def closed(register: str, until: datetime | None = None) -> Refusal:
    """What is said of a register that does not answer."""
    return Refusal("registers.closed", register=register, until=until.isoformat() if until else "")


def held(row: Row, values: dict[str, Any], *, fields: Sequence[str]) -> Held:
    """A version as it is handed out, with these of its values; `fields` are those granted."""
    contested = row.contested is not None and (row.contested == "" or row.contested in fields)
    return Held(
        id=row.id,
        fact=row.fact,
        item=row.item,
        values=values,
        valid_from=row.since,
        valid_until=row.until,
        recorded_at=row.recorded_at,
        replaced_at=row.replaced_at,
        corrects=row.corrects,
        ground=row.ground,
        dossier_id=row.dossier_id,
        disputed=contested,
    )


@contextmanager
def patience() -> Iterator[None]:
    """Refusal "registers.too-slow" when PostgreSQL gave up on a statement in time.

    The time is that of the connection (MOTCUA_STATEMENT_TIMEOUT_S): a limit set for each reading
    would cost two more trips to the database at every look.
    """
    try:
        yield
    except OperationalError as fault:
        if isinstance(fault.__cause__, psycopg.errors.QueryCanceled):
            raise Refusal("registers.too-slow") from None
        raise


def _rows(sql: str, *values: Any) -> list[Row]:
    with patience(), connection.cursor() as cursor:
        cursor.execute(_said(sql, id(registers())), values)
        return [Row(*one) for one in cursor.fetchall()]


def _open(rows: list[Row]) -> list[Row]:
    for row in rows:
        if row.closed:
            raise closed(row.register)
    return rows


def _listed(records: Sequence[UUID]) -> str:
    """An array as PostgreSQL writes it: passing a list costs the driver more than the rest."""
    return f"{{{','.join(map(str, records))}}}"


@cache
def _said(sql: str, _registers: int) -> str:
    """The statement with the names of the registers that are about persons."""
    about = [one.register for one in registers().values() if one.subject.kind in KEYED_BY_PERSON]
    return sql.replace("{personal}", ", ".join(f"'{name}'" for name in about))
