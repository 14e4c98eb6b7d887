"""How long a body has to answer a question about an access, and how such a question stands.

The law sets two working days to acknowledge a request of the person concerned and ten to act on it
(Law 91/2025/QH15 with Decree 356/2025/ND-CP); that a question about one access runs on the same
limits is this platform's policy, counted in the working days of the body that is asked.
"""

from datetime import datetime

from motcua.kernel.deadlines import Clock, start
from motcua.kernel.durations import Duration
from motcua.kernel.working_time import WorkingCalendar

ACKNOWLEDGE = Duration(unit="working-days", count=2)
ANSWER = Duration(unit="working-days", count=10)
LONGEST = 2000


def limits(calendar: WorkingCalendar, asked_at: datetime) -> tuple[datetime, Clock]:
    """Until when it must be acknowledged, and the clock of the answer."""
    return start(calendar, ACKNOWLEDGE, asked_at).due_at, start(calendar, ANSWER, asked_at)


def standing(
    now: datetime,
    *,
    acknowledge_by: datetime,
    due_at: datetime,
    acknowledged: bool,
    answered: bool,
) -> str:
    """ "answered", "late" (no answer in time), "unseen" (not even acknowledged in time),
    "acknowledged" or "asked"."""
    if answered:
        return "answered"
    if now > due_at:
        return "late"
    if acknowledged:
        return "acknowledged"
    return "unseen" if now > acknowledge_by else "asked"
