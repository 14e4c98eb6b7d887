"""The door of documents: files that people give, papers that bodies issue, and their verification.

Rights to a dossier are checked by the caller before a file or a paper is opened; every opening is
an act. Sizes are bytes, moments carry a time zone, refusals start with "documents.".
Legal sources: Decree 30/2020 (layout and numbers of official papers), Circular 01/2018 (slips),
Law 20/2023 on electronic transactions (a signed data message is an original).
"""

from motcua.documents.cards import (
    FileCard,
    Finding,
    OpenedFile,
    PaperCard,
    PaperFacts,
    SignatureFacts,
    Verification,
)
from motcua.documents.operations.files import ACCEPTED, open_file, store_upload
from motcua.documents.operations.papers import (
    issue_paper,
    open_paper,
    render_preview,
    slip,
)
from motcua.documents.pdf.keys import authority_certificate
from motcua.documents.pdf.render import template_exists
from motcua.documents.queries import (
    file,
    files,
    paper,
    paper_by_code,
    papers_of,
    papers_of_dossier,
    url_of,
    verify,
    verify_code,
)
from motcua.documents.words import LIMITS, finding_sentence, state_sentence, verdict_sentence

__all__ = [
    "ACCEPTED",
    "LIMITS",
    "FileCard",
    "Finding",
    "OpenedFile",
    "PaperCard",
    "PaperFacts",
    "SignatureFacts",
    "Verification",
    "authority_certificate",
    "file",
    "files",
    "finding_sentence",
    "issue_paper",
    "open_file",
    "open_paper",
    "paper",
    "paper_by_code",
    "papers_of",
    "papers_of_dossier",
    "render_preview",
    "slip",
    "state_sentence",
    "store_upload",
    "template_exists",
    "url_of",
    "verdict_sentence",
    "verify",
    "verify_code",
]
