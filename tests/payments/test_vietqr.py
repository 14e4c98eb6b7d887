"""A payload that any bank's app reads, and that we read back only when it is whole."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.payments.rules.vietqr import (
    VietQR,
    VietQRFault,
    build,
    crc16,
    mentions,
    parse,
    transfer_content,
)

ONE = VietQR(bank="999888", account="MCH26", amount_vnd=180_000, content="MC0123456789ABCDEF")
transfers = st.builds(
    VietQR,
    bank=st.from_regex(r"[0-9]{6}", fullmatch=True),
    account=st.from_regex(r"[0-9A-Za-z]{1,19}", fullmatch=True),
    amount_vnd=st.none() | st.integers(1, 10**13 - 1),
    content=st.text(max_size=40).map(transfer_content),
)


def test_the_checksum_is_the_standard_one() -> None:
    assert crc16("123456789") == 0x29B1


def test_the_payload_has_the_fields_of_the_standard() -> None:
    assert build(ONE).startswith(
        "00020101021238"  # version, for one payment only, NAPAS's field
        "490010A000000727011900069998880105MCH260208QRIBFTTA"
        "530370454061800005802VN62220818MC0123456789ABCDEF6304"
    )  # fmt: skip


def test_a_code_without_an_amount_may_be_used_again() -> None:
    payload = build(VietQR(bank="999888", account="1"))
    assert payload.startswith("000201010211")
    assert parse(payload).amount_vnd is None


@given(transfers)
def test_what_is_built_is_parsed(qr: VietQR) -> None:
    assert parse(build(qr)) == qr


@given(transfers, st.data())
def test_one_wrong_character_is_noticed(qr: VietQR, data: st.DataObject) -> None:
    payload = build(qr)
    at = data.draw(st.integers(0, len(payload) - 5))
    other = data.draw(st.sampled_from("0123456789ABCXYZ").filter(lambda c: c != payload[at]))
    with pytest.raises(VietQRFault):
        parse(payload[:at] + other + payload[at + 1 :])


@given(st.text(max_size=80))
def test_nonsense_is_a_fault_and_never_an_accident(text: str) -> None:
    with pytest.raises(VietQRFault):
        parse(text)
    closed = "".join(c for c in text if " " <= c <= "~") + "6304"
    with pytest.raises(VietQRFault):
        parse(f"{closed}{crc16(closed):04X}")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("5303704", "5303840", "currency"),
        ("A000000727", "A000000001", "network"),
        ("QRIBFTTA", "QRIBFTTC", "network"),
        ("5406180000", "5406018000", "amount"),
    ],
)
def test_codes_for_others_are_refused(old: str, new: str, code: str) -> None:
    payload = build(ONE)[:-4].replace(old, new)
    with pytest.raises(VietQRFault) as fault:
        parse(f"{payload}{crc16(payload):04X}")
    assert fault.value.code == code


@pytest.mark.parametrize(
    "wrong",
    [
        {"bank": "12345"},
        {"bank": "12345a"},
        {"account": ""},
        {"account": "1 2"},
        {"amount_vnd": 0},
        {"amount_vnd": -5},
        {"amount_vnd": 10**13},
    ],
)
def test_what_no_bank_takes_is_not_built(wrong: dict[str, object]) -> None:
    about: dict[str, object] = {"bank": "999888", "account": "1", **wrong}
    with pytest.raises(VietQRFault):
        build(VietQR(**about))  # type: ignore[arg-type]


def test_a_content_is_what_banks_carry() -> None:
    assert transfer_content("Đóng lệ phí: hồ sơ số 12/2026!") == "DONG LE PHI HO SO SO 12 2"


@pytest.mark.parametrize(
    "content",
    ["MBVCB.123.MC01AB-CD.CT tu 001", "mc01 ab cd", "FT2611;MC01ABCD;", "MC 01 AB CD thanh toan"],
)
def test_a_code_is_found_whatever_banks_do_to_it(content: str) -> None:
    assert mentions(content, "MC01-ABCD")
    assert not mentions(content, "MC01-ABCE")
    assert not mentions(content, "--")
