"""Reading files and papers. Rights to a dossier are checked by those who know the dossier."""

import functools
import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

from django.conf import settings

from motcua.documents.cards import FileCard, PaperCard, PaperFacts, Text, Verification
from motcua.documents.models import Paper, StoredFile
from motcua.documents.rules.codes import read_code
from motcua.documents.rules.verdict import judge
from motcua.kernel.packs import pack_root, read_yaml
from motcua.kernel.refusals import Refusal

_CODE_IN_FILE = re.compile(rb"motcua:([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})")
ORIGINAL = "paper"  # the purpose under which sealed papers are stored


def file(file_id: UUID) -> FileCard:
    """The card of a stored file, without its bytes; Refusal("documents.file-not-found")."""
    row = StoredFile.objects.filter(id=file_id).first()
    if row is None:
        raise Refusal("documents.file-not-found")
    return file_card(row)


def files(file_ids: Iterable[UUID]) -> dict[UUID, FileCard]:
    """The cards of many files in one statement; unknown ids are left out."""
    return {row.id: file_card(row) for row in StoredFile.objects.filter(id__in=list(file_ids))}


def paper(paper_id: UUID) -> PaperCard:
    """An issued paper; Refusal("documents.paper-not-found")."""
    row = Paper.objects.filter(id=paper_id).first()
    if row is None:
        raise Refusal("documents.paper-not-found")
    return paper_card(row)


def papers_of(subject: tuple[str, UUID]) -> list[PaperCard]:
    """All papers issued about (kind, id), oldest first."""
    kind, object_id = subject
    rows = Paper.objects.filter(object_kind=kind, object_id=object_id).order_by("id")
    return [paper_card(row) for row in rows]


def papers_of_dossier(dossier_id: UUID) -> list[PaperCard]:
    """All papers issued in a dossier, slips included, oldest first."""
    return [paper_card(row) for row in Paper.objects.filter(dossier_id=dossier_id).order_by("id")]


def paper_by_code(code: str) -> PaperCard | None:
    """The paper with this verification code, however it was typed."""
    row = _row_by_code(code)
    return paper_card(row) if row else None


def verify_code(code: str) -> PaperFacts | None:
    """What anyone may know of the paper with this code, however it was typed; no personal data."""
    row = _row_by_code(code)
    return _facts(row) if row else None


def verify(pdf: bytes) -> Verification:
    """Judge an uploaded file: known, unchanged, signed by whom, covering what, still in force."""
    from motcua.documents.pdf import check  # a second to import: only verifiers pay it

    same = None
    digest = hashlib.sha256(pdf).hexdigest()
    row = Paper.objects.filter(sha256=digest).order_by("id").first()
    if row is not None:
        same = _facts(row)
    carried = _CODE_IN_FILE.search(pdf)
    claimed = verify_code(carried[1].decode()) if carried and same is None else None
    try:
        signature, readable = check.read_signature(pdf), True
    except check.Unreadable:
        signature, readable = None, False
    return judge(readable=readable, same_bytes=same, claimed=claimed, signature=signature)


def url_of(code: str) -> str:
    """The public page that verifies the paper with this code."""
    return f"{settings.MOTCUA_ORIGIN}/verify/{code}"


def title_of(template: str) -> Text:
    """The name of a kind of paper in each language, from the pack's papers.yaml."""
    titles = _titles(str(pack_root()))
    return titles.get(template, {"vi": template})


def file_card(row: StoredFile) -> FileCard:
    return FileCard(
        id=row.id,
        sha256=row.sha256,
        size=row.size,
        media_type=row.media_type,
        name=row.name,
        purpose=row.purpose,
        stored_at=row.stored_at,
    )


def paper_card(row: Paper) -> PaperCard:
    return PaperCard(
        id=row.id,
        template=row.template,
        title=title_of(row.template),
        state=row.state,
        number=row.number,
        code=row.code,
        url=url_of(row.code),
        language=row.language,
        object=(row.object_kind, row.object_id),
        dossier_id=row.dossier_id,
        body_id=row.body_id,
        issued_at=row.issued_at,
        sealed_at=row.sealed_at,
        file_id=row.file_id,
        sha256=row.sha256,
    )


@functools.lru_cache(maxsize=8)
def _titles(root: str) -> dict[str, Text]:
    titles: dict[str, Text] = read_yaml(Path(root) / "papers" / "papers.yaml")[0]
    return titles


def _row_by_code(code: str) -> Paper | None:
    exact = read_code(code)
    return Paper.objects.filter(code=exact).order_by("id").first() if exact else None


def _facts(row: Paper) -> PaperFacts:
    return PaperFacts(
        code=row.code,
        template=row.template,
        title=title_of(row.template),
        body=str(row.data.get("body", "")),
        body_id=row.body_id,
        number=row.number,
        state=row.state,
        issued_at=row.issued_at,
        sealed_at=row.sealed_at,
        superseded_at=row.superseded_at,
        to_sign=row.to_sign,
    )
