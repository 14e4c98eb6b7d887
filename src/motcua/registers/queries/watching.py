"""Unusual looks of a body's officers, from the ledger, and what came of asking about them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone
from msgspec import Struct

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.working_time import is_working_instant
from motcua.registers.declared import registers
from motcua.registers.models import AccessFinding, Person
from motcua.registers.queries.people import person_ids
from motcua.registers.rules import watching
from motcua.registers.rules.watching import Reading, Setting

REVIEW = "review-access"
USUAL = timedelta(days=30)  # how far back the officer's own median reaches


class UnusualRow(Struct, frozen=True, kw_only=True):
    """A look to ask about: why (weightiest first), who, when, what for; never the data seen.

    `finding`: "" while nobody has asked, "explained" (a false alarm) or "abuse".
    """

    act_id: UUID
    at: datetime
    kinds: tuple[str, ...]
    verb: str
    account_id: UUID
    account_label: str
    register: str
    purpose: str
    fields: tuple[str, ...]
    reason: str
    dossier_id: UUID | None
    persons: tuple[UUID, ...]
    finding: str = ""
    remark: str = ""

    @property
    def kind(self) -> str:
        """The weightiest of its kinds."""
        return self.kinds[0]


class UnusualCounts(Struct, frozen=True, kw_only=True):
    """How many were reported; of them explained (false alarms), abuse, and still open."""

    reported: int
    explained: int
    abuse: int
    open: int


def unusual_access(
    actor: Actor, *, since: datetime, until: datetime | None = None, limit: int = 200
) -> list[UnusualRow]:
    """The unusual looks of the officers of the actor's body, newest first. Needs "review-access".

    Of "many in an hour" one look stands for the hour. A fixed number of statements.
    """
    identity.require(actor, REVIEW, actor.body_id)
    return _rows(actor.body_id, since, until or _soon())[:limit] if actor.body_id else []


def unusual_counts(
    actor: Actor, *, since: datetime, until: datetime | None = None
) -> UnusualCounts:
    """How the reports of this span ended: false alarms are counted too. Needs "review-access"."""
    identity.require(actor, REVIEW, actor.body_id)
    rows = _rows(actor.body_id, since, until or _soon()) if actor.body_id else []
    found = [row.finding for row in rows]
    return UnusualCounts(
        reported=len(rows),
        explained=found.count("explained"),
        abuse=found.count("abuse"),
        open=found.count(""),
    )


def _soon() -> datetime:
    return clock.now() + timedelta(seconds=1)


def _rows(body_id: UUID, since: datetime, until: datetime) -> list[UnusualRow]:
    looks = acts.readings_of(body_id, since, until)
    if not looks:
        return []
    around = _Body(body_id, looks, since=since, until=until)
    found = [(look, around.kinds(look)) for look in looks]
    unusual = [(look, kinds) for look, kinds in found if kinds]
    ids = [look.id for look, _ in unusual]
    findings = {one.act_id: one for one in AccessFinding.objects.filter(act_id__in=ids)}
    return [_row(look, kinds, findings.get(look.id)) for look, kinds in unusual]


class _Body:
    """What surrounds the looks of one body: its people, its hours, who is watched."""

    def __init__(
        self, body_id: UUID, looks: Sequence[acts.ActRow], *, since: datetime, until: datetime
    ) -> None:
        self.calendar = directory.calendar_of(body_id)
        code = directory.body(body_id).code
        self.owned = {one.register for one in registers().values() if one.owner == code}
        self.persons = self._persons_of_accounts(body_id, looks)
        subjects = {person for look in looks for person in look.subjects}
        watched = Person.objects.filter(id__in=subjects, is_watched=True)
        self.watched = frozenset(watched.values_list("id", flat=True))
        hours = acts.readings_by_hour(body_id, since - USUAL, until)
        self.busy = {account: watching.busy_hours(by) for account, by in hours.items()}
        self._named: set[tuple[UUID | None, datetime]] = set()

    def kinds(self, look: acts.ActRow) -> tuple[str, ...]:
        assert look.actor_id is not None
        own = self.persons.get(look.actor_id)
        reading = Reading(
            verb=look.verb,
            at=look.at,
            account_id=look.actor_id,
            persons=frozenset(look.subjects),
            purpose=look.purpose,
            has_dossier=look.dossier_id is not None,
            has_reason=bool(look.detail.get("reason")),
            by_software=bool(look.detail.get("application")),
        )
        setting = Setting(
            own_person=own,
            colleagues=self.colleagues - {own},
            watched=self.watched,
            is_working_hour=is_working_instant(self.calendar, look.at),
            is_owner=look.detail.get("register") in self.owned,
            is_many=self._is_first_of_busy_hour(look),
        )
        return watching.kinds(reading, setting)

    def _is_first_of_busy_hour(self, look: acts.ActRow) -> bool:
        hour = timezone.localtime(look.at).replace(minute=0, second=0, microsecond=0)
        name = (look.actor_id, hour)
        if look.actor_id is None or hour not in self.busy.get(look.actor_id, ()):
            return False
        is_first = name not in self._named
        self._named.add(name)
        return is_first

    def _persons_of_accounts(self, body_id: UUID, looks: Sequence[acts.ActRow]) -> dict[UUID, UUID]:
        """Who the officers are as persons: those who looked, and those who have a post here."""
        seated = {card.id: card for card, _ in identity.officers_of(body_id)}
        gone = [look.actor_id for look in looks if look.actor_id and look.actor_id not in seated]
        everybody = seated | (identity.accounts(list(set(gone))) if gone else {})
        numbers = person_ids(card.personal_number for card in everybody.values())
        found = {
            account: card.person_id or numbers.get(card.personal_number)
            for account, card in everybody.items()
        }
        known = {account: person for account, person in found.items() if person}
        self.colleagues = frozenset(known[one] for one in seated if one in known)
        return known


def _row(look: acts.ActRow, kinds: tuple[str, ...], finding: AccessFinding | None) -> UnusualRow:
    assert look.actor_id is not None
    return UnusualRow(
        act_id=look.id,
        at=look.at,
        kinds=kinds,
        verb=look.verb,
        account_id=look.actor_id,
        account_label=look.actor_label,
        register=str(look.detail.get("register", "")),
        purpose=look.purpose,
        fields=tuple(look.detail.get("fields") or ()),
        reason=str(look.detail.get("reason", "")),
        dossier_id=look.dossier_id,
        persons=look.subjects,
        finding=finding.finding if finding else "",
        remark=finding.remark if finding else "",
    )
