"""Identifiers: version 7, ordered, unique."""

import time
from concurrent.futures import ThreadPoolExecutor

from motcua.kernel.ids import new_id


def test_identifiers_are_version_7_of_the_standard_variant() -> None:
    value = new_id()
    assert (value.version, value.variant) == (7, "specified in RFC 4122")


def test_identifiers_of_one_process_grow() -> None:
    values = [new_id() for _ in range(10_000)]
    assert values == sorted(set(values))


def test_identifiers_carry_the_time() -> None:
    before = time.time_ns() // 1_000_000
    assert before <= new_id().int >> 80 <= time.time_ns() // 1_000_000 + 3


def test_threads_do_not_share_an_identifier() -> None:
    with ThreadPoolExecutor(8) as pool:
        values = list(pool.map(lambda _: new_id(), range(5_000)))
    assert len(set(values)) == 5_000
