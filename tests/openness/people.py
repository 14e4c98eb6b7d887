"""People with numbers and accounts, and the officers of the ministry that keeps a register."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import msgspec

from motcua.acts import api as acts
from motcua.directory import api as directory
from motcua.identity import api as identity
from motcua.kernel import clock
from motcua.kernel.actors import SYSTEM, Actor
from motcua.registers import api as registers
from tests.dossiers.world import ZONE, officer

NOW = datetime(2026, 3, 3, 8, tzinfo=ZONE)


class People(msgspec.Struct, kw_only=True):
    """Hạnh with her little daughter, a stranger, and the officers of G01."""

    hanh: Actor
    hanh_number: str
    child: UUID
    child_number: str
    stranger: Actor
    keeper: Actor
    head: Actor
    protector: Actor
    ministry: directory.Body

    def looks(self, actor: Actor | None = None, whose: UUID | None = None, **about: Any) -> UUID:
        """An officer reads the population register, as reading writes it down."""
        detail = {"register": "population", "fields": ["identity.full_name", "identity.born_on"]}
        return acts.record(
            actor or self.keeper,
            about.get("verb", "registers.read"),
            object=("record", uuid4()),
            subjects=(whose or self.hanh.person_id,),
            purpose=about.get("purpose", "duty/data-quality"),
            basis="Nghị định số 47/2020/NĐ-CP",
            dossier_id=about.get("dossier_id"),
            detail={**detail, **about.get("detail", {})},
        )


def citizen(person: registers.Person, username: str) -> Actor:
    card = identity.create_citizen(
        SYSTEM,
        full_name=person.full_name,
        username=username,
        personal_number=person.personal_number,
        person_id=person.id,
        level=2,
        evidence="identity-card",
        phone="0912345678",
        email=f"{username}@example.vn",
    )
    return identity.actor_of(card)


def make_people() -> People:
    """Everybody, in a household in phường Ba Đình; the registers were filled long before."""
    with later(-60):
        hanh, stranger, child = _registered()
    ministry = directory.body_by_code("G01", date(2026, 3, 3))
    assert ministry is not None
    return People(
        hanh=citizen(hanh, "hanh"),
        hanh_number=hanh.personal_number,
        child=child.id,
        child_number=child.personal_number,
        stranger=citizen(stranger, "dung-p"),
        keeper=officer(ministry, "appraisal", "register-officer", "Lê Thị Hoa"),
        head=officer(ministry, "leadership", "register-head", "Hoàng Văn Thái"),
        protector=officer(ministry, "one-stop-desk", "data-protection-officer", "Đỗ Thị Lan"),
        ministry=ministry,
    )


def _registered() -> tuple[registers.Person, registers.Person, registers.Person]:
    home = {"residence_area": "00004", "household": "HN-0001"}
    draft = registers.PersonDraft
    hanh, stranger = registers.create_people(
        SYSTEM,
        [
            draft(full_name="Vũ Thị Hạnh", born_on=date(1990, 5, 20), sex="female",
                  birth_area="00004", **home),
            draft(full_name="Phạm Văn Dũng", born_on=date(1988, 1, 2), sex="male",
                  birth_area="00004"),
        ],
    )  # fmt: skip
    [child] = registers.create_people(
        SYSTEM,
        [
            draft(full_name="Vũ Minh Anh", born_on=date(2018, 9, 1), sex="female",
                  birth_area="00004", mother=hanh.personal_number, **home),
        ],
    )  # fmt: skip
    return hanh, stranger, child


def later(days: int) -> Any:
    """Some days after the tests' own morning."""
    return clock.at(NOW + timedelta(days=days))
