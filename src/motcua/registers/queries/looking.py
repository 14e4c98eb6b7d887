"""One look of one reader: what it must state, whether it may be, and the act that tells of it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone
from msgspec import Struct
from msgspec.structs import replace

from motcua.acts import api as acts
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers.declared import duties
from motcua.registers.models import EmergencyAccess
from motcua.registers.queries import limits, versions
from motcua.registers.queries.people import person_ids
from motcua.registers.queries.relations import Asking, Target
from motcua.registers.queries.versions import Row
from motcua.registers.rules import access
from motcua.registers.rules.access import Asker, Decision
from motcua.registers.rules.declaration import Duty, Register
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.shapes import Ask


class Found(Struct, frozen=True, kw_only=True):
    """What one ask leads to, and what may be read of it; `holder` is "" if nobody is concerned."""

    register: Register
    ask: Ask
    rows: Sequence[Row]
    holder: str
    person_id: UUID | None
    decision: Decision


class Look(Struct, kw_only=True):
    """What is the same for all records of one reading; made by `looking`."""

    actor: Actor
    purpose: str
    asking: Asking
    today: date
    duty: Duty | None = None
    dossier_id: UUID | None = None
    reason: str = ""
    as_of: date | None = None
    known_at: datetime | None = None
    emergency: str = ""

    def admit(self, declared: Sequence[Register]) -> None:
        """Refusal "registers.too-many-reads" before anything is looked for too often."""
        first = declared[0].register
        limits.check(self.actor, len(declared), register=first, purpose=self.purpose)

    def rows(self, records: Sequence[UUID]) -> list[Row]:
        """What holds in these records on the day, as believed at the moment."""
        day, moment = self.as_of or self.today, self.known_at or versions.NOW
        if self.heeds_restrictions:
            return versions.holding_unless_restricted(records, day, moment, today=self.today)
        return versions.holding(records, day, moment)

    @property
    def heeds_restrictions(self) -> bool:
        """Whether a restriction that somebody asked for closes his records to this reading."""
        return access.is_closed_by_restriction(self.purpose, self.actor.kind)

    def found(self, register: Register, ask: Ask, rows: Sequence[Row]) -> Found:
        """Whom the ask concerns, and what may be read of it."""
        holder, person_id = _concerned(register, ask.key, rows)
        target = Target(
            register=register.register,
            key=ask.key,
            holder=holder,
            person_id=person_id,
            business=register.subject.kind == "business",
        )
        decision = access.NOTHING
        if not (self.heeds_restrictions and any(row.restricted for row in rows)):
            decision = self.decide(register, target)
        return Found(
            register=register,
            ask=ask,
            rows=rows,
            holder=holder,
            person_id=person_id,
            decision=decision,
        )

    def decide(self, register: Register, target: Target) -> Decision:
        """What may be read of a record, by whom the actor is to its holder."""
        wanted = _relations_named(register, self.purpose)
        asker = self.asking.asker(target, self.purpose, wanted)
        if self.purpose == access.EMERGENCY:
            asker = replace(asker, has_emergency=self._is_emergency(target))
        return decided(register, asker, self)

    def _is_emergency(self, target: Target) -> bool:
        now, account, post = clock.now(), self.actor.account_id, self.actor.post_id
        if account is None or post is None:
            return False
        open_now = EmergencyAccess.objects.filter(
            account_id=account,
            post_id=post,
            register=target.register,
            subject=target.key,
            opened_at__lte=now,
            until__gt=now,
        )
        self.emergency = str(open_now.values_list("id", flat=True).first() or "")
        return bool(self.emergency)


def looking(
    actor: Actor,
    purpose: str,
    *,
    dossier_id: UUID | None = None,
    reason: str = "",
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> Look:
    """A look that states what it must. Refusals: registers.purpose-needed, .no-such-purpose,
    .reason-needed, .dossier-needed."""
    if not purpose:
        raise Refusal("registers.purpose-needed")
    duty = duty_of(purpose)
    is_duty = purpose.startswith(access.DUTY)
    if not access.is_purpose(purpose) or (is_duty and duty is None):
        raise Refusal("registers.no-such-purpose", purpose=purpose[:80])
    if is_duty and duty is not None and duty.reason and not reason.strip():
        raise Refusal("registers.reason-needed")
    if purpose.startswith(access.PROCEDURE) and actor.kind == "officer" and dossier_id is None:
        raise Refusal("registers.dossier-needed")
    return Look(
        actor=actor,
        purpose=purpose,
        asking=Asking(actor),
        today=timezone.localdate(clock.now()),
        duty=duty,
        dossier_id=dossier_id,
        reason=reason.strip(),
        as_of=as_of,
        known_at=known_at,
    )


def duty_of(purpose: str) -> Duty | None:
    """The declaration of "duty/<name>", or of "emergency" if the pack has one."""
    if purpose.startswith(access.DUTY):
        return duties().get(purpose.removeprefix(access.DUTY))
    return duties().get(purpose) if purpose == access.EMERGENCY else None


def act_of(
    look: Look,
    found: Found,
    *,
    verb: str,
    fields: Sequence[str],
    more: Mapping[str, Any] | None = None,
) -> acts.ActDraft:
    """The act of a look: who was concerned, why, by which law, and the names of what was seen."""
    ids = [one for row in found.rows for one in (row.person_id, row.merged_into)]
    return acts.ActDraft(
        verb=verb,
        object=("record", record_id(found.register.register, found.ask.key)),
        dossier_id=look.dossier_id,
        subjects=tuple(dict.fromkeys(one for one in (*ids, found.person_id) if one)),
        purpose=look.purpose,
        basis=found.decision.law,
        detail={"register": found.register.register, "fields": list(fields)}
        | _circumstances(look)
        | _disclosure(look)
        | dict(more or {}),
    )


def _circumstances(look: Look) -> dict[str, Any]:
    application = look.actor.application_id
    told = {
        "as_of": look.as_of.isoformat() if look.as_of else "",
        "known_at": look.known_at.isoformat() if look.known_at else "",
        "reason": look.reason,
        "emergency": look.emergency,
        "application": str(application) if application else "",
    }
    return {name: value for name, value in told.items() if value}


def _disclosure(look: Look) -> dict[str, Any]:
    """When the person is told, and whether heirs ever are: also of a look that was refused, since
    that it was tried is what must stay secret."""
    duty, told = look.duty, {}
    if duty is not None and duty.told_after:
        told["told_after"] = (look.today + timedelta(days=duty.told_after)).isoformat()
    return told | ({"heirs": False} if duty is not None and not duty.heirs else {})


def _concerned(register: Register, key: str, rows: Sequence[Row]) -> tuple[str, UUID | None]:
    """The number and card of whom a record concerns; of no record, whom its key would name."""
    for row in rows:
        if row.holder:
            return row.holder, row.person_id
    if not rows and register.subject.kind == "person":
        return key, person_ids([key]).get(key)
    return "", None


_decisions: dict[tuple[int, Asker, str], tuple[Register, Decision]] = {}
_relations: dict[tuple[int, str], tuple[Register, frozenset[str]]] = {}
_MOST_REMEMBERED = 20_000


def decided(register: Register, asker: Asker, look: Look) -> Decision:
    """`access.decide`, remembered: the same question has the same answer until the pack changes."""
    key = (id(register), asker, look.purpose)
    known = _decisions.get(key)
    if known is None or known[0] is not register:
        if len(_decisions) > _MOST_REMEMBERED:
            _decisions.clear()
        decision = access.decide(register, asker, look.purpose, duty=look.duty)
        known = _decisions[key] = (register, decision)
    return known[1]


def _relations_named(register: Register, purpose: str) -> frozenset[str]:
    key = (id(register), purpose)
    known = _relations.get(key)
    if known is None or known[0] is not register:
        if len(_relations) > _MOST_REMEMBERED:
            _relations.clear()
        known = _relations[key] = (register, access.relations_named(register, purpose))
    return known[1]
