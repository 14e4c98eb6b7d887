"""What is wrong with the directory of a pack; all faults together, each with its file and name."""

from collections.abc import Iterator

from motcua.directory.rules.pack import AreaPlan, BodyPlan, Source, overlapping
from motcua.kernel.refusals import Problem

Faults = Iterator[Problem]


def area_faults(areas: list[AreaPlan], source: Source) -> Faults:
    """Kinds and parents that are missing, codes valid twice, successors that do not exist."""
    kinds = source.bodies["area-kinds"]
    provinces = {a.code for a in areas if a.level == "province"}
    for area in areas:
        if area.kind not in kinds:
            yield _fault(f"areas.{area.code}", "unknown-kind", area.kind)
        if area.level == "commune" and area.parent_code not in provinces:
            yield _fault(f"areas.{area.code}", "unknown-parent", area.parent_code)
        for code in area.successors:
            if not _begins_or_lasts(areas, area, code):
                yield _fault(f"areas.{area.code}", "unknown-successor", code)
    spans = [(f"{a.level} {a.code}", a.valid_from, a.valid_until) for a in areas]
    for name in overlapping(spans):
        yield _fault(f"areas.{name}", "valid-twice", name)


def _begins_or_lasts(areas: list[AreaPlan], area: AreaPlan, code: str) -> bool:
    """Whether an area of that code and level exists on the day on which `area` ends."""
    return area.valid_until is not None and any(
        a.code == code
        and a.level == area.level
        and a.valid_from <= area.valid_until
        and (a.valid_until is None or a.valid_until > area.valid_until)
        for a in areas
    )


def body_faults(bodies: list[BodyPlan], source: Source) -> Faults:
    """Codes valid twice; kinds, parents, units, calendars and successors that do not exist."""
    codes = {b.code for b in bodies}
    for body in bodies:
        if body.kind not in source.bodies["kinds"]:
            yield _fault(f"bodies.{body.code}", "unknown-kind", body.kind)
        if body.under and body.under not in codes:
            yield _fault(f"bodies.{body.code}", "unknown-parent", body.under)
        if body.calendar not in source.calendars["weeks"]:
            yield _fault(f"bodies.{body.code}", "unknown-calendar", body.calendar)
        for unit in set(body.units) - source.bodies["units"].keys():
            yield _fault(f"bodies.{body.code}", "unknown-unit", unit)
        for code in set(body.successors) - codes:
            yield _fault(f"bodies.{body.code}", "unknown-successor", code)
    for code in overlapping((b.code, b.valid_from, b.valid_until) for b in bodies):
        yield _fault(f"bodies.{code}", "valid-twice", code)
    for row in source.delegations:
        if row["body_code"] not in codes:
            yield _fault(f"competences.{row['area_code']}", "unknown-body", row["body_code"])


def _fault(path: str, code: str, value: str) -> Problem:
    return Problem(path=path, code=code, params={"value": value})
