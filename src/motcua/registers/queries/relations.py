"""Who asks, in the words of grants: a post, a job for a body, or somebody close to the person.

Relations are proved by registers and by identity, never claimed.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from django.utils import timezone

from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor
from motcua.registers.models import Person
from motcua.registers.rules import access
from motcua.registers.rules.access import Asker
from motcua.registers.rules.declaration import RELATIONS
from motcua.registers.rules.ids import record_id

VERIFIED = 2
POPULATION, CIVIL_STATUS, PERSONAL_DATA = "population", "civil-status", "personal-data"
_CLOSE = """
SELECT subject, fact, "values"::text FROM registers_factversion
WHERE record_id = ANY(%s) AND fact IN ('identity', 'marriage', 'mandate')
    AND valid @> %s::date AND upper_inf(recorded)
"""


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What is asked about: a record of a register, and whom it concerns (as far as known)."""

    register: str
    key: str
    holder: str = ""
    person_id: UUID | None = None
    business: bool = False


def reader_for(body_id: UUID) -> Actor:
    """The system, working for the body that decides a dossier: grants name it as "system"."""
    return msgspec.structs.replace(SYSTEM, body_id=body_id)


def relations_of(actor: Actor, holder: str, *, purpose: str = access.OWN) -> frozenset[str]:
    """What the actor is to the person with that number: of "self", "parent", "spouse", "proxy".

    A mandate counts here if it is for everything or for this purpose's procedure.
    """
    card = Person.objects.filter(personal_number=holder).values_list("id", flat=True).first()
    target = Target(register="", key="", holder=holder, person_id=card)
    return Asking(actor).relations(target, purpose, wanted=frozenset(RELATIONS))


class Asking:
    """One actor during one reading: what was found out about him is not asked again."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor
        self._number: str | None = None
        self._businesses: frozenset[str] | None = None

    def asker(self, target: Target, purpose: str, wanted: frozenset[str]) -> Asker:
        """The asker as `decide` takes it; `wanted` are the relations that grants ask about."""
        actor = self.actor
        if actor.kind == "person":
            return Asker(kind="person", relations=self.relations(target, purpose, wanted=wanted))
        if actor.body_id is None:
            return Asker(kind=actor.kind, role=actor.role)
        body = directory.body(actor.body_id)
        return Asker(kind=actor.kind, role=actor.role, body_code=body.code, body_kind=body.kind)

    def relations(self, target: Target, purpose: str, *, wanted: frozenset[str]) -> frozenset[str]:
        """Asks no further than the grants do."""
        found = set()
        if self.actor.kind != "person":
            return frozenset()
        if "self" in wanted and self._is_self(target):
            found.add("self")
        if "representative" in wanted and target.business and target.key in self.businesses():
            found.add("representative")
        if "self" not in found and target.holder and wanted & {"parent", "spouse", "proxy"}:
            found |= self._close(target, purpose) & wanted
        return frozenset(found)

    def number(self) -> str:
        """The actor's own number: of the person that the account is, or verified with it."""
        if self._number is None:
            self._number = self._own_number()
        return self._number

    def businesses(self) -> frozenset[str]:
        """The businesses that the actor may represent today."""
        if self._businesses is None:
            account = self.actor.account_id
            cards = identity.representations(account) if account else []
            self._businesses = frozenset(card.business_number for card in cards)
        return self._businesses

    def _is_self(self, target: Target) -> bool:
        if not target.holder:
            return False
        if self.actor.person_id is not None and target.person_id is not None:
            return target.person_id == self.actor.person_id
        return target.holder == self.number()

    def _own_number(self) -> str:
        if self.actor.person_id is not None:
            found = Person.objects.filter(id=self.actor.person_id)
            return found.values_list("personal_number", flat=True).first() or ""
        if self.actor.account_id is None or self.actor.level < VERIFIED:
            return ""
        return identity.account(self.actor.account_id).personal_number

    def _close(self, target: Target, purpose: str) -> frozenset[str]:
        me, holder, today = self.number(), target.holder, timezone.localdate(clock.now())
        if not me:
            return frozenset()
        scopes = {"all", target.register, purpose.partition("/")[2]} - {""}
        facts = _facts(me, holder, today)
        return access.relations(facts, me=me, holder=holder, scopes=scopes, on=today)


def _facts(me: str, holder: str, today: date) -> list[tuple[str, str, Mapping[str, Any]]]:
    records = [record_id(name, holder) for name in (POPULATION, CIVIL_STATUS, PERSONAL_DATA)]
    with connection.cursor() as cursor:
        cursor.execute(_CLOSE, [[*records, record_id(CIVIL_STATUS, me)], today])
        rows = cursor.fetchall()
    return [(whose, fact, msgspec.json.decode(values)) for whose, fact, values in rows]
