"""Issuing a paper: its row and number at once, its sealed file by a job of the same transaction."""

import os
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, transaction
from django.utils import timezone

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.documents.cards import OpenedFile
from motcua.documents.models import FAILED, SEALED, SUPERSEDED, IssueEntry, Paper
from motcua.documents.operations.files import keep, open_file
from motcua.documents.pdf.keys import key_ring
from motcua.documents.pdf.render import render, template_digest
from motcua.documents.queries import ORIGINAL, url_of
from motcua.documents.rules.codes import code_from, number_of
from motcua.kernel import clock, jobs
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.refusals import Refusal
from motcua.kernel.texts import pick

SEAL = "documents.seal"
SLIPS = ("01", "02", "03", "04", "05", "06")
_COUNT = """
INSERT INTO documents_issuebook AS book (body_id, series, year, last) VALUES (%s, %s, %s, 1)
ON CONFLICT (body_id, series, year) DO UPDATE SET last = book.last + 1 RETURNING last
"""


@transaction.atomic(savepoint=False)
def issue_paper(
    actor: Actor,
    *,
    template: str,
    data: Mapping[str, Any],
    body_id: UUID,
    object: tuple[str, UUID],  # noqa: A002 - the word of the ledger for what an act is about
    dossier_id: UUID | None = None,
    series: str = "",
    sign: bool = True,
    language: str = "vi",
    then: str = "",
    replaces: UUID | None = None,
) -> UUID:
    """Issue a paper and return its id; a job renders, signs and seals it after the commit.

    `data` says what is printed (see packs/<country>/papers/lib.typ); it must name the issuing
    `body`. `series` numbers it in the body's issue book ("05/2026/<series>"); "" gives no number.
    `then` is a job enqueued with {"paper_id"} in the transaction that seals it. `replaces` is a
    paper that the sealing of this one puts out of force.
    """
    now, (kind, object_id) = clock.now(), object
    paper = Paper(
        template=template,
        template_digest=template_digest(template),
        language=language,
        object_kind=kind,
        object_id=object_id,
        dossier_id=dossier_id,
        body_id=body_id,
        code=code_from(os.urandom(10)),
        to_sign=sign,
        then=then,
        issued_at=now,
        replaces_id=replaces,
    )
    paper.data = _said(data, body_id, now)
    if series:
        paper.number = _enter(paper, series, timezone.localdate(now).year)
    paper.save(force_insert=True)
    acts.record(
        actor,
        "paper.issued",
        object=("paper", paper.id),
        dossier_id=dossier_id,
        body_id=body_id,
        detail={"template": template, "number": paper.number, "about": [kind, str(object_id)]},
    )
    jobs.enqueue(SEAL, {"paper_id": str(paper.id)}, key=str(paper.id))
    return paper.id


def _said(data: Mapping[str, Any], body_id: UUID, now: datetime) -> dict[str, Any]:
    """What is printed, with the issuing body's name and the day where they were left out."""
    said: dict[str, Any] = msgspec.to_builtins(dict(data))
    said["body"] = said.get("body") or pick(directory.body(body_id).name, "vi")
    said.setdefault("date", timezone.localdate(now).isoformat())
    return said


def slip(
    actor: Actor,
    form: str,
    data: Mapping[str, Any],
    *,
    body_id: UUID,
    dossier_id: UUID,
    **more: Any,
) -> UUID:
    """Issue slip "01" to "06" of Circular 01/2018/TT-VPCP about a dossier; as `issue_paper`."""
    if form not in SLIPS:
        raise ValueError(f"no such slip: {form}")
    more.setdefault("object", ("dossier", dossier_id))
    return issue_paper(
        actor, template=f"slip-{form}", data=data, body_id=body_id, dossier_id=dossier_id, **more
    )


