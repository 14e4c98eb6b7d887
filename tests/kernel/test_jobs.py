"""Jobs: written with the change, done once, tried again, never silently lost."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction

from motcua.kernel import jobs
from motcua.kernel.models import Job

done: list[Any] = []


@jobs.job("test.note")
def note(payload: dict[str, Any]) -> None:
    done.append(payload["n"])


@jobs.job("test.break")
def break_down(_payload: dict[str, Any]) -> None:
    raise RuntimeError("a secret that must not be kept")


@pytest.fixture(autouse=True)
def _empty() -> None:
    done.clear()


@pytest.mark.django_db
def test_a_job_is_done_once() -> None:
    jobs.enqueue("test.note", {"n": 1})
    assert (jobs.run_due(), jobs.run_due()) == (1, 0)
    assert done == [1]


@pytest.mark.django_db(transaction=True)
def test_a_job_vanishes_with_the_transaction_that_asked_for_it() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        jobs.enqueue("test.note", {"n": 1})
        raise ZeroDivisionError
    assert jobs.run_due() == 0


@pytest.mark.django_db
def test_the_same_key_is_accepted_once_even_after_it_was_done() -> None:
    jobs.enqueue("test.note", {"n": 1}, key="a")
    jobs.run_due()
    jobs.enqueue("test.note", {"n": 2}, key="a")
    jobs.run_due()
    assert done == [1]


@pytest.mark.django_db
def test_a_failing_job_backs_off_dies_and_can_be_tried_again() -> None:
    jobs.enqueue("test.break", {})
    for _ in range(jobs.MAX_ATTEMPTS):
        Job.objects.update(run_at=jobs.clock_of_database() - timedelta(seconds=1))
        jobs.run_due(limit=1)
    job = Job.objects.get()
    assert (job.attempts, job.dead_at is not None) == (jobs.MAX_ATTEMPTS, True)
    assert job.last_error == "RuntimeError"  # the kind only: the text may carry personal data
    assert jobs.summary()[0]["dead"] == 1
    assert jobs.retry_dead() == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_do_the_same_job() -> None:
    for n in range(60):
        jobs.enqueue("test.note", {"n": n})

    def worker() -> None:
        jobs.run_due()
        connection.close()

    threads = [threading.Thread(target=worker) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done) == list(range(60))


@pytest.mark.django_db
def test_a_job_of_a_killed_worker_is_leased_again_when_the_lease_ends() -> None:
    jobs.enqueue("test.note", {"n": 1})
    Job.objects.update(leased_until=jobs.clock_of_database() + timedelta(minutes=5))
    assert jobs.run_due() == 0
    Job.objects.update(leased_until=jobs.clock_of_database() - timedelta(seconds=1))
    assert jobs.run_due() == 1


@pytest.mark.django_db
def test_an_unknown_job_is_a_bug_at_once() -> None:
    with pytest.raises(KeyError):
        jobs.enqueue("test.nobody", {})
