"""Legal clocks that explain themselves (placeholder until the working-time module lands)."""

from datetime import datetime

from msgspec import Struct


class Clock(Struct, frozen=True, kw_only=True, omit_defaults=True):
    due_at: datetime
