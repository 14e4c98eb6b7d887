"""What a form is filled with: from the account, and from the registers of the state.

Everything that the form may need of one record is asked for once, remembered with the draft, and
each reading is an act with its purpose. Who may read whose record for whom is decided by the
registers: what may not be seen stays empty, like what does not exist.
"""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.answers import get, merged, put, remove
from motcua.catalogue.rules.prefills import Source
from motcua.dossiers.models import Draft
from motcua.dossiers.rules.known import (
    Keys,
    Want,
    answers_it,
    fields_of,
    is_claimed,
    part_of,
    wants,
)
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.registers import api as registers

AT_THE_COUNTER = "duty/counter-filing"
VERIFIED = 2
CLOSED = "registers.closed"
ROUNDS = 4  # a key that was filled may lead to another record: a spouse, a household


class Filled(NamedTuple):
    """Questions that registers have just answered, and those whose answer was another person's."""

    new: frozenset[str]
    gone: frozenset[str]


def fill(actor: Actor, draft: Draft, context: catalogue.Context, *, saved: str = "") -> Filled:
    """Fill what is still empty and known; forget what is about somebody who is no longer named.

    What the person emptied on the page `saved`, or on one that was looked at, is not taken from the
    account again.
    """
    procedure = catalogue.procedure(draft.procedure)
    keys = _keys(actor, draft)
    draft.answers = merged(draft.answers, {})
    gone = _forget_strangers(draft, keys)
    filled: set[str] = set()
    looked_at = {saved, *draft.done, *draft.typed}
    seen = {field.field for page in procedure.form if page.page in looked_at for field in page.ask}
    for _round in range(ROUNDS):
        open_now = wants(procedure, draft.answers, context, keys=keys)
        _ask(actor, draft, procedure, keys=keys, open_now=open_now)
        new = _put(draft, [one for one in open_now if one.key or one.question.field not in seen])
        filled |= {path for path in new if path in draft.sources}
        if not new:
            break
    return Filled(new=frozenset(filled), gone=frozenset(gone - filled))


def account_facts(applicant: Mapping[str, Any]) -> dict[str, Any]:
    """What the account, or the clerk, says, under the names that packs use."""
    return dict(applicant) | {
        "full_name": applicant.get("name", ""),
        "personal_id": applicant.get("personal_number", ""),
    }


def _keys(actor: Actor, draft: Draft) -> Keys:
    """About whom registers may be asked: only after the identity was verified, or by a clerk."""
    person = str(draft.applicant.get("personal_number", ""))
    trusted = draft.assisted or actor.level >= VERIFIED
    business = draft.on_behalf_of.partition(":")[2]
    return Keys(person=person if trusted else "", business=business if trusted else "")


def _forget_strangers(draft: Draft, keys: Keys) -> set[str]:
    """What was taken from a record goes when the form names another one; what was forgotten."""
    stale = {path for path, one in draft.sources.items() if not _still_about(draft, keys, one)}
    gone = {path for path in stale if not is_claimed(draft.sources[path])}
    for path in gone:
        remove(draft.answers, path)
    if stale:
        draft.sources = {p: source for p, source in draft.sources.items() if p not in stale}
    return gone


def _still_about(draft: Draft, keys: Keys, source: Mapping[str, Any]) -> bool:
    register = str(source["register"])
    named = Source(path="", register=register, of=str(source.get("of", "")))
    key = keys.of(named, draft.answers)
    return str(registers.record_id(register, key)) == source.get("record")


def _ask(
    actor: Actor,
    draft: Draft,
    procedure: catalogue.Procedure,
    *,
    keys: Keys,
    open_now: Sequence[Want],
) -> None:
    """Read what no earlier reading of this draft has brought, all at once."""
    if not (draft.assisted or actor.level >= VERIFIED):
        return
    new: dict[str, registers.Ask] = {}
    for want in open_now:
        if not want.key:
            continue
        register = want.source.register
        record = str(registers.record_id(register, want.key))
        known = draft.asked.get(record, {}).get("fields", ())
        if record in new or want.source.field in known:
            continue
        named = fields_of(procedure, draft.answers, keys=keys, register=register, key=want.key)
        fields = tuple(name for name in named if name not in known)
        new[record] = registers.Ask(register=register, key=want.key, fields=fields)
    if new:
        said = _read(actor, draft, new)
        draft.asked = draft.asked | {
            record: _together(draft.asked.get(record, {}), one) for record, one in said.items()
        }


