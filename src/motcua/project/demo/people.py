"""Who lives and works in the demo country: households, officers of some communes, accounts.

Everybody signs in with the same password, which exists only where the demo's own database does.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from uuid import UUID

from msgspec import Struct

from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor
from motcua.project.demo.names import full_name
from motcua.registers import api as registers

PASSWORD = "motcua-demo"  # noqa: S105 - printed at the start, for the demo only
# Ba Đình, Hoàn Kiếm, Bắc Hà, Sa Pa, Hải Châu, Buôn Ma Thuột, Sài Gòn, Ninh Kiều
COMMUNES = ("00004", "00070", "02839", "03006", "20242", "24133", "26740", "31135")
HOUSEHOLDS = 600
SINCE = date(2025, 7, 1)
STREETS = ("Lê Lợi", "Trần Phú", "Hai Bà Trưng", "Nguyễn Huệ", "Phan Chu Trinh", "Quang Trung")

# kind of body -> the posts that its officers hold: (unit, role, sign-in name in the first commune)
POSTS = {
    "commune-committee": (
        ("one-stop-desk", "desk-head", "desk-head"),
        ("one-stop-desk", "desk-clerk", "clerk"),
        ("civil-status", "civil-status-officer", "registrar"),
        ("civil-status", "civil-status-officer", "registrar2"),
        ("appraisal", "business-officer", "business"),
        ("leadership", "chair", "chair"),
    ),
    "commune-police": (
        ("one-stop-desk", "police-officer", "police"),
        ("leadership", "police-chief", "police-chief"),
    ),
    "power-company": (
        ("one-stop-desk", "desk-clerk", "power-clerk"),
        ("technical", "power-engineer", "engineer"),
        ("leadership", "power-manager", "power-manager"),
        ("leadership", "treasurer", "power-treasurer"),
    ),
    "water-company": (
        ("one-stop-desk", "desk-clerk", "water-clerk"),
        ("technical", "water-engineer", "water-engineer"),
        ("leadership", "water-manager", "water-manager"),
        ("leadership", "treasurer", "water-treasurer"),
    ),
    "province-police": (
        ("one-stop-desk", "police-officer", "licence-clerk"),
        ("appraisal", "licence-officer", "licence"),
        ("leadership", "traffic-police-head", "traffic-head"),
        ("leadership", "treasurer", "police-treasurer"),
    ),
    "social-insurance": (
        ("one-stop-desk", "desk-clerk", "insurance-clerk"),
        ("appraisal", "insurance-officer", "insurance"),
        ("leadership", "insurance-director", "insurance-director"),
        ("leadership", "treasurer", "insurance-treasurer"),
    ),
    "customs-office": (
        ("one-stop-desk", "desk-clerk", "customs-clerk"),
        ("appraisal", "customs-officer", "customs"),
        ("leadership", "customs-chief", "customs-chief"),
        ("leadership", "treasurer", "customs-treasurer"),
    ),
    "tax-office": (
        ("one-stop-desk", "desk-clerk", "tax-clerk"),
        ("leadership", "treasurer", "tax-treasurer"),
    ),
}


class Citizen(Struct, frozen=True, kw_only=True):
    """Somebody of the demo: the person in the register and, for adults, the account."""

    person: registers.Person
    account: identity.AccountCard


def welcome(address: str) -> str:
    """What the demo prints when it is ready."""
    return f"""
  MotCua is at {address}

  Sign in with the password {PASSWORD} as
    lan             citizen with a verified identity (level 2)
    hung            citizen with a declared identity (level 1)
    ngoc            represents a business
    clerk           one-stop desk of phường Ba Đình       (desk-head: its head)
    registrar       civil status officer                   (registrar2: another)
    chair           chair of the People's Committee
    police          police officer                         (police-chief: signs)
    business        business registration officer
    insurance       social insurance officer               (insurance-clerk, insurance-director)
    power-clerk     desk of the power company
    engineer        engineer of the power company          (power-manager: signs)
    water-clerk     desk of the water company              (water-engineer, water-manager)
    licence         driving licences of the police         (licence-clerk, traffic-head)
    customs         customs officer                        (customs-clerk, customs-chief)
    tax-treasurer   treasurer of the tax office            (also power-, water-, police-treasurer)

  Mail and text messages are written to .state/mail and .state/sms.log. Stop with Ctrl-C.
