"""The two axes of time: exactly what was believed of each day at each moment, always."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from motcua.kernel.actors import SYSTEM
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers
from motcua.registers.models import FactVersion
from motcua.registers.rules.axes import Change, Span, change, correction, ending

FIRST = date(2020, 1, 1)
DAYS = 8
Believed = dict[int, int]  # day -> value, from 0 to DAYS (which stands for all later days)


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


@dataclass
class Version:
    """A version in memory: what the database would hold."""

    id: UUID
    value: int
    since: date
    until: date | None
    recorded: int
    replaced: int | None = None

    def span(self) -> Span:
        return Span(id=self.id, since=self.since, until=self.until)


class Line:
    """One fact, changed by the rules alone, with a clock that ticks at each change."""

    def __init__(self) -> None:
        self.versions: list[Version] = []
        self.moment = 0

    def believed(self) -> list[Version]:
        return [one for one in self.versions if one.replaced is None]

    def spans(self) -> list[Span]:
        return [one.span() for one in self.believed()]

    def apply(self, done: Change, new: tuple[int, date, date | None] | None) -> None:
        self.moment += 1
        old = {one.id: one for one in self.believed()}
        for version in done.ended:
            old[version].replaced = self.moment
        rows = [(old[was].value, since, until) for was, since, until in done.kept]
        for value, since, until in [*rows, *([new] if new else [])]:
            self.versions.append(Version(new_id(), value, since, until, self.moment))

    def at(self, number: int, moment: int) -> list[int]:
        """All that the line answers for a day, as known at a moment."""
        return [
            one.value
            for one in self.versions
            if one.recorded <= moment and (one.replaced is None or moment < one.replaced)
            and one.span().holds(day(number))
        ]  # fmt: skip


def spans() -> st.SearchStrategy[tuple[int, int | None]]:
    starts = st.integers(0, DAYS - 1)
    return starts.flatmap(
        lambda since: st.tuples(st.just(since), st.one_of(st.none(), st.integers(since + 1, DAYS)))
    )


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("change"), spans()),
        st.tuples(st.just("correct"), spans(), st.integers(0, 99)),
        st.tuples(st.just("end"), st.integers(0, DAYS - 1)),
    ),
    max_size=12,
)


def within(span: tuple[int, int | None]) -> range:
    return range(span[0], DAYS + 1 if span[1] is None else span[1])


def dates(span: tuple[int, int | None]) -> tuple[date, date | None]:
    return day(span[0]), None if span[1] is None else day(span[1])


@given(STEPS)
def test_every_day_at_every_moment_is_answered_as_it_was_believed(steps):
    line = Line()
    beliefs: list[Believed] = [{}]
    for value, (verb, *about) in enumerate(steps):
        now: Believed = dict(beliefs[-1])
        new: Any = None
        if verb == "end":
            done = ending(line.spans(), day(about[0]))
            now = {number: held for number, held in now.items() if number < about[0]}
        else:
            since, until = dates(about[0])
            new = (value, since, until)
            if verb == "correct" and line.believed():
                wrong = line.believed()[about[1] % len(line.believed())]
                done = correction(line.spans(), wrong.id, since=since, until=until)
                span = wrong.span()
                now = {number: held for number, held in now.items() if not span.holds(day(number))}
            else:
                done = change(line.spans(), since, until)
            now |= dict.fromkeys(within(about[0]), value)
        line.apply(done, new)
        beliefs.append(now)
    for moment, belief in enumerate(beliefs):
        for number in range(DAYS + 1):
            wanted = [belief[number]] if number in belief else []
            assert line.at(number, moment) == wanted


@given(STEPS)
def test_no_version_is_empty_and_none_is_lost(steps):
    line = Line()
    for value, (verb, *about) in enumerate(steps):
        before = [(one.id, one.value, one.since, one.until) for one in line.versions]
        if verb == "end":
            line.apply(ending(line.spans(), day(about[0])), None)
        else:
            since, until = dates(about[0])
            line.apply(change(line.spans(), since, until), (value, since, until))
        assert before == [
            (one.id, one.value, one.since, one.until) for one in line.versions[: len(before)]
        ]
    for one in line.versions:
        assert one.until is None or one.since < one.until
        assert one.replaced is None or one.recorded < one.replaced


def test_what_is_untouched_is_not_recorded_again():
    spans = [Span(id=new_id(), since=day(0), until=day(2)), Span(id=new_id(), since=day(4))]
    assert change(spans, day(2), day(4)) == Change()
    assert ending([spans[0]], day(2)) == Change()


# The same against the database: few examples, since each is some dozen statements.
CASES = st.lists(
    st.one_of(
        st.tuples(st.just("change"), spans()),
        st.tuples(st.just("correct"), spans(), st.integers(0, 9)),
        st.tuples(st.just("end"), st.integers(1, DAYS - 1)),
    ),
    min_size=1,
    max_size=6,
)
READ = """
SELECT "values"->>'number' FROM registers_factversion
WHERE record_id = %s AND fact = 'former-number'
    AND valid @> %s::date AND recorded @> %s::timestamptz