@transaction.atomic
def seal_paper(paper_id: UUID) -> bool:
    """Render, sign and store the paper; False when it is sealed already. Repeatable.

    The row is locked from beginning to end, so of two workers one seals and the other sees it; a
    crash before the commit leaves at most bytes without a row, which are swept away.
    """
    paper = Paper.objects.select_for_update().get(id=paper_id)
    if paper.state in (SEALED, SUPERSEDED):
        return False
    now = clock.now()
    digest = template_digest(paper.template)
    pdf = render(paper.template, _printed(paper), at=paper.issued_at)
    serial = ""
    if paper.to_sign:
        from motcua.documents.pdf.sign import sign  # a second to import: only workers pay it

        pdf, serial = sign(pdf, body_id=paper.body_id, body_name=_body_text(paper), at=now)
    name = f"{paper.template}-{(paper.number or paper.code).replace('/', '-')}.pdf"
    file = keep(SYSTEM, pdf, name=name, kind="pdf", purpose=ORIGINAL)
    paper.template_digest, paper.file_id, paper.sha256 = digest, file.id, file.sha256
    paper.signer_serial, paper.sealed_at, paper.state, paper.fault = serial, now, SEALED, ""
    paper.save()
    if paper.replaces_id:
        Paper.objects.filter(id=paper.replaces_id, state=SEALED).update(
            state=SUPERSEDED, superseded_at=now
        )
    _tell(paper)
    return True


def mark_failed(paper_id: UUID, fault: str) -> None:
    """The last attempt failed for this reason; the job tries again."""
    Paper.objects.filter(id=paper_id, sealed_at__isnull=True).update(state=FAILED, fault=fault)


def render_preview(template: str, data: Mapping[str, Any], *, draft: bool = True) -> bytes:
    """The paper as it would look, unsigned; nothing is stored. Across it lies the word draft,
    unless it is a working sheet that is never sealed (`draft=False`: slips 05 and 06).
    """
    said: dict[str, Any] = msgspec.to_builtins(dict(data))
    now = clock.now()
    said.setdefault("date", timezone.localdate(now).isoformat())
    said |= {"draft": draft, "signed": False, "code": "", "url": ""}
    return render(template, said, at=now)


def open_paper(
    actor: Actor, paper_id: UUID, *, purpose: str, dossier_id: UUID | None = None
) -> OpenedFile:
    """The sealed file of a paper for somebody whose right the caller has checked; an act.

    Refusal: documents.paper-not-found, documents.paper-not-ready.
    """
    row = Paper.objects.filter(id=paper_id).only("file_id", "dossier_id").first()
    if row is None:
        raise Refusal("documents.paper-not-found")
    if row.file_id is None:
        raise Refusal("documents.paper-not-ready")
    return open_file(actor, row.file_id, purpose=purpose, dossier_id=dossier_id or row.dossier_id)


def _printed(paper: Paper) -> dict[str, Any]:
    """What the template receives: what was said, and what only the platform may say."""
    return {
        **paper.data,
        "language": paper.language,
        "number": paper.number,
        "code": paper.code,
        "url": url_of(paper.code),
        "signed": paper.to_sign,
        "demonstration": key_ring().demonstration,
        "draft": False,
    }


def _enter(paper: Paper, series: str, year: int) -> str:
    """Take the next number of the body's book; the counter's row stays locked to the commit."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [paper.body_id, series, year])
        ordinal: int = cursor.fetchone()[0]
    IssueEntry.objects.create(
        body_id=paper.body_id,
        series=series,
        year=year,
        ordinal=ordinal,
        paper_id=paper.id,
        entered_at=paper.issued_at,
    )
    return number_of(ordinal, year, series)


def _tell(paper: Paper) -> None:
    """The act and the caller's own job, in the transaction that sealed the paper."""
    acts.record(
        SYSTEM,
        "paper.sealed",
        object=("paper", paper.id),
        dossier_id=paper.dossier_id,
        body_id=paper.body_id,
        detail={"template": paper.template, "number": paper.number, "sha256": paper.sha256},
    )
    if paper.then:
        jobs.enqueue(paper.then, {"paper_id": str(paper.id)}, key=str(paper.id))


def _body_text(paper: Paper) -> str:
    return str(paper.data.get("body", "")) or str(paper.body_id)
