"""Money on the way: what is due at a paying state, asked once, and what goes back.

Paid before counts: a state that is entered again asks only for the difference, or gives back what
was too much. Where the answers change after the payment and the route does not lead through the
paying state again, the change is recorded ("fee.changed"), a surplus goes back at the end, and a
shortage is not collected: whoever wants it collected lets the route pass there (`then`).
"""

from typing import Any

import msgspec
from msgspec.structs import replace

from motcua.catalogue.rules.answers import Context
from motcua.catalogue.rules.fees import FeeLine, fee_of
from motcua.catalogue.rules.procedure import Step
from motcua.dossiers.rules.registry import APPLICANT, PAYMENT
from motcua.dossiers.rules.state import Charge, Status, Task
from motcua.dossiers.rules.turn import Turn

PAID, CANCELLED = "paid", "cancelled"
STOP = "stop"  # what a tick does when nobody pays in time
ONLINE = 2

Line = dict[str, Any]


def fees_due(turn: Turn, state: str) -> tuple[Line, ...]:
    """The fee lines that this paying state collects, as of the day of filing."""
    dossier = turn.dossier
    filed_on = turn.local_date(dossier.submitted_at)
    channel = "online" if dossier.channel == ONLINE else "counter"
    fees = fee_of(
        turn.procedure,
        dossier.answers,
        channel=channel,
        province=turn.around.province,
        on=filed_on,
        context=Context(
            today=filed_on, filed=dossier.submitted_at, channel=channel, recorded=dossier.recorded
        ),
    )
    return tuple(_line(one) for one in fees.counted if one.vnd > 0 and one.at == state)


def ask(turn: Turn, step: Step) -> bool:
    """Ask for what is due here and not paid yet; False if nothing is, and nobody has to wait."""
    due = fees_due(turn, step.state)
    _give_back_surplus(turn, step.state, due)
    lines = _uncovered(due, _kept(turn, step.state))
    if not lines:
        return False
    charge = Charge(
        id=turn.around.new_id(),
        state=step.state,
        amount_vnd=sum(line["vnd"] for line in lines),
        lines=lines,
        opened_at=turn.now,
    )
    task = _task(turn, step)
    turn.put(charges=(*turn.dossier.charges, charge), status=Status.PAYMENT_REQUESTED)
    turn.pause(PAYMENT)
    due_at = task.clock.due_at if task.clock else None
    about: Line = {"charge": charge.id, "amount_vnd": charge.amount_vnd, "due_at": due_at}
    laws = "; ".join(dict.fromkeys(line["law"] for line in lines if line["law"]))
    turn.act("fee.asked", basis=laws, state=step.state, **about)
    turn.effect("bill", charge=msgspec.to_builtins(charge), due_at=due_at)
    turn.notify("fee-asked", state=step.state, **about)
    return True


def end_charge(turn: Turn, charge: Charge, how: str) -> None:
    """Close an open charge: paid, or cancelled. A closed one stays as it is."""
    if charge.ended:
        raise ValueError("the charge is closed already")
    _change(turn, charge, ended=how, ended_at=turn.now)


def settle(turn: Turn, reason: str) -> None:
    """The dossier ends without a result: nothing more is asked; what the law gives back goes back.

    reason: "withdrawn", or the coded reason of the refusal.
    """
    charge = turn.dossier.open_charge
    if charge is not None:
        end_charge(turn, charge, CANCELLED)
        turn.act("fee.cancelled", charge=charge.id, amount_vnd=charge.amount_vnd, reason=reason)
        turn.effect("cancel-bill", charge_id=charge.id, reason=reason)
    give_back_surplus(turn)
    for paid in _paid(turn):
        back = sum(line["vnd"] for line in paid.lines if line["refund"])
        _refund(turn, paid, min(back, paid.amount_vnd - paid.refunded_vnd), reason=reason)


def give_back_surplus(turn: Turn) -> None:
    """What was paid beyond the fees of the answers as they are now."""
    for state in dict.fromkeys(charge.state for charge in _paid(turn)):
        _give_back_surplus(turn, state, fees_due(turn, state))


def note_change(turn: Turn) -> None:
    """The answers changed: whoever reads the file is told that the fee is another now."""
    for state in dict.fromkeys(charge.state for charge in _paid(turn)):
        due, kept = sum(line["vnd"] for line in fees_due(turn, state)), _kept(turn, state)
        if due != kept:
            turn.act("fee.changed", state=state, due_vnd=due, paid_vnd=kept)


def _task(turn: Turn, step: Step) -> Task:
    return turn.open_task(
        kind=PAYMENT,
        state=step.state,
        role=APPLICANT,
        within=step.within,
        may=("pay",),
        on_due=STOP,
    )


def _line(line: FeeLine) -> Line:
    """A fee line as a charge keeps it; `of` are the values from which it was computed."""
    kept = {"fee": line.fee, "title": line.title, "vnd": line.vnd, "law": line.law}
    more: Line = {"note": line.note, "of": [list(pair) for pair in line.of]}
    more["indicative"] = line.indicative
    return {**kept, "refund": line.refund, **{k: value for k, value in more.items() if value}}


def _uncovered(due: tuple[Line, ...], kept: int) -> tuple[Line, ...]:
    """The lines, or parts of lines, that what was paid before does not cover."""
    lines = []
    for line in due:
        covered = min(kept, line["vnd"])
        kept -= covered
        if covered < line["vnd"]:
            before = {"before_vnd": covered} if covered else {}
            lines.append({**line, "vnd": line["vnd"] - covered, **before})
    return tuple(lines)


def _paid(turn: Turn) -> tuple[Charge, ...]:
    return tuple(charge for charge in turn.dossier.charges if charge.ended == PAID)


def _kept(turn: Turn, state: str) -> int:
    """What was paid at a state and not given back."""
    return sum(c.amount_vnd - c.refunded_vnd for c in _paid(turn) if c.state == state)


def _give_back_surplus(turn: Turn, state: str, due: tuple[Line, ...]) -> None:
    surplus = _kept(turn, state) - sum(line["vnd"] for line in due)
    for charge in reversed(_paid(turn)):
        if charge.state == state and surplus > 0:
            back = min(surplus, charge.amount_vnd - charge.refunded_vnd)
            _refund(turn, charge, back, reason="surplus")
            surplus -= back


def _refund(turn: Turn, charge: Charge, amount_vnd: int, *, reason: str) -> None:
    if amount_vnd <= 0:
        return
    _change(turn, charge, refunded_vnd=charge.refunded_vnd + amount_vnd)
    about: Line = {"charge_id": charge.id, "amount_vnd": amount_vnd, "reason": reason}
    turn.act("fee.refund-due", **about)
    turn.effect("refund", **about)
    turn.notify("refund-due", **about)


def _change(turn: Turn, charge: Charge, **changes: Any) -> None:
    changed = replace(charge, **changes)
    turn.put(charges=tuple(changed if c.id == charge.id else c for c in turn.dossier.charges))
