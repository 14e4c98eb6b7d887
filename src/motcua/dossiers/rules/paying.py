"""The applicant pays: the money's way into the route. The system alone says so, never a person."""

from typing import Any

from motcua.dossiers.rules import guards
from motcua.dossiers.rules.charges import PAID, STOP, end_charge
from motcua.dossiers.rules.registry import PAYMENT, verb
from motcua.dossiers.rules.routes import advance, stop
from motcua.dossiers.rules.state import Charge, Status, Task
from motcua.dossiers.rules.turn import Turn
from motcua.kernel.refusals import Refusal

NOT_PAID = "fee-not-paid"


@verb("pay", by=("system",), ended=True, guards=(guards.charge_open,))
def pay(turn: Turn) -> None:
    """The bill is paid: the legal clock runs on, and so does the route. params: charge_id."""
    charge = _asked(turn)
    task = next(t for t in turn.dossier.open_tasks if t.kind == PAYMENT)
    end_charge(turn, charge, PAID)
    turn.close_task(task, "pay")
    turn.resume()
    turn.put(status=_status(turn))
    about: dict[str, Any] = {
        "charge": charge.id,
        "amount_vnd": charge.amount_vnd,
        "state": charge.state,
    }
    turn.act("fee.paid", **about)
    turn.notify("fee-paid", **about)
    advance(turn, "pay")


def give_up(turn: Turn, task: Task) -> None:
    """Nobody paid in time: the dossier stops at the due time itself (status 8)."""
    turn.close_task(task, STOP)
    stop(turn, reason=NOT_PAID, say="")


def _asked(turn: Turn) -> Charge:
    """The open charge, which must be the one that was paid."""
    charge = turn.dossier.open_charge
    if charge is None or str(charge.id) != str(turn.param("charge_id")):
        raise Refusal("dossiers.charge-closed")
    return charge


def _status(turn: Turn) -> Status:
    """As before the bill: in processing only when an officer has laid a hand on it since."""
    dossier = turn.dossier
    if dossier.accepted_at is None:
        return Status.NEW
    first = turn.procedure.route[0].state
    worked = any(t.closed_at and t.body_id and t.state != first for t in dossier.tasks)
    return Status.IN_PROCESSING if worked else Status.ACCEPTED
