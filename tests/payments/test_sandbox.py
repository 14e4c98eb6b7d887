"""The sandbox gateway keeps its protocol, and can be used by everybody."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from wsgiref.simple_server import make_server

import pytest

from motcua.kernel import clock
from motcua.payments.gateways.protocol import BadNotice, GatewayFault, Order, RefundOrder
from motcua.payments.gateways.sandbox import Sandbox as Client
from motcua.payments.gateways.sandbox import send_http
from motcua.payments.rules import signing, vietqr
from motcua.payments.rules.statement_files import StatementFault, read_statement
from motcua.project.sandbox.courier import PAUSES_S
from motcua.project.sandbox.server import _Quiet, _Server
from motcua.project.sandbox.statement import Fault, plant
from motcua.project.sandbox.texts import TEXTS
from motcua.project.sandbox.wsgi import Application
from tests.payments.sandbox_world import SECRET, House, JoinedClient

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
client = JoinedClient()


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with clock.at(NOW):
        yield House(tmp_path)


def order(**about: object) -> Order:
    whole: dict[str, object] = {
        "reference": "R1",
        "amount_vnd": 20_000,
        "title": "Lệ phí <b>đăng ký</b>",
        "created_at": NOW,
        "expires_at": NOW + timedelta(minutes=15),
        "return_url": "http://motcua.example/pay/return/sandbox/?a=1",
        "notify_url": "http://motcua.example/pay/notice/sandbox/",
    }
    return Order(**{**whole, **about})  # type: ignore[arg-type]


def back(reply_to: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(reply_to).query))


def test_pay_and_come_back(house: House) -> None:
    reply = house.do(client.start(order()), "pay")
    assert reply.to.startswith("http://motcua.example/pay/return/sandbox/?a=1&pg_")
    notice = client.read_notice(back(reply.to))
    assert (notice.state, notice.amount_vnd, notice.reference) == ("paid", 20_000, "R1")
    assert notice.paid_at == NOW
    assert house.deliver() == 1
    assert client.read_notice(house.heard[0]) == notice
    assert client.ask("R1") == (notice,)


@pytest.mark.parametrize(
    ("doing", "state", "returns"),
    [
        ("pay", "paid", True),
        ("pay-close", "paid", False),
        ("cancel", "cancelled", True),
        ("fail", "failed", True),
        ("close", "pending", False),
    ],
)
def test_what_a_person_may_do(house: House, doing: str, state: str, returns: bool) -> None:
    reply = house.do(client.start(order()), doing)
    assert reply.to.startswith("http://motcua.example/") == returns
    assert [notice.state for notice in client.ask("R1")] == [state]


def test_paying_twice_is_two_transactions(house: House) -> None:
    house.do(client.start(order()), "twice")
    first, second = client.ask("R1")
    assert first.transaction != second.transaction
    assert house.deliver() == 2


def test_after_a_failure_one_can_still_pay(house: House) -> None:
    address = client.start(order())
    house.do(address, "fail")
    house.do(address, "pay")
    assert [notice.state for notice in client.ask("R1")] == ["failed", "paid"]


def test_an_order_is_paid_once_by_its_page(house: House) -> None:
    address = client.start(order())
    house.do(address, "pay")
    page = house.visit(address).text
    assert "<form" not in page
    token = urlsplit(house.ask("GET", address).to).path
    assert house.ask("POST", token, do="pay").status == 422
    assert len(client.ask("R1")) == 1


def test_it_is_too_late_after_the_hour(house: House) -> None:
    address = client.start(order())
    with clock.at(NOW + timedelta(minutes=16)):
        assert "<form" not in house.visit(address).text
        assert [notice.state for notice in client.ask("R1")] == ["expired"]


def test_an_unknown_order_is_empty(house: House) -> None:
    assert client.ask("R9") == ()


@pytest.mark.parametrize(
    ("name", "value"),
    [("pg_Amount", "100"), ("pg_Ref", "R2"), ("pg_ReturnUrl", "http://evil.example/")],
)
def test_a_changed_order_is_refused(house: House, name: str, value: str) -> None:
    address = urlsplit(client.start(order()))
    params = dict(parse_qsl(address.query)) | {name: value}
    assert house.ask("GET", f"/pay?{urlencode(params)}").status == 422
    assert house.ask("GET", f"/pay?{address.query}&pg_Ref=R2").status == 422
    assert client.ask("R1") == ()


def test_the_same_reference_for_another_amount_is_refused(house: House) -> None:
    assert house.ask("GET", client.start(order())).status == 303
    assert house.ask("GET", client.start(order(amount_vnd=1))).status == 422


def test_an_order_whose_return_is_no_web_address_is_refused(house: House) -> None:
    assert house.ask("GET", client.start(order(return_url="javascript:alert(1)"))).status == 422


@pytest.mark.parametrize(
    ("when", "seconds"), [("now", [0]), ("late", [30]), ("twice", [0, 3]), ("never", [])]
)
def test_when_the_notice_comes(house: House, when: str, seconds: list[int]) -> None:
    house.do(client.start(order()), "pay", when)
    due = [datetime.fromisoformat(row["due_at"]) - NOW for row in house.rows("deliveries")]
    assert [pause.total_seconds() for pause in due] == seconds
    assert house.deliver() == seconds.count(0)
    assert house.deliver(NOW + timedelta(minutes=1)) == len(seconds) - seconds.count(0)


def test_a_notice_is_sent_again_until_it_is_heard(house: House) -> None:
    house.do(client.start(order()), "pay")
    house.answers = ["silent", "500", "nonsense", '{"RspCode": "99"}', '{"RspCode": "00"}']
    moment = NOW
    for pause in [0, *PAUSES_S[:4]]:
        moment += timedelta(seconds=pause)
        assert house.deliver(moment - timedelta(seconds=1)) == 0
        assert house.deliver(moment) == 1
    (row,) = house.rows("deliveries")
    assert (row["attempts"], row["answer"]) == (5, "00")
    assert house.deliver(moment + timedelta(days=1)) == 0


def test_after_the_last_attempt_the_gateway_gives_up(house: House) -> None:
    house.do(client.start(order()), "pay")
    house.answers = ["silent"] * 20
    tried = 0
    for hour in range(20):
        tried += house.deliver(NOW + timedelta(hours=2 * hour))
    assert tried == len(PAUSES_S) + 1
    assert house.rows("deliveries")[0]["ended_at"] is not None


def test_a_refund_happens_once_and_never_beyond_what_came(house: House) -> None:
    house.do(client.start(order()), "pay")
    number = client.ask("R1")[0].transaction

    def refund(key: str, vnd: int) -> tuple[str, str]:
        about = {"key": key, "reference": "R1", "transaction": number, "amount_vnd": vnd}
        told = client.refund(RefundOrder(**about))  # type: ignore[arg-type]
        return told.state, told.code

    assert [refund("k1", 15_000), refund("k1", 15_000)] == [("made", "00")] * 2
    assert refund("k1", 14_000) == ("refused", "94")
    assert refund("k2", 5_001) == ("refused", "95")
    assert refund("k3", 5_000) == ("made", "00")
    assert len(client.ask("R1")) == 1


def test_a_refund_of_nothing_is_refused(house: House) -> None:
    about = {"key": "k", "reference": "R1", "transaction": "none", "amount_vnd": 1}
    assert client.refund(RefundOrder(**about)).state == "refused"  # type: ignore[arg-type]


def test_a_gateway_that_is_down_may_be_asked_again(house: House) -> None:
    with house.down():
        for ask in (lambda: client.ask("R1"), lambda: client.statement(NOW.date())):
            with pytest.raises(GatewayFault) as fault:
                ask()
            assert not fault.value.permanent
        assert house.ask("GET", client.start(order())).status == 503
    assert client.ask("R1") == ()


@pytest.mark.parametrize("answer", [b"", b"[]", b"{}", b"<html>", b'{"pg_Transactions": "x"}'])
def test_an_answer_that_is_not_signed_is_not_believed(answer: bytes) -> None:
    with pytest.raises(GatewayFault, match="nonsense") as fault:
        Client(lambda *_: (200, answer)).ask("R1")
    assert not fault.value.permanent


@pytest.mark.parametrize(("status", "permanent"), [(404, True), (429, False), (500, False)])
def test_a_fault_says_whether_to_ask_again(status: int, permanent: bool) -> None:
    with pytest.raises(GatewayFault) as fault:
        Client(lambda *_: (status, b"")).ask("R1")
    assert fault.value.permanent == permanent


@pytest.mark.parametrize(
    "changes",
    [
        {"pg_Amount": "2000050"},
        {"pg_Amount": ""},
        {"pg_ResponseCode": "77"},
        {"pg_PayTime": "20261399000000"},
        {"pg_Command": "refund"},
        {"pg_Ref": ""},
    ],
)
def test_a_signed_notice_that_makes_no_sense_is_refused(changes: dict[str, str]) -> None:
    right = {"pg_Command": "payment", "pg_Ref": "R1", "pg_Amount": "2000000", "pg_Currency": "VND"}
    whole = {**right, "pg_ResponseCode": "00", **changes}
    with pytest.raises(BadNotice, match="format"):
        client.read_notice(signing.signed(whole, SECRET))


def test_the_bank_app_reads_a_code_and_sends_any_amount(house: House) -> None:
    qr = vietqr.VietQR(bank="999888", account="MCH26", amount_vnd=60_000, content="MC01ABCD")
    page = house.ask("GET", f"/bank?{urlencode({'qr': vietqr.build(qr)})}")
    assert 'value="60000"' in page.text
    assert 'value="MC01ABCD"' in page.text
    form = {"bank": "999888", "account": "MCH26", "amount": "59.000", "content": "tien <x>"}
    assert house.ask("POST", "/bank", **form).status == 200
    house.deliver()
    notice = client.read_notice(house.heard[0])
    assert (notice.kind, notice.state, notice.amount_vnd) == ("transfer", "paid", 59_000)
    assert (notice.content, notice.account, notice.reference) == ("tien <x>", "MCH26", "")


def test_the_bank_app_refuses_with_words_and_keeps_what_was_typed(house: House) -> None:
    assert 'role="alert"' in house.ask("GET", "/bank?qr=nonsense").text
    for wrong in ({"bank": "1"}, {"account": ""}, {"amount": "0"}, {"amount": "x"}):
        form = {"bank": "999888", "account": "A1", "amount": "5000", "content": "xin chào"}
        reply = house.ask("POST", "/bank", **{**form, **wrong})
        assert reply.status == 422
        assert "xin chào" in reply.text
    assert house.rows("transactions") == []


def test_the_statement_has_fees_and_the_settlement(house: House) -> None:
    house.do(client.start(order()), "pay")
    house.do(client.start(order(reference="R2")), "fail")
    house.ask("POST", "/bank", bank="999888", account="A1", amount="5000", content="x")
    lines = client.statement(NOW.date())
    assert [(one.source, one.kind, one.status) for one in lines] == [
        ("gateway", "payment", "done"),
        ("gateway", "payment", "failed"),
        ("bank", "transfer", "done"),
        ("bank", "settlement", "done"),
    ]
    assert lines[0].fee_vnd == 1_100
    assert lines[-1].amount_vnd == 18_900
    day = NOW.date().isoformat()
    for kind in ("csv", "json"):
        assert (
            read_statement(house.ask("GET", f"/statement.{kind}?day={day}").text.encode()) == lines
        )


def test_a_day_is_one_of_vietnam(house: House) -> None:
    with clock.at(datetime(2026, 11, 22, 16, 59, tzinfo=UTC)):
        house.do(client.start(order()), "pay")
    with clock.at(datetime(2026, 11, 22, 17, 1, tzinfo=UTC)):
        house.do(client.start(order(reference="R2")), "pay")
    for day, reference in (("2026-11-22", "R1"), ("2026-11-23", "R2")):
        (line, _) = client.statement(datetime.fromisoformat(day).date())
        assert line.reference == reference


def test_the_statement_is_only_for_who_knows_the_secret(house: House) -> None:
    assert house.ask("GET", "/api/statement?pg_Day=20261123").status == 403
    assert house.ask("POST", "/api/query", b"[1]", "application/json").status == 200  # code 97


def test_faults_are_planted_and_taken_away_by_hand(house: House) -> None:
    house.do(client.start(order()), "pay")
    day = NOW.date().isoformat()
    true = client.statement(NOW.date())
    assert house.ask("POST", "/plant", day=day, kind="doubled", number="").status == 303
    assert len(client.statement(NOW.date())) == len(true) + 1
    assert "/heal" in house.ask("GET", f"/statement?day={day}").text
    house.ask("POST", "/heal", day=day)
    assert client.statement(NOW.date()) == true
    assert house.ask("POST", "/plant", day=day, kind="unknown").status == 422
    with house.store.transaction() as book, pytest.raises(ValueError, match="unknown"):
        plant(book, NOW.date(), Fault(kind="unknown"))


def test_a_statement_file_names_all_its_faults() -> None:
    data = b"source,kind,number,amount_vnd,at\nbank,transfer,T1,x,now\nmoon,transfer,,5,\n"
    with pytest.raises(StatementFault) as fault:
        read_statement(data)
    assert [problem.path for problem in fault.value.problems] == [
        "lines[1].amount_vnd",
        "lines[1].at",
        "lines[2].source",
        "lines[2].number",
    ]
    for nonsense in (b"", b"\xff\xfe", b"a,b\n1,2\n", b"[1]", b"{", b'{"a": 1}'):
        with pytest.raises(StatementFault):
            read_statement(nonsense)


def test_every_text_is_there_in_three_languages() -> None:
    assert not [key for key, said in TEXTS.items() if len(said) != 3 or not all(said)]


@pytest.mark.parametrize("language", ["vi", "en", "fr"])
@pytest.mark.parametrize("path", ["/", "/bank", "/statement", "/notices", "/nowhere", "order"])
def test_every_page_speaks_each_language(house: House, language: str, path: str) -> None:
    house.do(client.start(order()), "pay")
    if path == "order":
        reply = house.visit(client.start(order(reference="R2", language=language)))
        assert "Lệ phí &lt;b&gt;đăng ký" in reply.text
    else:
        reply = house.ask("GET", f"{path}?lang={language}")
    assert f'<html lang="{language}">' in reply.text
    assert reply.text.count("<h1>") == 1
    assert "<script" not in reply.text
    labels = set(re.findall(r'<label for="(\w+)"', reply.text))
    assert labels == set(re.findall(r'<(?:input|textarea) id="(\w+)"', reply.text))
    assert len(reply.text) < 15_000
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]


def test_over_a_real_socket(house: House, settings: Any) -> None:
    application = Application(house.sandbox.handle)
    server = make_server("127.0.0.1", 0, application, server_class=_Server, handler_class=_Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    settings.MOTCUA_GATEWAY_URL = f"http://127.0.0.1:{server.server_port}"
    try:
        real = Client()
        status, _ = send_http(
            "GET", real.start(order(expires_at=datetime(2100, 1, 1, tzinfo=UTC))), None
        )
        assert status == 303
        assert [notice.amount_vnd for notice in real.ask("R1")] == [20_000]
        assert real.statement(NOW.date()) == ()
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    with pytest.raises(GatewayFault, match="silent"):
        real.ask("R1")


def test_only_the_web_is_asked() -> None:
    with pytest.raises(GatewayFault, match="address"):
        send_http("GET", "file:///etc/passwd", None)


def test_answers_to_notices_are_the_gateways_own() -> None:
    assert client.answer("taken") == {"RspCode": "00", "Message": "Confirmed"}
    assert json.loads(json.dumps(client.answer("trouble")))["RspCode"] == "99"
