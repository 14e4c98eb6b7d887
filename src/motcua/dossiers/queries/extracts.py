"""Extracts for whoever may see the dossier, and how often papers were asked for all the same."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count

from motcua.catalogue.rules.procedure import Evidence, Procedure
from motcua.dossiers.models import Extract
from motcua.dossiers.queries.names import body_name
from motcua.dossiers.rules.state import Dossier
from motcua.dossiers.shapes import AskedInSpite, ExtractLine, ExtractView
from motcua.registers import api as registers


def extracts_of(procedure: Procedure, dossier: Dossier) -> tuple[ExtractView, ...]:
    """What registers said in place of papers, in the order of the evidence; one statement, and
    none where no register replaces a paper."""
    held = [one for one in procedure.evidence if one.instead]
    if not held:
        return ()
    rows = {row.paper: row for row in Extract.objects.filter(dossier_id=dossier.id)}
    return tuple(_view(procedure, one, rows[one.paper]) for one in held if one.paper in rows)


def papers_asked_in_spite(
    body_id: UUID | None = None, since: datetime | None = None
) -> tuple[AskedInSpite, ...]:
    """How often bodies (or one) asked for papers that registers hold, by reason, most first."""
    rows = Extract.objects.filter(asked_at__isnull=False)
    if body_id is not None:
        rows = rows.filter(asked_body=body_id)
    if since is not None:
        rows = rows.filter(asked_at__gte=since)
    counted = rows.values("asked_body", "asked_reason").annotate(count=Count("id"))
    return tuple(
        AskedInSpite(
            body_id=row["asked_body"],
            body=body_name(row["asked_body"]),
            reason=row["asked_reason"],
            count=row["count"],
        )
        for row in counted.order_by("-count", "asked_body", "asked_reason")
        if row["asked_body"] is not None
    )


def _view(procedure: Procedure, evidence: Evidence, row: Extract) -> ExtractView:
    register = registers.registers().get(row.register)
    reasons = {one.code: one.title for one in procedure.reasons}
    return ExtractView(
        paper=row.paper,
        title=evidence.title,
        register=row.register,
        source=register.title if register else {},
        state=row.state,
        lines=tuple(_line(register, value) for value in row.values),
        law=row.law,
        fetched_at=row.fetched_at,
        asked_reason=reasons.get(row.asked_reason, {}),
        asked_body=body_name(row.asked_body) if row.asked_body else {},
    )


def _line(register: registers.Register | None, value: Mapping[str, Any]) -> ExtractLine:
    field = register.field(str(value["field"])) if register else None
    return ExtractLine(
        title=field.title if field else {},
        kind=field.kind if field else "text",
        value=value["value"],
        options={one.value: one.title for one in field.options} if field else {},
        since=str(value.get("since", "")),
        disputed=bool(value.get("disputed")),
    )
