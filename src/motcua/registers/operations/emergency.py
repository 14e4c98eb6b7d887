"""Breaking the glass: one record, in an emergency, for some minutes, and reviewed by another.

Whoever opened it then reads with the purpose "emergency"; each look is an act that the person sees
at once. Nothing has to end it: the clock does.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from msgspec import Struct

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.kernel.refusals import Refusal
from motcua.registers.declared import register, registers
from motcua.registers.models import EmergencyAccess
from motcua.registers.queries import versions
from motcua.registers.queries.people import person_ids
from motcua.registers.rules.declaration import Register
from motcua.registers.rules.ids import record_id

BREAK, REVIEW = "break-glass", "review-access"
LEAST_WORDS = 20
NOBODY = UUID(int=0)
VERDICTS = ("justified", "not-justified")


class EmergencyCard(Struct, frozen=True, kw_only=True):
    """An emergency access as its reviewers see it: never the key of the record nor its data.

    `fields`: what was read, by full name; `verdict`: "", "justified" or "not-justified".
    """

    id: UUID
    register: str
    account_id: UUID
    account_label: str
    body_id: UUID
    why: str
    opened_at: datetime
    until: datetime
    fields: tuple[str, ...] = ()
    verdict: str = ""
    remark: str = ""
    reviewed_at: datetime | None = None


@transaction.atomic
def open_emergency(actor: Actor, *, register: str, key: str, why: str) -> EmergencyCard:
    """Open one record to the officer for MOTCUA_EMERGENCY_MINUTES, whether it exists or not.

    Those who review access in his body are told (in the owner's body, if there are none). Asked
    again while it is open, the same access is the answer. Act "registers.emergency-opened".
    Refusals: identity.not-allowed (needs "break-glass", and is not for software),
    registers.no-such-register, .why-needed (at least 20 characters), .too-many-emergencies.
    """
    identity.require(actor, BREAK, actor.body_id)
    declared, words, now = _declared(register), " ".join(why.split()), clock.now()
    if actor.application_id or not (actor.account_id and actor.post_id and actor.body_id):
        raise Refusal("identity.not-allowed", permission=BREAK)
    if len(words) < LEAST_WORDS:
        raise Refusal("registers.why-needed", least=LEAST_WORDS)
    mine = EmergencyAccess.objects.select_for_update().filter(account_id=actor.account_id)
    known = mine.filter(register=register, subject=key, post_id=actor.post_id, until__gt=now)
    if found := known.first():
        return _card(found, actor.label)
    limit = int(settings.MOTCUA_EMERGENCIES_PER_DAY)
    if mine.filter(opened_at__gte=_midnight(now)).count() >= limit:
        raise Refusal("registers.too-many-emergencies", limit=limit)
    row = EmergencyAccess.objects.create(
        id=new_id(),
        account_id=actor.account_id,
        post_id=actor.post_id,
        body_id=actor.body_id,
        register=register,
        subject=key,
        person_id=_person(declared, key, now),
        why=words,
        opened_at=now,
        until=now + timedelta(minutes=settings.MOTCUA_EMERGENCY_MINUTES),
    )
    _told(actor, "registers.emergency-opened", row, reason=words, until=row.until.isoformat())
    _tell_reviewers(row, declared, actor.label)
    return _card(row, actor.label)


def emergencies_to_review(actor: Actor, *, reviewed: bool = False) -> list[EmergencyCard]:
    """Emergency accesses of the actor's body, and to the registers that it owns, that nobody has
    reviewed (or those reviewed, newest first): never his own. Needs "review-access"."""
    identity.require(actor, REVIEW, actor.body_id)
    others = _of_body(actor).exclude(account_id=actor.account_id or NOBODY)
    rows = list(others.filter(reviewed_at__isnull=not reviewed)[:200])
    labels = identity.accounts([row.account_id for row in rows])
    looks = _looks(rows)
    return [
        _card(row, labels[row.account_id].full_name, looks.get(str(row.id), ()))
        for row in rows
        if row.account_id in labels
    ]


@transaction.atomic
def review_emergency(actor: Actor, emergency_id: UUID, *, verdict: str, remark: str = "") -> None:
    """Judge an emergency access: "justified" or "not-justified" (with a remark), once.

    Act "registers.emergency-reviewed". Refusals: identity.not-allowed, registers.no-such-verdict,
    .remark-needed, .no-such-emergency, .own-emergency, .emergency-reviewed.
    """
    identity.require(actor, REVIEW, actor.body_id)
    if verdict not in VERDICTS:
        raise Refusal("registers.no-such-verdict")
    if verdict == "not-justified" and not remark.strip():
        raise Refusal("registers.remark-needed")
    row = _of_body(actor).select_for_update().filter(id=emergency_id).first()
    if row is None:
        raise Refusal("registers.no-such-emergency")
    if row.account_id == actor.account_id:
        raise Refusal("registers.own-emergency")
    if row.reviewed_at is not None:
        raise Refusal("registers.emergency-reviewed")
    row.reviewed_by, row.reviewed_at = actor.account_id, clock.now()
    row.verdict, row.remark = verdict, remark.strip()
    row.save(update_fields=["reviewed_by", "reviewed_at", "verdict", "remark"])
    _told(actor, "registers.emergency-reviewed", row, verdict=verdict)


def _declared(name: str) -> Register:
    return register(name)


def _midnight(moment: datetime) -> datetime:
    return timezone.localtime(moment).replace(hour=0, minute=0, second=0, microsecond=0)


def _person(declared: Register, key: str, now: datetime) -> UUID | None:
    """Whom the record concerns: told in the act, so that the person sees it at once."""
    day = timezone.localdate(now)
    for row in versions.holding([record_id(declared.register, key)], day, now):
        if row.person_id is not None:
            return row.person_id
    return person_ids([key]).get(key) if declared.subject.kind == "person" else None


def _of_body(actor: Actor) -> QuerySet[EmergencyAccess]:
    """The body's own, and those of registers that the body owns."""
    code = directory.body(actor.body_id).code if actor.body_id else ""
    owned = [one.register for one in registers().values() if code and one.owner == code]
    rows = EmergencyAccess.objects.filter(Q(body_id=actor.body_id) | Q(register__in=owned))
    return rows.order_by("-opened_at", "-id")


def _looks(rows: Sequence[EmergencyAccess]) -> dict[str, list[str]]:
    """What was read within each access: the names of the fields, again for each look."""
    found: dict[str, list[str]] = {}
    if not rows:
        return found
    for act in acts.readings_marked(
        sorted({row.body_id for row in rows}),
        "emergency",
        [str(row.id) for row in rows],
        since=min(row.opened_at for row in rows),
        until=max(row.until for row in rows),
    ):
        found.setdefault(str(act.detail["emergency"]), []).extend(act.detail.get("fields") or ())
    return found


def _card(row: EmergencyAccess, label: str, fields: Sequence[str] = ()) -> EmergencyCard:
    return EmergencyCard(
        id=row.id,
        register=row.register,
        account_id=row.account_id,
        account_label=label,
        body_id=row.body_id,
        why=row.why,
        opened_at=row.opened_at,
        until=row.until,
        fields=tuple(dict.fromkeys(fields)),
        verdict=row.verdict,
        remark=row.remark,
        reviewed_at=row.reviewed_at,
    )


def _told(actor: Actor, verb: str, row: EmergencyAccess, **more: str) -> None:
    acts.record(
        actor,
        verb,
        object=("record", record_id(row.register, row.subject)),
        subjects=(row.person_id,) if row.person_id else (),
        purpose="emergency",
        detail={"register": row.register, "emergency": str(row.id), **more},
    )


def _tell_reviewers(row: EmergencyAccess, declared: Register, label: str) -> None:
    owner = directory.body_by_code(declared.owner)
    told = _reviewers(row.body_id, row.account_id)
    if not told and owner is not None:
        told = _reviewers(owner.id, row.account_id)
    if told:
        identity.notify_all(
            told,
            "emergency-opened",
            {
                "who": label,
                "register": declared.title,
                "why": row.why,
                "until": row.until.isoformat(),
            },
            key=f"emergency:{row.id}",
        )


def _reviewers(body_id: UUID, but: UUID) -> list[UUID]:
    return list(
        dict.fromkeys(
            account.id
            for account, post in identity.officers_of(body_id)
            if REVIEW in directory.role(post.role).permissions and account.id != but
        )
    )
