"""Consent: to one exact text, by one's own tick, and as easily withdrawn."""

from typing import Any

import pytest

from motcua.identity import api as identity
from motcua.kernel.refusals import Refusal
from motcua.openness import api
from motcua.openness.agreements import agreement, agreements
from motcua.openness.rules.agreements import Revision
from motcua.registers import api as registers
from tests.openness.people import People, later

NAME = "access-alerts"


def shown(people: People) -> api.AgreementShown:
    [one] = [a for a in api.declarations(people.hanh).agreements if a.agreement == NAME]
    return one


def agree(people: People, **changes: Any) -> str:
    one = shown(people)
    about = {"revision": one.revision, "digest": one.digest, "ticked": True}
    return api.give_consent(people.hanh, NAME, **about | changes)


def refused(call: Any) -> str:
    with pytest.raises(Refusal) as no:
        call()
    return no.value.code


def test_nothing_is_agreed_until_somebody_ticks(people: People) -> None:
    assert not shown(people).agreed
    assert refused(lambda: agree(people, ticked=False)) == "openness.not-ticked"
    assert not api.has_consent(people.hanh_number, NAME)


def test_consent_keeps_the_digest_of_the_exact_text(people: People) -> None:
    digest = agree(people)
    ask = registers.Ask(register="personal-data", key=people.hanh_number)
    record = registers.read(people.hanh, ask, purpose="own")
    assert record is not None
    assert record.get("consent.digest") == digest
    assert record.get("consent.signed_at").startswith("2026-03-03T08:00:00")
    assert api.has_consent(people.hanh_number, NAME)


def test_a_text_that_was_not_the_one_shown_is_not_agreed_to(people: People) -> None:
    for changes in ({"revision": 2}, {"digest": "0" * 64}):
        assert refused(lambda c=changes: agree(people, **c)) == "openness.agreement-changed"


def test_a_new_revision_is_not_consent_to_it(
    people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(people)
    from msgspec.structs import replace

    old = agreement(NAME)
    new = Revision(revision=2, since=old.revisions[0].since, text={"vi": "Khác"})
    monkeypatch.setitem(agreements(), NAME, replace(old, revisions=(*old.revisions, new)))
    assert not api.has_consent(people.hanh_number, NAME)
    assert api.has_consent(people.hanh_number, NAME, 1)
    one = shown(people)
    assert (one.agreed, one.agreed_revision, one.revision) == (False, 1, 2)


def test_withdrawing_ends_it_from_today_on(people: People) -> None:
    agree(people)
    with later(5):
        api.withdraw_consent(people.hanh, NAME)
        assert not api.has_consent(people.hanh_number, NAME)
        assert refused(lambda: api.withdraw_consent(people.hanh, NAME)) == "openness.no-consent"
    ask = registers.Ask(register="personal-data", key=people.hanh_number)
    with later(5):
        before = registers.read(people.hanh, ask, purpose="own", as_of=later_day(4))
        assert before is not None
        assert before.held("consent") is not None
        agree(people)  # and agree again
        assert api.has_consent(people.hanh_number, NAME)


def later_day(days: int) -> Any:
    from datetime import timedelta

    from tests.openness.people import NOW

    return (NOW + timedelta(days=days)).date()


def test_agreeing_twice_is_refused(people: People) -> None:
    agree(people)
    assert refused(lambda: agree(people)) == "openness.consent-given"


def test_only_who_agreed_is_told_of_readings_and_once_a_day(people: People) -> None:
    agree(people)
    people.looks()
    people.looks(whose=people.stranger.person_id)
    people.looks(detail={"told_after": "2026-12-31"})
    assert api.send_alerts() == 0
    with later(1):
        assert api.send_alerts() == 1
        assert api.send_alerts() == 0
    [told] = identity.notifications_of(people.hanh.account_id)
    assert "1" in told.body
    assert identity.notifications_of(people.stranger.account_id) == []


def test_who_withdrew_is_told_no_more(people: People) -> None:
    agree(people)
    people.looks()
    api.withdraw_consent(people.hanh, NAME)
    with later(1):
        assert api.send_alerts() == 0
