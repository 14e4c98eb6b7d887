"""Finds persons by number, former number, or name with slips; each search is one act.

Names are compared in the dictionary of distinct names (NameForm), never in the table of persons:
some ten thousand forms instead of millions of bearers. Then persons are read by index.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.utils.crypto import salted_hmac

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from motcua.kernel.texts import fold
from motcua.registers.declared import register
from motcua.registers.queries import versions
from motcua.registers.queries.looking import Look, looking
from motcua.registers.queries.relations import Target
from motcua.registers.rules import finding
from motcua.registers.rules.access import NOTHING, Decision
from motcua.registers.rules.declaration import POPULATION
from motcua.registers.rules.finding import FindPeople, FoundPeople, FoundPerson
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.shapes import Person

_PERSON = (
    "p.id, p.personal_number, p.full_name, p.born_on, p.sex, p.old_number, p.residence_area,"
    " p.died_on"
)
_TOLD = ("identity.full_name", "identity.born_on", *finding.SHOWN.values())
_COLUMNS = (
    "id", "personal_number", "full_name", "born_on", "sex", "old_number", "residence_area",
    "died_on",
)  # fmt: skip
_FORMS = """
SELECT form, similarity(form, %s) FROM registers_nameform WHERE form %% %s
ORDER BY 2 DESC, 1 LIMIT %s
"""
_SLIPS = """
SELECT form, similarity(form, %s) FROM registers_nameform WHERE form = ANY(%s)
ORDER BY 2 DESC, 1 LIMIT %s
"""
# Each form is followed on its own, so that a common one cannot hide the others.
_BEARERS = """
SELECT {person}, f.likeness FROM unnest(%s::text[], %s::float[]) AS f(form, likeness)
CROSS JOIN LATERAL (
    SELECT * FROM registers_person c WHERE c.search_key = f.form AND c.merged_into IS NULL
    {narrowed} ORDER BY c.search_key, c.born_on LIMIT %s
) p ORDER BY f.likeness DESC, p.sort_key, p.born_on LIMIT %s
"""
_BY_NUMBER = """
SELECT {person} FROM registers_person n
JOIN registers_person p ON p.id = coalesce(n.merged_into, n.id)
WHERE {which} ORDER BY p.sort_key LIMIT %s
"""


def find_people(
    actor: Actor,
    query: FindPeople,
    *,
    purpose: str,
    reason: str = "",
    dossier_id: UUID | None = None,
    limit: int = 20,
) -> FoundPeople:
    """Who fits what is known, the likeliest first; `too_many` says that more fit than `limit`.

    Only for whom a grant of the population register lets read, for the purpose, what is asked by
    and the name. One act "registers.people-found" names all who are shown; its detail has the names
    of the criteria, a digest of them and the count. A person who was merged is found under the
    card that was kept. Refusals: those of `rules.finding.checked`, registers.purpose-needed,
    .no-such-purpose, .reason-needed, .dossier-needed, .too-many-reads, identity.not-allowed (which
    is an act too).
    """
    asked = finding.checked(query)
    declared = register(POPULATION)
    look = looking(actor, purpose, reason=reason, dossier_id=dossier_id)
    look.admit([declared])
    decision = look.decide(declared, Target(register=POPULATION, key=""))
    fields = frozenset(decision.fields)
    if not finding.needed(asked) | {"identity.full_name"} <= fields:
        _denied(look, asked)
    rows = _by_number(asked, limit) if asked.number or asked.old_number else _by_name(asked, limit)
    rows = _unrestricted(look, rows)
    found = FoundPeople(_found(asked, row, fields) for row in rows[:limit])
    found.too_many = len(rows) > limit
    _tell(look, asked, found, decision=decision)
    return found


def _found(asked: FindPeople, row: Sequence[Any], fields: frozenset[str]) -> FoundPerson:
    *values, similarity = row
    person = Person(**dict(zip(_COLUMNS, values, strict=True)))
    like = finding.likeness(asked, person.full_name, similarity)
    return FoundPerson(person=finding.visible(person, fields), likeness=like)


def _by_number(asked: FindPeople, limit: int) -> list[Sequence[Any]]:
    which, value = (
        ("n.personal_number = %s", asked.number)
        if asked.number
        else ("n.old_number = %s AND n.old_number <> ''", asked.old_number)
    )
    with connection.cursor() as cursor:
        cursor.execute(_BY_NUMBER.format(person=_PERSON, which=which), [value, limit + 1])
        rows = cursor.fetchall()
    wanted: list[Sequence[Any]] = []
    for row in dict.fromkeys(rows):
        person = Person(**dict(zip(_COLUMNS, row, strict=True)))
        if finding.fitting(asked, person):
            wanted.append((*row, 1.0 if fold(asked.name) == fold(person.full_name) else 0.5))
    return wanted


def _by_name(asked: FindPeople, limit: int) -> list[Sequence[Any]]:
    """The bearers of the name as typed; of like names only as far as there is room for them.

    One slip is looked up among all names that it may have come from, by the key of the dictionary;
    only when that finds nobody are names compared by trigrams.
    """
    form = fold(asked.name)
    rows = _bearers(asked, [(form, 1.0)], limit)
    if len(rows) <= limit:
        rows += _bearers_in_steps(asked, _one_slip_forms(form), limit - len(rows))
    for threshold in finding.THRESHOLDS:
        if not rows:
            rows = _bearers_in_steps(asked, like_forms(form, threshold), limit)
    return rows[: limit + 1]


def _bearers_in_steps(
    asked: FindPeople, forms: Sequence[tuple[str, float]], limit: int
) -> list[Sequence[Any]]:
    rows: list[Sequence[Any]] = []
    for first, last in finding.STEPS:
        if len(rows) <= limit and forms[first:last]:
            rows += _bearers(asked, forms[first:last], limit)
    return rows


def _one_slip_forms(form: str) -> list[tuple[str, float]]:
    with connection.cursor() as cursor:
        cursor.execute(_SLIPS, [form, list(finding.one_slip(form)), finding.MOST_FORMS])
        return list(cursor.fetchall())


def _bearers(
    asked: FindPeople, forms: Sequence[tuple[str, float]], limit: int
) -> list[Sequence[Any]]:
    narrowed, values = _narrowing(asked)
    sql = _BEARERS.format(person=_PERSON, narrowed=narrowed)
    names, likes = [one for one, _ in forms], [like for _, like in forms]
    with connection.cursor() as cursor:
        cursor.execute(sql, [names, likes, *values, limit + 1, limit + 1])
        return list(cursor.fetchall())


@transaction.atomic(savepoint=False)
def like_forms(form: str, threshold: float) -> list[tuple[str, float]]:
    """The forms of names that are like this one, with how like they are, the likeliest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('pg_trgm.similarity_threshold', %s, true)", [str(threshold)]
        )
        cursor.execute(_FORMS, [form, form, finding.MOST_FORMS])
        return list(cursor.fetchall())


