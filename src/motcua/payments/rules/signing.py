"""Signed parameters, as the gateways of Vietnam sign them: sorted, encoded, HMAC-SHA512 in hex.

Reading is strict: a parameter given twice, one that is not signed, a number with a blank in it or a
moment that does not exist is a fault and never guessed at.
"""

import hashlib
import hmac
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qsl, quote_plus

PREFIX = "pg_"
SIGNATURE = "pg_SecureHash"
HERE = timezone(timedelta(hours=7))  # Vietnam has no summer time
_MOMENT = "%Y%m%d%H%M%S"


class SigningFault(ValueError):
    """Parameters that cannot be believed ("signature") or read ("format")."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def canonical(params: Mapping[str, str]) -> str:
    """The text that is signed: our parameters but the signature, sorted by name, URL-encoded."""
    names = sorted(n for n in params if n.startswith(PREFIX) and n != SIGNATURE and params[n])
    return "&".join(f"{quote_plus(name)}={quote_plus(params[name])}" for name in names)


def signature(params: Mapping[str, str], secret: str) -> str:
    """HMAC-SHA512 of the canonical text, in small hexadecimal digits."""
    return hmac.new(secret.encode(), canonical(params).encode(), hashlib.sha512).hexdigest()


def signed(params: Mapping[str, str], secret: str) -> dict[str, str]:
    """The parameters with their signature; empty ones are left out."""
    kept = {name: value for name, value in params.items() if value and name != SIGNATURE}
    return {**kept, SIGNATURE: signature(kept, secret)}


def query_of(params: Mapping[str, str], secret: str) -> str:
    """A signed query string for an address."""
    whole = signed(params, secret)
    return "&".join(filter(None, [canonical(whole), f"{SIGNATURE}={whole[SIGNATURE]}"]))


def is_signed(params: Mapping[str, str], secret: str) -> bool:
    """Whether the signature is right; the comparison takes the same time for every wrong one."""
    given = params.get(SIGNATURE, "").lower()
    return hmac.compare_digest(given.encode(), signature(params, secret).encode())


def believed(params: Mapping[str, str], secret: str) -> dict[str, str]:
    """Only the signed parameters, if the signature is right; else SigningFault "signature"."""
    if not is_signed(params, secret):
        raise SigningFault("signature")
    return {n: v for n, v in params.items() if n.startswith(PREFIX) and n != SIGNATURE and v}


def read_query(query: str) -> dict[str, str]:
    """The parameters of a query string; SigningFault "format" when one comes twice."""
    try:
        pairs = parse_qsl(
            query, keep_blank_values=True, strict_parsing=bool(query), errors="strict"
        )
    except ValueError:
        raise SigningFault("format") from None
    params = dict(pairs)
    if len(params) != len(pairs):
        raise SigningFault("format")
    return params


def amount_sent(vnd: int) -> str:
    """An amount on the wire: đồng times a hundred, as gateways of card schemes count."""
    return str(vnd * 100)


def amount_read(text: str) -> int:
    """The đồng of a wire amount; SigningFault for signs, blanks, leading zeros, parts of a đồng."""
    if not re.fullmatch(r"[1-9][0-9]{0,15}00", text, re.ASCII):
        raise SigningFault("format")
    return int(text) // 100


def moment_sent(moment: datetime) -> str:
    """A moment on the wire: yyyyMMddHHmmss, in Vietnam's time."""
    return moment.astimezone(HERE).strftime(_MOMENT)


def moment_read(text: str) -> datetime:
    """The moment of a wire text; SigningFault when it does not exist."""
    if not re.fullmatch(r"[0-9]{14}", text, re.ASCII):
        raise SigningFault("format")
    try:
        return datetime.strptime(text, _MOMENT).replace(tzinfo=HERE)
    except ValueError:
        raise SigningFault("format") from None
