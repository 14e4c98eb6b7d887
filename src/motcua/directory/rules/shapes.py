"""What the directory hands out: immutable facts, valid from (inclusive) until (exclusive)."""

from datetime import date
from uuid import UUID

from msgspec import Struct

Text = dict[str, str]


class Area(Struct, frozen=True, kw_only=True):
    """A province or a commune (đơn vị hành chính) during one span of time.

    `name` is complete ("Phường Ba Đình"), `kind` the pack's word ("Phường"). A code is reused
    after a merger: only (code, level, valid_from) names one area. `number_prefix`: the first three
    digits of personal numbers registered here, with its confidence ("verified" or "recalled").
    """

    id: UUID
    code: str
    level: str
    kind: str
    name: str
    parent_code: str
    valid_from: date
    valid_until: date | None = None
    search_key: str = ""
    sort_key: str = ""
    number_prefix: str = ""
    number_confidence: str = ""
    successors: tuple[UUID, ...] = ()

    def holds(self, on: date) -> bool:
        """Whether the area exists on that day."""
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


class Body(Struct, frozen=True, kw_only=True):
    """A public body (cơ quan). `confidence`: how sure the code is; only "verified" is official."""

    id: UUID
    code: str
    kind: str
    name: Text
    area_code: str
    parent_id: UUID | None
    calendar: str
    confidence: str
    valid_from: date
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        """Whether the body exists on that day."""
        return self.valid_from <= on and (self.valid_until is None or on < self.valid_until)


class Unit(Struct, frozen=True, kw_only=True):
    """A part of a body (phòng, bộ phận); `kind` is "one-stop-desk", "civil-status", ..."""

    id: UUID
    body_id: UUID
    kind: str
    title: Text


class Post(Struct, frozen=True, kw_only=True):
    """A seat in a unit (vị trí việc làm); who sits there is told by `identity`."""

    id: UUID
    body_id: UUID
    unit_id: UUID
    unit_kind: str
    role: str
    title: Text


class Role(Struct, frozen=True, kw_only=True):
    """What a post may do: its permissions, within its own body."""

    name: str
    title: Text
    permissions: frozenset[str]
