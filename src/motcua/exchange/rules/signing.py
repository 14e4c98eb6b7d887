"""Signatures over messages between systems: what is signed, and whether it was.

Signed is the canonical JSON of {"header": ..., "message": ...}: keys in order, no blanks, UTF-8.
Two forms are read: a detached JWS (RFC 7515, appendix F), and the signature string that the
registry standard shows, with the key named as "sender|key|algorithm".
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from joserfc import jws
from joserfc.errors import JoseError, UnsupportedAlgorithmError
from joserfc.jwk import ECKey, KeySet, OKPKey, RSAKey

ALGORITHMS = ["EdDSA", "Ed25519", "ES256", "RS256", "PS256"]
FEWEST_RSA_BITS = 2048
MOST_KEYS = 8
LONGEST = 4000
_PAIR = re.compile(r'(\w+)="([^"]*)"')
Key = OKPKey | ECKey | RSAKey


class _Algorithms(jws.JWSRegistry):
    """Those above and no other; "EdDSA" is the older name of Ed25519, and what most senders say."""

    max_payload_length = 16 * 1024 * 1024

    def get_alg(self, name: str) -> Any:
        if name not in ALGORITHMS:
            raise UnsupportedAlgorithmError(name)
        return self.algorithms[name]


class KeyFaultError(ValueError):
    """A key that cannot be used to verify: private, too short, or of an unknown kind."""


def canonical(header: Mapping[str, Any], message: Any) -> bytes:
    """What is signed."""
    whole = {"header": header, "message": message}
    return json.dumps(
        whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode("utf-8", "surrogatepass")


def read_keys(given: Sequence[Mapping[str, Any]]) -> list[Key]:
    """Public keys from JWKs; each has a `kid` of its own. KeyFaultError."""
    if not 0 < len(given) <= MOST_KEYS:
        raise KeyFaultError("number of keys")
    keys = [_key(one) for one in given]
    if len({key.kid for key in keys}) != len(keys):
        raise KeyFaultError("two keys of one kid")
    return keys


def _key(given: Mapping[str, Any]) -> Key:
    kinds: dict[str, type[Key]] = {"OKP": OKPKey, "EC": ECKey, "RSA": RSAKey}
    kind = kinds.get(str(given.get("kty")))
    if kind is None or "d" in given or not isinstance(given.get("kid"), str) or not given["kid"]:
        raise KeyFaultError("kind of key")
    try:
        key = kind.import_key(dict(given))
        bits = getattr(key.public_key, "key_size", FEWEST_RSA_BITS)
    except (JoseError, ValueError, KeyError, TypeError, binascii.Error):
        raise KeyFaultError("unreadable key") from None
    if kind is RSAKey and bits < FEWEST_RSA_BITS:
        raise KeyFaultError("too short")
    return key


def sign(key: Key, payload: bytes) -> str:
    """A detached JWS."""
    algorithm = {"OKP": "EdDSA", "EC": "ES256"}.get(key.key_type, "RS256")
    protected = {"alg": algorithm, "kid": key.kid}
    whole = jws.serialize_compact(protected, payload, key, registry=_Algorithms())
    head, _payload, tail = whole.split(".")
    return f"{head}..{tail}"


def is_signed(
    signature: str, payload: bytes, keys: Sequence[Key], *, sender: str, at: datetime
) -> bool:
    """Whether one of these keys made the signature over the payload."""
    if not 0 < len(signature) <= LONGEST:
        return False
    if "signature=" in signature:
        return _is_string_signed(signature, payload, keys, sender=sender, at=at)
    parts = signature.split(".")
    encoded = base64.urlsafe_b64encode(payload).rstrip(b"=").decode()
    if len(parts) != 3 or parts[1] not in ("", encoded):
        return False
    try:
        jws.deserialize_compact(
            f"{parts[0]}.{encoded}.{parts[2]}", KeySet(list(keys)), registry=_Algorithms()
        )
    except (JoseError, ValueError, KeyError, TypeError):
        return False
    return True


def signing_string(created: str, expires: str, payload: bytes) -> bytes:
    """What the string form signs: "(created) (expires) digest"."""
    digest = base64.b64encode(hashlib.sha256(payload).digest()).decode()
    return f"(created): {created}\n(expires): {expires}\ndigest: SHA-256={digest}".encode()


def _is_string_signed(
    signature: str, payload: bytes, keys: Sequence[Key], *, sender: str, at: datetime
) -> bool:
    said = dict(_PAIR.findall(signature))
    name, _, rest = said.get("kidId", "").partition("|")
    kid, _, algorithm = rest.partition("|")
    key = next((one for one in keys if one.kid == kid), None)
    created, expires = said.get("created", ""), said.get("expires", "")
    times = [one for one in (created, expires) if one.isascii() and one.isdigit() and len(one) < 12]
    if name != sender or algorithm != "ed25519" or key is None or len(times) != 2:
        return False
    public = key.public_key
    if not int(created) - 60 <= at.timestamp() <= int(expires):
        return False
    if not isinstance(public, Ed25519PublicKey):
        return False
    try:
        signed = base64.b64decode(said.get("signature", ""), validate=True)
        public.verify(signed, signing_string(created, expires, payload))
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def is_below(base: str, uri: str) -> bool:
    """Whether an address lies below a registered one, without any way to step aside."""
    rest = uri[len(base) :] if uri.startswith(base) else None
    return rest is not None and re.fullmatch(r"(?:[A-Za-z0-9_-]+(?:/|$))*", rest) is not None
