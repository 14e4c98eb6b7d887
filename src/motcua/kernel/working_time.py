"""Working time of a public body: weeks, holidays, swapped Saturdays; adding and measuring it.

Pure arithmetic on the wall clock of the calendar's time zone. Two conventions make every result
unique: time *starts* at the first instant that is worked (17:00 on Monday is 07:30 on Tuesday) and
*ends* at the earliest instant when enough has been worked (17:00 on Monday, not 07:30 on Tuesday).
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice, pairwise
from zoneinfo import ZoneInfo

from msgspec import Struct

Interval = tuple[time, time]
Text = dict[str, str]

LONGEST_CLOSURE_DAYS = 731
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


class WorkingCalendar(Struct, frozen=True, kw_only=True):
    """When a body works.

    weekly: weekday (0 = Monday) -> working intervals in order; a missing weekday is not worked.
    holidays: days not worked -> their name. extra: days worked otherwise than the week says, such
    as a Saturday swapped for a Friday; it wins over `holidays` and `weekly`.
    cutoff: what is received after this time counts from the next working day; None = no such rule.
    """

    name: str
    timezone: str
    weekly: dict[int, tuple[Interval, ...]]
    holidays: dict[date, Text] = {}
    extra: dict[date, tuple[Interval, ...]] = {}
    cutoff: time | None = time(15)

    def __post_init__(self) -> None:
        ZoneInfo(self.timezone)
        if not self.weekly.keys() <= set(range(7)):
            raise ValueError("a weekday is a number from 0 (Monday) to 6 (Sunday)")
        for intervals in (*self.weekly.values(), *self.extra.values()):
            instants = [instant for interval in intervals for instant in interval]
            if any(earlier >= later for earlier, later in pairwise(instants)):
                raise ValueError(f"working intervals must follow one another: {intervals}")

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    def intervals(self, day: date) -> tuple[Interval, ...]:
        """What is worked on `day`; empty when nothing is."""
        if day in self.extra:
            return self.extra[day]
        return () if day in self.holidays else self.weekly.get(day.weekday(), ())

    def local(self, moment: datetime) -> datetime:
        """`moment` in the time zone of the calendar."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return moment.astimezone(self.zone)


def is_working_day(calendar: WorkingCalendar, day: date) -> bool:
    """Whether anything is worked on `day`."""
    return bool(calendar.intervals(day))


def is_working_instant(calendar: WorkingCalendar, at: datetime) -> bool:
    """Whether `at` lies in working time (an interval contains its start, not its end)."""
    wall = calendar.local(at).time()
    return any(start <= wall < end for start, end in calendar.intervals(calendar.local(at).date()))


def next_working_instant(calendar: WorkingCalendar, at: datetime) -> datetime:
    """`at` itself when it is worked, otherwise the next start of work."""
    wall = _wall(calendar, at)
    for day in _worked_days(calendar, wall.date()):
        for start, end in _spans(calendar, day):
            if wall < end:
                return _moment(calendar, max(start, wall))
    raise AssertionError("unreachable")


def next_working_day(calendar: WorkingCalendar, day: date) -> date:
    """The first working day after `day`."""
    return next(_worked_days(calendar, day + _DAY))


def start_of_working_day(calendar: WorkingCalendar, day: date) -> datetime:
    """When work starts on `day`, or on the first working day after it."""
    return _moment(calendar, _spans(calendar, next(_worked_days(calendar, day)))[0][0])


def end_of_working_day(calendar: WorkingCalendar, day: date) -> datetime:
    """When work ends on `day`, or on the first working day after it."""
    return _moment(calendar, _spans(calendar, next(_worked_days(calendar, day)))[-1][1])


def add_working(calendar: WorkingCalendar, start: datetime, minutes: int) -> datetime:
    """The earliest instant at which `minutes` have been worked since `start`.

    With 0 it is `next_working_instant`; negative minutes go back, so that
    `working_minutes_between(add_working(c, a, -n), a) == n`.
    """
    if minutes < 0:
        return _take_working(calendar, start, -minutes)
    if minutes == 0:
        return next_working_instant(calendar, start)
    wall, left = _wall(calendar, start), timedelta(minutes=minutes)
    for day in _worked_days(calendar, wall.date()):
        for begin, end in _spans(calendar, day):
            since = max(begin, wall)
            if left <= end - since:
                return _moment(calendar, since + left)
            left -= max(end - since, timedelta())
    raise AssertionError("unreachable")


def working_minutes_between(calendar: WorkingCalendar, a: datetime, b: datetime) -> int:
    """Whole minutes worked from `a` to `b`; negative when `b` comes first."""
    if b < a:
        return -working_minutes_between(calendar, b, a)
    first, last = _wall(calendar, a), _wall(calendar, b)
    worked = _worked_on(calendar, last) - _worked_on(calendar, first)
    day, end = first.date(), last.date()
    while day < end:
        worked += _length(calendar.intervals(day))
        day += _DAY
    return worked // _MINUTE


