"""In the competent unit: proposing, deciding with four eyes, refusing with a ground."""

from datetime import datetime
from typing import Any

from motcua.dossiers.rules import guards
from motcua.dossiers.rules.grounds import coded_reason, record_values, words
from motcua.dossiers.rules.registry import BRANCH, STEP, verb
from motcua.dossiers.rules.routes import (
    advance,
    enter,
    finish,
    last_officer,
    officer_before,
    signature_after,
    stop,
)
from motcua.dossiers.rules.state import HANDOVER
from motcua.dossiers.rules.turn import Turn
from motcua.kernel.refusals import Refusal

ON_THE_WAY = (guards.nothing_open, guards.branches_answered)


@verb("propose", on=(STEP,), guards=ON_THE_WAY)
def propose(turn: Turn) -> None:
    """Appraised. params: grant (default true), say; reason when not granted; values.

    A negative proposal passes over what follows (no draft to agree to) to the signature.
    """
    state = turn.task.state
    grant = turn.param("grant") is not False
    reason, say = ("", turn.said()) if grant else coded_reason(turn, "propose", "refuse")
    record_values(turn, turn.procedure.step(state).ask if grant else ())
    proposal = {
        "grant": grant,
        "reason": reason,
        "say": say,
        "by": str(turn.command.by),
        "at": turn.now.isoformat(),
        "state": state,
    }
    turn.put(proposal=proposal)
    turn.close_task(turn.task, "propose")
    turn.act("dossier.proposed", grant=grant, reason=reason, say=say, state=state)
    if grant:
        advance(turn, "propose")
        return
    target = signature_after(turn, state)
    if target == HANDOVER:
        raise Refusal("dossiers.nobody-signs")
    enter(turn, target)


@verb("send-back", on=(STEP,), guards=(*ON_THE_WAY, guards.accepted))
def send_back(turn: Turn) -> None:
    """Not ready to be signed: back to the officer who did it before. params: say."""
    say, state = words(turn), turn.task.state
    target = turn.procedure.step(state).then.get("send-back") or officer_before(turn, state)
    turn.close_task(turn.task, "send-back")
    turn.put(proposal={})
    turn.act("dossier.sent-back", state=state, to=target, say=say)
    enter(turn, target, officer_id=last_officer(turn, target))


@verb("sign", on=(STEP,), guards=(*ON_THE_WAY, guards.accepted, guards.not_own_proposal))
def sign(turn: Turn) -> None:
    """The decision. A granted outcome is issued; a negative proposal becomes a refusal."""
    step = turn.procedure.step(turn.task.state)
    granted = not turn.dossier.proposal or turn.dossier.proposal["grant"]
    record_values(turn, step.ask if granted else ())
    turn.close_task(turn.task, "sign")
    turn.act("dossier.signed", state=step.state, granted=granted)
    if granted and "sign" in step.then:
        advance(turn, "sign")
        return
    finish(turn)


@verb("refuse", on=(STEP,), guards=(guards.nothing_open,))
def refuse(turn: Turn) -> None:
    """No, in writing, with a coded reason and a text (slip 03). params: reason, say."""
    reason, say = coded_reason(turn, "refuse")
    turn.close_task(turn.task, "refuse")
    stop(turn, reason=reason, say=say)


@verb("schedule", on=(STEP, BRANCH))
def schedule(turn: Turn) -> None:
    """An appointment for a visit. params: visit_at (a moment), say. The task stays open."""
    visit_at: Any = turn.param("visit_at")
    if not isinstance(visit_at, datetime) or visit_at.tzinfo is None:
        raise Refusal("dossiers.visit-needs-a-time")
    if visit_at <= turn.now:
        raise Refusal("dossiers.visit-in-the-past")
    before = turn.dossier.visit_at
    turn.put(visit_at=visit_at)
    turn.act("dossier.visit-scheduled", visit_at=visit_at, before=before, say=turn.said())
    turn.notify("visit-scheduled", visit_at=visit_at, before=before, say=turn.said())
