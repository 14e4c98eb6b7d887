"""Questions asked of a dossier before a verb is heard; each raises a Refusal or stays silent."""

from motcua.catalogue.rules.procedure import Procedure
from motcua.dossiers.rules.state import CORRECTION, END, HANDOVER, Command, Dossier, Status, Task
from motcua.kernel.refusals import Refusal

DECIDED = {HANDOVER, CORRECTION, END}


def not_asked_before(_p: Procedure, dossier: Dossier, _c: Command, _t: Task | None) -> None:
    """One complete request: whatever was forgotten the first time may not be asked later."""
    if dossier.requests:
        raise Refusal("dossiers.already-asked", at=dossier.requests[-1].at.isoformat())


def not_returned_before(_p: Procedure, dossier: Dossier, _c: Command, _t: Task | None) -> None:
    """A file is returned once; the second time it is decided."""
    if any(request.verb == "return" for request in dossier.requests):
        raise Refusal("dossiers.already-returned")


def nothing_open(_p: Procedure, dossier: Dossier, _c: Command, task: Task | None) -> None:
    """Not while the applicant still owes an answer; parallel bodies may go on meanwhile."""
    if dossier.open_request and not (task and task.kind == "branch"):
        raise Refusal("dossiers.request-open")


def accepted(_p: Procedure, dossier: Dossier, _c: Command, _t: Task | None) -> None:
    """Only after the desk accepted the dossier."""
    if dossier.accepted_at is None:
        raise Refusal("dossiers.not-accepted-yet")


def undecided(_p: Procedure, dossier: Dossier, _c: Command, _t: Task | None) -> None:
    """Only before the decision."""
    if dossier.at in DECIDED:
        raise Refusal("dossiers.already-decided")


def branches_answered(_p: Procedure, dossier: Dossier, _c: Command, task: Task | None) -> None:
    """The lead goes on only when every parallel body has answered."""
    waiting = [t.name for t in dossier.open_tasks if t.kind == "branch"]
    if task is not None and task.kind == "step" and waiting:
        raise Refusal("dossiers.branches-open", names=waiting)


def not_own_proposal(_p: Procedure, dossier: Dossier, command: Command, _t: Task | None) -> None:
    """Four eyes: who proposed does not sign."""
    if dossier.proposal and dossier.proposal["by"] == str(command.by):
        raise Refusal("dossiers.own-proposal")


def not_apologised_before(_p: Procedure, dossier: Dossier, _c: Command, _t: Task | None) -> None:
    """One re-appointment only."""
    if dossier.apology is not None:
        raise Refusal("dossiers.already-reappointed", due_at=dossier.apology.due_after.isoformat())


def result_returned(_p: Procedure, dossier: Dossier, _c: Command, _t: Task | None) -> None:
    """Only a result that is in the applicant's hands can be wrong there."""
    if dossier.status != Status.RETURNED or dossier.at != END:
        raise Refusal("dossiers.no-result-yet")


def request_waits(_p: Procedure, dossier: Dossier, _c: Command, _t: Task | None) -> None:
    """Only while something asked for is missing."""
    if dossier.open_request is None:
        raise Refusal("dossiers.nothing-asked-for")
