"""What a process remembers of the directory, with a bound, until the pack is loaded again.

Another process learns of a load within `RECHECK_SECONDS`, by one small statement.
"""

import time
from collections.abc import Callable, Hashable
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from motcua.directory.models import Load
from motcua.kernel import clock

RECHECK_SECONDS = 60.0
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class Memory(Generic[K, V]):
    """A dictionary that forgets its oldest entries beyond `bound`, and all after a load."""

    def __init__(self, bound: int) -> None:
        self.bound = bound
        self._held: dict[K, V] = {}
        _memories.append(self)

    def get(self, key: K, read: Callable[[], V]) -> V:
        """What is remembered under `key`, else what `read` finds (a None is not remembered)."""
        _renew()
        if (held := self._held.get(key)) is not None:
            return held
        if (found := read()) is not None:
            self.put(key, found)
        return found

    def put(self, key: K, value: V) -> None:
        """Remember a value; the oldest goes when there are too many."""
        while len(self._held) >= self.bound:
            self._held.pop(next(iter(self._held), key), None)
        self._held[key] = value

    def clear(self) -> None:
        """Forget all."""
        self._held = {}


class _Seen:
    """Which load this process has seen, and when it looked."""

    load: UUID | None = None
    looked = float("-inf")


_memories: list[Memory[Any, Any]] = []


def forget() -> None:
    """Forget everything; the next question reads the database."""
    for memory in _memories:
        memory.clear()


def today() -> date:
    """The day it is in the country."""
    return timezone.localdate(clock.now())


def _renew() -> None:
    now = time.monotonic()
    if now - _Seen.looked < RECHECK_SECONDS or getattr(settings, "TESTING", False):
        return
    _Seen.looked = now
    last = Load.objects.order_by("-id").values_list("id", flat=True).first()
    if last != _Seen.load:
        _Seen.load = last
        forget()
