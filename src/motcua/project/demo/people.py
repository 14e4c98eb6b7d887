"""Who lives and works in the demo country: households, officers of some communes, accounts.

Everybody signs in with the same password, which exists only where the demo's own database does.
"""

from datetime import date
from random import Random
from uuid import UUID

from msgspec import Struct

from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel.actors import SYSTEM, Actor
from motcua.project.demo.households import COMMUNES, make_residents
from motcua.project.demo.names import full_name
from motcua.registers import api as registers

PASSWORD = "motcua-demo"  # noqa: S105 - printed at the start, for the demo only
SINCE = date(2025, 7, 1)

Posts = tuple[tuple[str, str, str], ...]  # unit, role, sign-in name in the first commune
# kind of body -> the posts that its officers hold: (unit, role, sign-in name in the first commune)
POSTS: dict[str, Posts] = {
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

# code of a national body -> who keeps its registers and watches over them
KEEPERS: dict[str, Posts] = {
    code: (
        ("registers", "register-officer", keeper),
        ("registers", "register-officer", f"{keeper}2"),
        ("leadership", "register-head", f"{keeper}-head"),
        ("data-protection", "data-protection-officer", protection),
    )
    for code, keeper, protection in (
        ("G01", "population", "protection"),
        ("G15", "civil-status", "civil-status-protection"),
        ("G12", "business-register", "finance-protection"),
        ("G12.BHXH", "insurance-register", "insurance-protection"),
        ("ZEVN", "contracts", "contracts-protection"),
    )
}


class Citizen(Struct, frozen=True, kw_only=True):
    """Somebody of the demo: the card in the register, the home, and the account."""

    person: registers.Person
    address: dict[str, str]
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
    population      keeps the population register          (population2, population-head)
    protection      data protection of the same ministry   (also civil-status, insurance-register)

  Mail and text messages are written to .state/mail and .state/sms.log. Stop with Ctrl-C.
"""


def make_officers() -> None:
    """Posts and officers of the demo communes, of their companies and of who keeps registers."""
    random = Random(7)
    done = set()
    wanted: list[tuple[UUID, str]] = []
    for number, commune in enumerate(COMMUNES):
        for kind, posts in POSTS.items():
            body = directory.competent_body(kind, commune, directory.today())
            if body.id not in done:
                done.add(body.id)
                wanted += _posts(body.id, posts, suffix=f"-{number + 1}" if number else "")
    for code, posts in KEEPERS.items():
        if keeper := directory.body_by_code(code):
            wanted += _posts(keeper.id, posts)
    officers = [_officer(random, name) for _post_id, name in wanted]
    cards = identity.create_citizens(SYSTEM, officers, password=PASSWORD)
    for card, (post_id, _name) in zip(cards, wanted, strict=True):
        identity.appoint(SYSTEM, account_id=card.id, post_id=post_id, since=SINCE)


def _posts(body_id: UUID, posts: Posts, suffix: str = "") -> list[tuple[UUID, str]]:
    """Make the posts of a body: (post, sign-in name) of each."""
    drafts = [
        directory.PostDraft(body_id=body_id, unit=unit, role=role, since=SINCE)
        for unit, role, _name in posts
    ]
    made = directory.create_posts(SYSTEM, drafts)
    return [(post.id, name + suffix) for post, (_, _, name) in zip(made, posts, strict=True)]


def _officer(random: Random, name: str) -> identity.CitizenDraft:
    return identity.CitizenDraft(
        username=name,
        full_name=full_name(random, random.choice(["female", "male"])),
        email=f"{name}@motcua.example",
        level=2,
        evidence="appointment",
    )


def make_citizens(households: int) -> list[Citizen]:
    """Households in the register; every adult has an account, three have names to sign in with."""
    residents = make_residents(Random(11), households)
    drafts = [_account(resident.card, index) for index, resident in enumerate(residents)]
    cards = identity.create_citizens(SYSTEM, drafts, password=PASSWORD)
    citizens = [
        Citizen(person=resident.card, address=resident.address, account=card)
        for resident, card in zip(residents, cards, strict=True)
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
