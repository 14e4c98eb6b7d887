"""A trusted portal shows people their log: it names the person who asks and the one concerned.

The portal's post must allow "relay-usage": a key alone does not make a body a portal. That the
person at the portal is who he says is the portal's to answer for; a mandate is proved here.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.openness.queries.describing import described
from motcua.openness.queries.relatives import relation_to
from motcua.openness.rules.entries import FAMILIES, NEVER, VERBS
from motcua.openness.shapes import Usage
from motcua.registers import api as registers

RELAY = "relay-usage"
MOST = 1000


@transaction.atomic
def usage_for(
    actor: Actor,
    *,
    user: str,
    subject: str,
    since: datetime | None = None,
    until: datetime | None = None,
    offset: int = 0,
    limit: int = MOST,
) -> tuple[int, tuple[Usage, ...]]:
    """How many entries there are for `subject` and those from `offset` on, newest first, for the
    person `user` (personal numbers); an act.

    Another subject needs a relation proved by the registers (parent of a minor, proxy), and does
    not show what heirs must not see. An unknown number has no entries. Refusals:
    identity.not-allowed, openness.relation-missing.
    """
    identity.require(actor, RELAY, actor.body_id)
    ids = registers.person_ids([user, subject])
    relation = "self" if user == subject else _relation(ids.get(user), subject)
    if not relation:
        raise Refusal("openness.relation-missing")
    person_id = ids.get(subject)
    if person_id is None:
        return 0, ()
    wanted = acts.Disclosure(
        person_id=person_id,
        today=directory.today(),
        families=FAMILIES,
        verbs=VERBS,
        never=NEVER,
        heirs=relation != "self",
        since=since,
        until=until,
    )
    total = acts.count_disclosed(wanted)
    rows = acts.disclosed(wanted, offset=offset, limit=max(0, min(limit, MOST)))
    _note(actor, person_id, relation)
    return total, described(rows, own_account=None, codes={})


def _relation(user_id: UUID | None, subject: str) -> str:
    if user_id is None:
        return ""
    return relation_to(Actor(kind="person", person_id=user_id), subject)


def _note(actor: Actor, person_id: UUID, relation: str) -> None:
    """Shown to the person when somebody else asked; one's own looking would fill the list."""
    acts.record(
        actor,
        "access.listed" if relation == "self" else "access.shown",
        object=("person", person_id),
        subjects=(person_id,),
        purpose="own",
        detail={"relation": relation},
    )


def log_begins() -> datetime:
    """From when on there are entries."""
    return acts.first_act_at() or clock.now()
