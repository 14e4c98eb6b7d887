"""A copy of everything: for machines as JSON, for people as PDF. Making one is an act."""

from typing import Any

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from motcua.acts import api as acts
from motcua.documents import api as documents
from motcua.dossiers import api as dossiers
from motcua.kernel import clock, texts
from motcua.kernel.actors import Actor
from motcua.openness import words
from motcua.openness.queries.consents import declarations
from motcua.openness.queries.holdings import OWN, holdings, shown
from motcua.openness.queries.questions import my_questions
from motcua.openness.queries.relatives import oneself
from motcua.openness.queries.usage import MOST, usage_of
from motcua.openness.shapes import FactShown, Holding, Usage
from motcua.registers import api as registers

FORMAT = "motcua.personal-data.1"
MOST_PRINTED = 500


@transaction.atomic
def data_copy(actor: Actor) -> dict[str, Any]:
    """Everything that the state holds here about the person, as plain JSON values.

    `registers`: each record with its present facts and every earlier version; `declarations`;
    `accesses`: the whole log, newest first, with one's own; `questions`; `dossiers`. An act
    "data.copied". Refusal openness.person-needed.
    """
    _id, number = oneself(actor)
    found = holdings(actor)
    copy = {
        "format": FORMAT,
        "made_at": clock.now(),
        "personal_number": number,
        "registers": [_register(actor, one) for one in found],
        "declarations": declarations(actor),
        "accesses": _all_accesses(actor),
        "questions": my_questions(actor),
        "dossiers": _dossiers(actor),
    }
    _note(actor, "json")
    plain: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(copy))
    return plain


@transaction.atomic
def data_copy_pdf(actor: Actor, *, language: str = "vi") -> bytes:
    """The same for reading: what is held now and the newest accesses, in words; an act.

    The complete history is in the JSON, and the PDF says so. Refusal openness.person-needed.
    """
    _id, number = oneself(actor)
    with override(language):
        page = usage_of(actor, own=True, limit=MOST_PRINTED)
        data = {
            "language": language,
            "made_at": texts.long_moment(timezone.localtime(clock.now()), language),
            "number": number,
            "registers": [_printed(one) for one in holdings(actor)],
            "accesses": [_line(one, language) for one in page.items],
            "more": bool(page.next),
        }
    pdf = documents.render_preview("personal-data-copy", data, draft=False)
    _note(actor, "pdf")
    return pdf


def _note(actor: Actor, form: str) -> None:
    person_id, _number = oneself(actor)
    acts.record(
        actor,
        "data.copied",
        object=("person", person_id),
        subjects=(person_id,),
        purpose=OWN,
        detail={"format": form},
    )


def _register(actor: Actor, one: Holding) -> dict[str, Any]:
    ask = registers.Ask(register=one.register, key=one.key)
    versions = () if one.unavailable else registers.history(actor, ask, purpose=OWN)
    register = registers.register(one.register)
    return {
        "register": one.register,
        "key": one.key,
        "title": one.title,
        "owner": one.owner,
        "unavailable": one.unavailable,
        "facts": [_plain(fact) for fact in one.facts],
        "history": [_plain(shown(register, held)) for held in versions],
    }


def _plain(fact: FactShown) -> dict[str, Any]:
    return {
        "fact": fact.fact,
        "item": fact.item,
        "title": fact.title,
        "values": {one.path.partition(".")[2]: one.value for one in fact.fields},
        "valid_from": fact.valid_from,
        "valid_until": fact.valid_until,
        "recorded_at": fact.recorded_at,
        "replaced_at": fact.replaced_at,
        "disputed": fact.disputed,
        "ground": fact.ground,
        "version": fact.version,
    }


def _all_accesses(actor: Actor) -> list[Usage]:
    items: list[Usage] = []
    after = ""
    while True:
        page = usage_of(actor, own=True, after=after, limit=MOST)
        items += page.items
        after = page.next
        if not after:
            return items


def _dossiers(actor: Actor) -> list[dossiers.DossierRow]:
    rows = dossiers.my_dossiers(actor, limit=500)
    while rows and len(rows) % 500 == 0:
        more = dossiers.my_dossiers(actor, limit=500, after=rows[-1].id)
        if not more:
            break
        rows += more
    return rows


def _printed(one: Holding) -> dict[str, Any]:
    return {
        "title": words.said(one.title),
        "owner": words.said(one.owner),
        "facts": [
            {
                "title": words.said(fact.title),
                "since": fact.valid_from.isoformat(),
                "disputed": fact.disputed,
                "rows": [
                    {"label": words.said(field.title), "value": words.value_of(field)}
                    for field in fact.fields
                ],
            }
            for fact in one.facts
        ],
    }


def _line(one: Usage, language: str) -> dict[str, str]:
    return {
        "at": texts.long_moment(timezone.localtime(one.at), language),
        "who": ", ".join(filter(None, (words.said(one.body), words.who(one)))),
        "what": words.what_happened(one),
        "why": words.why(one),
    }
