"""Retention: what the declared rules keep no longer is taken away, and a certificate stays.

Set-based, in batches; each batch is one transaction with its own certificate, so that a run that
is killed has done what its certificates say and no more. An open dispute keeps its version.
"""

import hashlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from msgspec import Struct

from motcua.acts import api as acts
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.ids import new_id
from motcua.registers.declared import register as declared_register
from motcua.registers.declared import registers
from motcua.registers.models import RetentionRun
from motcua.registers.operations.keeping import require_keeper
from motcua.registers.queries.retention import Certificate, certificate_of
from motcua.registers.rules.declaration import POPULATION, FactKind, Register, Retention
from motcua.registers.rules.retention import cutoff, in_words, nameless

BATCH = 10_000
NOBODY = "anonymous"
_OVER = {
    # Kept at least as long after it became known: an end of long ago may be news.
    "ended": "(upper(v.valid) <= %(day)s::date AND lower(v.recorded) <= %(moment)s::timestamptz"
    " OR upper(v.recorded) <= %(moment)s::timestamptz)",
    "recorded": "lower(v.recorded) <= %(moment)s::timestamptz",
    "death": """EXISTS (SELECT FROM registers_person p WHERE p.died_on <= %(day)s::date
        AND p.personal_number = CASE v.holder WHEN '' THEN v.subject ELSE v.holder END)""",
}
_CHOOSE = """
SELECT v.record_id, v.id, v.subject FROM registers_factversion v
WHERE v.register = %(register)s AND v.fact = %(fact)s AND v.subject <> %(nobody)s AND {over}
    AND NOT EXISTS (SELECT FROM registers_dispute d WHERE d.record_id = v.record_id
        AND d.version_id = v.id AND d.closed_at IS NULL)
LIMIT %(batch)s FOR UPDATE OF v SKIP LOCKED
"""
_CHOSEN = "unnest(%(records)s::uuid[], %(versions)s::uuid[]) AS c(record_id, id)"
# Nothing leads back: another record, no act of the past, no exact day or moment.
_ANONYMISE = f"""
INSERT INTO registers_factversion (record_id, id, register, subject, fact, item, "values", holder,
    valid, recorded, ground, act_id)
SELECT gen_random_uuid(), gen_random_uuid(), v.register, %(nobody)s::text, v.fact, '',
    (SELECT coalesce(jsonb_object_agg(e.key, e.value), '{{}}') FROM jsonb_each(v."values") e
        WHERE e.key = ANY(%(nameless)s)), '',
    daterange(date_trunc('year', lower(v.valid))::date,
        (date_trunc('year', upper(v.valid)) + interval '1 year')::date),
    tstzrange(%(now)s::timestamptz, NULL), '', %(act)s::uuid
FROM registers_factversion v JOIN {_CHOSEN} ON v.record_id = c.record_id AND v.id = c.id
WHERE upper_inf(v.recorded)
"""  # noqa: S608 - names of ours
_FORGET = [
    f"""DELETE FROM registers_dispute d USING {_CHOSEN}
    WHERE d.record_id = c.record_id AND d.version_id = c.id""",  # noqa: S608
    f"""DELETE FROM registers_factversion v USING {_CHOSEN}
    WHERE v.record_id = c.record_id AND v.id = c.id""",  # noqa: S608
    """DELETE FROM registers_importfault f USING registers_importrun r
    WHERE f.run_id = r.id AND r.register = %(register)s AND r.fact = %(fact)s
        AND r.ended_at <= %(moment)s""",
]
_CARDS = """
DELETE FROM registers_person p WHERE p.personal_number = ANY(%s) AND NOT EXISTS (
    SELECT FROM registers_factversion v
    WHERE v.record_id = md5('population/' || p.personal_number)::uuid)
"""
_ALLOW = "SELECT set_config('motcua.retention', %s, true)"


class _Task(Struct, frozen=True, kw_only=True):
    """One fact of a register under one rule, with the day by which it is over."""

    register: Register
    kind: FactKind
    rule: Retention
    day: date

    @property
    def moment(self) -> datetime:
        """The beginning of that day."""
        return timezone.make_aware(datetime.combine(self.day, time()))


def run_retention(actor: Actor, register: str = "", *, batch: int = BATCH) -> list[Certificate]:
    """Take away what is kept no longer, of one register or of all; a certificate per batch.

    By the register's declared `retention`: versions whose time is over are erased, or replaced by
    what names nobody. Only who keeps the register, or the system. Refusals:
    registers.no-such-register, identity.not-allowed.
    """
    chosen = [declared_register(register)] if register else list(registers().values())
    for one in chosen:
        require_keeper(actor, one)
    # The population last: by its cards the others know whose death is long ago.
    chosen.sort(key=lambda one: one.register == POPULATION)
    return [done for one in chosen for task in _tasks(one) for done in _all(actor, task, batch)]


def _tasks(register: Register) -> Iterator[_Task]:
    today = timezone.localdate(clock.now())
    for rule in register.retention:
        day = cutoff(rule.keep, today)
        if day is None or day == date.min:
            continue
        for kind in register.facts:
            if not rule.facts or kind.fact in rule.facts:
                yield _Task(register=register, kind=kind, rule=rule, day=day)


def _all(actor: Actor, task: _Task, batch: int) -> Iterator[Certificate]:
    while (done := _batch(actor, task, batch)) is not None:
        yield done
        if done.count < batch:
            return


@transaction.atomic
def _batch(actor: Actor, task: _Task, batch: int) -> Certificate | None:
    """One batch and its certificate; None when nothing is over."""
    about: dict[str, Any] = {
        "register": task.register.register, "fact": task.kind.fact, "day": task.day,
        "moment": task.moment, "nobody": NOBODY, "now": clock.now(), "batch": batch,
        "nameless": list(nameless(task.kind)),
    }  # fmt: skip
    over = _OVER[task.rule.after]
    with connection.cursor() as cursor:
        cursor.execute(_CHOOSE.format(over=over), about)
        rows = cursor.fetchall()
        if not rows:
            return None
        run = _certify(actor, task, sorted(version for _, version, _ in rows))
        chosen = {"records": [row[0] for row in rows], "versions": [row[1] for row in rows]}
        cursor.execute(_ALLOW, ["on"])
        if task.rule.then == "anonymise":
            cursor.execute(_ANONYMISE, about | chosen | {"act": run.act_id})
        for statement in _FORGET:
            cursor.execute(statement, about | chosen)
        if task.register.register == POPULATION:
            cursor.execute(_CARDS, [sorted({subject for _, _, subject in rows})])
        cursor.execute(_ALLOW, ["off"])
    return certificate_of(run)


def _certify(actor: Actor, task: _Task, versions: Sequence[UUID]) -> RetentionRun:
    about = {
        "register": task.register.register, "fact": task.kind.fact, "rule": in_words(task.rule),
    }  # fmt: skip
    run = RetentionRun(
        id=new_id(),
        law=task.rule.law,
        ran_at=clock.now(),
        count=len(versions),
        digest=hashlib.sha256("\n".join(map(str, versions)).encode()).hexdigest(),
        **about,
    )
    run.act_id = acts.record(
        actor,
        "registers.retention-ran",
        object=("retention", run.id),
        basis=task.rule.law,
        detail=about | {"count": run.count, "digest": run.digest},
    )
    run.save(force_insert=True)
    return run
