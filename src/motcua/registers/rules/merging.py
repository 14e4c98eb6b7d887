"""What may happen to a proposal that two cards are one person, or are not."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from motcua.kernel.refusals import Refusal

KINDS = ("merge", "keep-apart")
APPROVED, DECLINED = "approved", "declined"


class MergeCard(Struct, frozen=True, kw_only=True):
    """A proposal, its decision and its undoing, as it stands; the names are those of the cards."""

    id: UUID
    kept: UUID
    merged: UUID
    kept_name: str
    merged_name: str
    kind: str
    ground: str
    proposed_by: UUID
    proposed_at: datetime
    decided_by: UUID | None
    decided_at: datetime | None
    decision: str
    undo_asked_by: UUID | None
    undo_asked_at: datetime | None
    undone_by: UUID | None
    undone_at: datetime | None

    @property
    def holds(self) -> bool:
        """Whether it was approved and not undone."""
        return self.decision == APPROVED and self.undone_at is None


def check_proposal(*, kept: UUID, merged: UUID, kind: str, ground: str) -> None:
    """Refusals: registers.merge-of-one, .merge-kind, .merge-ground-needed."""
    if kept == merged:
        raise Refusal("registers.merge-of-one")
    if kind not in KINDS:
        raise Refusal("registers.merge-kind")
    if not ground.strip():
        raise Refusal("registers.merge-ground-needed")


def check_second(first: UUID | None, second: UUID | None) -> None:
    """Refusal "registers.merge-by-another" unless two different officers agree."""
    if second is None or first == second:
        raise Refusal("registers.merge-by-another")
