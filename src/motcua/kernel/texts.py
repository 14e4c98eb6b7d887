"""Words in three languages: choosing a text, comparing Vietnamese names, writing dates and money.

PostgreSQL needs no ICU for this: `fold` gives the key by which a name is searched, `sort_key` the
ASCII key by which it is ordered (COLLATE "C").
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime

_APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc\u02b9\u00b4\u0060\u2032\uff07", "'"))
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b-\x1f\x7f]"
)
_SPACES = re.compile(r"[^\S\n]+")
_WORD = re.compile(r"\w+")

_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
# A letter with a hat, a horn or a bar comes after its plain letter and before the next one.
_LETTER_MARKS = {
    ("a", "\u0306"): "{", ("a", "\u0302"): "|", ("e", "\u0302"): "{",
    ("o", "\u0302"): "{", ("o", "\u031b"): "|", ("u", "\u031b"): "{",
}  # fmt: skip

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_WEEKDAYS = {
    "vi": "thứ Hai,thứ Ba,thứ Tư,thứ Năm,thứ Sáu,thứ Bảy,Chủ nhật",
    "en": "Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday",
    "fr": "lundi,mardi,mercredi,jeudi,vendredi,samedi,dimanche",
}
_THOUSANDS = {"vi": ".", "en": ",", "fr": "\u202f"}
DONG: Mapping[str, str] = {"vi": "đồng", "en": "dong", "fr": "dongs"}


def pick(text: Mapping[str, str] | None, lang: str) -> str:
    """`text` in `lang` ("en" serves "en-gb"), else in Vietnamese, else in any language, else ""."""
    if not text:
        return ""
    for key in (lang, lang.split("-", maxsplit=1)[0], "vi"):
        if text.get(key):
            return text[key]
    return next((words for words in text.values() if words), "")


def normalise(text: str) -> str:
    """What a person typed, in one form: NFC, one kind of apostrophe, single spaces, no invisibles.

    Line breaks are kept (as "\\n"), so it also serves long texts.
    """
    if text.isascii() and text.isalnum():
        return text  # numbers and codes, which are most of what forms hold
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text.translate(_APOSTROPHES)))
    return "\n".join(line.strip() for line in text.split("\n")).strip()


def fold(text: str) -> str:
    """The search key: lower case, no diacritics, đ as d; "Hoà" and "Hòa" are both "hoa"."""
    plain = unicodedata.normalize("NFD", normalise(text).casefold())
    letters = "".join(c for c in plain if unicodedata.category(c) != "Mn").replace("đ", "d")
    return " ".join(letters.split())


def given_name(name: str) -> str:
    """The last word of a Vietnamese name: "Anh" of "Nguyễn Minh Anh"; "" of an empty one."""
    return (normalise(name).split() or [""])[-1]


def sort_key(name: str) -> str:
    """The key of a person's name in Vietnamese order: given name, middle names, family name.

    Plain ASCII, to be compared byte by byte. Each syllable is its letters in the order of the
    alphabet (a ă â b ... x y), then its tone (none, huyền, hỏi, ngã, sắc, nặng).
    """
    syllables = [_syllable_key(word) for word in _WORD.findall(normalise(name).replace("'", ""))]
    if not syllables:
        return ""
    family, *middle = syllables[:-1] or [""]
    return f"{syllables[-1]} {','.join(middle)} {family}".rstrip()


def phrase_key(text: str) -> str:
    """The key of a text that is not a person's name (a place, a service): words as they stand."""
    return ",".join(_syllable_key(word) for word in _WORD.findall(normalise(text).replace("'", "")))


def weekday(day: date, lang: str) -> str:
    """ "thứ Năm", "Thursday", "jeudi"."""
    return _in(_WEEKDAYS, lang).split(",")[day.weekday()]


def long_date(day: date, lang: str) -> str:
    """ "ngày 03 tháng 4 năm 2026", "3 April 2026", "3 avril 2026".

    In Vietnamese, days below 10 and months 1 and 2 have a leading zero (Decree 30/2020, annex I).
    """
    base = lang.split("-", maxsplit=1)[0]
    if base not in _MONTHS:
        month = f"{day.month:02}" if day.month < 3 else str(day.month)
        return f"ngày {day.day:02} tháng {month} năm {day.year}"
    number = "1er" if base == "fr" and day.day == 1 else str(day.day)
    return f"{number} {_MONTHS[base].split()[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """ "03/04/2026" (day, month, year) in all three languages."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def long_moment(moment: datetime, lang: str) -> str:
    """ "10:30 thứ Sáu, ngày 03 tháng 4 năm 2026", in the time zone that `moment` carries."""
    day, base = long_date(moment, lang), lang.split("-", maxsplit=1)[0]
    if base == "en":
        return f"{moment:%H:%M} on {weekday(moment, lang)} {day}"
    if base == "fr":
        return f"{weekday(moment, lang)} {day} à {moment.hour} h {moment.minute:02}"
    return f"{moment:%H:%M} {weekday(moment, lang)}, {day}"


def whole_number(number: int, lang: str) -> str:
    """ "1.234.567", "1,234,567", "1 234 567" (narrow no-break spaces)."""
    return f"{number:,}".replace(",", _in(_THOUSANDS, lang))


def money(amount: int, lang: str, currency: Mapping[str, str] = DONG) -> str:
    """ "1.234.567 đồng", "1,234,567 dong", "1 234 567 dongs"; no-break space before the unit."""
    unit = pick(currency, lang)
    if lang.split("-", maxsplit=1)[0] == "fr" and abs(amount) < 2:
        unit = unit.removesuffix("s")
    return f"{whole_number(amount, lang)}\u00a0{unit}"


def _in(table: Mapping[str, str], lang: str) -> str:
    return table.get(lang.split("-", maxsplit=1)[0], table["vi"])


def _syllable_key(word: str) -> str:
    tone, letters = "0", ""
    for char in unicodedata.normalize("NFD", word.casefold().replace("đ", "d{")):
        if char in _TONES:
            tone = _TONES[char]
        elif unicodedata.category(char) == "Mn":
            letters += _LETTER_MARKS.get((letters[-1:], char), "")
        else:
            letters += char if char.isascii() else f"~{ord(char):x}"
    return letters + tone
