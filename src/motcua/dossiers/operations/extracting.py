"""What registers say in place of papers: fetched after the submission, for the body that decides.

A job does it, so that nobody waits for a register; one that is closed is asked again later. Each
reading is an act with the purpose of the procedure, and each extract an act of the dossier.
"""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from msgspec import Struct

from motcua.acts import api as acts
from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.answers import get
from motcua.catalogue.rules.procedure import Evidence, Procedure
from motcua.dossiers import access, storage
from motcua.dossiers.models import Extract
from motcua.dossiers.rules.state import Dossier, Effect
from motcua.dossiers.surroundings import local_date
from motcua.kernel import clock, jobs, texts
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers

JOB = "dossiers.extract"
FETCHED = "extract.fetched"
CLOSED = "registers.closed"
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)


class Found(Struct, kw_only=True):
    """What one register said for one paper. `law`: why it stands for the paper."""

    evidence: Evidence
    key: str
    state: str = "unavailable"
    values: list[dict[str, Any]] = []
    person: UUID | None = None
    law: str = ""
    again: bool = False


def want_extracts(procedure: Procedure, dossier: Dossier) -> None:
    """Ask for the extracts of a dossier, in the caller's transaction: one job, or none."""
    if replaced(procedure, dossier):
        key = f"{dossier.id}:{dossier.version}"
        jobs.enqueue(JOB, {"dossier_id": str(dossier.id)}, key=f"extract:{key}")


def replaced(procedure: Procedure, dossier: Dossier) -> tuple[Evidence, ...]:
    """The papers of this dossier that registers hold."""
    if not any(one.instead for one in procedure.evidence):
        return ()
    filed = dossier.submitted_at
    context = catalogue.Context(today=local_date(filed), filed=filed, recorded=dossier.recorded)
    return catalogue.evidence_replaced(procedure, dossier.answers, context)


def fetch(dossier_id: UUID) -> int:
    """Fetch what is not there yet, or is about another person since a supplement; how many rows.

    May run again: what was fetched stays. Nothing happens to a dossier that does not exist.
    """
    dossier = storage.load(dossier_id)
    if dossier is None:
        return 0
    procedure = catalogue.procedure(dossier.procedure)
    with transaction.atomic():
        known = {
            row.paper: row
            for row in Extract.objects.select_for_update().filter(dossier_id=dossier_id)
        }
        wanted = [
            (one, key_of(one, dossier))
            for one in replaced(procedure, dossier)
            if _is_open(known.get(one.paper), key_of(one, dossier))
        ]
        for found in _ask(procedure, dossier, wanted):
            _keep(dossier, found, known.get(found.evidence.paper))
    return len(wanted)


def fetch_due(limit: int = 50) -> int:
    """Ask again the registers that did not answer; how many dossiers were tried."""
    rows = Extract.objects.filter(retry_at__lte=clock.now()).order_by("retry_at")
    due = list(dict.fromkeys(rows.values_list("dossier_id", flat=True)[:limit]))
    for dossier_id in due:
        fetch(dossier_id)
    return len(due)


def note_asked(actor: Actor, dossier: Dossier, effect: Effect) -> None:
    """An officer wanted a paper that a register holds: kept beside the extract, and counted."""
    paper = str(effect.params["paper"])
    Extract.objects.update_or_create(
        dossier_id=dossier.id,
        paper=paper,
        defaults={
            "asked_at": clock.now(),
            "asked_by": actor.account_id,
            "asked_body": actor.body_id,
            "asked_reason": str(effect.params["reason"]),
        },
        create_defaults={
            "id": new_id(),
            "register": str(effect.params["register"]),
            "asked_at": clock.now(),
            "asked_by": actor.account_id,
            "asked_body": actor.body_id,
            "asked_reason": str(effect.params["reason"]),
        },
    )


def key_of(evidence: Evidence, dossier: Dossier) -> str:
    """Whose record stands for the paper: an answer's number, or the applicant's."""
    if evidence.of:
        found = get(dossier.answers, evidence.of)
        return found.strip() if isinstance(found, str) else ""
    if evidence.instead == "business":
        return str(dossier.applicant.get("on_behalf_of", "")).partition(":")[2]
    answered = get(dossier.answers, "applicant.personal_number")
    return str(dossier.applicant.get("personal_number") or answered or "")


