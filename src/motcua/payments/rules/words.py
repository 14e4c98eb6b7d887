"""Amounts of money in words, as receipts must carry them: Vietnamese, English, French.

Whole đồng from 0 to 10**15. Vietnamese reads groups of three digits: a group that is not the first
one names its hundreds even when there are none (2,026: hai nghìn không trăm hai mươi sáu), an empty
group is silent, and one, four and five change after the tens (mốt, tư, lăm).
"""

LARGEST = 10**15

_UNITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_AFTER_TENS = {1: "mốt", 4: "tư", 5: "lăm"}
_BILLION = 10**9

_ENGLISH = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_ENGLISH_TENS = (
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip
_ENGLISH_SCALES = ("", "thousand", "million", "billion", "trillion", "quadrillion")
_FRENCH = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_FRENCH_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante")


def in_words(vnd: int, language: str = "vi", *, none: str = "linh") -> str:
    """The amount as a receipt writes it, with a capital and the currency.

    `none` is the Vietnamese word for an empty ten: "linh" (north) or "lẻ" (south).
    ValueError outside 0 to 10**15.
    """
    number = number_in_words(vnd, language, none=none)
    currency = {"vi": "đồng", "en": "dong"}.get(language) or _french_currency(vnd)
    return f"{number[0].upper()}{number[1:]} {currency}"


def in_all_languages(vnd: int) -> dict[str, str]:
    """The amount in words, by language."""
    return {language: in_words(vnd, language) for language in ("vi", "en", "fr")}


def number_in_words(number: int, language: str = "vi", *, none: str = "linh") -> str:
    """The bare number, in small letters."""
    if not 0 <= number <= LARGEST:
        raise ValueError("an amount in words goes from 0 to 10**15")
    if language == "vi":
        return " ".join(_vietnamese(number, none)) or _UNITS[0]
    return _english(number) if language == "en" else _french(number)


def _vietnamese(number: int, none: str, *, first: bool = True) -> list[str]:
    """The words of a number; `first` when nothing was said before it."""
    words: list[str] = []
    for scale, name in ((_BILLION, "tỷ"), (10**6, "triệu"), (1000, "nghìn"), (1, "")):
        count, number = divmod(number, scale)
        if not count:
            continue
        if count >= 1000:  # thousands and millions of tỷ
            words += _vietnamese(count, none, first=first)
        else:
            words += _vietnamese_group(count, none, first=first)
        words += [name] if name else []
        first = False
    return words


def _vietnamese_group(number: int, none: str, *, first: bool) -> list[str]:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = [] if first and not hundreds else [_UNITS[hundreds], "trăm"]
    if tens == 0 and units:
        return [*words, none, _UNITS[units]] if words else [_UNITS[units]]
    if tens:
        words += ["mười"] if tens == 1 else [_UNITS[tens], "mươi"]
    if units:
        changed = {5: "lăm"} if tens == 1 else _AFTER_TENS
        words.append(changed.get(units, _UNITS[units]))
    return words


def _english(number: int) -> str:
    if number == 0:
        return _ENGLISH[0]
    groups: list[str] = []
    rest, scale = number, 0
    while rest:
        rest, group = divmod(rest, 1000)
        if group:
            groups.append(f"{_english_group(group)} {_ENGLISH_SCALES[scale]}".strip())
        scale += 1
    groups.reverse()
    if len(groups) > 1 and 0 < number % 1000 < 100:  # two thousand and five
        groups[-1] = f"and {groups[-1]}"
    return " ".join(groups)


def _english_group(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_ENGLISH[hundreds]} hundred"] if hundreds else []
    if rest >= 20:
        tens, units = divmod(rest, 10)
        words.append(_ENGLISH_TENS[tens] + (f"-{_ENGLISH[units]}" if units else ""))
    elif rest:
        words.append(_ENGLISH[rest])
    return " and ".join(words)


def _french(number: int) -> str:
    """Millions and milliards are nouns: they take an s, and `de` before another noun."""
    if number == 0:
        return _FRENCH[0]
    billions, rest = divmod(number, _BILLION)
    millions, rest = divmod(rest, 10**6)
    thousands, units = divmod(rest, 1000)
    words: list[str] = []
    if billions:
        de = " de" if billions % 10**6 == 0 else ""
        words.append(f"{_french(billions)}{de} milliard{'s' if billions > 1 else ''}")
    if millions:
        words.append(f"{_french_group(millions, last=True)} million{'s' if millions > 1 else ''}")
    if thousands:
        words.append("mille" if thousands == 1 else f"{_french_group(thousands, last=False)} mille")
    if units:
        words.append(_french_group(units, last=True))
    return " ".join(words)


def _french_group(number: int, *, last: bool) -> str:
    """`last`: nothing but a noun follows, so that cents and quatre-vingts keep their s."""
    hundreds, rest = divmod(number, 100)
    words: list[str] = []
    if hundreds:
        plural = "s" if hundreds > 1 and not rest and last else ""
        words += [*([_FRENCH[hundreds]] if hundreds > 1 else []), f"cent{plural}"]
    if rest:
        words.append(_french_tens(rest, last=last))
    return " ".join(words)


def _french_tens(number: int, *, last: bool) -> str:
    if number < 20:
        return _FRENCH[number]
    if number >= 80:
        rest = number - 80
        return f"quatre-vingt-{_FRENCH[rest]}" if rest else "quatre-vingt" + ("s" if last else "")
    tens, units = divmod(number, 10)
    if tens == 7:
        tens, units = 6, units + 10
    if not units:
        return _FRENCH_TENS[tens]
    link = " et " if units in (1, 11) else "-"
    return f"{_FRENCH_TENS[tens]}{link}{_FRENCH[units]}"


def _french_currency(vnd: int) -> str:
    if vnd >= 10**6 and vnd % 10**6 == 0:
        return "de dongs"
    return "dongs" if vnd > 1 else "dong"
