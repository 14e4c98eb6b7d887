"""Amounts in words are right, and can be read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.payments.rules.words import LARGEST, in_all_languages, in_words, number_in_words

VIETNAMESE = {
    0: "không",
    1: "một",
    4: "bốn",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    31: "ba mươi mốt",
    44: "bốn mươi tư",
    55: "năm mươi lăm",
    91: "chín mươi mốt",
    99: "chín mươi chín",
    100: "một trăm",
    101: "một trăm linh một",
    104: "một trăm linh bốn",
    105: "một trăm linh năm",
    110: "một trăm mười",
    111: "một trăm mười một",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    155: "một trăm năm mươi lăm",
    500: "năm trăm",
    999: "chín trăm chín mươi chín",
    1_000: "một nghìn",
    1_001: "một nghìn không trăm linh một",
    1_010: "một nghìn không trăm mười",
    1_015: "một nghìn không trăm mười lăm",
    1_100: "một nghìn một trăm",
    2_005: "hai nghìn không trăm linh năm",
    2_026: "hai nghìn không trăm hai mươi sáu",
    5_005: "năm nghìn không trăm linh năm",
    10_000: "mười nghìn",
    15_000: "mười lăm nghìn",
    20_500: "hai mươi nghìn năm trăm",
    21_021: "hai mươi mốt nghìn không trăm hai mươi mốt",
    100_000: "một trăm nghìn",
    105_005: "một trăm linh năm nghìn không trăm linh năm",
    135_000: "một trăm ba mươi lăm nghìn",
    1_000_000: "một triệu",
    1_000_005: "một triệu không trăm linh năm",
    1_005_000: "một triệu không trăm linh năm nghìn",
    1_050_000: "một triệu không trăm năm mươi nghìn",
    2_340_000: "hai triệu ba trăm bốn mươi nghìn",
    10_000_001: "mười triệu không trăm linh một",
    100_000_000: "một trăm triệu",
    123_456_789: "một trăm hai mươi ba triệu bốn trăm năm mươi sáu nghìn bảy trăm tám mươi chín",
    10**9: "một tỷ",
    10**9 + 5: "một tỷ không trăm linh năm",
    10**9 + 5_000: "một tỷ không trăm linh năm nghìn",
    10**9 + 5_000_000: "một tỷ không trăm linh năm triệu",
    21 * 10**9: "hai mươi mốt tỷ",
    10**12: "một nghìn tỷ",
    10**12 + 10**9: "một nghìn không trăm linh một tỷ",
    10**12 + 1: "một nghìn tỷ không trăm linh một",
    25 * 10**12 + 15 * 10**9: "hai mươi lăm nghìn không trăm mười lăm tỷ",
    10**15: "một triệu tỷ",
}
ENGLISH = {
    0: "zero",
    13: "thirteen",
    21: "twenty-one",
    100: "one hundred",
    105: "one hundred and five",
    342: "three hundred and forty-two",
    2_026: "two thousand and twenty-six",
    2_126: "two thousand one hundred and twenty-six",
    1_000_005: "one million and five",
    1_005_000: "one million five thousand",
    10**12 + 1: "one trillion and one",
    10**15: "one quadrillion",
}
FRENCH = {
    0: "zéro",
    16: "seize",
    17: "dix-sept",
    21: "vingt et un",
    70: "soixante-dix",
    71: "soixante et onze",
    77: "soixante-dix-sept",
    80: "quatre-vingts",
    81: "quatre-vingt-un",
    91: "quatre-vingt-onze",
    100: "cent",
    200: "deux cents",
    201: "deux cent un",
    280: "deux cent quatre-vingts",
    1_000: "mille",
    2_026: "deux mille vingt-six",
    80_000: "quatre-vingt mille",
    200_000: "deux cent mille",
    200_000_000: "deux cents millions",
    1_000_005: "un million cinq",
    10**9: "un milliard",
    10**12: "mille milliards",
    10**15: "un million de milliards",
}
AMOUNTS = {
    ("vi", 1): "Một đồng",
    ("vi", 20_000): "Hai mươi nghìn đồng",
    ("vi", 5_000): "Năm nghìn đồng",
    ("en", 20_000): "Twenty thousand dong",
    ("fr", 0): "Zéro dong",
    ("fr", 1): "Un dong",
    ("fr", 1_000_000): "Un million de dongs",
    ("fr", 1_000_001): "Un million un dongs",
    ("fr", 10**9): "Un milliard de dongs",
}
TABLE = [("vi", *row) for row in VIETNAMESE.items()]
TABLE += [("en", *row) for row in ENGLISH.items()] + [("fr", *row) for row in FRENCH.items()]

# A reader written apart from the writer, from the way people read numbers aloud.
DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]
AFTER_TENS = {"mốt": 1, "tư": 4, "lăm": 5}
numbers = st.integers(0, LARGEST) | st.integers(0, 15).map(lambda power: 10**power)
numbers |= st.builds(
    lambda parts, zeros: int("".join(f"{p:03d}" for p in parts)) * 1000**zeros,
    st.lists(st.sampled_from([0, 1, 4, 5, 10, 15, 21, 44, 55, 100, 105, 999]), max_size=3).map(
        lambda parts: parts or [0]
    ),
    st.integers(0, 2),
)


def read(words: list[str]) -> int:
    for name, scale in (("tỷ", 10**9), ("triệu", 10**6), ("nghìn", 1000)):
        if name in words:
            at = len(words) - 1 - words[::-1].index(name)
            return read(words[:at]) * scale + read(words[at + 1 :])
    return read_group(words)


def read_group(words: list[str]) -> int:
    total, digit = 0, 0
    for word in words:
        if word == "trăm":
            total, digit = digit * 100, 0
        elif word == "mươi":
            total, digit = total + digit * 10, 0
        elif word == "mười":
            total += 10
        elif word != "linh":
            digit = AFTER_TENS[word] if word in AFTER_TENS else DIGITS.index(word)
    return total + digit


@pytest.mark.parametrize(("language", "number", "words"), TABLE)
def test_a_number_in_words(language: str, number: int, words: str) -> None:
    assert number_in_words(number, language) == words


@pytest.mark.parametrize(("asked", "words"), AMOUNTS.items())
def test_an_amount_has_a_capital_and_the_currency(asked: tuple[str, int], words: str) -> None:
    assert in_words(asked[1], asked[0]) == words


def test_the_south_says_le() -> None:
    assert in_words(2_005, none="lẻ") == "Hai nghìn không trăm lẻ năm đồng"


@pytest.mark.parametrize("wrong", [-1, LARGEST + 1])
def test_no_words_beyond_the_limits(wrong: int) -> None:
    with pytest.raises(ValueError, match="goes from 0"):
        in_words(wrong)


@given(numbers)
def test_what_is_written_is_read_back(number: int) -> None:
    assert read(number_in_words(number).split()) == number


@given(numbers)
def test_vietnamese_never_says_what_nobody_says(number: int) -> None:
    words = f" {number_in_words(number)} "
    for never in (" mươi một ", " mươi năm ", " mười năm ", " không mươi ", "  ", " linh mười "):
        assert never not in words
    assert " linh " not in words or " trăm linh " in words


@given(numbers, numbers)
def test_two_numbers_never_share_their_words(one: int, other: int) -> None:
    for language in ("vi", "en", "fr"):
        same = number_in_words(one, language) == number_in_words(other, language)
        assert same == (one == other)


@given(numbers)
def test_every_amount_has_words_in_each_language(number: int) -> None:
    words = in_all_languages(number)
    assert set(words) == {"vi", "en", "fr"}
    assert all(text[0].isupper() and text == text.strip() for text in words.values())
