"""What is believed of some records, in memory, while facts are written: then stored at once.

Everything that changes versions goes through here, so that a write of many facts is a fixed number
of statements and the two axes are kept in one place.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from motcua.kernel import clock
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.kernel.rows import Select
from motcua.registers.models import FactVersion
from motcua.registers.rules.axes import Change, Span

Line = tuple[UUID, str, str]  # record, fact, item: of these one version holds at a time
# Above it the exclusion constraint alone decides: the server has room for some thousand locks.
MOST_LOCKS = 2000
_NOBODY = UUID(int=0)
_TICK = timedelta(microseconds=1)
_SAME = (
    "record_id", "register", "subject", "fact", "item", "values", "holder", "corrects", "ground",
    "dossier_id", "act_id",
)  # fmt: skip
_TAKE_TURNS = """
SELECT pg_advisory_xact_lock(hashtextextended(r::text, 0)) FROM unnest(%s::uuid[]) AS r ORDER BY r
"""
_BELIEVED = Select(
    FactVersion,
    "WHERE record_id = ANY(%s::uuid[]) AND (upper_inf(recorded) OR dossier_id = %s::uuid)"
    " ORDER BY lower(valid), lower(recorded), id",
)
_END = """
UPDATE registers_factversion v SET recorded = tstzrange(lower(v.recorded), e.moment)
FROM unnest(%s::uuid[], %s::uuid[], %s::timestamptz[]) AS e(record_id, id, moment)
WHERE v.record_id = e.record_id AND v.id = e.id AND upper_inf(v.recorded)
"""
# A dispute is about what was said; when that is recorded again, it follows.
_FOLLOW = """
UPDATE registers_dispute d SET version_id = m.after
FROM unnest(%s::uuid[], %s::uuid[], %s::uuid[]) AS m(record_id, before, after)
WHERE d.record_id = m.record_id AND d.version_id = m.before AND d.closed_at IS NULL
"""


class Belief:
    """The versions of some records that are believed, as they will be when `store` is called."""

    def __init__(self, records: Collection[UUID], dossier_id: UUID | None = None) -> None:
        """Wait for one's turn at these records, and read them."""
        self.lines: dict[Line, list[FactVersion]] = {}
        self._of: dict[UUID, list[Line]] = {}
        self._written: dict[Line, UUID] = {}
        self._ended: dict[UUID, tuple[FactVersion, datetime]] = {}
        self._made: dict[UUID, FactVersion] = {}
        self._moved: dict[UUID, FactVersion] = {}
        self._copied: dict[UUID, FactVersion] = {}
        self._now = clock.now()
        if len(records) <= MOST_LOCKS:
            with connection.cursor() as cursor:
                cursor.execute(_TAKE_TURNS, [sorted(records)])
        for row in _BELIEVED(list(records), dossier_id or _NOBODY):
            line = (row.record_id, row.fact, row.item)
            if row.recorded.upper is None:
                self._line(line).append(row)
            if dossier_id is not None and row.dossier_id == dossier_id and row.corrects is None:
                self._written.setdefault(line, row.id)

    def written_before(self, line: Line) -> UUID | None:
        """The version that this dossier wrote before on that line, believed or not."""
        return self._written.get(line)

    def of(self, record: UUID, fact: str = "") -> list[FactVersion]:
        """What is believed of a record, or of one of its facts."""
        return [
            row
            for line in self._of.get(record, ())
            if fact in ("", line[1])
            for row in self.lines[line]
        ]

    def spans(self, line: Line) -> list[Span]:
        """When the versions of a line hold."""
        return [
            Span(id=row.id, since=row.valid.lower, until=row.valid.upper)
            for row in self.lines.get(line, ())
        ]

    def put(self, line: Line, done: Change, **new: Any) -> FactVersion:
        """A new version on the line, after what it ends; `new` are its columns, with `valid`."""
        moment = self._after(line, done)
        row = FactVersion(
            record_id=line[0], fact=line[1], item=line[2],
            recorded=DateTimeTZRange(moment, None), **new,
        )  # fmt: skip
        self.change(line, done, moment=moment)
        self._add(line, row)
        return row

    def change(
        self, line: Line, done: Change, *, moment: datetime | None = None, **anew: Any
    ) -> list[FactVersion]:
        """End what `done` ends and record again what it keeps, with `anew` in place of its own."""
        moment = moment or self._after(line, done)
        old = {row.id: row for row in self.lines.get(line, ())}
        for version in done.ended:
            self._end(line, old[version], moment)
        kept = [
            self._again(old[was], (since, until), moment, anew=anew)
            for was, since, until in done.kept
        ]
        for (was, *_), row in zip(done.kept, kept, strict=True):
            self._moved[was] = row
            self._copied[row.id] = old[was]
            self._add(line, row)
        return kept

    def store(self) -> None:
        """Write it all. Refusal "registers.changed-meanwhile" when somebody else was faster."""
        for row in self._made.values():
            if row.act_id is None:  # a copy of what this write made: the same act bears it
                row.act_id = self._copied[row.id].act_id
        try:
            self._store_ends()
            FactVersion.objects.bulk_create(self._made.values())
        except IntegrityError as error:
            if "one_version_at_a_time" in str(error):
                raise Refusal("registers.changed-meanwhile") from None
            raise
        if moved := [(old, new) for old, new in self._moved.items() if old in self._ended]:
            records = [self._ended[old][0].record_id for old, _ in moved]
            with connection.cursor() as cursor:
                cursor.execute(
                    _FOLLOW, [records, [old for old, _ in moved], [new.id for _, new in moved]]
                )

    def _store_ends(self) -> None:
        ended = list(self._ended.values())
        if not ended:
            return
        with connection.cursor() as cursor:
            cursor.execute(
                _END,
                [
                    [row.record_id for row, _ in ended],
                    [row.id for row, _ in ended],
                    [moment for _, moment in ended],
                ],
            )
            if cursor.rowcount != len(ended):
                raise Refusal("registers.changed-meanwhile")

    def _after(self, line: Line, done: Change) -> datetime:
        """Now, but after every recording that it ends: a belief lasts at least a tick."""
        ended = set(done.ended)
        before: Iterable[datetime] = (
            row.recorded.lower for row in self.lines.get(line, ()) if row.id in ended
        )
        moments = [self._now, *(moment + _TICK for moment in before)]
        return max(moments)

    def _end(self, line: Line, row: FactVersion, moment: datetime) -> None:
        self.lines[line].remove(row)
        if row.id in self._made:  # believed for a tick, between two facts of one write
            row.recorded = DateTimeTZRange(row.recorded.lower, moment)
        else:
            self._ended[row.id] = (row, moment)

    def _add(self, line: Line, row: FactVersion) -> None:
        self._made[row.id] = row
        self._line(line).append(row)

    def _line(self, line: Line) -> list[FactVersion]:
        if line not in self.lines:
            self.lines[line] = []
            self._of.setdefault(line[0], []).append(line)
        return self.lines[line]

    @staticmethod
    def _again(
        row: FactVersion, days: tuple[date, date | None], moment: datetime, *, anew: dict[str, Any]
    ) -> FactVersion:
        same: dict[str, Any] = {name: getattr(row, name) for name in _SAME}
        return FactVersion(
            **same | anew,
            id=new_id(),
            valid=DateRange(*days),
            recorded=DateTimeTZRange(moment, None),
        )


def held_on(rows: Iterable[FactVersion], day: date) -> list[FactVersion]:
    """Of these versions those that hold on that day."""
    return [
        row
        for row in rows
        if row.valid.lower <= day and (row.valid.upper is None or day < row.valid.upper)
    ]
