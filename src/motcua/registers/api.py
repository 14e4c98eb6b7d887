"""The door of the registers: numbers, people and facts; personal data leave only with a purpose.

Legal sources: Law on Identification 26/2023/QH15 (personal number), Law on Civil Status
60/2014/QH13; the form of the number is described in `rules.numbers`.
"""

from motcua.registers.operations.facts import write_facts
from motcua.registers.operations.numbers import allot_personal_number
from motcua.registers.operations.people import create_people
from motcua.registers.queries import facts_about, person_by_number, person_ids
from motcua.registers.rules.shapes import EntryRow, Fact, Person, PersonDraft

__all__ = [
    "EntryRow",
    "Fact",
    "Person",
    "PersonDraft",
    "allot_personal_number",
    "create_people",
    "facts_about",
    "person_by_number",
    "person_ids",
    "write_facts",
]
