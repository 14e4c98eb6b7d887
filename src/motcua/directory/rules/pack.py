"""The directory that a pack describes, planned as rows with natural keys, and its faults."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from msgspec import Struct

from motcua.directory.rules.naming import body_name

Text = dict[str, str]
Row = Mapping[str, str]


class AreaPlan(Struct, frozen=True, kw_only=True):
    """A line of areas/*.csv."""

    code: str
    level: str
    kind: str
    name: str
    parent_code: str
    valid_from: date
    valid_until: date | None
    number_prefix: str = ""
    number_confidence: str = ""
    org_code: str = ""
    org_confidence: str = ""
    successors: tuple[str, ...] = ()


class BodyPlan(Struct, frozen=True, kw_only=True):
    """A body to be; `under` and `successors` are codes, `units` the pack's unit names."""

    code: str
    kind: str
    name: Text
    area_code: str
    under: str
    calendar: str
    confidence: str
    valid_from: date
    valid_until: date | None
    successors: tuple[str, ...]
    units: tuple[str, ...]


class Source(Struct, frozen=True, kw_only=True):
    """What the files of a pack say about the state, before it is planned."""

    country: dict[str, Any]
    bodies: dict[str, Any]
    provinces: list[dict[str, str]]
    communes: list[dict[str, str]]
    national: list[dict[str, str]]
    delegations: list[dict[str, str]]
    calendars: dict[str, Any]
    holidays: list[dict[str, str]]
    roles: dict[str, Any]


def plan_areas(source: Source) -> list[AreaPlan]:
    """Provinces of all times, then communes."""
    kinds = source.bodies["area-kinds"]
    return [_area(row, kinds) for row in (*source.provinces, *source.communes)]


def plan_bodies(source: Source, areas: list[AreaPlan]) -> list[BodyPlan]:
    """National bodies as listed, the others as each kind's pattern says."""
    known_since = as_date(source.country["known-since"])
    kinds, calendar = source.bodies["kinds"], source.country["calendar"]
    planned = [
        _national(row, kinds, calendar=calendar, since=known_since) for row in source.national
    ]
    factory = _Factory(source.bodies, areas, calendar)
    for kind, spec in kinds.items():
        planned += factory.bodies(kind, spec)
    return planned


class _Factory:
    """Makes the bodies of one kind, area by area."""

    def __init__(self, spec: Mapping[str, Any], areas: list[AreaPlan], calendar: str) -> None:
        self.spec, self.calendar = spec, calendar
        self.areas = areas
        self.provinces = {
            (a.code, a.valid_until is None): a for a in areas if a.level == "province"
        }

    def bodies(self, kind: str, spec: Mapping[str, Any]) -> Iterator[BodyPlan]:
        """One body per area of the kind's level; of ended areas only with `before: true`."""
        for area in self.areas:
            ended = area.valid_until is not None
            if area.level == spec["level"] and (spec.get("before") or not ended):
                yield self._body(kind, spec, area)

    def _body(self, kind: str, spec: Mapping[str, Any], area: AreaPlan) -> BodyPlan:
        return BodyPlan(
            code=self._code(spec, area),
            kind=kind,
            name=self._name(kind, spec, area),
            area_code=area.code,
            under=self._under(spec, area),
            calendar=spec.get("calendar", self.calendar),
            confidence=area.org_confidence if spec["code"] == "{org}" else "candidate",
            valid_from=area.valid_from,
            valid_until=area.valid_until,
            successors=tuple(
                self._code(spec, self.provinces[code, True]) for code in area.successors
            ),
            units=tuple(spec["units"]),
        )

    def _name(self, kind: str, spec: Mapping[str, Any], area: AreaPlan) -> Text:
        given = self.spec.get("named", {}).get(kind, {}).get(area.code)
        if given:
            return dict(given)
        return body_name(
            spec["name"], self.spec["area-kinds"][area.kind], full_name=area.name, kind=area.kind
        )

    def _province(self, area: AreaPlan) -> AreaPlan:
        return self.provinces[area.parent_code, True] if area.parent_code else area

    def _code(self, spec: Mapping[str, Any], area: AreaPlan) -> str:
        province = self._province(area)
        code: str = spec["code"].format(
            org=province.org_code, area_code=area.code, province_code=province.code
        )
        return code

    def _under(self, spec: Mapping[str, Any], area: AreaPlan) -> str:
        above: str = spec.get("under", "")
        if above in self.spec["kinds"]:
            return self._code(self.spec["kinds"][above], self._province(area))
        return above


def as_date(value: object) -> date:
    """A date of YAML or the text of one."""
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _until(row: Row) -> date | None:
    return date.fromisoformat(row["valid_until"]) if row.get("valid_until") else None


def _area(row: Row, kinds: Mapping[str, Any]) -> AreaPlan:
    return AreaPlan(
        code=row["code"],
        level=kinds.get(row["kind"], {}).get("level", ""),
        kind=row["kind"],
        name=row["name"],
        parent_code=row.get("parent_code", ""),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=_until(row),
        number_prefix=row.get("number_prefix", ""),
        number_confidence=row.get("number_confidence", ""),
        org_code=row.get("org_code", ""),
        org_confidence=row.get("org_confidence", ""),
        successors=tuple(row.get("successors", "").split()),
    )


def _national(row: Row, kinds: Mapping[str, Any], *, calendar: str, since: date) -> BodyPlan:
    spec = kinds.get(row["kind"], {})
    return BodyPlan(
        code=row["code"],
        kind=row["kind"],
        name={language: row[language] for language in ("vi", "en", "fr")},
        area_code="",
        under=row["under"],
        calendar=spec.get("calendar", calendar),
        confidence=row["confidence"],
        valid_from=date.fromisoformat(row["valid_from"]) if row["valid_from"] else since,
        valid_until=_until(row),
        successors=tuple(row["successors"].split()),
        units=tuple(spec.get("units", ())),
    )


def overlapping(spans: Iterable[tuple[str, date, date | None]]) -> list[str]:
    """Names that are valid twice on the same day."""
    faults: list[str] = []
    ends: dict[str, date] = {}
    for name, since, until in sorted(spans, key=lambda s: (s[0], s[1])):
        if ends.get(name, since) > since:
            faults.append(name)
        ends[name] = until or date.max
    return faults