def _read(actor: Actor, draft: Draft, asks: dict[str, registers.Ask]) -> dict[str, Any]:
    """What registers answer, by record; a closed one is tried again with the next page."""
    purpose = AT_THE_COUNTER if draft.assisted else f"procedure/{draft.procedure.partition('@')[0]}"
    closed: dict[str, Any] = {}
    while asks:
        try:
            found = registers.read_many(
                actor, list(asks.values()), purpose=purpose, dossier_id=draft.id
            )
        except Refusal as no:
            silent = str(no.params.get("register", ""))
            if no.code != CLOSED or not any(ask.register == silent for ask in asks.values()):
                return closed  # refused as a whole: the person types
            for record in [r for r, ask in asks.items() if ask.register == silent]:
                closed[record] = {"register": asks.pop(record).register, "closed": True}
            continue
        pairs = zip(asks.items(), found, strict=True)
        return closed | {record: _said(ask, answer) for (record, ask), answer in pairs}
    return closed


def _said(ask: registers.Ask, found: registers.Record | None) -> dict[str, Any]:
    """One record as the draft remembers it; empty for what is not there or may not be seen."""
    values: dict[str, Any] = {}
    for path in ask.fields if found else ():
        name, _, field = path.partition(".")
        held = [one for one in found.facts if one.fact == name]  # type: ignore[union-attr]
        given = [one for one in held if one.values.get(field) not in (None, "")]
        if not given or any(one.values[field] != given[0].values[field] for one in given):
            continue  # nothing, or several things that differ: the person says which
        values[path] = {
            "value": given[0].values[field],
            "version": str(given[0].id),
            "since": given[0].valid_from.isoformat(),
            **({"disputed": True} if any(one.disputed for one in given) else {}),
        }
    return {
        "register": ask.register,
        "at": clock.now().isoformat(),
        "fields": list(ask.fields),
        "values": values,
    }


def _together(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    """Two answers of one record, asked for other fields each time."""
    return {
        **now,
        "fields": [*before.get("fields", ()), *now.get("fields", ())],
        "values": {**before.get("values", {}), **now.get("values", {})},
    }


def _put(draft: Draft, open_now: Sequence[Want]) -> list[str]:
    """Answer what can be answered, each question from the first place that knows it."""
    account = {"applicant": account_facts(draft.applicant)}
    if any(not want.key and want.source.path.startswith("business.") for want in open_now):
        account["business"] = _business_facts(draft)
    done: list[str] = []
    for want in open_now:
        path = want.question.field
        if get(draft.answers, path) is not None:
            continue
        value = get(account, want.source.path) if not want.key else None
        if answers_it(want.question, value):
            put(draft.answers, path, value)
            done.append(path)
        elif want.key and _put_known(draft, want):
            done.append(path)
    return done


def _put_known(draft: Draft, want: Want) -> bool:
    record = str(registers.record_id(want.source.register, want.key))
    said = draft.asked.get(record, {})
    known = said.get("values", {}).get(want.source.field)
    value = part_of(known["value"], want.source.part) if known else None
    if known is None or not answers_it(want.question, value):
        return False
    put(draft.answers, want.question.field, value)
    draft.sources = draft.sources | {
        want.question.field: {
            "register": want.source.register,
            "field": want.source.field,
            "of": want.source.of,
            "record": record,
            "version": known["version"],
            "at": said["at"],
            "since": known["since"],
            "held": value,
            **({"disputed": True} if known.get("disputed") else {}),
        }
    }
    return True


def _business_facts(draft: Draft) -> dict[str, Any]:
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