def add_working_days(calendar: WorkingCalendar, start: datetime, days: int) -> datetime:
    """`days` working days after `start`: as far into the working day as `start` was into its own.

    From Monday 10:30, one working day ends on Tuesday 10:30: a working day is the working hours of
    one day (eight by law), not the eight hours themselves, so that a body that works seven and a
    half does not lose half an hour a day. From the opening, one working day ends at the close of
    the same day. A shorter day (a Saturday morning) is a day, and ends at the latest at its close.
    Where all days are alike this equals `add_working` of `days` times the minutes of one day.
    """
    begun = next_working_instant(calendar, start)
    if days <= 0:
        return begun if days == 0 else minus_working_days(calendar, start, -days)
    wall = _wall(calendar, begun)
    into = _worked_on(calendar, wall)
    step = days if into else days - 1
    spans = _nth_day(calendar, wall.date(), step)
    return _moment(calendar, _instant(spans, into) if into else spans[-1][1])


def minus_working_days(calendar: WorkingCalendar, moment: datetime, days: int) -> datetime:
    """`days` working days before `moment`, as far into the working day as `moment` is.

    The inverse of `add_working_days` where all days are alike: one day before a close is the
    close of the working day before.
    """
    wall = _last_worked(calendar, moment)
    spans = _nth_day(calendar, wall.date(), -days)
    return _moment(calendar, _instant(spans, _worked_on(calendar, wall)))


def closed_days(calendar: WorkingCalendar, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last` on which nothing is worked."""
    while first <= last:
        if not calendar.intervals(first):
            yield first
        first += _DAY


_Span = tuple[datetime, datetime]


def _wall(calendar: WorkingCalendar, moment: datetime) -> datetime:
    return calendar.local(moment).replace(tzinfo=None)


def _moment(calendar: WorkingCalendar, wall: datetime) -> datetime:
    return wall.replace(tzinfo=calendar.zone)


def _spans(calendar: WorkingCalendar, day: date) -> tuple[_Span, ...]:
    return tuple(
        (datetime.combine(day, start), datetime.combine(day, end))
        for start, end in calendar.intervals(day)
    )


def _worked_days(calendar: WorkingCalendar, day: date, step: timedelta = _DAY) -> Iterator[date]:
    """Working days from `day` on; ValueError when the calendar is closed for two years."""
    closed = 0
    while closed <= LONGEST_CLOSURE_DAYS:
        if calendar.intervals(day):
            yield day
            closed = 0
        else:
            closed += 1
        day += step
    raise ValueError(
        f'the working calendar "{calendar.name}" has no working time in the two years'
        f" {'before' if step < timedelta() else 'after'} {day - LONGEST_CLOSURE_DAYS * step}:"
        " give it a weekday with working hours"
    )


def _nth_day(calendar: WorkingCalendar, day: date, count: int) -> tuple[_Span, ...]:
    days = _worked_days(calendar, day, _DAY if count >= 0 else -_DAY)
    return _spans(calendar, next(islice(days, abs(count), None)))


@lru_cache(maxsize=256)
def _length(intervals: tuple[Interval, ...]) -> timedelta:
    """How much is worked in a whole day."""
    day = date.min
    return sum(
        (datetime.combine(day, end) - datetime.combine(day, start) for start, end in intervals),
        timedelta(),
    )


def _worked_on(calendar: WorkingCalendar, wall: datetime) -> timedelta:
    """How much of its day has been worked at `wall`."""
    spans = _spans(calendar, wall.date())
    return sum((max(min(end, wall) - begin, timedelta()) for begin, end in spans), timedelta())


def _instant(spans: tuple[_Span, ...], into: timedelta) -> datetime:
    """The earliest instant of a day at which `into` has been worked, at the latest its close."""
    for begin, end in spans:
        if into <= end - begin:
            return begin + into
        into -= end - begin
    return spans[-1][1]


def _last_worked(calendar: WorkingCalendar, moment: datetime) -> datetime:
    """`moment` when it ends some work, otherwise the last close before it."""
    wall = _wall(calendar, moment)
    for day in _worked_days(calendar, wall.date(), -_DAY):
        for begin, end in reversed(_spans(calendar, day)):
            if begin < wall:
                return min(end, wall)
    raise AssertionError("unreachable")


def _take_working(calendar: WorkingCalendar, moment: datetime, minutes: int) -> datetime:
    wall, left = _wall(calendar, moment), timedelta(minutes=minutes)
    for day in _worked_days(calendar, wall.date(), -_DAY):
        for begin, end in reversed(_spans(calendar, day)):
            until = min(end, wall)
            if left < until - begin:
                return _moment(calendar, until - left)
            left -= max(until - begin, timedelta())
    raise AssertionError("unreachable")
