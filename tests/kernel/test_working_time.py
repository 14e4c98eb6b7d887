"""Working time against a slow, obvious model, and the laws that adding time must obey."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.kernel import working_time as wt
from motcua.kernel.working_time import WorkingCalendar
from tests.kernel.calendars import DESK, HANOI, OFFICE, PLAIN_WEEK, hanoi

MINUTE = timedelta(minutes=1)
calendars = st.sampled_from([PLAIN_WEEK, OFFICE, DESK])
moments = st.integers(0, 60 * 24 * 60).map(lambda n: hanoi("2026-01-20 00:00") + n * MINUTE)
few_minutes = st.integers(1, 9000)
few_days = st.integers(1, 30)


@st.composite
def odd_calendars(draw: st.DrawFn) -> WorkingCalendar:
    """Any week with at least one worked day, holidays and swapped days anywhere."""
    minutes = st.integers(0, 24 * 60 - 1).map(lambda n: time(n // 60, n % 60))
    instants = st.lists(minutes, min_size=2, max_size=6, unique=True)
    day = instants.map(sorted).map(
        lambda ts: tuple((a, b) for n, (a, b) in enumerate(pairwise(ts)) if n % 2 == 0)
    )
    days = st.integers(0, 60).map(lambda n: date(2026, 1, 20) + timedelta(days=n))
    return WorkingCalendar(
        name="odd",
        timezone="Asia/Ho_Chi_Minh",
        weekly=draw(st.dictionaries(st.integers(0, 6), day, min_size=1)),
        holidays=draw(st.dictionaries(days, st.just({"vi": "Nghỉ"}), max_size=9)),
        extra=draw(st.dictionaries(days, day, max_size=3)),
    )


any_calendar = st.one_of(calendars, odd_calendars())


@given(odd_calendars(), moments, st.integers(0, 600))
@settings(max_examples=60)
def test_measuring_agrees_with_counting_minute_by_minute(
    calendar: WorkingCalendar, start: datetime, length: int
) -> None:
    counted = sum(wt.is_working_instant(calendar, start + n * MINUTE) for n in range(length))
    assert wt.working_minutes_between(calendar, start, start + length * MINUTE) == counted


@given(any_calendar, moments, few_minutes)
def test_what_is_added_is_what_is_measured(
    calendar: WorkingCalendar, start: datetime, minutes: int
) -> None:
    end = wt.add_working(calendar, start, minutes)
    assert wt.working_minutes_between(calendar, start, end) == minutes
    assert wt.working_minutes_between(calendar, end, start) == -minutes
    assert wt.working_minutes_between(calendar, wt.add_working(calendar, end, -minutes), end) == (
        minutes
    )


@given(any_calendar, moments, few_minutes)
def test_adding_ends_at_the_earliest_instant_and_never_outside_working_time(
    calendar: WorkingCalendar, start: datetime, minutes: int
) -> None:
    end = wt.add_working(calendar, start, minutes)
    assert wt.is_working_instant(calendar, end - MINUTE)


@given(any_calendar, moments, few_minutes, few_minutes)
def test_adding_twice_is_adding_the_sum(
    calendar: WorkingCalendar, start: datetime, first: int, second: int
) -> None:
    twice = wt.add_working(calendar, wt.add_working(calendar, start, first), second)
    assert twice == wt.add_working(calendar, start, first + second)


@given(any_calendar, moments, moments, st.integers(-500, 5000))
def test_who_comes_later_never_ends_earlier(
    calendar: WorkingCalendar, one: datetime, other: datetime, minutes: int
) -> None:
    early, late = sorted([one, other])
    assert wt.add_working(calendar, early, minutes) <= wt.add_working(calendar, late, minutes)


@given(any_calendar, moments, moments, few_days)
def test_who_comes_later_never_ends_earlier_in_days(
    calendar: WorkingCalendar, one: datetime, other: datetime, days: int
) -> None:
    early, late = sorted([one, other])
    assert wt.add_working_days(calendar, early, days) <= wt.add_working_days(calendar, late, days)
    assert wt.add_working_days(calendar, early, days) < wt.add_working_days(
        calendar, early, days + 1
    )


@given(st.sampled_from([PLAIN_WEEK, OFFICE]), moments, few_days)
def test_days_are_their_minutes_where_all_days_are_alike(
    calendar: WorkingCalendar, start: datetime, days: int
) -> None:
    end = wt.add_working_days(calendar, start, days)
    before = wt.minus_working_days(calendar, end, days)
    assert end == wt.add_working(calendar, start, days * 450)
    assert wt.working_minutes_between(calendar, before, end) == days * 450


@given(st.sampled_from([PLAIN_WEEK, OFFICE]), moments, few_days)
def test_taking_days_away_undoes_adding_them(
    calendar: WorkingCalendar, start: datetime, days: int
) -> None:
    end = wt.add_working_days(calendar, start, days)
    assert wt.add_working_days(calendar, wt.minus_working_days(calendar, end, days), days) == end


@given(any_calendar, moments)
def test_next_working_instant_is_worked_and_nothing_is_skipped(
    calendar: WorkingCalendar, at: datetime
) -> None:
    found = wt.next_working_instant(calendar, at)
    assert wt.is_working_instant(calendar, found)
    assert wt.working_minutes_between(calendar, at, found) == 0


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-03-02 10:30", 1, "2026-03-03 10:30"),
        ("2026-03-02 10:30", 5, "2026-03-09 10:30"),
        ("2026-03-02 07:30", 1, "2026-03-02 17:00"),
        ("2026-03-02 17:00", 1, "2026-03-03 17:00"),
        ("2026-03-02 12:15", 1, "2026-03-03 11:30"),
        ("2026-02-13 10:30", 1, "2026-02-23 10:30"),
        ("2026-02-27 10:30", 1, "2026-02-28 10:30"),
        ("2026-02-28 10:30", 1, "2026-03-02 10:30"),
        ("2026-03-02 10:30", 0, "2026-03-02 10:30"),
        ("2026-03-03 10:30", -1, "2026-03-02 10:30"),
    ],
    ids=["a day", "over a weekend", "from the opening", "from the close", "from the lunch break",
         "over Tet", "onto a swapped Saturday", "from a swapped Saturday", "none", "back"],
)  # fmt: skip
def test_working_days_keep_the_time_of_day(start: str, days: int, end: str) -> None:
    assert wt.add_working_days(OFFICE, hanoi(start), days) == hanoi(end)


def test_a_saturday_morning_is_a_day_that_ends_at_its_close() -> None:
    assert wt.add_working_days(DESK, hanoi("2026-03-06 16:00"), 1) == hanoi("2026-03-07 11:30")
    assert wt.add_working_days(DESK, hanoi("2026-03-06 08:00"), 1) == hanoi("2026-03-07 08:00")


def test_going_back_to_an_opening_says_the_close_before_it() -> None:
    assert wt.add_working(OFFICE, hanoi("2026-03-03 11:30"), -240) == hanoi("2026-03-02 17:00")
    assert wt.add_working(OFFICE, hanoi("2026-03-03 11:30"), -239) == hanoi("2026-03-03 07:31")


def test_a_moment_of_another_zone_is_read_in_the_calendars_zone() -> None:
    end = wt.add_working(OFFICE, datetime(2026, 3, 2, 0, 30, tzinfo=UTC), 60)
    assert (end, end.tzinfo) == (hanoi("2026-03-02 08:30"), HANOI)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        wt.add_working(OFFICE, hanoi("2026-03-02 08:00").replace(tzinfo=None), 1)


@pytest.mark.parametrize("minutes", [-1, 0, 1])
def test_a_calendar_that_never_works_raises_instead_of_looping(minutes: int) -> None:
    never = WorkingCalendar(name="never", timezone="Asia/Ho_Chi_Minh", weekly={})
    with pytest.raises(ValueError, match="no working time in the two years"):
        wt.add_working(never, hanoi("2026-03-02 08:00"), minutes)


@pytest.mark.parametrize(
    "weekly",
    [
        {7: ()},
        {0: ((time(9), time(8)),)},
        {0: ((time(8), time(10)), (time(9), time(11)))},
    ],
)
def test_an_impossible_week_is_refused(weekly: dict[int, tuple[wt.Interval, ...]]) -> None:
    with pytest.raises(ValueError, match=r"weekday|follow"):
        WorkingCalendar(name="bad", timezone="Asia/Ho_Chi_Minh", weekly=weekly)


def test_days_before_and_after_are_found() -> None:
    assert wt.next_working_day(OFFICE, date(2026, 2, 13)) == date(2026, 2, 23)
    assert wt.end_of_working_day(OFFICE, date(2026, 2, 14)) == hanoi("2026-02-23 17:00")
    assert wt.start_of_working_day(OFFICE, date(2026, 2, 13)) == hanoi("2026-02-13 07:30")
    assert not wt.is_working_day(OFFICE, date(2026, 2, 17))
    assert wt.is_working_day(OFFICE, date(2026, 2, 28))
