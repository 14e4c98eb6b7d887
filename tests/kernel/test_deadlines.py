"""Legal clocks: the rules of the law as situations, and what holds for every clock."""

import json
from datetime import date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.kernel import deadlines
from motcua.kernel.deadlines import Clock
from motcua.kernel.durations import Duration, parse
from motcua.kernel.working_time import WorkingCalendar, is_working_instant
from tests.kernel.calendars import DESK, OFFICE, PLAIN_WEEK, hanoi

MINUTE = timedelta(minutes=1)
LIMITS = ["same day", "4 working hours", "1 working day", "3 working days", "10 days", "24 hours"]
calendars = st.sampled_from([PLAIN_WEEK, OFFICE, DESK])
limits = st.sampled_from(LIMITS).map(parse)
moments = st.integers(0, 60 * 24 * 60).map(lambda n: hanoi("2026-01-20 00:00") + n * MINUTE)
waits = st.integers(0, 60 * 24 * 20).map(lambda n: n * MINUTE)


def started(limit: str, at: str, *, cutoff: bool = True) -> Clock:
    return deadlines.start(OFFICE, parse(limit), hanoi(at), cutoff=cutoff)


def rules(clock: Clock) -> list[str]:
    return [step["rule"] for step in clock.why]


@pytest.mark.parametrize(
    ("limit", "received", "due"),
    [
        ("same day", "2026-03-02 10:30", "2026-03-02 17:00"),
        ("same day", "2026-03-02 15:00", "2026-03-02 17:00"),
        ("same day", "2026-03-02 15:01", "2026-03-03 17:00"),
        ("same day", "2026-03-02 22:00", "2026-03-03 17:00"),
        ("same day", "2026-03-02 06:00", "2026-03-02 17:00"),
        ("same day", "2026-03-02 12:00", "2026-03-02 17:00"),
        ("same day", "2026-02-13 15:20", "2026-02-23 17:00"),
        ("4 working hours", "2026-03-02 10:30", "2026-03-02 16:30"),
        ("4 working hours", "2026-03-06 14:30", "2026-03-09 09:00"),
        ("4 working hours", "2026-03-06 15:30", "2026-03-09 11:30"),
        ("1 working day", "2026-03-06 15:30", "2026-03-09 17:00"),
        ("3 working days", "2026-03-02 10:30", "2026-03-05 10:30"),
        ("3 working days", "2026-02-12 10:30", "2026-02-24 10:30"),
        ("3 working days", "2026-02-26 10:30", "2026-03-02 10:30"),
        ("10 days", "2026-03-02 10:30", "2026-03-12 17:00"),
        ("5 days", "2026-03-02 10:30", "2026-03-09 17:00"),
        ("5 days", "2026-02-12 10:30", "2026-02-23 17:00"),
        ("24 hours", "2026-03-06 16:40", "2026-03-07 16:40"),
    ],
)
def test_a_limit_ends_when_the_law_says(limit: str, received: str, due: str) -> None:
    assert started(limit, received).due_at == hanoi(due)


def test_a_step_inside_the_administration_has_no_cutoff() -> None:
    assert started("1 working hour", "2026-03-02 15:30", cutoff=False).due_at == hanoi(
        "2026-03-02 16:30"
    )
    assert started("1 day", "2026-03-06 20:00", cutoff=False).due_at == hanoi("2026-03-09 17:00")


def test_seconds_do_not_count() -> None:
    at = hanoi("2026-03-02 15:00") + timedelta(seconds=59, microseconds=5)
    clock = deadlines.start(OFFICE, parse("same day"), at)
    assert (clock.started_at, clock.due_at) == (
        hanoi("2026-03-02 15:00"),
        hanoi("2026-03-02 17:00"),
    )