def _narrowing(asked: FindPeople) -> tuple[str, list[Any]]:
    parts, values = [""], list[Any]()
    if asked.born_on:
        parts.append("c.born_on = %s")
        values.append(asked.born_on)
    elif asked.born_year:
        parts.append("c.born_on >= %s AND c.born_on < %s")
        values += [date(asked.born_year, 1, 1), date(asked.born_year + 1, 1, 1)]
    if asked.area:
        parts.append("c.residence_area = ANY(%s)")
        communes = [one.code for one in directory.areas("commune", parent_code=asked.area)]
        values.append([asked.area, *communes])
    return " AND ".join(parts), values


def _unrestricted(look: Look, rows: list[Sequence[Any]]) -> list[Sequence[Any]]:
    """Without those who asked that their data be closed to such readings."""
    if not look.heeds_restrictions or not rows:
        return rows
    records = {record_id(POPULATION, row[1]): row for row in rows}
    held = versions.holding_unless_restricted(
        list(records), look.today, clock.now(), today=look.today
    )
    closed = {one.record_id for one in held if one.restricted}
    return [row for record, row in records.items() if record not in closed]


def _denied(look: Look, asked: FindPeople) -> None:
    _tell(look, asked, FoundPeople(), decision=NOTHING, verb="registers.read-denied")
    raise Refusal("identity.not-allowed", permission="find-people")


def _tell(
    look: Look,
    asked: FindPeople,
    found: FoundPeople,
    *,
    decision: Decision,
    verb: str = "registers.people-found",
) -> None:
    """The act: whom it showed and by what it was asked, but nothing of what was typed."""
    criteria = {name: value for name, value in msgspec.structs.asdict(asked).items() if value}
    typed = msgspec.json.encode(criteria, order="deterministic")
    detail: dict[str, Any] = {
        "register": POPULATION,
        "fields": [one for one in _TOLD if one in decision.fields],
        "asked_by": sorted(criteria),
        "digest": salted_hmac("registers.find", typed, algorithm="sha256").hexdigest(),
        "count": len(found),
    }
    if look.reason:
        detail["reason"] = look.reason
    if decision.told_after:
        told = look.today + timedelta(days=decision.told_after)
        detail["told_after"] = told.isoformat()
    if not decision.heirs:
        detail["heirs"] = False
    acts.record(
        look.actor,
        verb,
        object=("register", record_id(POPULATION, "")),
        subjects=tuple(one.person.id for one in found),
        dossier_id=look.dossier_id,
        purpose=look.purpose,
        basis=decision.law,
        detail=detail,
    )
