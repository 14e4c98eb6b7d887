"""Who may see and touch what: every read of a dossier passes here, and an officer's leaves an act.

Who may not see a dossier hears that there is none. An officer's look is recorded once per officer,
dossier and day: each further look that day adds nothing that the first does not say.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from motcua.acts import api as acts
from motcua.dossiers import storage
from motcua.dossiers.rules.state import Command, Dossier
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal

VIEWED = "dossier.viewed"
WORK = frozenset({"receive", "process", "sign", "opine", "lead", "hand-over"})
PURPOSE = "processing"


def missing() -> Refusal:
    """The same answer for what does not exist and for what is not yours."""
    return Refusal("dossiers.not-found")


def party(actor: Actor, dossier: Dossier) -> str:
    """ "applicant", "officer", "system", or "" for a stranger."""
    if actor.kind == "system":
        return "system"
    if actor.account_id is None:
        return ""
    if dossier.applicant_id == actor.account_id or represents(actor, dossier):
        return "applicant"  # nobody is an officer in his own affair
    return "officer" if actor.kind == "officer" and works_on(actor, dossier) else ""


def represents(actor: Actor, dossier: Dossier) -> bool:
    """Whether the actor acts, at this moment, for the business whose dossier it is."""
    business = dossier.applicant.get("on_behalf_of")
    return bool(business) and actor.kind == "person" and actor.on_behalf_of == business


def works_on(actor: Actor, dossier: Dossier) -> bool:
    """Whether the officer's body has a part in the dossier, and the post any work to do there."""
    bodies = {dossier.body_id, dossier.desk_id} | {task.body_id for task in dossier.tasks}
    return actor.body_id in bodies and bool(actor.permissions & WORK)


def visible(actor: Actor, dossier_id: UUID) -> Dossier:
    """The dossier, if the actor may see it; otherwise Refusal("dossiers.not-found")."""
    dossier = storage.load(dossier_id)
    if dossier is None or not party(actor, dossier):
        raise missing()
    return dossier


def note_view(
    actor: Actor,
    dossier: Dossier,
    known: Iterable[acts.ActRow] | None = None,
    *,
    purpose: str = PURPOSE,
) -> None:
    """Record an officer's look; `known` are the dossier's acts, if the caller has them."""
    if party(actor, dossier) != "officer":
        return
    if known is None:
        known = acts.timeline_of(dossier.id, verbs=(VIEWED,))
    if not any(_is_same_look(actor, act) for act in known):
        acts.record(
            actor,
            VIEWED,
            object=("dossier", dossier.id),
            dossier_id=dossier.id,
            subjects=subjects_of(dossier),
            purpose=purpose,
        )


def subjects_of(dossier: Dossier) -> tuple[UUID, ...]:
    """The persons whom acts on a dossier concern: the applicant, as a person if known as one, and
    those whom the answers name."""
    known = dossier.applicant.get("person_id")
    applicant = UUID(str(known)) if known else dossier.applicant_id
    first = (applicant,) if applicant else ()
    return tuple(dict.fromkeys((*first, *dossier.persons)))


def command(actor: Actor, dossier: Dossier, verb: str = "", **more: object) -> Command:
    """What the actor wants, in the engine's words."""
    who = party(actor, dossier)
    if who == "officer":
        return Command(
            verb=verb,
            by=actor.account_id,
            officer=True,
            body_id=actor.body_id,
            role=actor.role,
            permissions=actor.permissions,
            **more,  # type: ignore[arg-type]
        )
    own = who == "applicant"
    by = actor.account_id if own else None
    return Command(verb=verb, by=by, applicant=own, **more)  # type: ignore[arg-type]


def _is_same_look(actor: Actor, act: acts.ActRow) -> bool:
    same = act.verb == VIEWED and act.actor_id == actor.account_id
    return same and act.body_id == actor.body_id and _day(act.at) == _day(clock.now())


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()
