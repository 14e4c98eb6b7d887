"""The door of the registers: what the state knows, on two axes of time, read with a purpose.

Legal sources: Law on Identification 26/2023/QH15 (personal number), Law on Civil Status
60/2014/QH13, Law on Personal Data Protection 91/2025/QH15, Decree 47/2020/ND-CP (data sharing).
"""

from motcua.registers.declared import duties, register, registers
from motcua.registers.operations.bulk import ACT_TO_COME, load_people
from motcua.registers.operations.bulk import Block as PeopleBlock
from motcua.registers.operations.facts import write_facts
from motcua.registers.operations.numbers import allot_personal_number
from motcua.registers.operations.people import create_people
from motcua.registers.queries.people import person_by_number, person_ids
from motcua.registers.queries.reading import read, read_many
from motcua.registers.rules.declaration import Duty, Register
from motcua.registers.rules.ids import record_id
from motcua.registers.rules.shapes import Ask, Fact, Held, Person, PersonDraft, Record

__all__ = [
    "ACT_TO_COME",
    "Ask",
    "Duty",
    "Fact",
    "Held",
    "PeopleBlock",
    "Person",
    "PersonDraft",
    "Record",
    "Register",
    "allot_personal_number",
    "create_people",
    "duties",
    "load_people",
    "person_by_number",
    "person_ids",
    "read",
    "read_many",
    "record_id",
    "register",
    "registers",
    "write_facts",
]
