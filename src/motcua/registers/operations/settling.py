"""What came of asking about an unusual look: written once, by somebody else."""

from uuid import UUID

from django.db import transaction

from motcua.acts import api as acts
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers.models import AccessFinding
from motcua.registers.rules.watching import FINDINGS

REVIEW = "review-access"


@transaction.atomic
def settle_unusual(actor: Actor, act_id: UUID, *, finding: str, remark: str = "") -> UUID:
    """Judge a look of the actor's body: "explained" (a false alarm) or "abuse", with a remark.

    Act "registers.reading-settled", without subjects: it must not tell of a look that is told of
    later. Refusals: identity.not-allowed (needs
    "review-access"), registers.no-such-verdict, .remark-needed, .no-such-reading, .own-reading,
    .reading-settled.
    """
    identity.require(actor, REVIEW, actor.body_id)
    if finding not in FINDINGS:
        raise Refusal("registers.no-such-verdict")
    if not remark.strip():
        raise Refusal("registers.remark-needed")
    body, me = actor.body_id, actor.account_id
    look = next(iter(acts.readings_by_id(body, [act_id])), None) if body else None
    if body is None or me is None or look is None or look.actor_id is None:
        raise Refusal("registers.no-such-reading")
    if look.actor_id == me:
        raise Refusal("registers.own-reading")
    row = AccessFinding(
        id=new_id(),
        act_id=act_id,
        body_id=body,
        account_id=look.actor_id,
        finding=finding,
        remark=remark.strip(),
        found_by=me,
        found_at=clock.now(),
    )
    if not _is_new(row):
        raise Refusal("registers.reading-settled")
    acts.record(
        actor,
        "registers.reading-settled",
        object=("act", act_id),
        detail={"finding": finding, "register": look.detail.get("register", "")},
    )
    return row.id


def _is_new(row: AccessFinding) -> bool:
    """Two who judge at once: the first one's word is kept."""
    AccessFinding.objects.bulk_create([row], ignore_conflicts=True)
    return AccessFinding.objects.filter(id=row.id).exists()
