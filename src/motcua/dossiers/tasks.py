"""Background work of dossiers: the sealed result, the passing of time, drafts nobody wants."""

from typing import Any
from uuid import UUID

from motcua.documents import api as documents
from motcua.dossiers.operations import billing, extracting
from motcua.dossiers.operations.acting import seal_result
from motcua.dossiers.operations.drafts import forget_expired
from motcua.dossiers.operations.effects import SEALED
from motcua.dossiers.operations.paid import bill_paid
from motcua.dossiers.operations.ticking import tick_due
from motcua.kernel.jobs import job, periodic


@job(SEALED)
def sealed(payload: dict[str, Any]) -> None:
    """The result has its seal: the dossier goes on to the applicant. May run again."""
    paper = documents.paper(UUID(payload["paper_id"]))
    if paper.dossier_id is not None:
        seal_result(paper.dossier_id, paper.id, paper.code)


@job(billing.PAID)
def paid(payload: dict[str, Any]) -> None:
    """A bill of a dossier is paid in full: the dossier goes on. May run again."""
    bill_paid(UUID(str(payload["dossier_id"])), UUID(str(payload["bill_id"])))


@job(extracting.JOB)
def extract(payload: dict[str, Any]) -> None:
    """What registers hold in place of papers is fetched for a dossier. May run again."""
    extracting.fetch(UUID(str(payload["dossier_id"])))


@periodic("dossiers.extracts", seconds=60)
def extracts() -> int:
    """Registers that did not answer are asked again."""
    return extracting.fetch_due()


@periodic("dossiers.tick", seconds=30)
def tick() -> int:
    """What became due."""
    return tick_due()


@periodic("dossiers.forget-drafts", seconds=3600)
def forget_drafts() -> int:
    """Drafts that nobody touched for a month."""
    return forget_expired()
