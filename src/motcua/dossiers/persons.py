"""Whom an application concerns: the persons that the service names, as subjects of its acts."""

from typing import Any
from uuid import UUID

from motcua.catalogue.rules.answers import get
from motcua.catalogue.rules.procedure import Procedure
from motcua.registers import api as registers


def numbers(procedure: Procedure, answers: dict[str, Any]) -> tuple[str, ...]:
    """The personal numbers of the persons concerned, as answered; unanswered ones are left out."""
    found = (get(answers, path) for path in procedure.persons.values())
    return tuple(dict.fromkeys(one for one in found if isinstance(one, str) and one))


def concerned(procedure: Procedure, answers: dict[str, Any]) -> tuple[UUID, ...]:
    """Those whom the population register knows; one statement, or none if nobody is named."""
    named = numbers(procedure, answers)
    known = registers.person_ids(named)
    return tuple(known[number] for number in named if number in known)
