"""A family of the population register: a mother, her husband, a stranger."""

from datetime import date
from typing import Any

from motcua.kernel.actors import SYSTEM, Actor
from motcua.registers import api as registers
from tests.dossiers.world import WARD, citizen

MOTHER, FATHER, OTHER = "001196000021", "001094000022", "001080000023"
PEOPLE = (
    (MOTHER, "Ngô Thị Lan", date(1996, 3, 5), "female", "5 ngõ 2"),
    (FATHER, "Đỗ Văn Hùng", date(1994, 8, 9), "male", "5 ngõ 2"),
    (OTHER, "Lý Văn Khác", date(1980, 1, 2), "male", "99 phố Xa"),
)


def family(*, married: bool = True) -> dict[str, registers.Person]:
    """The three, by number; the first two are married."""
    people = registers.create_people(
        SYSTEM,
        [
            registers.PersonDraft(
                personal_number=number,
                full_name=name,
                born_on=born_on,
                sex=sex,
                birth_area=WARD,
                residence_area=WARD,
                residence_line=line,
            )
            for number, name, born_on, sex, line in PEOPLE
        ],
    )
    if married:
        _marry(MOTHER, FATHER, "Đỗ Văn Hùng")
        _marry(FATHER, MOTHER, "Ngô Thị Lan")
    return {person.personal_number: person for person in people}


def _marry(number: str, spouse: str, name: str) -> None:
    values = {"spouse": spouse, "spouse_name": name, "married_on": "2020-06-06", "place": WARD}
    fact = registers.Fact(
        register="civil-status",
        fact="marriage",
        subject=number,
        values=values,
        valid_from=date(2020, 6, 6),
    )
    registers.write_facts(SYSTEM, [fact])


def lan(**more: Any) -> Actor:
    """The mother, with a verified account."""
    known = {"personal_number": MOTHER, "level": 2, "evidence": "thẻ căn cước"}
    return citizen("Lan", **{"username": "lan", **known, **more})
