"""A request that comes twice has one effect."""

import threading
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from motcua.exchange import api as exchange
from motcua.exchange.operations import once as operations
from motcua.kernel import clock
from motcua.kernel.refusals import Refusal

pytestmark = pytest.mark.django_db
APPLICATION = uuid4()


class Work:
    """Counts how often it was done."""

    def __init__(self) -> None:
        self.done = 0

    def __call__(self) -> tuple[int, dict[str, object]]:
        self.done += 1
        return 201, {"number": self.done, "name": "Đỗ Thị Ơn"}


def ask(work: Work, key: str = "a-key", fingerprint: str = "one") -> exchange.Answer:
    return exchange.once(APPLICATION, key, fingerprint, do=work)


def test_the_second_request_gets_the_first_answer_to_the_byte() -> None:
    work = Work()

    first, second = ask(work), ask(work)

    assert work.done == 1
    assert (first.status, first.replayed) == (201, False)
    assert second == first._replace(replayed=True)


def test_a_key_belongs_to_one_application() -> None:
    work = Work()

    ask(work)
    exchange.once(uuid4(), "a-key", "one", do=work)

    assert work.done == 2


def test_a_key_with_another_request_is_refused() -> None:
    ask(Work())

    with pytest.raises(Refusal, match=r"exchange\.key-reused"):
        ask(Work(), fingerprint="two")


def test_what_was_refused_may_be_tried_again() -> None:
    def refuse() -> tuple[int, None]:
        raise Refusal("exchange.key-reused")

    with pytest.raises(Refusal):
        exchange.once(APPLICATION, "a-key", "one", do=refuse)

    assert not ask(Work()).replayed


@pytest.mark.parametrize("key", ["", "x" * 201, "has space", "chữ", "line\n"])
def test_a_key_that_no_header_should_carry_is_refused(key: str) -> None:
    with pytest.raises(Refusal, match=r"exchange\.key-malformed"):
        ask(Work(), key=key)


def test_answers_are_forgotten_after_a_week() -> None:
    work = Work()
    with clock.at(datetime(2026, 1, 1, tzinfo=UTC)):
        ask(work)
    with clock.at(datetime(2026, 1, 1, tzinfo=UTC) + operations.KEPT + timedelta(seconds=1)):
        assert operations.forget_old_answers() == 1
        ask(work)

    assert work.done == 2


def test_a_fingerprint_tells_requests_apart() -> None:
    requests = [
        ("POST", "/a", b"x"),
        ("PUT", "/a", b"x"),
        ("POST", "/b", b"x"),
        ("POST", "/a", b""),
    ]

    assert len({exchange.fingerprint_of(*request) for request in requests}) == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("patience_ms", [5000, 1])
def test_of_two_at_once_the_second_waits_or_is_told_to_ask_again(
    patience_ms: int,
) -> None:
    work, inside, may_end = Work(), threading.Event(), threading.Event()
    results: list[object] = []

    def first() -> tuple[int, dict[str, object]]:
        inside.set()
        may_end.wait(5)
        return work()

    def second() -> None:
        inside.wait(5)
        try:
            again = exchange.once(APPLICATION, "a-key", "one", do=work, patience_ms=patience_ms)
            results.append(again)
        except Refusal as refusal:
            results.append(refusal.code)
        finally:
            may_end.set()
            connection.close()

    other = threading.Thread(target=second)
    other.start()
    if patience_ms > 1:
        threading.Timer(0.05, may_end.set).start()
    answer = exchange.once(APPLICATION, "a-key", "one", do=first)
    other.join()

    assert work.done == 1
    expected = answer._replace(replayed=True) if patience_ms > 1 else "exchange.key-in-progress"
    assert results == [expected]


def test_the_work_has_no_time_limit_of_the_wait() -> None:
    def limit() -> tuple[int, str]:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            return 200, cursor.fetchone()[0]

    with transaction.atomic():
        assert exchange.once(APPLICATION, "a-key", "one", do=limit).body == b'"0"'
