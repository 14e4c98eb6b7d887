"""A ward that collects, its people, and a gateway within the process."""

from collections.abc import Iterator
from uuid import UUID

import msgspec
import pytest

from motcua.directory import api as directory
from motcua.directory.api import today
from motcua.kernel import jobs
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.ids import new_id
from motcua.payments import api
from motcua.payments.api import BillLine, Payer
from motcua.payments.models import Posting
from motcua.payments.queries import books
from motcua.payments.rules.references import reference_of
from tests.dossiers.world import citizen, officer
from tests.payments.fakes import PATH, Book

PAID_JOB: list[dict[str, str]] = []


@jobs.job("tests.bill-paid")
def bill_paid(payload: dict[str, str]) -> None:
    PAID_JOB.append(payload)


class Town(msgspec.Struct, kw_only=True):
    ward: directory.Body
    other: directory.Body
    mother: Actor
    stranger: Actor
    clerk: Actor
    head: Actor
    chair: Actor
    elsewhere: Actor

    def bill(self, vnd: int = 100_000, **more: object) -> UUID:
        """An open bill of the mother."""
        bill_id = new_id()
        about: dict[str, object] = {
            "creditor_id": self.ward.id,
            "lines": [BillLine(code="fee", title={"vi": "Lệ phí", "en": "Fee"}, vnd=vnd)],
            "payer": Payer(name="Trần Thị Bích", account_id=self.mother.account_id),
            "object": ("dossier", new_id()),
            "then": "tests.bill-paid",
        }
        api.open_bill(SYSTEM, bill_id=bill_id, **{**about, **more})  # type: ignore[arg-type]
        return bill_id

    def see(self, bill_id: UUID) -> api.BillView:
        return api.bill(SYSTEM, bill_id)

    def start(self, bill_id: UUID, key: str = "k1") -> str:
        """Somebody leaves for the gateway; the reference that it knows."""
        code = self.see(bill_id).code
        api.start_payment(self.mother, code, key=key, return_url="https://x.example/pay/return/")
        return reference_of(code, len(self.see(bill_id).payments))


@pytest.fixture(autouse=True)
def gateway(settings: object) -> Iterator[None]:
    settings.MOTCUA_GATEWAYS = [PATH]  # type: ignore[attr-defined]
    Book.empty()
    PAID_JOB.clear()
    yield
    Book.empty()


@pytest.fixture
def town(country: None) -> Town:
    return make_town()


def make_town() -> Town:
    ward = directory.competent_body("commune-committee", "00004", today())
    other = directory.competent_body("commune-committee", "00008", today())
    return Town(
        ward=ward,
        other=other,
        mother=citizen("Trần Thị Bích", "bich", personal_number="001196000011"),
        stranger=citizen("Lê Văn Lạ", "la"),
        clerk=officer(ward, "one-stop-desk", "desk-clerk", "Phạm Thu Hà"),
        head=officer(ward, "one-stop-desk", "desk-head", "Đỗ Văn Trưởng"),
        chair=officer(ward, "leadership", "chair", "Nguyễn Văn Chủ"),
        elsewhere=officer(other, "leadership", "chair", "Vũ Thị Khác"),
    )


def balance(account: str) -> int:
    return books.balance_of(account)


def assert_books_balance() -> None:
    assert sum(line.balance_vnd for line in api.trial_balance()) == 0
    assert sum(Posting.objects.values_list("vnd", flat=True)) == 0
