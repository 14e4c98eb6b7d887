"""Whom a dossier concerns, for the readers of the ledger that tell others' software."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from motcua.dossiers.models import Dossier, Task
from motcua.dossiers.queries.viewing import INTERNAL
from motcua.exchange import api as exchange


def parties_of(dossier_ids: Sequence[UUID]) -> Mapping[UUID, exchange.Parties]:
    """The bodies with a part in each dossier and whose it is; code and status as they are now."""
    bodies: dict[UUID, set[UUID]] = {}
    tasks = Task.objects.filter(dossier_id__in=dossier_ids, body_id__isnull=False)
    for dossier_id, body_id in tasks.values_list("dossier_id", "body_id").distinct():
        if body_id is not None:
            bodies.setdefault(dossier_id, set()).add(body_id)
    return {
        row.id: exchange.Parties(
            bodies=frozenset({row.body_id, row.desk_id} | bodies.get(row.id, set())),
            account_id=row.applicant_id,
            on_behalf_of=row.on_behalf_of,
            code=row.code,
            status=row.status,
        )
        for row in Dossier.objects.defer("state", "before").filter(id__in=dossier_ids)
    }


exchange.describe("dossier", parties_of, internal=INTERNAL)
