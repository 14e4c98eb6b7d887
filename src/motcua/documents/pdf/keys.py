"""Who signs: the demo authority and one certificate a body, made when first needed.

The keys lie in settings.MOTCUA_KEYS, outside the database and the repository. `signer_of` is the
port: an HSM answers it with a PKCS#11 signer of the same library.
"""

import contextlib
import os
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings

if TYPE_CHECKING:
    from pyhanko.sign import Signer

AUTHORITY = "MotCua Demo Authority"
# A demo country has a past: its papers are dated before the day on which the keys are made.
VALID_FROM = datetime(2024, 1, 1, tzinfo=UTC)
ROOT_YEARS, BODY_YEARS = 20, 5


class KeyRing(Protocol):
    """The port to keys: sign for a body, and know whom to trust.

    `demonstration`: the authority is not a real one, which each paper then says.
    """

    demonstration: bool

    def signer_of(self, body_id: UUID, body_name: str) -> "Signer": ...

    def trust_root(self) -> asn1_x509.Certificate: ...


class FolderKeys:
    """ECDSA P-256 keys in a folder that only this account may read; one file a body."""

    demonstration = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def signer_of(self, body_id: UUID, body_name: str) -> "Signer":
        """The body's signer; its key and certificate are made now if it has none."""
        from pyhanko.sign.signers import SimpleSigner
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        self._root()
        path = self.folder / "bodies" / f"{body_id}.pem"
        if not path.exists():
            _write_once(path, self._new_body(body_id, body_name))
        key, certificate = _read(path)
        chain = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        chain.register(self.trust_root())
        return SimpleSigner(signing_cert=certificate, signing_key=key, cert_registry=chain)

    def trust_root(self) -> asn1_x509.Certificate:
        return _read(self._root())[1]

    def _root(self) -> Path:
        path = self.folder / "authority.pem"
        if not path.exists():
            key = ec.generate_private_key(ec.SECP256R1())
            name = _name(AUTHORITY, unit="Not for official use")
            builder = _builder(name, name, key.public_key(), years=ROOT_YEARS)
            builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
            builder = builder.add_extension(_usage(authority=True), True)
            _write_once(path, _pem(key, builder.sign(key, hashes.SHA256())))
        public = self.folder / "authority.crt"
        if not public.exists():
            certificate = x509.load_pem_x509_certificate(path.read_bytes())
            _write_once(public, certificate.public_bytes(serialization.Encoding.PEM))
        return path

    def _new_body(self, body_id: UUID, body_name: str) -> bytes:
        root = (self.folder / "authority.pem").read_bytes()
        root_key = serialization.load_pem_private_key(root, None)
        if not isinstance(root_key, ec.EllipticCurvePrivateKey):
            raise TypeError("the authority's key must be an elliptic-curve key")
        issuer = x509.load_pem_x509_certificate(root)
        key = ec.generate_private_key(ec.SECP256R1())
        subject = _name(body_name, serial=str(body_id))
        builder = _builder(subject, issuer.subject, key.public_key(), years=BODY_YEARS)
        builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), True)
        builder = builder.add_extension(_usage(authority=False), True)
        builder = builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(root_key.public_key()), False
        )
        return _pem(key, builder.sign(root_key, hashes.SHA256()))


def key_ring() -> KeyRing:
    """The keys of this installation (settings.MOTCUA_KEYS)."""
    return FolderKeys(Path(settings.MOTCUA_KEYS))


def authority_certificate() -> bytes:
    """The authority's certificate as PEM, for whoever wants to check papers with other tools."""
    key_ring().trust_root()
    return (Path(settings.MOTCUA_KEYS) / "authority.crt").read_bytes()


def _name(common: str, *, unit: str = "", serial: str = "") -> x509.Name:
    parts = [
        x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
        x509.NameAttribute(NameOID.COMMON_NAME, common[:64]),
    ]
    if unit:
        parts.append(x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, unit))
    if serial:
        parts.append(x509.NameAttribute(NameOID.SERIAL_NUMBER, serial))
    return x509.Name(parts)


def _builder(
    subject: x509.Name, issuer: x509.Name, public_key: ec.EllipticCurvePublicKey, *, years: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public_key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(VALID_FROM)
        .not_valid_after(datetime.now(UTC) + timedelta(days=365 * years))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public_key), False)
    )


def _usage(*, authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority,
        content_commitment=not authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=authority,
        crl_sign=authority,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> bytes:
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return secret + certificate.public_bytes(serialization.Encoding.PEM)


def _read(path: Path) -> tuple[asn1_keys.PrivateKeyInfo, asn1_x509.Certificate]:
    content = path.read_bytes()
    key = serialization.load_pem_private_key(content, None)
    secret = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = x509.load_pem_x509_certificate(content).public_bytes(serialization.Encoding.DER)
    return asn1_keys.PrivateKeyInfo.load(secret), asn1_x509.Certificate.load(public)


def _write_once(path: Path, content: bytes) -> None:
    """Whole or not at all; when two make the same key at once, the first one stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
