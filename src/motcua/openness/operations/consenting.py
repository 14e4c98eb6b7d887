"""Consent as a signed snapshot of one exact text; its withdrawal as easy as its giving."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.openness.agreements import agreement as named
from motcua.openness.operations.alerting import ALERTS, watch
from motcua.openness.queries.consents import REGISTER, own_record
from motcua.openness.queries.relatives import oneself
from motcua.openness.rules.agreements import digest_of
from motcua.registers import api as registers


@transaction.atomic
def give_consent(
    actor: Actor, agreement: str, *, revision: int, digest: str, ticked: bool = False
) -> str:
    """Agree to the text that was shown: `revision` and `digest` are those of the page, `ticked`
    is the person's own mark. Returns the digest that is kept.

    Nobody agrees for another, and nothing is agreed by default. Refusals: openness.not-ticked,
    openness.agreement-changed (the text shown is not the one in force), openness.consent-given,
    openness.no-such-agreement, openness.person-needed.
    """
    known = named(agreement)
    person_id, number = oneself(actor)
    if not ticked:
        raise Refusal("openness.not-ticked")
    now = known.current(directory.today())
    if now is None or now.revision != revision or digest_of(known, now) != digest:
        raise Refusal("openness.agreement-changed")
    held = _given(actor, agreement)
    if held and held.values.get("digest") == digest:
        raise Refusal("openness.consent-given")
    values: dict[str, Any] = {
        "agreement": agreement,
        "revision": revision,
        "digest": digest,
        "signed_at": timezone.localtime(clock.now()).isoformat(timespec="seconds"),
        "text_title": known.title.get("vi") or next(iter(known.title.values())),
    }
    fact = registers.Fact(register=REGISTER, fact="consent", subject=number, values=values)
    registers.write_facts(actor, [fact])
    acts.record(
        actor,
        "consent.given",
        object=("person", person_id),
        subjects=(person_id,),
        basis=known.law,
        detail={"agreement": agreement, "revision": revision, "digest": digest},
    )
    if agreement == ALERTS:
        watch(person_id, actor.account_id)
    return digest


@transaction.atomic
def withdraw_consent(actor: Actor, agreement: str) -> None:
    """Withdraw: it holds from today on. What was done before stays lawful (Law 91/2025/QH15).

    Refusals: openness.no-consent, openness.no-such-agreement, openness.person-needed.
    """
    known = named(agreement)
    person_id, number = oneself(actor)
    held = _given(actor, agreement)
    if held is None:
        raise Refusal("openness.no-consent")
    ended = {"agreement": agreement}
    fact = registers.Fact(register=REGISTER, fact="consent", subject=number, values=ended, end=True)
    registers.write_facts(actor, [fact])
    acts.record(
        actor,
        "consent.withdrawn",
        object=("person", person_id),
        subjects=(person_id,),
        basis=known.law,
        detail={"agreement": agreement, "revision": held.values.get("revision")},
    )
    if agreement == ALERTS:
        watch(person_id, None)


def _given(actor: Actor, agreement: str) -> registers.Held | None:
    record = own_record(actor)
    facts = record.facts if record else ()
    return next((one for one in facts if one.fact == "consent" and one.item == agreement), None)
