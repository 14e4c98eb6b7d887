"""What a form is filled with at once: from the account (the person, and the business that the
person acts for), and from the population register.

Each reading of the register is an act with its purpose. What came from there is kept with the
draft, until somebody types something else.
"""

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.answers import get, merged
from motcua.dossiers.models import Draft
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.registers import api as registers

PURPOSE = "prefill"
VERIFIED = 2
REGISTER = "population"


def fill(actor: Actor, draft: Draft) -> None:
    """Fill what is still empty in a draft, and say what came from the register."""
    procedure = catalogue.procedure(draft.procedure)
    wanted = {field.prefill.removeprefix("applicant.") for field in procedure.fields()}
    registered = _registered(actor, draft) if wanted & {"full_name", "born_on", "address"} else {}
    known = account_facts(draft.applicant) | registered
    facts = {"applicant": known, "business": _business_facts(draft)}
    first = catalogue.prefill(procedure, facts)
    source = {"register": REGISTER, "at": clock.now().isoformat()}
    for field in procedure.fields():
        name = field.prefill.removeprefix("applicant.")
        empty = get(draft.answers, field.field) in (None, "")
        if name in registered and empty and get(first, field.field) is not None:
            draft.sources[field.field] = source
    draft.answers = merged(first, draft.answers)


def still_true(draft: Draft, before: Mapping[str, Any]) -> dict[str, Any]:
    """The sources of the answers that nobody changed since."""
    return {
        path: source
        for path, source in draft.sources.items()
        if get(draft.answers, path) == get(dict(before), path)
    }


def account_facts(applicant: Mapping[str, Any]) -> dict[str, Any]:
    """What the account, or the clerk, says, under the names that packs use."""
    return dict(applicant) | {
        "full_name": applicant.get("name", ""),
        "personal_id": applicant.get("personal_number", ""),
    }


def _business_facts(draft: Draft) -> dict[str, str]:
    """Name and number of the business for which somebody acts; {} for who acts for himself."""
    if not draft.on_behalf_of or draft.account_id is None:
        return {}
    acted_for = identity.representations(draft.account_id)
    return {
        key: text
        for one in acted_for
        if one.on_behalf_of == draft.on_behalf_of
        for key, text in (("name", one.business_name), ("number", one.business_number))
    }


def _registered(actor: Actor, draft: Draft) -> dict[str, Any]:
    """What the register says of the applicant; {} where the reader may not ask or nobody is found.

    A citizen asks for himself, with a verified identity; a clerk for whom he files.
    """
    number = str(draft.applicant.get("personal_number", ""))
    if not number or not (draft.assisted or actor.level >= VERIFIED):
        return {}
    reader = actor
    if not draft.assisted and actor.person_id is None:
        # The number was verified with the account: whoever bears it is this person.
        reader = replace(actor, person_id=registers.person_ids([number]).get(number))
    person = registers.person_by_number(reader, number, purpose=PURPOSE, dossier_id=draft.id)
    if person is None:
        return {}
    facts: dict[str, Any] = {"full_name": person.full_name, "born_on": person.born_on.isoformat()}
    if person.residence_area:
        facts["address"] = {"area": person.residence_area, "line": person.residence_line}
    return facts
