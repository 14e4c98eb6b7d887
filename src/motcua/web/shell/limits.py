"""Token buckets in the memory of this process: how often one address or account may ask.

In memory, because a limit must be cheaper than what it protects; with N processes a caller gets at
most N times the rate. A limit that must be exact across processes (failed sign-ins) is kept in the
database by `identity`. Idle buckets are dropped, and the number of buckets is bounded.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from msgspec import Struct

MOST_BUCKETS = 50_000


class Rate(Struct, frozen=True):
    """`burst` requests at once, then `per_minute` as time passes."""

    per_minute: float
    burst: float


class Limiter:
    """Thread-safe; `wait(key)` is 0.0 when the request may pass, else the seconds to wait."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate = rate
        self._clock = clock
        self._lock = threading.Lock()
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str) -> float:
        now, speed = self._clock(), self._rate.per_minute / 60
        with self._lock:
            tokens, then = self._buckets.pop(key, (self._rate.burst, now))
            tokens = min(self._rate.burst, tokens + (now - then) * speed)
            allowed = tokens >= 1
            self._buckets[key] = (tokens - 1 if allowed else tokens, now)
            while len(self._buckets) > MOST_BUCKETS:
                self._buckets.popitem(last=False)
        return 0.0 if allowed else (1 - tokens) / speed
