"""The body's seal on a PDF: a PAdES baseline signature over the whole file, invisible by itself."""

import io
from datetime import datetime
from uuid import UUID

from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import PdfSignatureMetadata, PdfSigner, PdfSigningSession

from motcua.documents.pdf.keys import key_ring

FIELD = "CoQuan"
# Room for the signature in the file; left to itself the library signs twice to measure it.
RESERVED = 4096


class _DatedSigner(PdfSigner):
    """Dates the signature with the administration's clock instead of the machine's."""

    moment: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session


def sign(pdf: bytes, *, body_id: UUID, body_name: str, at: datetime) -> tuple[bytes, str]:
    """The signed PDF and the serial number of the certificate, in hexadecimal.

    The signature certifies: no later change is permitted.
    """
    signer = key_ring().signer_of(body_id, body_name)
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        name=body_name,
    )
    pdf_signer = _DatedSigner(metadata, signer, new_field_spec=SigFieldSpec(FIELD))
    pdf_signer.moment = at.astimezone()
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    pdf_signer.sign_pdf(writer, output=out, bytes_reserved=RESERVED)
    certificate = signer.signing_cert
    if certificate is None:
        raise TypeError("a signer without a certificate")
    return out.getvalue(), f"{certificate.serial_number:x}"
