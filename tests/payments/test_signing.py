"""Parameters are believed only when they are signed, and read only when they are clear."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.payments.rules import signing

SECRET = "a secret of both sides"
params = st.dictionaries(
    st.from_regex(r"pg_[A-Za-z]{1,8}", fullmatch=True), st.text(max_size=20), max_size=6
)


def test_the_signature_is_the_one_that_any_tool_computes() -> None:
    # printf 'pg_A=1&pg_B=x+y' | openssl dgst -sha512 -hmac key
    expected = (
        "e153d32843591d52e88c1550a8176e0c163662e7f1b7087ba5b3cb9354311237"
        "33171c6771cf63cd849257007ee4a2788cbce8fa36d6272e61e6b6f86af28127"
    )
    assert signing.canonical({"pg_B": "x y", "pg_A": "1", "other": "z"}) == "pg_A=1&pg_B=x+y"
    assert signing.signature({"pg_B": "x y", "pg_A": "1"}, "key") == expected


@given(params)
def test_signed_parameters_are_believed(given_params: dict[str, str]) -> None:
    kept = {n: v for n, v in given_params.items() if v and n != signing.SIGNATURE}
    query = signing.query_of(given_params, SECRET)
    read = signing.read_query(query)
    assert signing.believed(read, SECRET) == kept
    assert signing.believed({**read, "utm_source": "x"}, SECRET) == kept


@given(params, st.data())
def test_any_change_is_noticed(given_params: dict[str, str], data: st.DataObject) -> None:
    signed = signing.signed(given_params, SECRET)
    name = data.draw(st.sampled_from([*signed, "pg_New"]))
    changed = {**signed, name: signed.get(name, "") + "1"}
    with pytest.raises(signing.SigningFault, match="signature"):
        signing.believed(changed, SECRET)
    with pytest.raises(signing.SigningFault, match="signature"):
        signing.believed(signed, SECRET + "x")


def test_without_a_signature_nothing_is_believed() -> None:
    for text in ("", "đ", "0" * 128):
        with pytest.raises(signing.SigningFault, match="signature"):
            signing.believed({"pg_A": "1", signing.SIGNATURE: text}, SECRET)


def test_a_signature_in_capitals_is_the_same() -> None:
    signed = signing.signed({"pg_A": "1"}, SECRET)
    signed[signing.SIGNATURE] = signed[signing.SIGNATURE].upper()
    assert signing.is_signed(signed, SECRET)


@pytest.mark.parametrize("query", ["pg_A=1&pg_A=2", "pg_A=1&pg_A=1", "pg_A", "&", "pg_A=%ff"])
def test_an_unclear_query_is_refused(query: str) -> None:
    with pytest.raises(signing.SigningFault, match="format"):
        signing.read_query(query)


@given(st.integers(1, 10**15))
def test_an_amount_travels_as_hundredths(vnd: int) -> None:
    assert signing.amount_read(signing.amount_sent(vnd)) == vnd


@pytest.mark.parametrize(
    "text", ["", "0", "000", "00", "-100", "+100", " 100", "1e4", "150", "٣00"]
)
def test_an_amount_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(signing.SigningFault, match="format"):
        signing.amount_read(text)


@given(st.datetimes(datetime(2020, 1, 1), datetime(2100, 1, 1)))
def test_a_moment_travels_in_the_time_of_vietnam(moment: datetime) -> None:
    moment = moment.replace(tzinfo=UTC, microsecond=0)
    assert signing.moment_read(signing.moment_sent(moment)) == moment


def test_noon_in_london_is_evening_in_hanoi() -> None:
    assert signing.moment_sent(datetime(2026, 11, 22, 12, tzinfo=UTC)) == "20261122190000"


@pytest.mark.parametrize(
    "text", ["", "2026112219000", "20261322190000", "20260230000000", "x" * 14]
)
def test_a_moment_that_does_not_exist_is_refused(text: str) -> None:
    with pytest.raises(signing.SigningFault, match="format"):
        signing.moment_read(text)
