"""What follows from rights exercised as procedures: a correction asked for opens the dispute, its
decision closes it. Read from the ledger, so that dossiers knows nothing of it."""

import logging

from django.db import transaction

from motcua.acts import api as acts
from motcua.dossiers import api as dossiers
from motcua.identity import api as identity
from motcua.kernel.actors import SYSTEM
from motcua.kernel.refusals import Refusal
from motcua.openness.rules.entries import field_named
from motcua.registers import api as registers

READER = "openness"
CORRECTION = "data-correction"
OUTCOMES = {
    "dossier.granted": "upheld",
    "dossier.refused": "dismissed",
    "dossier.withdrawn": "dismissed",
}
OPENS = "dossier.submitted"
BATCH, MOST_BATCHES = 500, 40
MOST_OPEN = 100_000
_log = logging.getLogger(__name__)


def follow_rights() -> int:
    """Follow the ledger to its end (at most 20,000 acts); how many acts had a consequence."""
    done = 0
    for _turn in range(MOST_BATCHES):
        with transaction.atomic():
            reader = acts.Reader(READER)
            rows = reader.read(BATCH)
            done += follow(rows)
            reader.advance()
        if len(rows) < BATCH:
            break
    return done


def follow(rows: list[acts.ActRow]) -> int:
    """Do what follows from these acts; how many had a consequence. Repeatable."""
    told = [row for row in rows if row.dossier_id and row.verb in {OPENS, *OUTCOMES}]
    if not told:
        return 0
    services = dossiers.services_of({row.dossier_id for row in told if row.dossier_id})
    ours = [row for row in told if services.get(row.dossier_id) == CORRECTION]  # type: ignore[arg-type]
    for row in ours:
        try:
            with transaction.atomic():
                _carry_out(row)
        except Refusal as no:  # already disputed, already closed, no such entry: nothing to do
            _log.info("right_not_followed", extra={"verb": row.verb, "code": no.code})
    return len(ours)


def _carry_out(row: acts.ActRow) -> None:
    assert row.dossier_id is not None  # `_batch` has chosen those that have one
    if row.verb == OPENS:
        _open(dossiers.dossier_view(SYSTEM, row.dossier_id).dossier)
        return
    request = dossiers.dossier_view(SYSTEM, row.dossier_id).dossier.answers.get("request") or {}
    for one in registers.disputes(SYSTEM, str(request.get("register") or ""), limit=MOST_OPEN):
        if one.dossier_id == row.dossier_id:
            answer = str(row.detail.get("say") or row.verb)
            registers.close_dispute(SYSTEM, one.id, outcome=OUTCOMES[row.verb], answer=answer)


def _open(dossier: dossiers.Dossier) -> None:
    request = dossier.answers.get("request")
    if not isinstance(request, dict) or dossier.applicant_id is None:
        return
    register = registers.register(str(request.get("register") or ""))
    path = field_named(register, str(request.get("what") or ""))
    fact, _, field = path.partition(".")
    entry = str(request.get("entry") or "")
    key = entry
    if register.subject.kind == "person":
        key = str(request.get("personal_number") or "")
    applicant = identity.actor_of(identity.account(dossier.applicant_id))
    ask = registers.Ask(register=register.register, key=key)
    record = registers.read(applicant, ask, purpose="own", dossier_id=dossier.id)
    held = [one for one in record.facts if one.fact == fact] if record else []
    chosen = next((one for one in held if one.item == entry), held[0] if len(held) == 1 else None)
    if chosen is None:
        return  # the officer finds it: the request itself runs on its clock all the same
    registers.open_dispute(
        applicant,
        register=register.register,
        key=key,
        version_id=chosen.id,
        field=path if field else "",
        claim=str(request.get("claim") or ""),
        dossier_id=dossier.id,
    )
