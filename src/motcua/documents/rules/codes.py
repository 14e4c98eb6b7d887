"""Verification codes and document numbers: how they look and how people may type them."""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
_TYPED = str.maketrans({"I": "1", "L": "1", "O": "0"})


def code_from(random: bytes) -> str:
    """A verification code of 80 bits, "7K2M-9QXA-0B3C-D4EF", from ten random bytes."""
    if len(random) != 10:
        raise ValueError("a verification code takes ten random bytes")
    number = int.from_bytes(random)
    letters = "".join(ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def read_code(typed: str) -> str | None:
    """The code that a person typed: case, spaces, dashes and look-alike letters do not matter."""
    letters = re.sub(r"[\s\-–—._]", "", typed).upper().translate(_TYPED)
    if len(letters) != 16 or not set(letters) <= set(ALPHABET):
        return None
    return "-".join(letters[at : at + 4] for at in range(0, 16, 4))


def number_of(ordinal: int, year: int, series: str) -> str:
    """The number as it is printed, "05/2026/TLKT" (Decree 30/2020: from 01 each year)."""
    return f"{ordinal:02d}/{year}/{series}"