"""


def make_officers() -> None:
    """Posts and officers of the demo communes and of the companies that serve them."""
    random = Random(7)
    done = set()
    wanted: list[tuple[UUID, str]] = []
    for number, commune in enumerate(COMMUNES):
        for kind, posts in POSTS.items():
            body = directory.competent_body(kind, commune, directory.today())
            if body.id in done:
                continue
            done.add(body.id)
            suffix = f"-{number + 1}" if number else ""
            drafts = [
                directory.PostDraft(body_id=body.id, unit=unit, role=role, since=SINCE)
                for unit, role, _name in posts
            ]
            made = directory.create_posts(SYSTEM, drafts)
            for post, (_unit, _role, name) in zip(made, posts, strict=True):
                wanted.append((post.id, name + suffix))
    officers = [_officer(random, name) for _post_id, name in wanted]
    cards = identity.create_citizens(SYSTEM, officers, password=PASSWORD)
    for card, (post_id, _name) in zip(cards, wanted, strict=True):
        identity.appoint(SYSTEM, account_id=card.id, post_id=post_id, since=SINCE)


def _officer(random: Random, name: str) -> identity.CitizenDraft:
    return identity.CitizenDraft(
        username=name,
        full_name=full_name(random, random.choice(["female", "male"])),
        email=f"{name}@motcua.example",
        level=2,
        evidence="appointment",
    )


def make_citizens() -> list[Citizen]:
    """Households in the register; every adult has an account, three have names to sign in with."""
    random = Random(11)
    people = registers.create_people(SYSTEM, list(_households(random)))
    adults = [p for p in people if _age(p.born_on) >= 18]
    drafts = [_account(person, index) for index, person in enumerate(adults)]
    cards = identity.create_citizens(SYSTEM, drafts, password=PASSWORD)
    citizens = [
        Citizen(person=person, account=card) for person, card in zip(adults, cards, strict=True)
    ]
    identity.add_representation(
        SYSTEM,
        account_id=citizens[2].account.id,
        business_number="0109876558",
        business_name="Công ty TNHH Ánh Dương",
        since=SINCE,
    )
    return citizens


def officer(body_id: UUID, role: str, *, not_account: object = None) -> Actor | None:
    """An officer of a body who holds the role (another than `not_account`), as an actor."""
    for account, post in identity.officers_of(body_id, role):
        if account.id != not_account:
            return identity.actor_of(account, post.id)
    return None


def _account(person: registers.Person, index: int) -> identity.CitizenDraft:
    name = {0: "lan", 1: "hung", 2: "ngoc"}.get(index, "")
    verified = index != 1 and index % 4 != 3
    return identity.CitizenDraft(
        full_name=person.full_name,
        username=name,
        personal_number=person.personal_number,
        phone=f"09{12_000_000 + index:08d}",
        email=f"{name or person.personal_number}@motcua.example",
        level=2 if verified else 1,
        evidence="identity card seen at the desk" if verified else "",
        person_id=person.id,
    )


def _households(random: Random) -> Iterator[registers.PersonDraft]:
    for number in range(HOUSEHOLDS):
        commune = COMMUNES[0] if number % 5 < 2 else random.choice(COMMUNES)
        line = f"{random.randint(1, 180)} {random.choice(STREETS)}"
        father = _person(random, "male", commune=commune, line=line, years=(24, 58))
        mother = _person(random, "female", commune=commune, line=line, years=(22, 52))
        # The first adults of the list are the ones with names to sign in with.
        yield from ((mother, father) if number == 0 else (father, mother))
        for _ in range(random.choice([0, 1, 1, 2, 2, 3])):
            sex = random.choice(["female", "male"])
            family = father.full_name.split()[0]
            yield _person(random, sex, commune=commune, line=line, years=(0, 17), family=family)


def _person(
    random: Random, sex: str, *, commune: str, line: str, years: tuple[int, int], family: str = ""
) -> registers.PersonDraft:
    days = random.randint(years[0] * 365 + 30, years[1] * 365)
    born_on = clock.now().date() - timedelta(days=days)
    adult = _age(born_on) >= 24
    return registers.PersonDraft(
        full_name=full_name(random, sex, family),
        born_on=born_on,
        sex=sex,
        birth_area=commune,
        old_number=f"{random.randint(10_000_000, 379_999_999):09d}" if adult else "",
        residence_area=commune,
        residence_line=line,
        ethnicity="Kinh",
    )


def _age(born_on: date) -> int:
    return (clock.now().date() - born_on).days // 365
