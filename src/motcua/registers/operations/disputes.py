"""A person contests what a register says; its keeper answers. Nothing adverse rests on it before.

The clock of a dispute is that of its dossier: it is told here when the answer is due.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from motcua.acts import api as acts
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.kernel.texts import normalise
from motcua.registers.declared import register as declared_register
from motcua.registers.models import Dispute, FactVersion
from motcua.registers.operations.keeping import is_keeper, require_another, require_keeper
from motcua.registers.queries.people import person_ids
from motcua.registers.queries.relations import Asking, Target
from motcua.registers.rules.declaration import RELATIONS, Register
from motcua.registers.rules.ids import record_id

OUTCOMES = ("upheld", "dismissed")


@transaction.atomic
def open_dispute(
    actor: Actor,
    *,
    register: str,
    key: str,
    version_id: UUID,
    claim: str,
    field: str = "",
    dossier_id: UUID | None = None,
    due_at: datetime | None = None,
) -> UUID:
    """Contest a version that is believed; the dispute's identifier.

    By the person concerned, by a parent, spouse, representative or proxy of his, or for him by who
    keeps the register. `field` is "fact.field" or "" for the whole; `dossier_id` the case in which
    it is answered, `due_at` until when. Act "dispute.opened". Refusals: registers.claim-needed,
    .no-such-version (also for who may not know of it), .unknown-field, .already-disputed.
    """
    declared = declared_register(register)
    words = normalise(claim)
    if not words:
        raise Refusal("registers.claim-needed")
    row = FactVersion.objects.filter(
        record_id=record_id(register, key), id=version_id, recorded__upper_inf=True
    ).first()
    holder = (row.holder or row.subject) if row else ""
    person = person_ids([holder]).get(holder)
    if row is None or not _may_contest(actor, declared, key, (holder, person)):
        raise Refusal("registers.no-such-version")
    if field and (declared.field(field) is None or field.partition(".")[0] != row.fact):
        raise Refusal("registers.unknown-field", field=field)
    dispute = Dispute(
        id=new_id(), record_id=row.record_id, version_id=row.id, register=register, subject=key,
        field=field, claim=words, person_id=person, dossier_id=dossier_id, due_at=due_at,
        opened_at=clock.now(),
    )  # fmt: skip
    try:
        with transaction.atomic():
            dispute.save(force_insert=True)
    except IntegrityError:
        raise Refusal("registers.already-disputed") from None
    _tell(actor, "dispute.opened", dispute)
    return dispute.id


@transaction.atomic
def close_dispute(actor: Actor, dispute_id: UUID, *, outcome: str, answer: str) -> None:
    """Answer a dispute: "upheld" (correct the fact too) or "dismissed", in words.

    By who keeps the register, never by the person concerned. Act "dispute.closed". Refusals:
    registers.no-such-dispute, .dispute-closed, .answer-needed, .own-affair, identity.not-allowed.
    """
    dispute = Dispute.objects.select_for_update().filter(id=dispute_id).first()
    if dispute is None:
        raise Refusal("registers.no-such-dispute")
    require_keeper(actor, declared_register(dispute.register))
    if actor.person_id is not None and actor.person_id == dispute.person_id:
        raise Refusal("registers.own-affair")
    require_another(actor, dispute.subject)
    words = normalise(answer)
    if outcome not in OUTCOMES or not words:
        raise Refusal("registers.answer-needed")
    if dispute.closed_at is not None:
        raise Refusal("registers.dispute-closed")
    dispute.closed_at, dispute.closed_by = clock.now(), actor.account_id
    dispute.outcome, dispute.answer = outcome, words
    dispute.save(update_fields=["closed_at", "closed_by", "outcome", "answer"])
    _tell(actor, "dispute.closed", dispute, outcome=outcome)


def _may_contest(actor: Actor, register: Register, key: str, whom: tuple[str, UUID | None]) -> bool:
    holder, person = whom
    if is_keeper(actor, register) or (person is not None and actor.person_id == person):
        return True
    target = Target(
        register=register.register, key=key, holder=holder, person_id=person,
        business=register.subject.kind == "business",
    )  # fmt: skip
    return bool(Asking(actor).relations(target, "own", wanted=frozenset(RELATIONS)))


def _tell(actor: Actor, verb: str, dispute: Dispute, **more: str) -> None:
    acts.record(
        actor,
        verb,
        object=("dispute", dispute.id),
        dossier_id=dispute.dossier_id,
        subjects=(dispute.person_id,) if dispute.person_id else (),
        detail={
            "register": dispute.register, "version": dispute.version_id, "field": dispute.field,
            **more,
        },
    )  # fmt: skip
