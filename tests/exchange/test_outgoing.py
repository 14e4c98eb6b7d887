"""One POST to a receiver that may be anything."""

import ipaddress

import pytest

from motcua.kernel.outgoing import NotDeliveredError, post
from tests.exchange.receiver import Answer, Receiver

HERE = [ipaddress.ip_network("127.0.0.0/8")]
ANSWERS: list[tuple[Answer, str, int | None]] = [
    (301, "redirect", 301),
    (307, "redirect", 307),
    (404, "status", 404),
    (410, "gone", 410),
    (500, "status", 500),
    (b"", "nonsense", None),
    (b"\x00\xff" * 50, "nonsense", None),
    (b"x" * 1_000_000, "nonsense", None),
    (b"HTTP/1.1 100 Continue\r\n" + b"A: b\r\n" * 10_000, "nonsense", None),
    (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Busy\r\n\r\n", "status", 503),
]


def send(url: str, **more: float) -> int:
    return post(url, {"webhook-id": "m-1"}, b"{}", networks=HERE, **more)


@pytest.mark.parametrize(("answer", "fault", "status"), ANSWERS)
def test_a_bad_answer_is_a_fault(
    receiver: Receiver, answer: Answer, fault: str, status: int | None
) -> None:
    receiver.behave = lambda _got: answer

    with pytest.raises(NotDeliveredError) as no:
        send(receiver.url)

    assert (no.value.fault, no.value.answer) == (fault, status)
    assert len(receiver.got) == 1  # a redirect is not followed


@pytest.mark.parametrize("body", [b"", b"x" * 5_000_000])
def test_the_body_of_the_answer_does_not_matter(receiver: Receiver, body: bytes) -> None:
    receiver.behave = lambda _got: b"HTTP/1.1 200 OK\r\n\r\n" + body

    assert send(receiver.url) == 200


def test_who_is_slow_costs_the_deadline_and_no_more(receiver: Receiver) -> None:
    import threading

    enough = threading.Event()
    receiver.behave = lambda _got: 204 if enough.wait(5) else 500

    with pytest.raises(NotDeliveredError, match="timeout"):
        send(receiver.url, deadline_s=0.05)
    enough.set()


def test_who_is_not_there_is_unreachable() -> None:
    with pytest.raises(NotDeliveredError, match="unreachable"):
        send("http://127.0.0.1:9/")


def test_https_to_who_speaks_no_tls_is_a_fault(receiver: Receiver) -> None:
    with pytest.raises(NotDeliveredError, match=r"tls|unreachable|timeout"):
        send(receiver.url.replace("http:", "https:"), deadline_s=1)


def test_a_private_address_is_not_even_tried(receiver: Receiver) -> None:
    with pytest.raises(NotDeliveredError, match="private"):
        post(receiver.url.replace("127.0.0.1", "localhost"), {}, b"", networks=())

    assert not receiver.got
