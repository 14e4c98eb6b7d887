"""What a person agreed to, restricted and objected to, as the register of declarations has it."""

from motcua.directory import api as directory
from motcua.kernel.actors import SYSTEM, Actor
from motcua.openness.agreements import agreements
from motcua.openness.queries.holdings import shown
from motcua.openness.queries.relatives import oneself
from motcua.openness.rules.agreements import Agreement, digest_of
from motcua.openness.shapes import AgreementShown, Declarations, FactShown
from motcua.registers import api as registers

REGISTER = "personal-data"


def declarations(actor: Actor) -> Declarations:
    """All agreements with whether the person has agreed, and what is restricted and objected to.

    One reading of the register, and its act. Refusal openness.person-needed.
    """
    record = own_record(actor)
    given = {one.item: one for one in record.facts if one.fact == "consent"} if record else {}
    found = (_shown(one, given.get(name)) for name, one in agreements().items())
    return Declarations(
        agreements=tuple(one for one in found if one is not None),
        restrictions=_facts(record, "restriction"),
        objections=_facts(record, "objection"),
        mandates=_facts(record, "mandate"),
    )


def own_record(actor: Actor) -> registers.Record | None:
    """The person's own declarations; an act."""
    _id, number = oneself(actor)
    return registers.read(actor, registers.Ask(register=REGISTER, key=number), purpose="own")


def _facts(record: registers.Record | None, fact: str) -> tuple[FactShown, ...]:
    register = registers.register(REGISTER)
    facts = record.facts if record else ()
    return tuple(shown(register, one) for one in facts if one.fact == fact)


def _shown(agreement: Agreement, held: registers.Held | None) -> AgreementShown | None:
    revision = agreement.current(directory.today())
    if revision is None and held is None:
        return None
    values = held.values if held else {}
    agreed = int(values.get("revision") or 0)
    shown_now = revision or agreement.revisions[-1]
    body = directory.body_by_code(agreement.body)
    return AgreementShown(
        agreement=agreement.agreement,
        title=agreement.title,
        purpose=agreement.purpose,
        body=body.name if body else {},
        law=agreement.law,
        revision=shown_now.revision,
        text=shown_now.text,
        digest=digest_of(agreement, shown_now),
        agreed=agreed == shown_now.revision,
        signed_at=str(values.get("signed_at") or ""),
        agreed_revision=agreed,
    )


def has_consent(person: str, agreement: str, revision: int | None = None) -> bool:
    """Whether the person with this number agrees now to that revision (the one in force by
    default), in exactly its present words. What was agreed earlier to another revision is not
    consent to this one. A reading by the system under the duty "check-consent"; an act."""
    return bool(agreeing([person], agreement, revision))


def agreeing(
    numbers: list[str], agreement: str, revision: int | None = None, *, actor: Actor = SYSTEM
) -> set[str]:
    """Those of these people who agree; as `has_consent`."""
    known = agreements().get(agreement)
    now = known.current(directory.today()) if known else None
    wanted = known.revision(revision) if known and revision else now
    if known is None or wanted is None or not numbers:
        return set()
    fields = ("consent.agreement", "consent.revision", "consent.digest")
    asks = [registers.Ask(register=REGISTER, key=one, fields=fields) for one in numbers]
    found = registers.read_many(actor, asks, purpose="duty/check-consent")
    digest = digest_of(known, wanted)
    return {
        record.key
        for record in found
        if record is not None
        for held in record.facts
        if held.fact == "consent"
        and held.item == agreement
        and held.values.get("revision") == wanted.revision
        and held.values.get("digest") == digest
    }
