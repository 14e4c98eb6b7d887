"""Loads the directory of a pack: all of it in one transaction, or nothing."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from motcua.acts import api as acts
from motcua.directory.models import (
    Area,
    AreaSuccession,
    Body,
    BodySuccession,
    Calendar,
    Delegation,
    Load,
    Role,
    Unit,
)
from motcua.directory.operations.reading import fingerprint, read_source
from motcua.directory.operations.sync import Counts, Table
from motcua.directory.queries.memory import forget
from motcua.directory.rules.area_book import search_words
from motcua.directory.rules.calendars import plan_calendars
from motcua.directory.rules.faults import area_faults, body_faults
from motcua.directory.rules.naming import bare_name
from motcua.directory.rules.pack import AreaPlan, BodyPlan, Source, plan_areas, plan_bodies
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.kernel.refusals import Refusal
from motcua.kernel.texts import phrase_key

_Links = dict[tuple[Any, ...], dict[str, Any]]
Progress = Callable[[str], None]
_LOCK = 0x6D6F7463_64697265  # one load at a time


def load_directory(pack: Path | str, progress: Progress | None = None) -> dict[str, Counts]:
    """Bring areas, bodies, units, calendars and roles to what the pack says; counts by table.

    Loading the same pack again takes one statement. What the pack no longer names is closed today,
    never deleted. `progress` is told each table and its rows ("areas: 3408"). Refusal
    "directory.wrong-pack" with a Problem per fault, PackFault for a file that cannot be read.
    """
    pack = Path(pack)
    mark = fingerprint(pack)
    if known := _loaded_before(mark):
        return known
    source = read_source(pack)
    areas = plan_areas(source)
    problems = tuple(area_faults(areas, source))
    bodies = [] if problems else plan_bodies(source, areas)
    problems = problems or tuple(body_faults(bodies, source))
    if problems:
        raise Refusal("directory.wrong-pack", problems)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        loader = _Loader(source, timezone.localdate(clock.now()), progress)
        loader.load(areas, bodies)
        transaction.on_commit(forget)
        _note(loader.counts, mark)
    forget()
    return loader.counts


def _loaded_before(mark: str) -> dict[str, Counts] | None:
    """What the last load counted, when the pack has not changed since."""
    last = Load.objects.order_by("-id").first()
    if last is None or last.fingerprint != mark:
        return None
    counts = msgspec.convert(last.counts, dict[str, Counts])
    return {name: Counts(same=c.new + c.changed + c.same) for name, c in counts.items()}


def _note(counts: Mapping[str, Counts], mark: str) -> None:
    plain = msgspec.to_builtins(dict(counts))
    load = Load.objects.create(at=clock.now(), fingerprint=mark, counts=plain)
    if any(c.new or c.changed or c.closed for c in counts.values()):
        acts.record(SYSTEM, "directory.loaded", object=("load", load.id), detail=plain)


class _Loader:
    """One load, table by table."""

    def __init__(self, source: Source, today: date, progress: Progress | None) -> None:
        self.source, self.today, self.progress = source, today, progress
        self.counts: dict[str, Counts] = {}

    def load(self, areas: list[AreaPlan], bodies: list[BodyPlan]) -> None:
        self._areas(areas)
        self._bodies(bodies)
        self._rules_of_work()

    def _done(self, name: str, counts: Counts) -> None:
        self.counts[name] = counts
        if self.progress:
            self.progress(f"{name}: {counts.new + counts.changed + counts.same}")

    def _areas(self, areas: list[AreaPlan]) -> None:
        table = Table(Area, ("code", "level", "valid_from"))
        wanted = {(a.code, a.level, a.valid_from): _area_values(a) for a in areas}
        self._done("areas", table.bring_to(wanted, close_on=self.today))
        links: _Links = {}
        for area in areas:
            for code in area.successors:
                heir = _heir(areas, code, area)
                old = table.id_of((area.code, area.level, area.valid_from))
                links[old, table.id_of((heir.code, heir.level, heir.valid_from))] = {}
        self._done("area-successions", _bring_links(AreaSuccession, links))

    def _bodies(self, bodies: list[BodyPlan]) -> None:
        table = Table(Body, ("code", "valid_from"))
        by_code: dict[str, list[BodyPlan]] = {}
        for body in bodies:
            by_code.setdefault(body.code, []).append(body)
        wanted: dict[Any, dict[str, Any]] = {}
        links: _Links = {}
        for body in bodies:
            key = (body.code, body.valid_from)
            parent = _in_force(by_code.get(body.under, ()), body.valid_from)
            wanted[key] = _body_values(body) | {
                "parent_id": table.id_of((parent.code, parent.valid_from)) if parent else None
            }
            for code in body.successors:
                if body.valid_until and (heir := _in_force(by_code[code], body.valid_until)):
                    links[table.id_of(key), table.id_of((heir.code, heir.valid_from))] = {}
        self._done("bodies", table.bring_to(wanted, close_on=self.today))
        self._done("body-successions", _bring_links(BodySuccession, links))
        self._units(bodies, table)

    def _units(self, bodies: list[BodyPlan], table: Table) -> None:
        units = self.source.bodies["units"]
        wanted = {
            (table.id_of((b.code, b.valid_from)), units[unit]["kind"], b.valid_from): {
                "title": units[unit]["title"],
                "valid_until": b.valid_until,
            }
            for b in bodies
            for unit in b.units
        }
        stored = Table(Unit, ("body_id", "kind", "valid_from"))
        self._done("units", stored.bring_to(wanted, close_on=self.today))

    def _rules_of_work(self) -> None:
        calendars = {
            (name,): {"definition": msgspec.json.decode(msgspec.json.encode(calendar))}
            for name, calendar in plan_calendars(self.source).items()
        }
        self._done("calendars", Table(Calendar, ("name",)).bring_to(calendars))
        roles = {
            (name,): {"title": role["title"], "permissions": sorted(role["permissions"])}
            for name, role in self.source.roles.items()
        }
        self._done("roles", Table(Role, ("name",)).bring_to(roles))
        delegations = {
            (row["kind"], row["area_code"], date.fromisoformat(row["valid_from"])): {
                "body_code": row["body_code"],
                "law": row["law"],
                "valid_until": date.fromisoformat(u) if (u := row["valid_until"]) else None,
            }
            for row in self.source.delegations
        }
        table = Table(Delegation, ("kind", "area_code", "valid_from"))
        self._done("delegations", table.bring_to(delegations, close_on=self.today))


def _area_values(area: AreaPlan) -> dict[str, Any]:
    return {
        "kind": area.kind,
        "name": area.name,
        "parent_code": area.parent_code,
        "valid_until": area.valid_until,
        "search_key": search_words(area.name),
        "sort_key": phrase_key(bare_name(area.name, area.kind)),
        "number_prefix": area.number_prefix,
        "number_confidence": area.number_confidence,
    }


def _body_values(body: BodyPlan) -> dict[str, Any]:
    return {
        "kind": body.kind,
        "name": body.name,
        "area_code": body.area_code,
        "calendar": body.calendar,
        "confidence": body.confidence,
        "valid_until": body.valid_until,
    }


def _heir(areas: list[AreaPlan], code: str, ended: AreaPlan) -> AreaPlan:
    """The area of that code which lives on the day when `ended` ends."""
    day = ended.valid_until or date.max
    return next(
        a
        for a in areas
        if (a.code, a.level) == (code, ended.level)
        and a.valid_from <= day
        and (a.valid_until is None or day < a.valid_until)
    )


def _in_force(bodies: Sequence[BodyPlan], on: date) -> BodyPlan | None:
    return next(
        (b for b in bodies if b.valid_from <= on and (b.valid_until is None or on < b.valid_until)),
        None,
    )


def _bring_links(model: type[Model], wanted: _Links) -> Counts:
    """Links have no life of their own: those that the pack no longer names are taken away."""
    table = Table(model, ("old_id", "new_id"))
    gone = [table.ids[key] for key in table.ids.keys() - wanted.keys()]
    model._default_manager.filter(id__in=gone).delete()  # noqa: SLF001 - Django's own name
    counts = table.bring_to(wanted)
    return Counts(new=counts.new, closed=len(gone), same=counts.same)
