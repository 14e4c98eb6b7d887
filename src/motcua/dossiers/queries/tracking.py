"""What anybody with the code may know: state, holder, since and until; nothing of the person."""

from uuid import UUID

from motcua.acts import api as acts
from motcua.catalogue import api as catalogue
from motcua.dossiers import storage
from motcua.dossiers.paper_data import step_title
from motcua.dossiers.queries.names import body_name, holders, officers
from motcua.dossiers.rules.state import Dossier
from motcua.dossiers.shapes import PublicEvent, Track
from motcua.kernel import clock
from motcua.kernel.refusals import Refusal

PUBLIC = (
    "dossier.submitted",
    "dossier.accepted",
    "dossier.transferred",
    "dossier.processing-started",
    "dossier.supplement-requested",
    "dossier.returned-to-applicant",
    "dossier.supplemented",
    "applicant.asked",
    "applicant.agreed",
    "applicant.corrected",
    "fee.asked",
    "fee.paid",
    "silence.counted",
    "dossier.visit-scheduled",
    "dossier.reappointed",
    "dossier.signed",
    "dossier.granted",
    "dossier.refused",
    "dossier.withdrawn",
    "result.sealed",
    "dossier.result-returned",
    "correction.requested",
    "result.reissued",
)


def track(code: str) -> Track:
    """By dossier code, however it was typed, or by the reference given before there is a code.

    Refusal("dossiers.no-such-code"). Decree 224 art. 15: agency, officer and times are public.
    """
    dossier_id = _reference(code) or storage.dossier_id_of(code.strip().upper().replace(" ", ""))
    dossier = storage.load(dossier_id) if dossier_id else None
    if dossier is None:
        raise Refusal("dossiers.no-such-code")
    return _track(dossier)


def _reference(code: str) -> UUID | None:
    try:
        return UUID(code.strip())
    except ValueError:
        return None


def _track(dossier: Dossier) -> Track:
    procedure = catalogue.procedure(dossier.procedure)
    timer = dossier.clock
    paused = bool(timer and timer.paused_at)
    running = timer is not None and not paused and dossier.ended_at is None
    names = officers(task.officer_id for task in dossier.open_tasks)
    return Track(
        code=dossier.code,
        reference=str(dossier.id),
        service=procedure.service,
        title=procedure.title,
        status=int(dossier.status),
        step=step_title(procedure, dossier.at),
        body=body_name(dossier.body_id),
        submitted_at=dossier.submitted_at,
        accepted_at=dossier.accepted_at,
        due_at=timer.due_at if timer else None,
        paused=paused,
        late=bool(running and timer and timer.due_at < clock.now()),
        apology_due_at=dossier.apology.due_after if dossier.apology else None,
        ended_at=dossier.ended_at,
        returned_at=dossier.returned_at,
        holders=holders(procedure, dossier, names),
        payment_due=dossier.open_charge is not None,
        events=tuple(
            PublicEvent(at=act.at, verb=act.verb, body=body_name(act.body_id))
            for act in acts.timeline_of(dossier.id, verbs=PUBLIC)
        ),
    )