"""


def _held(record: UUID, number: int, moment: Any) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(READ, [record, day(number), moment])
        return [row[0] for row in cursor.fetchall()]


def _do(what: tuple[str, str], step: tuple[Any, ...], now: dict[int, str]) -> dict[int, str]:
    """One step in the database, and what is believed after it."""
    key, value = what
    verb, *about = step
    record = registers.record_id("population", key)
    rows = FactVersion.objects.filter(
        record_id=record, fact="former-number", recorded__upper_inf=True
    )
    rows = list(rows.order_by("valid"))
    place = {"register": "population", "key": key}
    if verb == "end":
        over = {"fact": "former-number", "on": day(about[0]), "ground": "x"}
        if any(number >= about[0] for number in now):
            registers.end_fact(SYSTEM, **place, **over)
        else:
            with pytest.raises(Refusal, match=r"registers\.nothing-to-end"):
                registers.end_fact(SYSTEM, **place, **over)
        return {number: held for number, held in now.items() if number < about[0]}
    since, until = dates(about[0])
    values = {"number": value}
    if verb == "correct" and rows:
        wrong = rows[about[1] % len(rows)]
        registers.correct(
            SYSTEM, **place, version_id=wrong.id, values=values, ground="x",
            valid_from=since, valid_until=until or date.max,
        )  # fmt: skip
        now = {n: held for n, held in now.items()
               if not Span(id=wrong.id, since=wrong.valid.lower, until=wrong.valid.upper
                           ).holds(day(n))}  # fmt: skip
    else:
        fact = registers.Fact(register="population", fact="former-number", subject=key,
                              values=values, valid_from=since, valid_until=until)  # fmt: skip
        registers.write_facts(SYSTEM, [fact])
    return now | dict.fromkeys(within(about[0]), value)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=CASES)
def test_the_database_answers_as_the_model_does(country, steps):
    key = f"0011{new_id().int % 10**8:08}"
    record = registers.record_id("population", key)
    beliefs: list[tuple[Any, dict[int, str]]] = []
    now: dict[int, str] = {}
    for number, step in enumerate(steps):
        now = _do((key, f"{number:09}"), step, now)
        latest = FactVersion.objects.filter(record_id=record)
        moments = [m for row in latest for m in (row.recorded.lower, row.recorded.upper) if m]
        beliefs.append((max(moments), now) if moments else (None, now))
    for moment, belief in beliefs:
        for number in range(DAYS + 1):
            wanted = [belief[number]] if number in belief else []
            assert moment is None or _held(record, number, moment) == wanted


def test_the_database_itself_forbids_two_versions_of_one_day(country):
    from django.db import IntegrityError, transaction

    fact = registers.Fact(register="population", fact="former-number", subject="001190000001",
                          values={"number": "012345678"}, valid_from=day(0))  # fmt: skip
    (version,) = registers.write_facts(SYSTEM, [fact])
    row = FactVersion.objects.get(id=version)
    row.pk = (row.record_id, new_id())
    with pytest.raises(IntegrityError, match="one_version_at_a_time"), transaction.atomic():
        row.save(force_insert=True)
