"""Legal clocks that explain themselves: when a time limit ends, and each step of why.

Decree 61/2018 art. 18 as kept by Decree 118/2025: what is received after the cut-off (15:00) counts
from the next working day; waiting for the applicant does not count; a returned dossier starts
again. Civil Code art. 147-148: the first calendar day is not counted, and a limit whose last day
is not worked ends with the next working day. The smallest unit is the minute; seconds are dropped.
"""

from datetime import date, datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from motcua.kernel import working_time as wt
from motcua.kernel.durations import Duration
from motcua.kernel.working_time import WorkingCalendar

Step = dict[str, Any]

_MINUTE = timedelta(minutes=1)


class Clock(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A running, paused or over time limit; every change gives a new Clock.

    started_at: when the event came in. counted_from: from when its time counts.
    due_at: when the limit ends; while paused, when it would have ended.
    remaining_minutes: only while paused (see the function of that name).
    why: the steps of the computation, oldest first, as JSON: {"rule": code, ...}. Moments are ISO
    strings with an offset, days ISO dates. After "restarted" the computation begins anew.

    Rules and parameters: received {at}; after-cutoff {at, cutoff, counted_from}; outside-hours
    {at, counted_from}; limit {unit, count}; skipped {from, until, kind: "weekend"|"holiday", name:
    Text} (closed days passed over, both ends included); due {at}; paused {at, reason,
    remaining_minutes}; resumed {at, remaining_minutes}; restarted {at}; extended {at, due_before,
    due_at, reason}.
    """

    limit: Duration
    started_at: datetime
    counted_from: datetime
    due_at: datetime
    paused_at: datetime | None = None
    remaining_minutes: int | None = None
    restarts: int = 0
    why: tuple[Step, ...] = ()


def start(
    calendar: WorkingCalendar, limit: Duration, at: datetime, *, cutoff: bool = True
) -> Clock:
    """The clock of `limit` for something received at `at`.

    cutoff=False: for a step inside the administration or one that the applicant owes, to which
    the 15:00 rule for reception does not apply. Plain "hours" never wait for working time.
    """
    at = _minute(calendar, at)
    counted_from, steps = _counted_from(calendar, limit, at, cutoff=cutoff)
    due_at = _due(calendar, limit, counted_from)
    why = (
        {"rule": "received", "at": at.isoformat()},
        *steps,
        {"rule": "limit", "unit": limit.unit, "count": limit.count},
        *_until_due(calendar, _passed_over_since(limit, counted_from, at), due_at),
    )
    return Clock(limit=limit, started_at=at, counted_from=counted_from, due_at=due_at, why=why)


def pause(clock: Clock, calendar: WorkingCalendar, at: datetime, *, reason: str = "") -> Clock:
    """Stop the clock (ValueError if it stands already); `reason` is a code, kept in `why`."""
    if clock.paused_at is not None:
        raise ValueError("the clock is paused already")
    at = _minute(calendar, at)
    remaining = _remaining(clock, calendar, at)
    step = {
        "rule": "paused",
        "at": at.isoformat(),
        "reason": reason,
        "remaining_minutes": remaining,
    }
    return replace(clock, paused_at=at, remaining_minutes=remaining, why=(*clock.why, step))


def resume(clock: Clock, calendar: WorkingCalendar, at: datetime) -> Clock:
    """Let the clock run on: the time since the pause has not counted (ValueError if it runs).

    A limit in calendar days moves by whole days; one that was late stays as late as it was.
    """
    if clock.paused_at is None or clock.remaining_minutes is None:
        raise ValueError("the clock is not paused")
    at = _minute(calendar, at)
    if at < clock.paused_at:
        raise ValueError("a clock cannot resume before it was paused")
    due_at = _resumed_due(clock, calendar, at)
    since = at.date() if clock.limit.is_working_time else due_at.date()
    steps = (
        {
            "rule": "resumed",
            "at": at.isoformat(),
            "remaining_minutes": clock.remaining_minutes,
        },
        *_until_due(calendar, since, due_at),
    )
    return replace(
        clock, due_at=due_at, paused_at=None, remaining_minutes=None, why=(*clock.why, *steps)
    )


def restart(clock: Clock, calendar: WorkingCalendar, at: datetime, *, cutoff: bool = True) -> Clock:
    """Count the full limit again from `at`, running or paused (Decree 61/2018 art. 19.4)."""
    fresh = start(calendar, clock.limit, at, cutoff=cutoff)
    step = {"rule": "restarted", "at": fresh.started_at.isoformat()}
    return replace(fresh, restarts=clock.restarts + 1, why=(*clock.why, step, *fresh.why))


def extend(clock: Clock, due_at: datetime, at: datetime, *, reason: str = "") -> Clock:
    """Appoint a later `due_at`, as decided at `at` (ValueError if earlier, or if paused)."""
    if clock.paused_at is not None:
        raise ValueError("a paused clock cannot be extended: resume it first")
    due_at = due_at.replace(second=0, microsecond=0)
    if due_at <= clock.due_at:
        raise ValueError("the new end must come after the present one")
    step = {
        "rule": "extended",
        "at": at.astimezone(due_at.tzinfo).replace(second=0, microsecond=0).isoformat(),
        "due_before": clock.due_at.isoformat(),
        "due_at": due_at.isoformat(),
        "reason": reason,
    }
    return replace(clock, due_at=due_at, why=(*clock.why, step))


def remaining_minutes(clock: Clock, calendar: WorkingCalendar, at: datetime) -> int:
    """Minutes left at `at`: working minutes for a limit in working time, otherwise plain ones.

    While paused: what was left then. Negative exactly when the clock is late.
    """
    if clock.remaining_minutes is not None:
        return clock.remaining_minutes
    left = _remaining(clock, calendar, at)
    return min(left, -1) if is_late(clock, at) else left


def is_late(clock: Clock, at: datetime) -> bool:
    """Whether the limit is over at `at`; a paused clock is late only if it was when it stopped."""
    moment = clock.paused_at or at
    return moment.replace(second=0, microsecond=0) > clock.due_at


def working_day_before(calendar: WorkingCalendar, moment: datetime, days: int = 1) -> datetime:
    """`days` working days before `moment` (an apology must come a working day before the end)."""
    return wt.minus_working_days(calendar, moment, days)


def _minute(calendar: WorkingCalendar, at: datetime) -> datetime:
    return calendar.local(at).replace(second=0, microsecond=0)


def _counted_from(
    calendar: WorkingCalendar, limit: Duration, at: datetime, *, cutoff: bool
) -> tuple[datetime, tuple[Step, ...]]:
    if limit.unit == "hours" or (limit.unit == "days" and not cutoff):
        return at, ()
    worked = wt.is_working_day(calendar, at.date())
    if cutoff and worked and calendar.cutoff is not None and at.time() > calendar.cutoff:
        next_day = wt.next_working_day(calendar, at.date())
        counted_from = wt.start_of_working_day(calendar, next_day)
        step = _delay("after-cutoff", at, counted_from)
        return counted_from, ({**step, "cutoff": calendar.cutoff.isoformat("minutes")},)
    counted_from = wt.next_working_instant(calendar, at)
    if counted_from == at:
        return at, ()
    return counted_from, (_delay("outside-hours", at, counted_from),)


def _delay(rule: str, at: datetime, counted_from: datetime) -> Step:
    return {"rule": rule, "at": at.isoformat(), "counted_from": counted_from.isoformat()}


def _passed_over_since(limit: Duration, counted_from: datetime, at: datetime) -> date:
    """From when closed days lengthen the limit: at once, at its last day, or never."""
    if limit.is_working_time:
        return at.date()
    last = counted_from.date() + timedelta(days=limit.count)
    return last if limit.unit == "days" else date.max


def _due(calendar: WorkingCalendar, limit: Duration, counted_from: datetime) -> datetime:
    match limit.unit:
        case "same-day":
            return wt.end_of_working_day(calendar, counted_from.date())
        case "working-hours":
            return wt.add_working(calendar, counted_from, limit.count * 60)
        case "working-days":
            return wt.add_working_days(calendar, counted_from, limit.count)
        case "days":
            last = counted_from.date() + timedelta(days=limit.count)
            return wt.end_of_working_day(calendar, last)
        case "hours":
            return counted_from + timedelta(hours=limit.count)


def _remaining(clock: Clock, calendar: WorkingCalendar, at: datetime) -> int:
    at = _minute(calendar, at)
    if clock.limit.is_working_time:  # a wait before the count begins takes nothing of the limit
        since = max(at, clock.counted_from)
        return wt.working_minutes_between(calendar, since, clock.due_at)
    return (clock.due_at - at) // _MINUTE


def _resumed_due(clock: Clock, calendar: WorkingCalendar, at: datetime) -> datetime:
    paused_at, left = clock.paused_at, clock.remaining_minutes
    assert paused_at is not None
    assert left is not None
    if clock.limit.unit == "hours":
        return calendar.local(clock.due_at) + (at - paused_at)
    if clock.limit.unit == "days":
        waited = at.date() - calendar.local(paused_at).date()
        return wt.end_of_working_day(calendar, calendar.local(clock.due_at).date() + waited)
    if left == 0:  # no working time lay between: late stays late, and in time stays in time
        return at - _MINUTE if is_late(clock, at) else max(calendar.local(clock.due_at), at)
    return wt.add_working(calendar, max(at, clock.counted_from), left)


def _until_due(calendar: WorkingCalendar, since: date, due_at: datetime) -> tuple[Step, ...]:
    due = {"rule": "due", "at": due_at.isoformat()}
    return (*_skipped(calendar, since, due_at.date()), due)


def _skipped(calendar: WorkingCalendar, since: date, until: date) -> tuple[Step, ...]:
    """Runs of closed days of one name, in order."""
    steps: list[Step] = []
    for day in wt.closed_days(calendar, since, until):
        name = calendar.holidays.get(day)
        step = {
            "rule": "skipped",
            "from": day.isoformat(),
            "until": day.isoformat(),
            "kind": "weekend" if name is None else "holiday",
            "name": name or {},
        }
        last = steps[-1] if steps else None
        follows = last and date.fromisoformat(last["until"]) + timedelta(days=1) == day
        if last and follows and (last["kind"], last["name"]) == (step["kind"], step["name"]):
            last["until"] = day.isoformat()
        else:
            steps.append(step)
    return tuple(steps)
