"""What only the engine can say, asked of a random sample: is each stored dossier one of its own?"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from psycopg import sql

from motcua.acts.models import Act
from motcua.acts.operations import leaf_of
from motcua.catalogue import api as catalogue
from motcua.dossiers import storage
from motcua.dossiers.models import Dossier as DossierRow
from motcua.dossiers.rules.engine import allowed_verbs
from motcua.dossiers.rules.state import Command, Dossier
from motcua.dossiers.storage import _columns
from motcua.kernel.refusals import Refusal
from motcua.project.audit.shapes import SHOWN, Finding

BATCH = 500
# After a tick, time itself decides when it looks again.
TOLD_BY_TIME = frozenset({"wake_at"})
SYSTEM = Command(verb="")


def findings(size: int) -> Iterator[Finding]:
    """Read `size` dossiers and as many acts, and let the engine judge."""
    broken: dict[str, list[str]] = {
        "a state is one of the engine's (sample)": [],
        "the engine says who may do what (sample)": [],
        "columns are what storage writes for the state (sample)": [],
        "a due date has its explanation (sample)": [],
    }
    decoded, spoken, written, explained = broken.values()
    for dossier_id, dossier in _dossiers(size):
        if dossier is None:
            decoded.append(str(dossier_id))
            continue
        if not _speaks(dossier):
            spoken.append(str(dossier_id))
        if not _is_written(dossier):
            written.append(str(dossier_id))
        if not _is_explained(dossier):
            explained.append(str(dossier_id))
    for says, ids in broken.items():
        yield Finding(says=says, broken=len(ids), first=tuple(ids[:SHOWN]))
    forged = [str(act.id) for act in _acts(size) if bytes(act.leaf) != leaf_of(act)]
    yield Finding(
        says="an act's leaf is made from its content (sample)",
        broken=len(forged),
        first=tuple(forged[:SHOWN]),
    )


def _dossiers(size: int) -> Iterator[tuple[UUID, Dossier | None]]:
    """Random dossiers as storage reads them; None where their state is not the engine's."""
    for dossier_id in _random_ids("dossiers_dossier", size):
        try:
            found = storage.load(dossier_id)
        except (msgspec.ValidationError, ValueError):
            found = None
        yield dossier_id, found


def _random_ids(table: str, size: int) -> list[UUID]:
    """About `size` rows drawn over the whole table."""
    name = sql.Identifier(table)
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(name))
        share = min(100.0, 130.0 * size / max(1, cursor.fetchone()[0]))
        draw = sql.SQL("SELECT id FROM {} TABLESAMPLE BERNOULLI (%s) LIMIT %s").format(name)
        cursor.execute(draw, [share, size])
        return [row[0] for row in cursor.fetchall()]


def _acts(size: int) -> Iterator[Act]:
    ids = _random_ids("acts_act", size)
    for first in range(0, len(ids), BATCH):
        yield from Act.objects.filter(id__in=ids[first : first + BATCH])


def _speaks(dossier: Dossier) -> bool:
    """Whether the engine can say what the system and each owner of a task may do."""
    try:
        procedure = catalogue.procedure(dossier.procedure)
        procedure_states = {step.state for step in procedure.route}
        allowed_verbs(procedure, dossier, SYSTEM)
        owed = [
            task.state in procedure_states for task in dossier.open_tasks if task.kind == "step"
        ]
    except Refusal:
        return False
    return all(owed)


def _is_written(dossier: Dossier) -> bool:
    columns = _columns(dossier)
    row = DossierRow.objects.filter(id=dossier.id).values(*columns).get()
    return all(
        _same(row[name], value) for name, value in columns.items() if name not in TOLD_BY_TIME
    )


def _same(stored: Any, made: Any) -> bool:
    # JSON knows no tuples.
    plain = msgspec.json.decode(msgspec.json.encode(made)) if isinstance(made, dict) else made
    return bool(stored == plain)


def _is_explained(dossier: Dossier) -> bool:
    clocks = [dossier.clock, *(task.clock for task in dossier.open_tasks)]
    return all(clock.why and clock.why[0]["rule"] == "received" for clock in clocks if clock)
