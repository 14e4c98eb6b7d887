"""Identifiers made by the application: UUID version 7 (RFC 9562), ordered by time, no sequences."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def new_id() -> UUID:
    """A UUIDv7, strictly increasing within this process."""
    global _last
    with _lock:
        # 48 bits of milliseconds followed by 12 bits of the sub-millisecond part, kept monotonic.
        stamp = (time.time_ns() << 12) // 1_000_000
        _last = max(_last + 1, stamp)
        stamp = _last
    random = int.from_bytes(os.urandom(8)) >> 2
    return UUID(int=(stamp >> 12) << 80 | 0x7 << 76 | (stamp & 0xFFF) << 64 | 0b10 << 62 | random)
