"""Background work: sealing papers, sweeping bytes that no row knows."""

from typing import Any
from uuid import UUID

import typst

from motcua.documents.operations import files, papers
from motcua.documents.pdf.render import UnknownTemplate
from motcua.kernel.jobs import job, periodic


@job(papers.SEAL)
def seal(payload: dict[str, Any]) -> None:
    """Seal one paper; a faulty template is noted on the paper, and the job tries again."""
    paper_id = UUID(payload["paper_id"])
    try:
        papers.seal_paper(paper_id)
    except (typst.TypstError, UnknownTemplate) as error:
        papers.mark_failed(paper_id, type(error).__name__)
        raise


@periodic("documents.sweep", seconds=86_400)
def sweep() -> None:
    """Remove the bytes that a crash left without a row."""
    files.sweep_orphans()