def test_a_clock_tells_each_step_of_its_computation() -> None:
    clock = started("same day", "2026-02-13 15:20")
    tet = OFFICE.holidays[date(2026, 2, 16)]
    assert clock.why == (
        {"rule": "received", "at": "2026-02-13T15:20:00+07:00"},
        {
            "rule": "after-cutoff",
            "at": "2026-02-13T15:20:00+07:00",
            "counted_from": "2026-02-23T07:30:00+07:00",
            "cutoff": "15:00",
        },
        {"rule": "limit", "unit": "same-day", "count": 0},
        skipped("2026-02-14", "2026-02-15", "weekend", {}),
        skipped("2026-02-16", "2026-02-20", "holiday", tet),
        skipped("2026-02-21", "2026-02-22", "weekend", {}),
        {"rule": "due", "at": "2026-02-23T17:00:00+07:00"},
    )


def skipped(first: str, last: str, kind: str, name: dict[str, str]) -> dict[str, object]:
    return {"rule": "skipped", "from": first, "until": last, "kind": kind, "name": name}


def test_what_comes_before_the_opening_counts_from_it() -> None:
    clock = started("1 working hour", "2026-03-02 06:00")
    assert rules(clock) == ["received", "outside-hours", "limit", "due"]
    assert clock.due_at == hanoi("2026-03-02 08:30")


def test_calendar_days_only_pass_over_closed_days_at_their_end() -> None:
    assert rules(started("10 days", "2026-03-02 10:30")) == ["received", "limit", "due"]
    assert rules(started("5 days", "2026-03-02 10:30")) == ["received", "limit", "skipped", "due"]


def test_waiting_for_the_applicant_does_not_count() -> None:
    clock = started("3 working days", "2026-03-02 10:30")
    paused = deadlines.pause(clock, OFFICE, hanoi("2026-03-03 10:30"), reason="missing-paper")
    assert deadlines.remaining_minutes(paused, OFFICE, hanoi("2026-04-01 08:00")) == 900
    resumed = deadlines.resume(paused, OFFICE, hanoi("2026-03-10 14:00"))
    assert resumed.due_at == hanoi("2026-03-12 14:00")
    assert rules(resumed)[-3:] == ["paused", "resumed", "due"]
    assert (resumed.paused_at, resumed.remaining_minutes) == (None, None)


def test_waiting_before_the_count_begins_takes_nothing_of_the_limit() -> None:
    clock = started("3 working days", "2026-02-13 15:20")
    paused = deadlines.pause(clock, OFFICE, hanoi("2026-02-13 15:20"))
    assert deadlines.resume(paused, OFFICE, hanoi("2026-02-13 16:00")).due_at == clock.due_at


def test_calendar_days_move_by_whole_days() -> None:
    clock = started("10 days", "2026-03-02 10:30")
    paused = deadlines.pause(clock, OFFICE, hanoi("2026-03-03 16:00"))
    resumed = deadlines.resume(paused, OFFICE, hanoi("2026-03-05 08:00"))
    assert resumed.due_at == hanoi("2026-03-16 17:00")


def test_a_returned_dossier_counts_the_full_limit_again() -> None:
    clock = started("3 working days", "2026-03-02 10:30")
    paused = deadlines.pause(clock, OFFICE, hanoi("2026-03-04 10:30"))
    again = deadlines.restart(paused, OFFICE, hanoi("2026-03-09 15:30"))
    assert (again.due_at, again.restarts) == (hanoi("2026-03-12 17:00"), 1)
    assert again.started_at == hanoi("2026-03-09 15:30")
    assert again.paused_at is None
    assert deadlines.restart(again, OFFICE, hanoi("2026-03-10 09:00")).restarts == 2
    assert rules(again)[-5:] == ["restarted", "received", "after-cutoff", "limit", "due"]


def test_a_new_appointment_keeps_the_old_one_in_its_explanation() -> None:
    clock = started("3 working days", "2026-03-02 10:30")
    moved = hanoi("2026-03-09 10:30")
    later = deadlines.extend(clock, moved, hanoi("2026-03-04 09:00"), reason="survey")
    assert later.due_at == hanoi("2026-03-09 10:30")
    assert later.why[-1] == {
        "rule": "extended",
        "at": "2026-03-04T09:00:00+07:00",
        "due_before": "2026-03-05T10:30:00+07:00",
        "due_at": "2026-03-09T10:30:00+07:00",
        "reason": "survey",
    }


