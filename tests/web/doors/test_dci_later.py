"""Messages that are answered by callback, their state, and subscriptions."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from motcua.acts.models import Act
from motcua.exchange import api as exchange
from motcua.exchange.models import PartnerMessage, PartnerSubscription
from motcua.identity import api as identity
from motcua.kernel import jobs
from motcua.kernel.models import Job
from tests.web.doors.partner import Ministry, died, now, search, subscribe, uin

SEARCH = "crvs/registry/search"


def work() -> None:
    jobs.run_due(only=("exchange.answer", "exchange.send-message"))


def tell_events() -> None:
    """What the ledger's reader does, within one transaction of a test."""
    from motcua.acts import api as acts

    for act in Act.objects.filter(verb="registers.fact-recorded"):
        exchange.tell_of(_rows(act, acts))


def _rows(act: Act, acts: Any) -> list[Any]:
    return [acts.ActRow(**{name: getattr(act, name) for name in acts.ActRow.__struct_fields__})]


def called(ministry: Ministry) -> list[tuple[str, dict[str, Any]]]:
    return [(one.path, json.loads(one.body)) for one in ministry.receiver.got]


def test_a_search_is_acknowledged_and_answered_by_callback(ministry: Ministry) -> None:
    message = search(uin(ministry.people[0]))

    taken = ministry.send(SEARCH, ministry.envelope("search", message))
    work()

    ack = taken.json()["message"]
    assert (taken.status_code, ack["ack_status"]) == (200, "ACK")
    ((path, told),) = called(ministry)
    assert path == "/registry/on-search"
    assert told["header"]["action"] == "on-search"
    assert told["message"]["transaction_id"] == message["transaction_id"]
    assert told["message"]["correlation_id"] == ack["correlation_id"]
    assert told["message"]["search_response"][0]["data"]["reg_records"]


def test_nothing_personal_stays_after_it_arrived(ministry: Ministry) -> None:
    father = ministry.people[0]
    ministry.send(SEARCH, ministry.envelope("search", search(uin(father))))

    waiting = PartnerMessage.objects.get()
    assert father.personal_number not in waiting.asked
    work()

    row = PartnerMessage.objects.get()
    assert (row.state, row.asked, row.answer) == ("delivered", "", "")
    kept = json.dumps([row.outcome, list(Job.objects.values_list("payload", flat=True))])
    assert father.personal_number not in kept
    assert "Hùng" not in kept


def test_the_same_message_twice_is_answered_once(ministry: Ministry) -> None:
    body = ministry.envelope("search", search(uin(ministry.people[0])))

    first, again = ministry.send(SEARCH, body), ministry.send(SEARCH, body)
    other = ministry.envelope("search", search(uin(ministry.people[1])))
    reused = ministry.send(
        SEARCH,
        ministry.envelope("search", other["message"], message_id=body["header"]["message_id"]),
    )
    work()

    assert first.content == again.content
    assert reused.status_code == 422
    assert reused.json()["header"]["status_reason_code"] == "rjct.message_id.duplicate"
    assert len(called(ministry)) == 1


@pytest.mark.parametrize(
    "uri",
    [
        "https://evil.example/registry/on-search",
        "http://127.0.0.1:1/registry/on-search",
        "{base}../on-search",
        "{base}%2e%2e/on-search",
        "{base}on-search?to=x",
        "http://user@127.0.0.1/",
    ],
)
def test_callbacks_go_to_the_registered_address_only(ministry: Ministry, uri: str) -> None:
    sender_uri = uri.replace("{base}", ministry.partner.callback)
    body = ministry.envelope("search", search(uin(ministry.people[0])), sender_uri=sender_uri)

    answer = ministry.send(SEARCH, body)
    work()

    assert answer.status_code == 403
    assert answer.json()["errors"][0]["code"] == "err.sender_uri.invalid"
    assert (PartnerMessage.objects.count(), called(ministry)) == (0, [])


def test_an_address_below_the_registered_one_is_called(ministry: Ministry) -> None:
    uri = f"{ministry.partner.callback}deep/on-search"
    body = ministry.envelope("search", search(uin(ministry.people[0])), sender_uri=uri)

    ministry.send(SEARCH, body)
    work()

    assert called(ministry)[0][0] == "/deep/on-search"


