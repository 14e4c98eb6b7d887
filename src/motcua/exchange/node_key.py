"""The key with which this node signs messages to partners; made once, outside the database."""

import contextlib
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from django.conf import settings
from joserfc.jwk import OKPKey

from motcua.exchange.rules.signing import sign

FILE = "exchange-signing.pem"


def signed(payload: bytes) -> str:
    """Our detached JWS over it."""
    return sign(_key(Path(settings.MOTCUA_KEYS)), payload)


def public_keys() -> dict[str, list[dict[str, object]]]:
    """What others verify us with, as a JWK Set."""
    public = _key(Path(settings.MOTCUA_KEYS)).as_dict(private=False)
    return {"keys": [{**public, "use": "sig", "alg": "EdDSA"}]}


@cache
def _key(folder: Path) -> OKPKey:
    file = folder / FILE
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        pem = Ed25519PrivateKey.generate().private_bytes(
            Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
        )
        new = file.with_suffix(".new")
        new.touch(mode=0o600)
        new.write_bytes(pem)
        with contextlib.suppress(FileExistsError):  # two processes at once: the first one's stays
            file.hardlink_to(new)
        new.unlink(missing_ok=True)
    key = OKPKey.import_key(file.read_bytes())
    key.ensure_kid()
    return key
