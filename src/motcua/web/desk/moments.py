"""A day and a time as an officer types them, in the time zone of the platform."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import timezone

from motcua.web.shell.controls import Typed

LAST_YEAR = 2200


def day_of(values: Any, name: str) -> date | None:
    """The day in the three boxes `name-day|-month|-year`; None when there is no such day."""
    typed = _typed(values)
    parts = [typed.one(f"{name}-{part}").strip() for part in ("year", "month", "day")]
    if not all(part.isascii() and part.isdigit() and len(part) <= 4 for part in parts):
        return None
    year, month, day = map(int, parts)
    try:
        return date(year, month, day) if 1900 < year < LAST_YEAR else None
    except ValueError:
        return None


def moment_of(values: Any, name: str) -> datetime | None:
    """The day in `name` and the time in `name-time` ("14:30", "14h30") as a moment."""
    day, clock = day_of(values, name), time_of(_typed(values).one(f"{name}-time"))
    if day is None or clock is None:
        return None
    return datetime.combine(day, clock, timezone.get_current_timezone())


def time_of(text: str) -> time | None:
    """ "14:30", "14h30", "14h" or "14.30"; None for anything else."""
    hour, _mark, minute = text.strip().lower().replace("h", ":").replace(".", ":").partition(":")
    minute = minute or "0"
    if not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in (hour, minute)):
        return None
    return time(int(hour), int(minute)) if int(hour) < 24 and int(minute) < 60 else None


def boxes(name: str, at: datetime | date) -> Mapping[str, str]:
    """The same moment as it would have been typed."""
    local = timezone.localtime(at) if isinstance(at, datetime) else None
    day = local.date() if local else at
    typed = {f"{name}-day": str(day.day), f"{name}-month": str(day.month)}
    typed[f"{name}-year"] = str(day.year)
    return typed | ({f"{name}-time": f"{local:%H:%M}"} if local else {})


def _typed(values: Any) -> Typed:
    return values if isinstance(values, Typed) else Typed(values)
