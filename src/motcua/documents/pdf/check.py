"""What the signature in somebody's PDF proves: its cryptography, its coverage and its chain."""

import io
import logging
from typing import Any
from uuid import UUID

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from motcua.documents.cards import SignatureFacts
from motcua.documents.pdf.keys import key_ring

MAX_SIGNATURES = 20

for _name in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(_name).setLevel(logging.CRITICAL)  # they tell of strangers' files


class Unreadable(Exception):
    """The bytes are no PDF, or too broken to judge."""


def read_signature(pdf: bytes) -> SignatureFacts | None:
    """The signature that says most: one of our authority if there is any; None without one."""
    if not pdf.startswith(b"%PDF-"):
        raise Unreadable
    try:
        reader = PdfFileReader(io.BytesIO(pdf), strict=False)
        embedded = reader.embedded_regular_signatures[:MAX_SIGNATURES]
        found = [_facts(one) for one in embedded]
    # The boundary to a parser of strangers' bytes: whatever it stumbles over, we cannot judge.
    except Exception as error:
        raise Unreadable from error
    return max(found, key=lambda one: (one.trusted, one.intact, one.whole), default=None)


def _facts(embedded: EmbeddedPdfSignature) -> SignatureFacts:
    root = key_ring().trust_root()
    context = ValidationContext(trust_roots=[root], allow_fetching=False)
    status = validate_pdf_signature(embedded, context, skip_diff=True)
    certificate = embedded.signer_cert
    return SignatureFacts(
        intact=bool(status.intact and status.valid),
        whole=status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        trusted=bool(status.trusted),
        signer=_subject(certificate, "common_name"),
        body_id=_uuid(_subject(certificate, "serial_number")),
        serial=f"{certificate.serial_number:x}",
        signed_at=embedded.self_reported_timestamp,
        authority=str(certificate.issuer.native.get("common_name", "")),
    )


def _subject(certificate: x509.Certificate, part: str) -> str:
    native: dict[str, Any] = certificate.subject.native
    value = native.get(part, "")
    return value if isinstance(value, str) else ""


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