def _is_open(row: Extract | None, key: str) -> bool:
    return row is None or row.key != key or row.state in {"waiting", "unavailable"}


def _ask(
    procedure: Procedure, dossier: Dossier, wanted: Sequence[tuple[Evidence, str]]
) -> list[Found]:
    """Read all at once; where a register is closed, the others are asked without it."""
    found = [Found(evidence=one, key=key, law=_law_of(one)) for one, key in wanted]
    declared = registers.registers()
    for one in found:
        if one.evidence.instead in declared and not one.key:
            one.state = "nothing"
    ask = [one for one in found if one.evidence.instead in declared and one.key]
    while ask:
        asks = [_wanted(one, declared[one.evidence.instead]) for one in ask]
        try:
            answers = registers.read_many(
                registers.reader_for(dossier.body_id),
                asks,
                purpose=f"procedure/{procedure.service}",
                dossier_id=dossier.id,
            )
        except Refusal as no:
            closed = str(no.params.get("register", "")) if no.code == CLOSED else ""
            for one in ask:
                one.again = one.again or one.evidence.instead == closed or not closed
            ask = [one for one in ask if closed and one.evidence.instead != closed]
            continue
        for one, ask_for, answer in zip(ask, asks, answers, strict=True):
            _take(one, ask_for, answer)
        break
    return found


def _wanted(one: Found, register: registers.Register) -> registers.Ask:
    fields = one.evidence.fields or register.extract
    return registers.Ask(register=register.register, key=one.key, fields=fields)


def _take(one: Found, ask: registers.Ask, answer: registers.Record | None) -> None:
    one.state = "nothing"
    if answer is None:
        return
    one.person = answer.person_id
    one.values = [
        {
            "field": path,
            "value": held.values[path.partition(".")[2]],
            "since": held.valid_from.isoformat(),
            "version": str(held.id),
            **({"disputed": True} if held.disputed else {}),
        }
        for path in ask.fields
        for held in answer.facts
        if held.fact == path.partition(".")[0]
        and held.values.get(path.partition(".")[2]) not in (None, "")
    ]
    if one.values:
        disputed = any(value.get("disputed") for value in one.values)
        one.state = "disputed" if disputed else "fetched"


def _law_of(evidence: Evidence) -> str:
    """The row of the once-only table, else the law of the register."""
    register = registers.registers().get(evidence.instead)
    own = texts.pick(register.law[0].title, "vi") if register and register.law else ""
    return evidence.law or own


def _keep(dossier: Dossier, found: Found, row: Extract | None) -> None:
    now = clock.now()
    said = found.state != "unavailable"
    attempts = (row.attempts if row else 0) + 1
    values: Mapping[str, Any] = {
        "register": found.evidence.instead,
        "key": found.key,
        "values": found.values,
        "law": found.law,
        "state": found.state,
        "fetched_at": now if said else None,
        "retry_at": now + _wait(attempts) if found.again else None,
        "attempts": attempts,
    }
    is_same = row is not None and row.state == found.state and row.key == found.key
    if row is None:
        Extract.objects.bulk_create(
            [Extract(dossier_id=dossier.id, paper=found.evidence.paper, **values)]
        )
    else:
        Extract.objects.filter(dossier_id=dossier.id, paper=row.paper).update(**values)
    if said or not is_same:
        _record(dossier, found)


def _record(dossier: Dossier, found: Found) -> None:
    acts.record(
        registers.reader_for(dossier.body_id),
        FETCHED,
        object=("dossier", dossier.id),
        dossier_id=dossier.id,
        subjects=(found.person,) if found.person else access.subjects_of(dossier),
        basis=found.law,
        detail={
            "paper": found.evidence.paper,
            "register": found.evidence.instead,
            "state": found.state,
            "fields": [value["field"] for value in found.values],
        },
        body_id=dossier.body_id,
    )


def _wait(attempts: int) -> timedelta:
    return min(LONGEST_WAIT, FIRST_WAIT * (1 << min(attempts - 1, 6)))
