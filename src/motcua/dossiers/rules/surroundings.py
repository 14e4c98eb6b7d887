"""What the engine is told about the world, because it may not look: calendars, bodies, new ids."""

from collections.abc import Callable, Mapping
from datetime import tzinfo
from typing import Any
from uuid import UUID

from msgspec import Struct

from motcua.catalogue.rules.answers import get
from motcua.catalogue.rules.procedure import Answers, Procedure
from motcua.dossiers.rules.state import Dossier
from motcua.kernel.refusals import Refusal
from motcua.kernel.working_time import WorkingCalendar


class Surroundings(Struct, frozen=True, kw_only=True):
    """The world around one decision.

    calendar: of the deciding body; desk_calendar: of the desk; calendars: of any other body.
    bodies: (kind of body, area code) -> body, for the pairs of `bodies_needed`.
    next_code: the dossier code to give; needed by `accept` only.
    province: two-digit code of the deciding body's province, for fee tables.
    zone: of the country, for `today` in conditions; None = that of `calendar`.
    """

    calendar: WorkingCalendar
    desk_calendar: WorkingCalendar
    new_id: Callable[[], UUID]
    calendars: Mapping[UUID, WorkingCalendar] = {}
    bodies: Mapping[tuple[str, str], UUID] = {}
    next_code: str = ""
    province: str = ""
    zone: tzinfo | None = None

    def calendar_of(self, dossier: Dossier, body_id: UUID | None) -> WorkingCalendar:
        """The working calendar of a body; the applicant (None) is counted in the deciding one."""
        if body_id in (None, dossier.body_id):
            return self.calendar
        found = self.calendars.get(body_id) if body_id else None
        return found or (self.desk_calendar if body_id == dossier.desk_id else self.calendar)

    def body(self, kind: str, place: str) -> UUID:
        """The competent body for a place, which the shell resolved beforehand."""
        try:
            return self.bodies[kind, place]
        except KeyError:
            raise Refusal("dossiers.no-competent-body", kind=kind, place=place) from None


def place_of(answers: Answers, path: str) -> str:
    """The area code answered at `path` ("" if none): an area, or the area of an address."""
    value: Any = get(answers, path)
    if isinstance(value, dict):
        value = value.get("area")
    return str(value or "")


def bodies_needed(procedure: Procedure, answers: Answers) -> tuple[tuple[str, str], ...]:
    """The (kind of body, area code) pairs that the shell must resolve into `bodies`."""
    parts = [(procedure.decided_by.body, procedure.decided_by.of)]
    parts += [(b.body, b.of) for step in procedure.route for b in step.together]
    return tuple(dict.fromkeys((kind, place_of(answers, of)) for kind, of in parts))
