"""Codes, numbers and the judgement of a verification, without a database."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.documents import words
from motcua.documents.cards import Finding, PaperFacts, SignatureFacts
from motcua.documents.rules.codes import ALPHABET, code_from, number_of, read_code
from motcua.documents.rules.verdict import CHECKS, VERDICTS, judge
from tests.documents.samples import BODY

MOMENT = datetime(2026, 2, 13, 8, tzinfo=UTC)
PAPER = PaperFacts(
    code="7K2M-9QXA-0B3C-D4EF", template="slip-01", title={"vi": "Giấy"}, body="Ủy ban",
    body_id=BODY, number="", state="sealed", issued_at=MOMENT, sealed_at=MOMENT,
    superseded_at=None, to_sign=True,
)  # fmt: skip
SIGNED = SignatureFacts(
    intact=True, whole=True, trusted=True, signer="Ủy ban", body_id=BODY, serial="1",
    signed_at=MOMENT, authority="MotCua",
)  # fmt: skip


@given(st.binary(min_size=10, max_size=10))
def test_a_code_reads_back_however_it_is_typed(random: bytes) -> None:
    code = code_from(random)
    typed = code.lower().replace("-", " ").replace("1", "l").replace("0", "o")
    assert read_code(typed) == code
    assert set(code) <= set(ALPHABET) | {"-"}


@given(st.lists(st.binary(min_size=10, max_size=10), min_size=2, max_size=2, unique=True))
def test_two_random_numbers_never_share_a_code(pair: list[bytes]) -> None:
    assert code_from(pair[0]) != code_from(pair[1])


@given(st.text(max_size=40))
def test_what_is_no_code_is_none(typed: str) -> None:
    code = read_code(typed)
    assert code is None or len(code) == 19


def test_a_code_needs_all_its_randomness() -> None:
    with pytest.raises(ValueError, match="ten random bytes"):
        code_from(b"short")


def test_numbers_begin_with_01() -> None:
    assert number_of(1, 2026, "GKS") == "01/2026/GKS"
    assert number_of(1234, 2026, "GKS") == "1234/2026/GKS"


def _changed(facts: SignatureFacts, **changes: object) -> SignatureFacts:
    from msgspec.structs import replace

    return replace(facts, **changes)


def _paper(**changes: object) -> PaperFacts:
    from msgspec.structs import replace

    return replace(PAPER, **changes)


CASES = [
    ("genuine", True, PAPER, None, SIGNED),
    ("genuine", True, _paper(to_sign=False), None, None),
    ("superseded", True, _paper(state="superseded"), None, SIGNED),
    ("doubtful", True, PAPER, None, _changed(SIGNED, trusted=False)),
    ("doubtful", True, PAPER, None, _changed(SIGNED, body_id=None)),
    ("doubtful", True, PAPER, None, None),
    ("altered", True, None, PAPER, SIGNED),
    ("altered", False, None, PAPER, None),
    ("altered", True, None, None, _changed(SIGNED, intact=False)),
    ("altered", True, None, None, _changed(SIGNED, whole=False)),
    ("not-registered", True, None, None, SIGNED),
    ("stranger", True, None, None, _changed(SIGNED, trusted=False)),
    ("unsigned", True, None, None, None),
    ("unreadable", False, None, None, None),
]


@pytest.mark.parametrize(("verdict", "readable", "same", "claimed", "signature"), CASES)
def test_the_judgement(
    verdict: str,
    readable: bool,
    same: PaperFacts | None,
    claimed: PaperFacts | None,
    signature: SignatureFacts | None,
) -> None:
    found = judge(readable=readable, same_bytes=same, claimed=claimed, signature=signature)
    assert found.verdict == verdict
    assert str(words.verdict_sentence(found))
    assert all(str(words.finding_sentence(one)) for one in found.findings)
    assert [one.code for one in found.findings] == [
        code for code in CHECKS if code in {one.code for one in found.findings}
    ]


def test_every_verdict_is_reached_and_every_check_has_words() -> None:
    assert {case[0] for case in CASES} == set(VERDICTS)
    for code in CHECKS:
        for holds in (True, False):
            assert str(words.finding_sentence(Finding(code=code, holds=holds)))
    for state in ("pending", "failed", "sealed", "superseded"):
        assert str(words.state_sentence(state))
