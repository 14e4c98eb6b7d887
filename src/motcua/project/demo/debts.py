"""What creditors' books say in the demo: bills of power and water, road fines, income tax.

The first citizen who can sign in (lan) has one of each, with codes that are easy to type; the
others have some, so that creditors' screens show a day of work.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel.actors import SYSTEM
from motcua.payments import api as payments
from motcua.project.demo.people import Citizen

Drafts = Iterator[tuple[UUID, payments.DebtDraft]]

FINES = (
    ("Điều khiển xe chạy quá tốc độ quy định từ 10 km/h đến 20 km/h", 5_000_000),
    ("Không chấp hành hiệu lệnh của đèn tín hiệu giao thông", 19_000_000),
    ("Dừng xe, đỗ xe không đúng nơi quy định", 900_000),
)
EASY = {"electricity": "PD01000000001", "water": "NUOC0000001"}
EASY_DECISION, EASY_PLATE, EASY_TAX = "1001/QĐ-XPHC", "345", "TNCN2025000001"
EASY_DAY = date(2026, 3, 2)  # of that decision: always the same, so that a welcome can name it


def make_debts(citizens: list[Citizen]) -> int:
    """Put the debts into the books of their creditors; how many they are."""
    random = Random(31)
    books: dict[UUID, list[payments.DebtDraft]] = {}
    for number, citizen in enumerate(citizens[:400]):
        for make, share in SHARES.items():
            if number == 0 or random.random() < share:
                for creditor_id, draft in make(citizen, number + 1, random):
                    books.setdefault(creditor_id, []).append(draft)
    for creditor_id, drafts in books.items():
        payments.put_debts(SYSTEM, creditor_id, drafts)
    return sum(map(len, books.values()))


def hints() -> str:
    """What to type to find the debts of lan, for the demo's welcome."""
    lan = identity.account_by_username("lan")
    if lan is None:
        return ""
    return f"""
  What lan owes (services “Electricity and water bill payment”, “Road fine payment” and
  “Personal income tax payment”):
    electricity     {EASY["electricity"]}, last digits of the phone {lan.phone[-4:]}
    water           {EASY["water"]}, the same digits
    road fine       {EASY_DECISION} of {EASY_DAY:%d/%m/%Y}, plate ends with {EASY_PLATE}
    income tax      {lan.personal_number}, reference {EASY_TAX}
"""


def _bills(citizen: Citizen, number: int, random: Random) -> Drafts:
    month = directory.today().replace(day=1) - timedelta(days=1)
    for supply, kind, unit_vnd, least, most in (
        ("electricity", "power-company", 2_300, 120, 420),
        ("water", "water-company", 9_800, 8, 30),
    ):
        use = random.randint(least, most)
        letters = EASY[supply].rstrip("0123456789")
        digits = len(EASY[supply]) - len(letters)
        code = f"{letters}{int(EASY[supply][len(letters) :]) + number - 1:0{digits}d}"
        yield (
            _body(kind, citizen),
            payments.DebtDraft(
                kind="utility-bill",
                reference=f"{code}-{month:%Y%m}",
                keys={"supply": supply, "customer_code": code, "phone_end": _phone_end(citizen)},
                amount_vnd=use * unit_vnd,
                details={"period": f"Tháng {month.month}/{month.year}", "use": use},
                debtor_masked=_masked(citizen),
                due_on=directory.today() + timedelta(days=random.randint(3, 12)),
            ),
        )


def _fines(citizen: Citizen, number: int, random: Random) -> Drafts:
    violation, fine = FINES[0] if number == 1 else random.choice(FINES)
    told_on = directory.today() - timedelta(days=number % 8)  # ten days to pay begin here
    decided_on = EASY_DAY if number == 1 else told_on - timedelta(days=2)
    decision = f"{1000 + number}/QĐ-XPHC"
    yield (
        _body("province-police", citizen),
        payments.DebtDraft(
            kind="road-fine",
            reference=decision,
            keys={
                "decision": decision,
                "decided_on": decided_on.isoformat(),
                "plate_end": EASY_PLATE if number == 1 else f"{random.randint(0, 999):03d}",
            },
            amount_vnd=fine,
            details={
                "violation": violation,
                "on": (decided_on - timedelta(days=12)).isoformat(),
                "fine": fine,
            },
            debtor_masked=_masked(citizen),
            due_on=told_on + timedelta(days=10),
        ),
    )


def _taxes(citizen: Citizen, number: int, random: Random) -> Drafts:
    year = directory.today().year - 1
    tax = random.randint(300, 9_000) * 1_000
    reference = f"{EASY_TAX[:-6]}{number:06d}"
    yield (
        _body("tax-office", citizen),
        payments.DebtDraft(
            kind="income-tax",
            reference=reference,
            keys={"personal_number": citizen.person.personal_number, "reference": reference},
            amount_vnd=tax,
            details={"period": f"Năm {year}", "tax": tax},
            debtor_masked=_masked(citizen),
            due_on=directory.today() + timedelta(days=random.randint(5, 40)),
        ),
    )


SHARES: dict[Callable[[Citizen, int, Random], Drafts], float] = {
    _bills: 0.7,
    _fines: 0.15,
    _taxes: 0.3,
}


def _body(kind: str, citizen: Citizen) -> UUID:
    area = citizen.person.residence_area
    return directory.competent_body(kind, area, directory.today()).id


def _phone_end(citizen: Citizen) -> str:
    return citizen.account.phone[-4:]


def _masked(citizen: Citizen) -> str:
    """ "N*** T** L**": the creditor's screen needs no more."""
    return " ".join(
        f"{word[0]}{'*' * (len(word) - 1)}" for word in citizen.person.full_name.split()
    )
