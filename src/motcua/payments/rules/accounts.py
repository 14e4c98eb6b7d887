"""The chart of accounts: how the code of each account is made. Debit is positive.

What we hold or are owed stands in debit (gateways, banks, tills, fees paid); what we owe stands in
credit (payable to creditors, suspense, refunds on their way).
"""

from uuid import UUID

SUSPENSE = "suspense"  # money that nobody can place yet
REFUNDS = "refunds"  # approved, not yet gone


def gateway(name: str) -> str:
    """What a gateway has collected and not yet settled."""
    return f"gateway:{name}"


def bank(account: str) -> str:
    """A collecting bank account, by its number."""
    return f"bank:{account or 'unknown'}"


def till(body_id: UUID) -> str:
    """What a body's counter took, in cash or by card."""
    return f"till:{body_id}"


def payable(creditor_id: UUID) -> str:
    """What was collected for a creditor."""
    return f"payable:{creditor_id}"


def fees(name: str) -> str:
    """What a gateway kept for its service."""
    return f"fees:{name}"


def kind_and_owner(code: str) -> tuple[str, str]:
    """ "gateway:sandbox" -> ("gateway", "sandbox")."""
    kind, _, owner = code.partition(":")
    return kind, owner
