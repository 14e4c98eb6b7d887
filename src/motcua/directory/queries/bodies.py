"""Bodies, their units and posts, calendars and roles."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Q

from motcua.directory.models import Body, BodySuccession, Calendar, Post, Role, Unit
from motcua.directory.queries.memory import Memory, today
from motcua.directory.rules import shapes
from motcua.kernel.refusals import Refusal
from motcua.kernel.working_time import WorkingCalendar

_FIELDS = shapes.Body.__struct_fields__
_bodies: Memory[UUID, shapes.Body] = Memory(20_000)
_by_code: Memory[str, tuple[UUID, ...]] = Memory(20_000)
_by_place: Memory[tuple[str, str], tuple[UUID, ...]] = Memory(40_000)
_units: Memory[UUID, tuple[shapes.Unit, ...]] = Memory(10_000)
_posts: Memory[UUID, shapes.Post] = Memory(20_000)
_calendars: Memory[str, WorkingCalendar] = Memory(100)
_roles: Memory[str, dict[str, shapes.Role]] = Memory(1)


def body(body_id: UUID) -> shapes.Body:
    """A body by its identifier; Refusal "directory.unknown-body"."""
    return _bodies.get(body_id, lambda: _one(body_id))


def _one(body_id: UUID) -> shapes.Body:
    row = Body.objects.filter(id=body_id).values(*_FIELDS).first()
    if row is None:
        raise Refusal("directory.unknown-body")
    return shapes.Body(**row)


def bodies(body_ids: Iterable[UUID]) -> dict[UUID, shapes.Body]:
    """Several bodies by identifier, in one statement; unknown ones are left out."""
    wanted = set(body_ids)
    found = {}
    for row in Body.objects.filter(id__in=wanted).values(*_FIELDS) if wanted else ():
        found[row["id"]] = shapes.Body(**row)
        _bodies.put(row["id"], found[row["id"]])
    return found


def body_by_code(code: str, on: date | None = None) -> shapes.Body | None:
    """The body that bears the code on that day (today by default)."""
    ids = _by_code.get(code, lambda: _remember(Q(code=code)))
    return next(iter(_holding(ids, on)), None)


def bodies_of(kind: str, area_code: str = "", on: date | None = None) -> tuple[shapes.Body, ...]:
    """Bodies of a kind for exactly this area ("" = national) on that day, by code."""
    ids = _by_place.get((kind, area_code), lambda: _remember(Q(kind=kind, area_code=area_code)))
    return _holding(ids, on)


def bodies_of_kind(kind: str, on: date | None = None) -> tuple[shapes.Body, ...]:
    """All bodies of a kind on that day, by code; one statement."""
    return _holding(_remember(Q(kind=kind)), on)


def _remember(which: Q) -> tuple[UUID, ...]:
    rows = Body.objects.filter(which).order_by("code", "valid_from").values(*_FIELDS)
    found = [shapes.Body(**row) for row in rows]
    for each in found:
        _bodies.put(each.id, each)
    return tuple(each.id for each in found)


def _holding(ids: tuple[UUID, ...], on: date | None) -> tuple[shapes.Body, ...]:
    day = on or today()
    return tuple(each for each in map(body, ids) if each.holds(day))


def successors_of(body_id: UUID) -> tuple[shapes.Body, ...]:
    """The bodies that took over from one that ended."""
    ids = BodySuccession.objects.filter(old_id=body_id).values_list("new_id", flat=True)
    return tuple(sorted(bodies(ids).values(), key=lambda each: each.code))


def units_of(body_id: UUID) -> tuple[shapes.Unit, ...]:
    """The units of a body, by kind."""
    return _units.get(body_id, lambda: _read_units(body_id))


def _read_units(body_id: UUID) -> tuple[shapes.Unit, ...]:
    rows = Unit.objects.filter(body_id=body_id).order_by("kind", "-valid_from")
    newest = {row["kind"]: row for row in reversed(rows.values("id", "body_id", "kind", "title"))}
    return tuple(shapes.Unit(**newest[kind]) for kind in sorted(newest))


def unit_of(body_id: UUID, kind: str) -> shapes.Unit:
    """The unit of a kind in a body; Refusal "directory.unknown-unit"."""
    for unit in units_of(body_id):
        if unit.kind == kind:
            return unit
    raise Refusal("directory.unknown-unit", kind=kind)


def desk_of(body_id: UUID) -> shapes.Unit:
    """The one-stop desk of a body; Refusal "directory.unknown-unit"."""
    return unit_of(body_id, "one-stop-desk")


def post(post_id: UUID) -> shapes.Post:
    """A post by its identifier; Refusal "directory.unknown-post"."""
    return _posts.get(post_id, lambda: _one_post(post_id))


def _one_post(post_id: UUID) -> shapes.Post:
    row = _post_rows(Q(id=post_id)).first()
    if row is None:
        raise Refusal("directory.unknown-post")
    return _post(row)


def posts(post_ids: Iterable[UUID]) -> dict[UUID, shapes.Post]:
    """Several posts by identifier, in one statement; unknown ones are left out."""
    wanted = set(post_ids)
    rows = _post_rows(Q(id__in=wanted)) if wanted else ()
    return {row["id"]: _post(row) for row in rows}


def posts_in(body_id: UUID, role: str = "", on: date | None = None) -> tuple[shapes.Post, ...]:
    """The posts of a body on that day, of one role if it is given."""
    day = on or today()
    which = Q(body_id=body_id, valid_from__lte=day)
    which &= Q(valid_until__isnull=True) | Q(valid_until__gt=day)
    if role:
        which &= Q(role=role)
    return tuple(_post(row) for row in _post_rows(which).order_by("role", "id"))


def _post_rows(which: Q) -> Any:
    return Post.objects.filter(which).values(
        "id", "body_id", "unit_id", "role", "title", "unit__kind"
    )


def _post(row: dict[str, Any]) -> shapes.Post:
    return shapes.Post(unit_kind=row.pop("unit__kind"), **row)


def calendar_of(body_id: UUID) -> WorkingCalendar:
    """When a body works."""
    return calendar(body(body_id).calendar)


def calendar(name: str) -> WorkingCalendar:
    """A working calendar of the pack; Refusal "directory.unknown-calendar"."""
    return _calendars.get(name, lambda: _read_calendar(name))


def _read_calendar(name: str) -> WorkingCalendar:
    definition = Calendar.objects.filter(name=name).values_list("definition", flat=True).first()
    if definition is None:
        raise Refusal("directory.unknown-calendar", calendar=name)
    return msgspec.convert(definition, WorkingCalendar, strict=False, str_keys=True)


def roles() -> dict[str, shapes.Role]:
    """All roles of the pack by name."""
    return _roles.get("roles", _read_roles)


def role(name: str) -> shapes.Role:
    """A role of the pack; Refusal "directory.unknown-role"."""
    if (found := roles().get(name)) is None:
        raise Refusal("directory.unknown-role", role=name)
    return found


def _read_roles() -> dict[str, shapes.Role]:
    rows = Role.objects.order_by("name").values("name", "title", "permissions")
    return {
        row["name"]: shapes.Role(
            name=row["name"], title=row["title"], permissions=frozenset(row["permissions"])
        )
        for row in rows
    }
