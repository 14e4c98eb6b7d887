"""Records of registers as an officer reads them for a dossier: open, his, and naming the record."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from motcua.acts import api as acts
from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.answers import get
from motcua.catalogue.rules.procedure import Procedure
from motcua.dossiers import access
from motcua.dossiers.rules.state import Dossier
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers

# Answers of these kinds name a person, a business or a thing in a register.
_NAMING = frozenset({"personal-number", "old-id-number", "business-number", "code"})


def read_record(
    actor: Actor,
    dossier_id: UUID,
    ask: registers.Ask,
    *,
    purpose: str = "",
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> registers.Record | None:
    """A record that the dossier names, for the purpose "procedure/<its service>" (another stated
    `purpose` is refused).

    The dossier must be visible to the actor and not ended; the key must be the applicant's or among
    its answers. What grants give is decided by the register; None as for `registers.read`.
    Refusals: dossiers.not-found, dossiers.closed, dossiers.other-purpose,
    dossiers.record-not-named (itself an act), and those of `registers.read`.
    """
    dossier = access.visible(actor, dossier_id)
    if dossier.ended_at is not None:
        raise Refusal("dossiers.closed")
    procedure = catalogue.procedure(dossier.procedure)
    own = f"procedure/{procedure.service}"
    if purpose not in ("", own):
        raise Refusal("dossiers.other-purpose", purpose=own)
    if ask.key not in set(named_keys(procedure, dossier)):
        _note_refusal(actor, dossier, ask, purpose=own)
        raise Refusal("dossiers.record-not-named")
    return registers.read(
        actor, ask, purpose=own, dossier_id=dossier_id, as_of=as_of, known_at=known_at
    )


def named_keys(procedure: Procedure, dossier: Dossier) -> Iterator[str]:
    """Whatever in a dossier may be the key of a record: numbers and codes, those of rows too."""
    yield str(dossier.applicant.get("personal_number") or "")
    yield str(dossier.applicant.get("on_behalf_of") or "").removeprefix("business:")
    paths = {*procedure.persons.values(), *(paper.of for paper in procedure.evidence if paper.of)}
    for field in procedure.fields():
        value = get(dossier.answers, field.field)
        if field.kind in _NAMING or field.field in paths:
            yield str(value or "")
        for column in field.columns if field.kind == "rows" else ():
            yield from (_of_row(row, column.field) for row in value or () if _names(column.kind))


def _names(kind: str) -> bool:
    return kind in _NAMING


def _of_row(row: Mapping[str, Any], name: str) -> str:
    return str(row.get(name) or "")


def _note_refusal(actor: Actor, dossier: Dossier, ask: registers.Ask, *, purpose: str) -> None:
    """Somebody tried to use one case to look into another: the person concerned is told."""
    person = registers.person_ids([ask.key]).get(ask.key)
    acts.record(
        actor,
        "registers.read-denied",
        object=("record", registers.record_id(ask.register, ask.key)),
        dossier_id=dossier.id,
        subjects=(person,) if person else (),
        purpose=purpose,
        detail={"register": ask.register, "fields": list(ask.fields)},
    )