def test_a_receiver_that_is_away_is_told_later(ministry: Ministry) -> None:
    ministry.receiver.behave = lambda _got: 500
    ministry.send(SEARCH, ministry.envelope("search", search(uin(ministry.people[0]))))
    work()
    assert PartnerMessage.objects.get().state == "answered"
    looks = Act.objects.filter(verb="registers.read").count()

    ministry.receiver.behave = lambda _got: 204
    Job.objects.filter(name="exchange.send-message").update(run_at=jobs.clock_of_database())
    work()

    assert PartnerMessage.objects.get().state == "delivered"
    assert len(called(ministry)) == 2
    assert Act.objects.filter(verb="registers.read").count() == looks


def test_a_disconnected_application_is_not_answered(ministry: Ministry) -> None:
    ministry.send(SEARCH, ministry.envelope("search", search(uin(ministry.people[0]))))
    identity.close_application(ministry.leader, ministry.partner.application_id)
    work()

    assert called(ministry) == []
    assert not Act.objects.filter(verb="registers.read").exists()


def txn(of: str, value: Any, kind: str = "transaction_id", about: str = "search") -> dict[str, Any]:
    question = {
        "reference_id": "q1",
        "txn_type": about,
        "attribute_type": kind,
        "attribute_value": value,
    }
    return {"transaction_id": of, "txnstatus_request": question}


def test_the_state_of_a_transaction_is_told_without_its_records(ministry: Ministry) -> None:
    message = search(uin(ministry.people[0]))
    taken = ministry.send(SEARCH, ministry.envelope("search", message)).json()
    mine, correlation = message["transaction_id"], taken["message"]["correlation_id"]

    def asked(value: Any, kind: str) -> dict[str, Any]:
        body = ministry.envelope("txn-status", txn(uuid4().hex, value, kind))
        answer = ministry.send("crvs/registry/sync/txn/status", body).json()
        assert answer["header"]["action"] == "txn-on-status"
        return dict(answer["message"]["txnstatus_response"]["txn_status"])

    before = asked(mine, "transaction_id")
    work()
    after = [asked(mine, "transaction_id"), asked(correlation, "correlation_id")]
    after.append(asked(["r1"], "reference_id_list"))

    assert before["search_response"][0]["status"] == "pdng"
    for one in after:
        assert one["correlation_id"] == correlation
        assert one["search_response"][0]["status"] == "succ"
        assert "data" not in one["search_response"][0]


def test_the_state_is_told_by_callback_too_and_to_nobody_else(ministry: Ministry) -> None:
    body = ministry.envelope("txn-status", txn("t-1", "unknown"))
    taken = ministry.send("crvs/registry/txn/status", body).json()
    work()

    ((path, told),) = called(ministry)
    assert path == "/registry/txn/on-status"
    assert told["message"]["correlation_id"] == taken["message"]["correlation_id"]
    assert told["message"]["txnstatus_response"]["txn_status"]["search_response"] == []


def subscribed(ministry: Ministry, event: str, query: Any, **criteria: Any) -> dict[str, Any]:
    body = ministry.envelope("subscribe", subscribe(event, query, **criteria))
    assert ministry.send("crvs/registry/subscribe", body).status_code == 200
    work()
    path, told = called(ministry)[-1]
    assert path == "/registry/on-subscribe"
    return dict(told["message"]["subscribe_response"][0])


def test_a_subscriber_is_told_of_a_death_once(ministry: Ministry) -> None:
    father, mother = ministry.people[:2]
    made = subscribed(ministry, "DEATH", uin(father))
    died(mother, date(2026, 4, 1))
    died(father, date(2026, 5, 1))

    tell_events()
    tell_events()
    work()

    notes = [told for path, told in called(ministry) if path == "/registry/notify"]
    assert len(notes) == 1
    (event,) = notes[0]["message"]["notify_event"]
    assert event["reference_id"] == made["subscriptions"][0]["code"]
    assert event["data"]["reg_event_type"] == "death"
    assert event["data"]["reg_records"]["death_date"] == "2026-05-01"
    assert notes[0]["header"]["action"] == "notify"
    assert notes[0]["signature"]
    assert father.personal_number not in json.dumps(
        list(PartnerSubscription.objects.values("criteria", "event")), default=str
    )


