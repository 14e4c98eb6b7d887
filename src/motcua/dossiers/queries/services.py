"""Which service a dossier is of: for who reads the ledger and follows a few services only."""

from collections.abc import Iterable
from uuid import UUID

from motcua.dossiers.models import Dossier


def services_of(dossier_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Dossier -> slug of its service, in one statement; unknown ones are left out."""
    rows = Dossier.objects.filter(id__in=list(dossier_ids))
    return dict(rows.values_list("id", "service"))
