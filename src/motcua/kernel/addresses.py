"""Which addresses of strangers may be called at all: pure rules, for everything that goes out."""

import ipaddress
import re
from collections.abc import Sequence
from urllib.parse import urlsplit

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_URL = re.compile(r"https?://[A-Za-z0-9.\-:\[\]]+(?:[/?][!-~]*)?")
LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def url_fault(url: str, *, loopback: bool) -> str:
    """What is wrong with an address: "", "url-malformed", "url-not-https", "url-private".

    Plain http is for this machine alone, where that is allowed at all (`loopback`).
    """
    if len(url) > 500 or not _URL.fullmatch(url):
        return "url-malformed"
    try:
        parts = urlsplit(url)
        port, host = parts.port, parts.hostname
    except ValueError:
        return "url-malformed"
    if not host or port == 0:
        return "url-malformed"
    here = loopback and host in LOOPBACK_NAMES
    if parts.scheme != "https" and not here:
        return "url-not-https"
    literal = _literal(host)
    if host == "localhost" or (literal and not is_public(literal)):
        return "" if here else "url-private"
    return ""


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_public(address: Address) -> bool:
    """Whether it is an address of the open internet, also when written as IPv4 inside IPv6."""
    plain = getattr(address, "ipv4_mapped", None) or getattr(address, "sixtofour", None) or address
    return bool(plain.is_global and not plain.is_multicast and not plain.is_reserved)


def may_connect(address: Address, networks: Sequence[Network]) -> bool:
    """Only the open internet, and the networks that the operator named."""
    plain = getattr(address, "ipv4_mapped", None) or address
    return is_public(address) or any(
        plain in network for network in networks if network.version == plain.version
    )


def status_of(answer: bytes) -> int:
    """The HTTP status in the first line of an answer; 0 when it is no HTTP."""
    found = re.match(rb"HTTP/1\.[01] ([1-5][0-9][0-9])(?: [^\r\n]*)?\r?\n", answer)
    return int(found.group(1)) if found else 0