def test_impossible_changes_are_bugs() -> None:
    clock = started("3 working days", "2026-03-02 10:30")
    at = hanoi("2026-03-03 09:00")
    paused = deadlines.pause(clock, OFFICE, at)
    with pytest.raises(ValueError, match="paused already"):
        deadlines.pause(paused, OFFICE, at)
    with pytest.raises(ValueError, match="not paused"):
        deadlines.resume(clock, OFFICE, at)
    with pytest.raises(ValueError, match="before it was paused"):
        deadlines.resume(paused, OFFICE, at - timedelta(hours=1))
    with pytest.raises(ValueError, match="resume it first"):
        deadlines.extend(paused, hanoi("2026-03-09 10:30"), at)
    with pytest.raises(ValueError, match="after the present one"):
        deadlines.extend(clock, clock.due_at, at)


def test_an_apology_comes_a_working_day_before_the_end() -> None:
    assert deadlines.working_day_before(OFFICE, hanoi("2026-02-23 17:00")) == hanoi(
        "2026-02-13 17:00"
    )
    assert deadlines.working_day_before(OFFICE, hanoi("2026-03-05 10:30"), 2) == hanoi(
        "2026-03-03 10:30"
    )


@given(calendars, limits, moments, st.booleans())
def test_every_clock_ends_after_it_starts_and_in_working_time(
    calendar: WorkingCalendar, limit: Duration, at: datetime, cutoff: bool
) -> None:
    clock = deadlines.start(calendar, limit, at, cutoff=cutoff)
    assert at <= clock.counted_from < clock.due_at
    assert limit.unit == "hours" or is_working_instant(calendar, clock.due_at - MINUTE)


@given(calendars, limits, moments, moments)
def test_who_files_later_is_never_due_earlier(
    calendar: WorkingCalendar, limit: Duration, one: datetime, other: datetime
) -> None:
    early, late = sorted([one, other])
    assert (
        deadlines.start(calendar, limit, early).due_at
        <= deadlines.start(calendar, limit, late).due_at
    )


@given(calendars, limits, moments, waits, waits)
def test_a_pause_never_takes_time_and_keeps_what_remains(
    calendar: WorkingCalendar, limit: Duration, at: datetime, before: timedelta, wait: timedelta
) -> None:
    clock = deadlines.start(calendar, limit, at)
    paused = deadlines.pause(clock, calendar, at + before)
    resumed = deadlines.resume(paused, calendar, at + before + wait)
    left = deadlines.remaining_minutes(resumed, calendar, at + before + wait)
    late = deadlines.is_late(clock, at + before)
    assert resumed.due_at >= clock.due_at or late
    assert late == deadlines.is_late(paused, at + before + 2 * wait)
    if limit.unit != "days":
        assert late == deadlines.is_late(resumed, at + before + wait)
        assert left == paused.remaining_minutes or (late and left == -1)


@given(calendars, limits, moments, waits)
def test_a_pause_of_no_length_changes_nothing(
    calendar: WorkingCalendar, limit: Duration, at: datetime, before: timedelta
) -> None:
    clock = deadlines.start(calendar, limit, at)
    moment = min(at + before, clock.due_at)
    paused = deadlines.pause(clock, calendar, moment)
    assert deadlines.resume(paused, calendar, moment).due_at == clock.due_at


@given(calendars, limits, moments, waits)
def test_what_remains_is_negative_exactly_when_late(
    calendar: WorkingCalendar, limit: Duration, at: datetime, passed: timedelta
) -> None:
    clock = deadlines.start(calendar, limit, at)
    left = deadlines.remaining_minutes(clock, calendar, at + passed)
    assert (left < 0) == deadlines.is_late(clock, at + passed)


@given(calendars, limits, moments, waits)
def test_clocks_survive_the_database(
    calendar: WorkingCalendar, limit: Duration, at: datetime, wait: timedelta
) -> None:
    clock = deadlines.pause(deadlines.start(calendar, limit, at), calendar, at + wait, reason="why")
    stored = json.dumps(msgspec.to_builtins(clock))
    read = msgspec.convert(json.loads(stored), Clock)
    assert read == clock
    later = at + 2 * wait
    assert deadlines.resume(read, calendar, later) == deadlines.resume(clock, calendar, later)
