"""Bodies and people hear of acts: once each as a rule, in order, signed, whatever goes wrong."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from standardwebhooks.webhooks import WebhookVerificationError

from motcua.exchange import api
from motcua.kernel import clock
from motcua.kernel.actors import Actor
from motcua.kernel.refusals import Refusal
from tests.exchange.conftest import happened, leader, parcel
from tests.exchange.receiver import Receiver

pytestmark = pytest.mark.django_db


def added(receiver: Receiver, who: Actor, **more: object) -> api.NewEndpoint:
    return api.add_endpoint(who, url=receiver.url, **more)  # type: ignore[arg-type]


def later(**span: float) -> datetime:
    return clock.now() + timedelta(**span)


def verbs(receiver: Receiver) -> list[str]:
    return [got.said["type"] for got in receiver.got]


def body_of(who: Actor) -> UUID:
    assert who.body_id
    return who.body_id


def test_a_message_is_thin_and_signed(receiver: Receiver) -> None:
    who = leader()
    thing = parcel(who.body_id, code="K01.00004-260303-0007", status=4)
    new = added(receiver, who)

    happened((thing, "parcel.sent"))
    api.send_due()

    [got] = receiver.got
    said = got.verified(new.secret)
    assert said["type"] == "parcel.sent"
    assert set(said) == {"type", "timestamp", "data"}
    assert said["data"] == {
        "act_id": said["data"]["act_id"],
        "verb": "parcel.sent",
        "object": {"kind": "parcel", "id": str(thing)},
        "dossier_id": str(thing),
        "dossier_code": "K01.00004-260303-0007",
        "status": 4,
    }
    assert got.id == UUID(said["data"]["act_id"]).hex + "-" + new.endpoint.id.hex


def test_both_secrets_sign_while_one_replaces_the_other(receiver: Receiver) -> None:
    who = leader()
    first = added(receiver, who)
    second = api.rotate_secret(who, first.endpoint.id)

    happened((parcel(who.body_id), "parcel.sent"))
    api.send_due()
    happened((parcel(who.body_id), "parcel.sent"))
    api.rotate_secret(who, first.endpoint.id, both_live=timedelta(0))
    api.send_due()

    rotating, after = receiver.got
    rotating.verified(first.secret)
    rotating.verified(second)
    for old in (first.secret, second):
        with pytest.raises(WebhookVerificationError):
            after.verified(old)


def test_a_second_rotation_does_not_end_the_secret_that_the_receiver_still_has(
    receiver: Receiver,
) -> None:
    who = leader()
    first = added(receiver, who)
    api.rotate_secret(who, first.endpoint.id)

    with pytest.raises(Refusal, match=r"exchange\.rotation-under-way"):
        api.rotate_secret(who, first.endpoint.id)
    with clock.at(later(hours=25)):
        api.rotate_secret(who, first.endpoint.id)


def test_a_form_sent_twice_adds_one_webhook(receiver: Receiver) -> None:
    who, chosen = leader(), uuid4()

    first = added(receiver, who, endpoint_id=chosen)
    again = added(receiver, who, endpoint_id=chosen)

    assert (again.endpoint, again.secret) == (first.endpoint, "")
    with pytest.raises(Refusal, match=r"exchange\.endpoint-not-found"):
        added(receiver, leader(), endpoint_id=chosen)


def test_the_secret_is_not_in_the_database_as_it_is(receiver: Receiver) -> None:
    from motcua.exchange.models import Endpoint

    new = added(receiver, leader())

    assert new.secret.removeprefix("whsec_") not in str(Endpoint.objects.values().get())


def test_only_those_concerned_hear(receiver: Receiver) -> None:
    who, person = leader(), Actor(kind="person", account_id=uuid4())
    added(receiver, who, kinds=["parcel.sent", "letter.*"])
    added(receiver, person)

    happened(
        (parcel(who.body_id), "parcel.sent"),
        (parcel(who.body_id), "parcel.lost"),
        (parcel(uuid4()), "parcel.sent"),
        (parcel(None, account_id=person.account_id), "parcel.arrived"),
        (parcel(None, account_id=person.account_id), "parcel.noted"),  # the office's own
        (parcel(None, account_id=person.account_id, on_behalf_of="business:1"), "parcel.sold"),
    )
    api.send_due()

    assert sorted(verbs(receiver)) == ["parcel.arrived", "parcel.sent"]


def test_a_business_hears_of_its_own_only(receiver: Receiver) -> None:
    person = Actor(kind="person", account_id=uuid4(), on_behalf_of="business:0101234567")
    added(receiver, person)

    happened(
        (parcel(None, account_id=person.account_id), "parcel.sent"),
        (parcel(None, account_id=uuid4(), on_behalf_of=person.on_behalf_of), "parcel.sold"),
    )
    api.send_due()

    assert verbs(receiver) == ["parcel.sold"]


def test_what_happened_before_the_endpoint_was_there_is_not_told(receiver: Receiver) -> None:
    who = leader()
    thing = parcel(who.body_id)
    with clock.at(later(hours=-1)):
        happened((thing, "parcel.sent"))
    added(receiver, who)
    with clock.at(later(hours=-1)):
        happened((thing, "parcel.lost"))

    assert api.send_due() == 0


def test_the_next_of_one_dossier_waits_and_the_others_go_on(receiver: Receiver) -> None:
    who = leader()
    bad, good = parcel(who.body_id), parcel(who.body_id)
    added(receiver, who)
    receiver.behave = lambda got: 500 if got.said["data"]["dossier_id"] == str(bad) else 200
    happened((bad, "parcel.sent"), (bad, "parcel.lost"), (good, "parcel.sent"))
    happened((good, "parcel.arrived"))

    api.send_due()
    with clock.at(later(seconds=5)):
        receiver.behave = lambda _got: 200
        api.send_due()

    of_bad = [g for g in receiver.got if g.said["data"]["dossier_id"] == str(bad)]
    of_good = [g for g in receiver.got if g.said["data"]["dossier_id"] == str(good)]
    assert [g.said["type"] for g in of_bad] == ["parcel.sent", "parcel.sent", "parcel.lost"]
    assert of_bad[0].id == of_bad[1].id
    assert [g.said["type"] for g in of_good] == ["parcel.sent", "parcel.arrived"]


def test_many_things_keep_their_order_through_failures(receiver: Receiver) -> None:
    who = leader()
    things = [parcel(who.body_id) for _ in range(6)]
    added(receiver, who)
    receiver.behave = lambda got: 503 if hash(got.id + str(len(receiver.got))) % 3 == 0 else 200
    steps = ["parcel.sent", "parcel.lost", "parcel.found", "parcel.arrived"]
    happened(*[(thing, step) for step in steps for thing in things])

    for round_ in range(60):
        with clock.at(later(hours=2 * round_)):
            api.send_due()

    for thing in things:
        heard = [g.said["type"] for g in receiver.got if g.said["data"]["dossier_id"] == str(thing)]
        assert list(dict.fromkeys(heard)) == steps
        assert heard == sorted(heard, key=steps.index)


def test_who_is_away_is_asked_rarely_and_gets_everything_in_the_end(receiver: Receiver) -> None:
    who = leader()
    things = [parcel(who.body_id) for _ in range(30)]
    endpoint = added(receiver, who).endpoint
    receiver.behave = lambda _got: b""  # hangs up
    happened(*[(thing, "parcel.sent") for thing in things])

    first = api.send_due()
    with clock.at(later(minutes=10)):
        second = api.send_due()
        assert api.endpoint(who, endpoint.id).state == "resting"
        receiver.behave = lambda _got: 200
    with clock.at(later(hours=3)):
        api.send_due()

    assert (first <= 4, second) == (True, 1)
    assert api.endpoint(who, endpoint.id).waiting == 0
    assert {g.said["data"]["dossier_id"] for g in receiver.got} == set(map(str, things))


def test_an_endpoint_that_is_gone_is_paused_and_can_be_resumed(receiver: Receiver) -> None:
    who = leader()
    endpoint = added(receiver, who).endpoint
    thing = parcel(who.body_id)
    receiver.behave = lambda _got: 410
    happened((thing, "parcel.sent"), (thing, "parcel.lost"))

    api.send_due()
    found = api.endpoint(who, endpoint.id)
    assert (found.state, found.why, found.waiting) == ("paused", "gone", 2)
    with clock.at(later(hours=2)):
        assert api.send_due() == 0
    receiver.behave = lambda _got: 200
    api.resume(who, endpoint.id)
    api.send_due()

    assert verbs(receiver) == ["parcel.sent", "parcel.sent", "parcel.lost"]


def test_a_pause_keeps_what_happens_meanwhile(receiver: Receiver) -> None:
    who = leader()
    endpoint = added(receiver, who).endpoint
    api.pause(who, endpoint.id)
    happened((parcel(who.body_id), "parcel.sent"))

    assert api.send_due() == 0
    api.resume(who, endpoint.id)

    assert api.send_due() == 1


def test_one_may_be_sent_again(receiver: Receiver) -> None:
    who = leader()
    endpoint = added(receiver, who).endpoint
    happened((parcel(who.body_id), "parcel.sent"))
    api.send_due()
    [delivery] = api.deliveries(who, endpoint.id)

    api.retry(who, endpoint.id, delivery.id)
    api.send_due()

    assert [got.id for got in receiver.got] == [delivery.message_id] * 2
    assert delivery.state == "delivered"
    with pytest.raises(Refusal, match=r"exchange\.delivery-not-found"):
        api.retry(who, endpoint.id, uuid4())


def test_a_changed_installation_secret_pauses_until_a_new_one_is_made(
    receiver: Receiver, settings: object
) -> None:
    who = leader()
    endpoint = added(receiver, who).endpoint
    settings.SECRET_KEY = "another"  # type: ignore[attr-defined]
    happened((parcel(who.body_id), "parcel.sent"))
    api.send_due()

    assert api.endpoint(who, endpoint.id).why == "unreadable"
    secret = api.rotate_secret(who, endpoint.id)
    api.resume(who, endpoint.id)
    api.send_due()

    [got] = receiver.got
    assert got.verified(secret)


def test_every_fault_of_a_new_webhook_is_said_at_once() -> None:
    with pytest.raises(Refusal) as no:
        api.add_endpoint(leader(), url="ftp://x", title="x" * 101, kinds=["Dossier", "a.b"])

    assert [one.path for one in no.value.problems] == ["url", "title", "kinds"]


def test_nobody_manages_the_webhooks_of_others(receiver: Receiver) -> None:
    who = leader()
    endpoint = added(receiver, who).endpoint
    clerk = Actor(kind="officer", account_id=uuid4(), body_id=body_of(who))

    with pytest.raises(Refusal, match=r"identity\.not-allowed"):
        api.endpoints(clerk)
    with pytest.raises(Refusal, match=r"identity\.not-allowed"):
        added(receiver, clerk)
    for stranger in (leader(), Actor(kind="person", account_id=who.account_id)):
        assert api.endpoints(stranger) == ()
        for touch in (api.pause, api.resume, api.rotate_secret, api.remove_endpoint, api.endpoint):
            with pytest.raises(Refusal, match=r"exchange\.endpoint-not-found"):
                touch(stranger, endpoint.id)  # type: ignore[operator]


def test_an_application_manages_its_own_without_a_leading_post(receiver: Receiver) -> None:
    body, application = uuid4(), uuid4()
    technical = Actor(kind="officer", account_id=uuid4(), body_id=body)

    own = added(receiver, technical, application_id=application).endpoint
    added(receiver, leader(body))

    assert [one.id for one in api.endpoints(technical, application_id=application)] == [own.id]
    assert len(api.endpoints(leader(body))) == 2


def test_there_is_a_limit_and_a_way_to_remove(receiver: Receiver) -> None:
    who = leader()
    all_of_them = [added(receiver, who).endpoint for _ in range(20)]

    with pytest.raises(Refusal, match=r"exchange\.too-many-endpoints"):
        added(receiver, who)
    happened((parcel(who.body_id), "parcel.sent"))
    api.remove_endpoint(who, all_of_them[0].id)
    added(receiver, who)

    assert len(api.endpoints(who)) == 20


def test_each_act_on_a_webhook_is_in_the_ledger(receiver: Receiver) -> None:
    from motcua.acts.models import Act

    who = leader()
    endpoint = added(receiver, who).endpoint
    happened((parcel(who.body_id), "parcel.sent"))
    api.rotate_secret(who, endpoint.id)
    api.pause(who, endpoint.id)
    api.resume(who, endpoint.id)
    api.retry(who, endpoint.id, api.deliveries(who, endpoint.id)[0].id)
    api.remove_endpoint(who, endpoint.id)

    rows = Act.objects.filter(object_kind="webhook", object_id=endpoint.id).order_by("id")
    assert [row.verb.partition(".")[2] for row in rows] == [
        "added", "secret-rotated", "paused", "resumed", "retried", "removed",
    ]  # fmt: skip
    assert {row.body_id for row in rows} == {who.body_id}
