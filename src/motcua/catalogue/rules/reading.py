"""From what a browser sends to an answer: one reader for each kind of question.

Lenient in what it reads (3/4/2026, 1.234.567, spaces in numbers), strict in what it gives.
A reader returns the answer, None for nothing typed, or raises `Unreadable` with a code.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from motcua.catalogue.rules.procedure import Field
from motcua.kernel.texts import normalise

LIMITS = {"text": 200, "long-text": 4000, "person-name": 120, "email": 254, "address": 200}
LARGEST = {"number": 999_999_999, "money": 999_999_999_999}
HUGE = 20_000  # characters; nothing that a person types in one box is longer

Raw = Mapping[str, Sequence[str]]


class Unreadable(Exception):
    """The text cannot be an answer of this kind; `code` (without the app) says how to mend it."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def read_answer(field: Field, raw: Raw) -> Any:
    """The answer to one question, None when nothing was typed; raises Unreadable.

    Tables are read by `rows.read_rows`.
    """
    return _READERS[field.kind](field, raw)


def typed(raw: Raw, name: str) -> str:
    """One clean line or block of text: NFC, trimmed, without characters that cannot be stored."""
    values = [value for value in raw.get(name, ()) if value]
    if len(values) > 1 and len(set(values)) > 1:
        raise Unreadable("answer-once")
    text = values[0] if values else ""
    if len(text) > HUGE:
        raise Unreadable("too-long", max=HUGE)
    # Whatever is unfit is not printable: most texts are asked once, not letter by letter.
    if not text.isprintable() and any(_is_unfit(char) for char in text):
        raise Unreadable("unreadable-characters")
    return normalise(text)


def _is_unfit(char: str) -> bool:
    # Control characters, halves of surrogates, private and unassigned code points, and the marks
    # that reverse the direction of writing (a name could be made to show another one).
    category = unicodedata.category(char)
    return (category in {"Cc", "Cs", "Co", "Cn"} and char not in "\r\n\t") or char in _BIDI


_BIDI = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def _text(field: Field, raw: Raw) -> str | None:
    text = typed(raw, field.field)
    if field.kind != "long-text":
        text = " ".join(text.split())
    most = field.max or LIMITS[field.kind]
    if len(text) > most:
        raise Unreadable("too-long", max=most)
    return text or None


def _person_name(field: Field, raw: Raw) -> str | None:
    name = _text(field, raw)
    if name and not re.fullmatch(r"[^\W\d_]+(?:[ '’.\-][^\W\d_]*)*", _without_marks(name)):
        raise Unreadable("person-name")
    return name


def _without_marks(text: str) -> str:
    """Base letters only, so that a name in any script passes a test for letters."""
    split = unicodedata.normalize("NFD", text)
    return "".join(char for char in split if not unicodedata.combining(char))


def _digits(pattern: str, code: str) -> Callable[[Field, Raw], str | None]:
    def read(field: Field, raw: Raw) -> str | None:
        digits = re.sub(r"[\s.\-]", "", typed(raw, field.field))
        if digits and not re.fullmatch(pattern, digits, re.ASCII):
            raise Unreadable(code)
        return digits or None

    return read


def _phone(field: Field, raw: Raw) -> str | None:
    digits = re.sub(r"[\s.\-()]", "", typed(raw, field.field))
    digits = re.sub(r"^(\+84|0084|84(?=\d{9}$))", "0", digits)
    if digits and not re.fullmatch(r"0(?:[35789]\d{8}|2\d{9})", digits, re.ASCII):
        raise Unreadable("phone")
    return digits or None


def _email(field: Field, raw: Raw) -> str | None:
    address = typed(raw, field.field)
    if len(address) > LIMITS["email"]:
        raise Unreadable("too-long", max=LIMITS["email"])
    if address and not re.fullmatch(r"[^\s@<>,;\"]+@[^\s@<>,;\".]+(\.[^\s@<>,;\".]+)+", address):
        raise Unreadable("email")
    return address or None


def _date(field: Field, raw: Raw) -> str | None:
    name = field.field
    parts = [typed(raw, f"{name}-{part}") for part in ("day", "month", "year")]
    if not any(parts):
        return read_date(typed(raw, name))
    if not all(parts):
        missing = [p for p, text in zip(("day", "month", "year"), parts, strict=True) if not text]
        raise Unreadable("date-part", part=missing[0])
    return read_date(" ".join(parts))


def read_date(text: str) -> str | None:
    """`3 4 2026`, `03/04/2026`, `3-4-2026` (day first) or ISO, as an ISO date."""
    if not text:
        return None
    if iso := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", text, re.ASCII):
        year, month, day = (int(part) for part in iso.groups())
    elif usual := re.fullmatch(r"(\d{1,2})[\s/.\-]+(\d{1,2})[\s/.\-]+(\d+)", text, re.ASCII):
        day, month = int(usual[1]), int(usual[2])
        if len(usual[3]) != 4:
            raise Unreadable("date-year")
        year = int(usual[3])
    else:
        raise Unreadable("date")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise Unreadable("no-such-day") from None


def _number(field: Field, raw: Raw) -> int | None:
    text = re.sub(r"[\s₫đ]|VND", "", typed(raw, field.field))
    if not text:
        return None
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text, re.ASCII):
        text = re.sub(r"[.,]", "", text)
    most = field.max or LARGEST[field.kind]
    if not re.fullmatch(r"\d+", text, re.ASCII):
        raise Unreadable(field.kind)
    if len(text) > 15 or int(text) > most:
        raise Unreadable("too-large", max=most)
    return int(text)


def _choice(field: Field, raw: Raw) -> str | None:
    value = typed(raw, field.field)
    if value and value not in {option.value for option in field.options}:
        raise Unreadable("choice")
    return value or None


def _choices(field: Field, raw: Raw) -> list[str] | None:
    given = set(raw.get(field.field, ())) - {""}
    known = [option.value for option in field.options]
    if given - set(known):
        raise Unreadable("choice")
    return [value for value in known if value in given] or None


_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def _yes_no(field: Field, raw: Raw) -> bool | None:
    value = typed(raw, field.field).lower()
    if value and value not in _YES_NO:
        raise Unreadable("choice")
    return _YES_NO.get(value)


def _area(field: Field, raw: Raw) -> str | None:
    code = typed(raw, field.field)
    if code and not re.fullmatch(r"[0-9]{2}([0-9]{3})?", code):
        raise Unreadable("area")
    return code or None


def _address(field: Field, raw: Raw) -> dict[str, str] | None:
    code, line = typed(raw, f"{field.field}.area"), typed(raw, f"{field.field}.line")
    line = " ".join(line.split())
    if not code and not line:
        return None
    if not re.fullmatch(r"[0-9]{5}", code):
        raise Unreadable("area")
    if not line:
        raise Unreadable("address-line")
    if len(line) > LIMITS["address"]:
        raise Unreadable("too-long", max=LIMITS["address"])
    return {"area": code, "line": line}


_READERS: dict[str, Callable[[Field, Raw], Any]] = {
    "text": _text,
    "long-text": _text,
    "person-name": _person_name,
    "personal-number": _digits(r"\d{12}", "personal-number"),
    "old-id-number": _digits(r"\d{9}", "old-id-number"),
    "date": _date,
    "choice": _choice,
    "choices": _choices,
    "yes-no": _yes_no,
    "area": _area,
    "address": _address,
    "phone": _phone,
    "email": _email,
    "number": _number,
    "money": _number,
}
