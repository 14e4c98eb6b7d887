"""The world around one decision, gathered for the engine: calendars, competent bodies, a code."""

from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.utils import timezone

from motcua.catalogue.rules.procedure import REGISTER_OWNER, Procedure
from motcua.directory import api as directory
from motcua.dossiers.rules.state import Dossier
from motcua.dossiers.rules.surroundings import Surroundings, bodies_needed
from motcua.kernel import clock
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers


def around(
    procedure: Procedure, dossier: Dossier, *, code: str = "", also: UUID | None = None
) -> Surroundings:
    """What the engine may ask about while it decides on this dossier.

    `code` only to accept; `also` a body that comes in with this decision.
    """
    others = {task.body_id for task in dossier.tasks if task.body_id}
    others |= {also} if also else set()
    return Surroundings(
        calendar=directory.calendar_of(dossier.body_id),
        desk_calendar=directory.calendar_of(dossier.desk_id),
        calendars={body: directory.calendar_of(body) for body in others},
        bodies=competent_bodies(procedure, dossier.answers, local_date(clock.now())),
        new_id=new_id,
        zone=ZoneInfo(settings.TIME_ZONE),
        next_code=code,
        province=province_of(dossier.body_id),
    )


def province_of(body_id: UUID) -> str:
    """The two-digit code of the province in which a body works; "" for a national one."""
    area = directory.body(body_id).area_code
    province = directory.province_of(area) if area else None
    return province.code if province else ""


def competent_bodies(
    procedure: Procedure, answers: dict[str, object], on: date
) -> dict[tuple[str, str], UUID]:
    """Who is competent for each (kind, place) that the route may need; unknown ones are left out,
    and the engine refuses when it really needs one."""
    found = {}
    for kind, place in bodies_needed(procedure, answers):
        try:
            found[kind, place] = deciding_body(kind, place, on).id
        except Refusal:
            continue
    return found


def deciding_body(kind: str, place: str, on: date) -> directory.Body:
    """The competent body for a place; where a register is named instead, the body that keeps it.

    Refusals directory.no-competent-body, registers.no-such-register.
    """
    if kind != REGISTER_OWNER:
        return directory.competent_body(kind, place, on)
    body = directory.body_by_code(registers.register(place).owner, on)
    if body is None:
        raise Refusal("directory.no-competent-body", kind=kind, area_code=place, why="no-body")
    return body


def next_code(desk_id: UUID, at: datetime) -> str:
    """The next dossier code of a receiving body: its id, the day, the order of that day.

    Circular 03/2025/TT-VPCP art. 13: MX1X2.Y1Y2Y3.Z1Z2-YYMMDD-XXXX, at least four digits. The
    counter's row lock lasts until the transaction ends: no number is given twice, none is lost.
    """
    body = directory.body(desk_id)
    day = local_date(at)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [body.code, day])
        order = cursor.fetchone()[0]
    return f"{body.code}-{day:%y%m%d}-{order:04}"


def local_date(moment: datetime) -> date:
    """The date here at a moment."""
    return timezone.localtime(moment).date()


_COUNT = """
INSERT INTO dossiers_daycounter (body_code, day, last) VALUES (%s, %s, 1)
ON CONFLICT (body_code, day) DO UPDATE SET last = dossiers_daycounter.last + 1
RETURNING last
"""
