"""Questions asked of a dossier before a verb is heard; each raises a Refusal or stays silent."""

from motcua.dossiers.rules.registry import Asked
from motcua.dossiers.rules.state import CORRECTION, END, HANDOVER, Status
from motcua.kernel.refusals import Refusal

DECIDED = {HANDOVER, CORRECTION, END}


def not_asked_before(asked: Asked) -> None:
    """One complete request: whatever was forgotten the first time may not be asked later."""
    if asked.dossier.requests:
        raise Refusal("dossiers.already-asked", at=asked.dossier.requests[-1].at.isoformat())


def not_returned_before(asked: Asked) -> None:
    """A file is returned once; the second time it is decided."""
    if any(request.verb == "return" for request in asked.dossier.requests):
        raise Refusal("dossiers.already-returned")


def nothing_open(asked: Asked) -> None:
    """Not while the applicant still owes an answer; parallel bodies may go on meanwhile."""
    if asked.dossier.open_request and not (asked.task and asked.task.kind == "branch"):
        raise Refusal("dossiers.request-open")


def accepted(asked: Asked) -> None:
    """Only after the desk accepted the dossier."""
    if asked.dossier.accepted_at is None:
        raise Refusal("dossiers.not-accepted-yet")


def undecided(asked: Asked) -> None:
    """Only before the decision."""
    if asked.dossier.at in DECIDED:
        raise Refusal("dossiers.already-decided")


def branches_answered(asked: Asked) -> None:
    """The lead goes on only when every parallel body has answered."""
    waiting = [t.name for t in asked.dossier.open_tasks if t.kind == "branch"]
    if asked.task is not None and asked.task.kind == "step" and waiting:
        raise Refusal("dossiers.branches-open", names=waiting)


def not_own_proposal(asked: Asked) -> None:
    """Four eyes: who proposed does not sign."""
    if asked.dossier.proposal and asked.dossier.proposal["by"] == str(asked.command.by):
        raise Refusal("dossiers.own-proposal")


def not_apologised_before(asked: Asked) -> None:
    """One re-appointment only."""
    if asked.dossier.apology is not None:
        raise Refusal(
            "dossiers.already-reappointed", due_at=asked.dossier.apology.due_after.isoformat()
        )


def result_returned(asked: Asked) -> None:
    """Only a result that is in the applicant's hands can be wrong there."""
    if asked.dossier.status != Status.RETURNED or asked.dossier.at != END:
        raise Refusal("dossiers.no-result-yet")


def charge_open(asked: Asked) -> None:
    """Only while the applicant owes money for this dossier."""
    if asked.dossier.open_charge is None:
        raise Refusal("dossiers.charge-closed")


def request_waits(asked: Asked) -> None:
    """Only while something asked for is missing."""
    if asked.dossier.open_request is None:
        raise Refusal("dossiers.nothing-asked-for")
