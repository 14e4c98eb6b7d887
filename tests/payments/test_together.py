"""Several workers, and one that dies: the bill is paid once, to the đồng."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection

from motcua.directory import api as directory
from motcua.kernel import clock, jobs
from motcua.payments import api
from motcua.payments.models import Journal, Payment
from motcua.payments.operations import notices
from motcua.payments.rules import accounts
from tests.dossiers.world import at
from tests.payments.conftest import Town, assert_books_balance, balance, make_town
from tests.payments.fakes import pay, said


@pytest.fixture
def shared_town(the_country: None, transactional_db: None) -> Iterator[Town]:
    directory.forget()
    yield make_town()
    directory.forget()


def together(notice: dict[str, str], times: int = 4) -> list[str]:
    """The verdicts on one notice that arrives several times at once."""

    def tell(_: int) -> str:
        try:
            return str(api.take_notice("fake", notice)["verdict"])
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return sorted(pool.map(tell, range(times)))


def test_a_notice_that_arrives_four_times_at_once_is_taken_once(shared_town: Town) -> None:
    bill_id = shared_town.bill()
    verdicts = together(pay(shared_town.start(bill_id)))
    assert verdicts == ["taken", "taken-before", "taken-before", "taken-before"]
    unknown = together(said("AAAABBBBCCCCDDDD01", 5_000))
    assert set(unknown) == {"unknown-order"}
    assert Journal.objects.count() == 2
    assert balance(accounts.SUSPENSE) == -5_000
    assert shared_town.see(bill_id).paid_vnd == 100_000
    assert_books_balance()


def test_what_dies_in_the_middle_of_a_payment_is_mended_by_the_poll(town: Town) -> None:
    bill_id = _bill_whose_job_is_not_known(town)
    with clock.at(at("2026-03-03 08:00")):
        notice = pay(town.start(bill_id))
        assert api.take_notice("fake", notice)["verdict"] == "trouble"
    assert town.see(bill_id).paid_vnd == 0
    assert Journal.objects.count() == 0
    assert Payment.objects.get().status == "started"
    jobs.job("tests.known-too-late")(lambda _: None)
    with clock.at(at("2026-03-03 08:05")):
        notices.poll()
        jobs.run_due(only=("payments.ask",))
    view = town.see(bill_id)
    assert (view.status, [one.number[:3] for one in view.receipts]) == ("paid", ["01/"])
    assert_books_balance()


def _bill_whose_job_is_not_known(town: Town) -> UUID:
    """The last step of its payment fails, as if the process had been killed there."""
    return town.bill(then="tests.known-too-late")
