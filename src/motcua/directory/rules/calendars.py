"""Working calendars from the pack's calendars.yaml and holidays.csv."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from motcua.directory.rules.pack import Source, as_date
from motcua.kernel.working_time import Interval, WorkingCalendar

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def plan_calendars(source: Source) -> dict[str, WorkingCalendar]:
    """Each week of the pack as a calendar, with the holidays and swapped days of the country."""
    holidays = {
        date.fromisoformat(row["date"]): {k: row[k] for k in ("vi", "en", "fr")}
        for row in source.holidays
    }
    extra = {
        as_date(day): _intervals(hours) for day, hours in source.calendars.get("extra", {}).items()
    }
    timezone = source.country["timezone"]
    return {
        name: WorkingCalendar(
            name=name,
            timezone=timezone,
            weekly=_weekly(week),
            holidays=holidays,
            extra=extra,
            cutoff=time.fromisoformat(week["cutoff"]) if week.get("cutoff") else None,
        )
        for name, week in source.calendars["weeks"].items()
    }


def _weekly(week: Mapping[str, Any]) -> dict[int, tuple[Interval, ...]]:
    return {n: _intervals(week[day]) for n, day in enumerate(WEEKDAYS) if day in week}


def _intervals(hours: list[list[str]]) -> tuple[Interval, ...]:
    return tuple((time.fromisoformat(start), time.fromisoformat(end)) for start, end in hours)
