"""When to ask a gateway about an attempt whose end we have not heard of."""

from datetime import datetime, timedelta

LIFETIME = timedelta(minutes=15)  # how long the gateway lets somebody pay
GIVE_UP_AFTER = timedelta(days=3)  # then only the daily reconciliation finds it
_FIRST = timedelta(minutes=1)
_LONGEST = timedelta(hours=6)


def next_ask(asked_times: int, started_at: datetime, now: datetime) -> datetime | None:
    """The next moment to ask, after so many questions; None: give up."""
    if now >= started_at + GIVE_UP_AFTER:
        return None
    factor: int = 2 ** min(asked_times, 10)
    return now + min(_LONGEST, _FIRST * factor)