def test_after_the_end_of_a_subscription_nothing_is_told(ministry: Ministry) -> None:
    made = subscribed(ministry, "2", uin(ministry.people[0]))
    code = made["subscriptions"][0]["code"]
    message = {"transaction_id": "t", "timestamp": now(), "subscription_codes": [code]}

    ministry.send("crvs/registry/unsubscribe", ministry.envelope("unsubscribe", message))
    work()
    died(ministry.people[0], date(2026, 5, 1))
    tell_events()
    work()

    path, told = called(ministry)[-1]
    assert path == "/registry/on-unsubscribe"
    assert told["message"]["status"] == "succ"
    assert told["message"]["subscription_status"] == [{"code": code, "status": "unsubscribe"}]


def test_an_unknown_subscription_cannot_be_ended(ministry: Ministry) -> None:
    message = {"transaction_id": "t", "timestamp": now(), "subscription_codes": ["sub-1"]}

    ministry.send("crvs/registry/unsubscribe", ministry.envelope("unsubscribe", message))
    work()

    (_path, told) = called(ministry)[-1]
    assert told["message"]["status"] == "rjct"
    assert told["message"]["status_reason_code"] == "rjct.subscription_code.invalid"


@pytest.mark.parametrize(
    ("event", "query", "code"),
    [
        ("ECLIPSE", {"type": "UIN", "value": "001185000001"}, "rjct.notify_types.invalid"),
        ("DEATH", {"type": "BIRTH_REG_NO", "value": "1"}, "rjct.notify_details.invalid"),
    ],
)
def test_a_subscription_that_cannot_be_is_rejected(
    ministry: Ministry, event: str, query: Any, code: str
) -> None:
    assert subscribed(ministry, event, query)["status_reason_code"] == code


def test_the_same_subscription_twice_is_rejected(ministry: Ministry) -> None:
    first = subscribed(ministry, "DEATH", uin(ministry.people[0]))
    second = subscribed(ministry, "DEATH", uin(ministry.people[0]))

    assert first["status"] == "succ"
    assert second["status_reason_code"] == "rjct.event.already_subscribed"


def test_an_event_that_may_not_be_read_is_not_told(ministry: Ministry) -> None:
    subscribed(
        ministry,
        "DEATH",
        uin(ministry.people[0]),
        authorize={"purpose": {"code": "statistics", "text": "x"}},
    )
    died(ministry.people[0], date(2026, 5, 1))
    tell_events()
    work()

    assert [path for path, _ in called(ministry)] == ["/registry/on-subscribe"]


Refused = Callable[[dict[str, Any]], dict[str, Any]]


def test_who_registers_a_partner_gives_keys_an_address_and_leads(ministry: Ministry) -> None:
    from motcua.kernel.refusals import Refusal

    made = identity.create_application(ministry.leader, name="B", post_id=ministry.actor.post_id)
    with pytest.raises(Refusal) as no:
        exchange.register_partner(
            ministry.leader,
            application_id=made.id,
            sender_id="a|b",
            callback="http://10.0.0.1/",
            keys=[ministry.key.as_dict(private=True)],
        )
    assert {one.path for one in no.value.problems} == {"sender_id", "callback", "keys"}
    with pytest.raises(Refusal):
        exchange.register_partner(
            ministry.actor, application_id=made.id, sender_id="x", callback="https://x/", keys=[]
        )


def test_a_partner_is_let_in_and_out_from_the_command_line(
    ministry: Ministry, tmp_path: Any
) -> None:
    from io import StringIO

    from django.core.management import call_command

    card = identity.account(ministry.leader.account_id)
    assert card is not None
    file = tmp_path / "keys.json"
    file.write_text(json.dumps({"keys": [ministry.key.as_dict(private=False)]}))
    made = identity.create_application(ministry.leader, name="B", post_id=ministry.actor.post_id)
    told = StringIO()

    call_command("partner", "close", leader=card.username, partner=ministry.partner.id)
    call_command(
        "partner", "add", leader=card.username, application=made.id, sender="b.example.vn",
        callback="https://b.example.vn/dci", keys=file, stdout=told,
    )  # fmt: skip

    assert "https://b.example.vn/dci/" in told.getvalue()
    assert exchange.partner_of(ministry.partner.application_id) is None
