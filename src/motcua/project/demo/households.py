"""The households of the demo: couples, their children, and what registers hold about them."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from random import Random

from msgspec import Struct
from msgspec.structs import replace

from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM
from motcua.project.demo.names import full_name
from motcua.registers import api as registers

# Ba Đình, Hoàn Kiếm, Bắc Hà, Sa Pa, Hải Châu, Buôn Ma Thuột, Sài Gòn, Ninh Kiều
COMMUNES = ("00004", "00070", "02839", "03006", "20242", "24133", "26740", "31135")
HOUSEHOLDS = 600
STREETS = ("Lê Lợi", "Trần Phú", "Hai Bà Trưng", "Nguyễn Huệ", "Phan Chu Trinh", "Quang Trung")
ADULT = 18


class Resident(Struct, frozen=True, kw_only=True):
    """Somebody of the demo: the card in the population register, and where they live."""

    card: registers.Person
    address: dict[str, str]


class _Household(Struct, kw_only=True):
    parents: list[registers.PersonDraft]
    children: list[registers.PersonDraft]


def make_residents(random: Random, households: int = HOUSEHOLDS) -> list[Resident]:
    """Put the households into the registers; the adults, in the order of their households."""
    homes = list(_households(random, households))
    adults = [parent for home in homes for parent in home.parents]
    cards = registers.create_people(SYSTEM, adults)
    numbers = iter(card.personal_number for card in cards)
    families = [(home, [next(numbers) for _ in home.parents]) for home in homes]
    children = [
        replace(child, mother=_of("female", home, pair), father=_of("male", home, pair))
        for home, pair in families
        for child in home.children
    ]
    minors = registers.create_people(SYSTEM, children)
    _tell_registers(random, homes, adults=cards, minors=minors)
    drafts = [*adults, *(child for child in children)]
    return [
        Resident(card=card, address={"area": d.residence_area, "line": d.residence_line})
        for card, d in zip([*cards, *minors], drafts, strict=True)
        if age(card.born_on) >= ADULT
    ]


def age(born_on: date) -> int:
    """In whole years, near enough for a demo."""
    return (clock.now().date() - born_on).days // 365


def _of(sex: str, home: _Household, numbers: list[str]) -> str:
    return next(n for n, one in zip(numbers, home.parents, strict=True) if one.sex == sex)


def _households(random: Random, households: int) -> Iterator[_Household]:
    for number in range(households):
        commune = COMMUNES[0] if number % 5 < 2 else random.choice(COMMUNES)
        place = (commune, f"{random.randint(1, 180)} {random.choice(STREETS)}")
        code = f"HGD-{commune}-{number + 1:05d}"
        father = _person(random, "male", place=place, years=(24, 58))
        mother = _person(random, "female", place=place, years=(22, 52))
        # The first adults of the list are the ones with names to sign in with.
        parents = [mother, father] if number == 0 else [father, mother]
        family = father.full_name.split()[0]
        births = [
            random.choice(["female", "male"]) for _ in range(random.choice([0, 1, 1, 2, 2, 3]))
        ]
        yield _Household(
            parents=[
                replace(one, household=code, household_relation=("head", "spouse")[n])
                for n, one in enumerate(parents)
            ],
            children=[
                replace(
                    _person(random, sex, place=place, years=(0, 17), family=family),
                    household=code,
                    household_relation="child",
                )
                for sex in births
            ],
        )


def _person(
    random: Random,
    sex: str,
    *,
    place: tuple[str, str],
    years: tuple[int, int],
    family: str = "",
) -> registers.PersonDraft:
    days = random.randint(years[0] * 365 + 30, years[1] * 365)
    born_on = clock.now().date() - timedelta(days=days)
    return registers.PersonDraft(
        full_name=full_name(random, sex, family),
        born_on=born_on,
        sex=sex,
        birth_area=place[0],
        old_number=f"{random.randint(10_000_000, 379_999_999):09d}" if age(born_on) >= 24 else "",
        residence_area=place[0],
        residence_line=place[1],
        ethnicity="Kinh",
    )


def _tell_registers(
    random: Random,
    homes: list[_Household],
    *,
    adults: list[registers.Person],
    minors: list[registers.Person],
) -> None:
    """Marriages, insurance, licences and contracts, so that other registers have something too."""
    facts = [fact for person in [*adults, *minors] for fact in _of_person(random, person)]
    cards = iter(adults)
    for home in homes:
        pair = [next(cards) for _ in home.parents]
        facts += _marriage(*pair)
        facts += _contract(pair[0], home.parents[0], random)
    registers.write_facts(SYSTEM, facts)


def _of_person(random: Random, person: registers.Person) -> Iterator[registers.Fact]:
    number = person.personal_number
    if random.random() < 0.9:
        card = {
            "card_number": f"{random.randint(10**9, 10**10 - 1)}",
            "kind": "Hộ gia đình" if age(person.born_on) >= 6 else "Trẻ em dưới 6 tuổi",
            "facility": "Trạm y tế phường",
        }
        yield _fact("insurance.health", number, card, since=date(2026, 1, 1))
    if age(person.born_on) >= 20 and random.random() < 0.5:
        issued = date(2016, 12, 1) + timedelta(days=random.randint(0, 3000))
        licence = {
            "number": f"{random.randint(10**11, 10**12 - 1)}",
            "class": random.choice(["A1", "B2"]),
            "issued_on": issued.isoformat(),
            "expires_on": issued.replace(year=issued.year + 10, day=1).isoformat(),
        }
        yield _fact("driving-licence.licence", number, licence, since=issued)


def _marriage(one: registers.Person, other: registers.Person) -> Iterator[registers.Fact]:
    since = max(one.born_on, other.born_on) + timedelta(days=21 * 365)
    if since > clock.now().date():
        return
    for person, spouse in ((one, other), (other, one)):
        values = {
            "spouse": spouse.personal_number,
            "spouse_name": spouse.full_name,
            "married_on": since.isoformat(),
            "place": person.residence_area,
        }
        yield _fact("civil-status.marriage", person.personal_number, values, since=since)


def _contract(
    head: registers.Person, home: registers.PersonDraft, random: Random
) -> Iterator[registers.Fact]:
    values = {
        "provider": "Công ty Điện lực",
        "kind": "electricity",
        "holder": head.personal_number,
        "holder_name": head.full_name,
        "address": {"area": home.residence_area, "line": home.residence_line},
    }
    key = f"PE{random.randint(10**9, 10**10 - 1)}"
    yield _fact("utility.contract", key, values, since=date(2024, 1, 1))


def _fact(path: str, subject: str, values: Mapping[str, object], *, since: date) -> registers.Fact:
    """A fact by its full name, "insurance.health"."""
    register, _, fact = path.partition(".")
    return registers.Fact(
        register=register, fact=fact, subject=subject, values=dict(values), valid_from=since
    )
