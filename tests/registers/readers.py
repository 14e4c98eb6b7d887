"""Somebody who reads, somebody who is read about, and records with something in every field."""

from datetime import date
from typing import Any

from motcua.directory import api as directory
from motcua.kernel.actors import SYSTEM, Actor
from motcua.kernel.ids import new_id
from motcua.registers import api as registers
from motcua.registers.rules.declaration import Field, Register

PERSON = "001196000011"
TODAY = date(2026, 3, 3)
# A body of each kind, and those whose code a grant may name.
BODIES = {
    "commune-committee": ("commune-committee", "00004"),
    "province-committee": ("province-committee", "01"),
    "commune-police": ("commune-police", "00004"),
    "province-police": ("province-police", "01"),
    "tax-office": ("tax-office", "01"),
    "social-insurance": ("social-insurance", "01"),
    "customs-office": ("customs-office", "01"),
    "power-company": ("power-company", "01"),
    "water-company": ("water-company", "01"),
}


def body_of(kind_or_code: str) -> directory.Body:
    """A body of that kind (in one ward and its province), or with that code."""
    if kind_or_code in BODIES:
        return directory.bodies_of(*BODIES[kind_or_code])[0]
    found = directory.body_by_code(kind_or_code)
    assert found is not None, kind_or_code
    return found


def officer(role: str, at: str = "commune-committee", **more: Any) -> Actor:
    """An officer as identity would make him, without an account's row."""
    permissions = directory.role(role).permissions
    return Actor(
        kind="officer", account_id=new_id(), post_id=new_id(), body_id=body_of(at).id, role=role,
        permissions=frozenset(permissions), level=2, label=f"{role} at {at}", **more,
    )  # fmt: skip


def citizen(person: registers.Person | None = None) -> Actor:
    """Somebody as himself."""
    return Actor(
        kind="person", account_id=new_id(), person_id=person.id if person else None, level=1
    )


def person(**more: Any) -> registers.Person:
    """Somebody in the population register, with a home."""
    about: dict[str, Any] = {
        "full_name": "Trần Thị Bích", "born_on": date(1996, 3, 27), "sex": "female",
        "birth_area": "00004", "residence_area": "00004", "residence_line": "12 Quán Thánh",
    }  # fmt: skip
    return registers.create_people(SYSTEM, [registers.PersonDraft(**about | more)])[0]


def bare_card(number: str) -> None:
    """A person of whom no fact is known."""
    from motcua.registers.models import Person

    Person.objects.create(
        id=new_id(), personal_number=number, full_name="Trần Thị Bích",
        search_key="tran thi bich", sort_key="bich", born_on=date(1996, 3, 27), sex="female",
    )  # fmt: skip


def fact(register: str, name: str, subject: str, /, **values: Any) -> None:
    registers.write_facts(
        SYSTEM,
        [registers.Fact(
            register=register, fact=name, subject=subject, values=values,
            valid_from=date(2020, 1, 1),
        )],
    )  # fmt: skip


def looked(**where: Any) -> Any:
    """The acts of looking."""
    from motcua.acts.models import Act

    return Act.objects.filter(verb__startswith="registers.").filter(**where).order_by("at", "id")


def filled(field: Field, holder: str) -> Any:
    """A value that says from which field it is, as far as its kind lets it."""
    kinds: dict[str, Any] = {
        "personal-number": holder, "old-id-number": "012345678", "business-number": "0101234567",
        "date": "1996-03-27", "area": "00004", "address": {"area": "00004", "line": "12 Hàng"},
        "number": 7, "money": 7_000_000, "yes-no": True, "rows": [{"name": "Một dòng"}],
        "phone": "0912345678", "email": "x@example.vn",
    }  # fmt: skip
    if field.kind == "choice" and field.options:
        return field.options[0].value
    return kinds.get(field.kind, f"trong {field.field}")


def fill(register: Register, key: str, holder: str) -> None:
    """A record with all fields of all facts, written straight into the table."""
    from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

    from motcua.kernel import clock
    from motcua.registers import sealing
    from motcua.registers.models import FactVersion

    rows = []
    for kind in register.facts:
        values = {field.field: filled(field, holder) for field in kind.fields}
        rows.append(
            FactVersion(
                record_id=registers.record_id(register.register, key),
                register=register.register,
                subject=key,
                fact=kind.fact,
                item="" if not kind.many else "one",
                values=sealing.seal_values(register.register, key, kind, values=values),
                holder="" if key == holder else holder,
                valid=DateRange(date(2020, 1, 1), None),
                recorded=DateTimeTZRange(clock.now().replace(year=2021), None),
                act_id=new_id(),
            )
        )
    FactVersion.objects.bulk_create(rows)
