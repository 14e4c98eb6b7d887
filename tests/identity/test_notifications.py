"""Told once, sent at most once."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core import mail
from django.db import transaction
from django.utils.translation import override

from motcua.identity import api, channels, notifications
from motcua.identity.models import Delivery, Notification
from motcua.kernel import jobs
from motcua.kernel.models import Job

from .conftest import NewCitizen

pytestmark = pytest.mark.django_db

PARAMS = {"code": "H26-251127-000012", "procedure": {"vi": "Khai sinh", "en": "Birth"}}


class Recorder:
    """A channel that remembers, breaks where told, and can or cannot tell what left."""

    sent: list[str] = []
    fault: channels.NotSent | Exception | None = None
    breaks_after_sending = False
    remembers = False

    def send(self, message: channels.Outgoing) -> None:
        if self.fault is not None and not self.breaks_after_sending:
            raise self.fault
        self.sent.append(message.id)
        if self.fault is not None:
            raise self.fault

    def was_sent(self, message_id: str) -> bool | None:
        return message_id in self.sent if self.remembers else None


@pytest.fixture
def recorder(settings: Any) -> type[Recorder]:
    class Fresh(Recorder):
        sent: list[str] = []

    globals()["Current"] = Fresh
    settings.SMS_CHANNEL = f"{__name__}.Current"
    return Fresh


@pytest.fixture
def told(new_citizen: NewCitizen) -> Delivery:
    lan = new_citizen(phone="0912345678")
    api.notify(lan.id, "accepted", PARAMS, key="accepted:1")
    return Delivery.objects.get()


def send(delivery: Delivery) -> Delivery:
    notifications.deliver(
        recipient=delivery.recipient_id,
        notification=delivery.notification_id,
        channel=delivery.channel,
    )
    return Delivery.objects.get(notification_id=delivery.notification_id, channel=delivery.channel)


def long_ago(delivery: Delivery) -> None:
    earlier = jobs.clock_of_database() - timedelta(minutes=10)
    Delivery.objects.filter(notification_id=delivery.notification_id).update(tried_at=earlier)


def test_notice_mail_and_text_message_arrive_once_each(
    new_citizen: NewCitizen, settings: Any
) -> None:
    lan = new_citizen(email="lan@example.vn", phone="0912345678", language="en")
    for _again in range(3):
        api.notify(lan.id, "accepted", PARAMS, key="accepted:1")
        jobs.run_due()
    assert len(api.notifications_of(lan.id)) == 1
    assert [m.to for m in mail.outbox] == [["lan@example.vn"]]
    lines = Path(settings.MOTCUA_SMS_FILE).read_text().splitlines()
    assert [json.loads(line)["to"] for line in lines] == ["0912345678"]


def test_the_mail_speaks_the_language_of_the_account(new_citizen: NewCitizen) -> None:
    lan = new_citizen(email="lan@example.vn", language="en")
    with override("vi"):
        api.notify(lan.id, "accepted", PARAMS, key="1")
        jobs.run_due()
    assert mail.outbox[0].subject == "Your dossier has been accepted"
    assert "H26-251127-000012 – Birth" in mail.outbox[0].body


def test_a_rolled_back_change_tells_nobody(new_citizen: NewCitizen) -> None:
    lan = new_citizen(email="lan@example.vn")
    with transaction.atomic():
        api.notify(lan.id, "accepted", PARAMS, key="1")
        transaction.set_rollback(True)
    jobs.run_due()
    assert not api.notifications_of(lan.id)
    assert not mail.outbox


def test_the_same_key_tells_two_people(new_citizen: NewCitizen) -> None:
    lan, minh = new_citizen(), new_citizen("minh")
    api.notify(lan.id, "accepted", PARAMS, key="1")
    api.notify(minh.id, "accepted", PARAMS, key="1")
    assert len(api.notifications_of(lan.id)) == len(api.notifications_of(minh.id)) == 1


def test_somebody_without_an_account_is_told_by_contact(db: None) -> None:
    contact = api.Contact(name="Ông Ba", email="ba@example.vn", language="vi")
    first = api.notify(contact, "submitted", PARAMS, key="1")
    assert api.notify(contact, "submitted", PARAMS, key="1") == first
    jobs.run_due()
    assert len(mail.outbox) == 1


def test_an_unknown_template_is_a_bug(new_citizen: NewCitizen) -> None:
    with pytest.raises(KeyError):
        api.notify(new_citizen().id, "no-such-thing", {}, key="1")


def test_reading_marks_only_ones_own(new_citizen: NewCitizen) -> None:
    lan, minh = new_citizen(), new_citizen("minh")
    told = api.notify(lan.id, "message", {"say": "Hello"}, key="1")
    assert api.mark_read(minh.id, [told]) == 0
    assert api.unread_count(lan.id) == 1
    assert api.mark_read(lan.id) == 1
    assert api.unread_count(lan.id) == 0


def test_a_fault_before_the_hand_over_is_tried_again(
    recorder: type[Recorder], told: Delivery
) -> None:
    recorder.fault = channels.NotSent("unreachable")
    jobs.run_due()
    assert Job.objects.get(name=notifications.JOB).attempts == 1
    recorder.fault = None
    assert send(told).state == "sent"
    assert len(recorder.sent) == 1


def test_a_permanent_fault_is_given_up_at_once(recorder: type[Recorder], told: Delivery) -> None:
    recorder.fault = channels.NotSent("refused", permanent=True)
    assert send(told).state == "given-up"
    recorder.fault = None
    assert send(told).state == "given-up"
    assert not recorder.sent


def test_a_connection_broken_in_the_middle_is_not_tried_again(
    recorder: type[Recorder], told: Delivery
) -> None:
    recorder.fault, recorder.breaks_after_sending = channels.NotSent("cut", unsure=True), True
    assert send(told).state == "unsure"
    recorder.fault = None
    assert send(told).state == "unsure"
    assert len(recorder.sent) == 1


@pytest.mark.parametrize(("remembers", "fate"), [(True, "sent"), (False, "unsure")])
def test_a_crash_after_sending_never_sends_twice(
    recorder: type[Recorder], told: Delivery, remembers: bool, fate: str
) -> None:
    recorder.fault, recorder.breaks_after_sending = SystemExit(), True  # type: ignore[assignment]
    recorder.remembers = remembers
    with pytest.raises(SystemExit):
        send(told)
    recorder.fault = None
    long_ago(told)
    assert send(told).state == fate
    assert len(recorder.sent) == 1


def test_a_crash_before_sending_sends_later_when_the_channel_can_tell(
    recorder: type[Recorder], told: Delivery
) -> None:
    recorder.fault, recorder.remembers = SystemExit(), True  # type: ignore[assignment]
    with pytest.raises(SystemExit):
        send(told)
    recorder.fault = None
    long_ago(told)
    assert send(told).state == "sent"
    assert len(recorder.sent) == 1


def test_a_second_worker_waits_while_the_first_is_sending(
    recorder: type[Recorder], told: Delivery
) -> None:
    recorder.fault = SystemExit()  # type: ignore[assignment]
    with pytest.raises(SystemExit):
        send(told)
    with pytest.raises(notifications.StillSending):
        send(told)


def test_no_personal_data_is_kept_in_the_job(told: Delivery) -> None:
    payload = Job.objects.get(name=notifications.JOB).payload
    assert set(payload) == {"recipient", "notification", "channel"}
    assert UUID(payload["notification"]) == Notification.objects.get().id
