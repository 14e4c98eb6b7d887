"""Sensitive fields at rest: AES-256-GCM under keys that are not in the database.

A sealed value is {"sealed": "<key id>:<base64 of nonce and ciphertext>"} in the values of a
version. Register, subject, fact and field are authenticated with it: moved elsewhere, it does not
open. `settings.MOTCUA_DATA_KEYS` is "id:base64,id:base64"; the first seals, all of them open.
"""

import base64
import binascii
import os
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from motcua.kernel.refusals import Refusal
from motcua.registers.rules.declaration import FactKind

MARK = "sealed"
_NONCE = 12
_KEY_BYTES = 32


def seal_values(
    register: str, subject: str, kind: FactKind, *, values: Mapping[str, Any]
) -> dict[str, Any]:
    """The values of a fact as they are stored: those of its sealed fields closed."""
    closed = {field.field for field in kind.fields if field.sealed}
    return {
        name: seal_value(register, subject, f"{kind.fact}.{name}", value=value)
        if name in closed and not is_sealed(value)
        else value
        for name, value in values.items()
    }


def seal_value(register: str, subject: str, path: str, *, value: Any) -> dict[str, str]:
    """One value closed under the first key; `path` is "fact.field"."""
    name, key = next(iter(_keys().items()))
    nonce = os.urandom(_NONCE)
    hidden = AESGCM(key).encrypt(nonce, msgspec.json.encode(value), _place(register, subject, path))
    return {MARK: f"{name}:{base64.b64encode(nonce + hidden).decode()}"}


def open_value(register: str, subject: str, path: str, *, value: Any) -> Any:
    """What a sealed value says; a value that is not sealed as it is.

    Refusal "registers.sealed-unreadable" when its key is gone, or when it was moved or changed.
    """
    if not is_sealed(value):
        return value
    name, _, hidden = value[MARK].partition(":")
    key = _keys().get(name)
    try:
        raw = base64.b64decode(hidden, validate=True)
        if key is None or len(raw) <= _NONCE:
            raise Refusal("registers.sealed-unreadable", field=path)
        words = AESGCM(key).decrypt(raw[:_NONCE], raw[_NONCE:], _place(register, subject, path))
    except (InvalidTag, binascii.Error):
        raise Refusal("registers.sealed-unreadable", field=path) from None
    return msgspec.json.decode(words)


def is_sealed(value: Any) -> bool:
    """Whether a stored value is a closed one."""
    return isinstance(value, Mapping) and set(value) == {MARK} and isinstance(value[MARK], str)


def current_key() -> str:
    """The id of the key that seals now."""
    return next(iter(_keys()))


def new_key() -> str:
    """A key for `MOTCUA_DATA_KEYS`, without its id."""
    return base64.b64encode(os.urandom(_KEY_BYTES)).decode()


def _place(register: str, subject: str, path: str) -> bytes:
    return msgspec.json.encode([register, subject, path])


def _keys() -> dict[str, bytes]:
    return _read(settings.MOTCUA_DATA_KEYS)


@lru_cache(maxsize=8)
def _read(words: str) -> dict[str, bytes]:
    keys: dict[str, bytes] = {}
    for one in filter(None, words.replace("\n", ",").split(",")):
        name, _, key = one.strip().partition(":")
        try:
            keys[name] = base64.b64decode(key, validate=True)
        except binascii.Error:
            keys[name] = b""
        if not name or len(keys[name]) != _KEY_BYTES:
            raise ImproperlyConfigured("MOTCUA_DATA_KEYS: write id:base64 of 32 bytes each")
    if not keys:
        raise ImproperlyConfigured("MOTCUA_DATA_KEYS names no key: sensitive data need one")
    return keys
