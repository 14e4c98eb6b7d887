"""What a sum of money does to a bill: how much pays it, what is left over, and why."""

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

Why = Literal["", "after-cancel", "doubled", "overpaid"]


class Split(Struct, frozen=True):
    """`applied` pays the bill, `surplus` is left over for the reason `why`."""

    applied: int
    surplus: int
    why: Why
    status: str  # of the bill afterwards


def split(*, amount: int, paid: int, status: str, money: int) -> Split:
    """`money` comes in for a bill of `amount`, of which `paid` is paid, in this status."""
    if money <= 0:
        raise ValueError("money that comes in is more than nothing")
    if status == "cancelled":
        return Split(0, money, "after-cancel", status)
    applied = min(money, amount - paid)
    surplus = money - applied
    why: Why = "" if not surplus else "doubled" if applied == 0 else "overpaid"
    return Split(applied, surplus, why, status_of(amount, paid + applied))


def status_of(amount: int, paid: int) -> str:
    """Of a bill that was not cancelled."""
    if paid == amount:
        return "paid"
    return "partly" if paid else "open"


def goes_back_by_itself(means: str, why: str) -> bool:
    """Whether the system returns it: surely not due, and back to where it came from."""
    return means == "gateway" and why in ("after-cancel", "doubled", "overpaid")


def spread(money: int, owed: Sequence[int]) -> list[int]:
    """`money` over several debts, in their order."""
    shares = []
    for one in owed:
        share = min(max(one, 0), money)
        shares.append(share)
        money -= share
    return shares
