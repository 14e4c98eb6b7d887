"""The result: sealed by the system, returned, handed over, and corrected at no cost to anybody
but the administration (Decree 61/2018 art. 21)."""

from motcua.dossiers.rules import guards
from motcua.dossiers.rules.grounds import words
from motcua.dossiers.rules.registry import (
    APPLICANT,
    CORRECTION_TASK,
    HANDOVER_TASK,
    SEAL,
    verb,
)
from motcua.dossiers.rules.requests import lay_over
from motcua.dossiers.rules.routes import end, open_seal, reception
from motcua.dossiers.rules.state import CORRECTION, END, HANDOVER, Status
from motcua.dossiers.rules.turn import Turn

ONLINE = 2


@verb("seal", by=("system",), on=(SEAL,))
def seal(turn: Turn) -> None:
    """The paper is signed. Online: returned at once; a paper original waits at the desk.

    params: paper (id of the issued paper), code.
    """
    turn.close_task(turn.task, "seal")
    paper, code = turn.param("paper"), turn.param("code")
    turn.act("result.sealed", paper=paper, code=code)
    if turn.dossier.channel == ONLINE and not turn.procedure.outcome.paper_result:
        _returned(turn, "electronic")
        return
    dossier, clock = turn.dossier, turn.dossier.clock
    turn.open_task(
        kind=HANDOVER_TASK,
        state=HANDOVER,
        role=reception(turn).who,
        body_id=dossier.desk_id,
        within=None,
        may=("hand-over",),
    )
    early = bool(clock and turn.now < clock.due_at)
    turn.notify("result-ready", early=early, online=dossier.channel == ONLINE)


@verb("hand-over", on=(HANDOVER_TASK,))
def hand_over(turn: Turn) -> None:
    """Given into the applicant's hands. params: to (the name of who received it)."""
    turn.close_task(turn.task, "hand-over")
    _returned(turn, "counter", receiver=turn.said("to"))


@verb(
    "request-correction",
    by=("officer", APPLICANT),
    needs=("receive", "process", "sign", "lead", "hand-over"),
    ended=True,
    guards=(guards.result_returned,),
)
def request_correction(turn: Turn) -> None:
    """The administration made a mistake in the result. params: say (what is wrong)."""
    say = words(turn)
    signer = next((s for s in reversed(turn.procedure.route) if "sign" in s.may), None)
    turn.put(at=CORRECTION)
    task = turn.open_task(
        kind=CORRECTION_TASK,
        state=CORRECTION,
        role=signer.who if signer else "",
        name=say,
        body_id=turn.dossier.body_id,
        within=turn.procedure.limit,
        transferred=True,
        may=("reissue", "decline-correction"),
    )
    due_at = task.clock.due_at if task.clock else None
    turn.act("correction.requested", say=say, due_at=due_at)
    turn.notify("correction-requested", say=say, due_at=due_at)


@verb("reissue", on=(CORRECTION_TASK,))
def reissue(turn: Turn) -> None:
    """A new result without a fee. params: say (what was mended), answers (as they should be)."""
    say = words(turn)
    changed = lay_over(turn, turn.param("answers") or {})
    turn.close_task(turn.task, "reissue")
    turn.put(
        corrections=turn.dossier.corrections + 1,
        status=Status.FINISHED,
        at=HANDOVER,
        returned_at=None,
    )
    open_seal(turn)
    turn.act("result.reissued", say=say, changed=changed)
    turn.effect("reissue", paper=turn.procedure.outcome.issue, say=say)


@verb("decline-correction", on=(CORRECTION_TASK,))
def decline_correction(turn: Turn) -> None:
    """The result is right as it is; the applicant is told why. params: say."""
    say = words(turn)
    turn.close_task(turn.task, "decline-correction")
    turn.put(at=END)
    turn.act("correction.declined", say=say)
    turn.notify("correction-declined", say=say)


def _returned(turn: Turn, how: str, *, receiver: str = "") -> None:
    end(turn, Status.RETURNED)
    turn.put(returned_at=turn.now)
    turn.act("dossier.result-returned", how=how, receiver=receiver)
    turn.notify("result-returned", how=how)
