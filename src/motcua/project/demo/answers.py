"""Believable answers for any service: those of its first example, about other people and days."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from motcua.catalogue import api as catalogue
from motcua.catalogue.rules.procedure import Field, Page, Procedure
from motcua.project.demo.people import Citizen


def for_page(procedure: Procedure, page: Page, cast: "Cast") -> dict[str, list[str]]:
    """What a browser would send for `page`: {input name: [values]}."""
    raw: dict[str, list[str]] = {}
    # The whole page: a question may become visible through an answer on the same page.
    whole = next(one for one in procedure.form if one.page == page.page)
    for field in whole.ask:
        value = cast.answer(field)
        if value is not None:
            raw |= catalogue.as_typed(field, value)
    return raw


class Cast:
    """Who plays whom in one application: each role of the form (mother, deceased) is a person."""

    def __init__(
        self, procedure: Procedure, applicant: Citizen, people: list[Citizen], *, random: Random
    ) -> None:
        self.example = next(iter(procedure.examples), {})
        self.given = self.example.get("answers", {})
        self.applicant = applicant
        self.people = people
        self.random = random
        self.roles: dict[str, Citizen] = {"applicant": applicant}
        self.shift = _local_today() - _day(self.example["at"])

    def answer(self, field: Field) -> Any:
        """An answer, or None where the example gives none either."""
        role, _, what = field.field.partition(".")
        about_person = what in ("full_name", "name", "personal_number", "born_on", "address")
        if about_person and f"{role}.personal_number" in self.given:
            return self._about(role, what)
        if field.field == "child.name":
            return f"{self.applicant.person.full_name.split()[0]} {self.given[field.field]}"
        value = self.given.get(field.field)
        if field.kind == "rows":
            return value and self._rows(field, value)
        if field.prefill == "applicant.born_on":
            return self._about("applicant", "born_on")
        if field.kind == "date" and value is not None:
            return (_day(value) + self.shift).isoformat()
        if field.kind == "area" and value is not None and field.level == "commune":
            return self.applicant.person.residence_area
        if field.kind == "old-id-number" and self.applicant.person.old_number:
            return self.applicant.person.old_number
        if field.kind == "phone":
            return self.applicant.account.phone
        if field.kind == "address" and value is not None:
            return self._address(self.applicant)
        return value

    def recorded(self, field: Field) -> Any:
        """What an officer writes down: the example's own record, or something of the right kind."""
        if field.field in self.given:
            return self.answer(field)
        if field.options:
            return field.options[0].value
        plain = {
            "yes-no": True,
            "number": 5,
            "money": 1_850_000,
            "date": _local_today().isoformat(),
        }
        return plain.get(field.kind, "Đã kiểm tra tại chỗ, đủ điều kiện.")

    def _rows(self, field: Field, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The example's table; where its rows are people, the applicant and others like them."""
        if "personal_number" not in {column.field for column in field.columns}:
            return rows
        own = self.given.get("applicant.personal_number")
        filled = []
        for row in rows:
            alone = row.get("personal_number") == own
            person = (self.applicant if alone else self.random.choice(self.people)).person
            known = {
                "name": person.full_name,
                "personal_number": person.personal_number,
                "born_on": person.born_on.isoformat(),
            }
            filled.append(row | {name: known[name] for name in known if name in row})
        return filled

    def _about(self, role: str, what: str) -> Any:
        if role not in self.roles:
            own = self.given.get("applicant.personal_number")
            alone = self.given[f"{role}.personal_number"] == own
            self.roles[role] = self.applicant if alone else self.random.choice(self.people)
        citizen = self.roles[role]
        if what in ("full_name", "name"):
            return citizen.person.full_name
        if what == "personal_number":
            return citizen.person.personal_number
        if what == "address":
            return self._address(citizen)
        return citizen.person.born_on.isoformat()

    def _address(self, citizen: Citizen) -> Mapping[str, str]:
        return citizen.address


def _day(value: Any) -> date:
    return date.fromisoformat(str(value)[:10])


def _local_today() -> date:
    from django.utils.timezone import localdate

    from motcua.kernel import clock

    return localdate(clock.now())


def working_moment(calendar: Any, start: datetime, minutes: int) -> datetime:
    """`minutes` of working time after `start`."""
    from motcua.kernel.working_time import add_working

    return add_working(calendar, start, minutes) + timedelta(seconds=11)
