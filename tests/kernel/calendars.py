"""Working calendars that several tests use."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from motcua.kernel.working_time import WorkingCalendar

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE_DAY = ((time(7, 30), time(11, 30)), (time(13, 30), time(17)))
TET = {"vi": "Tết Nguyên Đán", "en": "Lunar New Year", "fr": "Nouvel An lunaire"}

PLAIN_WEEK = WorkingCalendar(
    name="plain", timezone="Asia/Ho_Chi_Minh", weekly=dict.fromkeys(range(5), OFFICE_DAY)
)
OFFICE = WorkingCalendar(
    name="office",
    timezone="Asia/Ho_Chi_Minh",
    weekly=dict.fromkeys(range(5), OFFICE_DAY),
    holidays={date(2026, 2, day): TET for day in range(16, 21)},
    extra={date(2026, 2, 28): OFFICE_DAY},
)
DESK = WorkingCalendar(
    name="desk", timezone="Asia/Ho_Chi_Minh",
    weekly={**dict.fromkeys(range(5), OFFICE_DAY), 5: ((time(7, 30), time(11, 30)),)},
    holidays=OFFICE.holidays,
)  # fmt: skip


def hanoi(text: str) -> datetime:
    """`hanoi("2026-02-13 15:20")`."""
    return datetime.fromisoformat(text).replace(tzinfo=HANOI)
