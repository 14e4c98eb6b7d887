"""Web and worker are killed in the middle of their work: what was accepted exists exactly once."""

import json
import os
import re
import threading
import time
from collections import Counter
from pathlib import Path
from random import Random, SystemRandom
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection

from motcua.dossiers import api
from motcua.kernel import clock
from motcua.project.processes import worker_command
from tests.dossiers.world import at
from tests.simulation.cast import Cast, filled, make_cast
from tests.simulation.processes import (
    Running,
    ask,
    environment,
    free_port,
    start_web,
    until,
)

SERVICE = "former-id-confirmation"
FORMS, DECIDED = 24, 4
TOKEN = "a" * 32


@pytest.fixture
def chance() -> Random:
    number = int(os.environ.get("MOTCUA_SEED") or SystemRandom().randrange(2**32))
    print(f"\nMOTCUA_SEED={number}")
    return Random(number)


@pytest.fixture
def cast(copied: None, transactional_db: None, fresh: None) -> Cast:
    return make_cast()


def rows(sql: str, *params: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall()


def count(sql: str, *params: Any) -> int:
    return int(rows(sql, *params)[0][0])


def signed_in(account_id: UUID) -> dict[str, str]:
    """The headers of a browser that has signed in and opened the form."""
    account, session = get_user_model().objects.get(id=account_id), SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = django_settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session.save()
    cookie = f"sessionid={session.session_key}; csrftoken={TOKEN}"
    return {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}


class Senders:
    """Three impatient people at the forms of one account; each form is sent until it is taken."""

    def __init__(self, port: int, headers: dict[str, str], forms: list[UUID]) -> None:
        self.port, self.headers, self.forms = port, headers, list(forms)
        self.accepted: dict[UUID, str] = {}
        self.broken = 0
        self._threads = [threading.Thread(target=self._send_all) for _ in range(3)]
        for thread in self._threads:
            thread.start()

    def wait(self, seconds: float) -> None:
        for thread in self._threads:
            thread.join(seconds)
            assert not thread.is_alive()

    def _send_all(self) -> None:
        end = time.monotonic() + 60
        while self.forms and time.monotonic() < end:
            try:
                form = self.forms.pop()
            except IndexError:
                return
            if not self._send(form):
                self.forms.insert(0, form)

    def _send(self, form: UUID) -> bool:
        body = f"csrfmiddlewaretoken={TOKEN}&declared=yes&key=form-{form}"
        path = f"/my/applications/{form}/check"
        try:
            status, where = ask(self.port, "POST", path, body=body, headers=self.headers)
        except OSError:
            self.broken += 1
            time.sleep(0.1)
            return False
        assert 200 <= status < 400, (status, where)
        self.accepted[form] = where
        return True


def test_a_killed_web_server_loses_and_doubles_no_submission(
    cast: Cast, chance: Random, tmp_path: Path
) -> None:
    port, log = free_port(), tmp_path / "web.log"
    env = environment(tmp_path, port)
    forms = [filled(cast.applicant, SERVICE) for _ in range(FORMS)]
    assert cast.applicant.account_id is not None
    headers = signed_in(cast.applicant.account_id)
    web = start_web(env, port, log)
    people = Senders(port, headers, forms)
    try:
        for _ in range(2):
            before, some = len(people.accepted), chance.randint(1, 5)
            until(lambda b=before + some: len(people.accepted) >= b or not people.forms, 20, "work")
            time.sleep(chance.random() / 20)
            web.kill()
            web = start_web(env, port, log)
        people.wait(60)
    finally:
        web.kill()
    assert set(people.accepted) == set(forms)
    each_submission_exists_once_with_its_acts_and_jobs(forms)


def each_submission_exists_once_with_its_acts_and_jobs(forms: list[UUID]) -> None:
    assert {row[0] for row in rows("SELECT id FROM dossiers_dossier")} == set(forms)
    assert count("SELECT count(*) FROM dossiers_draft") == 0
    assert count("SELECT count(*) FROM dossiers_submissionkey") == len(forms)
    submitted = rows(
        "SELECT a.dossier_id, a.xact::text::bigint %% 4294967296, d.xmin::text::bigint"
        " FROM acts_act a JOIN dossiers_dossier d ON d.id = a.dossier_id"
        " WHERE a.verb = 'dossier.submitted'"
    )
    assert Counter(row[0] for row in submitted) == Counter(forms)
    assert all(act == row for _, act, row in submitted)  # written by one transaction
    assert count("SELECT count(*) FROM dossiers_task WHERE closed_at IS NULL") == len(forms)
    told = rows("SELECT notification_id, channel FROM identity_delivery")
    jobs = [row[0] for row in rows("SELECT key FROM kernel_job WHERE name = 'identity.deliver'")]
    assert sorted(jobs) == sorted(f"{one}:{channel}" for one, channel in told)
    assert len({one for one, _ in told}) >= len(forms)


def test_a_killed_worker_seals_once_and_sends_at_most_once(
    cast: Cast, chance: Random, tmp_path: Path
) -> None:
    for _ in range(DECIDED):
        decide(cast)
    env, log = environment(tmp_path, free_port()), tmp_path / "worker.log"
    for share in (0.2, 0.6):
        worker = Running(worker_command(), env, log)
        try:
            until(lambda s=share: done_share() >= s, 40, f"jobs: {log.read_text()[-2000:]}")
            time.sleep(chance.random() / 5)
        finally:
            worker.kill()
        five_minutes_pass()
    worker = Running(worker_command(), env, log)
    try:
        until(lambda: open_jobs() == 0, 60, "the last jobs")
    finally:
        worker.kill()
    everything_was_sealed_and_told_once(tmp_path)


def decide(cast: Cast) -> None:
    """File, accept, propose and sign: two papers to seal and some messages to send."""
    officer = {one.role: one for one in cast.officers}
    with clock.at(at("2026-03-03 08:00")):
        dossier_id = api.submit(cast.applicant, filled(cast.applicant, SERVICE))
        api.act_on(officer["police-officer"], dossier_id, "accept")
    with clock.at(at("2026-03-03 09:00")):
        api.act_on(officer["police-officer"], dossier_id, "propose")
        api.act_on(officer["police-chief"], dossier_id, "sign")


def open_jobs() -> int:
    return count("SELECT count(*) FROM kernel_job WHERE done_at IS NULL")


def done_share() -> float:
    done = count("SELECT count(*) FROM kernel_job WHERE done_at IS NOT NULL")
    return done / max(1, done + open_jobs())


def five_minutes_pass() -> None:
    """For what waits because somebody else may be at it: leases, and messages on their way."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_job SET leased_until = leased_until - interval '5 minutes'")
        cursor.execute("UPDATE identity_delivery SET tried_at = tried_at - interval '5 minutes'")


def everything_was_sealed_and_told_once(state: Path) -> None:
    papers = {row[0] for row in rows("SELECT id FROM documents_paper")}
    assert len(papers) == 2 * DECIDED
    sealed = rows("SELECT object_id FROM acts_act WHERE verb = 'paper.sealed'")
    assert Counter(row[0] for row in sealed) == Counter(papers)
    assert count("SELECT count(*) FROM documents_paper WHERE state <> 'sealed'") == 0
    files = {row[0] for row in rows("SELECT file_id FROM documents_paper")}
    assert len(files) == len(papers)
    assert count("SELECT count(*) FROM documents_storedfile WHERE owner_id IS NULL") == len(files)
    finished = rows("SELECT dossier_id FROM acts_act WHERE verb = 'result.sealed'")
    assert sorted(Counter(row[0] for row in finished).values()) == [1] * DECIDED
    assert count("SELECT count(*) FROM dossiers_dossier WHERE status = 10") == DECIDED
    each_message_left_at_most_once(state)


def each_message_left_at_most_once(state: Path) -> None:
    text = "".join(file.read_text() for file in (state / "mail").glob("*.log"))
    mails = Counter(re.findall(r"^Message-ID: <(\S+)\.mail@", text, re.MULTILINE))
    lines = (state / "sms.log").read_text().splitlines() if (state / "sms.log").exists() else []
    texts = Counter(json.loads(line)["id"].removesuffix(".sms") for line in lines)
    for channel, left in (("mail", mails), ("sms", texts)):
        assert set(left.values()) <= {1}, channel
        states = dict(
            rows("SELECT notification_id, state FROM identity_delivery WHERE channel = %s", channel)
        )
        assert set(left) <= {str(one) for one in states}
        assert {str(one) for one, how in states.items() if how == "sent"} <= set(left)
        assert set(states.values()) <= {"sent", "unsure"}
